"""Acts."""

from __future__ import annotations

from collections.abc import Sequence

from kzcite.parser.recognise.rule import Labels, roles, runs
from kzcite.parser.segment import NO_FIELD
from kzcite.text.tokens import Token


def kind_of_act(tokens: Sequence[Token], labels: Labels) -> None:
    """`Law of … dated … No. … «On …»`: where a quoted title follows, the kind words before it are the genre."""
    if "number" not in labels or "title" not in labels:
        return
    start = labels.index("title")
    stop = start
    while stop < len(labels) and labels[stop] == "title":
        stop += 1
    if "title" not in labels[stop:]:
        return
    second = labels.index("title", stop)
    opened = tokens[second - 1].text in ("«", '"', "“", "„") or tokens[second].text[:1] in '«"“„'
    if opened and any("act" in roles(one) for one in tokens[start:stop]) and "number" in labels[stop:second]:
        labels[start:stop] = ["genre"] * (stop - start)


def amending_act(tokens: Sequence[Token], labels: Labels) -> None:
    """`Law … (as amended by Law No. 306)`: kind words in brackets after an act's own are in no field."""
    stretches = list(runs(labels, "genre"))
    if len(stretches) < 2 or "number" not in labels:
        return
    for start, stop in stretches[1:]:
        opened = sum((token.text == "(") - (token.text == ")") for token in tokens[:start])
        if opened > 0:
            labels[start:stop] = [NO_FIELD] * (stop - start)
