"""STY: the area sign and the sign of ranges, each entry by itself and against the rest of its list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kzcite.checks.majority import minority, undecided
from kzcite.checks.rule import Fault, rule
from kzcite.checks.signs import AREA_SIGN, DASHES
from kzcite.checks.views import Line, Listing, Paper
from kzcite.model import Applicability, Severity, Span


@rule(
    "STY001",
    Severity.WARNING,
    "the area sign is {printed}, elsewhere in the list {expected}",
    looks_at="list",
    clause="ГОСТ 7.1-2003, 4.7",
)
def mixed_dashes(listing: Listing, paper: Paper) -> Iterator[Fault]:
    """A hyphen for the dash of the area sign in a list that has dashes.

    What: `. - ` in some entries and `. – ` in the others. Where neither prevails, that is said once, without a fix.
    Why: one list, one sign; the area sign is a point and a dash.
    Found:
        1. Омаров К.Т. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
        2. Қалиева Г.С. Шағымдану құқығы. - Астана: Фолиант, 2010. - 98 б.
        3. Сарсенбаев Т.Е. Діни құқықтар. – Алматы: Заң, 2013. – 130 б.
        4. Нұрланов А.Б. Процессуалдық тетіктер. – Алматы: Заң, 2015. – 110 б.
    Not found:
        1. Омаров К.Т. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
        2. Қалиева Г.С. Шағымдану құқығы. – Астана: Фолиант, 2010. – 98 б.
        3. Сарсенбаев Т.Е. Діни құқықтар. – Алматы: Заң, 2013. – 130 б.
        4. Нұрланов А.Б. Процессуалдық тетіктер. – Алматы: Заң, 2015. – 110 б.
    Fix: safe: the dash of most entries.
    """
    signs: dict[str, list[tuple[Span, str]]] = {}
    forms = []
    for line in listing.lines:
        signs[line.id] = [(Span(*found.span(1)), found[1]) for _, found in line.find(AREA_SIGN)]
        forms += [(line, sign) for _, sign in signs[line.id]]
    counts: dict[str, int] = {}
    for _, sign in forms:
        counts[sign] = counts.get(sign, 0) + 1
    if not counts:
        return
    usual = max(counts, key=lambda sign: counts[sign])
    mixed = undecided(forms)
    if mixed:
        line, before = mixed
        at = next(span for span, sign in signs[line.id] if sign != before)
        yield line.fault(at, expected=before, count="1")
    if counts[usual] < 3 or (len(forms) - counts[usual]) > 0.34 * len(forms):
        return
    if usual not in "–—":
        yield from _hyphens_throughout(listing, signs, counts)
        return
    for line in listing.lines:
        wrong = [span for span, sign in signs[line.id] if sign != usual]
        if wrong:
            yield line.fault(
                wrong[0],
                expected=usual,
                edits=tuple(edit for span in wrong for edit in line.edit(span, usual)),
                count=str(len(wrong)),
            )


def _hyphens_throughout(
    listing: Listing, signs: dict[str, list[tuple[Span, str]]], counts: dict[str, int]
) -> Iterator[Fault]:
    """A list that has hyphens but for a few dashes: the dash is right, so it is said once for the whole list."""
    dashes = [sign for sign in counts if sign in "–—"]
    if not dashes:
        return
    due = max(dashes, key=lambda sign: counts[sign])
    wrong = [(line, span) for line in listing.lines for span, sign in signs[line.id] if sign != due]
    line, span = wrong[0]
    edits = tuple(edit for one, at in wrong for edit in one.edit(at, due, Applicability.UNSAFE))
    yield line.fault(span, expected=due, edits=edits, count=str(len(wrong)))


_TIGHT = re.compile(
    r"(?:(?<=[^\W_][^\W_])|(?<=[)»\"”\]]))(?P<gap>\s?\.(?:[–—](?=\s?[^\s\d])|\s[–—](?=[^\s\d])|[–—](?=\s?\d)|-(?=\s{1,8}[^\sa-zа-яәғқңөұүһі]|(?:19|20)\d\d(?!\d)|№)))(?P<after>\s*)"
    r"|(?P<b>№\s?\d+(?:\s?\(\d+\))?|(?<!\d)(?:19|20)\d\d)(?P<gap2>\.(?:[–—-](?=\s?[№\wА-ЯA-Z])))(?P<after2>\s*)"
)

_MAYBE_TIGHT = re.compile(r"\.(?:[–—-]|[\s][–—]\S)")
_COLON = re.compile(r"(:)(?=[^\W\d_])")


@rule(
    "STY002",
    Severity.WARNING,
    "a space is missing: {printed} (due: {expected})",
    needs_print=True,
    clause="ГОСТ 7.1-2003, 4.7.5",
)
def tight_area_sign(line: Line, paper: Paper) -> Iterator[Fault]:
    """A missing space at the area sign or behind the colon before the publisher.

    What: `Алматы.– 2014`, `№ 4.-Б. 5`, `Алматы:Арыс`.
    Why: a prescribed sign stands between spaces; without them places, years and numbers grow together.
    Found:
        1. Омаров К.Т. Еңбек құқығы.– Астана: Фолиант, 2004.– 145 б.
    Not found:
        1. Омаров К.Т. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
    Fix: safe: the space is put in.
    """
    found_at: list[tuple[Span, str]] = []
    for span, found in line.find(_TIGHT) if _MAYBE_TIGHT.search(line.raw) else ():
        gap, after = ("gap", "after") if found["gap"] else ("gap2", "after2")
        if line.in_address(span):
            continue
        where = Span(found.start(gap), found.end(after))
        dash = re.sub(r"[\s.]", "", found[gap])
        found_at.append((where, f". {dash} "))
    place = line.place("publisher-place")
    if place is not None and line.has("publisher") and line.sure("publisher-place", "publisher"):
        colon = _COLON.match(line.raw, place.end)
        if colon:
            found_at.append((Span(*colon.span(1)), ": "))
    if not found_at:
        return
    first, due = found_at[0]
    shown = Span(max(0, first.start - 8), min(len(line.raw), first.end + 6))
    start = line.raw.find(" ", shown.start, first.start) + 1 or shown.start
    yield line.fault(
        first,
        printed=line.raw[start : shown.end].strip(),
        expected=(line.raw[start : first.start] + due + line.raw[first.end : shown.end]).strip(),
        edits=tuple(edit for where, text in found_at for edit in line.edit(where, text)),
        count=str(len(found_at)),
    )


@rule("STY015", Severity.INFO, "the range sign is {printed}, elsewhere in the list {expected}", looks_at="list")
def mixed_range_signs(listing: Listing, paper: Paper) -> Iterator[Fault]:
    """Hyphens and dashes in the ranges of pages of one list.

    What: `89-98` in some entries and `89–98` in others, where most have the same sign; said once for the list.
    Why: one list, one sign (ГОСТ 7.1-2003 leaves the choice).
    Found:
        1. Щерба Л.В. О частях речи // Вопросы языкознания. – 1957. – № 4. – С. 63–84.
        2. Виноградов В.В. О грамматической омонимии // Вопросы языкознания. – 1960. – № 1. – С. 1–17.
        3. Баскаков Н.А. О границах слова // Советская тюркология. – 1972. – № 5. – С. 3–12.
        4. Кононов А.Н. О природе слова // Советская тюркология. – 1971. – № 2. – С. 12-22.
    Not found:
        1. Щерба Л.В. О частях речи // Вопросы языкознания. – 1957. – № 4. – С. 63–84.
        2. Виноградов В.В. О грамматической омонимии // Вопросы языкознания. – 1960. – № 1. – С. 1–17.
        3. Баскаков Н.А. О границах слова // Советская тюркология. – 1972. – № 5. – С. 3–12.
        4. Кононов А.Н. О природе слова // Советская тюркология. – 1971. – № 2. – С. 12–22.
    Fix: safe: the sign of most entries.
    """
    forms, places = [], {}
    for line in listing.lines:
        place = line.place("page")
        found = re.fullmatch(rf"\d+\s?([{DASHES}])\s?\d+", place.cut(line.raw)) if place and line.sure("page") else None
        if place and found:
            forms.append((line, found[1]))
            places[line.id] = Span(place.start + found.start(1), place.start + found.end(1))
    for group, usual in minority(forms):
        first = group[0]
        yield first.fault(
            places[first.id],
            "page",
            expected=usual,
            edits=tuple(edit for line in group for edit in line.edit(places[line.id], usual)),
            count=str(len(group)),
        )
