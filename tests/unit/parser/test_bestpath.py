"""The best path against every path, spelt out."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from kzcite.parser.bestpath import best_path
from kzcite.parser.labeller import decode


def _best(scores: NDArray[np.float32], transitions: NDArray[np.float64]) -> tuple[int, ...]:
    def weight(labels: tuple[int, ...]) -> float:
        own = sum(float(scores[at, label]) / 1000 for at, label in enumerate(labels))
        return own + sum(float(transitions[pair]) for pair in pairwise(labels))

    return max(product(range(scores.shape[1]), repeat=len(scores)), key=weight)


def test_the_best_path_is_found_for_lines_of_any_length() -> None:
    rng = np.random.default_rng(7)
    sizes = np.array([6, 4, 4, 1])
    ends = np.cumsum(sizes)
    for _ in range(20):
        scores = (rng.normal(size=(int(ends[-1]), 4)) * 1000).round().astype(np.float32)
        transitions = rng.normal(size=(4, 4)) * 2
        path = best_path(scores, decode(scores, sizes, transitions), sizes, transitions)
        for start, end in zip((ends - sizes).tolist(), ends.tolist(), strict=True):
            assert tuple(path[start:end].tolist()) == _best(scores[start:end], transitions)
