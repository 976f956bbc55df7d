"""Cut a numbered list: entries wrapped over lines and pages, gaps in the numbering, headings inside, and its end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kzcite.finder.likeness import is_likely, likeness
from kzcite.finder.lines import Line
from kzcite.finder.rows import (
    DATED,
    FINISHED,
    GOES_ON,
    Cut,
    Label,
    RawEntry,
    ends_list,
    label_of,
    quality,
    trimmed_end,
    usual_width,
)
from kzcite.model import Span

_HAS_DATA = re.compile(r"\d{2,}|//|https?:|\s[–—]\s")
_WAITS = re.compile(
    r"(?<![^\W\d_])(?<!\d)(?<!\d )(?:вып|т|том|ч|кн|с|б|p|pp|vol|no|шығ|сер|изд|гл)\.?\s*$|[№–—(,:]\s*$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\s*(?:https?:|www\.|doi\b|URL\b|ISBN\b|ISSN\b)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_WINDOW = 200
_MOST_READ = 3_000
_FITS = 0.85
_CLOSE = 6
_AHEAD = 80
_SHORT_LINE = 90


def cut_numbered(text: str, lines: Sequence[Line], start: int, stop: int) -> Cut:
    labels: dict[int, Label] = {}
    by_number: dict[tuple[str, int], list[int]] = {}
    for index in range(start, stop):
        line = lines[index]
        if line.kind == "code":
            stop = index
            break
        label = None if line.furniture else label_of(text, line)
        if label:
            labels[index] = label
            by_number.setdefault((label.style, label.number), []).append(index)
    width = usual_width(text, lines, start, stop)
    first = labels[start]
    style, expected = first.style, first.number
    entries: list[RawEntry] = []
    current: RawEntry | None = None
    gaps: list[Span] = []
    blank = False
    index, previous_line, ended = start, start, stop
    while index < stop:
        line = lines[index]
        if line.furniture:
            gaps.append(line.span)
            index += 1
            continue
        if not text[line.start : line.end].strip():
            blank = blank or not line.page_start
            index += 1
            continue
        label = labels.get(index)
        if label and label.style == style and _accepts(label, expected, index, by_number, text, line, entries):
            end = max(label.text, trimmed_end(text, line))
            current = RawEntry(Span(label.text, end), str(label.number), label.span)
            if label.style == "auto":
                current.label_span = None
            entries.append(current)
            expected = label.number + 1
            gaps, blank, previous_line = [], False, index
            index += 1
            continue
        ahead = _comes(by_number, style, expected, index)
        if current is None or not ahead:
            if ends_list(text, line) or current is None:
                ended = index
                break
            if line.kind == "section-title" and lines[previous_line].kind != "section-title":
                ended = index
                break
            if _is_page_number(text, line, current):
                gaps.append(line.span)
                index += 1
                continue
            if not _continues(text, lines[previous_line], line, current, blank, width):
                ended = index
                break
        elif _is_page_number(text, line, current):
            gaps.append(line.span)
            index += 1
            continue
        elif _is_subheading(text, line, current, blank, by_number, style, expected, index):
            gaps, blank = [], False
            previous_line = index
            index += 1
            current = entries[-1]
            continue
        current.text = Span(current.text.start, trimmed_end(text, line))
        current.gaps += gaps
        current.lines += 1
        gaps, blank, previous_line = [], False, index
        index += 1
    entries = [one for one in entries if one.text.length]
    return Cut(tuple(entries), ended, quality(text, entries))


def _accepts(
    label: Label,
    expected: int,
    index: int,
    by_number: dict[tuple[str, int], list[int]],
    text: str,
    line: Line,
    entries: list[RawEntry],
) -> bool:
    """Whether the number continues the list: the next one, or a gap or repetition that the list shows itself."""
    if label.number == expected:
        if _comes(by_number, label.style, expected, index):
            return _starts_entry(text, label) and not (entries and _waits(text, entries[-1]))
        return True
    if label.style == "bare":
        return expected < label.number <= expected + 2 and not _comes(by_number, "bare", expected, index)
    if expected < label.number <= expected + _CLOSE:
        return not _comes(by_number, label.style, expected, index) and _starts_entry(text, label)
    if label.number == expected - 1 or label.number == 1:
        again = not _comes(by_number, label.style, expected, index) or label.number == expected - 1
        return bool(entries) and again and _starts_entry(text, label) and is_likely(text[label.text : line.end])
    return False


def _waits(text: str, entry: RawEntry) -> bool:
    """Whether an entry so far ends with a word that a number follows: «Вып.», «№», «Т.»."""
    return bool(_WAITS.search(text, max(entry.text.start, entry.text.end - 12), entry.text.end))


def _starts_entry(text: str, label: Label) -> bool:
    first = text[label.text : label.text + 1]
    return first.isupper() or first in '«"“„[(*_<' or first.isdigit()


def _comes(by_number: dict[tuple[str, int], list[int]], style: str, number: int, index: int) -> bool:
    """Whether a line with this number comes soon after `index`."""
    return any(index < one <= index + _AHEAD for one in by_number.get((style, number), ())[:50])


def _is_page_number(text: str, line: Line, current: RawEntry) -> bool:
    """A number alone on its line, unless it is the year that the entry still lacks."""
    stripped = text[line.start : line.end].strip(" \t-–—\u00a0.")
    if not stripped.isdigit() or len(stripped) > 4:
        return False
    is_year = len(stripped) == 4 and 1500 <= int(stripped) <= 2100
    if is_year and not _YEAR.search(text, current.text.start, current.text.end):
        return False
    return not _waits(text, current)


def _is_subheading(
    text: str,
    line: Line,
    current: RawEntry,
    blank: bool,
    by_number: dict[tuple[str, int], list[int]],
    style: str,
    expected: int,
    index: int,
) -> bool:
    """A heading inside the list («Нормативные акты»): alone between two entries, no data of a reference in it."""
    printed = text[line.start : line.end].strip()
    if line.kind == "section-title":
        return True
    if len(printed) > _SHORT_LINE or _HAS_DATA.search(printed):
        return False
    following = [one for one in by_number.get((style, expected), ()) if one > index]
    if not following or following[0] - index > 2:
        return False
    complete = bool(FINISHED.search(text, max(current.text.start, current.text.end - 200), current.text.end))
    looks = printed.endswith(":") or printed.isupper() or printed.strip("*_#") != printed
    dated = bool(DATED.search(text, current.text.start, current.text.end))
    alone = (blank or dated) and printed[:1].isupper() and not printed.endswith(".")
    return complete and (looks or alone)


def _continues(text: str, before: Line, line: Line, current: RawEntry, blank: bool, width: int) -> bool:
    """Whether a line without a number belongs to the last entry of the list."""
    so_far = text[max(current.text.start, current.text.end - _MOST_READ) : current.text.end]
    printed = text[line.start : line.end]
    if not so_far:
        return True  # the number stands alone on the line before
    dated = bool(DATED.search(so_far))
    complete = bool(FINISHED.search(so_far[-_WINDOW:])) and dated and likeness(so_far) >= 0.3
    goes_on = bool(GOES_ON.match(printed))
    if blank:
        return not complete and goes_on
    if _ADDRESS.match(printed) or (not dated and DATED.search(printed)):
        return current.lines < 12
    word = printed.split(maxsplit=1)[0]
    if before.end - before.start + 1 + len(word) <= _FITS * width:
        # The word would have fitted on the line before: the author ended the line there.
        return not complete and (goes_on or not so_far.rstrip().endswith("."))
    if complete and not goes_on:
        return bool(_HAS_DATA.search(printed)) and current.lines < 6 and likeness(printed) < 0.75
    return current.lines < 12
