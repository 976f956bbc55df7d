"""The characters of a PDF page with their places, by PDFium: code point, baseline, box, size.

Needs the extra `pdf` (pypdfium2). Coordinates are PDF points, y upwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_double
from typing import Any, NamedTuple

from kzcite.model import InputError
from kzcite.model.limits import current

_HYPHENS = {0x02: "-", 0xAD: "-"}
_UNMAPPED = (0, 0xFFFD, 0xFFFE, 0xFFFF)


class Character(NamedTuple):
    """One character: `left` is where it begins, `right` where the next may begin, `base` the height of its baseline.

    A space is a character too, without a shape.
    """

    text: str
    left: float
    right: float
    base: float
    size: float


class Page(NamedTuple):
    """A page's characters in the order in which the file paints them."""

    number: int
    width: float
    height: float
    characters: list[Character]
    unmapped: int


def read_pages(data: bytes, source: str) -> Iterator[Page]:
    """Each page of a PDF. Raises InputError for what is no PDF, needs a password, or where pypdfium2 is missing."""
    try:
        import pypdfium2 as pdfium
    except ImportError as error:
        raise InputError("PDF needs pypdfium2", where=source, hint="pip install 'kzcite[pdf]'") from error
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise InputError(f"not a readable PDF: {error}", where=source, hint="encrypted or damaged?") from error
    try:
        current().check("archive_parts", len(document), source)
        total = 0
        for number in range(len(document)):
            try:
                page = document[number]
            except pdfium.PdfiumError as error:
                raise InputError(f"page {number + 1} cannot be read: {error}", where=source) from error
            one = _read_page(page, number + 1)
            page.close()
            total += len(one.characters)
            current().check("xml_text", total, source)
            yield one
    finally:
        document.close()


def _read_page(page: Any, number: int) -> Page:
    import pypdfium2.raw as pdfium_c

    text_page = page.get_textpage()
    raw = text_page.raw
    box = pdfium_c.FS_RECTF()
    x, y = c_double(), c_double()
    characters: list[Character] = []
    unmapped = 0
    for index in range(text_page.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(raw, index)
        if pdfium_c.FPDFText_IsGenerated(raw, index) == 1:
            continue
        if code in _UNMAPPED:
            unmapped += 1
            continue
        pdfium_c.FPDFText_GetLooseCharBox(raw, index, byref(box))
        pdfium_c.FPDFText_GetCharOrigin(raw, index, byref(x), byref(y))
        size = pdfium_c.FPDFText_GetFontSize(raw, index)
        if size <= 1.5:
            size = max(size, abs(box.top - box.bottom))
        shown = _HYPHENS.get(code) or (chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else " ")
        characters.append(Character(shown, x.value, max(box.right, x.value), y.value, size))
    width, height = page.get_size()
    text_page.close()
    return Page(number, width, height, characters, unmapped)
