"""Small values inside an item: Name, Date, PageRange. Each keeps what was printed; none guesses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import attrgetter
from typing import Any


@dataclass(frozen=True, slots=True)
class Name:
    """A person, or a body in `literal` (CSL name-variable, CSL 1.0.2).

    `given` is kept as printed, initials with their points: `Е.Қ.`. `comma_suffix` sets the suffix off by a comma;
    `static_ordering` keeps the family name first wherever the name stands.
    """

    family: str = ""
    given: str = ""
    literal: str = ""
    dropping_particle: str = ""
    non_dropping_particle: str = ""
    suffix: str = ""
    comma_suffix: bool = False
    static_ordering: bool = False

    @property
    def is_body(self) -> bool:
        return bool(self.literal)

    def to_csl(self) -> dict[str, Any]:
        """CSL-JSON, only the parts that are there."""
        return {key: part for key, get in _GET_PART if (part := get(self))}

    @classmethod
    def from_csl(cls, data: dict[str, Any]) -> Name:
        parts: dict[str, Any] = {attribute: str(data[key]) for key, attribute in _NAME_PARTS if data.get(key)}
        # A flag comes as true, 1 or "true".
        parts |= {attribute: str(data.get(key, "")).lower() in ("true", "1") for key, attribute in _NAME_FLAGS}
        return cls(**parts)


_NAME_PARTS = (
    ("family", "family"),
    ("given", "given"),
    ("dropping-particle", "dropping_particle"),
    ("non-dropping-particle", "non_dropping_particle"),
    ("suffix", "suffix"),
    ("literal", "literal"),
)
_NAME_FLAGS = (("comma-suffix", "comma_suffix"), ("static-ordering", "static_ordering"))
_GET_PART = tuple((key, attrgetter(attribute)) for key, attribute in (*_NAME_PARTS, *_NAME_FLAGS))


@dataclass(frozen=True, slots=True)
class Date:
    """A date or a range of two dates; month and day may be missing.

    `parts` and `until` are (year[, month[, day]]); `literal` keeps a date that could not be read.
    `season` is 1 to 4. `circa` marks a doubtful date.
    """

    parts: tuple[int, ...] = ()
    until: tuple[int, ...] = ()
    literal: str = ""
    season: int | None = None
    circa: bool = False

    @property
    def year(self) -> int | None:
        return self.parts[0] if self.parts else None

    def to_csl(self) -> dict[str, Any]:
        out: dict[str, Any] = {}
        if self.parts:
            out["date-parts"] = [list(self.parts)] + ([list(self.until)] if self.until else [])
        if self.literal:
            out["literal"] = self.literal
        if self.season is not None:
            out["season"] = self.season
        if self.circa:
            out["circa"] = True
        return out

    @classmethod
    def from_csl(cls, data: dict[str, Any]) -> Date:
        """Read a CSL-JSON date; numbers may come as strings, `raw` of the ISO form is understood."""
        parts = [_whole_numbers(one) for one in data.get("date-parts") or [] if one]
        parts = [one for one in parts if one]
        literal = str(data.get("literal") or "")
        raw = str(data.get("raw") or "")
        if not parts and raw:
            if re.fullmatch(r"\d{4}(-\d{1,2}){0,2}(/\d{4}(-\d{1,2}){0,2})?", raw):
                parts = [tuple(int(n) for n in one.split("-")) for one in raw.split("/")]
            else:
                literal = literal or raw
        season = data.get("season")
        return cls(
            parts=parts[0] if parts else (),
            until=parts[1] if len(parts) > 1 else (),
            literal=literal,
            season=whole_number(str(season)),
            circa=bool(data.get("circa")),
        )

    def __str__(self) -> str:
        ends = [
            "-".join(f"{n:02d}" if i else f"{n:04d}" for i, n in enumerate(p)) for p in (self.parts, self.until) if p
        ]
        return "/".join(ends) or self.literal


def whole_number(text: str, digits: int = 9) -> int | None:
    """The number that up to so many decimal digits spell, None for anything else.

    Not `isdigit` and `int`: a superscript passes the one and fails the other, as do 5,000 digits.

    >>> whole_number(" 07"), whole_number("²"), whole_number("1" * 10)
    (7, None, None)
    """
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) <= digits else None


def _whole_numbers(parts: Any) -> tuple[int, ...]:
    out: list[int] = []
    for part in parts if isinstance(parts, list | tuple) else [parts]:
        printed = str(part).strip()
        number = whole_number(printed.removeprefix("-"))
        if number is None:
            break
        out.append(-number if printed.startswith("-") else number)
    return tuple(out)


@dataclass(frozen=True, slots=True)
class PageRange:
    """A typed view of a printed page string; `first` and `last` are None where it is not a plain range."""

    printed: str
    first: int | None = None
    last: int | None = None

    @classmethod
    def parse(cls, printed: str) -> PageRange:
        """
        >>> PageRange.parse("89-98").last
        98
        >>> PageRange.parse("xii").first is None
        True
        """
        found = re.fullmatch(r"\s*(\d{1,7})(?:\s*[-‐‑–—−]\s*(\d{1,7}))?\s*", printed)
        if not found:
            return cls(printed)
        first = int(found[1])
        return cls(printed, first, int(found[2]) if found[2] else first)

    @property
    def is_reversed(self) -> bool:
        return self.first is not None and self.last is not None and self.last < self.first
