"""Segments of one field → its value, by the rules of annotation; nothing is translated or guessed.

In: the printed line and the field's segments. Out: the value, the spans it came from, and whether it was repaired.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from kzcite.model import Date, Name, Span
from kzcite.model.item import Value
from kzcite.parser.segment import Segment
from kzcite.text import identifiers, numbers, pages
from kzcite.text.dates import parse_date
from kzcite.text.names import parse_names
from kzcite.text.script import find_repairs

NAME_FIELDS = frozenset(("author", "editor", "translator", "compiler"))
DATE_FIELDS = frozenset(("issued", "accessed", "event-date"))
_OPEN, _CLOSE = '«“„"‘‹([{', '»”“"’›)]}'
_PAIRS = {"»": "«", "”": "“„", "“": "„“", '"': '"', ")": "(", "]": "[", "}": "{", "’": "‘"}
_QUOTES = '«»“”„"‹›'
_EDGE = " \t\u00a0.,;:–—-/=|*•·"
_ABBREVIATION = re.compile(
    r"(?:[^\W\d_]{1,3}|изд|бас|доп|басқ|ed|гг|вв|ғғ|жж|хим|ист|мат|наук|др|конф|толықт|дис|ред|лит)\Z"
)


class Made(NamedTuple):
    """A value, the printed spans behind it, and whether a letter or digit was repaired on the way."""

    value: Value
    spans: tuple[Span, ...]
    repaired: bool = False


@lru_cache(maxsize=4096)
def repair(text: str) -> str:
    """`text` with letters of the wrong script replaced, and white space made single and plain."""
    text = re.sub(r"[\u00ad\u200b-\u200d\u2060\ufeff]", "", text)
    text = " ".join(text.split())
    if text.isascii():
        return text
    for one in find_repairs(text):
        text = text[: one.span.start] + one.repaired + text[one.span.end :]
    return text


def make(field: str, raw: str, segments: Sequence[Segment]) -> Made | None:
    """The value of `field`, or None where nothing readable is left of its segments."""
    maker = _MAKERS.get(field, _text)
    made = maker(field, raw, segments)
    if not made or made.value in ("", ()):
        return None
    return made


def trim(raw: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without punctuation at its edges; brackets and quotation marks stay in pairs."""
    while start < end and (raw[start] in _EDGE or raw[start].isspace()):
        start += 1
    while end > start and (raw[end - 1] in _EDGE or raw[end - 1].isspace()):
        if raw[end - 1] == "." and raw[start:end].endswith(("...", "….")):
            break
        end -= 1
    return start, end


def balance(raw: str, start: int, end: int) -> tuple[int, int]:
    """Take in the closing bracket or quotation mark that stands right after, drop one that nothing opens."""
    for _ in range(4):
        text = raw[start:end]
        if not text:
            break
        after = raw[end : end + 1]
        before = raw[start - 1 : start]
        openers = _PAIRS.get(after, "")
        if after and openers and _open_count(text, after) > 0:
            end += 1
        elif before in "([«“„" and before and _open_count(text, "") < 0 and text[-1] != ")":
            start -= 1
        elif text[-1] in "([{«„" or (text[-1] in ")]}»" and _surplus_close(text, text[-1])):
            end -= 1
        elif text[0] in ")]}»" or (text[0] in "([{«" and not any(one in text for one in _CLOSE[_OPEN.index(text[0])])):
            start += 1
        else:
            break
        start, end = trim(raw, start, end)
    return start, end


def _open_count(text: str, closer: str) -> int:
    if closer in ('"', "“", "”"):
        if closer == '"':
            return text.count('"') % 2
        return text.count("„") + text.count("“") - text.count("”") - (text.count("“") if "„" in text else 0)
    if closer:
        return text.count(_PAIRS[closer]) - text.count(closer)
    return text.count("(") - text.count(")") if ")" in text else text.count("«") - text.count("»")


def _surplus_close(text: str, closer: str) -> bool:
    return text.count(closer) > text.count(_PAIRS[closer])


def strip_quotes(text: str) -> str:
    """Without the quotation marks around the whole; inner ones stay.

    >>> strip_quotes("«Алаш» қозғалысы"), strip_quotes("«Логика»")
    ('«Алаш» қозғалысы', 'Логика')
    """
    while len(text) > 2 and text[0] in '«“„"' and text[-1] in '»”“"':
        inner = text[1:-1]
        depth = 0
        for char in inner:
            if char == "«":
                depth += 1
            elif char == "»":
                depth -= 1
                if depth < 0:
                    return text
        if text[0] == '"' and inner.count('"') % 2 == 0 and '"' in inner and re.search(r'"\s+\S.*\s"', inner):
            return text
        if text[0] in "“„" and re.search(r"”.*“", inner):
            return text
        text = inner.strip(" .,;") if inner.strip(" .,;") else inner
    return text


def _spans(raw: str, segments: Sequence[Segment]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for one in segments:
        start, end = trim(raw, one.start, one.end)
        start, end = balance(raw, start, end)
        if start < end:
            out.append((start, end))
    return out


def _merged(raw: str, segments: Sequence[Segment]) -> list[tuple[int, int]]:
    """Neighbouring segments with nothing but punctuation between them are one."""
    out: list[tuple[int, int]] = []
    for one in segments:
        if out and one.start - out[-1][1] <= 4 and not any(char.isalnum() for char in raw[out[-1][1] : one.start]):
            out[-1] = (out[-1][0], one.end)
        else:
            out.append((one.start, one.end))
    return out


def _text(field: str, raw: str, segments: Sequence[Segment]) -> Made | None:
    merged = [Segment(field, start, end) for start, end in _merged(raw, segments)]
    spans = _spans(raw, merged)
    if not spans:
        return None
    printed = [raw[start:end] for start, end in spans]
    cleaned = [repair(one) for one in printed]
    text = cleaned[0]
    for (_, before), (after, _), piece in zip(spans, spans[1:], cleaned[1:], strict=False):
        text += _joint(field, raw[before:after]) + piece
    if field == "archive_location":
        text = (
            text
            if len(cleaned) == 1
            else " ".join(one + ("." if one[-1:] != "." else "") for one in cleaned).strip(".")
        )
    if field in ("title", "container-title", "collection-title", "event-title", "genre", "archive", "medium"):
        text = strip_quotes(text)
    if field == "container-title":
        text = re.sub(r"^In:?\s+(?=[A-Z])", "", text)
    if field == "genre":
        text = re.sub(r"\s*(?:№|No\.?|N)$", "", text)
    if field == "publisher":
        text = re.sub(r"\s+", " ", re.sub(f"[{_QUOTES}]", "", text)).strip(" ,.;:")
    if field in ("title", "container-title", "collection-title", "event-title"):
        text = numbers.roman_to_latin(text) if re.search("[ІХ]", text) else text
    if field in ("edition", "genre", "publisher-place") and spans[-1][1] < len(raw) and raw[spans[-1][1]] == ".":
        last = text.split()[-1] if text.split() else ""
        if field != "genre" and _ABBREVIATION.search(last):
            text += "."
            spans[-1] = (spans[-1][0], spans[-1][1] + 1)
    same = text == " ".join(" ".join(one.split()) for one in printed)
    return Made(text, tuple(Span(*one) for one in spans), not same and repair(" ".join(printed)) != " ".join(printed))


def _joint(field: str, gap: str) -> str:
    """What joins two stretches of a field: the mark that stood between them in the print."""
    if field in ("title", "container-title"):
        return ": " if ":" in gap else ". "
    return ", " if field == "archive_location" and gap.strip().startswith(",") else " "


def _places(field: str, raw: str, segments: Sequence[Segment]) -> Made | None:
    values: list[str] = []
    spans: list[Span] = []
    for one in segments:
        made = _text(field, raw, (one,))
        if made and isinstance(made.value, str) and made.value not in values:
            parts = re.split(r"\s*;\s*|\s+[–—-]\s+|\s+(?:and|и|және)\s+", made.value)
            values += [part for part in parts if part and part not in values]
            spans += made.spans
    return Made("; ".join(values), tuple(spans)) if values else None


def _names(field: str, raw: str, segments: Sequence[Segment]) -> Made | None:
    names: list[Name] = []
    spans: list[Span] = []
    repaired = False
    seen: dict[str, set[str]] = {}
    for one in segments:
        start, end = one.start, one.end
        if raw[end : end + 1] == "." and raw[end - 1].isalpha() and (raw[end - 2 : end - 1] in " ." or end - start < 4):
            end += 1
        printed = raw[start:end]
        clean = repair(re.sub(r"(?<=[\s.])3(?=\.)|(?<= )3$", "З", printed))
        repaired = repaired or clean != " ".join(printed.split())
        new = False
        for name in parse_names(clean):
            family, initial = _person_key(name)
            known = seen.setdefault(family, set())
            if known and (initial in known or not initial or "" in known):
                continue
            known.add(initial)
            names.append(name)
            new = True
        if new or not spans:
            spans.append(Span(start, end))
    return Made(tuple(names), tuple(spans), repaired) if names else None


def _person_key(name: Name) -> tuple[str, str]:
    """What tells two mentions of one person apart from two people: family name and first initial."""
    if name.literal:
        return name.literal.casefold(), ""
    given = re.sub(r"[^\w]", "", name.given)
    return name.family.casefold().replace("ё", "е"), given[:1].casefold()


def _date(field: str, raw: str, segments: Sequence[Segment]) -> Made | None:
    spans = [Span(one.start, one.end) for one in segments]
    whole = " ".join(raw[span.start : span.end] for span in spans)
    date = parse_date(whole)
    if date is None:
        date = _short_year(whole)
    for span in spans:
        alone = parse_date(span.cut(raw))
        if alone and (date is None or len(alone.parts) > len(date.parts)):
            date = alone
    return Made(date, tuple(spans)) if date else None


def _short_year(text: str) -> Date | None:
    return None


def _volume(field: str, raw: str, segments: Sequence[Segment]) -> Made | None:
    spans = _spans(raw, [Segment(field, a, b) for a, b in _merged(raw, segments)])
    if not spans:
        return None
    start, end = spans[0]
    text = numbers.roman_to_latin(re.sub(r"\s*[-–—]\s*", "-", " ".join(raw[start:end].split())))
    return Made(text.strip(" .,"), (Span(start, end),))


def _issue(field: str, raw: str, segments: Sequence[Segment]) -> Made | None:
    spans = _spans(raw, [Segment(field, a, b) for a, b in _merged(raw, segments)])
    if not spans:
        return None
    text = " ".join(re.sub(r"\s*[-–—]\s*", "-", " ".join(raw[start:end].split())) for start, end in spans)
    text = re.sub(r"^(?:№|No\.?|N\.?)\s*", "", text)
    return Made(repair(text).strip(" .,"), tuple(Span(*one) for one in spans))


def _page(field: str, raw: str, segments: Sequence[Segment]) -> Made | None:
    spans = _spans(raw, segments)
    if not spans:
        return None
    whole = raw[spans[0][0] : spans[-1][1]]
    if len(spans) > 1 and not re.search(r"[^\W\d_]{2,}", whole):
        return Made(pages.page_value(whole), (Span(spans[0][0], spans[-1][1]),))
    return Made(", ".join(pages.page_value(raw[a:b]) for a, b in spans), tuple(Span(*one) for one in spans))


def _extent(field: str, raw: str, segments: Sequence[Segment]) -> Made | None:
    one = segments[0]
    value = pages.extent_value(raw[one.start : one.end])
    return Made(value, (one.span,)) if value else None


def _volumes(field: str, raw: str, segments: Sequence[Segment]) -> Made | None:
    one = segments[0]
    value = numbers.number_word(raw[one.start : one.end])
    return Made(str(value), (one.span,)) if value else None


def _number(field: str, raw: str, segments: Sequence[Segment]) -> Made | None:
    return _issue(field, raw, segments[:1])


def _identifier(convert: Callable[[str], str]) -> Callable[[str, str, Sequence[Segment]], Made | None]:
    def maker(field: str, raw: str, segments: Sequence[Segment]) -> Made | None:
        spans = _merged(raw, segments)
        start, end = spans[0]
        value = convert(raw[start:end])
        return Made(value, (Span(start, end),)) if value else None

    return maker


def _url(field: str, raw: str, segments: Sequence[Segment]) -> Made | None:
    start, end = segments[0].start, segments[0].end
    for one in segments[1:]:
        if one.start - end <= 2:
            end = one.end
    value = identifiers.url_value(raw[start:end])
    return Made(value, (Span(start, end),), value != raw[start:end]) if value else None


_MAKERS: dict[str, Callable[[str, str, Sequence[Segment]], Made | None]] = (
    dict.fromkeys(NAME_FIELDS, _names)
    | dict.fromkeys(DATE_FIELDS, _date)
    | {
        "publisher-place": _places,
        "volume": _volume,
        "collection-number": _volume,
        "part-number": _volume,
        "issue": _issue,
        "number": _number,
        "page": _page,
        "number-of-pages": _extent,
        "number-of-volumes": _volumes,
        "DOI": _identifier(identifiers.doi_value),
        "ISBN": _identifier(identifiers.isbn_value),
        "ISSN": _identifier(identifiers.issn_value),
        "URL": _url,
    }
)
