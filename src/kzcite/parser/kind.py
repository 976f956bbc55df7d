"""The type of an item: features of a labelled line for a maximum-entropy classifier, and its answer.

`none` means that the line is no reference.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from kzcite.parser.model import Section
from kzcite.parser.segment import NO_FIELD
from kzcite.parser.word import word
from kzcite.tables.loader import read_rows, read_toml
from kzcite.text.tokens import Token, tokenise

NONE = "none"
_REPORTS = frozenset("есебі есеп отчет отчёт report доклад баяндамасы otchet".split())
_WORDY = frozenset(("container-title", "genre", "publisher", "archive", "medium", "event-title", "edition"))


@lru_cache(maxsize=1)
def newspapers() -> frozenset[tuple[str, ...]]:
    """The names of `newspapers.csv`, word by word, folded."""
    return frozenset(
        tuple(word(token.text, token.kind).low for token in tokenise(row["printed"]) if token.kind == "word")
        for row in read_rows("newspapers.csv")
    )


@lru_cache(maxsize=8)
def stems(kind: str) -> tuple[str, ...]:
    """Beginnings of words that show a type (`kinds.toml`)."""
    return tuple(read_toml("kinds.toml")[kind]["stems"])


def kind_features(tokens: Sequence[Token], labels: Sequence[str]) -> list[str]:
    """What the type is decided on: the fields that are there, their words, the shape of the line."""
    present = sorted(set(labels) - {NO_FIELD})
    out = ["bias"]
    out += [f"has={field}" for field in present]
    out += [
        f"no={field}"
        for field in ("author", "title", "container-title", "publisher", "publisher-place", "issued")
        if field not in present
    ]
    out += [f"{a}&{b}" for n, a in enumerate(present) for b in present[n + 1 :]]
    texts = {token.text for token in tokens}
    out += [f"mark={mark}" for mark in ("//", "/", "«", "[", "№") if mark in texts]
    if "container-title" not in present:
        out += [f"has={field}&alone" for field in present]
    title: list[str] = []
    months = 0
    for token, label in zip(tokens, labels, strict=True):
        one = word(token.text, token.kind)
        if label == "title":
            title.append(one.low)
        if label in _WORDY and token.kind == "word":
            out.append(f"{label}:{one.low}")
            out.append(f"{label}:~{one.low[:5]}")
        if one.roles:
            out += [f"{label}^{role}" for role in one.roles]
            out += [f"any^{role}" for role in one.roles]
            out.append(f"any:{one.low}")
        if label == NO_FIELD and token.kind == "word":
            out.append(f"O:{one.low}")
        if label == "issued" and (one.cls in ("M", "DAY") or (one.cls == "d")):
            months += 1
        if label == "URL":
            out += [f"url:{part}" for part in token.text.split("/")[2:3]]
            if token.text.count("/") <= 3:
                out.append("url:bare")
    acts = sum(
        "act" in word(token.text, token.kind).roles
        for token, label in zip(tokens, labels, strict=True)
        if label in ("title", "genre")
    )
    out.append(f"acts={min(acts, 2)}")
    out.append(f"day={min(months, 2)}")
    if "container-title" in present:
        numbered = {"issue", "volume"} & set(present)
        out.append(f"host:day={min(months, 2)}&{bool(numbered)}&{'page' in present}")
        papers = newspapers()
        host = tuple(
            word(token.text, token.kind).low
            for token, label in zip(tokens, labels, strict=True)
            if label == "container-title" and token.kind == "word"
        )
        if host in papers:
            out.append("newspaper")
            out.append(f"newspaper:{bool(numbered)}")
    out.append(f"first={word(tokens[0].text, tokens[0].kind).low}" if tokens else "first=")
    out += [f"t:{low}" for low in title]
    out += [f"t:~{low[:5]}" for low in title if len(low) > 6]
    if title and (_REPORTS & {title[0], title[-1], *title[1:2]}):
        out.append("report")
    if title:
        out.append(f"t0:{title[0]}")
        out.append(f"t$:{title[-1]}")
        out.append(f"tn={min(len(title), 20) // 4}")
    return sorted(set(out))


def decide(section: Section, tokens: Sequence[Token], labels: Sequence[str]) -> list[tuple[str, float]]:
    """The types with their probabilities, the likeliest first."""
    scores = section.row(kind_features(tokens, labels)).astype(np.float64)
    odds = np.exp(scores - scores.max())
    odds /= odds.sum()
    order = np.argsort(-odds, kind="stable")
    ranked = [(section.labels[at], float(odds[at])) for at in order]
    first = _certain(ranked[0][0], tokens, labels)
    if first is not None:
        return sorted(ranked, key=lambda one: one[0] != first)
    while len(ranked) > 1 and not _is_possible(ranked[0][0], tokens, labels):
        ranked.append(ranked.pop(0))
    return ranked


def _certain(likeliest: str, tokens: Sequence[Token], labels: Sequence[str]) -> str | None:
    """The type where one word decides it: a newspaper's name, a conference's, a patent."""
    words = {word(token.text, token.kind).low.rstrip(".") for token in tokens if token.kind == "word"}
    host = tuple(
        word(token.text, token.kind).low
        for token, label in zip(tokens, labels, strict=True)
        if label == "container-title" and token.kind == "word"
    )
    if host and host in newspapers() and "volume" not in labels and likeliest != "legislation":
        return "article-newspaper"
    if likeliest in ("article-journal", "chapter") and any(one.startswith(stems("conference")) for one in host):
        return "paper-conference"
    if likeliest == "book" and words.intersection(stems("patent")) and "number" in labels:
        return "patent"
    return None


def _is_possible(kind: str, tokens: Sequence[Token], labels: Sequence[str]) -> bool:
    """A thesis says so; an act has a kind word or a number."""
    if kind == "thesis":
        return any(word(token.text, token.kind).low.startswith(stems("thesis")) for token in tokens)
    if kind == "legislation":
        return "number" in labels or any(
            "act" in word(token.text, token.kind).roles
            or word(token.text, token.kind).low.startswith(stems("legislation"))
            for token in tokens
        )
    return True
