"""Cut a list without numbers: one entry a line, one a paragraph, or wrapped lines told apart by how they begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kzcite.finder.begins import begins
from kzcite.finder.likeness import is_likely
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
)
from kzcite.model import Span

_PROSE = re.compile(r"\.{5,}|\t\d+\s*$|[{}]|\[\d{1,3}\]|@|\w{3,}[.!?] [^\W\d_]\w+ [^\W\d_A-ZА-Я]\w+ \w+ \w+ \w+ \w+")
_WIDEST = 150
_LONGEST_TAIL = 3
_WINDOW = 200
_MOST_READ = 1_500
_FITS = 0.9
_LONGEST_TRUSTED = 320
_MOST_TRUSTED = 60
_CONTINUES = re.compile(r"\s*[–—a-zа-яёәғқңөұүһі]")
_HEADED = re.compile(r"\W{0,2}[^\W\d_][^\W\d_'’-]+,?\s(?:[^\W\d_]\.\s?){1,3}|\W{0,2}(?:[^\W\d_]\.\s?){1,2}[^\W\d_]{2,}")


def cut_plain(text: str, lines: Sequence[Line], start: int, stop: int, *, trusted: bool = False) -> Cut:
    """Entries without numbers: one a line, or one a paragraph, or wrapped lines told apart by how they begin."""
    rows, ended = _plain_rows(text, lines, start, stop)
    if trusted:
        wider = _trusted_rows(text, lines, start, stop)
        trusted = wider is not None and len(wider[0]) >= len(rows)
        if wider is not None and trusted:
            rows, ended = wider
    if not rows:
        return Cut((), ended, 0.0)
    own = sum(is_likely(text[lines[row].start : lines[row].end]) for row, _ in rows) / len(rows)
    look = _look(text, lines, rows)
    entries: list[RawEntry] = []
    by_blanks = look.paragraphs >= 0.5 or (look.wrapped and look.paragraphs > 0.15)
    one_a_line = (own >= 0.5 or trusted) and not look.wrapped and not by_blanks
    previous: Line | None = None
    for row, blank in rows:
        line = lines[row]
        bullet = BULLET.match(text, line.start, line.end) if look.bulleted else None
        span = Span(bullet.end() if bullet else leading(text, line), trimmed_end(text, line))
        if previous is None or by_blanks:
            new = blank or previous is None
        else:
            new = one_a_line or _begins_plain(text, previous, line, entries[-1], look)
        if (
            one_a_line
            and previous is not None
            and not blank
            and _is_tail(text, entries[-1], line, previous, look.width)
        ):
            new = False
        if new:
            entries.append(RawEntry(span, str(len(entries) + 1)))
        else:
            last = entries[-1]
            last.text = Span(last.text.start, span.end)
            last.gaps += [one.span for one in lines[_index_after(lines, previous, row) : row] if one.furniture]
            last.lines += 1
        previous = line
    return Cut(tuple(entries), ended, quality(text, entries), trusted)


@dataclass(frozen=True, slots=True)
class _Look:
    """How the lines of a list are set: the longest usual line, whether lines are wrapped, the share of lines after a
    blank one, and the indent of the first line of an entry where first lines are told by it."""

    width: int
    wrapped: bool
    paragraphs: float
    indent: int | None
    bulleted: bool


def _look(text: str, lines: Sequence[Line], rows: list[tuple[int, bool]]) -> _Look:
    printed = [text[lines[row].start : lines[row].end].rstrip() for row, _ in rows]
    lengths = sorted(len(one) for one in printed if " " in one.strip())  # a long address is no width
    lengths = lengths or sorted(map(len, printed))
    width = lengths[int(len(lengths) * 0.95)] if len(lengths) > 20 else lengths[-1]
    full = sum(length >= 0.8 * width for length in lengths) / len(lengths)
    wrapped = width <= _WIDEST and full >= 0.35 and _open_share(text, lines, rows) >= 0.15
    paragraphs = sum(blank for _, blank in rows[1:]) / max(1, len(rows) - 1)
    bulleted = bool(BULLET.match(text, lines[rows[0][0]].start, lines[rows[0][0]].end))
    indents = [leading(text, lines[row]) - lines[row].start for row, _ in rows]
    other = sum(abs(indent - indents[0]) > 1 for indent in indents) / len(indents)
    return _Look(
        width, wrapped, paragraphs, indents[0] if 0.15 <= other <= 0.9 and len(indents) > 2 else None, bulleted
    )


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
    return rows[:keep], rows[keep][0] if keep < len(rows) else stop


def _trusted_rows(text: str, lines: Sequence[Line], start: int, stop: int) -> tuple[list[tuple[int, bool]], int] | None:
    """The rows up to what ends a list, None where they are too many or too much like prose for a list."""
    wider: list[tuple[int, bool]] = []
    blank = False
    for index in range(start, stop):
        line = lines[index]
        printed = text[line.start : line.end]
        if line.furniture:
            continue
        if not printed.strip():
            blank = blank or not line.page_start
            continue
        if ends_list(text, line) or line.kind == "section-title":
            stop = index
            break
        unlike = not is_likely(printed) and (len(printed) > _LONGEST_TRUSTED or _PROSE.search(printed))
        if unlike or len(wider) > _MOST_TRUSTED:
            return None
        wider.append((index, blank))
        blank = False
    gaps = sum(blank for _, blank in wider[1:])
    if gaps and 2 * gaps < len(wider) and not _is_even(text, lines, wider):
        return None
    units = _units(text, lines, wider)
    likely = sum(is_likely(unit) for unit in units)
    if not wider or (likely < 0.3 * len(units) and len(units) > 12):
        return None
    if len(units) > 1 and len(wider) > len(units) and likely < 0.35 * len(units):
        return None
    return wider, stop


def _is_even(text: str, lines: Sequence[Line], rows: list[tuple[int, bool]]) -> bool:
    """Whether blank lines part entries: what follows the last one is a reference too, and no stretch is very long."""
    last = max(at for at, (_, blank) in enumerate(rows) if blank and at)
    longest = run = 0
    for _, blank in rows:
        run = 1 if blank else run + 1
        longest = max(longest, run)
    return longest <= 8 and is_likely(" ".join(text[lines[row].start : lines[row].end] for row, _ in rows[last:]))


def _units(text: str, lines: Sequence[Line], rows: list[tuple[int, bool]]) -> list[str]:
    """The lines joined up to each blank line; every line for itself where there are no blank lines."""
    if not any(blank for _, blank in rows[1:]):
        return [text[lines[row].start : lines[row].end] for row, _ in rows]
    out: list[str] = []
    for row, blank in rows:
        printed = text[lines[row].start : lines[row].end]
        if blank or not out:
            out.append(printed)
        else:
            out[-1] += " " + printed
    return out


def _good(rows: list[tuple[int, bool]], last_good: int) -> int:
    """How many rows to keep: up to the last one like a reference, and what directly follows it up to a blank line."""
    keep = sum(1 for row, _ in rows if row <= last_good)
    if keep == 0:
        return 0
    tail = keep
    while tail < len(rows) and not rows[tail][1]:
        tail += 1
    return tail if tail - keep <= _LONGEST_TAIL else keep


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


def _begins_plain(text: str, previous: Line, line: Line, entry: RawEntry, look: _Look) -> bool:
    """Whether a printed line of a wrapped list begins an entry."""
    printed = text[line.start : line.end]
    if look.bulleted:
        return bool(BULLET.match(printed))
    if look.indent is not None:
        return abs(leading(text, line) - line.start - look.indent) <= 1
    before = text[max(entry.text.start, entry.text.end - _MOST_READ) : entry.text.end]
    length = len(text[previous.start : previous.end].rstrip())
    return begins(before, printed.strip(), length, look.width) > 0


def _is_tail(text: str, entry: RawEntry, line: Line, previous: Line, width: int) -> bool:
    """In a list of one entry a line: a line that only ends the entry before it (its pages, its address)."""
    printed = text[line.start : line.end]
    before = text[max(entry.text.start, entry.text.end - _MOST_READ) : entry.text.end].rstrip()
    if BULLET.match(printed) or not GOES_ON.match(printed):
        return False
    open_ended = not FINISHED.search(before[-_WINDOW:]) or before.endswith((",", "–", "-", ":", "//"))
    return open_ended and (previous.end - previous.start) >= 0.6 * width
