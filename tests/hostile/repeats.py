"""Files in which little text asks for much work: notes referred to often, chains, cycles, counts, unusual encodings.

`ALL` holds them beside the files of `tests/hostile/files.py`.
"""

from __future__ import annotations

import io
import json
import zipfile

from tests.hostile.files import (
    CONTENT_TYPES,
    CONVERT,
    DOCUMENT,
    FILES,
    LIBRARY,
    ODT,
    RELATIONSHIPS,
    STYLE,
    W,
    from_format,
    paragraph,
    style,
)

NOTE = '<w:r><w:footnoteReference w:id="5"/></w:r>'
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FOOTNOTES = {
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r9" '
    f'Type="{OFFICE}/footnotes" Target="footnotes.xml"/></Relationships>'
}


def stored(parts: dict[str, str | bytes]) -> bytes:
    """A zip file whose parts are not packed, so that no ratio tells that they repeat themselves."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def docx(body: str, parts: dict[str, str] | None = None, encoding: str = "utf-8") -> bytes:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    document = f"{head}<w:document {W}><w:body>{body}</w:body></w:document>"
    written = "utf-8" if encoding == "punycode" else encoding
    return stored(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": RELATIONSHIPS,
            "word/document.xml": document.encode(written),
            **(parts or {}),
        }
    )


def odt(body: str) -> bytes:
    return stored(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ODT.format(head="", body=body)}
    )


def footnotes(notes: str) -> dict[str, str]:
    return {**FOOTNOTES, "word/footnotes.xml": f"<w:footnotes {W}>{notes}</w:footnotes>"}


def footnote(number: int, inside: str) -> str:
    return f'<w:footnote w:id="{number}"><w:p>{inside}</w:p></w:footnote>'


def chain(length: int) -> str:
    """Each footnote refers to the next."""
    return "".join(footnote(n, NOTE.replace("5", str(n + 1))) for n in range(5, length))


def list_of(count: int, text: str) -> bytes:
    entries = "".join(f"{n}. Омаров К. Атау {n}. – Алматы: Ғылым, 2004. – {n} б.\n" for n in range(1, count + 1))
    return f"Мәтін {text}\n\nӘдебиеттер тізімі\n{entries}".encode()


LINK = (("link", "@"), ("check", "@"))

ALL = FILES | {
    # many parts in few bytes
    "runs.docx": (lambda: docx("<w:p>" + "<w:r><w:t></w:t></w:r>" * 100_000 + "</w:p>"), DOCUMENT),
    "paragraphs.docx": (lambda: docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 230_000), DOCUMENT),
    "most-paragraphs.docx": (lambda: docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 66_000), DOCUMENT),
    "most-paragraphs.odt": (lambda: odt("<text:p>a</text:p>" * 199_000), DOCUMENT),
    "most-spans.odt": (lambda: odt("<text:p>" + "<text:span>a</text:span>b" * 199_000 + "</text:p>"), DOCUMENT),
    "many-names.docx": (lambda: docx("".join(f"<w:a{n} w:b{n}=''/>" for n in range(100_000))), DOCUMENT),
    "many-spaces.odt": (lambda: odt("<text:p>a" + '<text:s text:c="60000"/>' * 300 + "</text:p>"), DOCUMENT),
    "attributes.xml": (
        lambda: b"<RDF>" + b"<a b='' c='' d='' e='' f='' g='' h=''/>" * 300_000 + b"</RDF>",
        from_format("zoterordf"),
    ),
    # notes
    "note-often.docx": (
        lambda: docx(f"<w:p>{NOTE}</w:p>" * 20_000, footnotes(footnote(5, "<w:r><w:t>a [1] </w:t></w:r>" * 2_000))),
        DOCUMENT,
    ),
    "note-in-itself.docx": (lambda: docx(f"<w:p>{NOTE}</w:p>" * 30, footnotes(footnote(5, NOTE + NOTE))), DOCUMENT),
    "note-chain.docx": (lambda: docx(f"<w:p>{NOTE}</w:p>", footnotes(chain(5_000))), DOCUMENT),
    # encodings
    "utf-16.docx": (lambda: docx(paragraph("қ") * 50_000, encoding="utf-16"), DOCUMENT),
    "utf-32.docx": (lambda: docx(paragraph("қ"), encoding="utf-32"), DOCUMENT),
    "punycode.docx": (lambda: docx(paragraph("a"), encoding="punycode"), DOCUMENT),
    "utf-16.txt": (lambda: ("\ufeff" + "а [1] " * 900_000).encode("utf-16-le"), DOCUMENT),
    # nesting and repetition in texts
    "unclosed.html": (lambda: b"<p><b><i><u><span>x" * 50_000, DOCUMENT),
    "lists.html": (lambda: b"<ul><li>" * 50_000, DOCUMENT),
    "numbered.html": (lambda: b'<ol type="i" start="999999999">' + b"<li>A. B. C. - D., 2004." * 300, DOCUMENT),
    "lists.md": (lambda: b"".join(b"  " * n + b"- a\n" for n in range(2_000)), DOCUMENT),
    "notes.md": (lambda: b"[^1] " * 100_000 + b"\n\n[^1]: " + b"a [1] " * 10_000, DOCUMENT),
    "footnotes.tex": (lambda: b"\\documentclass{a}\\begin{document}" + b"\\footnote{a" * 50_000, DOCUMENT),
    "macros.tex": (lambda: b"\\documentclass{a}\\def\\a{\\a\\a}\\begin{document}" + b"\\a" * 100_000, DOCUMENT),
    "ranges.txt": (lambda: list_of(500, "[1-500] " * 25_000), LINK),
    "years.txt": (lambda: list_of(500, "(Омаров, 2004) " * 25_000), LINK),
    # records
    "long-line.ris": (lambda: b"TY  - BOOK\nTI  - " + b"a " * 45_000 + b"\nPY  - " + b"9" * 90_000, LIBRARY),
    "columns.csv": (lambda: b",".join(b"c%d" % n for n in range(100_000)) + (b"\n" + b"x," * 100_000) * 5, CONVERT),
    "string-chain.bib": (
        lambda: (
            b'@string{a0 = "ha"}\n'
            + b"".join(b"@string{a%d = a%d}\n" % (n, n - 1) for n in range(1, 60_000))
            + b"@book{b, title = a59999}"
        ),
        LIBRARY,
    ),
    "crossref-chain.bib": (
        lambda: b"".join(b"@inbook{k%d, crossref={k%d}, title={T}}\n" % (n, n + 1) for n in range(20_000)),
        LIBRARY,
    ),
    "objects.json": (lambda: b'{"a":' * 100_000, LIBRARY),
    "digits.json": (
        lambda: (
            b'[{"id": "a", "type": "book", "volume": %s, "issued": {"date-parts": [[%s]]}}]' % ((b"9" * 10**6,) * 2)
        ),
        LIBRARY,
    ),
    "odd-values.json": (
        lambda: json.dumps(
            [{"id": 1e5, "type": "book", "title": {"a": [1]}, "author": [[], {}, 1, None, "x", {"family": [1]}]}]
        ).encode(),
        LIBRARY,
    ),
    # styles
    "branches.csl": (
        lambda: style(
            "",
            '<choose><if type="book"><text value="a"/></if>'
            + '<else-if type="report"><text variable="title"/></else-if>' * 10_000
            + "</choose>",
        ),
        STYLE,
    ),
    "macro-chain.csl": (
        lambda: style(
            '<macro name="m0"><text variable="title"/></macro>'
            + "".join(f'<macro name="m{n}"><text macro="m{n - 1}"/></macro>' for n in range(1, 3_000)),
            '<text macro="m2999"/>',
        ),
        STYLE,
    ),
    "long-value.csl": (
        lambda: style(f'<macro name="m"><text value="{"a" * 100_000}"/></macro>', '<text macro="m"/>' * 15_000),
        STYLE,
    ),
}
