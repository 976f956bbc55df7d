"""Titles, hosts and what stands in brackets beside them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kzcite.parser.recognise.rule import Labels, runs, years
from kzcite.parser.segment import NO_FIELD
from kzcite.text.tokens import Token


def bracketed_translation(tokens: Sequence[Token], labels: Labels) -> None:
    """`Metody analiza moloka [Methods for the analysis of milk]`: the words in brackets are in no field."""
    opened = -1
    given = list(labels)
    for at, token in enumerate(tokens):
        if token.text == "[":
            opened = at
        if token.text != "]" or opened < 1 or at - opened > 80:
            continue
        inside = [one.text for one in tokens[opened + 1 : at] if one.kind == "word"]
        back = opened - 1
        while back > 0 and opened - back < 4 and tokens[back].kind == "mark":
            back -= 1
        field = labels[back]
        if inside and field in _TRANSLATED and all(map(str.isascii, inside)) and _is_latin(tokens, given, field):
            for inner in range(opened, at + 1):
                if labels[inner] in _TRANSLATED:
                    labels[inner] = NO_FIELD
        opened = -1


_TRANSLATED = frozenset(("title", "container-title", "publisher", "collection-title"))


def _is_latin(tokens: Sequence[Token], labels: Labels, field: str) -> bool:
    words = [token.text for token, label in zip(tokens, labels, strict=True) if label == field and token.kind == "word"]
    return bool(words) and sum(one.isascii() for one in words) * 2 > len(words)


def host_needs_title(tokens: Sequence[Token], labels: Labels) -> None:
    """A line with a host and no title: what stands before the host's last sentence is the title; a body in the author's
    place, an archive without a file or a genre at the beginning becomes the title."""
    if "title" in labels:
        return
    if "container-title" in labels:
        start = labels.index("container-title")
        stop = start
        while stop < len(labels) and labels[stop] == "container-title":
            stop += 1
        breaks = [
            at
            for at in range(start + 4, stop - 1)
            if tokens[at].text in (".", "?", "!", "//") and (tokens[at + 1].spaced or tokens[at].text == "//")
            and tokens[at + 1].text[:1].isupper()
        ]  # fmt: skip
        long = [one for one in tokens[start : breaks[-1]] if one.kind == "word" and len(one.text) > 3] if breaks else []
        if len(long) > 2:
            cut = breaks[0] if len(breaks) == 1 else breaks[-1]
            labels[start:cut] = ["title"] * (cut - start)
            labels[cut] = NO_FIELD
        return
    for field, needs in (("archive", "archive_location"), ("genre", "number"), ("event-title", "event-date")):
        if field in labels and needs not in labels and labels.index(field) < 2:
            labels[:] = ["title" if label == field else label for label in labels]
            return


def number_needs_host(tokens: Sequence[Token], labels: Labels) -> None:
    """`Title. Journal. – М., 2003, № 5`: with an issue and no host the title's last sentence is the host."""
    if "container-title" in labels or "issue" not in labels or "title" not in labels or "publisher" in labels:
        return
    start = labels.index("title")
    stop = start
    while stop < len(labels) and labels[stop] == "title":
        stop += 1
    if "title" in labels[stop:]:
        return
    for at in range(stop - 2, start + 1, -1):
        if tokens[at].text in (".", "/", "?") and tokens[at + 1].text[:1].isupper() and tokens[at - 1].kind == "word":
            labels[at] = NO_FIELD
            labels[at + 1 : stop] = ["container-title"] * (stop - at - 1)
            return


def year_in_name(tokens: Sequence[Token], labels: Labels) -> None:
    """`2008 Eighth IEEE International Conference`, `(NeurIPS 2017)`: a year inside a host's name belongs to it."""
    printed = years(tokens)
    dated = [at for at in printed if labels[at] == "issued"]
    for at in printed:
        if labels[at] == "container-title":
            continue
        others = any(one != at for one in dated)
        right = at + 1 < len(labels) and labels[at + 1] == "container-title" and tokens[at + 1].kind == "word"
        left = at > 0 and labels[at - 1] == "container-title" and tokens[at - 1].kind == "word"
        closes = at + 1 < len(tokens) and tokens[at + 1].text == ")"
        goes_on = at > 0 and labels[at - 1] == "issued"
        if others and ((right and not goes_on) or (left and closes)):
            labels[at] = "container-title"


def acronym_of_host(tokens: Sequence[Token], labels: Labels) -> None:
    """A host's Latin acronym in brackets right after it is a part of its name: `… Linguistics (NAACL 2022)`."""
    for at in range(1, len(tokens) - 2):
        if tokens[at].text != "(" or labels[at - 1] != "container-title" or labels[at + 1] == "container-title":
            continue
        stop = at + 1
        while stop < len(tokens) and stop - at < 6 and tokens[stop].text != ")":
            stop += 1
        inner = tokens[at + 1].text
        capitals = sum(char.isupper() for char in inner)
        if stop < len(tokens) and tokens[stop].text == ")" and inner.isascii() and capitals >= 3 and len(inner) < 12:
            labels[at : stop + 1] = ["container-title"] * (stop + 1 - at)


def host_after_translation(tokens: Sequence[Token], labels: Labels) -> None:
    """`Title [translation]. Host [translation], vol. 18`: the second stretch of the title is the host."""
    if "container-title" in labels or not {"issue", "volume"} & set(labels):
        return
    stretches = list(runs(labels, "title"))
    for (_, stop), (start, end) in pairwise(stretches):
        gap = [token.text for token in tokens[stop:start]]
        if "]" in gap and "." in gap:
            labels[start:end] = ["container-title"] * (end - start)
            return
