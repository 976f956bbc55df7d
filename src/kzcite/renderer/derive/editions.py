"""The number of an edition that is stated in words: `2-е изд.` → `2`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from kzcite.model import Item
from kzcite.tables import loader


def number(item: Item) -> Item:
    """`edition` as a bare number, where its statement holds nothing else: a style sets its own ordinal and word then.

    A statement that says more (`3-е изд., испр. и доп.`) stays as it is.
    """
    text = item.text("edition")
    if not text or text.isdigit():
        return item
    found = number_of(text)
    return item.with_field("edition", str(found)) if found else item


def number_of(statement: str) -> int | None:
    """
    >>> number_of("2-е изд."), number_of("Изд. 2-е"), number_of("3rd ed."), number_of("first edition")
    (2, 2, 3, 1)
    >>> number_of("2-ші бас."), number_of("3-е изд., испр. и доп."), number_of("rev. ed."), number_of("2")
    (2, None, None, None)
    """
    pattern, ordinals = _pattern(loader.overlays())
    found = pattern.fullmatch(statement.strip().casefold())
    if not found:
        return None
    value = found["before"] or found["after"]
    return int(value) if value.isdigit() else ordinals[value]


@lru_cache(maxsize=8)
def _pattern(over: tuple[Path, ...]) -> tuple[re.Pattern[str], dict[str, int]]:
    """An ordinal before or after the word for an edition (`editions.toml`)."""
    table = loader.read_toml("editions.toml")
    ordinals = {word: int(value) for word, value in table["ordinals"].items()}
    word = f"(?:{_any(table['words'])})" + r"\.?"
    ending = r"(?:\s?-?\s?(?:" + _any(table["endings"]) + r"))?\.?"
    value = rf"\d{{1,3}}|{_any(ordinals)}"
    both = rf"(?P<before>{value}){ending}[\s-]*{word}|{word}\s*(?P<after>{value}){ending}"
    return re.compile(both), ordinals


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))
