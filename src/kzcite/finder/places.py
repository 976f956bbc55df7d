"""Read places inside a work from tokens: `с. 45`, `45–47-б.`, `17-баптың 2-тармағы`, `vol. 2, p. 34`.

Table: `citing/locators.toml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kzcite.finder.tokens import Token
from kzcite.model import Locator
from kzcite.tables.citing import citing_words, locator_terms
from kzcite.text.script import repair_word

_ROMAN = frozenset("ivxlcdmІІХХСМіхсм")
_ROMAN_CAPITALS = frozenset("IVXLCDMІХСМ")
_TO_LATIN = str.maketrans("ІХСМ", "IXCM")
_MOST_TRAILING = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its CSL term and printed value; `named` says where its word stands: before, after, or by what sign
    a number without a word is a page: bare (a comma), colon."""

    term: str
    value: str
    named: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number or range without a word; `high` is None for a single number."""

    low: str
    high: str | None

    @property
    def value(self) -> str:
        return self.low if self.high is None else f"{self.low}-{self.high}"


@dataclass(frozen=True, slots=True)
class Element:
    """A Place or Number, the sign that parts it from what stands before, and the tokens that it covers."""

    what: Place | Number
    separator: str
    first: int
    last: int


def read_elements(tokens: Sequence[Token], at: int = 0) -> list[Element] | None:
    """The numbers and places of `tokens[at:]`, None where anything else stands between them."""
    out: list[Element] = []
    separator = ""
    commas = citing_words().comma
    size = len(tokens)
    while at < size:
        token = tokens[at]
        kind = token.kind
        if kind in (",", ";", ":"):
            separator = ";" if ";" in (kind, separator) else kind
            at += 1
            continue
        if kind == ".":
            if at + 1 < size and tokens[at + 1].kind == "num" and not separator and out and token.glued:
                separator = "."
            at += 1
            continue
        if kind == "&" or (kind == "word" and token.text.lower() in commas and out and at + 1 < size):
            separator = separator or ","
            at += 1
            continue
        if kind == "(" and out and isinstance(out[-1].what, Place):
            at = _after_aside(tokens, at)
            continue
        read = _place_before(tokens, at) or _place_after(tokens, at) or _number(tokens, at)
        if read is None:
            return out if out and _is_trailing(tokens, at, out[-1]) else None
        what, after = read
        out.append(Element(what, separator, at, after))
        separator = ""
        at = after
    return out


def _after_aside(tokens: Sequence[Token], at: int) -> int:
    """Where reading goes on after a remark in round brackets behind a place: `12 б. (аударма)`, `art. 5 (1)`."""
    while at < len(tokens) and tokens[at].kind != ")":
        at += 1
    return at + 1


def _is_trailing(tokens: Sequence[Token], at: int, last: Element) -> bool:
    """Whether nothing but words follows: `[3 қараңыз]`, `[198, 227 бетке арналған түсініктеме]`."""
    rest = [token for token in tokens[at:] if token.kind not in (".", ",")]
    if any(token.kind != "word" for token in rest) or len(rest) > _MOST_TRAILING:
        return False
    words = " ".join(token.text.lower() for token in rest)
    suffixes = citing_words().suffix
    if words in suffixes or words.replace(" ", ".") in suffixes:
        return True
    terms = locator_terms().before
    return isinstance(last.what, Place) or all(token.text.lower() in terms for token in rest)


def _number(tokens: Sequence[Token], at: int) -> tuple[Number, int] | None:
    if tokens[at].kind != "num":
        return None
    low = tokens[at].text
    words = citing_words().dash
    if at + 2 < len(tokens) and tokens[at + 2].kind == "num":
        between = tokens[at + 1]
        if between.kind == "dash" or (between.kind == "word" and between.text.lower() in words):
            return Number(low, tokens[at + 2].text), at + 3
    if at + 3 < len(tokens) and tokens[at + 1].kind == tokens[at + 2].kind == "dash" and tokens[at + 3].kind == "num":
        return Number(low, tokens[at + 3].text), at + 4
    return Number(low, None), at + 1


def _place_before(tokens: Sequence[Token], at: int) -> tuple[Place, int] | None:
    """`с. 45`, `Б. 5-7`, `§ 3`, `p. xii`, `с. 45а`."""
    token = tokens[at]
    if token.kind not in ("word", "§", "№"):
        return None
    term = locator_terms().before.get(token.text.lower()) or locator_terms().before.get(_in_cyrillic(token.text))
    if not term:
        return None
    at += 1
    while (at < len(tokens) and tokens[at].kind in (".", "§", ":")) or _same_word(tokens, at, token):
        at += 1
    if at >= len(tokens):
        return None
    if tokens[at].kind == "word" and all(char in _ROMAN for char in tokens[at].text.lower()):
        value = tokens[at].text
        at += 1
        if at + 1 < len(tokens) and tokens[at].kind == "dash" and tokens[at + 1].kind in ("word", "num"):
            value += "-" + tokens[at + 1].text
            at += 2
        return Place(term, value, "before"), at
    read = _number(tokens, at)
    if read is None:
        return None
    number, at = read
    value = number.value
    if at < len(tokens) and tokens[at].kind == "word" and tokens[at].glued and len(tokens[at].text) == 1:
        value += tokens[at].text
        at += 1
    return Place(term, value, "before"), at


def _roman(tokens: Sequence[Token], at: int) -> tuple[Number, int] | None:
    """A Roman number, in Latin or Cyrillic letters: `ІІ т.`, `III том`."""
    if tokens[at].kind != "word" or not all(char in _ROMAN_CAPITALS for char in tokens[at].text):
        return None
    return Number(tokens[at].text.translate(_TO_LATIN), None), at + 1


def _in_cyrillic(word: str) -> str:
    """A label typed with Latin letters (`c. 45`) in Cyrillic ones."""
    return repair_word(word, "Cyrl").lower()


def _same_word(tokens: Sequence[Token], at: int, word: Token) -> bool:
    """`С. С. 5`, `б.б. 7`: the label's letter doubled with a point."""
    return (
        at < len(tokens)
        and tokens[at].kind == "word"
        and len(word.text) == 1
        and tokens[at].text.lower() == word.text.lower()
    )


def _place_after(tokens: Sequence[Token], at: int) -> tuple[Place, int] | None:
    """`45-б.`, `45–47 бб.`, `12-бап`, `227 бетке`; not `1 с. 5`, where the word belongs to the next number."""
    read = _number(tokens, at) or _roman(tokens, at)
    if read is None:
        return None
    number, at = read
    after = at
    if after < len(tokens) and tokens[after].kind == "dash":
        after += 1
    if after >= len(tokens) or tokens[after].kind not in ("word", "§"):
        return None
    word = tokens[after]
    term = locator_terms().term_after(word.text.lower()) or locator_terms().term_after(_in_cyrillic(word.text))
    if not term:
        return None
    after += 1
    while after < len(tokens) and (tokens[after].kind == "." or _same_word(tokens, after, word)):
        after += 1
    if after < len(tokens) and tokens[after].kind == "num" and word.text.lower() in locator_terms().before:
        dashed = tokens[at].kind == "dash"
        if not dashed:
            return None
    return Place(term, number.value, "after"), after


def join_places(places: Sequence[Place]) -> Locator | None:
    """One locator out of the places printed for a source: the places of the term that ranks first, in order."""
    if not places:
        return None
    rank = locator_terms().rank
    term = min((one.term for one in places), key=lambda one: rank.get(one, 99))
    return Locator(term, ", ".join(one.value for one in places if one.term == term))
