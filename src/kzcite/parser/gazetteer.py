"""Lists of places, publishers, journals and names as evidence: which words of a line stand in a known name.

Tables: `places.csv`, `publishers.csv`, `journals.csv`, `names/parts.toml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kzcite.model.errors import TableError
from kzcite.tables import loader
from kzcite.text.script import repair_word
from kzcite.text.tokens import tokenise

_LISTS = (
    ("place", "places.csv", "printed"),
    ("pub", "publishers.csv", "printed"),
    ("journal", "journals.csv", "title"),
)


@dataclass(slots=True)
class Gazetteer:
    """`first` maps a name's first word to the names that begin with it, longest first."""

    first: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    places: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    endings: tuple[str, ...] = ()
    patronymics: tuple[str, ...] = ()

    def is_place(self, low: str) -> bool:
        return low in self.places or low.rstrip(".") in self.places

    def is_surname(self, low: str) -> bool:
        return len(low) > 4 and low.endswith(self.endings)

    def flags(self, low: str) -> list[str]:
        """What a single word may be."""
        out = []
        if self.is_place(low):
            out.append("place")
        if low in self.given:
            out.append("given")
        if self.is_surname(low):
            out.append("surname")
        if len(low) > 6 and low.endswith(self.patronymics):
            out.append("patronymic")
        return out

    def spans(self, lows: Sequence[str]) -> list[tuple[str, ...]]:
        """For each word the lists in which it stands as a part of a whole name of two words or more."""
        out: list[tuple[str, ...]] = [()] * len(lows)
        at = 0
        while at < len(lows):
            for name, kind in self.first.get(lows[at], ()):
                if tuple(lows[at : at + len(name)]) == name:
                    for offset in range(len(name)):
                        out[at + offset] = (kind + ("1" if offset == 0 else "2"),)
                    at += len(name) - 1
                    break
            at += 1
        return out


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    places: set[str] = set()
    for kind, table, column in _LISTS:
        try:
            rows = loader.read_rows(table)
        except TableError:
            continue
        for row in rows:
            name = tuple(repair_word(token.text).lower() for token in tokenise(row[column]))
            if kind == "place" and len(name) == 1:
                places.add(name[0])
                places.add(name[0].rstrip("."))
            if len(name) > 1:
                first.setdefault(name[0], []).append((name, kind))
    for names in first.values():
        names.sort(key=lambda one: (-len(one[0]), one))
    parts = loader.read_toml("names/parts.toml")
    return Gazetteer(
        first,
        frozenset(one for one in places if one),
        frozenset(parts["given-names"]),
        tuple(parts["surname-endings"]),
        tuple(parts["patronymic-endings"]),
    )
