"""What each word that was met adds to the scores of labels, at its own place and at its neighbours' places."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, islice

import numpy as np

from kzcite.parser.features import OFFSETS, word_feature
from kzcite.parser.lexicon import UNKNOWN, Features, Lexicon, Vocabulary
from kzcite.parser.model import Floats, Section

_WORDS_KEPT = 30_000


class WordScores:
    """A lexicon with the sums of its words' weights: `own` has a row for each word, `near` for each of OFFSETS but the
    first one a row for each number of the lexicon's `near`; a column for each label, in thousandths."""

    def __init__(self, section: Section) -> None:
        self.table = section.table
        self.lexicon = Lexicon(Vocabulary.from_lists(*section.settings["vocabulary"]))
        numbers = np.arange(self.lexicon.vocabulary.size)
        self._rows = np.array([section.find(numbers | word_feature(offset, 0)) for offset in range(len(OFFSETS))])
        self._grown = [self.table[:0] for _ in OFFSETS]  # with rows to spare
        self.own: Floats = self._grown[0]
        self.near: list[Floats] = self._grown[1:]

    def meet(self) -> None:
        """Score the words that the lexicon has met since the last time."""
        self.own = self._longer(self.own, self.lexicon.features[len(self.own) :], 0)
        near = list(islice(self.lexicon.near, len(self.near[0]), None))
        self.near = [self._longer(scores, near, offset) for offset, scores in enumerate(self.near, 1)]

    def _longer(self, scores: Floats, new: Sequence[Features], offset: int) -> Floats:
        if not new:
            return scores
        size = len(scores) + len(new)
        grown = self._grown[offset]
        if size > len(grown):
            grown = self._grown[offset] = np.concatenate((scores, np.empty((size, scores.shape[1]), scores.dtype)))
        ends = np.cumsum([len(one) + 1 for one in new])
        every = np.fromiter(chain.from_iterable([(*one, UNKNOWN) for one in new]), np.int64, int(ends[-1]))
        weights = self.table[self._rows[offset, every]]
        np.add.reduceat(weights, np.concatenate(([0], ends[:-1])), out=grown[len(scores) : size])
        return grown[:size]

    def let_go(self) -> None:
        """Forget all words where there are too many."""
        if len(self.own) > _WORDS_KEPT:
            self.lexicon.forget()
            self.own, self.near = self.own[:0], [scores[:0] for scores in self.near]
