"""The statistical labeller: a linear-chain conditional random field over tokens, decoded for many lines at once.

In: lines of tokens. Out: for each token its label on the best path and the probability of every label there.
The weights are those that CRFsuite trained (`tools/model`); the score of a token is the sum over its keys
(see `features`), each of which is looked up as one row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import getitem

import numpy as np
from numpy.typing import NDArray

from kzcite.parser import features
from kzcite.parser.gazetteer import Hidden
from kzcite.parser.model import Section, load
from kzcite.parser.segment import without_stage
from kzcite.text.tokens import Token

_ROWS_KEPT = 150_000
_TOGETHER = 200_000  # padded tokens that are decoded at once


@dataclass(slots=True)
class Labelled:
    """One line: the best label of each token and the distribution over `labels` there."""

    labels: list[str]
    scores: list[float]
    marginals: NDArray[np.float32]
    names: tuple[str, ...]


@dataclass(slots=True)
class Labeller:
    section: Section
    hidden: Hidden | None = None
    index: list[dict[object, int]] = field(default_factory=list)
    table: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))
    used: int = 0
    generation: int = 0
    fields: tuple[str, ...] = ()
    merge: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))
    field_of: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def __post_init__(self) -> None:
        plain = [without_stage(label) for label in self.section.labels]
        self.fields = tuple(dict.fromkeys(plain))
        self.field_of = np.array([self.fields.index(one) for one in plain])
        self.merge = np.zeros((len(plain), len(self.fields)), dtype=np.float32)
        self.merge[np.arange(len(plain)), self.field_of] = 1
        self.forget()

    def _plain(self, path: NDArray[np.int64], marginal: NDArray[np.float32]) -> Labelled:
        """Fields for labels: the stages of one label are added up."""
        own = self.field_of[path]
        merged = marginal @ self.merge
        scores = merged[np.arange(len(own)), own]
        return Labelled([self.fields[at] for at in own], scores.tolist(), merged, self.fields)

    def forget(self) -> None:
        self.index = [{} for _ in features.TEMPLATES]
        self.generation = features.IDS.generation
        self.table = np.zeros((4096, len(self.section.labels)), dtype=np.float32)
        self.used = 0

    def _row(self, template: int, key: features.Key, fresh: tuple[list[int], list[int]]) -> int:
        """A new row for a key met for the first time; what is to be added to it is noted in `fresh`."""
        at = self.used
        known = self.section.features
        for name in features.spell(template, key):
            feature = known.get(name)
            if feature is not None:
                fresh[0].append(feature)
                fresh[1].append(at)
        self.index[template][key] = at
        self.used += 1
        return at

    def scores(self, tokens: Sequence[Token]) -> NDArray[np.float32]:
        """One row a token: the unnormalised score of every label."""
        if self.used > _ROWS_KEPT or features.IDS.size > _ROWS_KEPT:
            features.IDS.forget()
        if self.generation != features.IDS.generation:
            self.forget()
        index = self.index
        numbers: list[int] = []
        fresh: tuple[list[int], list[int]] = ([], [])
        for row in features.rows(tokens, self.hidden):
            try:
                numbers += map(getitem, index, row)
            except KeyError:
                del numbers[len(numbers) - len(numbers) % len(row) :]
                numbers += [
                    known[key] if key in known else self._row(template, key, fresh)
                    for template, (known, key) in enumerate(zip(index, row, strict=True))
                ]
        while self.used > len(self.table):
            self.table = np.concatenate((self.table, np.zeros_like(self.table)))
        self.section.add(self.table, *fresh)
        chosen = np.fromiter(numbers, dtype=np.int64, count=len(numbers)).reshape(len(tokens), -1)
        out: NDArray[np.float32] = self.table[chosen].sum(axis=1)
        return out

    def label(self, lines: Sequence[Sequence[Token]]) -> list[Labelled]:
        """The lines labelled, in their order; an empty line gives an empty answer."""
        empty = Labelled([], [], np.zeros((0, len(self.fields)), dtype=np.float32), self.fields)
        out: list[Labelled] = [empty] * len(lines)
        order = sorted((at for at in range(len(lines)) if lines[at]), key=lambda at: -len(lines[at]))
        at = 0
        while at < len(order):
            longest = len(lines[order[at]])
            group = order[at : at + max(1, _TOGETHER // longest)]
            at += len(group)
            emissions = [self.scores(lines[one]) for one in group]
            paths, marginals = decode(emissions, self.section.transitions)
            for one, path, marginal in zip(group, paths, marginals, strict=True):
                out[one] = self._plain(path, marginal)
        return out


def decode(
    emissions: Sequence[NDArray[np.float32]], transitions: NDArray[np.float32]
) -> tuple[list[NDArray[np.int64]], list[NDArray[np.float32]]]:
    """Viterbi paths and posterior distributions of lines sorted from the longest to the shortest."""
    sizes = np.array([len(one) for one in emissions])
    longest, width, lines = int(sizes[0]), transitions.shape[0], len(emissions)
    padded = np.zeros((longest, lines, width), dtype=np.float32)
    for at, one in enumerate(emissions):
        padded[: len(one), at] = one
    alive = [int((sizes > step).sum()) for step in range(longest)]
    # Viterbi
    best = padded[0].copy()
    back = np.zeros((longest, lines, width), dtype=np.uint8)
    inward = np.ascontiguousarray(transitions.T)
    for step in range(1, longest):
        n = alive[step]
        ways = best[:n, None, :] + inward[None]
        back[step, :n] = ways.argmax(axis=2)
        best[:n] = ways.max(axis=2) + padded[step, :n]
    # forward and backward in probability space, scaled at every step
    grow = np.exp(transitions)
    peak = padded.max(axis=2, keepdims=True)
    weight = np.exp(padded - peak)
    forward = np.zeros_like(weight)
    forward[0] = weight[0] / weight[0].sum(axis=1, keepdims=True)
    for step in range(1, longest):
        n = alive[step]
        now = (forward[step - 1, :n] @ grow) * weight[step, :n]
        forward[step, :n] = now / now.sum(axis=1, keepdims=True)
    backward = np.ones((lines, width), dtype=np.float32)
    posterior = forward
    for step in range(longest - 2, -1, -1):
        n = alive[step + 1]
        back_now = (weight[step + 1, :n] * backward[:n]) @ grow.T
        backward[:n] = back_now / back_now.sum(axis=1, keepdims=True)
        both = forward[step, :n] * backward[:n]
        posterior[step, :n] = both / both.sum(axis=1, keepdims=True)
    paths: list[NDArray[np.int64]] = []
    marginals: list[NDArray[np.float32]] = []
    for at, size in enumerate(sizes):
        path = np.zeros(size, dtype=np.int64)
        path[-1] = best[at].argmax()
        for step in range(size - 1, 0, -1):
            path[step - 1] = back[step, at, path[step]]
        paths.append(path)
        marginals.append(posterior[:size, at])
    return paths, marginals


_shared: list[Labeller] = []


def labeller() -> Labeller:
    """The labeller with the shipped model; its memory of rows is kept between calls."""
    if not _shared:
        _shared.append(Labeller(load()["labeller"]))
    return _shared[0]
