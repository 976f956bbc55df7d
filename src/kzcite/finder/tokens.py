"""Tokens of the inside of a marker, with their places in the document's text.

Page furniture, soft hyphens and zero-width signs inside a marker are skipped, so that a marker broken over lines and
pages reads as if it were printed on one line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kzcite.model import Span
from kzcite.text.normal import DASHES, INVISIBLE

MOST = 200
_SUPERSCRIPTS = {ord(char): str(value) for value, char in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")} | {0x207B: "-"}


@dataclass(frozen=True, slots=True)
class Token:
    """kind: num, word, dash, or the sign itself. `glued` says that no space stands before it."""

    kind: str
    text: str
    start: int
    end: int
    glued: bool

    @property
    def number(self) -> int:
        return int(self.text)


def tokenise(text: str, start: int, end: int, gaps: Sequence[Span] = ()) -> list[Token]:
    """The tokens of `text[start:end]`, those inside `gaps` left out; no more than MOST of them.

    >>> [token.text for token in tokenise("50, 533–534-б.", 0, 14)]
    ['50', ',', '533', '-', '534', '-', 'б', '.']
    """
    out: list[Token] = []
    at = start
    glued = False
    gap_at = 0
    while at < end and len(out) < MOST:
        while gap_at < len(gaps) and gaps[gap_at].end <= at:
            gap_at += 1
        if gap_at < len(gaps) and gaps[gap_at].start <= at:
            at = gaps[gap_at].end
            glued = False
            continue
        char = text[at]
        if char in INVISIBLE:
            at += 1
            continue
        if char.isspace():
            glued = False
            at += 1
            continue
        first = at
        if _is_digit(char):
            while at < end and _is_digit(text[at]):
                at += 1
            out.append(Token("num", text[first:at].translate(_SUPERSCRIPTS), first, at, glued))
        elif char.isalpha():
            letters: list[str] = []
            while at < end and (text[at].isalpha() or text[at] in INVISIBLE or text[at] in "'’ʹ"):
                if text[at] not in INVISIBLE:
                    letters.append(text[at])
                at += 1
                at = _over_hyphenation(text, at, end)
            out.append(Token("word", "".join(letters), first, at, glued))
        else:
            at += 1
            dash = char in DASHES or char == "⁻"
            out.append(Token("dash" if dash else char, "-" if dash else char, first, at, glued))
        glued = True
    return out


def _is_digit(char: str) -> bool:
    return char.isdecimal() or (ord(char) in _SUPERSCRIPTS and char != "⁻")


def _over_hyphenation(text: str, at: int, end: int) -> int:
    """Where a word goes on after a printer's hyphen at a line end (`ауда-⏎рмашы`), else `at`."""
    if at >= end or text[at] not in "-‐\u00ad":
        return at
    after = at + 1
    broken = False
    while after < end and text[after].isspace():
        broken = broken or text[after] in "\r\n"
        after += 1
    return after if broken and after < end and text[after].islower() else at
