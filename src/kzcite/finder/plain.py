"""Cut a list without numbers: one entry a line, one a paragraph, or wrapped lines told apart by how they begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kzcite.finder.likeness import is_likely, likeness
from kzcite.finder.lines import Line
from kzcite.finder.rows import (
    BULLET,
    FINISHED,
    GOES_ON,
    Cut,
    RawEntry,
    ends_list,
    leading,
    quality,
    trimmed_end,
    usual_width,
)
from kzcite.model import Span

_CONTINUES = re.compile(r"\s*[–—a-zа-яёәғқңөұүһі]")
_HEADED = re.compile(r"\W{0,2}[^\W\d_][^\W\d_'’-]+,?\s(?:[^\W\d_]\.\s?){1,3}|\W{0,2}(?:[^\W\d_]\.\s?){1,2}[^\W\d_]{2,}")


def cut_plain(text: str, lines: Sequence[Line], start: int, stop: int) -> Cut:
    """Entries without numbers: one a line, or one a paragraph, or wrapped lines told apart by how they begin."""
    rows, ended = _plain_rows(text, lines, start, stop)
    if not rows:
        return Cut((), ended, 0.0)
    own = sum(is_likely(text[lines[row].start : lines[row].end]) for row, _ in rows) / len(rows)
    width = usual_width(text, lines, start, stop)
    paragraphs = sum(blank for _, blank in rows[1:]) / max(1, len(rows) - 1)
    entries: list[RawEntry] = []
    one_a_line = (own >= 0.6 and _open_share(text, lines, rows) < 0.2) or (len(rows) > 1 and paragraphs > 0.9)
    previous: Line | None = None
    for row, blank in rows:
        line = lines[row]
        bullet = BULLET.match(text, line.start, line.end)
        span = Span(bullet.end() if bullet else leading(text, line), trimmed_end(text, line))
        new = (
            previous is None or one_a_line or _begins_plain(text, previous, line, entries[-1], blank, width, paragraphs)
        )
        if one_a_line and previous is not None and not blank and _is_tail(text, entries[-1], line, previous, width):
            new = False
        if new:
            entries.append(RawEntry(span, str(len(entries) + 1)))
        else:
            last = entries[-1]
            last.text = Span(last.text.start, span.end)
            last.gaps += [one.span for one in lines[_index_after(lines, previous, row) : row] if one.furniture]
            last.lines += 1
        previous = line
    return Cut(tuple(entries), ended, quality(text, entries))


def _open_share(text: str, lines: Sequence[Line], rows: list[tuple[int, bool]]) -> float:
    """The share of lines that break off: no end of a sentence, or the next goes on with a small letter or a dash."""
    broken = 0
    for (row, _), (following, blank) in pairwise(rows):
        line, after = lines[row], lines[following]
        finished = FINISHED.search(text, max(line.start, line.end - 200), line.end)
        goes_on = _CONTINUES.match(text, after.start, after.end)
        broken += not blank and (not finished or bool(goes_on))
    return broken / max(1, len(rows) - 1)


def _index_after(lines: Sequence[Line], previous: Line | None, row: int) -> int:
    index = row - 1
    while index >= 0 and previous is not None and lines[index].start > previous.start:
        index -= 1
    return index + 1


def _plain_rows(text: str, lines: Sequence[Line], start: int, stop: int) -> tuple[list[tuple[int, bool]], int]:
    """(line, whether blank lines stand before it) of every line that can belong to the list, and where it ends."""
    rows: list[tuple[int, bool]] = []
    blank, doubtful = False, 0
    last_good = start
    for index in range(start, stop):
        line = lines[index]
        printed = text[line.start : line.end]
        if line.furniture:
            continue
        if not printed.strip():
            blank = blank or not line.page_start
            continue
        if ends_list(text, line) or (line.kind == "section-title" and not is_likely(printed)):
            return rows[: _good(rows, last_good)], index
        if is_likely(printed):
            doubtful, last_good = 0, index
        else:
            doubtful += 1
            if (
                blank
                and rows
                and not _likely_ahead(text, lines, index, stop)
                and not _likely_paragraph(text, lines, index, stop)
            ):
                return rows[: _good(rows, last_good)], index
            if doubtful > 8:
                return rows[: _good(rows, last_good)], last_good + 1
        rows.append((index, blank))
        blank = False
    keep = _good(rows, last_good)
    tail = rows[keep:]
    if tail and not any(is_blank for _, is_blank in tail) and len(tail) <= 2:
        keep = len(rows)
    return rows[:keep], rows[keep][0] if keep < len(rows) else stop


def _good(rows: list[tuple[int, bool]], last_good: int) -> int:
    """How many rows to keep: up to the last one like a reference, and what directly follows it up to a blank line."""
    keep = sum(1 for row, _ in rows if row <= last_good)
    if keep == 0:
        return 0
    if keep < len(rows) and not rows[keep][1] and keep + 1 == len(rows):
        keep += 1
    return keep


def _likely_paragraph(text: str, lines: Sequence[Line], index: int, stop: int) -> bool:
    """Whether the lines up to the next blank one are a reference broken over several."""
    end = index
    while end < min(stop, index + 6) and text[lines[end].start : lines[end].end].strip():
        if end > index and ends_list(text, lines[end]):
            return False
        end += 1
    return end > index + 1 and is_likely(text[lines[index].start : lines[end - 1].end])


def _likely_ahead(text: str, lines: Sequence[Line], index: int, stop: int) -> bool:
    seen = likely = 0
    for line in lines[index : min(stop, index + 12)]:
        printed = text[line.start : line.end]
        if line.furniture or not printed.strip():
            continue
        if ends_list(text, line):
            break
        seen += 1
        likely += is_likely(printed)
        if seen == 4:
            break
    return likely >= 2


def _begins_plain(
    text: str, previous: Line, line: Line, entry: RawEntry, blank: bool, width: int, paragraphs: float
) -> bool:
    printed = text[line.start : line.end]
    before = text[entry.text.start : entry.text.end]
    complete = bool(FINISHED.search(before)) and likeness(before) >= 0.3
    if blank and paragraphs > 0.1:
        return True
    first = text.rfind("\n", 0, entry.text.start) + 1
    if leading(text, line) - line.start >= entry.text.start - first + 2 and not BULLET.match(printed):
        return False  # a hanging indent
    if GOES_ON.match(printed) and not BULLET.match(printed):
        return False
    if BULLET.match(printed):
        return True
    if not complete:
        return False
    short = previous.end - previous.start < 0.8 * width
    return short or bool(_HEADED.match(printed)) or is_likely(printed)


def _is_tail(text: str, entry: RawEntry, line: Line, previous: Line, width: int) -> bool:
    """In a list of one entry a line: a line that only ends the entry before it (its pages, its address)."""
    printed = text[line.start : line.end]
    before = text[entry.text.start : entry.text.end].rstrip()
    if BULLET.match(printed) or not GOES_ON.match(printed):
        return False
    open_ended = not FINISHED.search(before) or before.endswith((",", "–", "-", ":", "//"))
    return open_ended and (previous.end - previous.start) >= 0.6 * width
