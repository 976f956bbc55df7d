"""Segments: unbroken stretches of a line that bear one field's label."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kzcite.model import Span
from kzcite.text.tokens import Token

NO_FIELD = "O"


class Segment(NamedTuple):
    """`raw[start:end]` belongs to `field`; `score` is the labeller's probability of its least certain token."""

    field: str
    start: int
    end: int
    score: float = 1.0

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def cut_segments(
    tokens: Sequence[Token], labels: Sequence[str], scores: Sequence[float] | None = None
) -> list[Segment]:
    """The maximal runs of tokens with one label; punctuation between two runs of a field does not join them."""
    out: list[Segment] = []
    at = 0
    while at < len(tokens):
        label = labels[at]
        stop = at + 1
        while stop < len(tokens) and labels[stop] == label:
            stop += 1
        if label != NO_FIELD:
            score = min(scores[at:stop]) if scores else 1.0
            out.append(Segment(label, tokens[at].start, tokens[stop - 1].end, score))
        at = stop
    return out


def of_field(segments: Iterable[Segment], field: str) -> list[Segment]:
    return [one for one in segments if one.field == field]
