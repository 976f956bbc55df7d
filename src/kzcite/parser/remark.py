"""What stands in round brackets after an act's name beside its date goes to CSL's `note`: the words on amendments, or
the year of adoption where the imprint prints the year again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kzcite.model import Field, Origin, Span
from kzcite.tables import terms

_BRACKET = re.compile(r"\s{0,3}\(([^()]{3,200})\)")
_EDGES = " ,;\t\n"


def remark_of(raw: str, fields: Sequence[Field]) -> Field | None:
    """The remark of an act.

    >>> title = Field("title", "Кодексі", Origin((Span(0, 7),)))
    >>> date = Field("issued", "2014", Origin((Span(9, 13),)))
    >>> remark_of("Кодексі (2014, өзгерістермен). – Астана, 2014.", [title, date]).value
    'өзгерістермен'
    """
    spans = {one.name: one.origin.spans for one in fields}
    if "note" in spans or not spans.get("title"):
        return None
    found = _BRACKET.match(raw, spans["title"][-1].end)
    if not found:
        return None
    inside = Span(*found.span(1))
    if re.fullmatch(r"\d{4}", found[1]) and found[1] in raw[found.end() :]:
        return _field(raw, inside)
    taken = sorted(span for own in spans.values() for span in own if span.overlaps(inside))
    start = taken[-1].end if taken else inside.start
    if taken and raw[inside.start : taken[0].start].strip(_EDGES):
        return None
    while start < inside.end and raw[start] in _EDGES:
        start += 1
    rest = Span(start, inside.end)
    words = re.findall(r"[^\W\d_]+", rest.cut(raw).lower())
    return _field(raw, rest) if not terms.read_forms("year").issuperset(words) else None


def _field(raw: str, span: Span) -> Field:
    return Field("note", " ".join(span.cut(raw).split()), Origin((span,), "printed", "remark", 0.9))
