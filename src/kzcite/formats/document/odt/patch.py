"""Carry out edits in an odt by splicing bytes: what no edit touches stays as it was, byte for byte.

A touched paragraph is gone through piece by piece, because white space collapses across tags (ODF 1.3 part 3, 6.1.2):
a space that would now fall together with another is written `text:s`. New looks are spans with automatic styles.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kzcite.formats.document.assembly import Handle
from kzcite.formats.document.changes import Paragraph, Plan, Put, plan_changes
from kzcite.formats.document.odt.container import open_odt
from kzcite.formats.document.odt.removal import Removal
from kzcite.formats.document.odt.spans import Spans
from kzcite.formats.package import rewrite
from kzcite.formats.placedxml import Element, Text, Tree
from kzcite.formats.splices import ByteCount, Splice, splice
from kzcite.model import Document, Edit, Piece, Run

_BLOCKS = ("text:p", "text:h")
_SPACE = re.compile(rb"(?:[ \t\r\n]|&#(?:32|9|10|13);)+")
_LAST_SPACE = re.compile(rb"(?:[ \t\r\n]|&#(?:32|9|10|13);)+\Z")
_IDS = re.compile(rb"""\s+(?:xml:id|text:id|[\w-]+:paragraph-id)=(?:"[^"]*"|'[^']*')""")


def patch(data: bytes, document: Document, edits: Sequence[Edit]) -> bytes:
    """The odt `data`, from which `document` was read, with non-overlapping `edits` carried out.

    Raises OutputError for an edit of what the word processor computes, or one that joins cells.
    """
    file = open_odt(data, document.source)
    plan = plan_changes(document, edits)
    used = [*plan.cuts, *(put.piece for put in plan.puts)]
    used += [one.last for one in (*plan.gone, *plan.unlisted, *(pair[0] for pair in plan.joins))]
    names = sorted({document.pieces[one].handle.part for one in used})
    changed = {name: PartPatch(file.tree(name), name, document, plan).result() for name in names}
    return rewrite(file.package, changed)


@dataclass(slots=True)
class _Written:
    """What shall stand at the bytes `start` to `end` of a touched paragraph, in place of the printed `was`.

    `alive`: the white space beside it, which had collapsed, would be printed now and must go.
    """

    start: int
    end: int
    out: bytes = b""
    was: bytes = b""
    alive: bool = False


class PartPatch:
    """The splices of one part."""

    def __init__(self, tree: Tree, name: str, document: Document, plan: Plan) -> None:
        self.tree, self.name, self.document, self.plan = tree, name, document, plan
        self.pieces = document.pieces
        self.splices: list[Splice] = []
        self.texts: dict[int, Text] = {}
        self.elements: dict[int, Element] = {}
        for one in tree.root.walk():
            self.elements[one.start] = one
            self.texts.update((text.start, text) for text in one.children if isinstance(text, Text))
        self.spans = Spans(tree)
        self.puts: dict[int, list[Put]] = {}
        self.written: list[_Written] = []
        self.joined = False
        self.order = 0

    def result(self) -> bytes:
        """The part's bytes with the plan carried out."""
        touched: dict[int, Paragraph] = {}
        for put in self.plan.puts:
            if self._handle(put.piece).part == self.name:
                self.puts.setdefault(put.piece, []).append(put)
        for index in (*self.plan.cuts, *self.puts):
            if self._handle(index).part == self.name:
                one = self._paragraph_of(index)
                touched[one.first] = one
        for first in sorted(touched):
            self._write(touched[first])
        removal = Removal(self.tree, self.splices)
        for one in self.plan.unlisted:
            if self._handle(one.last).part == self.name:
                removal.unlist(self._element_of(one))
        own = [one for one in self.plan.gone if self._handle(one.last).part == self.name]
        removal.remove([self._element_of(one) for one in own])
        for one, other in self.plan.joins:
            if self._handle(one.last).part == self.name:
                removal.join(self._element_of(one), self._element_of(other))
        if (added := self.spans.definitions()) is not None:
            self.splices.append(added)
        return splice(self.tree.data, self.splices)

    def _handle(self, index: int) -> Handle:
        handle: Handle = self.pieces[index].handle
        return handle

    def _paragraph_of(self, index: int) -> Paragraph:
        return self.plan.paragraphs[bisect_right(self.plan.paragraphs, index, key=lambda one: one.first) - 1]

    def _element_of(self, paragraph: Paragraph) -> Element:
        for index in range(paragraph.last, paragraph.first - 1, -1):
            place = self._handle(index).place
            at = self.texts[place].parent if place in self.texts else self.elements[place]
            found = at if at.tag in _BLOCKS else at.above(*_BLOCKS)
            if found is not None:
                return found
        raise AssertionError("every piece of an odt stands in a paragraph")

    def _splice(self, start: int, end: int, data: bytes) -> None:
        self.order += 1
        self.splices.append(Splice(start, end, self.order if start == end else 0, data))

    # --- writing ---------------------------------------------------------------------------------------------------

    def _write(self, paragraph: Paragraph) -> None:
        """All pieces of a paragraph; those that stay as they are make no splice."""
        space = True
        self.joined = any(other.first == paragraph.first for _, other in self.plan.joins)
        self.written = []
        self._drop_blank(self._element_of(paragraph), {one.handle.place for one in self._pieces(paragraph)})
        for index in range(paragraph.first, paragraph.last + 1):
            handle, piece = self._handle(index), self.pieces[index]
            if handle.kind == "text":
                space = self._write_text(index, piece, space)
            elif handle.kind == "sign":
                space = self._write_sign(index, piece, space)
            elif handle.kind in ("end", "cell"):
                for put in self.puts.get(index, ()):
                    self._put_at_end(put, self.elements[handle.place])
            else:
                space = False
                self._release()
        self._hold_space()

    def _pieces(self, paragraph: Paragraph) -> Sequence[Piece]:
        return self.pieces[paragraph.first : paragraph.last + 1]

    def _drop_blank(self, paragraph: Element, shown: set[int]) -> None:
        """White space that collapsed whole must not come to life when what stands before it changes."""
        for one in paragraph.walk():
            for text in one.children:
                if isinstance(text, Text) and text.start not in shown and not text.text.strip(" \t\r\n"):
                    nearest = one if one.tag in _BLOCKS else one.above(*_BLOCKS)
                    if nearest is paragraph:
                        self._splice(text.start, text.end, b"")

    def _hold_space(self) -> None:
        """Nothing follows in the paragraph: a space at its end in the source would fall away, so it gets an element."""
        self._hold_last()
        self._release()

    def _hold_last(self) -> None:
        for one in reversed(self.written):
            if one.out:
                found = _LAST_SPACE.search(one.out)
                if found:
                    one.out = one.out[: found.start()] + self.spans.spaces(1)
                break

    def _release(self) -> None:
        """Splice what has been written so far, where it differs."""
        for one in self.written:
            if one.out != one.was or one.alive:
                self._splice(one.start, one.end, one.out)
        self.written = []

    def _write_text(self, index: int, piece: Piece, space: bool) -> bool:
        """`space`: whether white space right here would collapse; returns the same for what follows."""
        text = self.texts[piece.handle.place]
        raw = self.tree.data[text.start : text.end]
        skip, shown = piece.handle.skip, piece.span.cut(self.document.text)
        count = ByteCount(raw)
        place = text.start + count.of(skip)
        end = text.start + count.of(skip + len(shown))
        before = self._gap_before(index, text)
        written = _Written(
            before, end, was=self.tree.data[place:end], alive=before < place and (not space or self.joined)
        )
        events: list[tuple[int, int, int, Put | None]] = [
            (start, 1, stop, None) for start, stop in self.plan.cuts.get(index, ())
        ]
        events += [(put.offset, 0, put.offset, put) for put in self.puts.get(index, ())]
        events.sort(key=lambda one: one[:2])
        self.written.append(written)
        at = 0
        for start, _, stop, put in [*events, (len(shown), 2, len(shown), None)]:
            if start > at:
                kept = raw[count.of(skip + at) : count.of(skip + start)]
                kept, space = self._keep(kept, shown[at:start], space)
                written.out += kept
                at = start
            if put is not None:
                new, space = self._new(put, piece.marks, text.parent, space)
                written.out += new
            at = max(at, stop)
        following = self._handle(index + 1) if index + 1 < len(self.pieces) else None
        if following is None or following.place != text.start:
            written.alive = written.alive or (end < text.end and (not space or self.joined))
            written.end = text.end
        self.joined = self.joined and not written.out
        return space

    def _gap_before(self, index: int, text: Text) -> int:
        """Where the white space that collapsed before a piece begins, within the same characters."""
        before = self.pieces[index - 1] if index else None
        if before is None or before.handle.place != text.start:
            return text.start
        raw = self.tree.data[text.start : text.end]
        return text.start + ByteCount(raw).of(before.handle.skip + before.span.length)

    def _keep(self, raw: bytes, shown: str, space: bool) -> tuple[bytes, bool]:
        """Source characters that stay; a first space that would collapse now is written as an element."""
        if space and shown.startswith(" "):
            raw = self.spans.spaces(1) + raw[_first_space(raw) :]
            return raw, shown.endswith(" ") and len(shown) > 1
        return raw, shown.endswith(" ")

    def _write_sign(self, index: int, piece: Piece, space: bool) -> bool:
        one = self.elements[piece.handle.place]
        cuts, puts = self.plan.cuts.get(index, ()), self.puts.get(index, ())
        if not cuts and not puts:
            self._release()
            return False
        length, raw, at = piece.span.length, self.tree.raw(one), 0
        written = _Written(one.start, self.tree.end(one), was=raw)
        self.written.append(written)
        events: list[tuple[int, int, int, Put | None]] = [(start, 1, stop, None) for start, stop in cuts]
        events += [(put.offset, 0, put.offset, put) for put in puts]
        events.sort(key=lambda event: event[:2])
        for start, _, stop, put in [*events, (length, 2, length, None)]:
            if start > at:
                written.out += raw if start - at == length else self.spans.spaces(start - at)
                at, space = start, False
            if put is not None:
                new, space = self._new(put, piece.marks, one.parent or one, space)
                written.out += new
            at = max(at, stop)
        return space

    def _put_at_end(self, put: Put, paragraph: Element) -> None:
        """Into a paragraph without text."""
        new, _ = self._new(put, self.pieces[put.piece].marks, paragraph, True)
        if self.tree.is_empty_tag(paragraph):
            data = self.tree.start_tag(paragraph) + new + self.tree.end_tag(paragraph)
            self._splice(paragraph.start, self.tree.end(paragraph), data)
        else:
            self._splice(paragraph.mark, paragraph.mark, new)

    def _new(self, put: Put, has: frozenset[str], parent: Element, space: bool) -> tuple[bytes, bool]:
        """The new characters of a put, as mark-up; other paragraphs that it makes are spliced in beside."""
        paragraph = parent if parent.tag in _BLOCKS else parent.above(*_BLOCKS) or parent
        if put.where == "before":
            for line in put.lines[:-1]:
                self._new_paragraph(line, paragraph, before=True)
            return b"", space
        out, space = self.spans.runs(put.lines[0], has, space)
        if put.where == "after":
            for line in put.lines[1:]:
                self._new_paragraph(line, paragraph, before=False)
            return out, space
        if len(put.lines) > 1 and not out:
            self._hold_last()
        for line in put.lines[1:]:
            out += self._break(parent, paragraph)
            new, space = self.spans.runs(line, has, True)
            out += new
        return out, space

    # --- paragraphs ------------------------------------------------------------------------------------------------

    def _new_paragraph(self, line: tuple[Run, ...], like: Element, *, before: bool) -> None:
        """A paragraph like another, in a list item of its own where that one has one."""
        runs, _ = self.spans.runs(line, self._paragraph_marks(like), True)
        new = _IDS.sub(b"", self.tree.start_tag(like)) + runs + self.tree.end_tag(like)
        place = like
        item = like.parent
        if item is not None and item.tag == "text:list-item":
            new = b"<" + self.tree.name(item) + b">" + new + self.tree.end_tag(item)
            place = item
        at = place.start if before else self.tree.end(place)
        self._splice(at, at, new)

    def _paragraph_marks(self, like: Element) -> frozenset[str]:
        """What a paragraph's own style shows: the marks of a piece that stands in no span."""
        for piece in self.pieces:
            handle: Handle = piece.handle
            if handle.kind == "text" and handle.part == self.name and self.texts[handle.place].parent is like:
                return piece.marks
        return frozenset()

    def _break(self, parent: Element, paragraph: Element) -> bytes:
        """End the paragraph here and begin one like it, inside the same spans."""
        around: list[Element] = []
        at: Element | None = parent
        while at is not None and at is not paragraph:
            around.append(at)
            at = at.parent
        tree = self.tree
        close = b"".join(tree.end_tag(one) for one in around) + tree.end_tag(paragraph)
        opened = _IDS.sub(b"", tree.start_tag(paragraph)) + b"".join(tree.start_tag(one) for one in reversed(around))
        item = paragraph.parent
        if item is not None and item.tag == "text:list-item":
            return close + tree.end_tag(item) + b"<" + tree.name(item) + b">" + opened
        return close + opened


def _first_space(raw: bytes) -> int:
    """The length of the white space that `raw` begins with, as written."""
    found = _SPACE.match(raw)
    return found.end() if found else 0
