"""Language of a short text, such as the title of a work.

Three kinds of evidence are added up as logarithms: letters that only some languages use, frequent words, and character
trigrams (Cavnar and Trenkle 1994 used their ranks; here their frequencies make a naive Bayes score). Kazakh and Russian
written in Latin letters are languages of their own, `kk-Latn` and `ru-Latn` (BCP 47).
Tables: `script/languages.toml`, `script/trigrams.csv`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from kzcite.tables.loader import overlays, read_columns, read_toml
from kzcite.text.script import count_scripts, find_repairs, is_mixed

LATIN_SCRIPT = ("en", "de", "fr", "es", "it", "tr", "az", "uz", "pl", "cs", "la", "kk-Latn", "ru-Latn")
CYRILLIC_SCRIPT = ("kk", "ru", "uk", "be", "bg", "ky", "tt", "uz")

_WORD = re.compile(r"[^\W\d_]+(?:[’'ʹʺ‘][^\W\d_]+)*[ʹʺ]?")
_CYRILLIC_WORD = re.compile(r"(?<![^\W\d_])[Ѐ-ԯ]{4}")
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3})\. (?=[^\W\d_])")
_TITLE = 400
_LONGEST = 2_000
_BELOW_RAREST = 30.0
_LETTER, _SHARED, _NEVER = 200.0, 100.0, -300.0
_WORD_WEIGHT = 250.0
_HINT = 250.0
_WORDS_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class _Scorer:
    """What speaks for each of some languages, in the order of `names`: sums over letters, trigrams and whole words.

    `trigrams` has for each what it weighs in the languages that have it, by their numbers.
    """

    names: tuple[str, ...]
    priors: tuple[float, ...]
    letters: dict[str, tuple[float, ...]]
    words: dict[str, tuple[float, ...]]
    trigrams: dict[str, dict[int, float]]
    floors: tuple[float, ...]
    rows: dict[str, tuple[float, ...]] = field(default_factory=dict)
    scored: dict[str, tuple[float, ...]] = field(default_factory=dict)

    def score(self, words: list[str]) -> list[float]:
        """The score of every language."""
        known = self.scored
        rows = [known.get(one) or self._word(one) for one in words]
        return [sum(column) for column in zip(self.priors, *rows, strict=True)]

    def _word(self, word: str) -> tuple[float, ...]:
        if len(self.scored) >= _WORDS_KEPT:
            self.scored.clear()
        padded = f"_{word}_"  # as in the table
        known = self.rows
        rows = [known.get(one) or self._trigram(one) for one in [padded[at : at + 3] for at in range(len(word))]]
        rows += [self.letters[char] for char in word if char in self.letters]
        if word in self.words:
            rows.append(self.words[word])
        row = self.scored[word] = tuple(map(sum, zip(*rows, strict=True)))
        return row

    def _trigram(self, trigram: str) -> tuple[float, ...]:
        weights = self.trigrams.get(trigram)
        if weights is None:
            return self.floors
        row = self.rows[trigram] = tuple([weights.get(at, floor) for at, floor in enumerate(self.floors)])
        return row


def detect(text: str, hint: str = "") -> str:
    """The language of `text`: `kk`, `ru`, `en`, `kk-Latn`, `ru-Latn`, another ISO 639-1 code, or `""` for no words.

    `hint` is the language of what stands around it; it decides where the text itself could be either (`Логика`).

    >>> detect("Сотталғандардың әлеуметтік құқықтары"), detect("Istoriya Kazakhstana"), detect("Crime and law")
    ('kk', 'ru-Latn', 'en')
    """
    names, scores = _scores(text)
    if not names:
        return ""
    hinted = [score + _HINT if name == hint else score for name, score in zip(names, scores, strict=True)]
    return max(zip(hinted, scores, range(0, -len(names), -1), names, strict=True))[3]


def rank(text: str) -> tuple[tuple[str, float], ...]:
    """Every language of the text's script with its score, the best first; scores are log10 likelihoods times 100."""
    return tuple(sorted(zip(*_scores(text), strict=True), key=lambda one: -one[1]))


def _scores(text: str) -> tuple[Sequence[str], Sequence[float]]:
    """The languages of the text's script in the order of their table, and the score of each."""
    clean = unicodedata.normalize("NFC", text[:_LONGEST])
    counts = count_scripts(clean)
    if not counts:
        return (), ()
    script = max(counts, key=lambda name: counts[name])
    if script == "Latn" and counts.get("Cyrl", 0) * 5 >= counts["Latn"] and _CYRILLIC_WORD.search(clean):
        script = "Cyrl"  # Cyrillic titles quote Latin names; Latin titles hardly ever quote Cyrillic words
    if script == "Arab":
        return ("ar",), (0.0,)
    if script == "Grek":
        return ("el",), (0.0,)
    if len(counts) > 1:
        if script == "Cyrl" and any(is_mixed(one) for one in _WORD.findall(clean)):
            for repair in find_repairs(clean):
                clean = clean[: repair.span.start] + repair.repaired + clean[repair.span.end :]
        clean = " ".join(one for one in _WORD.findall(clean) if count_scripts(one).get(script))
    words = [one.lower() for one in _WORD.findall(_first_sentence(clean))]
    scorer = _load(overlays())["Cyrl" if script == "Cyrl" else "Latn"]
    return scorer.names, scorer.score(words)


def _first_sentence(text: str) -> str:
    """The first sentence of a title that goes on with its translation; other texts whole."""
    found = _SENTENCE.search(text) if ". " in text else None
    return text[: found.start()] if found and len(text) < _TITLE and len(text[: found.start()].split()) >= 5 else text


@lru_cache(maxsize=4)
def _load(_over: object) -> dict[str, _Scorer]:
    weights: dict[str, list[tuple[str, float]]] = {}
    for language, trigram, weight in read_columns("script/trigrams.csv", "language", "trigram", "weight"):
        weights.setdefault(language, []).append((trigram, float(weight)))
    table = read_toml("script/languages.toml")
    return {
        script: _scorer(names, [table[name] for name in names], [weights.get(name, []) for name in names])
        for script, names in (("Cyrl", CYRILLIC_SCRIPT), ("Latn", LATIN_SCRIPT))
    }


def _scorer(names: tuple[str, ...], rows: list[dict[str, Any]], weights: list[list[tuple[str, float]]]) -> _Scorer:
    def evidence(char: str, row: dict[str, Any]) -> float:
        for key, weight in (("letters", _LETTER), ("shared", _SHARED), ("not", _NEVER)):
            if char in row.get(key, ""):
                return weight
        return 0.0

    letters = {char for row in rows for key in ("letters", "shared", "not") for char in row.get(key, "")}
    frequent = [frozenset(row.get("words", "").split()) for row in rows]
    trigrams: dict[str, dict[int, float]] = {}
    for at, own in enumerate(weights):
        for trigram, weight in own:
            trigrams.setdefault(trigram, {})[at] = weight
    return _Scorer(
        names=names,
        priors=tuple(float(row.get("prior", 0)) for row in rows),
        letters={char: tuple(evidence(char, row) for row in rows) for char in letters},
        words={
            word: tuple(_WORD_WEIGHT if word in own else 0.0 for own in frequent)
            for word in frozenset().union(*frequent)
        },
        trigrams=trigrams,
        floors=tuple(min((weight for _, weight in own), default=100.0) - _BELOW_RAREST for own in weights),
    )
