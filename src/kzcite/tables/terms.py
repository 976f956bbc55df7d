"""Words of a language that are read in reference lines: `data/terms/*.toml`, one table a language.

A section is a CSL term (`page`, `editor`, `month-3`) or the role that a word plays in a line (`act`, `container`);
its `read` lists the forms, lower case, without the final point.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from kzcite.tables import loader


def read_forms(term: str, language: str = "") -> frozenset[str]:
    """The forms that are read for `term`, in one language or (by default) in all of them.

    >>> "тамыз" in read_forms("month-8", "kk")
    True
    """
    return _read_forms(term, language, loader.overlays())


@lru_cache(maxsize=1024)
def _read_forms(term: str, language: str, over: tuple[Path, ...]) -> frozenset[str]:
    languages = (language,) if language else loader.names("terms")
    forms: set[str] = set()
    for one in languages:
        section = loader.read_toml(f"terms/{one}.toml").get(term, {})
        forms.update(section.get("read", ()))
    return frozenset(forms)


def months() -> dict[str, int]:
    """Every form of a month's name → its number."""
    return _months(loader.overlays())


@lru_cache(maxsize=8)
def _months(over: tuple[Path, ...]) -> dict[str, int]:
    return {form: number for number in range(1, 13) for form in read_forms(f"month-{number}")}
