"""Build a Document's text piece by piece; what the readers of word processors' files share.

A line is a paragraph: paragraphs are parted by one "\\n", whose piece is the paragraph's end. The cells of a table's
row are parted by a tab, so that a list set as a table reads as a list.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from kzcite.model import Block, Document, Notice, Piece, Span
from kzcite.model.document import BlockKind


class Handle(NamedTuple):
    """Where a piece of text comes from: the byte `place` in the `part`.

    `kind`: `text` (characters, of which the piece is those after the first `skip`), `sign` (an element that stands for
    the piece: a tab, a break), `end` (the end of the paragraph at `place`), `cell` (such an end between two cells of a
    row), `label` (the automatic number of the paragraph at `place`), `computed` (anything else that the word processor
    prints by itself: a note's mark, a formula). `field` names the field whose result the text is: `citation`,
    `bibliography`, `other`.
    """

    part: str
    place: int
    skip: int = 0
    kind: str = "text"
    field: str = ""


_NO_MARKS: frozenset[str] = frozenset()


class Assembly:
    """A text that grows. `add` gives the next characters, `close` makes a block of all since `start`."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.length = 0
        self.pieces: list[Piece] = []
        self.blocks: list[Block] = []
        self.notices: list[Notice] = []

    def add(
        self,
        text: str,
        handle: Handle,
        marks: frozenset[str] = _NO_MARKS,
        *,
        editable: bool = True,
        link: str = "",
    ) -> None:
        if not text:
            return
        start = self.length
        self._parts.append(text)
        self.length += len(text)
        self.pieces.append(Piece(Span(start, self.length), handle, marks, editable, link))

    def close(self, start: int, kind: BlockKind, level: int = 0, label: str = "") -> None:
        self.blocks.append(Block(Span(start, self.length), kind, level, label))

    def lengthen(self, text: str) -> None:
        """More characters for the last piece."""
        last = self.pieces[-1]
        self._parts[-1] += text
        self.length += len(text)
        self.pieces[-1] = Piece(Span(last.span.start, self.length), last.handle, last.marks, last.editable, last.link)

    def trim_space(self) -> None:
        """Take back a space at the very end, if it is of a piece of characters."""
        if not self.pieces or self.pieces[-1].handle.kind != "text" or not self._parts[-1].endswith(" "):
            return
        last = self.pieces[-1]
        if last.span.length == 1:
            self.drop_last()
            return
        self._parts[-1] = self._parts[-1][:-1]
        self.length -= 1
        self.pieces[-1] = Piece(Span(last.span.start, self.length), last.handle, last.marks, last.editable, last.link)

    def drop_last(self) -> None:
        """Take back the last piece: the end of the last paragraph parts it from nothing."""
        piece = self.pieces.pop()
        self.length = piece.span.start
        self._parts.pop()

    def document(self, source: str, format: str) -> Document:
        """The document so far. A last line end is left out: it parts nothing."""
        while self.pieces and self._parts[-1] in "\n\t" and self.pieces[-1].handle.kind == "end":
            if self.blocks and self.blocks[-1].span.start >= self.pieces[-1].span.end:
                break
            self.drop_last()
        text = "".join(self._parts)
        blocks = sorted(_without_false_code(text, self.blocks), key=lambda one: (one.span.start, -one.span.end))
        return Document(
            text,
            tuple(blocks),
            tuple(self.pieces),
            source=source,
            format=format,
            notices=tuple(self.notices),
        )


def _without_false_code(text: str, blocks: list[Block]) -> list[Block]:
    """Whole papers stand in a style for code, where a plain text was opened in LibreOffice: no such paper is code."""
    whole = {
        one
        for one in blocks
        if one.kind == "code"
        and text[max(0, one.span.start - 1) : one.span.start] in ("", "\n")
        and text[one.span.end : one.span.end + 1] in ("", "\n")
    }
    if 2 * sum(one.span.length for one in whole) <= len(text):
        return blocks
    return [replace(one, kind="paragraph") if one in whole else one for one in blocks]
