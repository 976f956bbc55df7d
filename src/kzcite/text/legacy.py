"""Kazakh text of the eight-bit age: which stand-in layout a text uses, and the letters that were meant.

In: Unicode text whose Kazakh letters may stand in the places of other Cyrillic ones. Out: text of the same length.
Table: `script/legacy.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kzcite.tables.loader import overlays, read_toml

KAZAKH = frozenset("әғқңөұүһӘҒҚҢӨҰҮҺ")
LEAST = 3
"""Fewer stand-in letters than this prove nothing."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A stand-in layout: `letters` maps what is seen to what is meant, one character to one."""

    id: str
    title: str
    letters: dict[int, str]
    signs: frozenset[str]

    def restore(self, text: str) -> str:
        return text.translate(self.letters)

    def disguise(self, text: str) -> str:
        """The other way: what the layout's font would show as `text`."""
        return text.translate({ord(meant): chr(seen) for seen, meant in reversed(self.letters.items())})


def layouts() -> tuple[Layout, ...]:
    """The layouts of the table, in its order."""
    return _layouts(overlays())


@lru_cache(maxsize=4)
def _layouts(_over: object) -> tuple[Layout, ...]:
    rows = read_toml("script/legacy.toml")
    return tuple(
        Layout(
            name,
            row["title"],
            {ord(seen): meant for seen, meant in zip(row["letters"][::2], row["letters"][1::2], strict=True)},
            frozenset(row["signs"]),
        )
        for name, row in rows.items()
        if isinstance(row, dict)
    )


def detect_layout(text: str) -> Layout | None:
    """The layout that `text` is typed in, or None.

    Ukrainian, Macedonian, Serbian and Belarusian use these letters rightly. Only Kazakh shows ќ (for қ) beside ў, ї or
    ґ (for ұ, ү, ө), and a text that has Kazakh letters of its own needs no repair.
    """
    if KAZAKH & set(text):
        return None
    counts = {letter: text.count(letter) + text.count(letter.upper()) for letter in "ќўїґ"}
    if not counts["ќ"] or counts["ќ"] == sum(counts.values()) or sum(counts.values()) < LEAST:
        return None
    return max(layouts(), key=lambda one: sum(text.count(sign) for sign in one.signs))
