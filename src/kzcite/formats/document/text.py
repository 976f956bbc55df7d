"""Plain text: the text is the container, so pieces need no handle and an edit is an edit of the bytes."""

from __future__ import annotations

from collections.abc import Sequence

from kzcite.formats.encoding import decode
from kzcite.model import Block, Document, Edit, Piece, Span


def read(data: bytes, source: str = "") -> Document:
    """Every line is a block; line ends stay as they are."""
    decoded = decode(data, source)
    blocks, at = [], 0
    for line in decoded.text.splitlines(keepends=True):
        blocks.append(Block(Span(at, at + len(line.rstrip("\r\n")))))
        at += len(line)
    whole = Piece(Span(0, len(decoded.text)))
    return Document(decoded.text, tuple(blocks), (whole,), source=source, notices=decoded.notices)


def patch(data: bytes, document: Document, edits: Sequence[Edit]) -> bytes:
    """The same bytes with the edited characters exchanged, in the encoding and letters that the file has."""
    decoded = decode(data, document.source)
    out, at = [decoded.mark], 0
    for edit in sorted(edits, key=lambda one: one.span):
        out += [decoded.encode(decoded.text[at : edit.span.start]), decoded.encode(edit.replacement.text)]
        at = edit.span.end
    return b"".join([*out, decoded.encode(decoded.text[at:])])
