"""The rarer styles of numeric marker: round brackets, slashes, superscripts; believed only as a document's style."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kzcite.finder.context import Surroundings
from kzcite.finder.numeric import Numbers
from kzcite.model import Span
from kzcite.tables.citing import citing_words

if TYPE_CHECKING:
    from kzcite.finder.markers import Candidate

_UNIT_BEFORE = re.compile(r"\d\s*[^\W\d_]{1,3}\.?\s*$")
_SENTENCE_ENDS = frozenset(".,;:!?»”)")
_NUMBER_BEFORE = re.compile(r"\d[\d.,]*\s*$")
_UNITS = "к?м|см|дм|мм|га|km|cm|mm|dm|m|s|с|сек|ft|in|[a-zA-Zα-ωχ]"
_POWER_BEFORE = re.compile(rf"(?:\d|(?<![^\W\d_])(?:{_UNITS}))$")


def without_options(text: str, found: Sequence[Candidate]) -> list[Candidate]:
    """Drop the options of a sentence, numbers that stand before their words: `: [1] иә, [2] жоқ, [3] білмеймін`."""
    out: list[Candidate] = []
    at = 0
    while at < len(found):
        end = at + 1
        while end < len(found) and _next_option(text, found[end - 1], found[end]):
            end += 1
        if (
            end - at >= 2
            and _is_option(text, found[at], first=True)
            and all(_is_option(text, one, first=False) for one in found[at + 1 : end])
        ):
            at = end
            continue
        out.append(found[at])
        at += 1
    return out


def _next_option(text: str, one: Candidate, after: Candidate) -> bool:
    if len(one.sources) != 1 or len(after.sources) != 1 or int(after.sources[0].label) != int(one.sources[0].label) + 1:
        return False
    between = text[one.span.end : after.span.start]
    return len(between) <= 80 and between.strip()[:1].isalpha() and between.rstrip()[-1:] in (",", ";")


def _is_option(text: str, one: Candidate, first: bool) -> bool:
    before = text[max(0, one.span.start - 4) : one.span.start].rstrip()
    after = text[one.span.end : one.span.end + 2]
    starts = before.endswith((":", "–", "—")) if first else before.endswith((",", ";"))
    return starts and after[:1] == " " and after[1:].isalpha() and one.sources[0].label == "1" if first else starts


def slashes(text: str, found: Sequence[Candidate]) -> list[Candidate]:
    """Markers between slashes: believed where the list answers them and no date or fraction touches them."""
    good = [one for one in found if one.answered and _is_free(text, one.span)]
    return good if len(good) * 2 >= len(found) else []


def _is_free(text: str, span: Span) -> bool:
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    return not before.isdigit() and not (after.isalnum())


def rounds(text: str, found: Sequence[Candidate], around: Surroundings, numbers: Numbers) -> list[Candidate]:
    """Markers in round brackets: only where the document has no square ones, and not numbers of formulas or points."""
    if not numbers.most:
        return []
    good = [one for one in found if one.answered and _round_fits(text, one, around)]
    if not good:
        return []
    firm = [one for one in good if len(one.sources) > 1 or one.sources[0].places]
    bad = sum(1 for one in found if one not in good)
    if not firm and (bad > len(good) or _are_points(text, good)):
        return []
    if bad > 3 * len(good):
        return []
    return good


def _round_fits(text: str, one: Candidate, around: Surroundings) -> bool:
    start, end = one.span
    line = around.lines[around.line_at(start)]
    window = text[max(line.start, start - 200) : start]
    if start and not text[start - 1].isspace():
        return False
    alone = not one.sources[0].places and len(one.sources) == 1
    if alone and start - line.start < 200 and not window.strip():
        return False
    if around.word_before(start) in citing_words().not_after_round or _UNIT_BEFORE.search(
        text[max(0, start - 12) : start]
    ):
        return False
    if _NUMBER_BEFORE.search(text[max(0, start - 12) : start]) and not one.sources[0].places:
        return False
    after = text[end : end + 40].lstrip()
    word = re.match(r"[^\W\d_]+", after)
    if word and word[0].lower() in citing_words().not_before:
        return False
    if around.is_code(start) or around.is_quoted_code(start):
        return False
    if one.sources[0].places or len(one.sources) > 1:
        return True
    return not after or after[0] in _SENTENCE_ENDS or text[end] == " "


def _are_points(text: str, found: Sequence[Candidate]) -> bool:
    """Whether the numbers only count the points of a sentence: (1) …; (2) …; (3) …, each before its words."""
    run = 0
    for one in found:
        before = text[max(0, one.span.start - 3) : one.span.start].rstrip()[-1:]
        after = text[one.span.end : one.span.end + 2]
        run += before in ("", ":", ";", ",", ".") and after[:1] == " " and after[1:2].isalpha()
    return run * 2 > len(found)


def is_power(text: str, span: Span) -> bool:
    """Whether a superscript is an exponent: after a digit, a unit or a single Latin letter (`м²`, `10⁵`, `x²`)."""
    before = text[max(0, span.start - 4) : span.start]
    return not before.strip() or before[-1:].isspace() or bool(_POWER_BEFORE.search(before))


def superscripts(text: str, found: Sequence[Candidate]) -> list[Candidate]:
    """Superscript markers: believed where the list answers most of them."""
    good = [one for one in found if one.answered]
    return good if good and len(good) * 2 >= len(found) else []
