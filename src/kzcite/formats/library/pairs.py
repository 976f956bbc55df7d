"""Converters that several formats share: pages in two fields, dates with slashes, keywords one a line, languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from kzcite.formats.mapped import Converter, Keys, Pair
from kzcite.model import Date
from kzcite.tables.mappings import Language, languages

# --- pages: first in one field, last in another ------------------------------------------------------------------

_PLAIN_RANGE = re.compile(r"([^\s,;\-]+)-([^\s,;\-]+)")


def split_pages(page: str) -> tuple[str, str]:
    """First and last page of a plain range; anything else stays whole in the first.

    >>> split_pages("89-98"), split_pages("12, 15-18")
    (('89', '98'), ('12, 15-18', ''))
    """
    found = _PLAIN_RANGE.fullmatch(page)
    return (found[1], found[2]) if found else (page, "")


def join_pages(first: str, last: str) -> str:
    """A page string from its ends; dashes become hyphens.

    >>> join_pages("89", "98"), join_pages("45–54", "")
    ('89-98', '45-54')
    """
    page = f"{first}-{last}" if first and last and last != first else first or last
    return plain_dashes(page)


def plain_dashes(text: str) -> str:
    """Every dash, with the spaces around it, as one hyphen."""
    return "-".join(part.strip() for part in _DASH.split(text)) if _DASH.search(text) else text


_DASH = re.compile(r"--+|[–—−‐‑]")


def _write_pages(value: str, keys: Keys) -> Iterable[Pair]:
    first, last = split_pages(value)
    return ((keys[0], first), (keys[1], last)) if last else ((keys[0], first),)


def _read_pages(pairs: Sequence[Pair], keys: Keys) -> str | None:
    found = dict(reversed(pairs))
    return join_pages(found.get(keys[0], ""), found.get(keys[1], "")) or None


PAGES = Converter(_write_pages, _read_pages)
"""Two keys: first and last page."""

# --- dates ---------------------------------------------------------------------------------------------------------


def format_iso(parts: Sequence[int]) -> str:
    """Year, month, day as ISO 8601, as far as they go.

    >>> format_iso((2014, 7)), format_iso((-44, 3))
    ('2014-07', '-0044-03')
    """
    year, *rest = parts
    return "-".join([f"-{-year:04d}" if year < 0 else f"{year:04d}", *(f"{one:02d}" for one in rest)])


_ISO = re.compile(r"(-?\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:T.*)?")


def parse_iso(text: str) -> tuple[int, ...]:
    """The parts of an ISO 8601 date, () for anything else."""
    found = _ISO.fullmatch(text.strip())
    return tuple(int(part) for part in found.groups() if part) if found else ()


def format_date(date: Date) -> str:
    """A date or a range as ISO 8601-2 (EDTF, level 1): `2014-07-05`, `1941/1945`, `1850~`; else its words."""
    if not date.parts:
        return date.literal
    if date.season and len(date.parts) == 1:
        return f"{format_iso(date.parts)}-{20 + date.season}"
    text = format_iso(date.parts) + ("~" if date.circa else "")
    return f"{text}/{format_iso(date.until)}" if date.until else text


def parse_date(text: str) -> Date | None:
    """The date that `format_date` wrote; words become a literal date.

    >>> parse_date("1941-06/1945-05").until, parse_date("2020-21").season, parse_date("1850~").circa
    ((1945, 5), 1, True)
    """
    text = text.strip()
    if not text:
        return None
    start, slash, end = text.partition("/")
    circa = start.endswith(("~", "?"))
    parts, until = parse_iso(start.rstrip("~?%")), parse_iso(end.rstrip("~?%"))
    if not parts or (slash and not until and end.strip(" .")):
        return Date(literal=text)
    if len(parts) > 1 and 21 <= parts[1] <= 24:
        return Date(parts=parts[:1], season=parts[1] - 20, circa=circa)
    if (len(parts) > 1 and not 1 <= parts[1] <= 12) or (len(parts) > 2 and not 1 <= parts[2] <= 31):
        return Date(literal=text)
    return Date(parts=parts, until=until, circa=circa)


def _write_date(value: Date, keys: Keys) -> Iterable[Pair]:
    return ((keys[0], format_date(value)),)


def _read_date(pairs: Sequence[Pair], keys: Keys) -> Date | None:
    return parse_date(pairs[0][1])


ISO_DATE = Converter(_write_date, _read_date)
"""One key: a date as ISO 8601."""

# --- keywords ------------------------------------------------------------------------------------------------------


def _write_keywords(value: str, keys: Keys) -> Iterable[Pair]:
    return [(keys[0], word) for word in value.split("; ")]


def _read_keywords(pairs: Sequence[Pair], keys: Keys) -> str | None:
    return "; ".join(text for _, text in pairs) or None


KEYWORDS = Converter(_write_keywords, _read_keywords, many=True)
"""One pair a keyword; in CSL they stand in one string with semicolons."""

# --- languages -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _by_word() -> dict[str, Language]:
    found: dict[str, Language] = {}
    for one in languages():
        for word in (one.code.lower(), one.babel, one.iso3, one.lcid, *one.words):
            if word:
                found.setdefault(word.casefold(), one)
    return found


def language_code(text: str) -> str:
    """The BCP 47 code for a language's name or code in any of the usual spellings; else the text itself.

    >>> language_code("kaz"), language_code("Қазақша"), language_code("russian"), language_code("kk-Latn")
    ('kk', 'kk', 'ru', 'kk-Latn')
    """
    found = _by_word().get(text.strip().casefold())
    return found.code if found else text.strip()


def language_row(code: str) -> Language | None:
    """The names of a language by its code."""
    found = _by_word().get(code.casefold())
    return found if found and found.code == code else None


def _read_language(pairs: Sequence[Pair], keys: Keys) -> str | None:
    return language_code(pairs[0][1]) or None


LANGUAGE = Converter(lambda value, keys: ((keys[0], value),), _read_language)
"""Written as the BCP 47 code, read from any usual name."""

SHARED = {"pages": PAGES, "iso-date": ISO_DATE, "keywords": KEYWORDS, "language": LANGUAGE}
