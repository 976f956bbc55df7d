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
    """`first` are the first words of names, `names` the names themselves, word by word, each with its lists; `lengths`
    maps one or two words to the lengths of the names that they are or begin, the longest first."""

    first: frozenset[str] = frozenset()
    names: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    lengths: dict[tuple[str, ...], tuple[int, ...]] = field(default_factory=dict)
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
        return "body" in self.names.get(tuple(lows), ())

    def lengths_of(self, first: str, second: str) -> tuple[int, ...]:
        """The lengths of the names that begin with the two words, or are the word `first`."""
        return self.lengths.get((first, second), ()) + self.lengths.get((first,), ())

    def begins(
        self, lows: Sequence[str], lengths: Sequence[int], hidden: Hidden | None = None
    ) -> list[tuple[int, int]]:
        """The lists with a name of one of the `lengths` (`lengths_of`) that the words begin with: its number in LISTS
        and its longest name's length in words.

        `hidden` names are passed over: a labeller that is trained with some of them unknown does not lean on the lists.
        """
        found: dict[str, int] = {}
        for length in lengths:
            name = tuple(lows[:length])
            kinds = self.names.get(name, ())
            if kinds and not (hidden and hidden(name)):
                for kind in kinds:
                    found.setdefault(kind, length)
        return [(_NUMBER[kind], length) for kind, length in found.items()]


def _split(printed: str) -> tuple[str, ...]:
    """A name's tokens in small letters."""
    if printed.replace(" ", "").isalpha():
        return tuple(printed.lower().split())
    return tuple(token.text.lower() for token in tokenise(printed))


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    names: dict[tuple[str, ...], tuple[str, ...]] = {}
    lengths: dict[tuple[str, ...], set[int]] = {}
    places: set[str] = set()
    for kind, table in _TABLES.items():
        for (printed,) in loader.read_columns(table, "printed"):
            name = _split(printed.strip('«»"'))
            if kind == "place" and len(name) == 1:
                places.add(name[0])
                places.add(name[0].rstrip("."))
            if len(name) > 1 or (kind != "place" and name and len(name[0]) > 3):
                names[name] = (*names.get(name, ()), kind)
                lengths.setdefault(name[:2], set()).add(len(name))
    parts = loader.read_toml("names/parts.toml")
    return Gazetteer(
        frozenset(name[0] for name in names),
        names,
        {words: tuple(sorted(own, reverse=True)) for words, own in lengths.items()},
        frozenset(one for one in places if one),
        given_names(),
        Endings(row["ending"].lower() for row in loader.read_rows("names/surname-endings.csv")),
        Endings(parts["patronymic-endings"]),
    )
