"""The statistical labeller: a linear-chain conditional random field over tokens, for many lines at once.

In: lines of tokens. Out: for each token its label on the best path and the probability of every label there.
The weights are those that CRFsuite trained (`tools/model`); the score of a token is the sum over its features
(see `features`). Scores are whole thousandths, so that they do not depend on which lines are read together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kzcite.model.errors import TableError
from kzcite.parser.columns import Row, columns, lay_out
from kzcite.parser.features import OFFSETS, keys, signature
from kzcite.parser.gazetteer import Hidden
from kzcite.parser.model import SCALE, Floats, Section, load
from kzcite.parser.segment import without_stage
from kzcite.parser.wordscores import WordScores
from kzcite.text.tokens import Token

_TOGETHER = 30_000  # tokens that are labelled at once
_ABREAST = 128  # lines decoded side by side: beyond, numpy shares such small products among threads, which costs more
_SCALED = 8  # steps after which sums are brought back to one, long before they are too small for a number
_LIKELY = 6  # labels a token that the best path may go through


@dataclass(slots=True)
class Labelled:
    """One line: the best label of each token and the distribution over `labels` there."""

    labels: list[str]
    scores: list[float]
    marginals: NDArray[np.float64]
    names: tuple[str, ...]


class Labeller:
    """A section of the model with the words that it has met (`words`)."""

    def __init__(self, section: Section, hidden: Hidden | None = None) -> None:
        if section.settings["templates"] != signature():
            raise TableError("the parser's model was trained with other features", hint="train it anew: make model")
        self.section = section
        self.hidden = hidden
        self.words = WordScores(section)
        plain = [without_stage(label) for label in section.labels]
        self.fields = tuple(dict.fromkeys(plain))
        self.field_of = np.array([self.fields.index(one) for one in plain])
        self.first_stage = [plain.index(one) for one in self.fields]
        self.further_stages = [at for at in range(len(plain)) if at not in self.first_stage]
        self.transitions = section.transitions.astype(np.float64) / SCALE

    def label(self, lines: Sequence[Sequence[Token]]) -> list[Labelled]:
        """The lines labelled, in their order; an empty line gives an empty answer."""
        empty = Labelled([], [], np.zeros((0, len(self.fields))), self.fields)
        out: list[Labelled] = [empty] * len(lines)
        for group in _groups(lines):
            answers = self._label([lines[at] for at in group])
            for at, answer in zip(group, answers, strict=True):
                out[at] = answer
        return out

    def _label(self, lines: Sequence[Sequence[Token]]) -> Iterator[Labelled]:
        row = lay_out(lines, self.words.lexicon)
        sizes = np.array([len(line) for line in lines])
        path, marginals = decode(self.scores(row).astype(np.float64) / SCALE, sizes, self.transitions)
        own = self.field_of[path]
        merged = marginals[:, self.first_stage]
        for stage in self.further_stages:
            merged[:, self.field_of[stage]] += marginals[:, stage]
        labels = [self.fields[at] for at in own.tolist()]
        scores = merged[np.arange(len(own)), own].tolist()
        self.words.let_go()
        at = 0
        for size in sizes.tolist():
            yield Labelled(labels[at : at + size], scores[at : at + size], merged[at : at + size], self.fields)
            at += size

    def scores(self, row: Row) -> Floats:
        """For every token of the row the score of every label, in thousandths."""
        tokens = row.tokens
        words = self.words
        words.meet()
        out: Floats = words.own[row.words[tokens]]
        beside = np.empty_like(out)
        for scores, distance in zip(words.near, OFFSETS[1:], strict=True):
            out += np.take(scores, row.near[tokens + distance], axis=0, out=beside, mode="clip")
        find, table = self.section.find, self.section.table
        for chosen, packing, key in keys(columns(row, words.lexicon, self.hidden), tokens):
            if len(packing.masks) == 1:
                feature = find(key | packing.numbers[0])
                if len(chosen) == len(tokens):
                    out += np.take(table, feature, axis=0, out=beside, mode="wrap")
                else:
                    known = np.flatnonzero(feature >= 0)
                    out[chosen[known]] += table[feature[known]]
                continue
            different, which = np.unique(key, return_inverse=True)
            of_key = sum(table[one] for one in find(different & packing.masks | packing.numbers))
            if len(chosen) == len(tokens):
                out += np.take(of_key, which, axis=0, out=beside, mode="clip")
            else:
                out[chosen] += of_key[which]
        return out


def _groups(lines: Sequence[Sequence[Token]]) -> Iterator[list[int]]:
    """The numbers of the lines that are labelled together, the longest first; empty lines are left out."""
    group: list[int] = []
    tokens = 0
    for at in sorted((at for at in range(len(lines)) if lines[at]), key=lambda at: -len(lines[at])):
        if group and tokens + len(lines[at]) > _TOGETHER:
            yield group
            group, tokens = [], 0
        group.append(at)
        tokens += len(lines[at])
    if group:
        yield group


def decode(
    emissions: NDArray[np.float64], sizes: NDArray[np.int64], transitions: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The best path and the posterior distribution of every token, of lines one after another, the longest first.

    The best path goes through labels that are among the _LIKELY most probable ones of their token.
    """
    ends = np.cumsum(sizes)
    path = np.zeros(len(emissions), dtype=np.int64)
    posterior = np.empty_like(emissions)
    for first in range(0, len(sizes), _ABREAST):
        own = sizes[first : first + _ABREAST]
        part = slice(int(ends[first] - own[0]), int(ends[first + len(own) - 1]))
        path[part], posterior[part] = _decode(emissions[part], own, transitions)
    return path, posterior


def _decode(
    emissions: NDArray[np.float64], sizes: NDArray[np.int64], transitions: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    starts = np.cumsum(sizes) - sizes
    alive = np.searchsorted(-sizes, -np.arange(1, int(sizes[0]) + 1), side="right")
    # Step by step: the first tokens of all lines, then their second ones, and so on.
    at = np.concatenate([starts[:count] + step for step, count in enumerate(alive.tolist())])
    steps = [slice(end - count, end) for end, count in zip(np.cumsum(alive).tolist(), alive.tolist(), strict=True)]
    weight = emissions[at]
    weight -= weight.max(axis=1, keepdims=True)
    np.exp(weight, out=weight)
    ordered = _forward(weight, steps, np.exp(transitions))
    ordered *= _backward(weight, steps, np.exp(transitions.T))
    ordered /= ordered.sum(axis=1, keepdims=True)
    posterior = np.empty_like(ordered)
    posterior[at] = ordered
    path = posterior.argmax(axis=1)
    # Labels that are likeliest one by one and all right with a probability over a half are the best path.
    doubt = np.add.reduceat(1 - posterior[np.arange(len(path)), path], starts)
    unsure = np.flatnonzero(doubt >= 0.5)
    if len(unsure):
        own = [starts[unsure[: np.searchsorted(-sizes[unsure], -step)]] + step for step in range(int(sizes[unsure[0]]))]
        _search_path(path, emissions, posterior, own, transitions)
    return path, posterior


def _forward(weight: NDArray[np.float64], steps: Sequence[slice], grow: NDArray[np.float64]) -> NDArray[np.float64]:
    """For every token what the labels up to it weigh, each token's sum left open."""
    out = weight.copy()
    now = out[steps[0]]
    for step, here in enumerate(steps[1:], 1):
        count = here.stop - here.start
        if step % _SCALED == 0:
            now /= now.sum(axis=1, keepdims=True)
        now = np.matmul(now[:count], grow)
        now *= weight[here]
        out[here] = now
    return out


def _backward(weight: NDArray[np.float64], steps: Sequence[slice], shrink: NDArray[np.float64]) -> NDArray[np.float64]:
    """For every token what the labels after it weigh, each token's sum left open."""
    out = np.ones_like(weight)
    for step in range(len(steps) - 1, 0, -1):
        here = steps[step]
        count = here.stop - here.start
        if step % _SCALED == 0:
            out[here] /= out[here].sum(axis=1, keepdims=True)
        before = steps[step - 1].start
        np.matmul(weight[here] * out[here], shrink, out=out[before : before + count])
    return out


def _search_path(
    path: NDArray[np.int64],
    emissions: NDArray[np.float64],
    posterior: NDArray[np.float64],
    at: Sequence[NDArray[np.int64]],
    transitions: NDArray[np.float64],
) -> None:
    """Viterbi's algorithm over each token's likely labels; `at` says where the lines have their first token, their
    second, and so on; their best path is written into `path`."""
    everything = np.concatenate(at)
    width = min(_LIKELY, posterior.shape[1])
    likely = np.zeros((len(path), width), dtype=np.int64)
    likely[everything] = np.argpartition(-posterior[everything], width - 1, axis=1)[:, :width]
    own = np.take_along_axis(emissions, likely, axis=1)
    back = np.zeros(likely.shape, dtype=np.int64)
    best = own[at[0]]
    for step in range(1, len(at)):
        here, before = at[step], at[step - 1][: len(at[step])]
        ways = best[: len(here), :, None] + transitions[likely[before][:, :, None], likely[here][:, None, :]]
        back[here] = ways.argmax(axis=1)
        best[: len(here)] = ways.max(axis=1) + own[here]
    chosen = best.argmax(axis=1)
    for here in reversed(at):
        n = len(here)
        path[here] = likely[here, chosen[:n]]
        chosen[:n] = back[here, chosen[:n]]


_shared: list[Labeller] = []


def labeller() -> Labeller:
    """The labeller with the shipped model; its memory of words is kept between calls."""
    if not _shared:
        _shared.append(Labeller(load()["labeller"]))
    return _shared[0]
