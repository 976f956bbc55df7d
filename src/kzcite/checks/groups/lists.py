"""LST: the list as a whole. Numbers, order, heading, doubles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kzcite.checks.order import is_alphabetical, out_of_order, sortable
from kzcite.checks.rule import Fault, rule
from kzcite.checks.views import Line, Listing, Paper
from kzcite.model import Edit, Rich, Severity, Span

_LONGEST_LIST = 20_000


@rule("LST001", Severity.ERROR, "the numbering jumps to {printed} where {expected} is due", looks_at="list")
def numbering_gap(listing: Listing, paper: Paper) -> Iterator[Fault]:
    """A gap in the numbers of the list.

    What: a printed number that is greater than the one before it by more than one.
    Why: an entry is missing, or every marker behind the gap names the wrong entry.
    Found:
        1. Қайдаров Ә.Т. Қазақ терминологиясына жаңаша көзқарас. – Алматы: Рауан, 1993. – 84 б.
        2. Құрманбайұлы Ш. Қазақ лексикасының терминденуі. – Алматы: Ғылым, 1998. – 208 б.
        4. Айтбайұлы Ө. Қазақ терминологиясының дамуы. – Алматы: Рауан, 1997. – 240 б.
    Not found:
        1. Қайдаров Ә.Т. Қазақ терминологиясына жаңаша көзқарас. – Алматы: Рауан, 1993. – 84 б.
        2. Құрманбайұлы Ш. Қазақ лексикасының терминденуі. – Алматы: Ғылым, 1998. – 208 б.
        3. Айтбайұлы Ө. Қазақ терминологиясының дамуы. – Алматы: Рауан, 1997. – 240 б.
    Fix: by hand.
    """
    if not listing.numbered:
        return
    before: int | None = None
    for line in listing.lines:
        if before is not None and line.number is not None and before + 1 < line.number < _LONGEST_LIST:
            yield _at_label(line, str(line.number), str(before + 1))
        if line.number is not None:
            swallowed = [number for _, number in _inner_numbers(line)]
            before = max((line.number, *swallowed))
            continue
        before = line.number if line.number is not None else (before + 1 if before is not None else None)


@rule("LST002", Severity.ERROR, "two entries bear the number {printed}", looks_at="list")
def duplicate_number(listing: Listing, paper: Paper) -> Iterator[Fault]:
    """Two entries with the same number.

    What: a printed number that an earlier entry of the same list bears.
    Why: a marker with this number means either of two works.
    Found:
        1. Қайдаров Ә.Т. Қазақ терминологиясына жаңаша көзқарас. – Алматы: Рауан, 1993. – 84 б.
        2. Құрманбайұлы Ш. Қазақ лексикасының терминденуі. – Алматы: Ғылым, 1998. – 208 б.
        2. Айтбайұлы Ө. Қазақ терминологиясының дамуы. – Алматы: Рауан, 1997. – 240 б.
    Not found:
        1. Қайдаров Ә.Т. Қазақ терминологиясына жаңаша көзқарас. – Алматы: Рауан, 1993. – 84 б.
        2. Құрманбайұлы Ш. Қазақ лексикасының терминденуі. – Алматы: Ғылым, 1998. – 208 б.
        3. Айтбайұлы Ө. Қазақ терминологиясының дамуы. – Алматы: Рауан, 1997. – 240 б.
    Fix: by hand.
    """
    seen: set[int] = set()
    for line in listing.lines:
        if line.number is not None and line.number in seen:
            yield _at_label(line, str(line.number), None)
        if line.number is not None:
            seen |= {line.number, *(number for _, number in _inner_numbers(line))}


_AT_LINE_START = re.compile(r"\n[ \t]*((\d{1,3})(?:[.)]|\])(?=\s+[^\W\d]))")


def _inner_numbers(line: Line) -> list[tuple[Span, int]]:
    """Numbers at the beginning of a printed line inside the entry that go on with its own number."""
    out: list[tuple[Span, int]] = []
    due = (line.number or 0) + 1
    for found in _AT_LINE_START.finditer(line.raw) if line.number is not None else ():
        if int(found[2]) == due:
            out.append((Span(*found.span(1)), due))
            due += 1
    return out


def _at_label(line: Line, printed: str, expected: str | None) -> Fault:
    at = line.label_span or line.at(Span(0, 0))
    return Fault(at, line.id, printed=printed, expected=expected, params={"number": line.shown})


@rule("LST005", Severity.ERROR, "nothing stands under the heading «{printed}»", looks_at="list")
def empty_list(listing: Listing, paper: Paper) -> Iterator[Fault]:
    """A heading of a reference list with nothing under it.

    What: the heading stands in the text, and no entry follows.
    Why: the list was cut off; every marker of the paper is in the air.
    Found:
        Бұл туралы бұрын да айтылған [1, 2 б.].

        Әдебиеттер
    Not found:
        Бұл туралы бұрын да айтылған [1, 2 б.].

        Әдебиеттер

        1. Қайдаров Ә.Т. Қазақ терминологиясына жаңаша көзқарас. – Алматы: Рауан, 1993. – 84 б.
    Fix: by hand.
    """
    if listing.source is not None and not listing.lines:
        yield Fault(listing.source.title_span or listing.source.span, printed=listing.source.title)


@rule("LST006", Severity.WARNING, "entry {number} is out of alphabetical order", looks_at="list")
def broken_alphabet(listing: Listing, paper: Paper) -> Iterator[Fault]:
    """An entry out of alphabetical order in an alphabetical list.

    What: in a list that is otherwise alphabetical (or whose journal wants it so), the fewest entries that must move;
        by the Kazakh alphabet (Ө after О, Ғ after Г), each script by itself, acts left out.
    Why: readers look an unnumbered list up by the alphabet; programs that sort by code point put Ә, Қ, Ө after Я.
    Found:
        Ағыбаев А. Қылмыстық құқық. – Алматы: Жеті жарғы, 2004. – 340 б.
        Әбдіжаппаров Е. Сотталғандардың құқықтары. – Алматы: Заң, 2010. – 120 б.
        Бегалиев Е. Криминология. – Астана: Фолиант, 2015. – 210 б.
        Қалиева Г. Шағымдану құқығы. – Алматы: Заң, 2012. – 98 б.
        Өтеулі Б. Тіл және құқық. – Алматы: Ғылым, 2001. – 150 б.
        Омаров К. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
        Сарсенбаев Т. Діни құқықтар. – Алматы: Заң, 2013. – 130 б.
        Шаймерденов Е. Мемлекет теориясы. – Алматы: Заң, 2003. – 200 б.
    Not found:
        Ағыбаев А. Қылмыстық құқық. – Алматы: Жеті жарғы, 2004. – 340 б.
        Әбдіжаппаров Е. Сотталғандардың құқықтары. – Алматы: Заң, 2010. – 120 б.
        Бегалиев Е. Криминология. – Астана: Фолиант, 2015. – 210 б.
        Қалиева Г. Шағымдану құқығы. – Алматы: Заң, 2012. – 98 б.
        Омаров К. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
        Өтеулі Б. Тіл және құқық. – Алматы: Ғылым, 2001. – 150 б.
        Сарсенбаев Т. Діни құқықтар. – Алматы: Заң, 2013. – 130 б.
        Шаймерденов Е. Мемлекет теориясы. – Алматы: Заң, 2003. – 200 б.
    Fix: `kzcite restyle FILE --order alphabet` sorts the list and renumbers the markers.
    """
    if not _alphabet_is_due(listing, paper):
        return
    for line in out_of_order(sortable(listing)):
        yield line.fault(Span(0, min(len(line.raw), 40)), printed=line.raw[:40])


@rule("LST007", Severity.WARNING, "entry {number} breaks the block of the other script", looks_at="list")
def broken_script_block(listing: Listing, paper: Paper) -> Iterator[Fault]:
    """An entry in Latin letters among the Cyrillic ones of an alphabetical list, or the other way round.

    What: in an alphabetical list that has a block of each script, an entry inside the other block.
    Why: two alphabets cannot be sorted into one; Cyrillic entries come first, Latin ones after them.
    Found:
        Ағыбаев А. Қылмыстық құқық. – Алматы: Жеті жарғы, 2004. – 340 б.
        Әбдіжаппаров Е. Сотталғандардың құқықтары. – Алматы: Заң, 2010. – 120 б.
        Adams J. Prison law. – London: Sage, 2011. – 220 p.
        Бегалиев Е. Криминология. – Астана: Фолиант, 2015. – 210 б.
        Қалиева Г. Шағымдану құқығы. – Алматы: Заң, 2012. – 98 б.
        Омаров К. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
        Сарсенбаев Т. Діни құқықтар. – Алматы: Заң, 2013. – 130 б.
        Olcott M. The Kazakhs. – Stanford: Hoover, 1995. – 388 p.
    Not found:
        Ағыбаев А. Қылмыстық құқық. – Алматы: Жеті жарғы, 2004. – 340 б.
        Әбдіжаппаров Е. Сотталғандардың құқықтары. – Алматы: Заң, 2010. – 120 б.
        Бегалиев Е. Криминология. – Астана: Фолиант, 2015. – 210 б.
        Қалиева Г. Шағымдану құқығы. – Алматы: Заң, 2012. – 98 б.
        Омаров К. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
        Сарсенбаев Т. Діни құқықтар. – Алматы: Заң, 2013. – 130 б.
        Adams J. Prison law. – London: Sage, 2011. – 220 p.
        Olcott M. The Kazakhs. – Stanford: Hoover, 1995. – 388 p.
    Fix: `kzcite restyle FILE --order alphabet`.
    """
    if not _alphabet_is_due(listing, paper):
        return
    lines = sortable(listing)
    scripts = [line.script for line in lines]
    if set(scripts) != {"Cyrl", "Latn"}:
        return
    best = min(
        (sum(s != "Cyrl" for s in scripts[:cut]) + sum(s != "Latn" for s in scripts[cut:]), cut, "Cyrl")
        for cut in range(len(lines) + 1)
    )
    other = min(
        (sum(s != "Latn" for s in scripts[:cut]) + sum(s != "Cyrl" for s in scripts[cut:]), cut, "Latn")
        for cut in range(len(lines) + 1)
    )
    wrong, cut, first = min(best, other)
    if not wrong or wrong * 4 > len(lines):
        return
    for at, line in enumerate(lines):
        if (line.script == first) != (at < cut):
            yield line.fault(Span(0, min(len(line.raw), 40)), printed=line.raw[:40])


def _alphabet_is_due(listing: Listing, paper: Paper) -> bool:
    if paper.profile is not None and paper.profile.order is not None:
        return paper.profile.order == "alphabetical" and listing.role == "native"
    if listing.role != "native" or (listing.numbered and paper.mentions and _follows_mention(listing, paper)):
        return False
    return is_alphabetical(listing)


def _follows_mention(listing: Listing, paper: Paper) -> bool:
    own = {line.id for line in listing.lines}
    numbers = [line.number or 0 for line in paper.mentioned if line.id in own]
    falls = sum(a > b for a, b in pairwise(numbers))
    return len(numbers) >= 2 and falls * 4 <= len(numbers)


@rule("LST008", Severity.WARNING, "entry {number} is numbered {printed}, the others {expected}", looks_at="list")
def mixed_number_form(listing: Listing, paper: Paper) -> Iterator[Fault]:
    """Numbers in two forms in one list.

    What: printed numbers such as `1)` in a list whose other numbers are `2.`
    Why: a number typed by hand amid an automatic list; it stays behind when the list is renumbered.
    Found:
        1. Қайдаров Ә.Т. Қазақ терминологиясына жаңаша көзқарас. – Алматы: Рауан, 1993. – 84 б.
        2) Құрманбайұлы Ш. Қазақ лексикасының терминденуі. – Алматы: Ғылым, 1998. – 208 б.
        3. Айтбайұлы Ө. Қазақ терминологиясының дамуы. – Алматы: Рауан, 1997. – 240 б.
    Not found:
        1. Қайдаров Ә.Т. Қазақ терминологиясына жаңаша көзқарас. – Алматы: Рауан, 1993. – 84 б.
        2. Құрманбайұлы Ш. Қазақ лексикасының терминденуі. – Алматы: Ғылым, 1998. – 208 б.
        3. Айтбайұлы Ө. Қазақ терминологиясының дамуы. – Алматы: Рауан, 1997. – 240 б.
    Fix: safe: the form of most entries.
    """
    forms: dict[str, list[tuple[Line, Span, str]]] = {}
    for line in listing.lines:
        if line.label_span is None or line.number is None or line.start is None:
            continue
        printed = paper.text[line.label_span.start : line.start].strip() or line.label_span.cut(paper.text)
        form = re.sub(r"\s+", "", re.sub(r"\d+", "0", printed))
        if form in ("0", "0.", "0)", "[0]", "(0)"):
            span = Span(line.label_span.start, line.label_span.start + len(printed))
            forms.setdefault(form, []).append((line, span, printed))
        for inner, number in _inner_numbers(line):
            at = line.at(inner)
            if at is not None:
                found = re.sub(r"\d+", "0", inner.cut(line.raw))
                forms.setdefault(found, []).append((line, at, str(number)))
    if len(forms) < 2:
        return
    usual = max(forms, key=lambda form: (len(forms[form]), form == "0."))
    others = [one for form, ones in forms.items() if form != usual for one in ones]
    if len(others) > len(forms[usual]):
        return
    for line, span, printed in others:
        digits = re.sub(r"\D", "", printed)
        expected, printed = usual.replace("0", digits), span.cut(paper.text)
        yield Fault(
            span,
            line.id,
            printed=printed,
            expected=expected,
            params={"number": digits},
            edits=(Edit(span, Rich.of(expected)),),
        )
