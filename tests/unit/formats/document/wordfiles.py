"""Build small Word files from raw mark-up, for cases that no library writes."""

from __future__ import annotations

import zipfile
from io import BytesIO

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def part(tag: str, inner: str) -> str:
    return f"{_HEAD}<w:{tag} {NAMESPACES}>{inner}</w:{tag}>"


def run(text: str, look: str = "") -> str:
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*inner: str, properties: str = "") -> str:
    """A paragraph of raw runs; what is no mark-up becomes a run."""
    body = "".join(one if one.startswith("<") else run(one) for one in inner)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{body}</w:p>"


def word_file(body: str, links: dict[str, str] | None = None, **parts: str) -> bytes:
    """A docx whose body is `body`; `parts` are the inner mark-up of styles, numbering, footnotes, endnotes, settings,
    header; `links` maps relationship ids to addresses."""
    files = {"word/document.xml": part("document", f"<w:body>{body}</w:body>")}
    roots = {"header": "hdr", "footer": "ftr"}
    relations = ""
    overrides = ""
    for name, inner in parts.items():
        files[f"word/{name}.xml"] = part(roots.get(name, name), inner)
        relations += f'<Relationship Id="rId{name}" Type="{_RELATION}/{name}" Target="{name}.xml"/>'
        overrides += f'<Override PartName="/word/{name}.xml" ContentType="{_MEDIA}.{name}+xml"/>'
    for id, target in (links or {}).items():
        relations += f'<Relationship Id="{id}" Type="{_RELATION}/hyperlink" Target="{target}" TargetMode="External"/>'
    package = "http://schemas.openxmlformats.org/package/2006"
    files["word/_rels/document.xml.rels"] = (
        f'{_HEAD}<Relationships xmlns="{package}/relationships">{relations}</Relationships>'
    )
    files["_rels/.rels"] = (
        f'{_HEAD}<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATION}/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    files["[Content_Types].xml"] = (
        f'{_HEAD}<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MEDIA}.document.main+xml"/>{overrides}</Types>'
    )
    return zipped(files)


def zipped(files: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name in sorted(files, key=lambda one: (one != "mimetype", one)):
            info = zipfile.ZipInfo(name, (2021, 3, 4, 5, 6, 8))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else method
            archive.writestr(info, files[name])
    return out.getvalue()


def xml_of(data: bytes, name: str = "word/document.xml") -> str:
    """One part of a file as text."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name).decode("utf-8")


def level(number: int, form: str, text: str, *, start: int = 1, more: str = "") -> str:
    """One level of an abstract list."""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def in_list(num: int, depth: int = 0) -> str:
    """The paragraph properties of an item."""
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>'
