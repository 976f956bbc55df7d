"""Language of a short text, such as the title of a work.

Three kinds of evidence are added up as logarithms: letters that only some languages use, frequent words, and character
trigrams (Cavnar and Trenkle 1994 used their ranks; here their frequencies make a naive Bayes score). Kazakh and Russian
written in Latin letters are languages of their own, `kk-Latn` and `ru-Latn` (BCP 47).
Tables: `script/languages.toml`, `script/trigrams.csv`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from kzcite.tables.loader import overlays, read_rows, read_toml
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


@dataclass(frozen=True, slots=True)
class _Language:
    prior: float
    letters: frozenset[str]
    shared: frozenset[str]
    never: frozenset[str]
    words: frozenset[str]
    trigrams: dict[str, float]
    floor: float


def detect(text: str, hint: str = "") -> str:
    """The language of `text`: `kk`, `ru`, `en`, `kk-Latn`, `ru-Latn`, another ISO 639-1 code, or `""` for no words.

    `hint` is the language of what stands around it; it decides where the text itself could be either (`Логика`).

    >>> detect("Сотталғандардың әлеуметтік құқықтары"), detect("Istoriya Kazakhstana"), detect("Crime and law")
    ('kk', 'ru-Latn', 'en')
    """
    ranked = rank(text)
    if not ranked:
        return ""
    return max(ranked, key=lambda one: one[1] + (_HINT if one[0] == hint else 0))[0]


def rank(text: str) -> tuple[tuple[str, float], ...]:
    """Every language of the text's script with its score, the best first; scores are log10 likelihoods times 100."""
    clean = unicodedata.normalize("NFC", text[:_LONGEST])
    counts = count_scripts(clean)
    if not counts:
        return ()
    script = max(counts, key=lambda name: counts[name])
    if script == "Latn" and counts.get("Cyrl", 0) * 5 >= counts["Latn"] and _CYRILLIC_WORD.search(clean):
        script = "Cyrl"  # Cyrillic titles quote Latin names; Latin titles hardly ever quote Cyrillic words
    if script == "Arab":
        return (("ar", 0.0),)
    if script == "Grek":
        return (("el", 0.0),)
    if len(counts) > 1:
        if script == "Cyrl" and any(is_mixed(one) for one in _WORD.findall(clean)):
            for repair in find_repairs(clean):
                clean = clean[: repair.span.start] + repair.repaired + clean[repair.span.end :]
        clean = " ".join(one for one in _WORD.findall(clean) if count_scripts(one).get(script))
    words = [one.lower() for one in _WORD.findall(_first_sentence(clean))]
    names = CYRILLIC_SCRIPT if script == "Cyrl" else LATIN_SCRIPT
    languages = _load(overlays())
    scores = [(name, _score(words, languages[name])) for name in names]
    return tuple(sorted(scores, key=lambda one: -one[1]))


def _first_sentence(text: str) -> str:
    """The first sentence of a title that goes on with its translation; other texts whole."""
    found = _SENTENCE.search(text)
    return text[: found.start()] if found and len(text) < _TITLE and len(text[: found.start()].split()) >= 5 else text


def _score(words: list[str], language: _Language) -> float:
    score = language.prior
    trigrams = language.trigrams
    for word in words:
        if word in language.words:
            score += _WORD_WEIGHT
        for char in word:
            if char in language.letters:
                score += _LETTER
            elif char in language.shared:
                score += _SHARED
            elif char in language.never:
                score += _NEVER
        padded = f" {word} "
        for at in range(len(padded) - 2):
            score += trigrams.get(padded[at : at + 3], language.floor)
    return score


@lru_cache(maxsize=4)
def _load(_over: object) -> dict[str, _Language]:
    trigrams: dict[str, dict[str, float]] = {}
    for row in read_rows("script/trigrams.csv"):
        trigrams.setdefault(row["language"], {})[row["trigram"].replace("_", " ")] = float(row["weight"])
    out: dict[str, _Language] = {}
    for name, row_of in read_toml("script/languages.toml").items():
        out[name] = _Language(
            prior=float(row_of.get("prior", 0)),
            letters=frozenset(row_of.get("letters", "")),
            shared=frozenset(row_of.get("shared", "")),
            never=frozenset(row_of.get("not", "")),
            words=frozenset(row_of.get("words", "").split()),
            trigrams=trigrams.get(name, {}),
            floor=min(trigrams.get(name, {"": 100.0}).values()) - _BELOW_RAREST,
        )
    return out
