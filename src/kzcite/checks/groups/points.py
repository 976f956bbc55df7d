"""STY: points, commas and colons: missing, doubled, unevenly spaced."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kzcite.checks.majority import minority, undecided
from kzcite.checks.rule import Fault, rule
from kzcite.checks.signs import AREA_SIGN
from kzcite.checks.views import Line, Listing, Paper
from kzcite.model import Applicability, Severity, Span


@rule("STY008", Severity.WARNING, "{printed}: elsewhere in the list {expected}", looks_at="list")
def mixed_punctuation_profile(listing: Listing, paper: Paper) -> Iterator[Fault]:
    """Two ways of punctuation in one list.

    What: `Алматы : Арыс` in a list with `Алматы: Арыс`; `Омаров, К. Т.` in a list with `Омаров К. Т.`; each script by
        itself.
    Why: ГОСТ 7.1 and the reference style of Kazakhstani journals differ in these signs; a list follows one of them.
    Found:
        1. Омаров К.Т. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
        2. Қалиева Г.С. Шағымдану құқығы. – Астана : Фолиант, 2010. – 98 б.
        3. Сарсенбаев Т.Е. Діни құқықтар. – Алматы: Заң, 2013. – 130 б.
        4. Нұрланов А.Б. Процессуалдық тетіктер. – Алматы: Заң, 2015. – 110 б.
    Not found:
        1. Омаров К.Т. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
        2. Қалиева Г.С. Шағымдану құқығы. – Астана: Фолиант, 2010. – 98 б.
        3. Сарсенбаев Т.Е. Діни құқықтар. – Алматы: Заң, 2013. – 130 б.
        4. Нұрланов А.Б. Процессуалдық тетіктер. – Алматы: Заң, 2015. – 110 б.
    Fix: safe for the colon, unsafe for the comma.
    """
    yield from _colons(listing)
    yield from _heading_commas(listing)


def _colons(listing: Listing) -> Iterator[Fault]:
    forms, places = [], {}
    for line in listing.lines:
        place = line.place("publisher-place")
        if place is None or not line.has("publisher") or not line.sure("publisher-place", "publisher"):
            continue
        found = re.compile(r"([ \u00a0]?):(?=\s)").match(line.raw, place.end)
        if found:
            forms.append((line, f"{'_' if found[1] else ''}:"))
            places[line.id] = (place, Span(*found.span(1)))
    mixed = undecided(forms)
    if mixed:
        place, gap = places[mixed[0].id]
        other = next(line for line, form in forms if form == mixed[1])
        before = places[other.id]
        yield mixed[0].fault(
            Span(place.start, gap.end + 1),
            "publisher-place",
            expected=Span(before[0].start, before[1].end + 1).cut(other.raw),
        )
    for group, usual in minority(forms):
        for line in group:
            place, gap = places[line.id]
            gap_due = " " if usual == "_:" else ""
            after = re.match(r":\s*\S+", line.raw[gap.end :])
            end = gap.end + (after.end() if after else 1)
            yield line.fault(
                Span(place.start, end),
                "publisher-place",
                expected=f"{place.cut(line.raw)}{gap_due}{line.raw[gap.end : end]}",
                edits=line.edit(gap, gap_due),
            )


_ADDRESS = re.compile(r"https?:|www\.|doi|10\.\d{4}|\.[a-z]{2,4}/?$", re.IGNORECASE)
_HEADING = re.compile(r"([^\W\d_][^\W\d_’'ʼ-]+)(,?)[ \u00a0]([^\W\d_]\.)")


def _heading_commas(listing: Listing) -> Iterator[Fault]:
    for script in ("Cyrl", "Latn"):
        forms, places = [], {}
        for line in listing.lines:
            found = _HEADING.match(line.raw) if line.script == script and line.has("author") else None
            if found:
                forms.append((line, found[2]))
                places[line.id] = found
        for group, usual in minority(forms, share=0.25, least=4):
            for line in group:
                found = places[line.id]
                yield line.fault(
                    Span(*found.span()),
                    "author",
                    expected=f"{found[1]}{usual} {found[3]}",
                    edits=line.edit(Span(*found.span(2)), usual, Applicability.UNSAFE),
                )


@rule("STY009", Severity.INFO, "entry {number}: no point at the end", looks_at="list", clause="ГОСТ 7.1-2003, 4.7")
def missing_final_point(listing: Listing, paper: Paper) -> Iterator[Fault]:
    """An entry without its final point.

    What: the last character of a description with area signs is a letter or digit; said once where most entries of the
        list lack the point. Addresses are left alone.
    Why: one point closes the description.
    Found:
        1. Омаров К.Т. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
        2. Қалиева Г.С. Шағымдану құқығы. – Астана: Фолиант, 2010. – 98 б
        3. Сарсенбаев Т.Е. Діни құқықтар. – Алматы: Заң, 2013. – 130 б.
        4. Нұрланов А.Б. Процессуалдық тетіктер. – Алматы: Заң, 2015. – 110 б.
    Not found:
        1. Омаров К.Т. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
        2. Қалиева Г.С. Шағымдану құқығы. – Астана: Фолиант, 2010. – 98 б.
        3. Сарсенбаев Т.Е. Діни құқықтар. – Алматы: Заң, 2013. – 130 б.
        4. Нұрланов А.Б. Процессуалдық тетіктер. – Алматы: Заң, 2015. – 110 б.
    Fix: safe: the point is put in.
    """
    lacking, closed = [], 0
    for line in listing.lines:
        text = line.raw.rstrip()
        if not text or _ADDRESS.search(text.rsplit(maxsplit=1)[-1]):
            continue
        if text[-1] in ".…!?":
            closed += 1
        elif text[-1].isalnum():
            lacking.append(line)
    described = [line for line in lacking if AREA_SIGN.search(line.raw)]
    if not described or (closed < 2 * len(lacking) and closed):
        lacking = described
    if closed * 2 < len(lacking) and len(lacking) > 1:
        yield _without_point(lacking[:1], lacking)
        return
    for line in lacking if closed or len(listing.lines) == 1 else ():
        yield _without_point([line], [line])


def _without_point(shown: list[Line], mended: list[Line]) -> Fault:
    line = shown[0]
    end = len(line.raw.rstrip())
    start = line.raw.rfind(" ", 0, end) + 1
    points = [(one, Span(len(one.raw.rstrip()), len(one.raw.rstrip()))) for one in mended]
    return line.fault(
        Span(start, end),
        expected=line.raw[start:end] + ".",
        edits=tuple(edit for one, span in points for edit in one.edit(span, ".")),
        number=", ".join(one.shown for one in mended),
    )


_MAYBE_DOUBLED = re.compile(r"([.,;:])\s?\1|[–—]\s[–—]")
_DOUBLED = re.compile(
    r"(?<!\.)\.\s?\.(?!\s?\.)(?=\s|$|[–—,])|,\s?,|;\s?;|(?<![:\w]):\s?:(?!:)|(?<=[\s.])[–—]\s[–—](?=\s)"
)


@rule("STY010", Severity.INFO, "doubled punctuation: {printed}", needs_print=True, clause="ГОСТ 7.1-2003, 4.7")
def doubled_punctuation(line: Line, paper: Paper) -> Iterator[Fault]:
    """The same sign twice.

    What: `..`, `. .`, `, ,`, `– –`; three points are an ellipsis.
    Why: the point of an abbreviation and the point of the area sign are one.
    Found:
        1. Омаров К.Т. Еңбек құқығы: оқу құралы. 2-бас.. – Астана: Фолиант, 2004. – 145 б.
    Not found:
        1. Омаров К.Т. Еңбек құқығы: оқу құралы. 2-бас. – Астана: Фолиант, 2004. – 145 б.
    Fix: safe: one of the two stays.
    """
    for span, found in line.find(_DOUBLED) if _MAYBE_DOUBLED.search(line.raw) else ():
        if line.in_address(span):
            continue
        one = found[0][0]
        yield line.fault(span, expected=one, edits=line.edit(span, one))


_GLUED = re.compile(r"[,;](?=[^\W_])(?:(?<=[^\W\d_.][,;])|(?<=[^\W\d_]\.,))")
_MAYBE_LOOSE = re.compile(r"[ \u00a0],")
_LOOSE = re.compile(r"(?<=\w)[ \u00a0]{1,4}(?=,[ \u00a0])")


@rule("STY013", Severity.INFO, "spacing at a comma: {printed} (due: {expected})", needs_print=True)
def uneven_comma(line: Line, paper: Paper) -> Iterator[Fault]:
    """A comma without a space behind it, or with one before it.

    What: `Алматы,1998`, `Омаров К.Т.,Қалиева Г.С.`, `Купенова , Г.`; figures such as `1,5` are left alone.
    Why: words grow together; programs read `Алматы,1998` as one name.
    Found:
        1. Қалиев Ғ. Тіл білімі терминдерінің түсіндірме сөздігі. – Алматы: Сөздік,2005. – 440 б.
    Not found:
        1. Қалиев Ғ. Тіл білімі терминдерінің түсіндірме сөздігі. – Алматы: Сөздік, 2005. – 440 б.
    Fix: safe: the space is put in or taken out.
    """
    patterns = ((_GLUED, ""), (_LOOSE, None)) if _MAYBE_LOOSE.search(line.raw) else ((_GLUED, ""),)
    for pattern, due in patterns:
        for span, found in line.find(pattern):
            if line.in_address(span):
                continue
            shown = Span(max(0, span.start - 10), min(len(line.raw), span.end + 10))
            new = "" if due is None else f"{found[0]} "
            yield line.fault(
                shown,
                expected=line.raw[shown.start : span.start] + new + line.raw[span.end : shown.end],
                edits=line.edit(span, new),
            )
