"""Entries while they are being cut: their numbers, the lines that end a list, and small facts about printed lines.

Table: `citing/headings.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kzcite.finder.likeness import is_likely
from kzcite.finder.lines import Line
from kzcite.model import Span
from kzcite.model.values import whole_number
from kzcite.tables.citing import headings
from kzcite.text.fold import fold

_LABEL = re.compile(
    r"""[\s>|]*(?:[-*•●]\s+)?
    (?:\[(?P<square>\d{1,4})\]\s?[.)]?
      |\((?P<round>\d{1,4})\)\s?\.?
      |№?\s?(?P<dot>\d{1,4})\s?\\?\.(?!\d)
      |№?\s?(?P<paren>\d{1,4})\s?\\?\)
      |(?P<cell>\d{1,4})\s?\.?\s?\|
      |(?P<bare>\d{1,4})(?=[ \t\u00a0]+
          (?:["«“„(\[.]?[^\W\d_a-zа-яёәғқңөұүһі]|https?:|www\.|\d+[–-]\d|["«“„(\[]?\d{2,4}\s?[^\W\d_])))
    \s*""",
    re.VERBOSE,
)
BULLET = re.compile(r"\s*[-*•●–]\s+")
FINISHED = re.compile(r"""(?:[.!?;)\]»”"]|\d|https?://\S+|(?<![^\W\d_])(?:б|с|p|бет|c))\s*$""")
GOES_ON = re.compile(r"\s*[–—\-a-zа-яёәғқңөұүһі\d(\[/:,.;]")
DATED = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)|https?:|www\.")
_CAPTION = re.compile(r"\s*([^\W\d_]+)\.?\s*№?\s*\d")


@dataclass(slots=True)
class RawEntry:
    """An entry while it is being read: the lines from `first` to `last`, its text and label, furniture inside."""

    text: Span
    label: str = ""
    label_span: Span | None = None
    gaps: list[Span] = field(default_factory=list)
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Cut:
    """The entries of a list, the index of the first line after it, and the share of entries like references."""

    entries: tuple[RawEntry, ...]
    stop: int
    quality: float
    trusted: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A number at the start of a line: its style, its value, where it stands, where the text begins."""

    style: str
    number: int
    span: Span
    text: int


def read_label(text: str, line: Line) -> Label | None:
    """The list number that `line` begins with, or None.

    >>> read_label("[12] Омаров К.", Line(0, 14)).number
    12
    """
    found = _LABEL.match(text, line.start, line.end)
    if found is None or found.lastgroup is None:
        return None
    style = found.lastgroup
    rest = found.end()
    if rest >= line.end:
        # A number alone on its line belongs to the next printed line; one without any sign is a page number.
        rest = _next_printed(text, line.end) if style in ("dot", "square", "paren") else -1
        if rest < 0:
            return None
    start, end = found.start(style), found.end(style)
    while start > line.start and text[start - 1] in "[(№":
        start -= 1
    while end < rest and text[end] in "]).\\":
        end += 1
    return Label(style, int(found[style]), Span(start, end), rest)


def label_of(text: str, line: Line) -> Label | None:
    """The printed number of a line, or the one that the container computes."""
    printed = read_label(text, line)
    number = whole_number(line.label.strip(" .)([]")) if printed is None else None
    return printed if number is None else Label("auto", number, Span(line.start, line.start), line.start)


def _next_printed(text: str, at: int) -> int:
    """Where the next line with a letter begins, directly below or after one blank line; -1 for none."""
    end = at
    while end < len(text) and end - at < 12 and text[end].isspace():
        end += 1
    return end if end < len(text) and text[at:end].count("\n") in (1, 2) and text[end].isalpha() else -1


def ends_list(text: str, line: Line) -> bool:
    """Whether the line begins what follows a list: the authors' data, an abstract, an appendix, another article."""
    if line.kind == "code":
        return True
    if line.end - line.start > 160 or not text[line.start : line.end].strip():
        return False
    words = fold(text[line.start : line.end])
    table = headings()
    for phrase in table.end:
        if words.startswith(phrase) and _whole(words, phrase):
            # A reference broken over lines may go on with `Introduction to …` or `Финансирование науки // …`.
            return " " in phrase or len(words) - len(phrase) <= 3 or not is_likely(text[line.start : line.end])
    first = words.split(" ", 1)[0] if words else ""
    if first in table.article and line.end - line.start < 60 and not is_likely(text[line.start : line.end]):
        return True
    caption = _CAPTION.match(text, line.start, line.end)
    return bool(caption and fold(caption[1]) in table.captions)


def _whole(words: str, phrase: str) -> bool:
    """The phrase is the line, or the line is the phrase with a colon, a number or a short rest."""
    rest = words[len(phrase) :]
    if rest and not rest.startswith(" "):
        return False
    return len(rest) <= 3 or len(phrase) >= 12 or rest.strip()[:1].isdigit()


def leading(text: str, line: Line) -> int:
    start = line.start
    while start < line.end and text[start].isspace():
        start += 1
    return start


def trimmed_end(text: str, line: Line) -> int:
    end = line.end
    while end > line.start and text[end - 1].isspace():
        end -= 1
    if end > line.start and text[end - 1] == "|" and text[line.start : end].lstrip()[:1] == "|":
        end -= 1  # the end of a table row
        while end > line.start and text[end - 1].isspace():
            end -= 1
    return end


def usual_width(text: str, lines: Sequence[Line], start: int, stop: int) -> int:
    lengths = sorted(line.end - line.start for line in lines[start : min(stop, start + 400)] if line.end > line.start)
    return lengths[int(len(lengths) * 0.8)] if lengths else 0


def quality(text: str, entries: list[RawEntry]) -> float:
    if not entries:
        return 0.0
    sample = entries if len(entries) <= 40 else entries[:: len(entries) // 40]
    return sum(is_likely(text[one.text.start : one.text.end]) for one in sample) / len(sample)
