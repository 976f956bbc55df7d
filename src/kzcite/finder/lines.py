"""The printed lines of a document, and which of them are page furniture: page numbers and running heads.

In: the text and its blocks. A line ends at a line break, a form feed or the end of a block.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from kzcite.model import Block, Span

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_PAGE_NUMBER = re.compile(r"[\s\-–—|]*\d{1,4}[\s\-–—|]*")
_DIGITS = re.compile(r"\d+")
_HEAD_LINES = 3
_FOOT_LINES = 1
_LONGEST_HEAD = 120


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line without its line break. `page_start` is True right after a form feed."""

    start: int
    end: int
    kind: str = "paragraph"
    label: str = ""
    furniture: bool = False
    page_start: bool = False

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def split_lines(text: str, blocks: tuple[Block, ...]) -> list[Line]:
    """The lines of `text` in order, each with the kind of the block that it begins in."""
    bounds: list[tuple[int, int, bool]] = []
    at, after_page = 0, False
    for found in _BREAK.finditer(text):
        bounds.append((at, found.start(), after_page))
        after_page = found[0] == "\x0c" or (after_page and not text[at : found.start()].strip())
        at = found.end()
    bounds.append((at, len(text), after_page))
    ordered = sorted(blocks, key=lambda one: one.span)
    starts = [one.span.start for one in ordered]
    lines: list[Line] = []
    for start, end, page_start in bounds:
        block = _block_at(ordered, starts, start, end)
        if block is None:
            lines.append(Line(start, end, page_start=page_start))
            continue
        label = block.label if block.span.start >= start else ""
        furniture = block.kind in ("header", "footer")
        lines.append(Line(start, end, block.kind, label, furniture, page_start))
    return _mark_furniture(text, lines)


def _block_at(ordered: list[Block], starts: list[int], start: int, end: int) -> Block | None:
    at = bisect_right(starts, start) - 1
    for index in (at, at + 1):
        if 0 <= index < len(ordered):
            span = ordered[index].span
            if span.start <= start < max(span.end, span.start + 1) or start <= span.start < end:
                return ordered[index]
    return None


def _mark_furniture(text: str, lines: list[Line]) -> list[Line]:
    """Mark page numbers beside page breaks, and lines that come back at the head or foot of several pages."""
    breaks = [
        index for index, line in enumerate(lines) if line.page_start and (index == 0 or not _same_page(lines, index))
    ]
    if not breaks:
        return lines
    edges: dict[int, str] = {}
    for index in (0, *breaks):
        for near in _nearest(text, lines, index, 1, _HEAD_LINES):
            edges[near] = _head_key(text, lines[near])
        for near in _nearest(text, lines, index - 1, -1, _FOOT_LINES):
            edges.setdefault(near, _head_key(text, lines[near]))
    often = Counter(edges.values())
    out = list(lines)
    for index in (0, *breaks):
        for step, first, most in ((1, index, _HEAD_LINES), (-1, index - 1, _FOOT_LINES)):
            number_seen = False
            for near in _nearest(text, lines, first, step, most):
                line = lines[near]
                is_number = bool(_PAGE_NUMBER.fullmatch(text, line.start, line.end))
                is_head = line.end - line.start <= _LONGEST_HEAD and often[edges[near]] >= 2 and bool(edges[near])
                if not (is_number and not number_seen) and not is_head:
                    break
                number_seen = number_seen or is_number
                out[near] = Line(line.start, line.end, line.kind, line.label, True, line.page_start)
    return out


def _same_page(lines: list[Line], index: int) -> bool:
    """Whether the line before is already marked as the start of the same page (blank lines after a form feed)."""
    return index > 0 and lines[index - 1].page_start


def _nearest(text: str, lines: list[Line], index: int, step: int, most: int) -> list[int]:
    found: list[int] = []
    looked = 0
    while 0 <= index < len(lines) and len(found) < most and looked < most + 6:
        if text[lines[index].start : lines[index].end].strip():
            found.append(index)
        index += step
        looked += 1
    return found


def _head_key(text: str, line: Line) -> str:
    if line.end - line.start > _LONGEST_HEAD:
        return ""
    return " ".join(_DIGITS.sub(" ", text[line.start : line.end]).split()).casefold()
