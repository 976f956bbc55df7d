"""Cyrillic to Latin by a named system, and back where the system is reversible.

The letters are tables (`kzcite.tables.systems`); here is what no table should repeat: the case of letters that become
several, the edges of words, and which text is left alone (everything that is not a Cyrillic letter of the system).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kzcite.model import UsageError
from kzcite.tables.systems import System
from kzcite.tables.systems import system as _find

_WORD = re.compile(r"[\u0400-\u052f]+")


def romanise(text: str, system: str | System) -> str:
    """`text` with its Cyrillic letters written by `system` (an id, an alias or a System); NFC.

    A capital that becomes several letters is `Sh` in a word and `SH` in a word of capitals. Raises UsageError for an
    unknown system.

    >>> romanise("Қазақ әдеби тілінің тарихы", "kaz-latin-2021")
    'Qazaq ädebi tılınıñ tarihy'
    >>> romanise("ЩИТ и Щит", "bsi-ru")
    'SHCHIT i Shchit'
    """
    table = _find(system) if isinstance(system, str) else system
    return _WORD.sub(lambda found: _word(found[0], table), unicodedata.normalize("NFC", text))


def restore(text: str, system: str | System) -> str:
    """Back from Latin: the reverse of `romanise`; UsageError where the system is not reversible.

    >>> restore("Èstetika slovesnogo tvorčestva", "iso-9-1995")
    'Эстетика словесного творчества'
    """
    table = _find(system) if isinstance(system, str) else system
    if not table.reversible:
        raise UsageError(f"{table.title} is not reversible: several Cyrillic letters have one Latin spelling")
    pieces, pattern = _reverse(table)
    text = unicodedata.normalize("NFC", text)
    out: list[str] = []
    at = 0
    for found in pattern.finditer(text):
        out.append(text[at : found.start()])
        letter = pieces[found[0].lower()]
        out.append(letter.upper() if _is_capital(found[0], text, found.start(), found.end()) else letter)
        at = found.end()
    return "".join([*out, text[at:]])


def _word(word: str, table: System) -> str:
    lower = word.lower()
    out: list[str] = []
    for index, letter in enumerate(lower):
        latin = table.letters.get(letter)
        if latin is None:
            out.append(word[index])
            continue
        if table.contexts:
            latin = _in_context(lower, index, table, latin)
        if word[index] != letter:
            latin = _capital(latin, _among_capitals(word, index), table)
        out.append(latin)
    return "".join(out)


def _in_context(word: str, index: int, table: System, latin: str) -> str:
    for one in table.contexts:
        if one.letter == word[index]:
            before = word[index - 1] if index else "^"
            after = word[index + 1] if index + 1 < len(word) else "^"
            if (not one.after or before in one.after) and (not one.before or after in one.before):
                return one.latin
    return latin


def _among_capitals(word: str, index: int) -> bool:
    """Whether the letter stands in a run of capitals: a small letter after it always makes it an initial one."""
    if index + 1 < len(word):
        return word[index + 1].isupper()
    return index > 0 and word[index - 1].isupper()


def _capital(latin: str, whole: bool, table: System) -> str:
    out: list[str] = []
    done = False
    for char in latin:
        if char.upper() != char and (whole or not done):
            out.append(table.capitals.get(char) or char.upper())
            done = True
        else:
            out.append(char)
    return unicodedata.normalize("NFC", "".join(out))


@lru_cache(maxsize=16)
def _reverse_of(letters: tuple[tuple[str, str], ...]) -> tuple[dict[str, str], re.Pattern[str]]:
    pieces = {latin: letter for letter, latin in letters if latin}
    longest = sorted(pieces, key=len, reverse=True)
    return pieces, re.compile("|".join(map(re.escape, longest)), re.IGNORECASE)


def _reverse(table: System) -> tuple[dict[str, str], re.Pattern[str]]:
    own = [(letter, latin) for letter, latin in table.letters.items() if letter not in table.borrowed]
    own += [(one.letter, one.latin) for one in table.contexts]
    return _reverse_of(tuple(own))


def _is_capital(piece: str, text: str, start: int, end: int) -> bool:
    for char in piece:
        if char.lower() != char.upper():
            return char.isupper()
    # A sign without case (ъ, ь) is as its neighbours are: capital letters before it and none small after it.
    before = [char for char in text[max(0, start - 8) : start] if char.lower() != char.upper()][-2:]
    after = text[end : end + 1]
    if not before or not before[-1].isupper() or after.islower():
        return False
    return after.isupper() or all(char.isupper() for char in before)
