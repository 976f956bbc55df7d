"""Alphabetical order: Kazakh by its 42-letter alphabet, Russian, Kazakh Latin, English; Cyrillic before Latin.

Word by word (Омаров К. before Омарова А.); quotes, hyphens, points and a leading article do not count. Letter case and
diacritics decide only between words that are otherwise equal. Table: `script/alphabets.toml`.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from kzcite.tables.loader import overlays, read_toml
from kzcite.text.script import script_of

Key = tuple[tuple[int, ...], tuple[int, ...], str]

_WORD_END = 0
_IN_NUMBER, _NOTHING = -1, -2
_KEPT = 4_096
_DIGIT = 1
_LARGEST = 10**12
_FIRST_BLOCK, _SECOND_BLOCK, _OTHER_BLOCK = 2 * _LARGEST, 3 * _LARGEST, 4 * _LARGEST


def sort_key(text: str, language: str = "kk", cyrillic_first: bool = True, *, articles: bool = True) -> Key:
    """A key that sorts `text`; the order of Cyrillic letters is that of `language`, `kk` for lists of mixed languages.

    With `articles=False` a leading article counts like any word, as CSL's `cs:sort` has it.

    >>> sorted(["Өтеулі", "Омаров", "Пірәлі", "Smith", "Ғабит", "Галым"], key=sort_key)
    ['Галым', 'Ғабит', 'Омаров', 'Өтеулі', 'Пірәлі', 'Smith']
    """
    table = _load(language, overlays(), cyrillic_first)
    known = table.known
    folded = unicodedata.normalize("NFC", text).strip()
    first, _, rest = folded.partition(" ")
    if articles and rest and first.lower() in table.articles:
        folded = rest
    primary: list[int] = []
    secondary: list[int] = []
    number = ""
    for char in folded:
        weight, detail = known.get(char) or table.weigh(char)
        if weight == _IN_NUMBER:
            number += char
            continue
        if number:
            primary.append(_DIGIT + min(int(number[:13]), _LARGEST) if number.isdecimal() else _DIGIT)
            secondary.append(len(number))
            number = ""
        if weight > 0 or (weight == _WORD_END and primary and primary[-1] != _WORD_END):
            primary.append(weight)
            secondary.append(detail)
    if number:
        primary.append(_DIGIT + min(int(number[:13]), _LARGEST) if number.isdecimal() else _DIGIT)
    while primary and primary[-1] == _WORD_END:
        primary.pop()
    return tuple(primary), tuple(secondary), folded


@dataclass(frozen=True, slots=True)
class _Alphabets:
    """The places of the letters of two alphabets, the words and signs that do not count, and characters met before."""

    weights: dict[str, tuple[int, int]]
    articles: frozenset[str]
    signs: frozenset[str]
    cyrillic_first: bool
    known: dict[str, tuple[int, int]] = field(default_factory=dict)

    def weigh(self, char: str) -> tuple[int, int]:
        """(place, finer difference) of a character; the place of digits, ends of words and signs is no letter's."""
        if len(self.known) >= _KEPT:
            self.known.clear()
        if char.isdigit():
            out = _IN_NUMBER, 0
        elif char in self.signs or (not char.isalpha() and unicodedata.combining(char)):
            out = _NOTHING, 0
        elif not char.isalpha():
            out = _WORD_END, 0
        else:
            first, second = (_FIRST_BLOCK, _SECOND_BLOCK) if self.cyrillic_first else (_SECOND_BLOCK, _FIRST_BLOCK)
            weight, detail = self._letter(char)
            out = {"Cyrl": first, "Latn": second}.get(script_of(char), _OTHER_BLOCK) + weight, detail
        self.known[char] = out
        return out

    def _letter(self, char: str) -> tuple[int, int]:
        """(place in its alphabet, finer difference): an unknown letter goes with its base letter."""
        case = 1 if char.isupper() else 0
        known = self.weights.get(char)
        if known is not None:
            return known[0], known[1] + case
        known = self.weights.get(unicodedata.normalize("NFD", char)[0])
        if known is not None:
            return known[0], 100 + ord(char) % 97 + case
        return 2_000 + ord(char) % 900, case


@lru_cache(maxsize=16)
def _load(language: str, _over: object, cyrillic_first: bool) -> _Alphabets:
    table = read_toml("script/alphabets.toml")
    order: dict[str, str] = table["order"]
    cyrillic = order[language] if language in order and script_of(order[language][0]) == "Cyrl" else order["kk"]
    latin = order[language] if language in order and script_of(order[language][0]) == "Latn" else order["latin"]
    weights: dict[str, tuple[int, int]] = {}
    for alphabet in (cyrillic, latin):
        for place, group in enumerate(alphabet.split(), 1):
            for finer, letter in enumerate(group):
                for form in (letter, *_other_case(letter, language)):
                    weights.setdefault(form, (place * 2, finer * 2))
    ignored = table["ignored"]
    return _Alphabets(weights, frozenset(ignored["articles"]), frozenset(ignored["signs"]), cyrillic_first)


def _other_case(letter: str, language: str) -> tuple[str, ...]:
    """The small and capital forms of one character; dotted and dotless i are letters of their own in kk-Latn."""
    if language == "kk-Latn" and letter in "Iıİi":
        return ()
    return tuple(form for form in (letter.lower(), letter.upper()) if len(form) == 1)
