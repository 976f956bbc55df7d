"""The single place where rival readings of a line are weighed: labels → fields, type, language, confidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kzcite.model import Field, Item, Origin, Span
from kzcite.model.item import How
from kzcite.parser import confidence, values
from kzcite.parser.kind import NONE, Settled, classifier
from kzcite.parser.labeller import Labelled
from kzcite.parser.model import Section
from kzcite.parser.recognise import settle
from kzcite.parser.remark import remark_of
from kzcite.parser.segment import Segment, cut_segments
from kzcite.parser.tongue import language_of
from kzcite.tables.citing import headings
from kzcite.text.tokens import Token

_ORDER = """type language author editor translator compiler title container-title edition genre number publisher-place
publisher issued volume issue part-number number-of-volumes page number-of-pages collection-title collection-number
event-title event-place event-date medium DOI ISBN ISSN URL accessed archive archive_location""".split()
_RANK = {name: at for at, name in enumerate(_ORDER)}
_ALNUM = re.compile(r"[^\W_]")
_TOGETHER = 512  # lines whose types are decided at once
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
    return next(assemble_all([raw], [tokens], [labelled], kinds_of, [id]))


def assemble_all(
    raws: Sequence[str],
    tokens: Sequence[Sequence[Token]],
    labelled: Sequence[Labelled],
    kinds_of: Section,
    ids: Sequence[str],
) -> Iterator[Item | None]:
    """The items of labelled lines, in order, each line with an id; None for a line that is no reference."""
    for start in range(0, len(raws), _TOGETHER):
        own = slice(start, start + _TOGETHER)
        lines = [
            Settled.of(line, settle(line, answer.labels, answer.words), answer.words)
            for line, answer in zip(tokens[own], labelled[own], strict=True)
        ]
        ranks = classifier(kinds_of).rank(lines)
        for raw, line, answer, kinds, id in zip(raws[own], lines, labelled[own], ranks, ids[own], strict=True):
            yield _item(raw, line, answer.scores, kinds, id)


def _item(raw: str, line: Settled, scores: Sequence[float], kinds: Sequence[tuple[str, float]], id: str) -> Item | None:
    segments = cut_segments(line.tokens, line.stretches, scores)
    if not segments or _is_heading(line.tokens) or _is_none(kinds, line.present):
        return None
    fields = _printed_fields(raw, segments)
    if not fields:
        return None
    kind, certainty = next(one for one in kinds if one[0] != NONE)
    fields.append(_inferred("type", kind, "kind", confidence.of_field("type", certainty)))
    text = {one.name: one.value for one in fields if isinstance(one.value, str)}
    tongue = language_of(text.get("title", ""), line.tokens, line.labels, text.get("container-title", ""))
    if tongue:
        fields.append(_inferred("language", tongue, "language", confidence.of_field("language", 0.98)))
    remark = remark_of(raw, fields) if kind == "legislation" else None
    if remark:
        fields.append(remark)
        segments = sorted((*segments, *(Segment("note", *span) for span in remark.origin.spans)), key=_start)
    fields.sort(key=_rank)
    sure = confidence.of_item([one.origin.confidence for one in fields])
    return Item(id, tuple(fields), leftovers(raw, segments), confidence=sure)


@lru_cache(maxsize=4096)
def _inferred(name: str, value: str, by: str, sure: float) -> Field:
    """A field that no stretch of the line prints."""
    return Field(name, value, Origin((), "inferred", by, sure))


def _printed_fields(raw: str, segments: Sequence[Segment]) -> list[Field]:
    """The fields that the segments make, in the order in which they are printed."""
    grouped: dict[str, list[Segment]] = {}
    for segment in segments:
        grouped.setdefault(segment.field, []).append(segment)
    fields: list[Field] = []
    for name, own in grouped.items():
        made = values.make(name, raw, own)
        if made is not None:
            score = own[0].score if len(own) == 1 else min([one.score for one in own])
            how: How = "repaired" if made.repaired else "printed"
            origin = Origin(made.spans, how, "labeller", confidence.of_field(name, score))
            fields.append(Field(name, made.value, origin))
    return fields


def _rank(field: Field) -> int:
    return _RANK.get(field.name, 99)


def _start(segment: Segment) -> int:
    return segment.start


def _is_heading(tokens: Sequence[Token]) -> bool:
    """A line that is nothing but the heading of a reference list (`citing/headings.toml`)."""
    if any(token.kind not in ("word", "mark") for token in tokens):
        return False
    words = [token.text.lower() for token in tokens if token.kind == "word"]
    if not 1 <= len(words) <= 9:
        return False
    table = headings()
    if " ".join(words) in table.native or " ".join(words) in table.romanised:
        return True
    return (
        len(words) > 1
        and all(one in table.nouns or one in table.words for one in words)
        and (len(table.nouns.intersection(words)) > 0)
    )


def _is_none(kinds: Sequence[tuple[str, float]], present: frozenset[str]) -> bool:
    """A line is refused where it is surely none, or likely none and has nothing that only references have."""
    kind, certainty = kinds[0]
    return kind == NONE and certainty >= (_REFUSE if _SIGNS & present else _REFUSE_BARE)


def leftovers(raw: str, segments: Sequence[Segment]) -> tuple[Span, ...]:
    """The stretches of the line with letters or digits that no field claims; the segments are in order."""
    out: list[Span] = []
    at = 0
    for _, start, end, _ in (*segments, Segment("", len(raw), len(raw))):
        if start > at and (first := _ALNUM.search(raw, at, start)):
            last = start
            while not raw[last - 1].isalnum():
                last -= 1
            out.append(Span(first.start(), last))
        if end > at:
            at = end
    return tuple(out)
