"""Words of citing: headings of lists, places inside a work, words in and around in-text citations.

Tables: `citing/headings.toml`, `citing/locators.toml`, `citing/words.toml`, `citing/begins.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kzcite.tables.loader import overlays, read_toml


@dataclass(frozen=True, slots=True)
class Headings:
    """Folded headings of lists and of what ends a list."""

    native: frozenset[str]
    romanised: frozenset[str]
    doubtful: frozenset[str]
    nouns: frozenset[str]
    words: frozenset[str]
    keys: frozenset[str]
    """Words of which every heading of a list has one."""

    end: tuple[str, ...]
    article: tuple[str, ...]
    captions: frozenset[str]


@dataclass(frozen=True, slots=True)
class LocatorTerms:
    """Printed word → CSL locator term, by where it stands; `rank` orders the terms."""

    before: dict[str, str]
    after: dict[str, str]
    stems: tuple[tuple[str, str], ...]
    rank: dict[str, int]
    written: dict[str, dict[str, str]]

    def write(self, term: str, value: str, language: str) -> str:
        """The place as a marker of a paper in `language` prints it.

        >>> locator_terms().write("page", "5-7", "kk"), locator_terms().write("page", "5-7", "en")
        ('5–7 б.', 'pp. 5–7')
        """
        forms = self.written.get(term) or self.written["page"]
        several = any(sign in value for sign in "-–,")
        form = (forms.get(f"{language}-many") if several else None) or forms.get(language) or forms["en"]
        return form.replace("{}", value.replace("-", "–"))

    def term_after(self, word: str) -> str:
        """The term of a word printed after a number, with its Kazakh endings; `""` for another word.

        >>> locator_terms().term_after("бабының")
        'article-locator'
        """
        known = self.after.get(word)
        if known:
            return known
        for stem, term in self.stems:
            if word.startswith(stem) and len(word) - len(stem) <= 8:
                return term
        return ""


@dataclass(frozen=True, slots=True)
class CitingWords:
    """Words inside and around markers, all lower case."""

    prefix: frozenset[str]
    prefix_words: frozenset[str]
    suffix: frozenset[str]
    dash: frozenset[str]
    comma: frozenset[str]
    same: tuple[str, ...]
    earlier: tuple[str, ...]
    conjunctions: frozenset[str]
    particles: frozenset[str]
    others: tuple[str, ...]
    no_date: tuple[str, ...]
    year_words: frozenset[str]
    not_after: frozenset[str]
    not_after_pairs: frozenset[str]
    not_after_round: frozenset[str]
    not_before: frozenset[str]


def headings() -> Headings:
    """The headings in force."""
    return _headings(overlays())


def locator_terms() -> LocatorTerms:
    """The locator words in force."""
    return _locators(overlays())


def citing_words() -> CitingWords:
    """The citation words in force."""
    return _words(overlays())


def begin_weights() -> dict[str, float]:
    """What each sign says for a line beginning an entry."""
    return _begins(overlays())


@lru_cache(maxsize=4)
def _begins(_over: object) -> dict[str, float]:
    return {name: float(weight) for name, weight in read_toml("citing/begins.toml")["weights"].items()}


@lru_cache(maxsize=4)
def _headings(_over: object) -> Headings:
    table = read_toml("citing/headings.toml")
    whole, compose, end = table["list"], table["compose"], table["end"]
    return Headings(
        native=frozenset(whole["native"]),
        romanised=frozenset(whole["romanised"]),
        doubtful=frozenset(whole["doubtful"]),
        nouns=frozenset(compose["nouns"]),
        words=frozenset(compose["words"]),
        keys=frozenset(compose["nouns"])
        | {max(phrase.split(), key=len) for phrase in (*whole["native"], *whole["romanised"])},
        end=tuple(end["phrases"]),
        article=tuple(end["article"]),
        captions=frozenset(end["captions"]),
    )


@lru_cache(maxsize=4)
def _locators(_over: object) -> LocatorTerms:
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    stems: list[tuple[str, str]] = []
    rank: dict[str, int] = {}
    written: dict[str, dict[str, str]] = {}
    for term, row in read_toml("citing/locators.toml").items():
        rank[term] = int(row["rank"])
        written[term] = dict(row["written"])
        before.update((word, term) for word in row["before"] if word not in before)
        after.update((word, term) for word in row["after"] if word not in after)
        stems += [(stem, term) for stem in row["after-stems"]]
    return LocatorTerms(before, after, tuple(sorted(stems, key=lambda one: -len(one[0]))), rank, written)


@lru_cache(maxsize=4)
def _words(_over: object) -> CitingWords:
    table = read_toml("citing/words.toml")
    dates = table["author-date"]
    return CitingWords(
        prefix=frozenset(table["prefix"]["words"]),
        prefix_words=frozenset(word for phrase in table["prefix"]["words"] for word in phrase.split()),
        suffix=frozenset(table["prefix"]["suffix"]),
        dash=frozenset(table["range"]["dash"]),
        comma=frozenset(table["range"]["comma"]),
        same=_longest_first(table["repeated"]["same"]),
        earlier=_longest_first(table["repeated"]["earlier"]),
        conjunctions=frozenset(dates["and"]),
        particles=frozenset(dates["particles"]),
        others=_longest_first(dates["others"]),
        no_date=_longest_first(dates["no-date"]),
        year_words=frozenset(dates["year-words"]),
        not_after=frozenset(table["not-after"]["words"]),
        not_after_pairs=frozenset(table["not-after"]["pairs"]),
        not_after_round=frozenset(table["not-after"]["round"]),
        not_before=frozenset(table["not-after"]["after"]),
    )


def _longest_first(phrases: list[str]) -> tuple[str, ...]:
    return tuple(sorted(phrases, key=len, reverse=True))
