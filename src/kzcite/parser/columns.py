"""What holds at each token of many lines at once, as columns of small numbers.

The lines stand one after another in one row of places, with GAP empty ones before, between and after them: a neighbour
is a shift, and no line sees another's tokens. In: lines of tokens. Out: name → column, as long as the row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kzcite.parser.gazetteer import LISTS, Hidden, gazetteer
from kzcite.parser.lexicon import EDGE, SIGN, Lexicon, Numbers
from kzcite.parser.signs import ROLES
from kzcite.text.tokens import Token

GAP = 3
_NOTHING = [Token("", 0, 0, "", False)] * GAP
Truth = NDArray[np.bool_]
Columns = dict[str, Numbers]

_LABELS = sum(SIGN[one] for one in (*ROLES, "//", "№"))
AHEAD = {
    "host": ("//",), "issue": ("№", "issue"), "]": ("]",), "link": ("link",), "place": ("place",), "year": ("a year",),
    "volume": ("volume",), "page": ("page",), "edition": ("edition",), "accessed": ("accessed",), "editor": ("editor",),
}  # fmt: skip
_WORDS = ("editor", "genre", "act", "archive")
_HOLDS = ("a year", "place", "digits", "like initials", "publisher", "container", "genre", "editor")
_NOTHING_BESIDE = 1 << len(_HOLDS)
_FAR = 9  # so far behind, a label says nothing more
_SIZES = np.array([0, 1, 2, 3, 4, 4, 4, *[5] * 5, *[6] * 13, 7])


class Row(NamedTuple):
    """The places: words by number, signs, what neighbours see of them by number, what line each belongs to, and where
    lines begin and end."""

    words: Numbers
    cls: Numbers
    shape: Numbers
    marks: Numbers
    signs: Numbers
    near: Numbers
    spaced: Truth
    line: Numbers
    starts: Numbers
    ends: Numbers

    @property
    def tokens(self) -> Numbers:
        """The places that hold a token."""
        return np.flatnonzero(self.words)

    def has(self, *names: str) -> Truth:
        """Where a word has any of these signs."""
        signs: Truth = (self.signs & sum(SIGN[name] for name in names)) != 0
        return signs

    def so_far(self, what: Truth) -> Numbers:
        """How often `what` held in the line before each place."""
        total = np.cumsum(what)
        before: Numbers = total - what
        own: Numbers = before - before[self.starts][self.line]
        return own

    def first(self, what: Truth, count: int) -> Truth:
        """`what` where it holds within the first `count` places of a line."""
        place = np.arange(len(self.words)) - self.starts[self.line]
        held: Truth = what & (place >= 0) & (place < count)
        return held


def lay_out(lines: Sequence[Sequence[Token]], lexicon: Lexicon) -> Row:
    """The row of these lines, none of which is empty."""
    places = list(_NOTHING)
    for line in lines:
        places += line
        places += _NOTHING
    words = np.array(lexicon.numbers(places), dtype=np.int64)
    spaced = np.array([token[4] for token in places])
    sizes = np.array([len(line) for line in lines], dtype=np.int64)
    ends = np.cumsum(sizes + GAP)
    line_of = np.concatenate((np.zeros(GAP, dtype=np.int64), np.repeat(np.arange(len(lines)), sizes + GAP)))
    cls, shape, marks, signs, near = lexicon.look_up(words)
    return Row(words, cls, shape, marks, signs, near, spaced, line_of, ends - sizes, ends)


def columns(row: Row, lexicon: Lexicon, hidden: Hidden | None = None) -> Columns:
    """Every column by name."""
    return (
        {"cls": row.cls, "shape": row.shape, "spaced": row.spaced.astype(np.int64)}
        | _whole_line(row)
        | _read_so_far(row)
        | _still_to_come(row)
        | _stretches(row)
        | _listed(row, lexicon, hidden)
    )


def _whole_line(row: Row) -> Columns:
    """What kind of line it is, the same in all its places."""
    year = row.has("(") & _shifted(row.has("a year"), 1) & _shifted(row.has("closes a year"), 2)
    lines = len(row.starts)
    apa = np.bincount(row.line[row.first(year, 60)], minlength=lines) > 0
    named = np.bincount(row.line[row.first(row.has("begins a name"), 4)], minlength=lines) > 0
    signs = np.bitwise_or.reduceat(row.signs, row.starts)
    words = sum((_bit(signs, role) << at for at, role in enumerate(_WORDS)), start=np.zeros(lines, dtype=np.int64))
    cyrillic = np.bincount(row.line, row.has("Cyrillic"), lines) * 2 >= np.bincount(row.line, row.has("letters"), lines)
    return {
        "host": _bit(signs, "//")[row.line],
        "linked": _bit(signs, "link")[row.line],
        "words": words[row.line],
        "apa": apa.astype(np.int64)[row.line],
        "named": named.astype(np.int64)[row.line],
        "cyrillic": cyrillic.astype(np.int64)[row.line],
    }


def _bit(signs: Numbers, name: str) -> Numbers:
    """1 where the sign holds."""
    held: Numbers = ((signs & SIGN[name]) != 0).astype(np.int64)
    return held


def _read_so_far(row: Row) -> Columns:
    """Marks and names before each place, brackets and quotation marks open there, and the last label."""
    size = len(row.words)
    at = np.arange(size)
    dash = row.has("dash") & row.spaced & _shifted(row.has("edge of area"), -1)
    opens, closes, turns = row.has("opens"), row.has("closes"), row.has('"')
    turned = row.so_far(turns)
    last = _last_before(row, opens | closes)
    inside = np.where(last >= 0, opens[last], False)
    since = np.where(last >= 0, turned - turned[last], turned)
    quote = (inside ^ (since % 2 == 1)).astype(np.int64)
    label = _last_before(row, (row.signs & _LABELS) != 0)
    behind = np.where(label >= 0, np.minimum(at - label - 1, _FAR), _FAR)
    own = row.signs[label] & _LABELS
    lowest = np.where(label >= 0, np.bitwise_count((own & -own) - 1).astype(np.int64) + 1, 0)
    hosts = row.so_far(row.has("//"))
    return {
        "hosts": np.minimum(hosts, 2),
        "after host": np.minimum(hosts, 1),
        "slashes": np.minimum(row.so_far(row.has("/")), 2),
        "areas": np.minimum(row.so_far(dash), 4),
        "years": np.minimum(row.so_far(row.has("a year")), 2),
        "names": np.minimum(row.so_far(row.has("initials")), 2),
        "round": np.minimum(_depth(row, "(", ")"), 2),
        "square": np.minimum(_depth(row, "[", "]"), 1),
        "quote": quote,
        "quoted": np.minimum(row.so_far(opens | (turns & (quote == 0))), 2),
        "brackets": np.minimum(row.so_far(row.has("[")), 2),
        "label": np.where(behind < _FAR, lowest, 0),
        "label near": np.where(behind < 6, lowest, 0),
        "behind": np.minimum(behind, 6),
        "behind near": np.minimum(behind, 3),
        "first": _SIZES[np.clip(at - row.starts[row.line], 0, len(_SIZES) - 1)],
        "last": _SIZES[np.clip(row.ends[row.line] - 1 - at, 0, len(_SIZES) - 1)],
    }


def _still_to_come(row: Row) -> Columns:
    """For each sign of AHEAD whether a later place of the line has it."""
    out: Columns = {}
    for name, signs in AHEAD.items():
        total = np.cumsum(row.has(*signs))
        out[f"ahead {name}"] = (total[row.ends - 1][row.line] > total).astype(np.int64)
    return out


def _stretches(row: Row) -> Columns:
    """The stretch between marks that each place stands in: its marks, length and what it holds, and what the stretches
    beside it hold; a mark sees itself as `left` and the one before it as `left2`."""
    size = len(row.words)
    edge = row.words == 0
    bound = edge | row.has("strong") | (row.has("dash") & row.spaced)
    at = np.flatnonzero(bound)
    here = np.cumsum(bound)  # the number of marks up to each place, itself included
    mark = row.marks[at]
    before = np.maximum(here - 1, 0)
    after = np.minimum(here, len(at) - 1)
    beyond = np.minimum(after + 1, len(at) - 1)
    joined = at[beyond] - at[after] == 1
    out: Columns = {
        "bound": bound.astype(np.int64),
        "left": mark[before],
        "left2": mark[np.maximum(before - 1, 0)],
        "right": mark[after],
        "right2": np.where(joined, mark[beyond], 0),
    }
    start = ~bound & _shifted(bound, -1)
    starts = np.flatnonzero(start)
    own = np.where(bound, len(starts), np.cumsum(start) - 1)  # the number of the stretch; marks stand in none
    if not len(starts):
        nothing = np.zeros(size, dtype=np.int64)
        return out | dict.fromkeys(
            ("length", "inside", "holds", "opening", "next", "holds before", "holds after"), nothing
        )
    held = np.zeros(size, dtype=np.int64)
    for bit, name in enumerate(_HOLDS):
        held |= row.has(name).astype(np.int64) << bit
    holds = np.bitwise_or.reduceat(held, starts)
    opening = row.cls[starts]
    length = _SIZES[np.minimum(at[after[starts]] - starts, len(_SIZES) - 1)]
    same = row.line[starts[1:]] == row.line[starts[:-1]]
    following = np.where(same, opening[1:], EDGE)
    ahead = np.where(same, holds[1:], _NOTHING_BESIDE)
    behind = np.where(same, holds[:-1], _NOTHING_BESIDE)
    return out | {
        "inside": (~bound & ~start).astype(np.int64),
        "length": np.append(length, 0)[own],
        "holds": np.append(holds, 0)[own],
        "opening": np.append(opening, EDGE)[own],
        "next": np.append(following, (EDGE, EDGE))[own],
        "holds before": np.concatenate(((_NOTHING_BESIDE,), behind, (0,)))[own],
        "holds after": np.append(ahead, (_NOTHING_BESIDE, 0))[own],
    }


def _listed(row: Row, lexicon: Lexicon, hidden: Hidden | None) -> Columns:
    """For each list: 1 within one of its names, 2 more at the name's beginning, 4 more at its end."""
    names, words, numbers = gazetteer(), lexicon.words, row.words.tolist()
    found: list[tuple[int, int, int]] = []  # list, place, last place
    for place in np.flatnonzero(row.has("in a list")).tolist():
        lengths = names.lengths_of(words[numbers[place]].low, words[numbers[place + 1]].low)
        if lengths:
            lows = [words[number].low for number in numbers[place : place + max(lengths)]]
            found += [(kind, place, place + length - 1) for kind, length in names.begins(lows, lengths, hidden)]
    out = np.zeros((len(LISTS), len(numbers)), dtype=np.int64)
    if found:
        kinds, firsts, lasts = np.array(found, dtype=np.int64).T
        np.add.at(out, (kinds, firsts), 1)
        np.add.at(out[:, 1:], (kinds, lasts), -1)
        out = np.minimum(np.cumsum(out, axis=1), 1)
        out[kinds, firsts] |= 2
        out[kinds, lasts] |= 4
    return {f"listed {name}": out[at] for at, name in enumerate(LISTS)}


def _shifted(column: Truth, by: int) -> Truth:
    """The column of the neighbours `by` places on; nothing holds beyond the row."""
    out = np.zeros_like(column)
    if by > 0:
        out[:-by] = column[by:]
    else:
        out[-by:] = column[:by]
    return out


def _last_before(row: Row, what: Truth) -> Numbers:
    """The last place of the line before each one where `what` held, -1 for none."""
    at = np.where(what, np.arange(len(what)), -1)
    last = np.maximum.accumulate(at)
    before = np.concatenate(([-1], last[:-1]))
    return np.where(before >= row.starts[row.line], before, -1)


def _depth(row: Row, opening: str, closing: str) -> Numbers:
    """How many brackets are open; one that closes nothing is not counted."""
    balance = row.so_far(row.has(opening)) - row.so_far(row.has(closing))
    far = len(balance) + 1
    lowest = np.minimum.accumulate(balance - row.line * far) + row.line * far
    return balance - lowest
