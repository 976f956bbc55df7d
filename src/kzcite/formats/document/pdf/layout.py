"""From characters on a page to lines in reading order: raised characters, columns.

A page is read line by line. Where many lines leave the same gutter free and both sides are running text, the left
column comes first; lines across the gutter (a title, a wide figure's caption) part the columns above and below them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from statistics import median

from kzcite.formats.document.pdf.characters import Character, Page

_SPACE = 0.16
"""A gap of this share of the font size is a space between words."""
_BREAK = 1.0
"""A gap of this share of the font size may be a gutter."""
_SMALL = 0.85
_RAISED = 0.15
_COLUMN_LINES = 6
_FILL = 0.55


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of one look in one line, with the box round them."""

    text: str
    left: float
    right: float
    base: float
    size: float
    raised: bool = False


@dataclass(slots=True)
class Line:
    """A printed line. `kind` is `header` or `footer` for a running head or a page number, `note` in a footnote."""

    stretches: list[Stretch] = field(default_factory=list)
    kind: str = "paragraph"

    @property
    def left(self) -> float:
        return self.stretches[0].left

    @property
    def right(self) -> float:
        return self.stretches[-1].right

    @property
    def base(self) -> float:
        return next((one.base for one in self.stretches if not one.raised), self.stretches[0].base)

    @property
    def text(self) -> str:
        return "".join(one.text for one in self.stretches)


def lines_of(page: Page) -> list[Line]:
    """The page's lines in reading order."""
    rows = [_split(row) for row in _rows(page.characters)]
    return [_line(one) for one in _in_order(rows)]


# --- rows and parts ------------------------------------------------------------------------------------------------

_Part = list[Character]


def _rows(characters: Sequence[Character]) -> list[list[Character]]:
    """Characters that share a baseline, from the top of the page down; raised and lowered ones go with their line."""
    shaped = [one for one in characters if one.text.strip()]
    if not shaped:
        return []
    usual = median(one.size for one in shaped)
    rows: list[list[Character]] = []
    bases: list[float] = []
    small: list[Character] = []
    for one in sorted(shaped, key=lambda c: -c.base):
        if one.size < _SMALL * usual:
            small.append(one)
            continue
        if rows and bases[-1] - one.base < 0.25 * max(one.size, usual):
            rows[-1].append(one)
        else:
            rows.append([one])
            bases.append(one.base)
    _place_small(small, rows, bases)
    ordered = sorted(zip(bases, rows, strict=True), key=lambda pair: -pair[0])
    _place_spaces([one for one in characters if not one.text.strip()], ordered)
    return [sorted(row, key=lambda c: c.left) for _, row in ordered]


def _place_spaces(spaces: Iterable[Character], rows: list[tuple[float, list[Character]]]) -> None:
    """Each space joins the line on whose baseline it stands, within that line's ends."""
    heights = [-base for base, _ in rows]
    ends = [(min(c.left for c in row), max(c.right for c in row)) for _, row in rows]
    for one in spaces:
        at = bisect_left(heights, -one.base)
        for near in (at, at - 1):
            if 0 <= near < len(rows) and abs(rows[near][0] - one.base) < 0.25 * one.size:
                if ends[near][0] < one.left < ends[near][1]:
                    rows[near][1].append(one)
                break


def _place_small(small: Iterable[Character], rows: list[list[Character]], bases: list[float]) -> None:
    """Small characters close after a larger one of a line near by belong to it; the others make lines of their own."""
    own: list[list[Character]] = []
    own_bases: list[float] = []
    spans = [
        (base, min(c.left for c in row), max(c.right for c in row), row) for base, row in zip(bases, rows, strict=True)
    ]
    for one in small:
        home = None
        for base, left, right, row in spans:
            size = row[0].size
            if -0.35 * size < one.base - base < 0.7 * size and left - size < one.left < right + size:
                near = any(abs(one.left - c.right) < 0.8 * size or abs(c.left - one.right) < 0.8 * size for c in row)
                if near:
                    home = row
                    break
        if home is not None:
            home.append(one)
        elif own and abs(own_bases[-1] - one.base) < 0.3 * one.size:
            own[-1].append(one)
        else:
            own.append([one])
            own_bases.append(one.base)
    rows += own
    bases += own_bases


def _split(row: list[Character]) -> list[_Part]:
    """A row cut where a gap is wide enough to be a gutter."""
    shaped = [one for one in row if one.text.strip()]
    cuts = [
        one.left for before, one in pairwise(shaped) if one.left - before.right > _BREAK * max(before.size, one.size)
    ]
    parts: list[_Part] = [[] for _ in range(len(cuts) + 1)]
    for one in row:
        part = parts[bisect_right(cuts, one.left)]
        if part or one.text.strip():
            part.append(one)
    for part in parts:
        while not part[-1].text.strip():
            part.pop()
    return parts


# --- columns -------------------------------------------------------------------------------------------------------


def _in_order(rows: list[list[_Part]]) -> list[list[_Part]]:
    """The rows in reading order: column after column where there are columns."""
    gutter = _gutter(rows)
    if gutter is None:
        return rows
    out: list[list[_Part]] = []
    left: list[list[_Part]] = []
    right: list[list[_Part]] = []
    for row in rows:
        if any(part[0].left < gutter < part[-1].right for part in row):
            out += [*left, *right, row]
            left, right = [], []
            continue
        one = [part for part in row if part[-1].right <= gutter]
        other = [part for part in row if part[0].left >= gutter]
        left += [one] if one else []
        right += [other] if other else []
    return out + left + right


def _gutter(rows: list[list[_Part]]) -> float | None:
    """The place of the gap between two columns of running text, or None."""
    edges = [(part[0].left, part[-1].right) for row in rows for part in row]
    if not edges:
        return None
    start, end = min(left for left, _ in edges), max(right for _, right in edges)
    width = end - start
    votes: Counter[int] = Counter()
    for row in rows:
        for before, after in pairwise(row):
            middle = (before[-1].right + after[0].left) / 2
            if start + 0.3 * width < middle < end - 0.3 * width:
                low, high = int(before[-1].right) + 1, int(after[0].left)
                votes.update(range(low, high + 1))
    if not votes:
        return None
    most = max(votes.values())
    best = [place for place, count in votes.items() if count == most]
    gutter = float(median(best))
    sides = [row for row in rows if not any(part[0].left < gutter < part[-1].right for part in row)]
    both = [row for row in sides if row[0][0].left < gutter < row[-1][-1].right]
    if len(both) < _COLUMN_LINES:
        return None
    lefts = [part[-1].right - part[0].left for row in sides for part in row if part[-1].right <= gutter]
    rights = [part[-1].right - part[0].left for row in sides for part in row if part[0].left >= gutter]
    if median(lefts) < _FILL * (gutter - start) or median(rights) < _FILL * (end - gutter):
        return None
    return gutter


# --- lines ---------------------------------------------------------------------------------------------------------


def _line(parts: list[_Part]) -> Line:
    """A row's characters as stretches, with the spaces between words that the file leaves to the eye."""
    row = [one for part in parts for one in part]
    shaped = [one for one in row if one.text.strip()]
    sizes = Counter(round(one.size, 1) for one in shaped)
    size = max(sizes, key=lambda s: (sizes[s], s))
    base = Counter(round(one.base, 1) for one in shaped if one.size >= _SMALL * size).most_common(1)[0][0]
    words: list[tuple[str, Character, bool]] = []
    before: Character | None = None
    spaced = False
    for one in row:
        if not one.text.strip():
            spaced = True
            continue
        gap = one.left - before.right if before is not None else 0.0
        space = " " if before is not None and (spaced or gap > _SPACE * one.size) else ""
        words.append((space + one.text, one, _is_raised(one, size, base)))
        before, spaced = one, False
    line = Line()
    for raised, group in groupby(words, key=lambda word: word[2]):
        run = list(group)
        text = "".join(word for word, _, _ in run)
        if text.startswith(" ") and line.stretches:
            last = line.stretches[-1]
            line.stretches[-1] = replace(last, text=last.text + " ")
            text = text[1:]
        first, end = run[0][1], run[-1][1]
        line.stretches.append(Stretch(text, first.left, end.right, first.base, first.size, raised))
    return line


def _is_raised(one: Character, size: float, base: float) -> bool:
    return one.size < _SMALL * size and one.base - base > _RAISED * size
