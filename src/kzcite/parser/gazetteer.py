"""Lists of places, publishers, journals and names as evidence: which words of a line stand in a known name.

Tables: `places.csv`, `publishers.csv`, `journals.csv`, `bodies.csv`, `names/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kzcite.tables import loader
from kzcite.text.names import given_names
from kzcite.text.tokens import tokenise

Hidden = Callable[[tuple[str, ...]], bool]

_TABLES = {"place": "places.csv", "publisher": "publishers.csv", "journal": "journals.csv", "body": "bodies.csv"}
LISTS = tuple(_TABLES)
_NUMBER = {kind: at for at, kind in enumerate(LISTS)}


class Endings:
    """Endings of words, some hundreds of them, asked for by their few lengths, the last letters first."""

    def __init__(self, endings: Iterable[str]) -> None:
        self.every = frozenset(endings)
        self.lengths = sorted({len(one) for one in self.every})
        self.shortest = min(self.lengths, default=1)
        self.last = frozenset(one[-self.shortest :] for one in self.every)

    def end(self, low: str) -> bool:
        """Whether the word ends with one of them.

        >>> Endings(("ов", "ұлы")).end("абайұлы"), Endings(("ов", "ұлы")).end("абай")
        (True, False)
        """
        if low[-self.shortest :] not in self.last:
            return False
        return not self.every.isdisjoint([low[-length:] for length in self.lengths])


@dataclass(slots=True)
class Gazetteer:
    """`first` are the first words of names; `names` maps one or two words to the names that they are or begin, longest
    first."""

    first: frozenset[str] = frozenset()
    names: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    places: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    endings: Endings = field(default_factory=lambda: Endings(()))
    patronymics: Endings = field(default_factory=lambda: Endings(()))

    def is_place(self, low: str) -> bool:
        return low in self.places or low.rstrip(".") in self.places

    def is_surname(self, low: str) -> bool:
        return len(low) > 4 and self.endings.end(low)

    def flags(self, low: str) -> list[str]:
        """What a single word may be."""
        out = []
        if self.is_place(low):
            out.append("place")
        if low in self.given:
            out.append("given")
        if self.is_surname(low):
            out.append("surname")
        if len(low) > 6 and self.patronymics.end(low):
            out.append("patronymic")
        return out

    def has_body(self, lows: Sequence[str]) -> bool:
        """Whether the words are, all together, the name of a known body."""
        whole = tuple(lows)
        return any(name == whole and kind == "body" for name, kind in self.names.get(whole[:2], ()))

    def begins(self, lows: Sequence[str], at: int, hidden: Hidden | None = None) -> list[tuple[int, int]]:
        """The lists with a name that stands at `lows[at]`: its number in LISTS and its longest name's length in words.

        `hidden` names are passed over: a labeller that is trained with some of them unknown does not lean on the lists.
        """
        first = lows[at]
        found: dict[str, int] = {}
        for name, kind in (*self.names.get((first, lows[at + 1]), ()), *self.names.get((first,), ())):
            length = len(name)
            if kind in found or (length > 2 and tuple(lows[at : at + length]) != name) or (hidden and hidden(name)):
                continue
            found[kind] = length
        return [(_NUMBER[kind], length) for kind, length in found.items()]


def _split(printed: str) -> tuple[str, ...]:
    """A name's tokens in small letters."""
    words = printed.lower().split(" ")
    if all(one.isalpha() for one in words):
        return tuple(words)
    return tuple(token.text.lower() for token in tokenise(printed))


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    begun: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = {}
    places: set[str] = set()
    for kind, table in _TABLES.items():
        for row in loader.read_rows(table):
            name = _split(row["printed"].strip('«»"'))
            if kind == "place" and len(name) == 1:
                places.add(name[0])
                places.add(name[0].rstrip("."))
            if len(name) > 1 or (kind != "place" and name and len(name[0]) > 3):
                begun.setdefault(name[:2], []).append((name, kind))
    for names in begun.values():
        names.sort(key=lambda one: (-len(one[0]), one))
    parts = loader.read_toml("names/parts.toml")
    return Gazetteer(
        frozenset(words[0] for words in begun),
        begun,
        frozenset(one for one in places if one),
        given_names(),
        Endings(row["ending"].lower() for row in loader.read_rows("names/surname-endings.csv")),
        Endings(parts["patronymic-endings"]),
    )
