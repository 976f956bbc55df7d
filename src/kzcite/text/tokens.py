"""Tokens of a reference line with their offsets.

A token is what a reader takes in at one glance: a word, a number, a run of initials (`К.С.`), a day (`12.03.2014`),
a URL or DOI, `//`, an ellipsis, or one punctuation mark. White space is no token.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kzcite.model import Span

_LETTER = r"[^\W\d_]"
_JOINED = rf"(?:[\u0300-\u036f\u00ad\u200b-\u200d]+{_LETTER}*)*"  # combining marks, soft hyphens, joiners in a word
_UPPER = "[A-ZА-ЯЁӘҒҚҢӨҰҮҺІЇЄҐЎÀ-ÖØ-ÞĞİŞƏ]"
_DOMAIN = r"(?:kz|ru|com|org|net|edu|gov|info|su|uz|kg|ua|by|de|uk|eu|io|рф)"
_INITIALS = rf"(?<!\w){_UPPER}\.(?:-?{_UPPER}\.)*"
_DAY = r"(?<![\d.])\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})(?!\d)|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)"
_MARK = r"//|\.\.\.+|\S"
_HTML = r"\s[a-z0-9_-]+\.(?:html?|pdf|php|aspx?|jsp)\S*"  # the end of an address that a space cuts off
_URL = rf"""(?i:(?:https?|ftp)\s?:\s?//\s?\S+(?:(?<=[/_-]){_HTML}|\s/(?=[a-z0-9])\S+){{0,3}}
        |www\.\S+|//[a-z][a-z0-9-]{{0,40}}(?:\.[a-z0-9-]{{1,40}}){{1,5}}/\S*
        |(?<![\w.@-])(?:[a-z0-9-]{{1,40}}\.){{1,4}}{_DOMAIN}\b(?:/\S*)?)"""
# Every piece of a line without URLs and DOIs with the white space after it; what most lines are made of comes first.
_PIECE = re.compile(
    rf"(?:{_LETTER}{{2,}}{_JOINED}|\d+(?!\d|[./]\d|-\d\d)|{_INITIALS}|{_LETTER}{_JOINED}|{_DAY}|\d+|{_MARK})\s*"
)
_TOKEN = re.compile(
    rf"""
    (?P<url>{_URL})
  | (?P<doi>10\.\d{{4,9}}/\S+)
  | (?P<day>{_DAY})
  | (?P<initials>{_INITIALS})
  | (?P<number>\d+)
  | (?P<word>{_LETTER}+{_JOINED})
  | (?P<mark>{_MARK})
    """,
    re.VERBOSE,
)
# Every URL and DOI has one of these in it.
_DOT_OF_URL = re.compile(rf"\.(?:(?<=www\.)|(?=[a-z\dр])(?:{_DOMAIN}\b|(?<=10\.)\d{{4}}))", re.IGNORECASE)
_SLASHES_OF_URL = re.compile(r"//(?:[a-z]|(?<=:..)|(?<=:\s..))", re.IGNORECASE | re.DOTALL)
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
    if _DOT_OF_URL.search(line) or _SLASHES_OF_URL.search(line):
        return _with_urls(line)
    tokens: list[Token] = []
    known, new = _pieces, tuple.__new__  # some thirty tokens a line: the plain constructor counts
    at = len(line) - len(line.lstrip())
    spaced = True
    for piece in _PIECE.findall(line):
        text, kind, length, whole, followed = known.get(piece) or _remember(piece)
        end = at + length
        if kind == "glued":
            tokens += Token(text[:-1], at, end - 1, "word", spaced), Token(text[-1], end - 1, end, "word", False)
        else:
            tokens.append(new(Token, (text, at, end, kind, spaced)))
        spaced = followed
        at += whole
    return tokens


_pieces: dict[str, tuple[str, str, int, int, bool]] = {}
"""A piece → what it is without the white space after it, its kind, the lengths without and with that, whether any is
there."""
_PIECES_KEPT = 100_000


def _remember(piece: str) -> tuple[str, str, int, int, bool]:
    if len(_pieces) >= _PIECES_KEPT:
        _pieces.clear()
    text = piece.rstrip()
    known = _pieces[piece] = (text, _kind_of_piece(text), len(text), len(piece), len(text) < len(piece))
    return known


def _kind_of_piece(text: str) -> str:
    """The kind of a piece, which its first and last signs tell; `glued` is two words."""
    if text[0].isdecimal():
        return "number" if text.isdecimal() else "day"
    if not text[0].isalnum():
        return "mark"
    if text[-1] == ".":
        return "initials"
    return "glued" if _is_glued(text) else "word"


def _is_glued(text: str) -> bool:
    """`лингвистикаА.,2009`: a place's initial is glued to the title."""
    return len(text) > 4 and text[-1].isupper() and text[-2].islower()


def _with_urls(line: str) -> list[Token]:
    """The tokens of a line that may have URLs or DOIs: the text after one depends on where the sentence ends it."""
    tokens: list[Token] = []
    end = position = 0
    match, new = _TOKEN.search, tuple.__new__
    while found := match(line, position):
        start, position = found.span()
        kind = found.lastgroup or "mark"
        text = found[0]
        if kind in ("url", "doi"):
            text = _trim_tail(text)
            if kind == "url" and _DOI_IN_URL.search(text):
                kind = "doi"
            position = start + len(text)
        elif kind == "word" and _is_glued(text):
            text = text[:-1]
            position -= 1
        tokens.append(new(Token, (text, start, position, kind, start > end or start == 0)))
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
