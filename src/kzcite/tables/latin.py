"""Established Latin spellings of journals, publishers, places and bodies, which come before letter-by-letter.

Read from `journals.csv`, `publishers.csv`, `places.csv` and `bodies.csv`: the columns `printed`, `language`, `latin`
and where they have it `full`. Kinds of work and words of an imprint have their English in `english.toml`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal

from kzcite.tables import loader

Kind = Literal["journals", "publishers", "places", "bodies"]

_MARKS = re.compile(r"[«»„“”\"'’‘.,\s]+")


def latin_of(kind: Kind, printed: str, language: str = "") -> str:
    """The established Latin spelling of a Cyrillic name, `""` where the tables have none.

    A row of the item's language comes before rows of others. Quotation marks, points and case do not matter.
    """
    found = _index(kind, loader.overlays()).get(_key(printed), {})
    return found.get(language) or next(iter(found.values()), "")


def english_of(section: str, printed: str) -> str:
    """The English for a kind of work (`genre`) or of medium: the first row whose pattern stands in `printed`."""
    text = printed.casefold()
    for pattern, english in _patterns(section, loader.overlays()):
        if pattern.search(text):
            return english
    return ""


@lru_cache(maxsize=16)
def _patterns(section: str, over: tuple[Path, ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = loader.read_toml("english.toml").get(section, [])
    return tuple((re.compile(str(row["pattern"]), re.IGNORECASE), str(row["english"])) for row in rows)


@lru_cache(maxsize=16)
def _index(kind: str, over: tuple[Path, ...]) -> dict[str, dict[str, str]]:
    if loader.find(f"{kind}.csv") is None:
        return {}
    out: dict[str, dict[str, str]] = {}
    for row in loader.read_rows(f"{kind}.csv"):
        latin = row["latin"].strip()
        if not latin or re.search(r"[\u0400-\u052f]", latin):
            continue
        for name in {row["printed"], row.get("full") or row["printed"]}:
            if re.search(r"[\u0400-\u052f]", name):
                out.setdefault(_key(name), {}).setdefault(row["language"], latin)
    return out


def _key(text: str) -> str:
    return _MARKS.sub(" ", text).strip().casefold()
