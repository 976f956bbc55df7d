"""Span: where something stands in a text. Half-open, counted in Unicode code points."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """The characters `text[start:end]`.

    >>> Span(3, 7).cut("Abai Kunanbaiuly")
    'i Ku'
    """

    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start

    def cut(self, text: str) -> str:
        """The characters that this span covers."""
        return text[self.start : self.end]

    def shift(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span that covers all of `spans` (at least one)."""
    starts, ends = zip(*spans, strict=True)
    return Span(min(starts), max(ends))
