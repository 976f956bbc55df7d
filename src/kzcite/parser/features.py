"""What the labeller sees of a token: named columns packed into keys, and the features that each key stands for.

A template packs a few columns into one number, its key; each of its features looks at some of them, that is, at some
bits of the key. A feature of a token is thus one number: which feature it is, and the bits. The model knows some of
these numbers and has weights for them (`model.Section.keys`).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from kzcite.parser.columns import AHEAD, GAP, Columns
from kzcite.parser.gazetteer import LISTS
from kzcite.parser.lexicon import SIGNS, Numbers

KEY_BITS = 56
"""The number of a feature stands above these bits of what it sees."""

_BITS = {
    "cls": 9, "shape": 7, "spaced": 1, "host": 1, "linked": 1, "words": 4, "apa": 1, "named": 1, "cyrillic": 1,
    "hosts": 2, "after host": 1, "slashes": 2, "areas": 3, "years": 2, "names": 2, "round": 2, "square": 1, "quote": 1,
    "quoted": 2, "brackets": 2, "label": 5, "label near": 5, "behind": 3, "behind near": 2, "first": 3, "last": 3,
    "bound": 1, "left": 5, "left2": 5, "right": 5, "right2": 5, "length": 3, "inside": 1, "holds": 8,
    "opening": 9, "next": 9, "holds before": 9, "holds after": 9,
} | {f"listed {one}": 3 for one in LISTS} | {f"ahead {one}": 1 for one in AHEAD}  # fmt: skip


class Template(NamedTuple):
    """`where` names the column that says where the template is looked at ("" for everywhere, `!name` for its zeros);
    `features` the columns that each feature sees; a column with `+1` is that of the next place."""

    name: str
    features: tuple[tuple[str, ...], ...]
    where: str = ""


def _each(*names: str, beside: str) -> tuple[tuple[str, ...], ...]:
    """Every column alone, and beside another one."""
    return tuple((name,) for name in names) + tuple((name, beside) for name in names)


_AHEAD = tuple(f"ahead {one}" for one in AHEAD)
_QUOTES = ("quoted", "quote", "brackets", "square")
_MARKS = ("left2", "left", "right", "right2")
TEMPLATES = (
    Template("pair", (("cls-1", "spaced", "cls"),)),
    Template("pair after", (("cls", "spaced+1", "cls+1"),)),
    Template("three left", (("cls-2", "cls-1", "cls"),)),
    Template("three", (("cls-1", "cls", "cls+1"),)),
    Template("three right", (("cls", "cls+1", "cls+2"),)),
    *(Template(f"listed {one}", ((f"listed {one}",),), f"listed {one}") for one in LISTS),
    Template("so far", _each("hosts", "slashes", "areas", "years", "names", beside="cls")),
    Template("line", _each("host", "apa", "named", "linked", "words", "cyrillic", beside="cls")),
    Template(
        "depth",
        (
            ("round", "square", "quote"),
            ("round", "quote", "after host", "host"),
            ("label near", "behind"),
            ("label near", "behind", "shape"),
            ("quote", "square", "shape"),
        ),
    ),
    Template("context", (("cls", "label", "behind near", "round", "after host"),)),
    Template("place", (("first",), ("last",), ("first", "cls"), ("last", "cls"))),
    Template(
        "ahead",
        (
            _AHEAD,
            _QUOTES,
            (*_QUOTES, "shape"),
            (*_QUOTES, "ahead host", "ahead place"),
            *_each(*_AHEAD, beside="shape"),
        ),
    ),
    Template("mark", (("left2", "left"),), "bound"),
    Template(
        "stretch",
        (
            ("left2", "left", "inside"),
            ("right", "right2", "inside"),
            _MARKS,
            ("holds",),
            ("left2", "left", "holds"),
            ("right", "right2", "holds"),
            (*_MARKS, "holds"),
            ("length", "holds"),
            ("opening", *_MARKS),
            ("next", "right", "right2", "inside"),
            ("opening", "next"),
        ),
        "!bound",
    ),
    Template(
        "beside",
        (
            ("holds before",),
            ("holds after",),
            ("holds before", "left2", "left"),
            ("holds after", "right", "right2"),
            ("holds before", "holds", "left2", "left"),
            ("holds after", "holds", "right", "right2"),
            ("holds before", "holds after", "holds"),
        ),
        "!bound",
    ),
)


OFFSETS = (0, -1, 1, -2, 2)
"""The places whose words a token sees; at 0 its own, with all its features."""


class Packing(NamedTuple):
    """How a template's key is packed: the columns (name, how many places on, left shift) and, for each of its features,
    the bits that it sees and its own number above them."""

    columns: tuple[tuple[str, int, int], ...]
    masks: Numbers
    numbers: Numbers


@lru_cache(maxsize=1)
def packings() -> tuple[Packing, ...]:
    """One for each of TEMPLATES."""
    out = []
    number = len(OFFSETS)
    for template in TEMPLATES:
        shifts: dict[str, int] = {}
        used = 0
        for column in dict.fromkeys(one for feature in template.features for one in feature):
            shifts[column] = used
            used += _BITS[_at(column)[0]]
        if used > KEY_BITS:
            raise ValueError(f"{template.name}: {used} bits do not fit in a key")
        masks = [
            sum(((1 << _BITS[_at(one)[0]]) - 1) << shifts[one] for one in feature) for feature in template.features
        ]
        out.append(
            Packing(
                tuple((*_at(column), shift) for column, shift in shifts.items()),
                np.array(masks, dtype=np.int64)[:, None],
                np.arange(number, number + len(masks), dtype=np.int64)[:, None] << KEY_BITS,
            )
        )
        number += len(masks)
    return tuple(out)


def _at(column: str) -> tuple[str, int]:
    """
    >>> _at("cls-2"), _at("cls")
    (('cls', -2), ('cls', 0))
    """
    for sign in "+-":
        name, found, distance = column.rpartition(sign)
        if found and distance.isdecimal():
            return name, int(sign + distance)
    return column, 0


def keys(columns: Columns, tokens: Numbers) -> Iterator[tuple[Numbers, Packing, Numbers]]:
    """For each template which of the `tokens` (places) have it, how it is packed, and their keys."""
    size = len(columns["cls"])
    for template, packing in zip(TEMPLATES, packings(), strict=True):
        key = np.zeros(size, dtype=np.int64)
        inner = key[GAP : size - GAP]
        for name, distance, shift in packing.columns:
            inner |= columns[name][GAP + distance : size - GAP + distance] << shift
        if not template.where:
            yield np.arange(len(tokens)), packing, key[tokens]
            continue
        held = columns[template.where.lstrip("!")][tokens] != 0
        chosen = np.flatnonzero(~held if template.where.startswith("!") else held)
        yield chosen, packing, key[tokens[chosen]]


def signature() -> str:
    """What a model must have been trained with: another one means that its numbers stand for other features."""
    return f"{zlib.crc32(repr((TEMPLATES, _BITS, OFFSETS, SIGNS)).encode()):08x}"


def word_feature(offset: int, feature: int) -> int:
    """The number of a word's named feature, seen from a token OFFSETS[offset] places away.

    >>> word_feature(0, 7)
    7
    """
    return offset << KEY_BITS | feature
