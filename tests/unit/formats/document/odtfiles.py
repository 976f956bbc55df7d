"""Build small OpenDocument texts from raw mark-up."""

from __future__ import annotations

from .wordfiles import zipped

_URN = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = (
    f'xmlns:office="{_URN}:office:1.0" xmlns:text="{_URN}:text:1.0" xmlns:style="{_URN}:style:1.0" '
    f'xmlns:table="{_URN}:table:1.0" xmlns:draw="{_URN}:drawing:1.0" xmlns:fo="{_URN}:xsl-fo-compatible:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"'
)
STYLES = (
    '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="I" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>'
    '<style:style style:name="Sup" style:family="text"><style:text-properties style:text-position="super 58%"/>'
    "</style:style>"
    '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" '
    'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")" '
    'text:display-levels="2"/></text:list-style>'
    '<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/>'
    "</text:list-style>"
)


def odt_file(body: str, styles: str = STYLES, common: str = "", manifest: str = "") -> bytes:
    """An odt whose text is `body`; `common` is the inner mark-up of styles.xml."""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    files: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f'{head}<office:document-content {NAMESPACES} office:version="1.3"><office:automatic-styles>'
        f"{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
    }
    if common:
        files["styles.xml"] = f"{head}<office:document-styles {NAMESPACES}>{common}</office:document-styles>"
    if manifest:
        files["META-INF/manifest.xml"] = manifest
    return zipped(files)


def p(inner: str = "", style: str = "") -> str:
    look = f' text:style-name="{style}"' if style else ""
    return f"<text:p{look}>{inner}</text:p>"


def span(style: str, inner: str) -> str:
    return f'<text:span text:style-name="{style}">{inner}</text:span>'


def listed(style: str, *items: str, more: str = "") -> str:
    inner = "".join(f"<text:list-item>{one}</text:list-item>" for one in items)
    return f'<text:list text:style-name="{style}"{more}>{inner}</text:list>'
