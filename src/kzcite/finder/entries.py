"""Cut a reference list into entries: numbered or not, and several entries on one line.

In: the lines below a heading. Out: entries with their printed numbers, the page furniture inside them, and the share
of entries that look like references.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kzcite.finder.likeness import is_likely
from kzcite.finder.lines import Line
from kzcite.finder.numbered import cut_numbered
from kzcite.finder.plain import cut_plain
from kzcite.finder.rows import Cut, RawEntry, ends_list, label_of
from kzcite.model import Span

_RUN_IN = r"(?<=[.;)])\s+(\[?{0}[.)\]])\s+(?=[«\"“(]?[^\W\d_a-zа-яёәғқңөұүһі])"


def cut(text: str, lines: Sequence[Line], start: int, stop: int, *, trusted: bool = False) -> Cut:
    """The entries among `lines[start:stop]`, which follow a heading (or where a list is supposed).

    `trusted`: the heading is certain, so that lines that look little like references may be entries too.
    """
    first = _first_number(text, lines, start, stop)
    if first is not None:
        numbered = _with_run_in(text, cut_numbered(text, lines, first, stop))
        if len(numbered.entries) > 1 or numbered.quality >= 0.5:
            return numbered
    return cut_plain(text, lines, start, stop, trusted=trusted)


def _with_run_in(text: str, got: Cut) -> Cut:
    """The entries with those cut off that stand on the line of the one before: `… 180 б. 2. Қалиева Г.С. …`"""
    out: list[RawEntry] = []
    for place, entry in enumerate(got.entries):
        after = got.entries[place + 1].label if place + 1 < len(got.entries) else ""
        out.append(entry)
        number = int(entry.label) + 1
        while str(number) != after:
            last = out[-1]
            found = re.compile(_RUN_IN.format(number)).search(text, last.text.start, last.text.end)
            if not found or not is_likely(text[last.text.start : found.start()]) or last.gaps:
                break
            rest = Span(found.end(), last.text.end)
            if not is_likely(rest.cut(text)[:400]):
                break
            end = found.start()
            last.text = Span(last.text.start, end)
            out.append(RawEntry(rest, str(number), Span(found.start(1), found.end(1))))
            number += 1
    return Cut(tuple(out), got.stop, got.quality)


def _first_number(text: str, lines: Sequence[Line], start: int, stop: int) -> int | None:
    """The line with the first list number, among the first few printed lines."""
    seen = 0
    for index in range(start, stop):
        line = lines[index]
        if line.furniture or not text[line.start : line.end].strip():
            continue
        label = label_of(text, line)
        if label and (seen == 0 or label.number == 1):
            return index
        if ends_list(text, line):
            return None
        seen += 1
        if seen >= 4:
            return None
    return None
