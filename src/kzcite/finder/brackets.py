"""Find what could be a marker: brackets, slashes and superscripts, in one pass over the text without backtracking."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kzcite.model import Piece, Span

LONGEST_SQUARE = 700
LONGEST_ROUND = 300
LONGEST_SLASH = 60
_SIGN = re.compile(r"[\[\]()/]")
_SUPERSCRIPTS = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹](?:[⁰¹²³⁴⁵⁶⁷⁸⁹⁻,– ⁽⁾ˑ‚-]*[⁰¹²³⁴⁵⁶⁷⁸⁹])?")


@dataclass(frozen=True, slots=True)
class Bracket:
    """A bracket with its inside; `kind` is square, round, slash or superscript (which has no signs round it)."""

    kind: str
    span: Span
    inside: Span


def find_brackets(text: str) -> Iterator[Bracket]:
    """Every innermost pair of square or round brackets, and every pair of slashes round a number, by their ends."""
    square = rounded = slash = -1
    for found in _SIGN.finditer(text):
        at, char = found.start(), found[0]
        if char == "[":
            square = at
        elif char == "]":
            if square >= 0 and at - square <= LONGEST_SQUARE:
                yield Bracket("square", Span(square, at + 1), Span(square + 1, at))
            square = -1
        elif char == "(":
            rounded = at
        elif char == ")":
            if rounded >= 0 and at - rounded <= LONGEST_ROUND:
                yield Bracket("round", Span(rounded, at + 1), Span(rounded + 1, at))
            rounded = -1
        else:
            after = text[at + 1 : at + 2]
            if slash >= 0 and at - slash <= LONGEST_SLASH and not (after.isalnum() or after == "/"):
                yield Bracket("slash", Span(slash, at + 1), Span(slash + 1, at))
                slash = -1
            else:
                before = text[at - 1 : at]
                opens = (after.isdigit() or after.isalpha()) and (not before or before.isspace() or before in '»"”)/.,')
                slash = at if opens else -1


def find_superscripts(text: str, pieces: Sequence[Piece]) -> Iterator[Bracket]:
    """Runs of superscript digits: Unicode superscripts, and digits of pieces marked `sup`."""
    for found in _SUPERSCRIPTS.finditer(text):
        yield Bracket("superscript", Span(*found.span()), Span(*found.span()))
    for start, end in _joined(pieces):
        printed = text[start:end]
        body = printed.strip(" ,;[]()")
        if body and body[0].isdigit() and all(one.isdigit() or one in ",;–-  " for one in body):
            first = start + printed.index(body)
            yield Bracket("superscript", Span(first, first + len(body)), Span(first, first + len(body)))


def _joined(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Neighbouring superscript pieces as one stretch."""
    start = end = -1
    for piece in sorted((one for one in pieces if "sup" in one.marks), key=lambda one: one.span):
        if piece.span.start == end:
            end = piece.span.end
            continue
        if start >= 0:
            yield start, end
        start, end = piece.span
    if start >= 0:
        yield start, end
