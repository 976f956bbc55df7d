"""The language of an item: that of its title, with the rest of the line as a hint where the title could be either.

Most titles are settled by letters and function words alone; `text.language` decides the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kzcite.text.language import detect
from kzcite.text.tokens import Token

_KAZAKH = re.compile("[әғқңөұүһ]")
_OTHER_LETTERS = re.compile("[їєґўѓќњћђљa-z]")
_RUSSIAN_LETTERS = re.compile("[а-я]")
_WORD = re.compile(r"[^\W\d_]+")
_RUSSIAN_WORDS = frozenset("и в на по о об для с к из от при как под его их что не за".split())
_ENGLISH_WORDS = frozenset("the of and in for to on with from by as at an its is are".split())
_ROMANISED_WORDS = frozenset("i v na po o dlya s k iz ot pri kak men zhane jane turaly bul".split())
_PAGE_LABELS = {"б": "kk", "бет": "kk", "бб": "kk", "с": "ru", "стр": "ru", "p": "en", "pp": "en"}


def language_of(title: str, tokens: Sequence[Token], labels: Sequence[str], host: str) -> str:
    """The language code of `title`; `host` is the container's title, `""` where there is none."""
    if not title:
        return ""
    return _by_words(title) or detect(title, _hint(tokens, labels, host))


@lru_cache(maxsize=4096)
def _by_words(title: str) -> str:
    low = title.lower()
    words = _WORD.findall(low)
    if low.isascii():
        english = len(words) > 3 and not _ENGLISH_WORDS.isdisjoint(words) and _ROMANISED_WORDS.isdisjoint(words)
        return "en" if english else ""
    if not words or _OTHER_LETTERS.search(low):
        return ""
    kazakh = sum(map(bool, map(_KAZAKH.search, words)))
    russian = not _RUSSIAN_WORDS.isdisjoint(words)
    if kazakh * 2 >= len(words) and not russian:
        return "kk"
    return "ru" if russian and not kazakh and "і" not in low and len(words) > 3 else ""


@lru_cache(maxsize=4096)
def _of_host(host: str) -> str:
    return detect(host)


def _hint(tokens: Sequence[Token], labels: Sequence[str], host: str) -> str:
    """The language of the page label, else of the host, else of the names and words around the title."""
    paged = "page" in labels or "number-of-pages" in labels
    for at, label in enumerate(labels if paged else ()):
        if label not in ("page", "number-of-pages"):
            continue
        for beside in (at + 1, at + 2, at - 1, at - 2):
            if 0 <= beside < len(tokens) and labels[beside] == "O":
                found = _PAGE_LABELS.get(tokens[beside].text.lower().rstrip("."))
                if found:
                    return found
    if host:
        return _of_host(host)
    rest = " ".join([token[0] for token, label in zip(tokens, labels, strict=True) if label != "title"]).lower()
    if _KAZAKH.search(rest):
        return "kk"
    return "ru" if _RUSSIAN_LETTERS.search(rest) else ""
