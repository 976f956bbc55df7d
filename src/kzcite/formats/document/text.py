"""Plain text: the text is the container, so pieces need no handle and an edit is an edit of the string."""

from __future__ import annotations

from collections.abc import Sequence

from kzcite.formats.encoding import decode
from kzcite.model import Block, Document, Edit, Piece, Span, apply_edits


def read(data: bytes, source: str = "") -> Document:
    """Every line is a block; line ends stay as they are."""
    decoded = decode(data, source)
    blocks, at = [], 0
    for line in decoded.text.splitlines(keepends=True):
        blocks.append(Block(Span(at, at + len(line.rstrip("\r\n")))))
        at += len(line)
    return Document(
        decoded.text,
        tuple(blocks),
        (Piece(Span(0, len(decoded.text))),),
        source=source,
        notices=decoded.notices,
    )


def patch(data: bytes, document: Document, edits: Sequence[Edit]) -> bytes:
    """The same bytes with the edited characters exchanged, in the encoding that the file had."""
    encoding = decode(data, document.source).encoding
    return apply_edits(document.text, edits).encode(encoding)
