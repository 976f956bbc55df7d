"""Candidate: one reading of one field, with what speaks for it; Explanation: an item with the readings it beat."""

from __future__ import annotations

from dataclasses import dataclass

from kzcite.model import Field, Item, Span


@dataclass(frozen=True, slots=True)
class Candidate:
    """`value` as text, the printed `spans`, its probability and the id of the source that offers it."""

    name: str
    value: str
    spans: tuple[Span, ...]
    score: float
    by: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a line was read: the item, its scheme, and for each field the rivals of the chosen value, best first."""

    raw: str
    item: Item | None
    scheme: str
    rivals: tuple[Candidate, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        return self.item.fields if self.item else ()

    def rivals_of(self, name: str) -> tuple[Candidate, ...]:
        return tuple(one for one in self.rivals if one.name == name)
