"""How alike two items are: whether they describe one work. Used to find duplicates in a list and across libraries.

Letters of the wrong script, case, punctuation, spaces and marks do not matter; initials agree with full given names.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from kzcite.model import Item, Name
from kzcite.text.script import repair_word

SAME = 0.9
"""From here on two items are taken for one work."""

_WORD = re.compile(r"[^\W_]+")
_TELL_APART = ("volume", "issue", "part-number", "number", "collection-number", "chapter-number")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The words of a text for comparison: small letters, no marks or punctuation, one script a word.

    >>> fold("Қазақ  тiлі: тарихы.")
    'қазақ тілі тарихы'
    """
    words = [
        repair_word(word) for word in _WORD.findall(unicodedata.normalize("NFKC", re.sub(r"</?\w+[^>]*>", "", text)))
    ]
    return " ".join(words).casefold().replace("ё", "е")


def similarity(one: Item, other: Item) -> float:
    """From 0 to 1: are these one work? Two values that exclude each other (volume, issue, year) make it 0.

    >>> a = Item.from_csl({"id": "a", "type": "book", "title": "Жер құқығы", "author": [{"family": "Омаров", "given": "К.Т."}]})
    >>> b = Item.from_csl({"id": "b", "type": "book", "title": "Жер құқығы.", "author": [{"family": "Омаров", "given": "Қайрат"}]})
    >>> similarity(a, b) < similarity(a, a)
    True
    """  # noqa: E501
    if _excluded(one, other):
        return 0.0
    doi = one.text("DOI").casefold(), other.text("DOI").casefold()
    if all(doi):
        return 1.0 if doi[0] == doi[1] else 0.0
    title = _alike(fold(one.text("title")), fold(other.text("title")))
    people = _people(one, other)
    if title is None:
        return 0.0
    host = _alike(fold(one.text("container-title")), fold(other.text("container-title")))
    score = title * (0.75 if people is None else 0.25 + 0.75 * people)
    if people is None and title == 1.0:
        score = 1.0 if _year(one) == _year(other) else 0.85
    if host is not None:
        score *= 0.7 + 0.3 * host
    return score


def duplicates(items: Sequence[Item], least: float = SAME) -> Iterator[tuple[int, int, float]]:
    """Pairs of places in `items` that hold one work, with their similarity, in order of the second place."""
    buckets: dict[str, list[int]] = defaultdict(list)
    found: dict[tuple[int, int], float] = {}
    for at, item in enumerate(items):
        for key in _buckets(item):
            for before in buckets[key][-50:]:
                if (before, at) not in found:
                    score = similarity(items[before], item)
                    if score >= least:
                        found[before, at] = score
            buckets[key].append(at)
    for (before, at), score in sorted(found.items(), key=lambda one: (one[0][1], one[0][0])):
        yield before, at, score


def _buckets(item: Item) -> Iterator[str]:
    """Keys of which two similar items share at least one."""
    doi = item.text("DOI").casefold()
    if doi:
        yield f"doi {doi}"
    words = fold(item.text("title")).split()
    if words:
        yield "start " + " ".join(words[:2])
        yield "long " + " ".join(sorted(sorted(words, key=lambda word: (-len(word), word))[:2]))
    authors = item.names("author")
    if authors and _year(item):
        yield f"who {fold(authors[0].family or authors[0].literal)} {_year(item)}"


def _excluded(one: Item, other: Item) -> bool:
    years = _year(one), _year(other)
    if all(years) and years[0] != years[1]:
        return True
    for name in _TELL_APART:
        values = fold(one.text(name)), fold(other.text(name))
        if all(values) and values[0] != values[1]:
            return True
    pages = one.text("page"), other.text("page")
    return bool(all(pages) and pages[0].split("-")[0] != pages[1].split("-")[0])


def _year(item: Item) -> int | None:
    issued = item.date("issued")
    return issued.year if issued else None


def _alike(one: str, other: str) -> float | None:
    """Likeness of two folded texts; a title and its beginning before the subtitle are nearly alike."""
    if not one or not other:
        return None
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if long.startswith(short + " ") and len(short.split()) > 2:
        return 0.95
    return fuzz.ratio(one, other) / 100


def _people(one: Item, other: Item) -> float | None:
    """Whether the first responsible person is the same; None where one of them has none."""
    firsts = [next((item.names(role)[0] for role in ("author", "editor", "compiler") if item.names(role)), None)
              for item in (one, other)]  # fmt: skip
    if firsts[0] is None or firsts[1] is None:
        return None
    return _person(firsts[0], firsts[1])


def _person(one: Name, other: Name) -> float:
    family = fuzz.ratio(fold(one.family or one.literal), fold(other.family or other.literal)) / 100
    if family < 0.85:
        return 0.0
    given = [[word[0] for word in fold(name.given).split()] for name in (one, other)]
    if all(given) and given[0][0] != given[1][0]:
        return 0.3
    return family if given[0] == given[1] else family * 0.97
