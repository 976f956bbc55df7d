"""PDF, read only: the text layer in reading order, with columns, running heads, raised characters and positions.

A page ends with a form feed. A line is a line of print; words cut at a line's end stay cut, as printed. Nothing can be
written back. Needs the extra `pdf`.
"""

from __future__ import annotations

from typing import NamedTuple, cast

from kzcite.formats.document.pdf.characters import read_pages
from kzcite.formats.document.pdf.furniture import mark_furniture, mark_notes
from kzcite.formats.document.pdf.layout import Line, lines_of
from kzcite.model import Block, Document, InputError, Notice, Piece, Span
from kzcite.model.document import BlockKind

_RAISED = frozenset({"sup"})
_NO_MARKS: frozenset[str] = frozenset()


class Box(NamedTuple):
    """Where a piece stands on its page, in PDF points from the lower left corner."""

    page: int
    left: float
    right: float
    base: float
    size: float


def read(data: bytes, source: str = "") -> Document:
    """The text layer of a PDF. Raises InputError where there is none (a scan) or the file cannot be opened."""
    pages: list[tuple[int, list[Line]]] = []
    unmapped = blank = 0
    for page in read_pages(data, source):
        pages.append((page.number, lines_of(page)))
        unmapped += page.unmapped
        blank += not page.characters
    if not any(lines for _, lines in pages):
        raise InputError("the PDF holds no text, only pictures", where=source, hint="run OCR on it first")
    mark_furniture([lines for _, lines in pages])
    mark_notes([lines for _, lines in pages])
    text, blocks, pieces = _assemble(pages)
    notices = []
    if unmapped:
        notices.append(Notice("pdf-unmapped", {"count": str(unmapped)}))
    if blank:
        notices.append(Notice("pdf-blank-pages", {"count": str(blank)}))
    return Document(text, blocks, pieces, source=source, format="pdf", notices=tuple(notices))


def _assemble(pages: list[tuple[int, list[Line]]]) -> tuple[str, tuple[Block, ...], tuple[Piece, ...]]:
    parts: list[str] = []
    blocks: list[Block] = []
    pieces: list[Piece] = []
    at = 0
    for place, (number, lines) in enumerate(pages):
        if place:
            parts.append("\f")
            at += 1
        for line in lines:
            start = at
            for one in line.stretches:
                box = Box(number, one.left, one.right, one.base, one.size)
                span = Span(at, at + len(one.text))
                pieces.append(Piece(span, box, _RAISED if one.raised else _NO_MARKS, editable=False))
                parts.append(one.text)
                at = span.end
            blocks.append(Block(Span(start, at), cast(BlockKind, line.kind)))
            parts.append("\n")
            at += 1
    return "".join(parts), tuple(blocks), tuple(pieces)
