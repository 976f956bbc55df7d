"""Cut a reference list into entries: numbered or not, wrapped over lines and pages, and where the list ends.

In: the lines below a heading. Out: entries with their printed numbers, the page furniture inside them, and the share
of entries that look like references.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kzcite.finder.likeness import is_likely, likeness
from kzcite.finder.lines import Line
from kzcite.model import Span
from kzcite.tables.citing import headings
from kzcite.text.fold import fold

_LABEL = re.compile(
    r"""[\s>|]*(?:[-*•●]\s+)?
    (?:\[(?P<square>\d{1,4})\]\s?[.)]?
      |\((?P<round>\d{1,4})\)\s?\.?
      |№?\s?(?P<dot>\d{1,4})\s?\\?\.(?!\d)
      |№?\s?(?P<paren>\d{1,4})\s?\\?\)
      |(?P<bare>\d{1,4})(?=[ \t\u00a0]+["«“„(\[]?[^\W\d_a-zа-яёәғқңөұүһі]))
    \s*""",
    re.VERBOSE,
)
_BULLET = re.compile(r"\s*[-*•●–]\s+")
_FINISHED = re.compile(r"""(?:[.!?;)\]»”"]|\d|https?://\S+|(?<![^\W\d_])(?:б|с|p|бет|c))\s*$""")
_GOES_ON = re.compile(r"\s*[–—\-a-zа-яёәғқңөұүһі\d(\[/:,.;]")
_HAS_DATA = re.compile(r"\d{2,}|//|https?:|\s[–—]\s")
_DATED = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)|https?:|www\.")
_CAPTION = re.compile(r"\s*([^\W\d_]+)\.?\s*№?\s*\d")
_CLOSE = 6
_AHEAD = 80
_SHORT_LINE = 90


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
        return None
    start, end = found.start(style), found.end(style)
    while start > line.start and text[start - 1] in "[(№":
        start -= 1
    while end < rest and text[end] in "]).\\":
        end += 1
    return Label(style, int(found[style]), Span(start, end), rest)


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
            return True
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


def cut(text: str, lines: Sequence[Line], start: int, stop: int) -> Cut:
    """The entries among `lines[start:stop]`, which follow a heading (or where a list is supposed)."""
    first = _first_number(text, lines, start, stop)
    if first is not None:
        numbered = _cut_numbered(text, lines, first, stop)
        if len(numbered.entries) > 1 or numbered.quality >= 0.5:
            return numbered
    return _cut_plain(text, lines, start, stop)


def _first_number(text: str, lines: Sequence[Line], start: int, stop: int) -> int | None:
    """The line with the first list number, among the first few printed lines."""
    seen = 0
    for index in range(start, stop):
        line = lines[index]
        if line.furniture or not text[line.start : line.end].strip():
            continue
        label = _label(text, line)
        if label and (seen == 0 or label.number == 1):
            return index
        if ends_list(text, line):
            return None
        seen += 1
        if seen >= 4:
            return None
    return None


def _label(text: str, line: Line) -> Label | None:
    """The printed number of a line, or the one that the container computes."""
    printed = read_label(text, line)
    if printed is None and line.label.strip(" .)([]").isdigit():
        return Label("auto", int(line.label.strip(" .)([]")), Span(line.start, line.start), line.start)
    return printed


def _cut_numbered(text: str, lines: Sequence[Line], start: int, stop: int) -> Cut:
    labels: dict[int, Label] = {}
    by_number: dict[tuple[str, int], list[int]] = {}
    for index in range(start, stop):
        line = lines[index]
        if line.kind == "code":
            stop = index
            break
        label = None if line.furniture else _label(text, line)
        if label:
            labels[index] = label
            by_number.setdefault((label.style, label.number), []).append(index)
    width = _usual_width(text, lines, start, stop)
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
            current = RawEntry(Span(label.text, _trimmed_end(text, line)), str(label.number), label.span)
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
            if _is_page_number(text, line):
                gaps.append(line.span)
                index += 1
                continue
            if not _continues(text, lines[previous_line], line, current, blank, width):
                ended = index
                break
        elif _is_page_number(text, line):
            gaps.append(line.span)
            index += 1
            continue
        elif _is_subheading(text, line, current, blank, by_number, style, expected, index):
            gaps, blank = [], False
            previous_line = index
            index += 1
            current = entries[-1]
            continue
        current.text = Span(current.text.start, _trimmed_end(text, line))
        current.gaps += gaps
        current.lines += 1
        gaps, blank, previous_line = [], False, index
        index += 1
    return Cut(tuple(entries), ended, _quality(text, entries))


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
        return True
    if label.style == "bare":
        return expected < label.number <= expected + 2 and not _comes(by_number, "bare", expected, index)
    if expected < label.number <= expected + _CLOSE:
        return not _comes(by_number, label.style, expected, index) and _starts_entry(text, label)
    if label.number == expected - 1 or label.number == 1:
        again = not _comes(by_number, label.style, expected, index) or label.number == expected - 1
        return bool(entries) and again and _starts_entry(text, label) and is_likely(text[label.text : line.end])
    return False


def _starts_entry(text: str, label: Label) -> bool:
    first = text[label.text : label.text + 1]
    return first.isupper() or first in '«"“„[(*_<' or first.isdigit()


def _comes(by_number: dict[tuple[str, int], list[int]], style: str, number: int, index: int) -> bool:
    """Whether a line with this number comes soon after `index`."""
    return any(index < one <= index + _AHEAD for one in by_number.get((style, number), ())[:50])


def _is_page_number(text: str, line: Line) -> bool:
    stripped = text[line.start : line.end].strip(" \t-–—\u00a0")
    return stripped.isdigit() and len(stripped) <= 4


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
    complete = bool(_FINISHED.search(text[current.text.start : current.text.end]))
    looks = printed.endswith(":") or printed.isupper() or printed.strip("*_#") != printed
    return complete and (looks or (blank and printed[:1].isupper() and not printed.endswith(".")))


def _continues(text: str, before: Line, line: Line, current: RawEntry, blank: bool, width: int) -> bool:
    """Whether a line without a number belongs to the last entry of the list."""
    so_far = text[current.text.start : current.text.end]
    printed = text[line.start : line.end]
    complete = bool(_FINISHED.search(so_far)) and bool(_DATED.search(so_far)) and likeness(so_far) >= 0.3
    goes_on = bool(_GOES_ON.match(printed))
    if blank:
        return not complete and goes_on
    if before.end - before.start < 0.7 * width:
        return not complete and (goes_on or not so_far.rstrip().endswith("."))
    if complete and not goes_on:
        return bool(_HAS_DATA.search(printed)) and current.lines < 6 and likeness(printed) < 0.75
    return current.lines < 12


def _usual_width(text: str, lines: Sequence[Line], start: int, stop: int) -> int:
    lengths = sorted(line.end - line.start for line in lines[start : min(stop, start + 400)] if line.end > line.start)
    return lengths[int(len(lengths) * 0.8)] if lengths else 0


def _cut_plain(text: str, lines: Sequence[Line], start: int, stop: int) -> Cut:
    """Entries without numbers: one a line, or one a paragraph, or wrapped lines told apart by how they begin."""
    rows, ended = _plain_rows(text, lines, start, stop)
    if not rows:
        return Cut((), ended, 0.0)
    own = sum(is_likely(text[lines[row].start : lines[row].end]) for row, _ in rows) / len(rows)
    width = _usual_width(text, lines, start, stop)
    paragraphs = sum(blank for _, blank in rows[1:]) / max(1, len(rows) - 1)
    entries: list[RawEntry] = []
    one_a_line = own >= 0.6 or (len(rows) > 1 and paragraphs > 0.9)
    previous: Line | None = None
    for row, blank in rows:
        line = lines[row]
        bullet = _BULLET.match(text, line.start, line.end)
        span = Span(bullet.end() if bullet else _leading(text, line), _trimmed_end(text, line))
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
    return Cut(tuple(entries), ended, _quality(text, entries))


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
            if blank and rows and not _likely_ahead(text, lines, index, stop):
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


_HEADED = re.compile(r"\W{0,2}[^\W\d_][^\W\d_'’-]+,?\s(?:[^\W\d_]\.\s?){1,3}|\W{0,2}(?:[^\W\d_]\.\s?){1,2}[^\W\d_]{2,}")


def _begins_plain(
    text: str, previous: Line, line: Line, entry: RawEntry, blank: bool, width: int, paragraphs: float
) -> bool:
    printed = text[line.start : line.end]
    before = text[entry.text.start : entry.text.end]
    complete = bool(_FINISHED.search(before)) and likeness(before) >= 0.3
    if blank and paragraphs > 0.1:
        return True
    if _GOES_ON.match(printed) and not _BULLET.match(printed):
        return False
    if _BULLET.match(printed):
        return True
    if not complete:
        return False
    short = previous.end - previous.start < 0.8 * width
    return short or bool(_HEADED.match(printed)) or is_likely(printed)


def _is_tail(text: str, entry: RawEntry, line: Line, previous: Line, width: int) -> bool:
    """In a list of one entry a line: a line that only ends the entry before it (its pages, its address)."""
    printed = text[line.start : line.end]
    before = text[entry.text.start : entry.text.end].rstrip()
    if _BULLET.match(printed) or not _GOES_ON.match(printed):
        return False
    open_ended = not _FINISHED.search(before) or before.endswith((",", "–", "-", ":", "//"))
    return open_ended and (previous.end - previous.start) >= 0.6 * width


def _leading(text: str, line: Line) -> int:
    start = line.start
    while start < line.end and text[start].isspace():
        start += 1
    return start


def _trimmed_end(text: str, line: Line) -> int:
    end = line.end
    while end > line.start and text[end - 1].isspace():
        end -= 1
    return end


def _quality(text: str, entries: list[RawEntry]) -> float:
    if not entries:
        return 0.0
    sample = entries if len(entries) <= 40 else entries[:: len(entries) // 40]
    return sum(is_likely(text[one.text.start : one.text.end]) for one in sample) / len(sample)
