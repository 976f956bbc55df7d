"""Tokens of a reference line with their offsets.

A token is what a reader takes in at one glance: a word, a number, a run of initials (`К.С.`), a day (`12.03.2014`),
a URL or DOI, `//`, an ellipsis, or one punctuation mark. White space is no token.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kzcite.model import Span

# Letters with combining marks, soft hyphens and zero-width joiners inside.
_LETTER = r"[^\W\d_]"
_WORD = rf"{_LETTER}(?:{_LETTER}|[\u0300-\u036f\u00ad\u200b-\u200d])*"
_UPPER = "[A-ZА-ЯЁӘҒҚҢӨҰҮҺІЇЄҐЎÀ-ÖØ-ÞĞİŞƏ]"
_DOMAIN = r"(?:kz|ru|com|org|net|edu|gov|info|su|uz|kg|ua|by|de|uk|eu|io|рф)"
_TOKEN = re.compile(
    rf"""
    (?P<url>(?i:(?:https?|ftp)\s?:\s?//\s?\S+(?:(?<=[/_-])\s[a-z0-9_-]+\.(?:html?|pdf|php|aspx?|jsp)\S*|\s/(?=[a-z0-9])\S+){{0,3}}
        |www\.\S+|//[a-z][a-z0-9-]{{0,40}}(?:\.[a-z0-9-]{{1,40}}){{1,5}}/\S*
        |(?<![\w.@-])(?:[a-z0-9-]{{1,40}}\.){{1,4}}{_DOMAIN}\b(?:/\S*)?))
  | (?P<doi>10\.\d{{4,9}}/\S+)
  | (?P<day>(?<![\d.])\d{{1,2}}[./]\d{{1,2}}[./](?:\d{{4}}|\d{{2}})(?![\d])|(?<!\d)\d{{4}}-\d{{2}}-\d{{2}}(?!\d))
  | (?P<initials>(?<!\w){_UPPER}\.(?:-?{_UPPER}\.)*)
  | (?P<number>\d+)
  | (?P<word>{_WORD})
  | (?P<mark>//|\.\.\.+|…|\S)
    """,
    re.VERBOSE,
)
_DOI_IN_URL = re.compile(r"doi\.org/10\.\d", re.IGNORECASE)
_TAIL = ".,;:)]}>»”\"'“"


class Token(NamedTuple):
    """`text` is what is printed at `start`; `kind` is url, doi, day, initials, number, word or mark.

    `spaced` says whether white space (or the line's beginning) stands before it.
    """

    text: str
    start: int
    end: int
    kind: str
    spaced: bool

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def tokenise(line: str) -> list[Token]:
    """The tokens of `line`, in order; time grows linearly with its length.

    >>> [token.text for token in tokenise("Омаров К.Т. Тіл // Ақиқат. – 2001. – №2. – Б. 3-5.")]
    ['Омаров', 'К.Т.', 'Тіл', '//', 'Ақиқат', '.', '–', '2001', '.', '–', '№', '2', '.', '–', 'Б.', '3', '-', '5', '.']
    """
    tokens: list[Token] = []
    end = position = 0
    match = _TOKEN.search
    while found := match(line, position):
        start, position = found.span()
        kind = found.lastgroup or "mark"
        text = found[0]
        if kind in ("url", "doi"):
            text = _trim_tail(text)
            if kind == "url" and _DOI_IN_URL.search(text):
                kind = "doi"
            position = start + len(text)
        elif kind == "word" and len(text) > 4 and text[-1].isupper() and text[-2].islower():
            text = text[:-1]  # `лингвистикаА.,2009`: a place's initial is glued to the title
            position -= 1
        tokens.append(Token(text, start, position, kind, start > end or start == 0))
        end = position
    return tokens


def _trim_tail(text: str) -> str:
    """A URL without the punctuation of the sentence around it; a closing bracket stays where the URL opens one."""
    stop = len(text)
    surplus = text.count(")") - text.count("(")
    while stop and text[stop - 1] in _TAIL:
        if text[stop - 1] == ")":
            if surplus <= 0:
                break
            surplus -= 1
        stop -= 1
    return text[:stop] or text[:1]
