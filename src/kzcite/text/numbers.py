"""Numbers of reference lines: Roman numerals, number words, volume and issue strings."""

from __future__ import annotations

import re
from functools import lru_cache

from kzcite.model.values import whole_number
from kzcite.tables import loader

_CYRILLIC_ROMAN = str.maketrans("ІХСМіхсмVУ", "IXCMixcmVV")
_ROMAN_LETTERS = frozenset("IVXLCDMІХСМУ")
_ROMAN = re.compile(r"(?=[IVXLCDM])M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})\Z")
# A whole word of capitals that Roman numerals are printed with.
_CAPITALS = re.compile(r"(?<![^\W\d_])[IVXLCDMІХСМУ]+(?![^\W\d_])")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def is_roman(word: str) -> bool:
    """Whether `word` is a Roman numeral, its letters Latin or Cyrillic look-alikes.

    >>> is_roman("ХІV"), is_roman("Том")
    (True, False)
    """
    return word[:1] in _ROMAN_LETTERS and _ROMAN.match(word.translate(_CYRILLIC_ROMAN)) is not None


def roman_to_latin(text: str) -> str:
    """Roman numerals of `text` in Latin letters.

    >>> roman_to_latin("І,ІІ,ІІІ")
    'I,II,III'
    """
    return _CAPITALS.sub(lambda found: found[0].translate(_CYRILLIC_ROMAN) if is_roman(found[0]) else found[0], text)


def roman_value(word: str) -> int | None:
    """
    >>> roman_value("XIV"), roman_value("ІІ"), roman_value("x")
    (14, 2, None)
    """
    latin = word.translate(_CYRILLIC_ROMAN)
    if not _ROMAN.match(latin):
        return None
    total = 0
    for letter, after in zip(latin, latin[1:] + " ", strict=True):
        value = _VALUES[letter]
        total += -value if _VALUES.get(after, 0) > value else value
    return total


@lru_cache(maxsize=1)
def _number_words() -> dict[str, int]:
    words: dict[str, int] = {}
    for language in loader.names("terms"):
        for word, value in loader.read_toml(f"terms/{language}.toml").get("number-words", {}).items():
            words[word] = int(value)
    return words


def number_word(text: str) -> int | None:
    """A number in figures or words of Kazakh, Russian or English.

    >>> number_word("он бес"), number_word("Бес"), number_word("двух"), number_word("16")
    (15, 5, 2, 16)
    """
    found = re.search(r"\d+", text)
    if found:
        return whole_number(found[0])
    total = 0
    for word in re.findall(r"[^\W\d_]+", text.casefold()):
        value = _number_words().get(word)
        if value is None:
            continue
        total += value
    if total:
        return total
    for word in re.findall(r"[^\W\d_]+", text):
        value = roman_value(word)
        if value:
            return value
    return None
