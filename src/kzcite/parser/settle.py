"""Recognisers that settle labels: what a rule sees for certain overrules the labeller, what cannot be is mended.

In: tokens and the labeller's labels. Out: labels. Each rule is one function of `RULES`, with the pattern it is for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kzcite.parser.features import word
from kzcite.parser.segment import NO_FIELD
from kzcite.text.tokens import Token

Labels = list[str]
Rule = Callable[[Sequence[Token], Labels], None]


def settle(tokens: Sequence[Token], labels: Sequence[str]) -> Labels:
    """`labels` after every rule in turn."""
    out = list(labels)
    for rule in RULES:
        rule(tokens, out)
    return out


def identifiers(tokens: Sequence[Token], labels: Labels) -> None:
    """A DOI is a DOI and a URL with its protocol a URL, wherever they stand; digits after `ISBN` are its number."""
    for at, token in enumerate(tokens):
        if token.kind == "doi":
            labels[at] = "DOI"
        elif token.kind == "url" and (token.text[:4].lower() in ("http", "www.") or token.text.startswith("//")):
            labels[at] = "URL"
        elif token.kind == "word" and token.text.upper() in ("ISBN", "ISSN"):
            stop = at + 1
            while stop < len(tokens) and tokens[stop].text in (":", "–", "-", ".") and stop < at + 3:
                stop += 1
            first = stop
            while stop < len(tokens) and _in_number(tokens, stop, first):
                stop += 1
            if sum(len(one.text) for one in tokens[first:stop] if one.kind == "number") >= 7:
                labels[first:stop] = [token.text.upper()] * (stop - first)


def _in_number(tokens: Sequence[Token], at: int, first: int) -> bool:
    token = tokens[at]
    near = at == first or not token.spaced or tokens[at - 1].kind == "number"
    return near and (token.kind == "number" or token.text in "-–‑XХxх")


def bracketed_translation(tokens: Sequence[Token], labels: Labels) -> None:
    """`Metody analiza moloka [Methods for the analysis of milk]`: the words in brackets are in no field."""
    opened = -1
    latin = {field: _is_latin(tokens, labels, field) for field in _TRANSLATED}
    for at, token in enumerate(tokens):
        if token.text == "[":
            opened = at
        if token.text != "]" or opened < 1 or at - opened > 80:
            continue
        inside = [one.text for one in tokens[opened + 1 : at] if one.kind == "word"]
        back = opened - 1
        while back > 0 and opened - back < 4 and tokens[back].kind == "mark":
            back -= 1
        if inside and latin.get(labels[back]) and all(one.isascii() for one in inside):
            for inner in range(opened, at + 1):
                if labels[inner] in _TRANSLATED:
                    labels[inner] = NO_FIELD
        opened = -1


_TRANSLATED = frozenset(("title", "container-title", "publisher", "collection-title"))


def _is_latin(tokens: Sequence[Token], labels: Labels, field: str) -> bool:
    words = [token.text for token, label in zip(tokens, labels, strict=True) if label == field and token.kind == "word"]
    return bool(words) and sum(one.isascii() for one in words) * 2 > len(words)


def whole_names(tokens: Sequence[Token], labels: Labels) -> None:
    """Initials and the surname beside them bear one label: `Н.Н. Трухан Исследование …`."""
    for at, token in enumerate(tokens):
        if labels[at] != "author" or token.kind != "initials":
            continue
        back = at - 1
        while back >= 0 and labels[back] == "author" and (tokens[back].kind == "initials" or tokens[back].text in ",."):
            back -= 1
        after = at + 1
        if (
            (back >= 0 and labels[back] == "author" and tokens[back].kind == "word")
            or after >= len(tokens)
            or labels[after] == "author"
        ):
            continue
        if tokens[after].kind == "word" and tokens[after].text[:1].isupper() and not _is_label(tokens[after]):
            labels[after] = "author"


def _is_label(token: Token) -> bool:
    return bool(word(token.text, token.kind).roles)


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
            for at in range(start + 2, stop - 1)
            if tokens[at].text in (".", "?", "!", "//") and (tokens[at + 1].spaced or tokens[at].text == "//")
            and tokens[at + 1].text[:1].isupper()
        ]  # fmt: skip
        if breaks:
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
    years = [
        at for at, label in enumerate(labels) if label == "issued" and word(tokens[at].text, tokens[at].kind).cls == "Y"
    ]
    if "container-title" not in labels:
        return
    for at, token in enumerate(tokens):
        if labels[at] == "container-title" or word(token.text, token.kind).cls != "Y":
            continue
        others = [one for one in years if one != at]
        right = at + 1 < len(labels) and labels[at + 1] == "container-title" and tokens[at + 1].kind == "word"
        left = at > 0 and labels[at - 1] == "container-title" and tokens[at - 1].kind == "word"
        closes = at + 1 < len(tokens) and tokens[at + 1].text == ")"
        dated = at > 0 and labels[at - 1] == "issued"
        if others and ((right and not dated) or (left and closes)):
            labels[at] = "container-title"
    _acronym(tokens, labels)


def _acronym(tokens: Sequence[Token], labels: Labels) -> None:
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


def volume_and_issue(tokens: Sequence[Token], labels: Labels) -> None:
    """`42(93)` with no number sign is volume 42, issue 93; with one (`№ 42(93)`) all of it is the issue."""
    for at in range(1, len(tokens) - 3):
        if tokens[at].kind != "number" or tokens[at + 1].text != "(" or tokens[at + 3].text != ")":
            continue
        if labels[at] == "issue" == labels[at + 2] and labels[at - 1] == NO_FIELD and not _numbered(tokens, at):
            labels[at] = "volume"
            labels[at + 1] = labels[at + 3] = NO_FIELD


def _numbered(tokens: Sequence[Token], at: int) -> bool:
    for token in tokens[max(0, at - 2) : at]:
        if token.text in ("№", "#") or "issue" in word(token.text, token.kind).roles or token.text == "N.":
            return True
    return False


def digit_for_initial(tokens: Sequence[Token], labels: Labels) -> None:
    """`Сәнік 3. Жыр шашу`: a 3 in the place of an initial is the letter З."""
    if len(tokens) < 4 or labels[0] not in ("author", "title") or labels[0] == labels[1] == "author":
        return
    first, digit, point, after = tokens[:4]
    if (
        first.text[:1].isupper()
        and digit.text == "3"
        and point.text == "."
        and not point.spaced
        and after.kind == "word"
    ):
        labels[:2] = ["author", "author"]
        labels[2] = "author"


def glued_place(tokens: Sequence[Token], labels: Labels) -> None:
    """`лингвистикаА.,2009ж.`: a capital glued to a word, a point and a year make a place of publication."""
    for at in range(1, len(tokens) - 2):
        token = tokens[at]
        if token.spaced or len(token.text) != 1 or not token.text.isupper() or tokens[at - 1].kind != "word":
            continue
        near = [one for one in tokens[at + 1 : at + 4] if word(one.text, one.kind).cls == "Y"]
        if tokens[at + 1].text == "." and near and tokens[at - 1].text[-1].islower():
            labels[at] = "publisher-place"
            labels[at + 1] = NO_FIELD


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
    if (
        opened
        and any("act" in word(one.text, one.kind).roles for one in tokens[start:stop])
        and "number" in labels[stop:second]
    ):
        labels[start:stop] = ["genre"] * (stop - start)


RULES: tuple[Rule, ...] = (
    identifiers,
    volume_and_issue,
    digit_for_initial,
    glued_place,
    kind_of_act,
    bracketed_translation,
    whole_names,
    host_needs_title,
    number_needs_host,
    year_in_name,
)

__all__ = ["RULES", "settle"]
