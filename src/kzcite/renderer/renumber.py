"""Numeric markers with other numbers: sorted where they were sorted, folded where the document folds ranges.

Only the characters of the numbers change; places, words, brackets and spaces stay as printed.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kzcite.model import Cite, Document, Edit, Marker, Rich, Span
from kzcite.renderer.slots import REASON

_RANGE = re.compile(r"\d\s*([-‐‑‒–—]+)\s*\d")


@dataclass(frozen=True, slots=True)
class Manner:
    """How the document prints several numbers: the sign of a range and the shortest one (0: none), the comma."""

    dash: str
    shortest: int
    comma: str


def manner_of(document: Document) -> Manner:
    """The manner of most markers."""
    dashes: dict[str, int] = {}
    commas: dict[str, int] = {}
    shortest = 0
    for marker in document.markers:
        for span in {cite.span for cite in marker.cites}:
            found = _RANGE.search(span.cut(document.text))
            if found:
                dashes[found[1]] = dashes.get(found[1], 0) + 1
                size = sum(cite.span == span for cite in marker.cites)
                shortest = min(shortest or size, size)
        spans = sorted({cite.span for cite in marker.cites})
        for one, other in itertools.pairwise(spans):
            between = document.text[one.end : other.start]
            if not between.strip(" ,;\u00a0"):
                commas[between] = commas.get(between, 0) + 1
    dash = max(dashes, key=lambda sign: dashes[sign]) if dashes else "–"
    comma = max(commas, key=lambda sign: commas[sign]) if commas else ", "
    return Manner(dash, shortest, comma)


def fold_numbers(numbers: Sequence[int], manner: Manner, comma: str = "") -> str:
    """Numbers as the document prints several.

    >>> fold_numbers([3, 4, 5, 9], Manner("–", 3, ", "))
    '3–5, 9'
    """
    parts: list[str] = []
    at = 0
    while at < len(numbers):
        end = at + 1
        while end < len(numbers) and numbers[end] == numbers[end - 1] + 1:
            end += 1
        if manner.shortest and end - at >= max(2, manner.shortest):
            parts.append(f"{numbers[at]}{manner.dash}{numbers[end - 1]}")
        else:
            parts += [str(number) for number in numbers[at:end]]
        at = end
    return (comma or manner.comma).join(parts)


def renumber(
    document: Document, marker: Marker, number_of: Callable[[Cite], int | None], manner: Manner
) -> list[Edit] | None:
    """The edits of one marker; None where nothing of it is left, because all its entries are gone.

    `number_of` gives the new number of a cite, None for one whose entry is gone.
    """
    text = document.text
    groups = _groups(text, marker)
    if all(number_of(cite) is None for group in groups for cite in group.cites):
        return None
    edits: list[Edit] = []
    left = 0
    for at, group in enumerate(groups):
        numbers = [number for cite in group.cites if (number := number_of(cite)) is not None]
        if not numbers:
            edits.append(Edit(_with_separator(text, groups, at, left), Rich(), reason=REASON))
            continue
        left += 1
        old = [int(cite.label) for cite in group.cites]
        if numbers == old:
            continue
        if old == sorted(old):
            numbers = sorted(set(numbers))
        printed = fold_numbers(numbers, manner, group.comma)
        if printed != group.span.cut(text):
            edits.append(Edit(group.span, Rich.of(printed), reason=REASON))
    return edits


@dataclass(frozen=True, slots=True)
class _Group:
    """Neighbouring numbers of a marker without places between them; `end` is where its last place ends."""

    cites: tuple[Cite, ...]
    span: Span
    end: int
    comma: str


def _groups(text: str, marker: Marker) -> list[_Group]:
    out: list[_Group] = []
    current: list[Cite] = []
    cites = list(marker.cites)
    for index, cite in enumerate(cites):
        current.append(cite)
        following = cites[index + 1] if index + 1 < len(cites) else None
        joined = (
            following is not None
            and cite.locator is None
            and following.locator is None
            and (following.span == cite.span or not text[cite.span.end : following.span.start].strip(" ,;\u00a0\n"))
        )
        if joined:
            continue
        span = Span(current[0].span.start, current[-1].span.end)
        end = _end_of_place(text, marker, cite, following)
        out.append(_Group(tuple(current), span, end, _comma(text, current)))
        current = []
    return out


def _comma(text: str, cites: Sequence[Cite]) -> str:
    spans = sorted({cite.span for cite in cites})
    return text[spans[0].end : spans[1].start] if len(spans) > 1 else ""


def _end_of_place(text: str, marker: Marker, cite: Cite, following: Cite | None) -> int:
    """Where what belongs to a cite ends: before the sign that parts it from the next, or before the bracket."""
    end = following.span.start if following else marker.span.end
    while end > cite.span.end and text[end - 1] in " ,;\u00a0\n\r\t":
        end -= 1
    if following is None and end > cite.span.end and text[end - 1] in "])/":
        end -= 1
    return end


def _with_separator(text: str, groups: Sequence[_Group], at: int, left: int) -> Span:
    """A group with the comma that stands before it, or after it where it is the first that stays."""
    group = groups[at]
    if left == 0 and at + 1 < len(groups):
        return Span(group.span.start, groups[at + 1].span.start)
    start = groups[at - 1].end if at else group.span.start
    return Span(start, group.end)


def without(text: str, marker: Marker) -> Edit:
    """The marker taken out, with the space before it."""
    start = marker.span.start
    while start > 0 and text[start - 1] in " \u00a0":
        start -= 1
    return Edit(Span(start, marker.span.end), Rich(), reason=REASON)
