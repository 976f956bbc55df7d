"""Dates of reference lines: string → Date. Months come from the tables of terms, in every language at once."""

from __future__ import annotations

import re
from functools import lru_cache

from kzcite.model import Date
from kzcite.tables import terms

FIRST_YEAR, LAST_YEAR = 1400, 2099

_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4}|\d{2})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_SPACED_YEAR = re.compile(r"(?<!\d)([12]\s[0-9]\s[0-9]\s[0-9])(?!\s?\d)")
_PIECE = re.compile(r"\d+|[^\W\d_]+")


@lru_cache(maxsize=1)
def _month_names() -> dict[str, int]:
    return terms.months()


@lru_cache(maxsize=1)
def _month_beginnings() -> frozenset[str]:
    return frozenset(name[:3] for name in _month_names())


def month(word: str) -> int | None:
    """The number of a month by its name in Kazakh, Russian, English or a neighbour's language; cases are understood.

    >>> month("желтоқсандағы"), month("Sept"), month("кітап")
    (12, 9, None)
    """
    word = word.casefold().strip(".")
    if word[:3] not in _month_beginnings():
        return None
    names = _month_names()
    found = names.get(word)
    if found:
        return found
    shortest = max(3, len(word) - _LONGEST_ENDING - 1)
    for stop in range(len(word) - 1, shortest, -1):  # Kazakh case endings: желтоқсан+дағы
        found = names.get(word[:stop])
        if found and word[stop:] in _ENDINGS:
            return found
    return None


_ENDINGS = frozenset(
    """дағы дегі тағы тегі ғы гі қы кі да де та те ның нің дың дің тың тің dagy degi tagy tegi daǵy degі tegі taǵy daǵı
    dağy ğı даѓы деѓі таѓы дңгі""".split()
)
_LONGEST_ENDING = max(map(len, _ENDINGS))


@lru_cache(maxsize=4096)
def parse_date(text: str) -> Date | None:
    """The date that `text` prints: year, year and month, or all three, in any of the usual orders.

    >>> parse_date("1995 жылғы 30 тамыз").parts
    (1995, 8, 30)
    >>> parse_date("March 3, 2020").parts, parse_date("05.07.14").parts, parse_date("1996–2010").parts
    ((2020, 3, 3), (2014, 7, 5), (1996,))
    """
    found = _ISO.search(text)
    if found:
        date = _valid(int(found[1]), int(found[2]), int(found[3]))
        if date:
            return date
        date = _valid(int(found[1]), int(found[3]), int(found[2]))
        if date:
            return date
    found = _NUMERIC.search(text)
    if found:
        year = int(found[3])
        if year < 100:
            year += 2000 if year < 40 else 1900
        date = _valid(year, int(found[2]), int(found[1])) or _valid(year, int(found[1]), int(found[2]))
        if date:
            return date
    text = _SPACED_YEAR.sub(lambda found: "".join(found[1].split()), text)
    return _in_words(text)


def _in_words(text: str) -> Date | None:
    year: int | None = None
    month_number: int | None = None
    day: int | None = None
    for piece in _PIECE.findall(text):
        if piece.isdecimal():
            if year is None and len(piece) == 4 and FIRST_YEAR <= int(piece) <= LAST_YEAR:
                year = int(piece)
            elif day is None and len(piece) <= 2 and 1 <= int(piece) <= 31:
                day = int(piece)
        elif month_number is None:
            month_number = month(piece)
    if year is None:
        return None
    if month_number is None:
        return Date((year,))
    return _valid(year, month_number, day) if day else Date((year, month_number))


def _valid(year: int, month_number: int, day: int) -> Date | None:
    if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month_number <= 12 and 1 <= day <= 31:
        return Date((year, month_number, day))
    return None
