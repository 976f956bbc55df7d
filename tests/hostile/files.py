"""Hostile and broken files, each made by a function: bombs, broken containers, bad styles, bad records.

`FILES` maps a file name to (its maker, the kzcite calls tried on it); ``@`` in a call stands for the file.
"""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable, Sequence
from functools import partial

from kzcite import jobs
from kzcite.formats.registry import DOCUMENT_FORMATS, LIBRARY_FORMATS, Format
from kzcite.model import Item, Library

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONSHIPS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="word/document.xml" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, extra: dict[str, bytes] | None = None, head: str = "") -> bytes:
    """A minimal Word file around a body."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", RELATIONSHIPS)
        archive.writestr(
            "word/document.xml", f'<?xml version="1.0"?>{head}<w:document {W}><w:body>{body}</w:body></w:document>'
        )
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


LAUGHS = (
    '<!DOCTYPE w:document [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10))
    + "]>"
)
OUTSIDE = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def encrypted() -> bytes:
    """A Word file with a password is an OLE file, as its first bytes say."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)


def nested_zip() -> bytes:
    inner = docx(paragraph("x"))
    for _ in range(5):
        inner = docx(paragraph("x"), {"word/embeddings/inner.docx": inner})
    return inner


def style(macros: str, layout: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?><style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" '
        'class="in-text">'
        "<info><title>x</title><id>http://example.org/x</id><updated>2020-01-01T00:00:00+00:00</updated></info>"
        f"{macros}<citation><layout>{layout}</layout></citation>"
        f"<bibliography><layout>{layout}</layout></bibliography></style>"
    ).encode()


def doubling() -> bytes:
    macros = '<macro name="m0"><text variable="title"/></macro>' + "".join(
        f'<macro name="m{n}"><text macro="m{n - 1}"/><text macro="m{n - 1}"/></macro>' for n in range(1, 26)
    )
    return style(macros, '<text macro="m25"/>')


def cycle() -> bytes:
    return style(
        '<macro name="a"><text macro="b"/></macro><macro name="b"><text macro="a"/></macro>', '<text macro="a"/>'
    )


def dependent() -> bytes:
    return (
        b'<?xml version="1.0" encoding="utf-8"?><style xmlns="http://purl.org/net/xbiblio/csl" version="1.0">'
        b"<info><title>x</title><id>http://example.org/x</id>"
        b'<link href="http://example.org/parent" rel="independent-parent"/>'
        b"<updated>2020-01-01T00:00:00+00:00</updated></info></style>"
    )


def records(count: int, record: str) -> bytes:
    return "".join(record.replace("#", str(number)) for number in range(count)).encode()


LIST = "Әдебиеттер тізімі\n1. Омаров К.Т. Еңбек құқығы // Заңгер. – 2024. – № 1. – 45-54 б.\n"
DOCUMENT = (("link", "@"), ("check", "@"), ("show", "@", "--text"))
LIBRARY = (("convert", "@", "-", "-t", "csljson"), ("convert", "@", "-", "-t", "bibtex"), ("render", "@"))
STYLE = (("render", "list.txt", "--style", "@"),)
LINES = (("parse", "--lines", "-t", "jsonl", "@"),)

ODT = (
    '<?xml version="1.0"?>{head}<office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>{body}</office:text>'
    "</office:body></office:document-content>"
)


def odt(body: str, head: str = "") -> bytes:
    """A minimal OpenDocument text around a body."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", ODT.format(head=head, body=body))
    return out.getvalue()


def pdf(objects: str) -> bytes:
    """A file that begins and ends as a PDF does, its table of objects left to the reader's repair."""
    return f"%PDF-1.4\n{objects}\ntrailer<</Root 1 0 R>>\n%%EOF".encode("latin-1")


PAGES = "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[{kids}]/Count {count}>>endobj "


def xlsx(sheet: str) -> bytes:
    """A minimal workbook around the rows of its one sheet."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName='
        '"/xl/worksheets/sheet1.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="a" sheetId="1" '
        'r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


UNITS = {
    "letters": "а",
    "capitals": "А",
    "digits": "1",
    "blanks": " ",
    "breaks": "\n",
    "points": ".",
    "quotes": "«",
    "slashes": "/",
    "ats": "a@",
    "addresses": "http://a",
    "initials": "А. ",
    "years": "2020 ",
    "hyphens": "а- ",
    "dashes": "– ",
    "angles": "<a ",
    "round": "(А, 2001",
    "dated": "Омаров (2014) ",
    "backticks": "` ",
    "labels": "1. ",
}
"""Strings that make naive patterns slow when they are repeated."""


def repeated(unit: str, size: int = 300_000) -> bytes:
    return (LIST + unit * (size // len(unit)) + "\n" + LIST).encode()


CONVERT = (("convert", "@", "-", "-t", "csljson"),)
XML_NAMES = {
    "mods": "modsCollection",
    "jats": "ref-list",
    "tei": "listBibl",
    "endnotexml": "xml",
    "wordxml": "Sources",
    "zoterordf": "RDF",
}


def from_format(name: str) -> tuple[tuple[str, ...], ...]:
    return (("convert", "@", "-", "-f", name, "-t", "csljson"),)


FILES: dict[str, tuple[Callable[[], bytes], tuple[tuple[str, ...], ...]]] = {
    # bombs
    "zip-bomb.docx": (lambda: docx("<w:p/>" * 12_000_000), DOCUMENT),
    "many-runs.docx": (lambda: docx("<w:p>" + "<w:r><w:t>a [1] </w:t></w:r>" * 200_000 + "</w:p>"), DOCUMENT),
    "many-parts.docx": (lambda: docx(paragraph("x"), {f"word/p{n}.xml": b"<x/>" for n in range(8000)}), DOCUMENT),
    "deep.docx": (lambda: docx("<w:sdt>" * 5000 + "</w:sdt>" * 5000), DOCUMENT),
    "entities.docx": (lambda: docx(paragraph("&j;"), head=LAUGHS), DOCUMENT),
    "outside-entity.docx": (lambda: docx(paragraph("&x;"), head=OUTSIDE), DOCUMENT),
    "traversal.docx": (lambda: docx(paragraph("x"), {"../../evil.xml": b"x"}), DOCUMENT),
    "nested.docx": (nested_zip, DOCUMENT),
    "brackets.txt": (lambda: b"[" * 5_000_000, DOCUMENT),
    "bracket-pairs.txt": (lambda: b"[1] " * 1_000_000, DOCUMENT),
    "long-marker.txt": (lambda: b"[" + b"1, " * 1_000_000 + b"2]\n" + LIST.encode(), DOCUMENT),
    "huge-range.txt": (lambda: b"[1-999999999] [1-99999]\n" + LIST.encode(), DOCUMENT),
    "many-entries.txt": (
        lambda: ("Әдебиет\n" + "1. Омаров К. Атау. – А., 2004.\n" * 100_000).encode(),
        (("show", "@", "--text"),),
    ),
    "long-line.txt": (lambda: b"a" * 30_000_000, LINES),
    "long-reference.txt": (lambda: ("Омаров К. " + "сөз " * 200_000).encode(), LINES),
    "deep.html": (lambda: b"<div>" * 100_000, DOCUMENT),
    "open-comments.html": (lambda: b"<!--" * 500_000, DOCUMENT),
    "open-tags.html": (lambda: b"<a href='" * 300_000, DOCUMENT),
    "stars.md": (lambda: b"*" * 1_000_000 + b"\n" + b"_a" * 300_000, DOCUMENT),
    "ticks.md": (lambda: "".join("`" * n + " " for n in range(1, 2000)).encode(), DOCUMENT),
    "open-links.md": (lambda: b"[a](" * 300_000, DOCUMENT),
    "braces.tex": (lambda: b"\\documentclass{a}\\begin{document}" + b"{" * 100_000, DOCUMENT),
    "dollars.tex": (lambda: b"\\documentclass{a}\\begin{document}" + b"$a$$" * 300_000, DOCUMENT),
    # broken files
    "broken.docx": (lambda: docx(paragraph("x"))[:400], DOCUMENT),
    "encrypted.docx": (encrypted, DOCUMENT),
    "not-xml.docx": (lambda: docx("<w:p><w:r>"), DOCUMENT),
    "empty.docx": (lambda: b"", DOCUMENT),
    "broken.odt": (lambda: b"PK\x03\x04" + bytes(300), DOCUMENT),
    "broken.pdf": (lambda: b"%PDF-1.7\n1 0 obj\n<<" + bytes(200), DOCUMENT),
    "noise.txt": (lambda: random.Random(1).randbytes(500_000), DOCUMENT),
    "nulls.txt": (lambda: bytes(1_000_000), DOCUMENT),
    # styles
    "doubling.csl": (doubling, STYLE),
    "cycle.csl": (cycle, STYLE),
    "deep.csl": (lambda: style("", "<group>" * 3000 + "</group>" * 3000), STYLE),
    "dependent.csl": (dependent, STYLE),
    "entities.csl": (
        lambda: style("", '<text value="&j;"/>').replace(
            b"<style", LAUGHS.replace("w:document", "style").encode() + b"<style", 1
        ),
        STYLE,
    ),
    "not-a-style.csl": (lambda: b"<html/>", STYLE),
    # records
    "braces.bib": (lambda: b"@book{a, title = " + b"{" * 10_000 + b"}" * 10_000 + b"}\n@book{b, title={B}}", LIBRARY),
    "open-braces.bib": (lambda: b"@book{a, title = {" * 20_000, LIBRARY),
    "many.bib": (lambda: records(20_000, "@book{k#, title={T #}, author={A, B}, year={2000}}\n"), LIBRARY[:1]),
    "string-bomb.bib": (
        lambda: (
            '@string{a0 = "ha"}\n'
            + "".join(f"@string{{a{n} = a{n - 1} # a{n - 1}}}\n" for n in range(1, 40))
            + "@book{b, title = a39}"
        ).encode(),
        LIBRARY,
    ),
    "truncated.ris": (lambda: b"TY  - JOUR\nTI  - A\nAU  - B, C\nTY  - BOOK\nTI  - D", LIBRARY),
    "injection.json": (
        lambda: json.dumps(
            [
                {
                    "id": "a",
                    "type": "book",
                    "title": "A\nER  - \nTY  - BOOK\nTI  - evil } @book{x, <script>alert(1)</script>",
                }
            ]
        ).encode(),
        (
            *LIBRARY,
            ("convert", "@", "-", "-t", "ris"),
            ("convert", "@", "-", "-t", "csv"),
            ("render", "@", "-t", "html"),
        ),
    ),
    "formula.json": (
        lambda: json.dumps([{"id": "a", "type": "book", "title": '=cmd|"/c calc"!A1'}]).encode(),
        (("convert", "@", "-", "-t", "csv"),),
    ),
    "deep.json": (lambda: b"[" * 100_000, LIBRARY),
    "entities.xml": (
        lambda: (LAUGHS.replace("w:document", "modsCollection") + "<modsCollection>&j;</modsCollection>").encode(),
        (("convert", "@", "-", "-f", "mods", "-t", "csljson"),),
    ),
    "aliases.yaml": (
        lambda: (
            "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 30))
        ).encode(),
        (("convert", "@", "-", "-f", "cslyaml", "-t", "csljson"),),
    ),
    **{
        f"{name}-entities.xml": (
            lambda root=root: (LAUGHS.replace("w:document", root) + f"<{root}>&j;</{root}>").encode(),
            from_format(name),
        )
        for name, root in XML_NAMES.items()
    },
    **{
        f"{name}-deep.xml": (
            lambda root=root: (f"<{root}>" + "<a>" * 200_000 + "</a>" * 200_000 + f"</{root}>").encode(),
            from_format(name),
        )
        for name, root in XML_NAMES.items()
    },
    **{
        f"{name}-many.xml": (
            lambda root=root: (f"<{root}>" + "<a b='c'>d</a>" * 1_000_000 + f"</{root}>").encode(),
            from_format(name),
        )
        for name, root in XML_NAMES.items()
    },
    "deep.yaml": (lambda: b"[" * 100_000, from_format("cslyaml")),
    "deep-hayagriva.yaml": (lambda: b"a: {" * 20_000, from_format("hayagriva")),
    "many.yaml": (
        lambda: b"references:\n" + records(10_000, "- {id: a#, type: book, title: T}\n"),
        from_format("cslyaml"),
    ),
    "many.csv": (lambda: b"type,title,author\n" + records(20_000, 'book,"T #","A, B"\n'), CONVERT),
    "open-quote.csv": (lambda: b'type,title\nbook,"' + b"a," * 1_000_000, CONVERT),
    "wide.csv": (lambda: b"title," * 200_000 + b"\n" + b"x," * 200_000, CONVERT),
    "many.ris": (lambda: records(20_000, "TY  - BOOK\nTI  - T #\nAU  - A, B\nER  - \n"), CONVERT),
    "one-record.ris": (lambda: b"TY  - BOOK\n" + b"AU  - A, B\n" * 200_000 + b"ER  - \n", CONVERT),
    "long-tag.nbib": (lambda: b"PMID- 1\nTI  - " + b"a\n      " * 300_000, CONVERT),
    "many.enw": (lambda: b"%0 Book\n" + b"%A A, B\n" * 200_000, CONVERT),
    "big.xlsx": (lambda: xlsx("<row><c><v>1</v></c></row>" * 3_000_000), CONVERT),
    "far-cell.xlsx": (
        lambda: xlsx('<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'),
        CONVERT,
    ),
    "names.json": (
        lambda: json.dumps([{"id": "a", "type": "book", "title": "T", "author": [{"family": "A"}] * 50_000}]).encode(),
        (*CONVERT, ("render", "@"), ("check", "@")),
    ),
    "long-title.json": (
        lambda: json.dumps([{"id": "a", "type": "book", "title": "<i>а </b>" * 100_000}]).encode(),
        (*CONVERT, ("render", "@"), ("check", "@")),
    ),
    "same-titles.json": (
        lambda: json.dumps([{"id": f"a{n}", "type": "book", "title": "Ten words " * 10} for n in range(3000)]).encode(),
        (*CONVERT, ("check", "@")),
    ),
    "marks.bib": (lambda: b"@book{a, title = {" + b"\\'e\\textit{a}$x$" * 100_000 + b"}}", CONVERT),
    "ands.bib": (lambda: b"@book{a, author = {" + b"A and " * 100_000 + b"B}}", CONVERT),
    "crossref.bib": (
        lambda: records(3000, "@book{k#, crossref={k#}, title={T}}\n@inbook{c#, crossref={k0}, title={T}}\n"),
        CONVERT,
    ),
    "deep.odt": (lambda: odt("<text:section>" * 5000 + "</text:section>" * 5000), DOCUMENT),
    "bomb.odt": (lambda: odt("<text:p/>" * 10_000_000), DOCUMENT),
    "spaces.odt": (lambda: odt('<text:p>a<text:s text:c="2000000000"/>b</text:p>'), DOCUMENT),
    "entities.odt": (lambda: odt("&j;", LAUGHS.replace("w:document", "x")), DOCUMENT),
    "cycle.pdf": (lambda: pdf(PAGES.format(kids="2 0 R " * 5000, count=5000)), DOCUMENT),
    "million-pages.pdf": (lambda: pdf(PAGES.format(kids="3 0 R", count=10_000_000)), DOCUMENT),
    "noise.pdf": (lambda: b"%PDF-1.7\n" + random.Random(2).randbytes(300_000), DOCUMENT),
    **{f"{name}.txt": (lambda unit=unit: repeated(unit), (("check", "@"),)) for name, unit in UNITS.items()},
    **{f"{name}.md": (lambda unit=unit: repeated(unit), (("show", "@", "--text"),)) for name, unit in UNITS.items()},
    **{
        f"{name}.html": (lambda unit=unit: b"<html><body><p>" + repeated(unit), (("show", "@", "--text"),))
        for name, unit in UNITS.items()
    },
    **{
        f"{name}.tex": (lambda unit=unit: b"\\documentclass{a}" + repeated(unit), (("show", "@", "--text"),))
        for name, unit in UNITS.items()
    },
    **{
        f"line-{name}.txt": (lambda unit=unit: ("Омаров К. " + unit * (99_900 // len(unit)) + "x").encode(), LINES)
        for name, unit in UNITS.items()
        if name != "breaks"
    },
    "long-entry.txt": (lambda: (LIST.strip() + " сөз А. 2020" * 8_000).encode(), (("check", "@"),)),
    "unsure-entries.txt": (
        lambda: ("Әдебиет\n" + "1. Омаров К. Атау. – А., 2004.\n" * 300).encode(),
        (("check", "@"),),
    ),
    "slow.txt": (
        lambda: ("Әдебиет\n" + "1. Омаров К. Атау. – А., 2004.\n" * 50_000).encode(),
        (("--limit", "seconds=3", "link", "@"),),
    ),
    "object.yaml": (
        lambda: b"- !!python/object/apply:os.system ['touch evil']\n",
        (("convert", "@", "-", "-f", "cslyaml", "-t", "csljson"),),
    ),
}


def suffix_of(name: str, formats: Sequence[Format]) -> str:
    return next(one.suffixes[0] for one in formats if one.name == name)


def sample() -> Library:
    """A small library that every format can hold."""
    return Library.of(
        Item.from_csl(
            {
                "id": f"e{number}",
                "type": kind,
                "title": f"Еңбек құқығы {number}",
                "author": [{"family": "Омаров", "given": "К. Т."}],
                "container-title": "Заңгер",
                "issued": {"date-parts": [[2000 + number]]},
                "page": "45-54",
                "language": "kk",
            }
        )
        for number, kind in enumerate(["article-journal", "book", "chapter", "thesis"] * 3)
    )


def cut_library(name: str) -> bytes:
    """Two thirds of a file of the format, as a download that broke off leaves it."""
    data = jobs.library_to_bytes(sample(), name).data
    return data[: len(data) * 2 // 3]


def cut_document(name: str) -> bytes:
    """Two thirds of a list as the format's composer writes it."""
    data = jobs.compose(jobs.render(sample(), "gost-kz"), name)
    return data[: len(data) * 2 // 3]


def noise(name: str) -> bytes:
    """What begins as the format does and goes on with anything."""
    return jobs.library_to_bytes(sample(), name).data[:200] + random.Random(name).randbytes(200_000)


LIBRARY_NAMES = tuple(one.name for one in LIBRARY_FORMATS if {"read", "write"} <= one.can)
DOCUMENT_NAMES = tuple(one.name for one in DOCUMENT_FORMATS if {"read", "compose"} <= one.can)
FILES |= {
    f"cut-{name}{suffix_of(name, LIBRARY_FORMATS)}": (partial(cut_library, name), from_format(name))
    for name in LIBRARY_NAMES
}
FILES |= {
    f"noise-{name}{suffix_of(name, LIBRARY_FORMATS)}": (partial(noise, name), from_format(name))
    for name in LIBRARY_NAMES
}
FILES |= {
    f"cut-{name}{suffix_of(name, DOCUMENT_FORMATS)}": (partial(cut_document, name), (("check", "@", "-f", name),))
    for name in DOCUMENT_NAMES
}
