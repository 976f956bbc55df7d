"""Segments of one field → its value, by the rules of annotation; nothing is translated or guessed.

In: the printed line and the field's segments. Out: the value, the spans it came from, and whether it was repaired.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from kzcite.model import Name, Span
from kzcite.model.item import Value
from kzcite.parser.segment import Segment
from kzcite.text import identifiers, numbers, pages
from kzcite.text.dates import parse_date
from kzcite.text.names import parse_names
from kzcite.text.script import find_repairs

NAME_FIELDS = frozenset(("author", "editor", "translator", "compiler"))
DATE_FIELDS = frozenset(("issued", "accessed", "event-date"))
_TITLES = frozenset(("title", "container-title", "collection-title", "event-title"))
_ABBREVIATED = frozenset(("edition", "genre", "publisher-place"))
_OPEN, _CLOSE = '«“„"‘‹([{', '»”“"’›)]}'
_PAIRS = {"»": "«", "”": "“„", "“": "„“", '"': '"', ")": "(", "]": "[", "}": "{", "’": "‘"}
_WITHOUT_QUOTES = str.maketrans("", "", '«»“”„"‹›')
_EDGE = " \t\u00a0.,;:–—-/=|*•·"
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]")
_BRACKET = re.compile(f"[{re.escape(_OPEN + _CLOSE)}]")
_ALNUM = re.compile(r"[^\W_]")
_DASH = re.compile(r"\s*[-–—]\s*")
_IN = re.compile(r"In:?\s+(?=[A-Z])")
_NUMBER_SIGNS = ("№", "No", "No.", "N")
_NUMBER_SIGN = re.compile(r"\s*(?:№|No\.?|N)$")
_ISSUE_SIGN = re.compile(r"(?:№|No\.?|N\.?)\s*")
_BETWEEN_PLACES = re.compile(r"\s*;\s*|\s+[–—-]\s+|\s+(?:and|и|және)\s+")
_THREE_FOR_LETTER = re.compile(r"(?<=[\s.])3(?=\.)|(?<= )3$")
_TWO_LETTERS = re.compile(r"[^\W\d_]{2,}")
_NO_SIGN_OF_WORD = re.compile(r"\W")
_ABBREVIATION = re.compile(  # whole words that a point ends: `М.`, `СПб.`, `2-е изд.`, `Cambridge, Mass.`, not `DC`
    r"(?<![^\W\d_])(?![A-Z]{2,3}\Z)"
    r"(?:[^\W\d_]{1,3}|басқ|толықт|стер|стереотип|перераб|испр|исправ|Mass|Calif|Conn|Penn|Wash|Tenn|Minn)\Z"
)


class Made(NamedTuple):
    """A value, the printed spans behind it, and whether a letter or digit was repaired on the way."""

    value: Value
    spans: tuple[Span, ...]
    repaired: bool = False


@lru_cache(maxsize=4096)
def repair(text: str) -> str:
    """`text` with letters of the wrong script replaced, and white space made single and plain."""
    if text.isascii():
        return " ".join(text.split())
    text = " ".join(_INVISIBLE.sub("", text).split())
    for one in find_repairs(text):
        text = text[: one.span.start] + one.repaired + text[one.span.end :]
    return text


def make(field: str, raw: str, segments: Sequence[Segment]) -> Made | None:
    """The value of `field`, or None where nothing readable is left of its segments."""
    maker = _MAKERS.get(field, _text)
    made = maker(field, raw, segments)
    return made if made and made.value else None


def trim(raw: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without punctuation at its edges; brackets and quotation marks stay in pairs."""
    if start < end and raw[start].isalnum() and raw[end - 1].isalnum():
        return start, end
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
        if _BRACKET.search(raw, start, end) is None:
            break
        text = raw[start:end]
        point = raw[end : end + 1] == "."  # of a shortened word: `(XV–XVII вв.)`
        after = raw[end + point : end + point + 1]
        before = raw[start - 1 : start]
        openers = _PAIRS.get(after, "")
        if after and openers and _open_count(text, after) > 0:
            end += 1 + point
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


def _spans(raw: str, stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in stretches:
        start, end = trim(raw, start, end)
        start, end = balance(raw, start, end)
        if start < end:
            out.append((start, end))
    return out


def _merged(raw: str, segments: Sequence[Segment]) -> list[tuple[int, int]]:
    """Neighbouring segments with nothing but punctuation between them are one."""
    out: list[tuple[int, int]] = []
    for one in segments:
        if out and one.start - out[-1][1] <= 4 and not _ALNUM.search(raw, out[-1][1], one.start):
            out[-1] = (out[-1][0], one.end)
        else:
            out.append((one.start, one.end))
    return out


def _text(field: str, raw: str, segments: Sequence[Segment]) -> Made | None:
    if len(segments) == 1 and _is_plain(field, raw, segments[0]):
        _, start, end, _ = segments[0]
        return Made(raw[start:end], (Span(start, end),))
    spans = _spans(raw, _merged(raw, segments))
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
        text = _IN.sub("", text, count=1) if _IN.match(text) else text
    if field == "genre":
        text = _NUMBER_SIGN.sub("", text) if text.endswith(_NUMBER_SIGNS) else text
    if field == "publisher":
        text = " ".join(text.translate(_WITHOUT_QUOTES).split()).strip(" ,.;:")
    if field in _TITLES:
        text = numbers.roman_to_latin(text) if "І" in text or "Х" in text else text
    if field in _ABBREVIATED and spans[-1][1] < len(raw) and raw[spans[-1][1]] == ".":
        last = text.split()[-1] if text.split() else ""
        if field != "genre" and _ABBREVIATION.search(last):
            text += "."
            spans[-1] = (spans[-1][0], spans[-1][1] + 1)
    same = text == " ".join(" ".join(one.split()) for one in printed)
    return Made(text, tuple(Span(*one) for one in spans), not same and repair(" ".join(printed)) != " ".join(printed))


def _is_plain(field: str, raw: str, one: Segment) -> bool:
    """Whether the stretch is the value as it stands, as most are: a letter at each end, no brackets or quotation marks,
    nothing to repair, and nothing that the field takes away or adds."""
    _, start, end, _ = one
    text = raw[start:end]
    if not (text[0].isalnum() and text[-1].isalnum()) or _BRACKET.search(text) or repair(text) != text:
        return False
    if field in _TITLES:
        return not ("І" in text or "Х" in text or text.startswith("In"))
    return field not in _ABBREVIATED or (field != "genre" and raw[end : end + 1] != ".")


def _joint(field: str, gap: str) -> str:
    """What joins two stretches of a field: the mark that stood between them in the print."""
    if field in ("title", "container-title"):
        return ": " if ":" in gap else ". "
    if field == "genre" and gap[:1] == ".":
        return ". "  # `Пат. 12345 РК`
    return ", " if field == "archive_location" and gap.strip().startswith(",") else " "


def _places(field: str, raw: str, segments: Sequence[Segment]) -> Made | None:
    values: list[str] = []
    spans: list[Span] = []
    for one in segments:
        made = _text(field, raw, (one,))
        if made and isinstance(made.value, str) and made.value not in values:
            if len(segments) == 1 and " " not in made.value and ";" not in made.value:
                return Made(made.value, made.spans)
            parts = _BETWEEN_PLACES.split(made.value) if " " in made.value or ";" in made.value else [made.value]
            values += [part for part in parts if part and part not in values]
            spans += made.spans
    return Made("; ".join(values), tuple(spans)) if values else None


def _names(field: str, raw: str, segments: Sequence[Segment]) -> Made | None:
    if len(segments) == 1:
        people, span, repaired = _people(raw, segments[0])
        return Made(people, (span,), repaired) if people else None
    names: list[Name] = []
    spans: list[Span] = []
    repaired = False
    seen: dict[str, set[str]] = {}
    for one in segments:
        before = {family: set(initials) for family, initials in seen.items()}
        people, span, mended = _people(raw, one)
        repaired = repaired or mended
        new = False
        for name in people:
            family, initial = _person_key(name)
            known = before.get(family)  # in one stretch `Berliand & Berliand` are two people
            if known and (initial in known or not initial or "" in known):
                continue
            seen.setdefault(family, set()).add(initial)
            names.append(name)
            new = True
        if new or not spans:
            spans.append(span)
    return Made(tuple(names), tuple(spans), repaired) if names else None


def _people(raw: str, one: Segment) -> tuple[tuple[Name, ...], Span, bool]:
    """The people of a segment, its stretch with the point of the last initial, and whether it was repaired."""
    start, end = one.start, one.end
    if raw[end : end + 1] == "." and raw[end - 1].isalpha() and (raw[end - 2 : end - 1] in " ." or end - start < 4):
        end += 1
    printed = raw[start:end]
    clean = repair(_THREE_FOR_LETTER.sub("З", printed) if "3" in printed else printed)
    return parse_names(clean), Span(start, end), clean != " ".join(printed.split())


def _person_key(name: Name) -> tuple[str, str]:
    """What tells two mentions of one person apart from two people: family name and first initial."""
    if name.literal:
        return name.literal.casefold(), ""
    given = name.given[:1] if name.given[:1].isalpha() else _NO_SIGN_OF_WORD.sub("", name.given)[:1]
    return name.family.casefold().replace("ё", "е"), given.casefold()


def _date(field: str, raw: str, segments: Sequence[Segment]) -> Made | None:
    spans = [one.span for one in segments]
    date = parse_date(" ".join([span.cut(raw) for span in spans]))
    for span in spans if len(spans) > 1 else ():
        alone = parse_date(span.cut(raw))
        if alone and (date is None or len(alone.parts) > len(date.parts)):
            date = alone
    return Made(date, tuple(spans)) if date else None


def _volume(field: str, raw: str, segments: Sequence[Segment]) -> Made | None:
    spans = _spans(raw, _merged(raw, segments))
    if not spans:
        return None
    start, end = spans[0]
    text = raw[start:end]
    if text.isdecimal():
        return Made(text, (Span(start, end),))
    text = numbers.roman_to_latin(_DASH.sub("-", " ".join(text.split())))
    return Made(text.strip(" .,"), (Span(start, end),))


def _issue(field: str, raw: str, segments: Sequence[Segment]) -> Made | None:
    spans = _spans(raw, _merged(raw, segments))
    if not spans:
        return None
    text = raw[spans[0][0] : spans[0][1]]
    if len(spans) == 1 and text.isdecimal():
        return Made(text, (Span(*spans[0]),))
    text = " ".join(_DASH.sub("-", " ".join(raw[start:end].split())) for start, end in spans)
    sign = _ISSUE_SIGN.match(text)
    text = text[sign.end() :] if sign else text
    return Made(repair(text).strip(" .,"), tuple(Span(*one) for one in spans))


def _page(field: str, raw: str, segments: Sequence[Segment]) -> Made | None:
    spans = _spans(raw, [(one.start, one.end) for one in segments])
    if not spans:
        return None
    whole = raw[spans[0][0] : spans[-1][1]]
    if len(spans) == 1:
        return Made(pages.page_value(whole), (Span(*spans[0]),))
    if not _TWO_LETTERS.search(whole):
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
