"""Find the reference lists of a document: by their headings, and by their shape where no heading stands.

In: text and lines. Out: lists with heading, role and entries, in printed order. Table: `citing/headings.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kzcite.finder.entries import cut
from kzcite.finder.likeness import is_likely
from kzcite.finder.lines import Line
from kzcite.finder.rows import Cut, RawEntry, ends_list, read_label
from kzcite.model import Span
from kzcite.model.document import Role
from kzcite.tables.citing import headings
from kzcite.text.fold import fold
from kzcite.text.script import main_script

_LONGEST_HEADING = 140
_NUMBERING = re.compile(r"^(?:\d{1,2}|[ivxlc]{1,5})(?: \d{1,2}){0,3} (?=\D)")
_MARKS = re.compile(r"[\s#*_>•|=~\-–—.:…]+|</?\w[^>]*>")
_CLOSING = re.compile(r"(?:</\w{1,10}>|[:.*_\s])+$")
_TAIL = re.compile(r"[.:;!?…]\s*([^\W\d_][^.:;!?\d]{3,60})[.:…\s]*$")
_FIRST_LABEL = re.compile(r"[\s.:*_]*(?:</\w{1,10}>)?[\s*_]*(?=\[?\d{1,2}[\].)])")
_WORD = re.compile(r"[^\W_]+")
_ODD = re.compile(
    "[\u00ad\u0300-\u036f\u0370-\u03ff\u1f00-\u1fff\ufb00-\ufb06]|[A-Za-z\u00c0-\u02af][\u0400-\u052f]|[\u0400-\u052f][A-Za-z\u00c0-\u02af]"
)
_LABEL_SIGN = re.compile(r"\d[\].)]")
_HEADING_SIGNS = frozenset("#*_> \t\u00a0")
_LEADERS = re.compile(r"(?:\.{3,}|…|\t| {3,})\s*\d{1,4}$")
_ENOUGH, _ENOUGH_CERTAIN = 0.5, 0.25
_LEAST_SHAPED = 3


@dataclass(frozen=True, slots=True)
class FoundList:
    """A list with its printed heading (`""` where there is none) and its entries."""

    title: str
    title_span: Span | None
    role: Role
    span: Span
    entries: tuple[RawEntry, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a list: where it is printed, and where the list's lines begin."""

    span: Span
    line: int
    folded: str
    rest: int | None = None


def is_heading(folded: str) -> bool:
    """Whether a folded line is the heading of a reference list.

    >>> is_heading("пайдаланған әдебиеттер мен деректер"), is_heading("әдебиет теориясы")
    (True, False)
    """
    table = headings()
    folded = _NUMBERING.sub("", folded)
    if folded in table.native or folded in table.romanised:
        return True
    words = folded.split()
    if not 2 <= len(words) <= 9 or table.nouns.isdisjoint(words):
        return False
    known = table.words | table.nouns
    if all(word in known for word in words):
        return not ({"список", "тізім"} >= table.nouns.intersection(words))
    return any(" ".join(words[:at]) in table.native and _is_listed(" ".join(words[at:])) for at in range(1, len(words)))


def _is_listed(folded: str) -> bool:
    table = headings()
    return folded in table.native or folded in table.romanised


def find_headings(text: str, lines: Sequence[Line]) -> list[Heading]:
    """Every line, or end of a line, or beginning of a line, that is the heading of a list."""
    found: list[Heading] = []
    may_be = [
        line.end - line.start <= _LONGEST_HEADING and _may_be_heading(text[line.start : line.end]) for line in lines
    ]
    may_be.append(False)
    for index, line in enumerate(lines):
        if line.furniture or line.kind == "code" or line.start == line.end:
            continue
        if line.end - line.start <= _LONGEST_HEADING and (may_be[index] or may_be[index + 1]):
            heading = _whole_line(text, line, index) if may_be[index] else None
            heading = heading or _two_lines(text, lines, index)
            if heading:
                found.append(heading)
                continue
        run_in = _run_in(text, line, index)
        if run_in:
            found.append(run_in)
            continue
        tail = _TAIL.search(text, max(line.start, line.end - 90), line.end)
        if tail and fold(tail[1]) in headings().native - headings().doubtful:
            found.append(Heading(Span(tail.start(1), tail.start(1) + len(tail[1].rstrip())), index, fold(tail[1])))
    return found


def _may_be_heading(printed: str) -> bool:
    """A quick look: is there a word that a heading must have, or are the letters so odd that only folding tells?"""
    words = _WORD.findall(printed.casefold().replace("ё", "е"))
    if not words:
        return False
    if not headings().keys.isdisjoint(words) or max(map(len, words)) == 1:
        return True
    return not printed.isascii() and bool(_ODD.search(printed))


def _run_in(text: str, line: Line, index: int) -> Heading | None:
    """A heading with the first entry behind it: `Әдебиеттер: 1. Омаров К. …`"""
    if not _LABEL_SIGN.search(text, line.start, min(line.end, line.start + 160)):
        return None
    start, stop = line.start, min(line.end, line.start + 110)
    while start < stop and text[start] in _HEADING_SIGNS:
        start += 1
    if start >= stop or not text[start].isalpha():
        return None
    end = start
    while end < stop and (text[end].isalpha() or text[end] in " \u00a0-/()"):
        end += 1
    label = _FIRST_LABEL.match(text, end, min(line.end, end + 40)) if end < stop else None
    if label is None or (label.end() == end and text[end - 1] != " "):
        return None
    folded = fold(text[start:end])
    return (
        Heading(Span(start, start + len(text[start:end].rstrip())), index, folded, label.end())
        if is_heading(folded)
        else None
    )


def _whole_line(text: str, line: Line, index: int) -> Heading | None:
    printed = text[line.start : line.end]
    folded = fold(re.sub(r"</?\w[^>]*>", " ", printed) if "<" in printed else printed)
    if not is_heading(folded):
        return None
    start, end = line.start, line.end
    while True:
        mark = _MARKS.match(text, start, end)
        if not mark:
            break
        start = mark.end()
    while end > start and (text[end - 1].isspace() or text[end - 1] in "#*_:.…"):
        end -= 1
    closing = _CLOSING.search(text[start:end])
    if closing:
        end = start + closing.start()
    return Heading(Span(start, max(start, end)), index, _NUMBERING.sub("", folded))


def _two_lines(text: str, lines: Sequence[Line], index: int) -> Heading | None:
    """A heading broken over two lines: «Пайдаланылған әдебиеттер» + «тізімі»."""
    if index + 1 >= len(lines):
        return None
    line, after = lines[index], lines[index + 1]
    if after.end - after.start > 40 or after.furniture or not text[after.start : after.end].strip():
        return None
    printed = text[line.start : after.end]
    if len(printed) > _LONGEST_HEADING or not text[line.start : line.end].strip():
        return None
    if is_heading(fold(text[after.start : after.end])):
        return None
    folded = fold(printed)
    if not is_heading(folded):
        return None
    return Heading(Span(line.start, after.end), index + 1, folded)


def find_lists(text: str, lines: Sequence[Line]) -> list[FoundList]:
    """The lists of the document, in order."""
    found = _by_headings(text, lines)
    if not any(one.entries for one in found):
        shaped = _by_shape(text, lines)
        if shaped:
            return [one for one in found if one.span.start < shaped[0].span.start] + shaped if not found else shaped
    return found


def _by_headings(text: str, lines: Sequence[Line]) -> list[FoundList]:
    marks = find_headings(text, lines)
    out: list[FoundList] = []
    covered = -1
    printed_end = len(text.rstrip(" \t\r\n\x0c.:…*_#\u00a0"))
    for number, mark in enumerate(marks):
        if mark.line < covered:
            continue
        stop = marks[number + 1].line if number + 1 < len(marks) else len(lines)
        within = lines
        start = mark.line + 1
        if mark.rest is not None:
            within = list(lines)
            start = mark.line
            line = within[start]
            within[start] = Line(mark.rest, line.end, line.kind, "", False, line.page_start)
        certain = mark.folded not in headings().doubtful
        got = cut(text, within, start, stop, trusted=certain)
        least = _ENOUGH_CERTAIN if certain and len(got.entries) > 1 else _ENOUGH
        if certain and (_is_regular(got) or got.trusted) and not _is_contents(text, got):
            least = 0.0
        if got.entries and got.quality >= least:
            span = Span(_first(got.entries), got.entries[-1].text.end)
            out.append(FoundList(mark.span.cut(text), mark.span, _role(text, mark, got, out), span, got.entries))
            covered = got.stop
        elif certain and mark.span.end >= printed_end:
            at = min(len(text), mark.span.end)
            out.append(FoundList(mark.span.cut(text), mark.span, "native", Span(at, at), ()))
    return out


def _is_regular(got: Cut) -> bool:
    """Whether printed numbers run from 1 without a gap."""
    labels = [entry.label for entry in got.entries if entry.label_span is not None]
    return len(labels) > 1 and labels == [str(number) for number in range(1, len(labels) + 1)]


def _is_contents(text: str, got: Cut) -> bool:
    """Whether the entries are a table of contents: a page number after leaders, a tab or several spaces."""
    ends = sum(bool(_LEADERS.search(text, max(0, one.text.end - 60), one.text.end)) for one in got.entries)
    return 2 * ends > len(got.entries)


def _first(entries: tuple[RawEntry, ...]) -> int:
    label = entries[0].label_span
    return label.start if label else entries[0].text.start


def _role(text: str, mark: Heading, got: Cut, before: list[FoundList]) -> Role:
    """Romanised: a list in Latin letters that comes after a native one, or says so in its heading."""
    natives = [one for one in before if one.role == "native" and one.entries]
    if not natives:
        return "native"
    latin = main_script("".join(text[one.text.start : one.text.end] for one in got.entries[:60])) == "Latn"
    if mark.folded in headings().romanised and latin:
        return "romanised"
    close = _alike(len(natives[-1].entries), len(got.entries))
    cyrillic = main_script(natives[-1].span.cut(text)) == "Cyrl"
    return "romanised" if latin and close and (cyrillic or "references" in mark.folded) else "native"


def _alike(first: int, second: int) -> bool:
    return min(first, second) >= 0.5 * max(first, second)


def _by_shape(text: str, lines: Sequence[Line]) -> list[FoundList]:
    """A list without a heading: a document that is all list, else numbered lines like references, else a last block."""
    printed = [index for index, line in enumerate(lines) if not line.furniture and text[line.start : line.end].strip()]
    if not printed:
        return []
    sample = printed if len(printed) <= 2_000 else printed[:: len(printed) // 1_000]
    likely = sum(is_likely(text[lines[index].start : lines[index].end]) for index in sample) / len(sample)
    if likely >= 0.5 or (likely >= 0.2 and read_label(text, lines[printed[0]])):
        whole = cut(text, lines, printed[0], len(lines))
        tail = sum(1 for index in printed if index >= whole.stop)
        if whole.entries and whole.quality >= 0.6 and tail <= 0.3 * len(printed):
            return [_shaped(whole)]
    starts = [
        index
        for index in printed
        if (label := read_label(text, lines[index])) and label.number == 1 and lines[index].kind != "code"
    ]
    best: Cut | None = None
    for index in starts[-24:]:
        line = lines[index]
        if not is_likely(text[line.start : lines[min(index + 2, len(lines) - 1)].end]):
            continue
        got = cut(text, lines, index, len(lines))
        if (
            len(got.entries) >= _LEAST_SHAPED
            and got.quality >= 0.7
            and (not best or len(got.entries) >= len(best.entries))
        ):
            best = got
    if best:
        return [_shaped(best)]
    last = _last_block(text, lines, printed)
    return [_shaped(last)] if last else []


def _last_block(text: str, lines: Sequence[Line], printed: list[int]) -> Cut | None:
    """The last run of lines that each look like a reference, where it ends the document."""
    at = len(printed)
    while at > 0 and (
        ends_list(text, lines[printed[at - 1]])
        or not is_likely(text[lines[printed[at - 1]].start : lines[printed[at - 1]].end])
    ):
        at -= 1
        if len(printed) - at > 40:
            return None
    end = at
    while at > 0 and is_likely(text[lines[printed[at - 1]].start : lines[printed[at - 1]].end]):
        at -= 1
    if end - at < _LEAST_SHAPED:
        return None
    got = cut(text, lines, printed[at], printed[end - 1] + 1)
    return got if len(got.entries) >= _LEAST_SHAPED and got.quality >= 0.8 else None


def _shaped(got: Cut) -> FoundList:
    span = Span(_first(got.entries), got.entries[-1].text.end)
    return FoundList("", None, "native", span, got.entries)
