"""The readings that lost: what else a stretch of the line could have been, by the labeller's own probabilities."""

from __future__ import annotations

from collections.abc import Sequence

from kzcite.model import Item
from kzcite.parser import values
from kzcite.parser.candidate import Candidate
from kzcite.parser.labeller import Labelled
from kzcite.parser.segment import NO_FIELD, Segment
from kzcite.text.tokens import Token

_LEAST = 0.1
_LEAST_TYPE = 0.03


def find_rivals(
    raw: str, tokens: Sequence[Token], labelled: Labelled, kinds: Sequence[tuple[str, float]], item: Item
) -> tuple[Candidate, ...]:
    """Every stretch that another field claims with a probability over a tenth, and other likely types; best first."""
    out: list[Candidate] = []
    chosen = {one.name: one for one in item.fields}
    for column, field in enumerate(labelled.names):
        if field == NO_FIELD:
            continue
        share = labelled.marginals[:, column]
        at = 0
        while at < len(tokens):
            if share[at] < _LEAST or labelled.labels[at] == field:
                at += 1
                continue
            stop = at
            while stop < len(tokens) and share[stop] >= _LEAST and labelled.labels[stop] != field:
                stop += 1
            made = values.make(field, raw, (Segment(field, tokens[at].start, tokens[stop - 1].end),))
            same = made is not None and field in chosen and made.value == chosen[field].value
            score = round(float(share[at:stop].mean()), 3)
            if (
                made is not None
                and not same
                and any(char.isalnum() for char in raw[tokens[at].start : tokens[stop - 1].end])
            ):
                text = made.value if isinstance(made.value, str) else raw[tokens[at].start : tokens[stop - 1].end]
                out.append(Candidate(field, text, made.spans, score, "labeller"))
            at = stop
    if "type" in chosen:
        out += [
            Candidate("type", name, (), round(score, 3), "kind")
            for name, score in kinds
            if score >= _LEAST_TYPE and name != chosen["type"].value
        ]
    return tuple(sorted(out, key=lambda one: -one.score))
