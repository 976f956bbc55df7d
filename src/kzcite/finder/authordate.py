"""Author–date markers: `(Омаров, 2024: 45; Қалиева, 2023)`, `[Smith & Brown 2020, p. 4]`, `Омаров К. Т. (2024, с. 45)`.

In: a bracket of the text. Out: the works mentioned, each with its year and place. Whether the document's list
answers is asked of `text.mention`. Table: `citing/words.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kzcite.finder.places import Element, Number, Place, join_places, read_elements
from kzcite.finder.tokens import Token, tokenise
from kzcite.model import Locator, Span
from kzcite.tables.citing import citing_words
from kzcite.text.mention import Mention, is_initials, parse_names

_YEAR_SUFFIX = re.compile(r"[a-gа-еәғ]", re.IGNORECASE)
_NARRATIVE = 120


@dataclass(slots=True)
class Work:
    """A work mentioned in a marker: printed label, where it stands, what to look for, its places."""

    label: str
    span: Span
    mention: Mention
    places: list[Place] = field(default_factory=list)

    @property
    def locator(self) -> Locator | None:
        return join_places(self.places)


def read_author_date(
    text: str, start: int, end: int, gaps: Sequence[Span] = (), narrative: str = ""
) -> list[Work] | None:
    """The works of the bracket whose inside is `text[start:end]`; `narrative` are names printed before the bracket.

    None where the inside is not author–date.
    """
    works: list[Work] = []
    names = narrative
    for piece in _pieces(text, start, end):
        read = _read_piece(text, piece, gaps, names)
        if read is None:
            return None
        works += read
        names = _printed_names(read[-1].label) or names
    return works or None


def _pieces(text: str, start: int, end: int) -> list[Span]:
    out: list[Span] = []
    at = start
    for index in range(start, end):
        if text[index] == ";":
            out.append(Span(at, index))
            at = index + 1
    out.append(Span(at, end))
    return [one for one in out if one.cut(text).strip()]


def _printed_names(label: str) -> str:
    return label.rsplit(" ", 1)[0] if " " in label else ""


def _read_piece(text: str, piece: Span, gaps: Sequence[Span], inherited: str) -> list[Work] | None:
    tokens = tokenise(text, piece.start, piece.end, gaps)
    year_at = _year_place(tokens, 0)
    if year_at is None:
        return None
    before = tokens[:year_at]
    while before and before[-1].kind in (",", ".", ":", "(", "dash") and not _is_initial(before):
        before = before[:-1]
    before = _without_prefix(before)
    printed = text[before[0].start : before[-1].end] if before else inherited
    parsed = parse_names(printed) if printed else None
    if parsed is None:
        return None
    names, others = parsed
    works: list[Work] = []
    at = year_at
    while at is not None and at < len(tokens):
        year, suffix, after = _year(tokens, at)
        first = before[0].start if before and not works else tokens[at].start
        label = " ".join([*" ".join(printed.split()).rstrip(",").split(), year + suffix])
        work = Work(label, Span(first, tokens[after - 1].end), Mention(names, year, suffix.lower(), others))
        works.append(work)
        following = _next_year(tokens, after)
        rest = tokens[after : following if following is not None else len(tokens)]
        places = _places(rest)
        if places is None:
            return None
        work.places += places
        at = following if following is not None else len(tokens)
    return works


def _is_initial(tokens: Sequence[Token]) -> bool:
    return len(tokens) >= 2 and tokens[-1].kind == "." and len(tokens[-2].text) <= 2


def _year_place(tokens: Sequence[Token], at: int) -> int | None:
    for index in range(at, len(tokens)):
        if _is_year(tokens, index):
            return index
    return None


def _is_year(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.kind != "num" or len(token.text) != 4 or not 1500 <= token.number <= 2100:
        return False
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is not None and after.kind == "word" and after.glued and not _YEAR_SUFFIX.fullmatch(after.text):
        return False
    return not (index and tokens[index - 1].kind in ("dash", ":", "№") and tokens[index - 1].glued and index > 1)


def _year(tokens: Sequence[Token], at: int) -> tuple[str, str, int]:
    """(year, its letter, the index after): also `2003/2010` and `1998–2001`, of which the first counts."""
    year, suffix = tokens[at].text, ""
    at += 1
    if at < len(tokens) and tokens[at].kind == "word" and _YEAR_SUFFIX.fullmatch(tokens[at].text) and tokens[at].glued:
        suffix = tokens[at].text
        at += 1
    elif at < len(tokens) and tokens[at].kind == "word" and tokens[at].text.lower() in citing_words().year_words:
        at += 1
        if at < len(tokens) and tokens[at].kind == ".":
            at += 1
    if at + 1 < len(tokens) and tokens[at].kind in ("/", "dash") and tokens[at + 1].kind == "num":
        at += 2
    if at < len(tokens) and tokens[at].kind == "]" and year:
        at += 1
    return year, suffix, at


def _next_year(tokens: Sequence[Token], at: int) -> int | None:
    """A further year of the same author: `2023, 2024`, `2020a, 2020b`, but not the page in `2024, 1999 б.`"""
    if at + 1 < len(tokens) and tokens[at].kind == "," and _is_year(tokens, at + 1):
        after = tokens[at + 2] if at + 2 < len(tokens) else None
        if after is None or after.kind in (",", ";", ":") or (after.kind == "word" and after.glued):
            return at + 1
    return None


def _places(tokens: Sequence[Token]) -> list[Place] | None:
    """What follows the year: pages with or without a word."""
    rest = [one for one in tokens if one.kind != ")"]
    while rest and rest[-1].kind in (".", ","):
        rest = rest[:-1]
    if not rest:
        return []
    elements = read_elements(rest)
    if elements is None:
        return None
    return [_as_page(one) for one in elements]


def _as_page(element: Element) -> Place:
    what = element.what
    return Place("page", what.value, "bare") if isinstance(what, Number) else what


def _without_prefix(tokens: list[Token]) -> list[Token]:
    """The names without `см.:`, `see also`, `қар.` before them."""
    prefixes = citing_words().prefix
    words: list[str] = []
    cut = 0
    for index, token in enumerate(tokens[:6]):
        if token.kind == "word":
            words.append(token.text.lower())
            if " ".join(words) in prefixes:
                cut = index + 1
        elif token.kind not in (".", ":", ","):
            break
    while cut and cut < len(tokens) and tokens[cut].kind in (".", ":", ","):
        cut += 1
    return tokens[cut:]


_BACK = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?\.?|&|,|\S")


def names_before(text: str, at: int) -> tuple[Span, str] | None:
    """The names printed directly before a bracket at `at`: (where they stand, as printed), or None.

    >>> names_before("деп жазады Омаров К. Т. (2024)", 24)[1]
    'Омаров К. Т.'
    """
    words = citing_words()
    low = max(0, at - _NARRATIVE)
    parts = {part for phrase in words.others for part in phrase.replace(".", ". ").split()}
    parts |= {part.rstrip(".") for part in parts}
    start = at
    seen_name = False
    for found in reversed(list(_BACK.finditer(text, low, at))):
        word = found[0]
        small = word.lower()
        if not seen_name and small.rstrip(".") in parts:
            continue
        if word[0].isalpha() and word[0].isupper():
            if seen_name and word.endswith(".") and not is_initials(word) and len(word) > 3:
                break
            start, seen_name = found.start(), seen_name or not is_initials(word)
        elif word == "," or small in words.conjunctions or small in words.particles:
            if not seen_name and start == at and word == ",":
                break
        else:
            break
    if start == at or not seen_name:
        return None
    end = at
    while text[end - 1].isspace():
        end -= 1
    return Span(start, end), text[start:end]


def shorter(text: str, names: Span) -> list[Span]:
    """`names` and its shorter readings, the longest first: `Ғалым Омаров К.` → `Омаров К.`"""
    starts = [found.start() for found in re.finditer(r"(?<!\w)[^\W\d_]", text[names.start : names.end])]
    return [Span(names.start + at, names.end) for at in starts if text[names.start + at].isupper()]
