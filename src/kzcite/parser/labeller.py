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
from kzcite.parser.bestpath import best_path
from kzcite.parser.columns import Row, columns, lay_out
from kzcite.parser.features import OFFSETS, keys, signature
from kzcite.parser.gazetteer import Hidden
from kzcite.parser.model import SCALE, Floats, Section, load
from kzcite.parser.segment import without_stage
from kzcite.parser.word import Word
from kzcite.parser.wordscores import WordScores
from kzcite.text.tokens import Token

_TOGETHER = 20_000  # tokens that are labelled at once
_ABREAST = 128  # lines decoded side by side: beyond, numpy shares such small products among threads, which costs more
_NEAR = 2_000  # tokens whose scores are summed up at once
_SCALED = 8  # steps after which sums are brought back to one, long before they are too small for a number


@dataclass(slots=True)
class Labelled:
    """One line: its words, the label of each on the best path, its probability, and, where asked for, that of each of
    `names` there."""

    words: list[Word]
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

    def label(self, lines: Sequence[Sequence[Token]], *, rivals: bool = False) -> list[Labelled]:
        """The lines labelled, in their order, with the probabilities of all labels if `rivals`; an empty line gives an
        empty answer."""
        empty = Labelled([], [], [], np.zeros((0, len(self.fields))), self.fields)
        out: list[Labelled] = [empty] * len(lines)
        for group in _groups(lines):
            answers = self._label([lines[at] for at in group], rivals)
            for at, answer in zip(group, answers, strict=True):
                out[at] = answer
        return out

    def _label(self, lines: Sequence[Sequence[Token]], rivals: bool) -> Iterator[Labelled]:
        row = lay_out(lines, self.words.lexicon)
        sizes = np.array([len(line) for line in lines])
        scores = self.scores(row)
        of_stages = decode(scores, sizes, self.transitions)
        best = self.field_of[best_path(scores, of_stages, sizes, self.transitions)]
        marginals = of_stages[:, self.first_stage]
        for stage in self.further_stages:
            marginals[:, self.field_of[stage]] += of_stages[:, stage]
        labels = [self.fields[at] for at in best.tolist()]
        sure = marginals[np.arange(len(best)), best].tolist()
        met = self.words.lexicon.words
        words = [met[number] for number in row.words[row.tokens].tolist()]
        self.words.let_go()
        if not rivals:
            marginals = marginals[:0]
        for end, size in zip(np.cumsum(sizes).tolist(), sizes.tolist(), strict=True):
            own = slice(end - size, end)
            yield Labelled(words[own], labels[own], sure[own], marginals[own], self.fields)

    def scores(self, row: Row) -> Floats:
        """For every token of the row the score of every label, in thousandths."""
        tokens, words, table = row.tokens, self.words, self.section.table
        size = len(tokens)
        words.meet()
        summands = [(words.own, row.words[tokens])]
        for scores, distance in zip(words.near, OFFSETS[1:], strict=True):
            summands.append((scores, row.near[tokens + distance]))
        for chosen, packing, key in keys(columns(row, words.lexicon, self.hidden), tokens):
            if len(packing.masks) == 1:
                rows, which = table, self.section.find(key | packing.numbers[0])
            else:
                different, which = np.unique(key, return_inverse=True)
                found = self.section.find(different & packing.masks | packing.numbers)
                rows = _sum_up([(table, one) for one in found], len(different), 1)
            if len(chosen) < size:
                every = np.full(size, -1)
                every[chosen] = which
                which = every
            summands.append((rows, which))
        return _sum_up(summands, size)


def _sum_up(summands: Sequence[tuple[Floats, NDArray[np.int64]]], size: int, more: int = 0) -> Floats:
    """The sums of rows: the first ones of all tables by the first of all numbers, and so on, -1 for a table's last row;
    `more` rows of zeros stand after them. What is being summed up stays small enough for the processor's cache."""
    out = np.zeros((size + more, summands[0][0].shape[1]), dtype=np.float32)
    for start in range(0, size, _NEAR):
        part = slice(start, min(start + _NEAR, size))
        own = out[part]
        beside = np.empty_like(own)
        for rows, numbers in summands:
            own += np.take(rows, numbers[part], axis=0, out=beside, mode="wrap")
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


def decode(scores: Floats, sizes: NDArray[np.int64], transitions: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probability of every label at every token (forward–backward algorithm), of lines one after another, the
    longest first; `scores` in thousandths."""
    ends = np.cumsum(sizes)
    grow, shrink = np.exp(transitions), np.exp(transitions.T)
    out = np.empty(scores.shape)
    for first in range(0, len(sizes), _ABREAST):
        own = sizes[first : first + _ABREAST]
        part = slice(int(ends[first] - own[0]), int(ends[first + len(own) - 1]))
        out[part] = _decode(scores[part], own, grow, shrink)
    return out


def _decode(
    scores: Floats, sizes: NDArray[np.int64], grow: NDArray[np.float64], shrink: NDArray[np.float64]
) -> NDArray[np.float64]:
    starts = np.cumsum(sizes) - sizes
    alive = np.searchsorted(-sizes, -np.arange(1, int(sizes[0]) + 1), side="right")
    # Step by step: the first tokens of all lines, then their second ones, and so on.
    at = np.concatenate([starts[:count] + step for step, count in enumerate(alive.tolist())])
    steps = [slice(end - count, end) for end, count in zip(np.cumsum(alive).tolist(), alive.tolist(), strict=True)]
    ordered = scores[at]
    ordered -= np.maximum.reduceat(ordered.ravel(), np.arange(0, ordered.size, ordered.shape[1]))[:, None]
    ordered /= np.float32(SCALE)
    weight = np.exp(ordered).astype(np.float64)
    of_step = _forward(weight, steps, grow)
    of_step *= _backward(weight, steps, shrink)
    of_step /= of_step.sum(axis=1, keepdims=True)
    out = np.empty_like(of_step)
    out[at] = of_step
    return out


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


_shared: list[Labeller] = []


def labeller() -> Labeller:
    """The labeller with the shipped model; its memory of words is kept between calls."""
    if not _shared:
        _shared.append(Labeller(load()["labeller"]))
    return _shared[0]
