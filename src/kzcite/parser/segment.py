"""Segments: unbroken stretches of a line that bear one field's label."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress, count
from operator import ne
from typing import NamedTuple

from kzcite.model import Span
from kzcite.text.tokens import Token

NO_FIELD = "O"


# Labels that stand before the title, between title and host, and after the host: their stage is part of the label, so
# that a chain, which remembers one label only, still knows whether title and host have been read.
_STAGED = frozenset((NO_FIELD, "author", "issued", "genre", "number", "editor"))
_STAGE = {"title": 1, "container-title": 2}


def with_stages(labels: Sequence[str]) -> list[str]:
    """
    >>> with_stages(["author", "O", "title", "O", "container-title", "O"])
    ['author', 'O', 'title', 'O+1', 'container-title', 'O+2']
    """
    stage = 0
    out: list[str] = []
    for label in labels:
        stage = max(stage, _STAGE.get(label, 0))
        out.append(f"{label}+{stage}" if stage and label in _STAGED else label)
    return out


def without_stage(label: str) -> str:
    """
    >>> without_stage("O+2")
    'O'
    """
    return label.partition("+")[0]


class Segment(NamedTuple):
    """`raw[start:end]` belongs to `field`; `score` is the labeller's probability of its least certain token."""

    field: str
    start: int
    end: int
    score: float = 1.0

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def stretches(labels: Sequence[str]) -> list[tuple[str, int, int]]:
    """The maximal runs of one label: the label, where it begins, where it ends.

    >>> stretches(["author", "O", "title", "title"])
    [('author', 0, 1), ('O', 1, 2), ('title', 2, 4)]
    """
    if not labels:
        return []
    starts = [0, *compress(count(1), map(ne, labels, labels[1:]))]
    return list(zip([labels[start] for start in starts], starts, [*starts[1:], len(labels)], strict=True))


def cut_segments(
    tokens: Sequence[Token], runs: Sequence[tuple[str, int, int]], scores: Sequence[float] | None = None
) -> list[Segment]:
    """The segments that the `stretches` of a line's labels make; punctuation between two of a field does not join
    them."""
    return [
        Segment(label, tokens[start].start, tokens[stop - 1].end, 1.0 if scores is None else min(scores[start:stop]))
        for label, start, stop in runs
        if label != NO_FIELD
    ]
