"""Numeric markers: the inside of `[3, с. 15; 7–9]` → its sources with their places.

A number is a source where the list has it, else a page of the source before it; after a word (`с.`, `-б.`) it is a
place. Nothing raises: what does not read as a marker gives None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kzcite.finder.places import Element, Number, Place, join_places, read_elements
from kzcite.finder.tokens import Token
from kzcite.model import Locator, Span
from kzcite.tables.citing import citing_words

LONGEST_RANGE = 30
_MOST_UNLISTED = 500
_MOST_SOURCES = 60


@dataclass(slots=True)
class Source:
    """A source inside a marker: its number, where it is printed, its places."""

    label: str
    span: Span
    places: list[Place] = field(default_factory=list)

    @property
    def locator(self) -> Locator | None:
        return join_places(self.places)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers that entries have: `most` is the highest; 0 for a document whose list is missing."""

    known: frozenset[int]
    most: int

    bare_pages: bool = False
    """The document prints pages without a word: `[59, 84]` is page 84 of source 59."""

    @property
    def slack(self) -> int:
        """The highest number that may still be an author's slip and not something else."""
        return self.most * 2 + 10 if self.most else _MOST_UNLISTED


def read_numeric(tokens: Sequence[Token], numbers: Numbers) -> list[Source] | None:
    """The sources of a numeric marker, None where the tokens are no marker."""
    at = skip_prefix(tokens)
    if at is None:
        return None
    elements = read_elements(tokens, at)
    if not elements or not isinstance(elements[0].what, Number) or elements[0].separator:
        return None
    if _is_matrix(elements) or _has_bad_number(elements):
        return None
    return _assign(tokens, elements, numbers)


def skip_prefix(tokens: Sequence[Token]) -> int | None:
    """Where the numbers begin after `См.:`, `Цит. по:`, `see also`; None for words that are no such prefix."""
    at = 0
    vocabulary = citing_words().prefix_words
    words = 0
    while at < len(tokens) and tokens[at].kind in ("word", ".", ":", ",", "dash"):
        if tokens[at].kind == "word":
            if tokens[at].text.lower() not in vocabulary:
                return at if words else None
            words += 1
        elif not words:
            return None
        at += 1
    return at


def _is_matrix(elements: list[Element]) -> bool:
    """Numbers with only spaces between them."""
    return any(
        not one.separator and isinstance(one.what, Number) and isinstance(before.what, Number)
        for before, one in pairwise(elements)
    )


def _has_bad_number(elements: list[Element]) -> bool:
    """Zero, numbers with a leading zero, and decimals are no list numbers."""
    points = [index for index, one in enumerate(elements) if one.separator == "." and isinstance(one.what, Number)]
    if points:
        pages = [elements[index].what for index in points]
        plain = all(isinstance(one, Number) and len(one.low) <= 3 for one in pages)
        chained = any(after - before == 1 for before, after in pairwise(points))
        several = len([one for one in elements if one.separator in ("", ",", ";")]) > 1
        short = any(isinstance(one, Number) and len(one.low) < 2 for one in pages)
        if not plain or chained or (several and short):
            return True
    for one in elements:
        if isinstance(one.what, Number):
            for text in (one.what.low, one.what.high):
                if text is not None and (text.startswith("0") or len(text) > 5):
                    return True
    return False


def _assign(tokens: Sequence[Token], elements: list[Element], numbers: Numbers) -> list[Source] | None:
    sources: list[Source] = []
    listed = _is_listing(elements)
    for index, element in enumerate(elements):
        what, separator = element.what, element.separator
        if isinstance(what, Place):
            if not sources:
                return None
            sources[-1].places.append(what)
            continue
        before = elements[index - 1] if index else None
        after = elements[index + 1] if index + 1 < len(elements) else None
        a_source = listed and int(what.high or what.low) <= numbers.slack
        if sources and not a_source and (separator in (":", ".") or _is_page(what, before, after, separator, numbers)):
            named = "before" if _named_before(before) else ("bare" if separator == "," else "colon")
            sources[-1].places.append(Place("page", what.value, named))
            continue
        span = Span(tokens[element.first].start, tokens[element.last - 1].end)
        labels = _labels(what, numbers)
        if labels is None or len(sources) + len(labels) > _MOST_SOURCES:
            return None
        sources += [Source(str(number), span) for number in labels]
    if not any(int(one.label) in numbers.known for one in sources) and not _plausible_unlisted(sources, numbers):
        return None
    return sources


def _is_listing(elements: Sequence[Element]) -> bool:
    """Whether three or more numbers stand between semicolons without any place: `[1; 2; 19]` lists sources, one of
    which the list may lack; in `[5; 123]` the second is a page."""
    return len(elements) >= 3 and all(isinstance(one.what, Number) and one.separator in ("", ";") for one in elements)


def before_is_page(before: Element | None) -> bool:
    """Whether a number with a comma stands before: the third number of `[3, 5, 8]` makes it a list."""
    return before is not None and before.separator == ","


def is_bare_pair(sources: Sequence[Source]) -> bool:
    """Whether a marker is two numbers with a comma, `[59, 84]` or `[59, 84-86]`, read either way."""
    if len(sources) == 1:
        return [one.named for one in sources[0].places] == ["bare"]
    return len(sources) == 2 and not sources[0].places and not sources[1].places


def _named_before(before: Element | None) -> bool:
    return before is not None and isinstance(before.what, Place) and before.what.named == "before"


def _is_page(number: Number, before: Element | None, after: Element | None, separator: str, numbers: Numbers) -> bool:
    """Whether a number without a word is a page of the source before it."""
    tolerance = 0 if numbers.bare_pages else max(3, numbers.most // 5)
    beyond = bool(numbers.most) and int(number.high or number.low) > numbers.most + tolerance
    if separator == ";":
        return beyond
    if before is not None and isinstance(before.what, Place):
        followed = after is not None and isinstance(after.what, Place) and after.separator in (",", ".", "", ":")
        continues = before.what.named in ("before", "bare", "colon") and not followed
        return continues or beyond
    if numbers.bare_pages and separator == "," and after is None and not before_is_page(before):
        return True
    if number.high is not None and not numbers.most and int(number.high) - int(number.low) >= LONGEST_RANGE:
        return True
    return beyond


def _labels(number: Number, numbers: Numbers) -> list[int] | None:
    low = int(number.low)
    if number.high is None:
        return [low] if low <= numbers.slack and not (1500 <= low <= 2100 and low > numbers.most) else None
    high = int(number.high)
    if abs(high - low) >= LONGEST_RANGE or max(low, high) > numbers.slack:
        return None
    return list(range(low, high + 1)) if low <= high else list(range(low, high - 1, -1))


def _plausible_unlisted(sources: list[Source], numbers: Numbers) -> bool:
    """A marker all of whose numbers are beyond the list: one number, or numbers with a place."""
    labels = [int(one.label) for one in sources]
    if any(one.places for one in sources):
        return len(labels) <= 5
    if numbers.most:
        return len({one.span for one in sources}) == 1
    return labels == sorted(labels)
