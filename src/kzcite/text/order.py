"""Alphabetical order: Kazakh by its 42-letter alphabet, Russian, Kazakh Latin, English; Cyrillic before Latin.

Word by word (Омаров К. before Омарова А.); quotes, hyphens, points and a leading article do not count. Letter case and
diacritics decide only between words that are otherwise equal. Table: `script/alphabets.toml`.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from kzcite.tables.loader import overlays, read_toml
from kzcite.text.script import script_of

Key = tuple[tuple[int, ...], tuple[int, ...], str]

_WORD_END = 0
_DIGIT = 1
_LARGEST = 10**12
_FIRST_BLOCK, _SECOND_BLOCK, _OTHER_BLOCK = 2 * _LARGEST, 3 * _LARGEST, 4 * _LARGEST


def sort_key(text: str, language: str = "kk", cyrillic_first: bool = True, *, articles: bool = True) -> Key:
    """A key that sorts `text`; the order of Cyrillic letters is that of `language`, `kk` for lists of mixed languages.

    With `articles=False` a leading article counts like any word, as CSL's `cs:sort` has it.

    >>> sorted(["Өтеулі", "Омаров", "Пірәлі", "Smith", "Ғабит", "Галым"], key=sort_key)
    ['Галым', 'Ғабит', 'Омаров', 'Өтеулі', 'Пірәлі', 'Smith']
    """
    weights, leading, signs = _load(language, overlays())
    folded = unicodedata.normalize("NFC", text).strip()
    first, _, rest = folded.partition(" ")
    if articles and rest and first.lower() in leading:
        folded = rest
    cyrillic, latin = (_FIRST_BLOCK, _SECOND_BLOCK) if cyrillic_first else (_SECOND_BLOCK, _FIRST_BLOCK)
    primary: list[int] = []
    secondary: list[int] = []
    number = ""
    for char in folded:
        if char.isdigit():
            number += char
            continue
        if number:
            primary.append(_DIGIT + min(int(number[:13]), _LARGEST) if number.isdecimal() else _DIGIT)
            secondary.append(len(number))
            number = ""
        if char in signs:
            continue
        if not char.isalpha():
            if not unicodedata.combining(char) and primary and primary[-1] != _WORD_END:
                primary.append(_WORD_END)
                secondary.append(0)
            continue
        block, weight, detail = _weigh(char, weights)
        primary.append({"Cyrl": cyrillic, "Latn": latin}.get(block, _OTHER_BLOCK) + weight)
        secondary.append(detail)
    if number:
        primary.append(_DIGIT + min(int(number[:13]), _LARGEST) if number.isdecimal() else _DIGIT)
    while primary and primary[-1] == _WORD_END:
        primary.pop()
    return tuple(primary), tuple(secondary), folded


def _weigh(char: str, weights: dict[str, tuple[int, int]]) -> tuple[str, int, int]:
    """(script, place in its alphabet, finer difference): an unknown letter goes with its base letter."""
    block = script_of(char)
    case = 1 if char.isupper() else 0
    known = weights.get(char)
    if known is not None:
        return block, known[0], known[1] + case
    base = unicodedata.normalize("NFD", char)[0]
    known = weights.get(base)
    if known is not None:
        return block, known[0], 100 + ord(char) % 97 + case
    return block, 2_000 + ord(char) % 900, case


@lru_cache(maxsize=16)
def _load(language: str, _over: object) -> tuple[dict[str, tuple[int, int]], frozenset[str], frozenset[str]]:
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
    return weights, frozenset(table["ignored"]["articles"]), frozenset(table["ignored"]["signs"])


def _other_case(letter: str, language: str) -> tuple[str, ...]:
    """The small and capital forms of one character; dotted and dotless i are letters of their own in kk-Latn."""
    if language == "kk-Latn" and letter in "Iıİi":
        return ()
    return tuple(form for form in (letter.lower(), letter.upper()) if len(form) == 1)
