"""The type of an item: features of a labelled line for a maximum-entropy classifier, and its answer.

`none` means that the line is no reference. Features come from keys that return in many lines (a word of a title, the
set of fields that are there), so that a key's features are spelt out and looked up once, and remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Any

import numpy as np

from kzcite.parser.kindrules import certain, is_possible, newspapers
from kzcite.parser.model import SCALE, Section
from kzcite.parser.segment import NO_FIELD
from kzcite.parser.word import Word, word
from kzcite.text.tokens import Token

NONE = "none"
Key = tuple[str, Any]
"""The name of a template and what it spells: `("title", "тілі")`."""

_REPORTS = frozenset("есебі есеп отчет отчёт report доклад баяндамасы otchet".split())
_WORDY = frozenset(("container-title", "genre", "publisher", "archive", "medium", "event-title", "edition"))
_MARKS = frozenset(("//", "/", "«", "[", "№"))
_MISSED = ("author", "title", "container-title", "publisher", "publisher-place", "issued")
_KEPT = 20_000


@dataclass(slots=True)
class Settled:
    """A line with its final labels; `present` are the fields, `host` the words of the container's title."""

    tokens: Sequence[Token]
    words: Sequence[Word]
    labels: Sequence[str]
    present: frozenset[str]
    host: tuple[str, ...]

    @classmethod
    def of(cls, tokens: Sequence[Token], labels: Sequence[str], words: Sequence[Word] | None = None) -> Settled:
        words = words or [word(token.text, token.kind) for token in tokens]
        present = frozenset(labels) - {NO_FIELD}
        host: tuple[str, ...] = ()
        if "container-title" in present:
            host = tuple(
                [
                    one.low
                    for one, label in zip(words, labels, strict=True)
                    if label == "container-title" and one.kind == "word"
                ]
            )
        return cls(tokens, words, labels, present, host)


def keys(line: Settled) -> Iterator[Key]:
    """What the type is decided on: the fields that are there, their words, the shape of the line."""
    present, words = line.present, line.words
    yield "fields", present
    for mark in _MARKS.intersection([one.low for one in words if one.kind == "mark"]):
        yield "mark", mark
    title: list[str] = []
    days = acts = 0
    for token, label, one in zip(line.tokens, line.labels, words, strict=True):
        if label == "title":
            title.append(one.low)
        elif label == "issued":
            days += one.cls in ("M", "DAY", "d")
        elif label == "URL":
            yield "url", token.text
        if one.roles:
            yield "role", (label, one.low, one.roles)
            acts += "act" in one.roles and label in ("title", "genre")
        if one.kind == "word" and (label == NO_FIELD or label in _WORDY):
            yield "word", (label, one.low)
    days = min(days, 2)
    yield "acts", min(acts, 2)
    yield "days", days
    if "container-title" in present:
        numbered = "issue" in present or "volume" in present
        yield "host", (days, numbered, "page" in present)
        if line.host in newspapers():
            yield "newspaper", numbered
    yield "first", words[0].low if words else ""
    for low in set(title):
        yield "title", low
    if title:
        yield "title-first", title[0]
        yield "title-last", title[-1]
        yield "title-size", min(len(title), 20) // 4
        if _REPORTS & {title[0], title[-1], *title[1:2]}:
            yield "report", ""


def _spell_fields(fields: frozenset[str]) -> list[str]:
    present = sorted(fields)
    out = ["bias", *(f"has={field}" for field in present)]
    out += [f"no={field}" for field in _MISSED if field not in fields]
    out += [f"{a}&{b}" for n, a in enumerate(present) for b in present[n + 1 :]]
    if "container-title" not in fields:
        out += [f"has={field}&alone" for field in present]
    return out


def _spell_url(text: str) -> list[str]:
    return [f"url:{part}" for part in text.split("/")[2:3]] + (["url:bare"] if text.count("/") <= 3 else [])


def _spell_word(key: tuple[str, str]) -> list[str]:
    label, low = key
    return [f"O:{low}"] if label == NO_FIELD else [f"{label}:{low}", f"{label}:~{low[:5]}"]


def _spell_role(key: tuple[str, str, tuple[str, ...]]) -> list[str]:
    label, low, roles = key
    return [f"any:{low}", *(f"{label}^{role}" for role in roles), *(f"any^{role}" for role in roles)]


_SPELL: dict[str, Callable[[Any], list[str]]] = {
    "fields": _spell_fields,
    "mark": lambda mark: [f"mark={mark}"],
    "url": _spell_url,
    "word": _spell_word,
    "role": _spell_role,
    "acts": lambda count: [f"acts={count}"],
    "days": lambda count: [f"day={count}"],
    "host": lambda key: [f"host:day={key[0]}&{key[1]}&{key[2]}"],
    "newspaper": lambda numbered: ["newspaper", f"newspaper:{numbered}"],
    "first": lambda low: [f"first={low}"],
    "title": lambda low: [f"t:{low}", f"t:~{low[:5]}"] if len(low) > 6 else [f"t:{low}"],
    "title-first": lambda low: [f"t0:{low}"],
    "title-last": lambda low: [f"t$:{low}"],
    "title-size": lambda size: [f"tn={size}"],
    "report": lambda _: ["report"],
}


def kind_features(tokens: Sequence[Token], labels: Sequence[str]) -> list[str]:
    """The features of a line by name, in order, each once."""
    return sorted({name for template, key in keys(Settled.of(tokens, labels)) for name in _SPELL[template](key)})


class _Rows(dict[Any, tuple[int, ...]]):
    """The keys of one template → the numbers of those features that the model knows."""

    def __init__(self, features: dict[str, int], spell: Callable[[Any], list[str]]) -> None:
        super().__init__()
        self.features = features
        self.spell = spell

    def __missing__(self, key: Any) -> tuple[int, ...]:
        if len(self) >= _KEPT:
            self.clear()
        features = self.features
        rows = self[key] = tuple([features[name] for name in self.spell(key) if name in features])
        return rows


class Classifier:
    """The classifier of a model's section."""

    def __init__(self, section: Section) -> None:
        self.section = section
        self.known = {template: _Rows(section.features, spell) for template, spell in _SPELL.items()}

    def rank(self, lines: Sequence[Settled]) -> list[list[tuple[str, float]]]:
        """For every line the types with their probabilities, the likeliest first."""
        if not lines:
            return []
        known, zero = self.known, (len(self.section.features),)
        found = [set(zero).union(*[known[template][key] for template, key in keys(line)]) for line in lines]
        chosen = np.fromiter(chain.from_iterable(found), dtype=np.int64)
        starts = [0, *accumulate(map(len, found))][:-1]
        scores = np.add.reduceat(self.section.table[chosen], starts, axis=0).astype(np.float64) / SCALE
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        odds /= odds.sum(axis=1, keepdims=True)
        order = np.argsort(-odds, axis=1, kind="stable").tolist()
        labels = self.section.labels
        return [
            _by_rules([(labels[at], own[at]) for at in ranks], line)
            for ranks, own, line in zip(order, odds.tolist(), lines, strict=True)
        ]


_latest: list[Classifier] = []


def classifier(section: Section) -> Classifier:
    """The classifier of `section`; its memory of keys is kept while the section stays the same."""
    if not _latest or _latest[0].section is not section:
        _latest[:] = [Classifier(section)]
    return _latest[0]


def decide(section: Section, tokens: Sequence[Token], labels: Sequence[str]) -> list[tuple[str, float]]:
    """The types of one line with their probabilities, the likeliest first."""
    return classifier(section).rank([Settled.of(tokens, labels)])[0]


def _by_rules(ranked: list[tuple[str, float]], line: Settled) -> list[tuple[str, float]]:
    """`ranked` with the type first that a word decides, and without an impossible one in the first place."""
    first = certain(ranked[0][0], line)
    if first is not None:
        return sorted(ranked, key=lambda one: one[0] != first)
    while len(ranked) > 1 and not is_possible(ranked[0][0], line):
        ranked.append(ranked.pop(0))
    return ranked
