"""How alike two works are: for duplicates in a list, near-duplicates in two scripts, and romanised twins.

In: items or printed lines, reduced to a `Work` of plain values. Out: scores from 0 to 1. Words are compared letter by
letter within one script and by their consonant skeleton across scripts (`text.skeleton`). Pairs are looked for only
among works that share a key, so a long list does not cost its square.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from kzcite.model import Item
from kzcite.text.fold import fold
from kzcite.text.script import main_script
from kzcite.text.skeleton import skeleton, skeletons

SAME = 0.88
_LARGEST_BLOCK = 120
_LONGEST = 2_000
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_ASIDE = re.compile(r"\[[^\]]*\]|\(\s*in [^)]*\)", re.IGNORECASE)
_NOT_IN_DOI = re.compile(r"^(?:https?://)?(?:dx\.)?doi\.org/|^doi:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Work:
    """What of a work is compared. `title`, `host` and `people` are folded; numbers are as printed, `""` for none."""

    title: str
    people: tuple[str, ...] = ()
    year: str = ""
    host: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    number: str = ""
    doi: str = ""
    isbn: str = ""
    url: str = ""
    script: str = ""

    @property
    def key(self) -> str:
        """The title's skeleton: the same for the title in Cyrillic and in any romanisation."""
        return " ".join(skeletons(self.title))


def work_of(item: Item) -> Work:
    """The values of a parsed item that are compared."""
    people = item.names("author") or item.names("editor") or item.names("compiler")
    issued = item.date("issued")
    title = item.text("title")
    return Work(
        title=fold(title),
        people=tuple(fold(one.family or one.literal) for one in people),
        year=str(issued.year) if issued and issued.year else "",
        host=fold(item.text("container-title")),
        volume=" ".join(filter(None, (item.text("volume"), item.text("part-number")))),
        issue=item.text("issue"),
        page=item.text("page") or item.text("number-of-pages"),
        number=fold(item.text("number")),
        doi=_NOT_IN_DOI.sub("", item.text("DOI")).lower().rstrip("."),
        isbn="".join(char for char in item.text("ISBN") if char.isalnum()),
        url=item.text("URL").rstrip("/").lower().removeprefix("https://").removeprefix("http://").removeprefix("www."),
        script=main_script(title),
    )


def similarity(one: Work, other: Work) -> float:
    """From 0 to 1; at SAME and above the two are one work.

    Identifiers decide where both have them; a different volume, number of an act, or pair of pages keeps two works
    apart whose titles agree.
    """
    if one.doi and other.doi:
        return 1.0 if one.doi == other.doi else min(0.6, _titles(one, other))
    titles = _titles(one, other)
    if one.isbn and one.isbn == other.isbn and titles >= 0.6 and not _differ(one.volume, other.volume):
        return 1.0
    if one.url and one.url == other.url and titles >= 0.75:
        return max(0.95, titles)
    score = 0.7 * titles + 0.2 * _people(one, other) + 0.1 * _host(one, other)
    if one.year and other.year and one.year != other.year:
        score -= 0.15
    if _differ(one.volume, other.volume) or _differ(one.number, other.number):
        score -= 0.3
    if _differ(one.issue, other.issue):
        score -= 0.15
    if _differ(one.page, other.page):
        score -= 0.1
    return max(0.0, min(1.0, score))


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and _DIGITS.findall(one) != _DIGITS.findall(other)


def _titles(one: Work, other: Work) -> float:
    if not one.title or not other.title:
        return 0.0
    if one.script != other.script:
        return fuzz.ratio(one.key, other.key) / 100
    whole = fuzz.ratio(one.title, other.title) / 100
    if whole < 0.9:  # a subtitle that only one of them prints
        short, long = sorted((one.title, other.title), key=len)
        if len(short) >= 24 and long.startswith(short):
            return 0.92
    return whole


def _people(one: Work, other: Work) -> float:
    """Share of the shorter group of names that the other has too; 1 where neither names anybody."""
    if not one.people or not other.people:
        return 1.0 if one.people == other.people else 0.5
    mine = {skeleton(name) for name in one.people if name}
    yours = {skeleton(name) for name in other.people if name}
    if not mine or not yours:
        return 0.5
    return len(mine & yours) / min(len(mine), len(yours))


def _host(one: Work, other: Work) -> float:
    if not one.host or not other.host:
        return 1.0 if one.host == other.host else 0.6
    left = " ".join(skeletons(one.host))
    return fuzz.token_set_ratio(left, " ".join(skeletons(other.host))) / 100


def find_duplicates(works: Sequence[Work], least: float = SAME) -> tuple[tuple[int, int, float], ...]:
    """(index, later index, score) of every two works that are one, by their places in `works`."""
    blocks: dict[str, list[int]] = {}
    for index, work in enumerate(works):
        for key in _keys(work):
            blocks.setdefault(key, []).append(index)
    seen: set[tuple[int, int]] = set()
    out: list[tuple[int, int, float]] = []
    for members in blocks.values():
        for first, second in _pairs(members):
            if (first, second) not in seen:
                seen.add((first, second))
                score = similarity(works[first], works[second])
                if score >= least:
                    out.append((first, second, round(score, 3)))
    return tuple(sorted(out))


def _keys(work: Work) -> Iterator[str]:
    """Keys that two forms of one work share: identifiers, the head of the title, first name with year."""
    if work.doi:
        yield f"doi {work.doi}"
    if work.isbn:
        yield f"isbn {work.isbn}"
    if work.url:
        yield f"url {work.url}"
    words = work.key.split()
    if words:
        yield "head " + " ".join(words[:3])
        yield "tail " + " ".join(words[-3:])
    if work.people:
        yield f"name {skeleton(work.people[0])} {work.year}"


def _pairs(members: list[int]) -> Iterator[tuple[int, int]]:
    """All pairs of a small block; in a large one each member with those that follow it closely."""
    reach = len(members) if len(members) <= _LARGEST_BLOCK else 8
    for at, first in enumerate(members):
        for second in members[at + 1 : at + 1 + reach]:
            yield (first, second) if first < second else (second, first)


@dataclass(frozen=True, slots=True)
class Print:
    """A printed line for comparison with its romanised twin: skeletons of its words, its numbers, its years."""

    head: tuple[str, ...]
    words: str
    numbers: frozenset[str]
    years: frozenset[str]


def print_of(line: str) -> Print:
    """The fingerprint of a line as printed; translations and language marks in brackets are left out."""
    plain = _ASIDE.sub(" ", line[:_LONGEST])
    keys = skeletons(fold(_DIGITS.sub(" ", plain)))
    numbers = frozenset(_DIGITS.findall(plain))
    return Print(keys[:4], " ".join(keys), numbers, frozenset(_YEAR.findall(plain)))


def twin_likeness(one: Print, other: Print) -> float:
    """How surely two lines in different scripts are one entry, from 0 to 1: names, numbers, words, years."""
    heads = _share(one.head[:2], other.head)
    numbers = _share(one.numbers, other.numbers) if one.numbers or other.numbers else 0.5
    words = fuzz.token_sort_ratio(one.words, other.words) / 100
    years = 1.0 if one.years & other.years else (0.5 if not one.years or not other.years else 0.0)
    return round(0.3 * heads + 0.25 * numbers + 0.35 * words + 0.1 * years, 4)


def _share(one: Iterable[str], other: Iterable[str]) -> float:
    mine, yours = set(one), set(other)
    return len(mine & yours) / max(1, min(len(mine), len(yours)))
