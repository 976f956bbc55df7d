"""What is fuzzed: each target takes bytes and may raise nothing but a KzciteError; anything else is a crash.

A target is made for every format of the registry that can be read, so that a new reader is fuzzed without a word here.
The targets beside them: `line` (the parser), `markers` (finder and linker on bare text), `style` (CSL as bytes) and
`style-tree` (a real style whose tree is edited as the bytes say, so that it stays near to valid).
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from lxml import etree

from kzcite.formats.registry import DOCUMENT_FORMATS, LIBRARY_FORMATS, Format, find_format
from kzcite.model import Document, Item, KzciteError, Library

ROOT = Path(__file__).resolve().parents[1]
SEEDS = Path(__file__).resolve().parent / "seeds"
CONTAINERS = frozenset({"docx", "odt", "xlsx"})
"""Formats that are zip files: their seeds and inputs are the parts, since flipping bits of a zip only breaks it."""
PART = b"\n=== "
PDF = b"%PDF-"

CONTENT_TYPES = b"""<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/></Types>"""
RELATIONSHIPS = b"""<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
 Target="%s"/></Relationships>"""
MAIN = {"docx": b"word/document.xml", "xlsx": b"xl/workbook.xml"}


def container(name: str, data: bytes) -> bytes:
    """The zip file of the parts in `data`: `=== NAME`, a line break, the part, and so on."""
    parts: dict[str, bytes] = {}
    if name in MAIN:
        parts = {"[Content_Types].xml": CONTENT_TYPES, "_rels/.rels": RELATIONSHIPS % MAIN[name]}
    for one in (b"\n" + data).split(PART)[1:]:
        title, _, body = one.partition(b"\n")
        parts[title.decode("latin-1")[:100]] = body
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for title, body in parts.items():
            archive.writestr(zipfile.ZipInfo(title or "x"), body)
    return out.getvalue()


def pdf_file(data: bytes) -> bytes:
    """A PDF whose pages, parted by form feeds, have `data` as their content streams; a whole PDF as it is.

    Flipped bits of a PDF try PDFium and little of ours: with sound objects around it the text reaches the layout.
    """
    if data.startswith(PDF):
        return data
    pages = data.split(b"\f")[:20]
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, one in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> >> >>" % (5 + 2 * number)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(one), one))
    out, places = bytearray(PDF + b"1.4\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return bytes(out) + head + tail


def document_target(form: Format) -> Callable[[bytes], None]:
    """Read; patched with no edit the file must be the same bytes."""

    def target(data: bytes) -> None:
        if form.name in CONTAINERS:
            data = container(form.name, data)
        if form.name == "pdf":
            data = pdf_file(data)
        try:
            document = form.load().read(data, "fuzz")
        except KzciteError:
            return
        if "patch" in form.can and form.load().patch(data, document, ()) != data:
            raise AssertionError("patching with no edit changes the file")
        for piece in document.pieces:
            if not 0 <= piece.span.start <= piece.span.end <= len(document.text):
                raise AssertionError(f"a piece outside the text: {piece}")

    return target


def understand(document: Document) -> None:
    """Find and link, and hold every span to the text it is cut from."""
    from kzcite import finder, linker

    document = finder.find(document)
    length = len(document.text)
    for marker in document.markers:
        if not 0 <= marker.span.start <= marker.span.end <= length:
            raise AssertionError(f"a marker outside the text: {marker}")
    for entry in document.entries:
        if not 0 <= entry.span.start <= entry.span.end <= length:
            raise AssertionError(f"an entry outside the text: {entry}")
    linker.link(document.with_items({}))


def library_target(form: Format) -> Callable[[bytes], None]:
    """Read; what was read must be written in any format (the input's length says which), and no record be added."""
    writers = [one for one in LIBRARY_FORMATS if "write" in one.can]

    def target(data: bytes) -> None:
        if form.name in CONTAINERS:
            data = container(form.name, data)
        try:
            library = form.load().read(data, "fuzz").library
        except KzciteError:
            return
        writer = writers[len(data) % len(writers)]
        if "lines" in writer.can:
            writer.load().write(library, [item.text("title") for item in library])
            return
        written = writer.load().write(library).data
        if "read" in writer.can and len(library):
            again = writer.load().read(written, "again").library
            if len(again) > len(library):
                raise AssertionError(f"{len(library)} records became {len(again)} in {writer.name}")

    return target


def line_target(data: bytes) -> None:
    """One reference line: every span within it."""
    from kzcite import parser

    line = data.decode("utf-8", "replace")
    try:
        item = parser.explain(line).item
    except KzciteError:
        return
    for field in item.fields if item else ():
        for span in field.origin.spans:
            if not 0 <= span.start <= span.end <= len(line):
                raise AssertionError(f"{field.name} outside the line: {span}")


def markers_target(data: bytes) -> None:
    """Bare text: find and link."""
    with suppress(KzciteError):
        understand(Document(data.decode("utf-8", "replace")))


LIBRARY = Library.of(
    [
        Item.from_csl(
            {
                "id": "a",
                "type": "book",
                "title": "Абай жолы: <i>роман</i>",
                "author": [{"family": "Әуезов", "given": "М. О."}, {"literal": "Ғылым академиясы"}],
                "issued": {"date-parts": [[1942, 5]]},
                "publisher": "Жазушы",
                "publisher-place": "Алматы",
                "number-of-pages": "420",
                "language": "kk",
            }
        ),
        Item.from_csl(
            {
                "id": "b",
                "type": "article-journal",
                "title": "On steppe law",
                "author": [{"family": "Smith", "given": "J."}],
                "container-title": "Steppe",
                "volume": "3-4",
                "page": "15–20",
                "issued": {"date-parts": [[2001], [2002]]},
                "DOI": "10.1000/1",
                "language": "en",
            }
        ),
    ]
)


def format_with(data: bytes) -> None:
    """The small library, in the style of these bytes."""
    from kzcite.renderer.csl.processor import Processor
    from kzcite.renderer.csl.style import Style

    with suppress(KzciteError):
        Processor(Style(data, "fuzz"), LIBRARY.items, locale="auto", main="kk").entries()


def style_target(data: bytes) -> None:
    """CSL as bytes, loaded, validated and used."""
    format_with(data)


@lru_cache(maxsize=1)
def _trees() -> list[etree._Element]:
    return [etree.parse(str(one)).getroot() for one in sorted((ROOT / "styles").glob("*.csl"))]


def style_tree_target(data: bytes) -> None:
    """A real style whose elements are deleted, copied, moved, or given each other's attributes: four bytes an edit."""
    if not data:
        return
    trees = _trees()
    root = copy.deepcopy(trees[data[0] % len(trees)])
    for at in range(1, min(len(data) - 3, 120), 4):
        what, first, second, place = data[at : at + 4]
        nodes = list(root.iter("*"))
        one, other = nodes[(first * 256 + place) % len(nodes)], nodes[(second * 256 + place) % len(nodes)]
        parent = one.getparent()
        if what % 4 == 0 and parent is not None:
            parent.remove(one)
        elif what % 4 == 1:
            other.insert(place % (len(other) + 1), copy.deepcopy(one))
        elif what % 4 == 2:
            for name, value in list(one.attrib.items())[:3]:
                other.set(name, value)
        elif other.attrib:
            names = sorted(other.attrib)
            del other.attrib[names[place % len(names)]]
    format_with(etree.tostring(root))


PACKAGES = {"line": ("parser",), "markers": ("finder", "linker"), "style": ("renderer",), "style-tree": ("renderer",)}
"""Packages that a target needs beside model, tables, text and the formats."""

TARGETS: dict[str, Callable[[bytes], None]] = {
    **{f"document-{one.name}": document_target(one) for one in DOCUMENT_FORMATS if "read" in one.can},
    **{f"library-{one.name}": library_target(one) for one in LIBRARY_FORMATS if "read" in one.can},
    "line": line_target,
    "markers": markers_target,
    "style": style_target,
    "style-tree": style_tree_target,
}


def _library(name: str) -> Format:
    return find_format(name, [one for one in LIBRARY_FORMATS if "read" in one.can], "read")


def _parts(name: str, data: bytes) -> bytes:
    """A zip file as its parts, what `container` puts together again."""
    if name not in CONTAINERS:
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(PART + one.encode() + b"\n" + archive.read(one) for one in archive.namelist())


def seeds(name: str) -> list[bytes]:
    """The target's own seeds, a small library as the format's own writer writes it, a style of ours."""
    kind, _, form = name.partition("-")
    found: list[bytes] = []
    if kind == "library":
        found += [_parts(form, _library(form).load().write(LIBRARY).data)] if "write" in _library(form).can else []
    folder = SEEDS / name
    found += [one.read_bytes() for one in sorted(folder.iterdir())] if folder.is_dir() else []
    if name == "document-pdf":
        found += [pdf_file(one) for one in found]
    if name == "style":
        found += [(ROOT / "styles" / "apa-kz.csl").read_bytes()]
    if name == "style-tree":
        found += [bytes([number, *range(1, 60)]) for number in range(4)]
    return found
