"""Places, publishers, dates."""

from __future__ import annotations

from collections.abc import Sequence

from kzcite.parser.gazetteer import gazetteer
from kzcite.parser.recognise.rule import Labels, cls, joined, roles, runs, years
from kzcite.parser.segment import NO_FIELD
from kzcite.parser.word import DASHES
from kzcite.text.tokens import Token


def glued_place(tokens: Sequence[Token], labels: Labels) -> None:
    """`лингвистикаА.,2009ж.`: a capital glued to a word, a point and a year make a place of publication."""
    for year in years(tokens):
        for at in range(max(1, year - 3), min(year, len(tokens) - 2)):
            token = tokens[at]
            if token.spaced or len(token.text) > 1 or not token.text.isupper() or tokens[at + 1].text != ".":
                continue
            before = tokens[at - 1]
            if before.kind == "word" and before.text[1:].islower():
                labels[at] = "publisher-place"
                labels[at + 1] = NO_FIELD


def publisher_after_place(tokens: Sequence[Token], labels: Labels) -> None:
    """`M.: Kolos.`: what follows a place and a colon is the publisher, not a host."""
    for start, stop in list(runs(labels, "container-title")):
        if start > 1 and tokens[start - 1].text == ":" and "publisher-place" in labels[max(0, start - 3) : start]:
            labels[start:stop] = ["publisher"] * (stop - start)


def whole_date(tokens: Sequence[Token], labels: Labels) -> None:
    """Day and month beside the year bear its label: `от 1 июня 2007`, `2020. – Қаңтар`, `вип. 5 (Лютий)`."""
    dated = [at for at in years(tokens) if labels[at] in ("issued", "accessed")]
    for at in dated:
        field = labels[at]
        for month, day in _beside(tokens, at):
            if labels[month] in _DATELESS and (day is None or labels[day] in _DATELESS):
                labels[month] = field
                if day is not None:
                    labels[day] = field
                break
    if dated and not any(cls(token) == "M" and label == "issued" for token, label in zip(tokens, labels, strict=True)):
        for at, token in enumerate(tokens):
            if labels[at] == "issue" and cls(token) == "M":
                labels[at] = "issued"


_DATELESS = frozenset((NO_FIELD, "issue", "number", "genre", "page"))


def _beside(tokens: Sequence[Token], at: int) -> list[tuple[int, int | None]]:
    """Where month and day of the year at `at` may stand: (month, day or None)."""
    out: list[tuple[int, int | None]] = []
    size = len(tokens)

    def is_month(i: int) -> bool:
        return 0 <= i < size and cls(tokens[i]) == "M" and len(tokens[i].text) > 2

    def is_day(i: int) -> bool:
        return (
            0 <= i < size and tokens[i].kind == "number" and len(tokens[i].text) <= 2 and 1 <= int(tokens[i].text) <= 31
        )

    if is_month(at - 1):
        out.append((at - 1, at - 2 if is_day(at - 2) else None))
    if is_day(at - 2) and tokens[at - 1].text == "," and is_month(at - 3):
        out.append((at - 3, at - 2))
    after = at + 1
    while after < size and after < at + 5 and (tokens[after].kind == "mark" or cls(tokens[after]) == "year"):
        after += 1
    if is_day(after) and is_month(after + 1):
        out.append((after + 1, after))
    elif is_month(after) and tokens[after].text[:1].isupper() and (after + 1 == size or tokens[after + 1].text == "."):
        out.append((after, None))
    return out


def hyphenated_place(tokens: Sequence[Token], labels: Labels) -> None:
    """`Ростов-на-Дону`, `Усть-Каменогорск`: what a hyphen joins to a place is a part of its name."""
    for start, stop in list(runs(labels, "publisher-place")):
        end = stop
        while joined(tokens, end, "-", "word") and tokens[end - 1].kind == "word":
            end += 2
        if end > stop and labels[stop] != "publisher":
            labels[start:end] = ["publisher-place"] * (end - start)


def place_before_publisher(tokens: Sequence[Token], labels: Labels) -> None:
    """`Избранные работы М.: Учпедгиз, 1959`: a known place with a colon before the publisher's name."""
    start = labels.index("publisher")
    if start < 3 or tokens[start - 1].text != ":" or labels[start - 1] == "publisher":
        return
    at = start - 2
    if tokens[at].text == "." and at > 1:
        at -= 1
    if labels[at] in ("container-title", "title", NO_FIELD) and gazetteer().is_place(tokens[at].text.lower()):
        labels[at] = "publisher-place"
        labels[at + 1 : start] = [NO_FIELD] * (start - at - 1)


_NO_YEAR = frozenset(("№", "(", "/", ":", "N"))
_YEARLESS = frozenset((NO_FIELD, "publisher", "publisher-place"))


def lost_year(tokens: Sequence[Token], labels: Labels) -> None:
    """`Алматы: ҚР Салық кодексі 2002 жыл`, `// The Times. – 2017. – April 13`: in a line without a date the last year
    that stands alone is the year of publication."""
    first = labels.index("issued") if "issued" in labels else len(labels)
    if any(
        label == "issued" and any(map(str.isdecimal, token.text)) and len(token.text) > 2
        for token, label in zip(tokens[first:], labels[first:], strict=True)
    ):
        return
    for at in reversed(years(tokens)):
        before = tokens[at - 1].text if at else ""
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        ranged = (not tokens[at].spaced and before in DASHES) or (
            after is not None and not after.spaced and after.text in DASHES
        )
        if (
            labels[at] not in _YEARLESS
            or ranged
            or before in _NO_YEAR
            or (after is not None and after.text in ("/", ")"))
        ):
            continue
        labels[at] = "issued"
        return


def ordinal_edition(tokens: Sequence[Token], labels: Labels) -> None:
    """`(2nd ed., pp. 77–99)`, `3rd rev. ed.`: an ordinal number with the word for an edition after it."""
    for at in range(len(tokens) - 2):
        if tokens[at].kind != "number" or tokens[at + 1].spaced or tokens[at + 1].text not in _ORDINAL:
            continue
        if labels[at] in ("title", "container-title", "event-title"):
            continue
        end = at
        for last in range(at + 2, min(at + 5, len(tokens))):
            if "edition" in roles(tokens[last]):
                end = last + 1
            elif tokens[last].kind != "word" and tokens[last].text != ".":
                break
        labels[at:end] = ["edition"] * (end - at)


_ORDINAL = frozenset(("st", "nd", "rd", "th"))
