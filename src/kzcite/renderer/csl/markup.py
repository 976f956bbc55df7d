"""A value of CSL-JSON as tokens: its own rich tags, its quotation marks and apostrophes; all else is literal text."""

from __future__ import annotations

import html
import re
from collections import Counter

from kzcite.renderer.csl.finish import Quotes
from kzcite.renderer.csl.tokens import CLOSE, CLOSE_QUOTE, NOCASE, OPEN_QUOTE, Open, Token, Tokens

_SPECIAL = re.compile(r"""[<"'“”„‘’«»&]""")
_TAG = re.compile(
    r"""<(?P<close>/)?(?P<tag>i|b|sup|sub|sc|span)(?P<rest>\s[^<>]*)?>""",
    re.IGNORECASE,
)
_OPENS = {
    "i": Open("font-style", "italic"),
    "b": Open("font-weight", "bold"),
    "sup": Open("vertical-align", "sup"),
    "sub": Open("vertical-align", "sub"),
    "sc": Open("font-variant", "small-caps"),
}
_NODECOR = Open("nodecor", "")
_NORMAL_STYLE = Open("font-style", "normal")


def _opening(tag: str, rest: str) -> Open | None:
    """The formatting that a tag means, None for a tag that is plain text."""
    if tag != "span":
        return _OPENS[tag] if not rest.strip() else None
    rest = rest.replace(" ", "").replace("'", '"').lower().rstrip(";")
    if rest in ('class="nocase"',):
        return NOCASE
    if rest.startswith('style="font-variant:small-caps'):
        return _OPENS["sc"]
    if rest in ('class="nodecor"',):
        return _NODECOR
    if rest.startswith('style="font-style:normal'):
        return _NORMAL_STYLE
    return None


def parse(text: str, quotes: Quotes) -> str | tuple[Token, ...]:
    """Tokens of a value; a value without anything special is returned as it is.

    Tags that do not close, or that CSL-JSON does not know, stay as text.
    """
    if not _SPECIAL.search(text):
        return text
    pieces: Tokens = _tags(text) if "<" in text else [text]
    if "&" in text:
        # After the tags: an escaped tag is text.
        pieces = [html.unescape(one) if isinstance(one, str) else one for one in pieces]
    if not quotes.as_printed:
        pieces = _quotes(pieces, quotes)
    if len(pieces) == 1 and isinstance(pieces[0], str):
        return pieces[0]
    return tuple(one for one in pieces if one != "")


def _tags(text: str) -> Tokens:
    out: Tokens = []
    stack: list[tuple[str, int, str]] = []  # tag, its place in `out`, as printed: one left open is put back as text
    waiting: Counter[str] = Counter()
    at = 0
    for found in _TAG.finditer(text):
        tag = found["tag"].lower()
        if found["close"]:
            if not waiting[tag]:
                continue
            while True:
                name, place, printed = stack.pop()
                waiting[name] -= 1
                if name == tag:
                    break
                out[place] = printed
            out += [text[at : found.start()], CLOSE]
        else:
            opening = _opening(tag, found["rest"] or "")
            if opening is None:
                continue
            out.append(text[at : found.start()])
            stack.append((tag, len(out), found[0]))
            waiting[tag] += 1
            out.append(opening)
        at = found.end()
    out.append(text[at:])
    for _, place, printed in stack:
        out[place] = printed
    return [one for one in out if one != ""]


_WORD = re.compile(r"[^\W_]")


def _quotes(pieces: Tokens, quotes: Quotes) -> Tokens:
    """Pairs of quotation marks become OPEN_QUOTE and CLOSE_QUOTE, a lone single one an apostrophe."""
    flat = "".join(one if isinstance(one, str) else "\x00" for one in pieces)
    if not re.search(r"""["'“”„‘’«»]""", flat):
        return pieces
    opens = {quotes.open: 1, quotes.open_inner: 2, '"': 1, "'": 2, "“": 1, "‘": 2}
    closes = {quotes.close: 1, quotes.close_inner: 2, '"': 1, "'": 2, "”": 1, "’": 2}
    change: dict[int, Token] = {}
    stack: list[tuple[int, str]] = []
    waiting: Counter[str] = Counter()
    for at, char in enumerate(flat):
        if char not in opens and char not in closes:
            continue
        before, after = _near(flat, at, -1), _near(flat, at, 1)
        straight = char in "\"'"
        can_open = char in opens and not (straight and _WORD.match(before)) and not after.isspace() and after != ""
        can_close = char in closes and not before.isspace() and before != ""
        if char in "'’" and _WORD.match(before) and _WORD.match(after):
            change[at] = "’"
            continue
        closing = can_close and (not straight or not _WORD.match(after))
        if closing and any(waiting[one] and _pairs(one, char, opens, closes) for one in opens):
            while True:
                place, first = stack.pop()
                waiting[first] -= 1
                if _pairs(first, char, opens, closes):
                    break
                if first == "'":
                    change[place] = "’"
            change[place] = OPEN_QUOTE
            change[at] = CLOSE_QUOTE
            continue
        if can_open:
            stack.append((at, char))
            waiting[char] += 1
        if char == "'":
            change[at] = "’"
    for at, char in stack:
        if char == "'":
            change[at] = "’"
    return _apply(pieces, change)


def _pairs(first: str, last: str, opens: dict[str, int], closes: dict[str, int]) -> bool:
    if first in "\"'" or last in "\"'":
        return first == last
    return opens[first] == closes.get(last)


def _near(flat: str, at: int, step: int) -> str:
    at += step
    while 0 <= at < len(flat) and flat[at] == "\x00":
        at += step
    return flat[at] if 0 <= at < len(flat) else ""


def _apply(pieces: Tokens, change: dict[int, Token]) -> Tokens:
    out: Tokens = []
    place = 0
    for piece in pieces:
        if not isinstance(piece, str):
            out.append(piece)
            place += 1
            continue
        text = ""
        for char in piece:
            new = change.get(place, char)
            place += 1
            if isinstance(new, str):
                text += new
            else:
                if text:
                    out.append(text)
                text = ""
                out.append(new)
        if text:
            out.append(text)
    return out
