"""The new contents of a reference list put into the places that the old entries stand in.

A place keeps its number, its line and whatever a page break left inside it; only texts that change are edited. An entry
is dropped with its whole line, and a new one begins with a line break: in a container of paragraphs that is a
paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kzcite.model import Document, Edit, Entry, ReferenceList, Rich, Run, Span
from kzcite.model.rich import MARKS

REASON = "restyle"


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in a place of the new list: the text, and the entry that it is of (None for an inserted one)."""

    text: Rich
    entry: Entry | None


def printed_rich(document: Document, entry: Entry) -> Rich:
    """The entry as printed with its italics and bold, the page furniture inside it left out."""
    runs: list[Rich] = []
    for part in entry_parts(entry):
        at = part.start
        for piece in document.pieces:
            if piece.span.end <= at or piece.span.start >= part.end:
                continue
            start, end = max(at, piece.span.start), min(part.end, piece.span.end)
            runs.append(
                Rich((Run(document.text[at:start]), Run(document.text[start:end], piece.marks & frozenset(MARKS))))
            )
            at = end
        runs.append(Rich.of(document.text[at : part.end]))
    return Rich.join(runs)


def entry_parts(entry: Entry) -> list[Span]:
    """The stretches of an entry between the page furniture inside it."""
    parts: list[Span] = []
    at = entry.span.start
    for gap in entry.gaps:
        parts.append(Span(at, gap.start))
        at = gap.end
    parts.append(Span(at, entry.span.end))
    return [one for one in parts if one.length]


def fill(
    document: Document, old: ReferenceList, new: Sequence[Filling], labels: Sequence[str], dropped: frozenset[str]
) -> list[Edit]:
    """The edits that make `old` the list `new`, whose printed numbers are `labels` (`""` for none).

    Where entries are only dropped or added the others stay in their own places; else the texts change places.
    """
    kept = [one for one in old.entries if one.id not in dropped]
    same_order = [one.entry.id for one in new if one.entry] == [one.id for one in kept]
    places: list[Entry] = kept if same_order else list(old.entries[: len(new)])
    edits: list[Edit] = [_drop_line(document, old, one) for one in old.entries if one not in places]
    inserted_after: dict[int, list[tuple[str, Filling]]] = {}
    used = 0
    takes_first = same_order and bool(new) and new[0].entry is None and bool(places) and _moves(document, places[0])
    for number, one in enumerate(new):
        if takes_first and used < 1 and not number:
            edits += _replace(document, places[0], one, labels[0])
            used = 1
        elif takes_first and one.entry == places[0]:
            inserted_after.setdefault(0, []).append((labels[number], one))
        elif used < len(places) and (one.entry is not None or not same_order):
            edits += _replace(document, places[used], one, labels[number])
            used += 1
        else:
            inserted_after.setdefault(used - 1, []).append((labels[number], one))
    for place, several in inserted_after.items():
        edits += _insert(document, old, places, place, several)
    return edits


def _moves(document: Document, first: Entry) -> bool:
    """Whether a list's first text moves one place down for a new one to take its place.

    Where the container counts the entries, a paragraph like the others can only begin behind one of them. A text that
    the container computes in part (a field) stays where it is.
    """
    counted = has_own_number(document, first) or (
        first.label_span is not None and _is_computed(document, first.label_span)
    )
    return counted and not any(not piece.editable for piece in document.pieces if piece.span.overlaps(first.span))


def _replace(document: Document, place: Entry, new: Filling, label: str) -> list[Edit]:
    edits = _label(document, place, label)
    if new.entry is not None and new.entry.id == place.id and new.text.text == place_text(document, place):
        return edits
    parts = entry_parts(place)
    edits.append(Edit(parts[0], new.text, reason=REASON))
    edits += [Edit(part, Rich(), reason=REASON) for part in parts[1:]]
    return edits


def place_text(document: Document, entry: Entry) -> str:
    """The entry's printed characters without the page furniture inside it."""
    return "".join(part.cut(document.text) for part in entry_parts(entry))


def _label(document: Document, place: Entry, label: str) -> list[Edit]:
    """The number before an entry: changed, taken away with the space after it, or put before an entry without one."""
    if place.label_span is not None:
        if not label:
            return [Edit(Span(place.label_span.start, place.span.start), Rich(), reason=REASON)]
        if _is_computed(document, place.label_span):
            return []
        printed = place.label_span.cut(document.text)
        number = re.search(r"\d+", printed)
        if number is None or number[0] == label:
            return []
        start = place.label_span.start + number.start()
        return [Edit(Span(start, start + len(number[0])), Rich.of(label), reason=REASON)]
    if label and not has_own_number(document, place):
        return [Edit(Span(place.span.start, place.span.start), Rich.of(f"{label}. "), reason=REASON)]
    return []


def _is_computed(document: Document, label: Span) -> bool:
    """Whether the container counts the number by itself: it follows every change and is not to be typed."""
    return any(not piece.editable for piece in document.pieces if piece.span.overlaps(label))


def has_own_number(document: Document, entry: Entry) -> bool:
    """Whether the container numbers the entry's paragraph by itself."""
    return any(block.label and block.span.contains(entry.span) for block in document.blocks)


def _drop_line(document: Document, old: ReferenceList, entry: Entry) -> Edit:
    """The entry with its number and the line break that parts it from its neighbour."""
    start = entry.label_span.start if entry.label_span else entry.span.start
    text, end = document.text, entry.span.end
    while start > 0 and text[start - 1] in " \t":
        start -= 1
    while end < len(text) and text[end] in " \t\r":
        end += 1
    if end < len(text) and text[end] == "\n":
        end += 1
    elif start > 0 and text[start - 1] == "\n":
        start -= 1
    return Edit(Span(start, end), Rich(), reason=REASON)


def _insert(
    document: Document, old: ReferenceList, places: Sequence[Entry], after: int, several: Sequence[tuple[str, Filling]]
) -> list[Edit]:
    lines: list[Rich] = []
    for label, one in several:
        number = _label_like(document, old, label)
        lines.append(Rich.of(number) + one.text)
    if after < 0:
        first = places[0]
        at = first.label_span.start if first.label_span else first.span.start
        return [
            Edit(Span(at, at), Rich.join([part for line in lines for part in (line, Rich.of("\n"))]), reason=REASON)
        ]
    at = places[after].span.end
    return [Edit(Span(at, at), Rich.join([part for line in lines for part in (Rich.of("\n"), line)]), reason=REASON)]


def _label_like(document: Document, old: ReferenceList, label: str) -> str:
    """The number as the list prints its numbers, with the space after it."""
    if not label:
        return ""
    for entry in old.entries:
        if entry.label_span is not None:
            if _is_computed(document, entry.label_span):
                return ""
            printed = document.text[entry.label_span.start : entry.span.start]
            return re.sub(r"\d+", label, printed, count=1)
        if has_own_number(document, entry):
            return ""
    return f"{label}. "
