"""STY: the signs before the work that holds a part."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kzcite.checks.rule import Fault, rule
from kzcite.checks.signs import AREA_SIGN
from kzcite.checks.views import PART_TYPES, Line, Listing, Paper
from kzcite.model import Applicability, Severity, Span

_MAYBE_TRIPLE = re.compile(r"/\s/|/\s?/\s?/")
_TRIPLE = re.compile(r"(?<![:/])/(?:\s?/){2,}(?!/)|(?<![:/\w])/ /(?!/)")


@rule("STY006", Severity.ERROR, "no // before {printed}", looks_at="list", clause="ГОСТ 7.1-2003, 7.1.2")
def missing_double_slash(listing: Listing, paper: Paper) -> Iterator[Fault]:
    """An article without `//` before its journal.

    What: in a list by ГОСТ whose other articles have `//`, a sure article whose journal follows a point.
    Why: without the sign the journal reads as part of the title.
    Found:
        1. Омаров К.Т. Сотталғандардың еңбек құқықтары. Еңбек құқығы. – 2024. – № 1. – 45-54 б.
        2. Қалиева Г.С. Сотталғандардың шағымдану құқығы // Құқық және мемлекет. – 2024. – № 2. – 78-87 б.
        3. Сарсенбаев Т.Е. Сотталғандардың діни құқықтары // Дін және құқық. – 2023. – № 3. – 67-76 б.
        4. Нұрланов А.Б. Процессуалдық тетіктер // Қылмыстық процесс. – 2023. – № 4. – 56-65 б.
    Not found:
        1. Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.
        2. Қалиева Г.С. Сотталғандардың шағымдану құқығы // Құқық және мемлекет. – 2024. – № 2. – 78-87 б.
        3. Сарсенбаев Т.Е. Сотталғандардың діни құқықтары // Дін және құқық. – 2023. – № 3. – 67-76 б.
        4. Нұрланов А.Б. Процессуалдық тетіктер // Қылмыстық процесс. – 2023. – № 4. – 56-65 б.
    Fix: unsafe: ` // ` for the point.
    """
    if listing.role != "native":
        return
    parts = [line for line in listing.lines if line.type in PART_TYPES]
    with_sign = sum("//" in re.sub(r"https?://", "", line.raw) for line in parts)
    if with_sign < 2 or with_sign * 2 < len(parts):
        return
    for line in parts:
        if "//" in re.sub(r"https?://|ftp://", "", line.raw) or re.search(r"\((?:19|20)\d\d[a-zа-я]?\)", line.raw):
            continue
        title, host = line.place("title"), line.place("container-title")
        if title is None or host is None or not line.sure("title", "container-title", "type", least=0.8):
            continue
        between = line.raw[title.end : host.start]
        if re.fullmatch(r"\s*\.\s*[–—-]?\s*[«\"]?", between) and AREA_SIGN.search(line.raw, host.end - 1):
            where = Span(title.end, host.start - (1 if between and between[-1] in '«"' else 0))
            yield line.fault(
                host,
                "container-title",
                expected=f"// {host.cut(line.raw)}",
                edits=line.edit(where, " // ", Applicability.UNSAFE),
            )


@rule("STY007", Severity.ERROR, "{printed} where // belongs", needs_print=True, clause="ГОСТ 7.1-2003, 7.1.2")
def wrong_slashes(line: Line, paper: Paper) -> Iterator[Fault]:
    """One or three slashes before the journal.

    What: `///` or `/ /`; a single `/` directly before what is surely a journal.
    Why: `/` brings authors, `//` the work that holds the part.
    Found:
        1. Омаров К.Т. Сотталғандардың еңбек құқықтары /// Еңбек құқығы. – 2024. – № 1. – 45-54 б.
    Not found:
        1. Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.
        2. Худяков, А. И. Вопросы финансового права / А. И. Худяков // Финансовое право. – 2019. – № 3. – С. 2–8.
    Fix: safe for three slashes, unsafe for one.
    """
    for span, _ in line.find(_TRIPLE) if _MAYBE_TRIPLE.search(line.raw) else ():
        if not line.in_address(span):
            yield line.fault(span, "container-title", expected="//", edits=line.edit(span, "//"))
            return
    title, host = line.place("title"), line.place("container-title")
    if title is None or host is None or not line.sure("title", "container-title", "type", least=0.9):
        return
    if line.type not in PART_TYPES or "//" in re.sub(r"https?://", "", line.raw):
        return
    between = re.fullmatch(r"\s*\.?\s*(/)\s*[«\"]?", line.raw[title.end : host.start])
    if between and not re.match(r"[^\W\d_]{1,2}\.\s", line.raw[host.start :]):
        span = Span(title.end + between.start(1), title.end + between.end(1))
        yield line.fault(span, "container-title", expected="//", edits=line.edit(span, "//", Applicability.UNSAFE))
