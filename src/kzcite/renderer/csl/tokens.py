"""What a rendering element emits: a flat list of strings and marks.

A string is text of one source (a value, a term, an affix), so the seams between two sources stay visible until
`finish`. An `Open` starts a formatting, `CLOSE` ends the innermost one; `OPEN_QUOTE` and `CLOSE_QUOTE` stand for
quotation marks whose shape depends on their depth.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class Mark:
    """Anything in the output that is no text."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Open(Mark):
    """Start of a formatting: a CSL attribute (or `nocase`, `display`, `link`) and its value."""

    name: str
    value: str


class Sign(Mark):
    """A mark without data, compared by identity."""

    __slots__ = ("label",)

    def __init__(self, label: str) -> None:
        self.label = label

    def __repr__(self) -> str:
        return self.label


CLOSE = Sign("CLOSE")
OPEN_QUOTE = Sign("OPEN_QUOTE")
CLOSE_QUOTE = Sign("CLOSE_QUOTE")

Token = str | Mark
Tokens = list[Token]

NOCASE = Open("nocase", "")


def plain(tokens: Iterable[Token]) -> str:
    """The bare text, quotation marks left out."""
    return "".join([one for one in tokens if type(one) is str])
