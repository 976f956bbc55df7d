"""The order of a list: whether it is meant to be alphabetical, and which entries stand out of it.

Kazakh alphabet for Cyrillic lines, English for Latin ones; each script by itself, acts left out, because houses put
acts and the blocks of scripts and languages in different places.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from kzcite.checks.views import Line, Listing
from kzcite.text.order import Key

_LEAST = 6
_SORTED = 0.8


@lru_cache(maxsize=2)
def is_alphabetical(listing: Listing) -> bool:
    """Whether the list is (up to a few slips) sorted by the first words of its entries."""
    lines = sortable(listing)
    return len(lines) >= _LEAST and len(lines) - len(out_of_order(lines)) >= _SORTED * len(lines)


def sortable(listing: Listing) -> list[Line]:
    """The entries that an alphabetical list sorts: all but acts."""
    return [line for line in listing.lines if line.type != "legislation" and line.raw]


def out_of_order(lines: Sequence[Line]) -> list[Line]:
    """The fewest entries whose removal leaves each script's entries (or each language's block) in order."""
    by_script: dict[str, list[Line]] = {}
    for line in lines:
        by_script.setdefault(line.script, []).append(line)
    out: list[Line] = []
    for group in by_script.values():
        whole = _strays(group)
        blocks: dict[str, list[Line]] = {}
        for line in group:
            blocks.setdefault(line.language, []).append(line)
        split = [stray for block in blocks.values() for stray in _strays(block)] if _is_blocked(group) else whole
        out += split if len(split) < len(whole) else whole
    return out


def _is_blocked(lines: Sequence[Line]) -> bool:
    """Whether the languages stand in blocks."""
    changes = sum(a.language != b.language for a, b in pairwise(lines))
    return 0 < changes < len({line.language for line in lines})


def _strays(lines: Sequence[Line]) -> list[Line]:
    """The lines outside a longest non-decreasing run of keys (patience sorting)."""
    keys = [line.sort_key for line in lines]
    tails: list[Key] = []
    tail_at: list[int] = []
    previous: list[int] = []
    for at, key in enumerate(keys):
        slot = bisect_right(tails, key)
        previous.append(tail_at[slot - 1] if slot else -1)
        if slot == len(tails):
            tails.append(key)
            tail_at.append(at)
        else:
            tails[slot], tail_at[slot] = key, at
    kept: set[int] = set()
    at = tail_at[-1] if tail_at else -1
    while at >= 0:
        kept.add(at)
        at = previous[at]
    return [line for number, line in enumerate(lines) if number not in kept]
