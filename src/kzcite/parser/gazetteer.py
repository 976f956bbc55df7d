"""Lists of places, publishers, journals and names as evidence: which words of a line stand in a known name.

Tables: `places.csv`, `publishers.csv`, `journals.csv`, `bodies.csv`, `names/`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kzcite.tables import loader
from kzcite.text.names import given_names
from kzcite.text.script import repair_word
from kzcite.text.tokens import tokenise

Hidden = Callable[[tuple[str, ...]], bool]

_LISTS = (("place", "places.csv"), ("pub", "publishers.csv"), ("journal", "journals.csv"), ("body", "bodies.csv"))


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

    def has_body(self, lows: Sequence[str]) -> bool:
        """Whether the words are, all together, the name of a known body."""
        whole = tuple(lows)
        return any(name == whole and kind == "body" for name, kind in self.first.get(whole[0], ())) if whole else False

    def spans(
        self, lows: Sequence[str], capital: Sequence[bool], hidden: Hidden | None = None
    ) -> list[tuple[str, ...]]:
        """For each word the lists in which it stands as a part of a whole name, the longest name of each list.

        `hidden` names are passed over: a labeller that is trained with some of them unknown does not lean on the lists.
        """
        out: list[tuple[str, ...]] = [()] * len(lows)
        last = len(lows)
        for at in range(last):
            names = self.first.get(lows[at])
            if not names or not capital[at]:
                continue
            seen: set[str] = set()
            for name, kind in names:
                size = len(name)
                if kind in seen or tuple(lows[at : at + size]) != name or (hidden and hidden(name)):
                    continue
                seen.add(kind)
                for offset in range(size):
                    flag = kind + ("1" if offset == 0 else "2") + ("$" if offset == size - 1 else "")
                    out[at + offset] = (*out[at + offset], flag)
        return out


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    places: set[str] = set()
    for kind, table in _LISTS:
        for row in loader.read_rows(table):
            name = tuple(repair_word(token.text).lower() for token in tokenise(row["printed"].strip('«»"')))
            if kind == "place" and len(name) == 1:
                places.add(name[0])
                places.add(name[0].rstrip("."))
            if len(name) > 1 or (kind != "place" and name and len(name[0]) > 3):
                first.setdefault(name[0], []).append((name, kind))
    for names in first.values():
        names.sort(key=lambda one: (-len(one[0]), one))
    parts = loader.read_toml("names/parts.toml")
    return Gazetteer(
        first,
        frozenset(one for one in places if one),
        given_names(),
        tuple(sorted({row["ending"].lower() for row in loader.read_rows("names/surname-endings.csv")})),
        tuple(parts["patronymic-endings"]),
    )
