"""What edits of a text mean for the pieces of a word processor's file; docx and odt carry it out, each in its mark-up.

In: a document whose pieces have `Handle`s, and edits. Out: a `Plan`: characters to cut from pieces, runs to put at a
place in a piece, paragraphs to take out, to join or to begin. A "\\n" in a replacement begins a paragraph that looks
like the one it stands in; cutting the "\\n" between two paragraphs joins them, or takes one out that is cut whole.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kzcite.formats.document.assembly import Handle
from kzcite.model import Document, Edit, OutputError, Piece, Rich, Run, Span

_ENDS = ("end", "cell")


class Paragraph(NamedTuple):
    """A paragraph's characters, without its end; `body` begins after a computed label; `last` is its last piece."""

    start: int
    body: int
    end: int
    first: int
    last: int


class Put(NamedTuple):
    """Put `lines` (runs with the marks they shall have) at the character `offset` of the piece `piece`.

    Every line but the first begins a new paragraph: behind the whole paragraph where `where` is `after`; before it,
    with the last line empty, where it is `before`; else right there.
    """

    piece: int
    offset: int
    lines: tuple[tuple[Run, ...], ...]
    where: str = "here"


@dataclass(slots=True)
class Plan:
    """What to do. `paragraphs`: all of the document. `cuts`: piece → stretches of its characters.

    `gone`: paragraphs to take out whole. `joins`: pairs to make one. `unlisted`: those that lose their list number.
    """

    paragraphs: list[Paragraph] = field(default_factory=list)
    cuts: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    puts: list[Put] = field(default_factory=list)
    gone: list[Paragraph] = field(default_factory=list)
    joins: list[tuple[Paragraph, Paragraph]] = field(default_factory=list)
    unlisted: list[Paragraph] = field(default_factory=list)


def plan_changes(document: Document, edits: Sequence[Edit]) -> Plan:
    """The plan of non-overlapping edits. Raises OutputError for an edit of what the word processor computes."""
    planner = _Planner(document)
    for edit in sorted(edits, key=lambda one: one.span):
        for span, replacement in planner.lines(edit.span, edit.replacement):
            planner.one(span, replacement)
    return planner.plan


class _Planner:
    def __init__(self, document: Document) -> None:
        self.document, self.text = document, document.text
        self.pieces = document.pieces
        self.starts = [one.span.start for one in self.pieces]
        self.paragraphs = list(_paragraphs(self.pieces))
        self.plan = Plan(self.paragraphs)
        self.openings = [one.start for one in self.paragraphs]

    def lines(self, span: Span, replacement: Rich) -> Iterator[tuple[Span, Rich]]:
        """Old and new paragraphs side by side while both have one more; the rest as one edit."""
        old = [one.span for one in self._touched(span) if self._handle(one).kind == "end"]
        new = split_lines(replacement)
        at = span.start
        while old and len(new) > 1:
            end = old.pop(0)
            yield Span(at, end.start), Rich(new.pop(0))
            at = end.end
        rest = Rich(tuple(run for number, line in enumerate(new) for run in ((Run("\n"),) if number else ()) + line))
        yield Span(at, span.end), rest

    def one(self, span: Span, replacement: Rich) -> None:
        span, replacement = self._trim(span, replacement)
        if not span.length and not replacement.runs:
            return
        touched = self._touched(span)
        if any(self._handle(one).kind == "end" for one in touched):
            self._across(span, replacement)
            return
        span, replacement = self._typed_label(span, replacement)
        touched = self._touched(span)
        self._cut(span)
        self._put(span, replacement, touched)

    def _typed_label(self, span: Span, replacement: Rich) -> tuple[Span, Rich]:
        """An edit of an automatic number: the paragraph leaves its list, what remains of the number is typed text."""
        paragraph = self.paragraph(span.start)
        if not (paragraph.start < span.end and span.start < paragraph.body):
            return span, replacement
        self.plan.unlisted.append(paragraph)
        before = Rich.of(self.text[paragraph.start : span.start])
        after = Rich.of(self.text[min(span.end, paragraph.body) : paragraph.body])
        return Span(paragraph.body, max(span.end, paragraph.body)), before + replacement + after

    # --- trimming --------------------------------------------------------------------------------------------------

    def _trim(self, span: Span, replacement: Rich) -> tuple[Span, Rich]:
        """Leave alone what stays the same: all equal ends of plain text in one look, else only computed text."""
        touched = self._touched(span)
        plain = not any(run.marks for run in replacement.runs) and len({one.marks for one in touched}) < 2
        plain = plain and not any(self._handle(one).kind == "end" for one in touched)
        old, new = self.text[span.start : span.end], replacement.text
        most = min(len(old), len(new))
        before = 0
        while before < most and old[before] == new[before] and (plain or self._is_computed(span.start + before)):
            before += 1
        after = 0
        while (
            after < most - before
            and old[-1 - after] == new[-1 - after]
            and (plain or self._is_computed(span.end - 1 - after))
        ):
            after += 1
        if not before and not after:
            return span, replacement
        return Span(span.start + before, span.end - after), _cut_rich(replacement, before, len(new) - after)

    def _is_computed(self, at: int) -> bool:
        return not self._piece_at(at).editable

    # --- within a paragraph ----------------------------------------------------------------------------------------

    def _cut(self, span: Span) -> None:
        for index in self._indices(span):
            piece = self.pieces[index]
            if not piece.editable:
                shown = piece.span.cut(self.text)
                raise OutputError(
                    f"{shown!r} at {piece.span.start} cannot be edited: the word processor computes it",
                    where=self.document.source,
                )
            start, end = max(span.start, piece.span.start), min(span.end, piece.span.end)
            self.plan.cuts.setdefault(index, []).append((start - piece.span.start, end - piece.span.start))

    def _put(self, span: Span, replacement: Rich, touched: Sequence[Piece]) -> None:
        if not replacement.runs:
            return
        paragraph = self.paragraph(span.start)
        lines = split_lines(replacement)
        index, offset = self._anchor(span, replacement, paragraph)
        common = frozenset.intersection(*(one.marks for one in touched)) if touched else self.pieces[index].marks
        played = frozenset(mark for run in replacement.runs for mark in run.marks)
        wanted = tuple(
            tuple(Run(run.text, run.marks | (common - played), run.link) for run in line if run.text) for line in lines
        )
        where = "here"
        if len(lines) > 1:
            if span.end == paragraph.end:
                where = "after"
            elif span.start <= paragraph.body and not wanted[-1]:
                where = "before"
        self.plan.puts.append(Put(index, offset, wanted, where))

    def _anchor(self, span: Span, replacement: Rich, paragraph: Paragraph) -> tuple[int, int]:
        """The piece that receives new characters, and where in it: what is replaced, else what stands before."""
        inside = [one for one in self._indices(span) if self._takes(one)]
        if inside:
            index = next((one for one in inside if not self.pieces[one].link), inside[0])
            return index, max(0, span.start - self.pieces[index].span.start)
        here = bisect_right(self.starts, span.start) - 1
        own = range(max(paragraph.first, here - 1), paragraph.last + 1)
        near = [i for i in own[:3] if self._takes(i)]
        left = next((i for i in near if self.pieces[i].span.end == span.start), None)
        right = next((i for i in near if self.pieces[i].span.start == span.start), None)
        within = next((i for i in near if self.pieces[i].span.start < span.start < self.pieces[i].span.end), None)
        if within is not None:
            return within, span.start - self.pieces[within].span.start
        if left is not None and (right is None or not self._is_odd(left, right, replacement)):
            return left, self.pieces[left].span.length
        if right is not None:
            return right, 0
        for i in own:
            piece = self.pieces[i]
            if self._handle(piece).kind == "sign" and piece.span.start <= span.start <= piece.span.end:
                return i, span.start - piece.span.start
            if self._handle(piece).kind not in ("computed", "label") and piece.span.start >= span.start:
                return i, 0
        return paragraph.last, self.pieces[paragraph.last].span.length

    def _is_odd(self, left: int, right: int, replacement: Rich) -> bool:
        """Whether new characters belong rather to what follows: the left side is a link or raised and they are not."""
        before, after = self.pieces[left], self.pieces[right]
        raised = any("sup" in run.marks for run in replacement.runs)
        return bool(before.link and not after.link) or (
            "sup" in before.marks and "sup" not in after.marks and not raised
        )

    def _takes(self, index: int) -> bool:
        piece = self.pieces[index]
        return piece.editable and self._handle(piece).kind == "text"

    # --- across paragraphs -----------------------------------------------------------------------------------------

    def _across(self, span: Span, replacement: Rich) -> None:
        """A cut that covers the ends of paragraphs."""
        first = bisect_right(self.openings, span.start) - 1
        last = bisect_right(self.openings, span.end) - 1
        opening, closing = self.paragraphs[first], self.paragraphs[last]
        if span.start <= opening.body and span.end <= closing.body:
            self.plan.gone += self.paragraphs[first:last]
            place = Span(closing.body, closing.body)
            self._put(place, replacement, ())
            return
        rest = Span(span.start, opening.end)
        self._cut(rest)
        if span.end == closing.end:
            self.plan.gone += self.paragraphs[first + 1 : last + 1]
        else:
            self.plan.gone += self.paragraphs[first + 1 : last]
            self._cut(Span(closing.body, max(span.end, closing.body)))
            if self._part(opening) != self._part(closing):
                raise OutputError(
                    f"the text at {closing.start} stands in another story: it cannot be joined to what is before it",
                    where=self.document.source,
                )
            self.plan.joins.append((opening, closing))
        self._put(rest, replacement, self._touched(rest))

    # --- looking up ------------------------------------------------------------------------------------------------

    def paragraph(self, at: int) -> Paragraph:
        return self.paragraphs[max(0, bisect_right(self.openings, at) - 1)]

    def _part(self, paragraph: Paragraph) -> str:
        return self._handle(self.pieces[paragraph.last]).part

    def _handle(self, piece: Piece) -> Handle:
        handle: Handle = piece.handle
        return handle

    def _piece_at(self, at: int) -> Piece:
        return self.pieces[bisect_right(self.starts, at) - 1]

    def _indices(self, span: Span) -> range:
        if not span.length:
            return range(0)
        return range(bisect_right(self.starts, span.start) - 1, bisect_right(self.starts, span.end - 1))

    def _touched(self, span: Span) -> tuple[Piece, ...]:
        return tuple(self.pieces[one] for one in self._indices(span))


def _paragraphs(pieces: Sequence[Piece]) -> Iterator[Paragraph]:
    first = 0
    for index, piece in enumerate(pieces):
        is_end = piece.handle.kind in _ENDS
        if not is_end and index + 1 < len(pieces):
            continue
        start = pieces[first].span.start
        body = start
        if not is_end or index > first:
            label = pieces[first]
            body = label.span.end if label.handle.kind == "label" else start
        yield Paragraph(start, body, piece.span.start if is_end else piece.span.end, first, index)
        first = index + 1


def split_lines(rich: Rich) -> list[tuple[Run, ...]]:
    """The runs of each line of a replacement; at least one line.

    >>> [len(line) for line in split_lines(Rich.of("a\\nb"))]
    [1, 1]
    """
    lines: list[list[Run]] = [[]]
    for run in rich.runs:
        for number, text in enumerate(run.text.split("\n")):
            if number:
                lines.append([])
            if text:
                lines[-1].append(Run(text, run.marks, run.link))
    return [tuple(one) for one in lines]


def _cut_rich(rich: Rich, start: int, end: int) -> Rich:
    runs: list[Run] = []
    at = 0
    for run in rich.runs:
        text = run.text[max(0, start - at) : max(0, end - at)]
        at += len(run.text)
        if text:
            runs.append(Run(text, run.marks, run.link))
    return Rich(tuple(runs))
