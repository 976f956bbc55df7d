"""Clean a printed string and keep the map back: every clean character knows which printed characters it stands for.

In: text as printed. Out: `Normal` with composed letters (NFC), plain spaces, no soft hyphens or zero-width signs, words
joined over line ends, letters of the wrong script and digits typed for letters repaired. Nothing else is corrected.
Table: `script/lookalikes.toml`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from kzcite.model import Span
from kzcite.text.script import find_repairs, lookalikes, main_script

INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
DASHES = frozenset("-‐‑‒–—―−")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}


@dataclass(frozen=True, slots=True)
class Change:
    """What the normaliser did at one place: `span` counts in the printed text; `why` is space, hyphen, invisible,
    compose, ligature, script or digit."""

    span: Span
    printed: str
    clean: str
    why: str


@dataclass(frozen=True, slots=True)
class Normal:
    """`text` is clean; clean character i stands for printed characters `starts[i]` to `ends[i]`."""

    text: str
    raw: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    changes: tuple[Change, ...] = ()

    def raw_span(self, start: int, end: int) -> Span:
        """The printed characters behind `text[start:end]`; an empty stretch gives an empty span."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.raw)
            return Span(at, at)
        return Span(self.starts[start], self.ends[end - 1])

    def clean_span(self, start: int, end: int) -> Span:
        """The clean characters that stand for any of `raw[start:end]`."""
        first = bisect_right(self.ends, start)
        last = bisect_left(self.starts, end)
        return Span(first, max(first, last))


def normalise(text: str, *, repair: bool = True) -> Normal:
    """The clean form of `text`; with `repair` off, letters and digits stay as typed.

    >>> normalise("Еңбек\\u00a0 құ-\\nқығы").text
    'Еңбек құқығы'
    >>> normalise("533–\\n534").text
    '533–534'
    """
    chars, starts, ends, changes = _clean(text)
    clean = "".join(chars)
    if repair and not clean.isascii():
        clean = _repair(clean, starts, ends, text, changes)
        changes.sort(key=lambda one: one.span)
    return Normal(clean, text, tuple(starts), tuple(ends), tuple(changes))


def _clean(text: str) -> tuple[list[str], list[int], list[int], list[Change]]:
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    changes: list[Change] = []
    at, size = 0, len(text)

    def put(clean: str, start: int, end: int, why: str = "") -> None:
        for char in clean:
            chars.append(char)
            starts.append(start)
            ends.append(end)
        if why:
            changes.append(Change(Span(start, end), text[start:end], clean, why))

    while at < size:
        char = text[at]
        if char.isspace() or char in INVISIBLE:
            end = at
            while end < size and (text[end].isspace() or text[end] in INVISIBLE):
                end += 1
            gap = text[at:end]
            spaces = [one for one in gap if one not in INVISIBLE]
            if not spaces or (gap[0] == "\u00ad" and ("\n" in gap or "\r" in gap) and _continues(text, end)):
                changes.append(Change(Span(at, end), gap, "", "hyphen" if spaces else "invisible"))
            else:
                put(" ", at, end, "" if gap == " " else "space")
            at = end
            continue
        if char in DASHES and at + 1 < size and text[at + 1] in " \r\n\t\u00a0":
            joined = _join(text, at, chars[-1] if chars else "")
            if joined:
                end, keep = joined
                put(char if keep else "", at, end, "hyphen")
                at = end
                continue
        end = at + 1
        while end < size and text[end] > "\u02ff" and unicodedata.combining(text[end]):
            end += 1
        if end > at + 1:
            clean = unicodedata.normalize("NFC", text[at:end])
            if clean != text[at:end]:
                put(clean[0], at, end - len(clean) + 1, "compose")
                for extra, one in enumerate(clean[1:]):
                    put(one, end - len(clean) + 1 + extra, end - len(clean) + 2 + extra)
            else:
                for offset, one in enumerate(clean):
                    put(one, at + offset, at + offset + 1)
            at = end
            continue
        ligature = _LIGATURES.get(char)
        put(ligature or char, at, end, "ligature" if ligature else "")
        at = end
    return chars, starts, ends, changes


def _continues(text: str, at: int) -> bool:
    return at < len(text) and text[at].isalpha()


def _join(text: str, at: int, before: str) -> tuple[int, bool] | None:
    """At a dash before white space with a line end: (where the line goes on, whether the dash stays), or None.

    A hyphen between a letter and a small letter is the printer's and goes; between digits, or before a capital, it is
    the author's and stays.
    """
    end = at + 1
    while end < len(text) and (text[end].isspace() or text[end] in INVISIBLE):
        end += 1
    if end == len(text) or not any(one in "\n\r\x0b\x0c" for one in text[at + 1 : end]):
        return None
    after = text[end]
    if before.isalpha() and text[at] in "-‐‑" and after.isalpha():
        return end, not after.islower()
    if before.isdigit() and (after.isdigit() or after.isalpha()):
        return end, True
    return None


_IN_WORD = re.compile(r"(?<=[^\W\d_])[0346](?=[^\W\d_])")
_INITIAL = re.compile(r"(?<=[^\W\d_] )3(?=\. ?[А-ЯӘҒҚҢӨҰҮҺІ]\.)|(?<=[^\W\d_]\.)3(?=\.)|(?<=[^\W\d_]\. )3(?=\. [А-Я])")
_LABEL = re.compile(r"(?<=\d )6(?=\.?$)|(?<=\d-)6(?=\.?$)")


def _repair(clean: str, starts: list[int], ends: list[int], raw: str, changes: list[Change]) -> str:
    out = list(clean)

    def change(start: int, end: int, repaired: str, why: str) -> None:
        out[start:end] = repaired
        span = Span(starts[start], ends[end - 1])
        changes.append(Change(span, span.cut(raw), repaired, why))

    for one in find_repairs(clean):
        change(one.span.start, one.span.end, one.repaired, "script")
    if main_script(clean) == "Cyrl":
        digits = lookalikes().digits
        text = "".join(out)
        for found in _IN_WORD.finditer(text):
            left, right = text[found.start() - 1], text[found.end()]
            if "Ѐ" <= left <= "ԯ" and "Ѐ" <= right <= "ԯ" and right.islower():
                letter = digits[found[0]]
                change(found.start(), found.end(), letter.upper() if left.isupper() else letter, "digit")
        for found in _INITIAL.finditer(text):
            change(found.start(), found.end(), "З", "digit")
        for found in _LABEL.finditer(text):
            change(found.start(), found.end(), "б", "digit")
    return "".join(out)
