"""Identifiers, volumes and issues."""

from __future__ import annotations

from collections.abc import Sequence

from kzcite.parser.recognise.rule import Labels, roles, runs
from kzcite.parser.segment import NO_FIELD
from kzcite.text.tokens import Token


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


def volume_and_issue(tokens: Sequence[Token], labels: Labels) -> None:
    """`42(93)` with no number sign is volume 42, issue 93; with one (`№ 42(93)`) all of it is the issue."""
    if "volume" in labels:
        return
    for at in range(1, len(tokens) - 3):
        if tokens[at].kind != "number" or tokens[at + 1].text != "(" or tokens[at + 3].text != ")":
            continue
        if labels[at] == "issue" == labels[at + 2] and labels[at - 1] == NO_FIELD and not _numbered(tokens, at):
            labels[at] = "volume"
            labels[at + 1] = labels[at + 3] = NO_FIELD


def _numbered(tokens: Sequence[Token], at: int) -> bool:
    for token in tokens[max(0, at - 2) : at]:
        if token.text in ("№", "#") or "issue" in roles(token) or token.text == "N.":
            return True
    return False


def bare_volume(tokens: Sequence[Token], labels: Labels) -> None:
    """`(2019). … Education Science, 9, 19-28`: APA's number without a label between host and pages is the volume."""
    if "volume" in labels or not {"issued", "title"} <= set(labels) or labels.index("issued") > labels.index("title"):
        return
    for at in range(1, len(tokens) - 2):
        if labels[at] != "issue" or tokens[at].kind != "number" or tokens[at - 1].text != ",":
            continue
        if tokens[at + 1].text == "," and labels[at + 2] == "page" and not _numbered(tokens, at):
            labels[at] = "volume"


def numbered_issue(tokens: Sequence[Token], labels: Labels) -> None:
    """`№ 27-740` and the bracket of `2(27-740)` are issues, whatever they look like."""
    for start, stop in runs(labels, "page"):
        before = tokens[start - 1] if start else None
        in_bracket = (
            before is not None
            and before.text == "("
            and start > 1
            and labels[start - 2] == "volume"
            and stop < len(tokens)
            and tokens[stop].text == ")"
        )
        if before is not None and (before.text == "№" or in_bracket) and "issue" not in labels:
            labels[start:stop] = ["issue"] * (stop - start)
