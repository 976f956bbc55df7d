"""What on a PDF page is not running text: running heads, page numbers, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kzcite.formats.document.pdf.layout import Line

_DIGITS = re.compile(r"\d+")
_ROMAN_OR_NUMBER = re.compile(r"[\s\-–—|]*(?:\d{1,4}|[ivxlc]{1,6})[\s\-–—|]*")
_NOTE_SIZE = 0.93
_NOTE_GAP = 2.0
_NOTE_LINES = 6
_NOTE_MARK = re.compile(r"(?:\d{1,3}|[*†‡]+)[.)]?\s")
_EDGE_LINES = 2
_LONGEST_HEAD = 150


def mark_furniture(pages: Sequence[list[Line]]) -> None:
    """Mark page numbers, and lines at the head or foot that come back on other pages with another number in them."""
    often: Counter[tuple[str, str]] = Counter()
    for page in pages:
        ordered = sorted(page, key=lambda one: -one.base)
        often.update({("header", _key(one)) for one in ordered[:_EDGE_LINES]})
        often.update({("footer", _key(one)) for one in ordered[-_EDGE_LINES:]})
    for page in pages:
        ordered = sorted(page, key=lambda one: -one.base)
        _mark(ordered[:_EDGE_LINES], "header", often, len(pages))
        _mark(ordered[: -_EDGE_LINES - 1 : -1], "footer", often, len(pages))


def _mark(lines: list[Line], kind: str, often: Counter[tuple[str, str]], pages: int) -> None:
    for one in lines:
        is_number = bool(_ROMAN_OR_NUMBER.fullmatch(one.text))
        is_head = len(one.text) <= _LONGEST_HEAD and often[kind, _key(one)] >= max(2, pages // 4)
        if not is_number and not is_head:
            return
        one.kind = kind


def mark_notes(pages: Sequence[list[Line]]) -> None:
    """Mark footnotes at the foot of a page or column: smaller lines from one that begins with a mark on, or lines of
    any size below a gap, the first of which begins with a raised mark."""
    sizes = Counter(round(one.size, 1) for page in pages for line in page for one in line.stretches for _ in one.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    for page in pages:
        lines = [one for one in page if one.kind == "paragraph"]
        block: list[Line] = []
        for index in range(len(lines) - 1, -1, -1):
            line = lines[index]
            is_small = max(one.size for one in line.stretches) < _NOTE_SIZE * body
            if not is_small and len(block) >= _NOTE_LINES:
                break
            block.append(line)
            gap = lines[index - 1].base - line.base if index else 0.0
            raised = line.stretches[0].raised and line.stretches[0].text.strip().isdigit()
            marked = raised or (is_small and _NOTE_MARK.match(line.text))
            if marked and (is_small or gap > _NOTE_GAP * line.stretches[-1].size):
                for one in block:
                    one.kind = "note"
                block = []


def _key(line: Line) -> str:
    return " ".join(_DIGITS.sub(" ", line.text).split()).casefold()
