"""Number variables: what counts as numeric, ranges of pages, ordinals and Roman numerals."""

from __future__ import annotations

import re
from functools import lru_cache

from citeproc.model import romanize

from kzcite.renderer.csl.terms import Terms

_PART = r"[^\W\d_]{0,4}\d+(?:\.\d+)*[^\W\d_]{0,4}"
_LONGEST = 200  # characters of a value that can be a number
_NUMERIC = re.compile(rf"\s*{_PART}(?:\s*(?:[-–—,&]|\s)\s*{_PART})*\s*")
_SPLIT = re.compile(r"\s*([-–—,&])\s*")


@lru_cache(maxsize=4096)
def is_numeric(value: str) -> bool:
    """Solely numbers, with prefixes or suffixes, set apart by comma, hyphen or ampersand (CSL 1.0.2, `is-numeric`).

    >>> is_numeric("3-4"), is_numeric("2b, L3"), is_numeric("2-е изд.")
    (True, True, False)
    """
    return len(value) <= _LONGEST and _NUMERIC.fullmatch(value) is not None


_BETWEEN = re.compile(r"\s*(?:[-–—,&;]|\b(?:and|et|und|және|и)\b)\s*")
_ONE = re.compile(r"\W*(?:\w*\d\w*|[ivxlcdm]+)\W*", re.IGNORECASE)


def is_plural(value: str, variable: str = "") -> bool:
    """Whether a label for this number stands in the plural (CSL 1.0.2, "Label").

    >>> is_plural("5-7"), is_plural("12"), is_plural("2", "number-of-volumes")
    (True, False, True)
    """
    if variable.startswith("number-of-"):
        found = re.search(r"\d+", value)
        return found is not None and int(found[0][:9]) != 1
    parts = [one for one in _BETWEEN.split(value.replace("\\-", "")[:_LONGEST]) if one]
    return len(parts) > 1 and all(_ONE.fullmatch(one) for one in parts[:2])


def format_number(value: str, form: str, terms: Terms, gender: str = "") -> str:
    """A numeric value in a form (`numeric`, `ordinal`, `long-ordinal`, `roman`); other text is left as it is.

    A hyphen written `\\-` is no range (as in citeproc-js).
    """
    if "\\-" in value:
        return value.replace("\\-", "-")
    if not is_numeric(value):
        return value
    if value.isdecimal():
        return one_number(value, form, terms, gender)
    out = ""
    for at, part in enumerate(_SPLIT.split(value.strip())):
        if at % 2 == 0:
            out += one_number(part, form, terms, gender)
        elif part == ",":
            out += ", "
        elif part == "&":
            out += f" {terms.symbol} "
        else:
            out += "–"
    return out


def one_number(text: str, form: str, terms: Terms, gender: str) -> str:
    if form == "numeric" or not text.isdecimal():
        return text
    number = int(text[:9])
    if form == "ordinal":
        return terms.ordinal(number, gender)
    if form == "long-ordinal":
        return terms.long_ordinal(number, gender)
    if form == "roman":
        return str(romanize(number)).lower() if 0 < number < 6000 else text
    return text


_RANGE = re.compile(r"(?<![\w.\-–])([^\W\d_]*)(\d{1,12})\s*[-–—]\s*([^\W\d_]*)(\d{1,12})(?![\w\-–])")


@lru_cache(maxsize=8192)
def format_pages(value: str, style: str | None, delimiter: str, symbol: str = "&") -> str:
    """Page ranges in a `page-range-format`; hyphens between numbers become the locale's range delimiter.

    >>> format_pages("321-28", "expanded", "–"), format_pages("42-45", "minimal", "–"), format_pages("e12", None, "–")
    ('321–328', '42–5', 'e12')
    """
    if "\\-" in value or len(value) > _LONGEST:
        return value.replace("\\-", "-")
    if "-" not in value and "–" not in value and "—" not in value and "," not in value and "&" not in value:
        return value

    def one(found: re.Match[str]) -> str:
        first_letters, first, last_letters, last = found.groups()
        if first_letters != last_letters:
            return f"{first_letters}{first}-{last_letters}{last}"
        whole = first[: len(first) - len(last)] + last if len(last) < len(first) else last
        if style is None or int(whole) < int(first):
            return f"{first_letters}{first}{delimiter}{last_letters}{last}"
        letters = first_letters if style == "expanded" else ""
        return f"{first_letters}{first}{delimiter}{letters}{_shorten(first, whole, style)}"

    out = _RANGE.sub(one, value)
    if "-" in out and re.search(r"\d\s*[-–]\s*[^\W\d_]|[^\W\d_]\d+\s*[-–]\s*\d", value):
        return re.sub(r"\s*-\s*", "-", out)
    if is_numeric(value) or _ROMAN_RANGE.fullmatch(value):
        out = re.sub(r"\s*[-–—]\s*", delimiter, out)
        out = re.sub(r"\s*,\s*", ", ", out)
        out = re.sub(r"\s*&\s*", f" {symbol} ", out)
    return out


_ROMAN_RANGE = re.compile(r"[ivxlcdm]+\s*[-–—]\s*[ivxlcdm]+", re.IGNORECASE)


def _shorten(first: str, last: str, style: str) -> str:
    """The second number of a range, cut as `page-range-format` says (CSL 1.0.2, appendix V)."""
    if style == "expanded" or len(first) != len(last):
        return last
    common = 0
    while common < len(first) - 1 and first[common] == last[common]:
        common += 1
    if style == "minimal":
        return last[common:]
    if style == "minimal-two":
        return last[min(common, max(len(last) - 2, 0)) :]
    if style in ("chicago", "chicago-15", "chicago-16"):
        number = int(first)
        if number < 100 or number % 100 == 0:
            return last
        if style != "chicago-16" and len(first) == 4 and len(last) - common >= 3:
            return last
        if 1 <= number % 100 <= 9:
            return last[common:]
        return last[min(common, len(last) - 2) :]
    return last
