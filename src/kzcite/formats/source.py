"""Text woven out of a marked-up source, and edits carried back into it. Shared by Markdown, HTML and LaTeX.

A `Weaver` collects the visible text with, for every piece, the place in the source that it stands for. A piece is
either *verbatim* (text and source are the same characters) or *atomic* (`&amp;` for `&`, `\\'e` for `é`, `</li><li>`
for a line end): an atomic piece is replaced whole or not at all. Its handle is `Place`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kzcite.model import Document, Edit, Notice, Piece, Rich, Span

_SILENCE = re.compile(r"kzcite:[ \t]*ignore(?:-file)?\b[^\n\r>-]*")


@dataclass(frozen=True, slots=True)
class Place:
    """Half-open offsets in the source; `verbatim` where the characters are the same there."""

    start: int
    end: int
    verbatim: bool


class Ahead:
    """What stands ahead of a scanner that only moves forward: each string is sought once over the source, not once a
    question, so that a million unclosed brackets cost no more than one."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._known: dict[str, tuple[int, int]] = {}

    def find(self, wanted: str, at: int, end: int) -> int:
        """As `source.find(wanted, at, end)`."""
        start, place = self._known.get(wanted, (at + 1, 0))
        if at < start or 0 <= place < at:
            place = self.source.find(wanted, at)
            self._known[wanted] = (at, place)
        return place if 0 <= place <= end - len(wanted) else -1


class Weaver:
    """Builds `text` and `pieces` in one pass over the source."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self.length = 0

    @property
    def text(self) -> str:
        return "".join(self._parts)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(self._pieces)

    def copy(self, start: int, end: int, marks: frozenset[str] = frozenset(), link: str = "") -> None:
        """Source characters that print as themselves."""
        if start >= end:
            return
        last = self._pieces[-1] if self._pieces else None
        if last and last.handle.verbatim and last.handle.end == start and (last.marks, last.link) == (marks, link):
            self._pieces[-1] = Piece(
                Span(last.span.start, last.span.end + end - start),
                Place(last.handle.start, end, True),
                marks,
                True,
                link,
            )
        else:
            self._pieces.append(
                Piece(Span(self.length, self.length + end - start), Place(start, end, True), marks, True, link)
            )
        self._print(self.source[start:end])

    def put(
        self,
        text: str,
        start: int,
        end: int,
        marks: frozenset[str] = frozenset(),
        *,
        editable: bool = True,
        link: str = "",
    ) -> None:
        """`text` printed for `source[start:end]`."""
        if text:
            span = Span(self.length, self.length + len(text))
            self._pieces.append(Piece(span, Place(start, end, False), marks, editable, link))
            self._print(text)

    def ends_line(self) -> bool:
        """Whether the text so far is empty or ends a line."""
        return not self._parts or self.ends_with("\n")

    def ends_with(self, sign: str) -> bool:
        """Whether the last character so far is `sign`."""
        return bool(self._parts) and self._parts[-1].endswith(sign)

    def _print(self, text: str) -> None:
        self._parts.append(text)
        self.length += len(text)


Encode = Callable[[Rich, str], str]
"""Rich text → source, given the source that it replaces."""


def patch_source(source: str, pieces: Sequence[Piece], edits: Sequence[Edit], encode: Encode) -> str:
    """The source with non-overlapping `edits` carried out; all other characters stay.

    The replacement goes where the first touched character stood; mark-up between touched pieces stays. A piece that
    is not editable is left alone.
    """
    ends = [piece.span.end for piece in pieces]
    starts = [piece.span.start for piece in pieces]
    changes: list[tuple[int, int, str]] = []
    for edit in sorted(edits, key=lambda one: one.span):
        touched = _touched(pieces, starts, ends, edit.span)
        if not touched and edit.span.length:
            continue
        if not touched:
            around = _breaks(source, pieces, ends, edit.span.start) if "\n" in edit.replacement.text else ""
            changes.append((*_gap(pieces, ends, edit.span.start), encode(edit.replacement, around)))
            continue
        places = [_cut(piece, edit.span) for piece in touched]
        new = encode(edit.replacement, "".join(source[a:b] for a, b in places))
        for number, (start, end) in enumerate(places):
            changes.append((start, end, "" if number else new))
    out: list[str] = []
    at = 0
    for start, end, new in changes:
        out += [source[at:start], new]
        at = max(at, end)
    return "".join([*out, source[at:]])


def _touched(pieces: Sequence[Piece], starts: list[int], ends: list[int], span: Span) -> list[Piece]:
    first, last = bisect_right(ends, span.start), bisect_left(starts, span.end)
    return [piece for piece in pieces[first:last] if piece.editable]


BETWEEN = "\0"
"""Parts the two breaks that `Encode` is given for inserted lines."""


def _breaks(source: str, pieces: Sequence[Piece], ends: list[int], at: int) -> str:
    """The source of the line breaks before and after text offset `at`, as far as mark-up makes them."""
    index = bisect_left(ends, at)
    found = []
    for side in (reversed(pieces[max(0, index - 200) : index + 1]), pieces[index : index + 200]):
        breaks = (one.handle for one in side if not one.handle.verbatim and one.span.length == 1 and one.editable)
        found.append(next((source[one.start : one.end] for one in breaks if "<" in source[one.start : one.end]), ""))
    return BETWEEN.join(found)


def _gap(pieces: Sequence[Piece], ends: list[int], at: int) -> tuple[int, int]:
    """Where an insertion at text offset `at` stands in the source: right after the character before it."""
    index = bisect_left(ends, at)
    if at == 0 or index >= len(pieces):
        place = pieces[0].handle.start if pieces and at == 0 else pieces[-1].handle.end if pieces else 0
        return place, place
    piece = pieces[index]
    place = piece.handle.start + at - piece.span.start if piece.handle.verbatim else piece.handle.end
    return place, place


def _cut(piece: Piece, span: Span) -> tuple[int, int]:
    place = piece.handle
    if not place.verbatim:
        return place.start, place.end
    start = place.start + max(0, span.start - piece.span.start)
    return start, place.end - max(0, piece.span.end - span.end)


def splice(source: str, pieces: Sequence[Piece], changes: Sequence[tuple[Span, str, str]]) -> str:
    """The source with mark-up put around text: for each (span, before, after), around every touched stretch of it.

    An empty span takes `before` alone, in front of the character there.
    """
    ends = [piece.span.end for piece in pieces]
    starts = [piece.span.start for piece in pieces]
    inserts: list[tuple[int, int, str]] = []
    for number, (span, before, after) in enumerate(changes):
        if not span.length:
            touched = pieces[bisect_right(ends, span.start) :][:1]
            inserts += [(_cut(piece, Span(span.start, piece.span.end))[0], number, before) for piece in touched]
        for piece in _touched(pieces, starts, ends, span) if span.length else ():
            start, end = _cut(piece, span)
            inserts += [(start, number, before), (end, -number, after)]
    out: list[str] = []
    at = 0
    for place, _, new in sorted(inserts, key=lambda one: one[:2]):
        out += [source[at:place], new]
        at = place
    return "".join([*out, source[at:]])


def cite_targets(document: Document) -> list[tuple[Span, str]]:
    """The printed part of every answered cite, and the entry it leads to; a range leads to its first entry."""
    answers = {one.cite: one.entry for one in document.links}
    targets: dict[Span, str] = {}
    for marker in document.markers:
        for cite in marker.cites:
            entry = answers.get(cite.id)
            if entry and cite.span.length:
                targets.setdefault(cite.span, entry)
    return sorted(targets.items())


def silences(source: str, pieces: Sequence[Piece]) -> tuple[Notice, ...]:
    """The `kzcite: ignore` comments that do not stand in the visible text, for the checks to honour.

    `text` of a notice is the comment, `at` the place in the visible text behind which it stands (for a comment alone on
    its line: before which), `alone` "yes" or "no".
    """
    out: list[Notice] = []
    places = sorted((piece.handle.start, piece.handle.end, piece.span, piece.handle.verbatim) for piece in pieces)
    starts = [one[0] for one in places]
    for found in _SILENCE.finditer(source):
        before = bisect_right(starts, found.start()) - 1
        if before >= 0 and places[before][1] > found.start() and places[before][3]:
            continue  # printed
        line = source[source.rfind("\n", 0, found.start()) + 1 : found.start()]
        alone = not re.sub(r"<!--|[%\s]", "", line)
        if alone:
            at = places[before + 1][2].start if before + 1 < len(places) else 0
        else:
            at = places[before][2].end if before >= 0 else 0
        params = {"text": found[0].strip(), "at": str(at), "alone": "yes" if alone else "no"}
        out.append(Notice("silence", params))
    return tuple(out)
