"""The single place where rival readings of a line are weighed: labels → fields, type, language, confidence."""

from __future__ import annotations

from collections.abc import Sequence

from kzcite.model import Field, Item, Origin, Span
from kzcite.parser import confidence, values
from kzcite.parser.kind import NONE, decide
from kzcite.parser.labeller import Labelled
from kzcite.parser.model import Section
from kzcite.parser.recognise import settle
from kzcite.parser.remark import remark_of
from kzcite.parser.segment import Segment, cut_segments, of_field
from kzcite.parser.tongue import language_of
from kzcite.tables.citing import headings
from kzcite.text.tokens import Token

_ORDER = """type language author editor translator compiler title container-title edition genre number publisher-place
publisher issued volume issue part-number number-of-volumes page number-of-pages collection-title collection-number
event-title event-place event-date medium DOI ISBN ISSN URL accessed archive archive_location""".split()
_RANK = {name: at for at, name in enumerate(_ORDER)}
_REFUSE = 0.9
_REFUSE_BARE = 0.75
_SIGNS = frozenset(
    ("author", "issued", "container-title", "URL", "page", "number-of-pages", "publisher-place", "number")
)


def assemble(
    raw: str,
    tokens: Sequence[Token],
    labelled: Labelled,
    kinds_of: Section,
    id: str,
) -> Item | None:
    """The item of a labelled line; None where it is no reference."""
    labels = settle(tokens, labelled.labels)
    kinds = decide(kinds_of, tokens, labels)
    segments = cut_segments(tokens, labels, labelled.scores)
    if not segments or _is_heading(tokens) or _is_none(kinds, labels):
        return None
    fields: list[Field] = []
    for name in dict.fromkeys(one.field for one in segments):
        own = of_field(segments, name)
        made = values.make(name, raw, own)
        if made is None:
            continue
        how = "repaired" if made.repaired else "printed"
        origin = Origin(made.spans, "repaired" if how == "repaired" else "printed", "labeller", _sure(name, own))
        fields.append(Field(name, made.value, origin))
    if not fields:
        return None
    kind, certainty = next(one for one in kinds if one[0] != NONE)
    fields.append(Field("type", kind, Origin((), "inferred", "kind", confidence.of_field("type", certainty))))
    text = {one.name: one.value for one in fields if isinstance(one.value, str)}
    tongue = language_of(text.get("title", ""), tokens, labels, text.get("container-title", ""))
    if tongue:
        fields.append(
            Field("language", tongue, Origin((), "inferred", "language", confidence.of_field("language", 0.98)))
        )
    remark = remark_of(raw, fields) if kind == "legislation" else None
    if remark:
        fields.append(remark)
    fields.sort(key=lambda one: _RANK.get(one.name, 99))
    sure = confidence.of_item(one.origin.confidence for one in fields)
    claimed = [*segments, *(Segment("note", *span) for span in remark.origin.spans)] if remark else segments
    return Item(id, tuple(fields), leftovers(raw, claimed), confidence=sure)


def _is_heading(tokens: Sequence[Token]) -> bool:
    """A line that is nothing but the heading of a reference list (`citing/headings.toml`)."""
    words = [token.text.lower() for token in tokens if token.kind == "word"]
    if not words or len(words) > 9 or any(token.kind not in ("word", "mark") for token in tokens):
        return False
    table = headings()
    if " ".join(words) in table.native or " ".join(words) in table.romanised:
        return True
    return (
        len(words) > 1
        and all(one in table.nouns or one in table.words for one in words)
        and (len(table.nouns.intersection(words)) > 0)
    )


def _is_none(kinds: Sequence[tuple[str, float]], labels: Sequence[str]) -> bool:
    """A line is refused where it is surely none, or likely none and has nothing that only references have."""
    kind, certainty = kinds[0]
    return kind == NONE and certainty >= (_REFUSE if _SIGNS & set(labels) else _REFUSE_BARE)


def _sure(name: str, segments: Sequence[Segment]) -> float:
    return confidence.of_field(name, min(one.score for one in segments))


def leftovers(raw: str, segments: Sequence[Segment]) -> tuple[Span, ...]:
    """The stretches of the line with letters or digits that no field claims."""
    out: list[Span] = []
    at = 0
    for one in [*sorted(segments, key=lambda s: s.start), Segment("", len(raw), len(raw))]:
        if one.start > at:
            start, end = at, one.start
            while start < end and not raw[start].isalnum():
                start += 1
            while end > start and not raw[end - 1].isalnum():
                end -= 1
            if start < end:
                out.append(Span(start, end))
        at = max(at, one.end)
    return tuple(out)
