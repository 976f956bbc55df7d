"""A key that is the same for a word in Cyrillic and in any usual romanisation of it.

Vowels are dropped after the first letter and consonants are brought to one letter each, so that `Қозыбаев`,
`Qozybayev` and `Kozybaev` share a key. Two different words may share a key too: it is for finding, not for proof.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_CYRILLIC = dict(
    zip(
        "бвгғджзйкқлмнңпрстфхһцчшщ",
        [
            "b",
            "v",
            "g",
            "g",
            "d",
            "z",
            "z",
            "",
            "k",
            "k",
            "l",
            "m",
            "n",
            "n",
            "p",
            "r",
            "s",
            "t",
            "f",
            "h",
            "h",
            "c",
            "c",
            "s",
            "s",
        ],
        strict=True,
    )
) | {"ў": "u"}
_DIGRAPHS = (
    ("shch", "s"), ("sch", "s"), ("shh", "s"), ("kh", "h"), ("zh", "z"), ("ts", "c"), ("tz", "c"), ("ch", "c"),
    ("sh", "s"), ("gh", "g"), ("ng", "n"), ("ck", "k"), ("ph", "f"), ("x", "h"), ("q", "k"), ("j", "z"), ("w", "v"),
)  # fmt: skip
_VOWELS = frozenset("aeiouyаәеёиоөуұүыіэюяьъ")


@lru_cache(maxsize=16384)
def skeleton(word: str) -> str:
    """The key of one word, `""` for a word without letters.

    >>> skeleton("Қозыбаев") == skeleton("Qozybayev") == skeleton("Kozybaev")
    True
    """
    small = word.casefold()
    if any("Ѐ" <= char <= "ԯ" for char in small):
        first = "a" if small[:1] in _VOWELS else ""
        body = "".join(_CYRILLIC.get(char, "") if char not in _VOWELS else "" for char in small)
        body = body.replace("ng", "n")
    else:
        plain = unicodedata.normalize(
            "NFD",
            small.replace("ı", "i")
            .replace("ş", "sh")
            .replace("ğ", "g")
            .replace("ž", "zh")
            .replace("š", "sh")
            .replace("č", "ch")
            .replace("ŝ", "sh"),
        )
        plain = "".join(char for char in plain if "a" <= char <= "z")
        first = "a" if plain[:1] in _VOWELS else ""
        if plain.startswith(("ya", "yu", "yo", "ye")):
            first = "a"
        for many, one in _DIGRAPHS:
            plain = plain.replace(many, one)
        body = "".join(char for char in plain if char not in _VOWELS)
    out: list[str] = []
    for char in body:
        if not out or out[-1] != char:
            out.append(char)
    return first + "".join(out)


def skeletons(text: str) -> tuple[str, ...]:
    """The keys of the words of a text that have one."""
    return tuple(key for key in (skeleton(word) for word in text.split()) if key)
