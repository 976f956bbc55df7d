"""Repeated references: `[Сонда, 5 б.]`, `(Там же. С. 5)`, `[Омаров, көрс. еңбек, 45 б.]`, `Ibid., p. 5`.

ГОСТ Р 7.0.5-2008, 7.10-7.14. Out: what was printed and its place; which work is meant is the linker's to say.
Table: `citing/words.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kzcite.finder.places import Number, Place, join_places, read_elements
from kzcite.finder.tokens import Token, tokenise
from kzcite.model import Locator, Span
from kzcite.tables.citing import citing_words
from kzcite.text.normal import INVISIBLE

_SPLITS = (*INVISIBLE, "\n", "\r", "\x0c")
"""What may stand inside a word without parting it."""


@dataclass(frozen=True, slots=True)
class Repetition:
    """The printed words (`Там же`, `Омаров, көрс. еңбек`) with their place; `end` is where reading stopped."""

    label: str
    span: Span
    locator: Locator | None
    end: int


def read_repeated(
    text: str, start: int, end: int, gaps: Sequence[Span] = (), *, whole: bool = True
) -> Repetition | None:
    """The repetition that `text[start:end]` is; with `whole` off, it may be followed by anything (a note's text)."""
    tokens = tokenise(text, start, end, gaps)
    if not tokens:
        return None
    words = citing_words()
    length = _phrase(tokens, 0, words.same)
    names_end = 0
    if not length:
        for at in range(min(len(tokens), 14)):
            length = _phrase(tokens, at, words.earlier)
            if length:
                names_end = at
                break
    if not length:
        return None
    after = names_end + length
    if names_end == 0 and _phrase(tokens, 0, words.earlier) == 0 and tokens[0].text[:1].islower() and not whole:
        return None
    label = Span(tokens[0].start, tokens[after - 1].end)
    rest = list(tokens[after:])
    while rest and rest[0].kind in (".", ",", ":", ";", "dash"):
        rest = rest[1:]
    places: list[Place] = []
    last = after - 1
    if rest:
        elements = read_elements(rest)
        if elements is None:
            if whole:
                return None
            elements = []
        for element in elements:
            what = element.what
            places.append(Place("page", what.value, "bare") if isinstance(what, Number) else what)
            last = after + (len(tokens) - after - len(rest)) + element.last - 1
    return Repetition(" ".join(label.cut(text).split()).rstrip(".,"), label, join_places(places), tokens[last].end)


def may_repeat(printed: str) -> bool:
    """Whether a word stands in `printed` with which such a phrase begins: a quick look before `read_repeated`."""
    words = citing_words()
    return bool(_first_words((*words.same, *words.earlier)).search(printed)) or any(map(printed.__contains__, _SPLITS))


@lru_cache(maxsize=8)
def _first_words(phrases: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(_by_first_word(phrases))))
    return re.compile(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])", re.IGNORECASE)


@lru_cache(maxsize=8)
def _by_first_word(phrases: tuple[str, ...]) -> dict[str, list[tuple[str, list[str]]]]:
    """The phrases with their words, in order, under their first word."""
    out: dict[str, list[tuple[str, list[str]]]] = {}
    for phrase in phrases:
        words = phrase.replace(".", " ").split()
        out.setdefault(words[0], []).append((phrase, words))
    return out


def _phrase(tokens: Sequence[Token], at: int, phrases: Sequence[str]) -> int:
    """How many tokens from `at` on make one of `phrases` (points do not count), 0 for none."""
    if tokens[at].kind != "word":
        return 0
    for phrase, wanted in _by_first_word(tuple(phrases)).get(tokens[at].text.lower(), ()):
        index = at
        for word in wanted:
            while index > at and index < len(tokens) and tokens[index].kind == ".":
                index += 1
            if index >= len(tokens) or tokens[index].kind != "word" or tokens[index].text.lower() != word:
                break
            index += 1
        else:
            while index < len(tokens) and tokens[index].kind == "." and phrase.count("."):
                index += 1
            return index - at
    return 0
