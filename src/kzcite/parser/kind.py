"""The type of an item: features of a labelled line for a maximum-entropy classifier, and its answer.

`none` means that the line is no reference. What returns in many lines (a word with its label, the set of fields that
are there) has its features named and looked up once, and remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

import numpy as np

from kzcite.parser.kindrules import certain, is_possible, newspapers
from kzcite.parser.model import SCALE, Floats, Section
from kzcite.parser.segment import NO_FIELD, stretches
from kzcite.parser.word import Word, word
from kzcite.text.tokens import Token

NONE = "none"

_REPORTS = frozenset("есебі есеп отчет отчёт report доклад баяндамасы otchet".split())
_WORDY = frozenset(("container-title", "genre", "publisher", "archive", "medium", "event-title", "edition"))
_MARKS = frozenset(("//", "/", "«", "[", "№"))
_MISSED = ("author", "title", "container-title", "publisher", "publisher-place", "issued")
_DAYS = frozenset(("M", "DAY", "d"))
_KEPT = 60_000


@dataclass(slots=True)
class Settled:
    """A line with its final labels; `under` are the words by label, `present` the fields, `host` the words of the
    container's title."""

    tokens: Sequence[Token]
    words: Sequence[Word]
    labels: Sequence[str]
    stretches: list[tuple[str, int, int]]
    under: dict[str, list[Word]]
    present: frozenset[str]
    host: tuple[str, ...]

    @classmethod
    def of(cls, tokens: Sequence[Token], labels: Sequence[str], words: Sequence[Word] | None = None) -> Settled:
        words = words or [word(token.text, token.kind) for token in tokens]
        runs = stretches(labels)
        under: dict[str, list[Word]] = {}
        for label, start, stop in runs:
            under.setdefault(label, []).extend(words[start:stop])
        host = tuple([one.low for one in under.get("container-title", ()) if one.kind == "word"])
        return cls(tokens, words, labels, runs, under, frozenset(under) - {NO_FIELD}, host)


def _name_fields(fields: frozenset[str]) -> list[str]:
    """Features of the set of fields: which are there, which are missed, which stand together."""
    present = sorted(fields)
    out = ["bias", *(f"has={field}" for field in present)]
    out += [f"no={field}" for field in _MISSED if field not in fields]
    out += [f"{a}&{b}" for n, a in enumerate(present) for b in present[n + 1 :]]
    if "container-title" not in fields:
        out += [f"has={field}&alone" for field in present]
    return out


def _name_token(label: str, one: Word) -> list[str]:
    """Features of a word with its label."""
    low, _, _, kind, roles, _, _, _ = one
    out = [f"mark={low}"] if kind == "mark" and low in _MARKS else []
    if label == "title":
        out += [f"t:{low}", f"t:~{low[:5]}"] if len(low) > 6 else [f"t:{low}"]
    if roles:
        out += [f"any:{low}", *(f"{label}^{role}" for role in roles), *(f"any^{role}" for role in roles)]
    if kind == "word" and label == NO_FIELD:
        out.append(f"O:{low}")
    elif kind == "word" and label in _WORDY:
        out += (f"{label}:{low}", f"{label}:~{low[:5]}")
    return out


def _name_line(line: Settled) -> list[str]:
    """Features of the whole line: its days, acts and addresses, its host, the first and last words of its title."""
    present, words, labels, under = line.present, line.words, line.labels, line.under
    title = under.get("title", [])
    days = sum([one.cls in _DAYS for one in under.get("issued", ())])
    acts = sum(["act" in one.roles for one in (*title, *under.get("genre", ()))])
    days, acts = min(days, 2), min(acts, 2)
    out = [f"acts={acts}", f"day={days}", f"first={words[0].low if words else ''}"]
    if "URL" in present:
        for token, label in zip(line.tokens, labels, strict=True):
            if label == "URL":
                out += [f"url:{part}" for part in token.text.split("/")[2:3]]
                out += ["url:bare"] if token.text.count("/") <= 3 else []
    if "container-title" in present:
        numbered = "issue" in present or "volume" in present
        out.append(f"host:day={days}&{numbered}&{'page' in present}")
        if line.host in newspapers():
            out += ("newspaper", f"newspaper:{numbered}")
    if title:
        first, last = title[0].low, title[-1].low
        out += (f"t0:{first}", f"t$:{last}", f"tn={min(len(title), 20) // 4}")
        if not _REPORTS.isdisjoint([one.low for one in (*title[:2], title[-1])]):
            out.append("report")
    return out


def kind_features(tokens: Sequence[Token], labels: Sequence[str]) -> list[str]:
    """The features of a line by name, in order, each once."""
    line = Settled.of(tokens, labels)
    names = {*_name_fields(line.present), *_name_line(line)}
    return sorted(names.union(*map(_name_token, line.labels, line.words)))


class Classifier:
    """The classifier of a model's section."""

    def __init__(self, section: Section) -> None:
        self.section = section
        self.of_fields: dict[frozenset[str], Floats] = {}
        self.of_token: dict[tuple[str, str], list[int]] = {}

    def rank(self, lines: Sequence[Settled]) -> list[list[tuple[str, float]]]:
        """For every line the types with their probabilities, the likeliest first."""
        if not lines:
            return []
        found = [self._features(line) for line in lines]
        chosen = np.fromiter(chain.from_iterable(found), dtype=np.int64)
        starts = [0, *accumulate(map(len, found))][:-1]
        scores = np.add.reduceat(self.section.table[chosen], starts, axis=0)
        scores += np.stack([self._score_fields(line.present) for line in lines])
        scores = scores.astype(np.float64) / SCALE
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        odds /= odds.sum(axis=1, keepdims=True)
        order = np.argsort(-odds, axis=1, kind="stable").tolist()
        labels = self.section.labels
        return [
            _by_rules([(labels[at], own[at]) for at in ranks], line)
            for ranks, own, line in zip(order, odds.tolist(), lines, strict=True)
        ]

    def _score_fields(self, fields: frozenset[str]) -> Floats:
        """What a set of fields adds to the scores, in thousandths; the same sets come again and again."""
        known = self.of_fields.get(fields)
        if known is None:
            if len(self.of_fields) >= _KEPT:
                self.of_fields.clear()
            known = self.of_fields[fields] = self.section.table[self._known(_name_fields(fields))].sum(axis=0)
        return known

    def _features(self, line: Settled) -> set[int]:
        """The numbers of a line's other features, and that of none, so that there is always one."""
        of_token = self.of_token
        found = {len(self.section.features), *self._known(_name_line(line))}
        for label, one in zip(line.labels, line.words, strict=True):
            known = of_token.get((label, one.low))
            if known is None:
                known = self._meet(label, one)
            if known:
                found.update(known)
        return found

    def _meet(self, label: str, one: Word) -> list[int]:
        """The features of a word with its label, remembered; small letters say what kind of token and what roles."""
        if len(self.of_token) >= _KEPT:
            self.of_token.clear()
        known = self.of_token[label, one.low] = self._known(_name_token(label, one))
        return known

    def _known(self, names: list[str]) -> list[int]:
        features = self.section.features
        return [features[name] for name in names if name in features]


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
