"""FLD: the host of a part, compared with the journals that the table knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

from kzcite.checks.rule import Fault, rule
from kzcite.checks.views import Line, Paper
from kzcite.model import Severity
from kzcite.tables.loader import overlays, read_rows

_LEAST_LETTERS = 6
_ENDING = 3
_MOST_WORDS = 40


@rule("FLD025", Severity.INFO, "the journal «{printed}» is not known; «{expected}» is")
def misspelt_host(line: Line, paper: Paper) -> Iterator[Fault]:
    """A journal whose name is one slip away from a known one.

    What: an article whose host differs from a journal of `journals.csv` in one or two letters inside one word; a
        different ending or word is another journal.
    Why: a misspelt journal is found by no index.
    Found:
        1. Худяков А.И. Дискуссионные вопросы предмета финансового права // Фиинансовое право. – 2019. – № 3. – С. 2-8.
    Not found:
        1. Худяков А.И. Дискуссионные вопросы предмета финансового права // Финансовое право. – 2019. – № 3. – С. 2-8.
    Fix: by hand.
    """
    if line.type not in ("article-journal", "article-magazine", "article-newspaper") or not line.sure(
        "container-title"
    ):
        return
    host = line.text("container-title")
    words = _words(host)
    known, by_gap = _journals(overlays())
    if not 0 < len(words) <= _MOST_WORDS or words in known:
        return
    for at, word in enumerate(words):
        for other, name in by_gap.get((*words[:at], "", *words[at + 1 :]), ()):
            if (
                len(word) >= _LEAST_LETTERS
                and word[-_ENDING:] == other[-_ENDING:]
                and 0 < OSA.distance(word, other) <= 2
            ):
                yield line.fault(None, "container-title", printed=host, expected=name)
                return


def _words(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", name.casefold().replace("ё", "е")))


@lru_cache(maxsize=2)
def _journals(
    _over: object,
) -> tuple[frozenset[tuple[str, ...]], dict[tuple[str, ...], list[tuple[str, str]]]]:
    """The words of every known name; and a name's words with one blanked → that word and the name."""
    known: set[tuple[str, ...]] = set()
    by_gap: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for table in ("journals.csv", "newspapers.csv"):
        for row in read_rows(table):
            for name in {row["printed"], row.get("full") or row["printed"]}:
                words = _words(name)
                if words in known:
                    continue
                known.add(words)
                for at, word in enumerate(words):
                    if len(word) >= _LEAST_LETTERS:
                        by_gap.setdefault((*words[:at], "", *words[at + 1 :]), []).append((word, name))
    return frozenset(known), by_gap
