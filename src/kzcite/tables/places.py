"""Places of publication: what an abbreviation stands for (`places.csv`: `printed`, `full`, `language`)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from kzcite.tables import loader


def full_place(printed: str, language: str) -> str:
    """The full name of an abbreviated place in a language; what is no abbreviation, or not known, comes back as it is.

    >>> full_place("М.", "ru"), full_place("СПб.", "ru"), full_place("Алматы", "kk")
    ('Москва', 'Санкт-Петербург', 'Алматы')
    """
    return _abbreviations(loader.overlays()).get((printed, language), printed)


@lru_cache(maxsize=8)
def _abbreviations(over: tuple[Path, ...]) -> dict[tuple[str, str], str]:
    return {
        (row["printed"], row["language"]): row["full"]
        for row in reversed(loader.read_rows("places.csv"))
        if row["printed"].endswith(".") and row["full"]
    }
