"""Numbers for words: what the labeller's columns are made of.

A vocabulary is the closed set of classes, shapes and named word features that a model was trained with; a lexicon gives
every word met a number and remembers under it the numbers of its class and shape and its signs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from kzcite.parser.gazetteer import gazetteer
from kzcite.parser.signs import ROLES
from kzcite.parser.word import DASHES, Word, named_features, word
from kzcite.text.tokens import Token

Numbers = NDArray[np.int64]
Features = tuple[int, ...]
"""What a word is seen by, as numbers of a vocabulary's features."""

EDGE, UNKNOWN = 0, 1
"""The class of the places between lines, and of words whose class the vocabulary does not have."""

_MOST_CLASSES, _MOST_SHAPES = 510, 126
# Marks that bound a stretch of a line; every dash counts as one mark.
_MARKS = ("//", "/", ".", ",", ";", ":", "(", ")", "[", "]", "«", "»", "“", "”", '"', "=", "…", "-")
_MARK = {mark: at for at, mark in enumerate(_MARKS, 1)}
_STRONG = frozenset((*_MARKS, "–", "—")) - {"-"}

SIGNS = (
    *ROLES, "//", "/", "№", "(", ")", "[", "]", "opens", "closes", '"', "dash", "edge of area", "strong",
    "a year", "digits", "place", "initials", "like initials", "begins a name", "link", "Cyrillic", "letters",
    "closes a year", "in a list",
)  # fmt: skip
"""What can hold of a word; a word's signs are the sum of their bits."""
SIGN = {name: 1 << at for at, name in enumerate(SIGNS)}


class Vocabulary(NamedTuple):
    """Class, shape and named feature → its number; 0 and 1 are EDGE and UNKNOWN."""

    classes: dict[str, int]
    shapes: dict[str, int]
    features: dict[str, int]

    @classmethod
    def of(cls, words: Iterable[Word]) -> Vocabulary:
        """The vocabulary of a training text: the commonest classes and shapes, every feature."""
        words = list(words)
        classes = Counter(one.cls for one in words)
        shapes = Counter(one.shape for one in words)
        features = {name for one in set(words) for names in named_features(one) for name in names}
        return cls.from_lists(
            [name for name, _ in sorted(classes.items(), key=lambda one: (-one[1], one[0]))[:_MOST_CLASSES]],
            [name for name, _ in sorted(shapes.items(), key=lambda one: (-one[1], one[0]))[:_MOST_SHAPES]],
            sorted(features),
        )

    @classmethod
    def from_lists(cls, classes: Iterable[str], shapes: Iterable[str], features: Iterable[str]) -> Vocabulary:
        return cls(*({name: at for at, name in enumerate(one, 2)} for one in (classes, shapes, features)))

    @property
    def size(self) -> int:
        """One more than the highest number of a feature."""
        return len(self.features) + 2

    def to_lists(self) -> tuple[list[str], list[str], list[str]]:
        return list(self.classes), list(self.shapes), list(self.features)


_EDGE_WORD = Word("", "", "", "", (), (), False, 0)


class Lexicon(dict[str, int]):
    """A token's text, which its kind follows from → its number; 0 is the edge of a line, which has no text.

    Words that look the same from their neighbours' places share a row of `near`.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.vocabulary = vocabulary
        self.words: list[Word] = []
        self.features: list[Features] = []  # of each word itself
        self.near: dict[Features, int] = {}  # what neighbours see of words → its number
        self.columns: Numbers = np.zeros((0, 5), dtype=np.int64)
        self._new: list[tuple[int, int, int, int, int]] = []
        self.forget()

    def forget(self) -> None:
        self.clear()
        self[""] = EDGE
        self.words[:] = [_EDGE_WORD]
        self.features[:] = [(EDGE,)]
        self.near.clear()
        self.near[(EDGE,)] = 0
        self.columns = np.zeros((1, 5), dtype=np.int64)
        self._new.clear()

    def numbers(self, tokens: Sequence[Token]) -> list[int]:
        """The number of every token; one that has none is given the next."""
        found = list(map(self.get, [token[0] for token in tokens]))
        if None not in found:
            return cast("list[int]", found)
        return [self._meet(token) if number is None else number for number, token in zip(found, tokens, strict=True)]

    def _meet(self, token: Token) -> int:
        if token.text in self:
            return self[token.text]
        one = word(token.text, token.kind)
        number = self[token.text] = len(self.words)
        classes, shapes, features = self.vocabulary
        near_names, own_names = named_features(one)
        near = tuple(filter(None, map(features.get, near_names)))
        own = tuple(filter(None, map(features.get, own_names)))
        self.words.append(one)
        self.features.append(near + own)
        mark = _MARK.get(one.cls, 0) if one.kind == "mark" else 0
        beside = self.near.setdefault(near, len(self.near))
        self._new.append((classes.get(one.cls, UNKNOWN), shapes.get(one.shape, UNKNOWN), mark, signs(one), beside))
        return number

    def look_up(self, numbers: Numbers) -> Numbers:
        """Class, shape, mark, signs and number of `near` of the words with these numbers, a row each."""
        if self._new:
            self.columns = np.concatenate((self.columns, np.array(self._new, dtype=np.int64)))
            self._new.clear()
        return np.ascontiguousarray(self.columns[numbers].T)


_OF_MARK = {
    mark: sum(SIGN[name] for name in names)
    for mark in {*_STRONG, *DASHES, "№"}
    for names in [
        [name for name in ("//", "/", "№", "(", ")", "[", "]", '"') if mark == name]
        + ["opens"] * (mark in ("«", "“", "„"))
        + ["closes"] * (mark in ("»", "”"))
        + ["dash"] * (mark in DASHES)
        + ["edge of area"] * (mark in (".", ",", ")", "]"))
        + ["strong"] * (mark in _STRONG)
        + ["closes a year"] * (mark in (")", ","))
    ]
}
_OF_CLASS = {"Y": SIGN["a year"], "d": SIGN["digits"], "PL": SIGN["place"], "X1": SIGN["begins a name"]}
_OF_KIND = {"initials": SIGN["initials"] | SIGN["begins a name"], "url": SIGN["link"], "doi": SIGN["link"]}
_LIKE_INITIALS, _CYRILLIC, _LETTERS, _IN_A_LIST = (
    SIGN[name] for name in ("like initials", "Cyrillic", "letters", "in a list")
)


def signs(one: Word) -> int:
    """The sum of the bits of SIGNS that hold."""
    low = one.low
    if one.kind == "mark":
        return _OF_MARK.get(low, 0)
    found = _OF_CLASS.get(one.cls, 0) | _OF_KIND.get(one.kind, 0)
    for role in one.roles:
        found |= SIGN[role]
    if one.cls[0] == "I":
        found |= _LIKE_INITIALS
    if low[:1].isalpha():
        found |= _LETTERS
        if "а" <= low[0] <= "ӿ":
            found |= _CYRILLIC
    if one.shape[0] in "XI" and low in gazetteer().first:
        found |= _IN_A_LIST
    return found
