"""STY: signs. Dashes, slashes, colons, points, quotes: each entry by itself, and against the rest of its list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kzcite.checks.majority import minority, undecided
from kzcite.checks.rule import Fault, rule
from kzcite.checks.views import Line, Listing, Paper
from kzcite.model import Applicability, Severity, Span

_DASH = "-‐‑–—−"
_AREA_SIGN = re.compile(rf"(?:(?<=[.!?…)\]»\"”])|(?<=\D[12]\d\d\d))[ \u00a0]([{_DASH}])[ \u00a0](?=\S)")
_PART_TYPES = ("article-journal", "article-newspaper", "article-magazine", "chapter", "paper-conference")
_ADDRESS = re.compile(r"(?:https?\s?:|www\.|doi)\S*|[^\s@]{1,64}@\S+", re.IGNORECASE)


def _addresses(raw: str) -> list[Span]:
    return [Span(*found.span()) for found in _ADDRESS.finditer(raw)]


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
        signs[line.id] = [(Span(*found.span(1)), found[1]) for _, found in line.find(_AREA_SIGN)]
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
    away = _addresses(line.raw)
    found_at: list[tuple[Span, str]] = []
    for span, found in line.find(_TIGHT):
        gap, after = ("gap", "after") if found["gap"] else ("gap2", "after2")
        if any(span.overlaps(one) for one in away):
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
    parts = [line for line in listing.lines if line.type in _PART_TYPES]
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
        if re.fullmatch(r"\s*\.\s*[–—-]?\s*[«\"]?", between) and _AREA_SIGN.search(line.raw, host.end - 1):
            where = Span(title.end, host.start - (1 if between and between[-1] in '«"' else 0))
            yield line.fault(
                host,
                "container-title",
                expected=f"// {host.cut(line.raw)}",
                edits=line.edit(where, " // ", Applicability.UNSAFE),
            )


_TRIPLE = re.compile(r"(?<![:/])/(?:\s?/){2,}(?!/)|(?<![:/\w])/ /(?!/)")


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
    away = _addresses(line.raw)
    for span, _ in line.find(_TRIPLE):
        if not any(span.overlaps(one) for one in away):
            yield line.fault(span, "container-title", expected="//", edits=line.edit(span, "//"))
            return
    title, host = line.place("title"), line.place("container-title")
    if title is None or host is None or not line.sure("title", "container-title", "type", least=0.9):
        return
    if line.type not in _PART_TYPES or "//" in re.sub(r"https?://", "", line.raw):
        return
    between = re.fullmatch(r"\s*\.?\s*(/)\s*[«\"]?", line.raw[title.end : host.start])
    if between and not re.match(r"[^\W\d_]{1,2}\.\s", line.raw[host.start :]):
        span = Span(title.end + between.start(1), title.end + between.end(1))
        yield line.fault(span, "container-title", expected="//", edits=line.edit(span, "//", Applicability.UNSAFE))


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
        if not text or re.search(r"(?:https?:|www\.|doi|10\.\d{4})\S*$|\.[a-z]{2,4}/?$", text, re.IGNORECASE):
            continue
        if text[-1] in ".…!?":
            closed += 1
        elif text[-1].isalnum():
            lacking.append(line)
    described = [line for line in lacking if _AREA_SIGN.search(line.raw)]
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
    away = _addresses(line.raw)
    for span, found in line.find(_DOUBLED):
        if any(span.overlaps(one) for one in away):
            continue
        one = found[0][0]
        yield line.fault(span, expected=one, edits=line.edit(span, one))


@rule("STY011", Severity.WARNING, "quotation marks without a partner: {printed}", needs_print=True)
def unbalanced_quotes(line: Line, paper: Paper) -> Iterator[Fault]:
    """Quotation marks that do not pair.

    What: `«Жастар және ғылым"`, or an odd number of marks of one kind.
    Why: the reader (and every program) cannot tell where the title ends.
    Found:
        1. Омаров К.Т. Еңбек құқығы // «Жастар және ғылым" жинағы. – Атырау: АУ, 2024. – 45-54 б.
    Not found:
        1. Омаров К.Т. Еңбек құқығы // «Жастар және ғылым» жинағы. – Атырау: АУ, 2024. – 45-54 б.
    Fix: unsafe where a guillemet is answered by a straight mark.
    """
    marks = [(at, char) for at, char in enumerate(line.raw) if char in '«»"“”„']
    if not marks:
        return
    kinds = [char for _, char in marks]
    opened, closed = kinds.count("«"), kinds.count("»")
    straight = kinds.count('"')
    if straight % 2 and straight and re.search(r"\d\s?\"", line.raw):
        return
    if opened != closed and straight % 2:
        mixed = re.search(r"«([^«»\"]*)(\")|(\")([^«»\"]*)»", line.raw)
        if mixed:
            span = Span(*(mixed.span(2) if mixed[2] else mixed.span(3)))
            due = "»" if mixed[2] else "«"
            yield line.fault(
                Span(*mixed.span()),
                expected=line.raw[mixed.start() : span.start] + due + line.raw[span.end : mixed.end()],
                edits=line.edit(span, due, Applicability.UNSAFE),
            )
            return
    if opened > closed and _is_nested(kinds):
        return  # «Фирма «Элист»: one mark may close two
    curly = kinds.count("“") + kinds.count("”") + kinds.count("„")
    if opened != closed and not curly and not straight:
        at = next(at for at, char in marks if char == ("«" if opened > closed else "»"))
        yield line.fault(Span(at, min(len(line.raw), at + 20)))
    elif straight % 2 and not curly and opened == closed:
        at = next(at for at, char in marks if char == '"')
        yield line.fault(Span(at, min(len(line.raw), at + 20)))


def _is_nested(kinds: list[str]) -> bool:
    depth = 0
    for char in kinds:
        depth += {"«": 1, "»": -1}.get(char, 0)
        if depth > 1:
            return True
    return False


_ROMAN = re.compile(r"[IVXІХ]+")


@rule("STY012", Severity.INFO, "volume {printed} in Roman figures, elsewhere in Arabic ones", looks_at="list")
def mixed_volume_figures(listing: Listing, paper: Paper) -> Iterator[Fault]:
    """Roman and Arabic volume numbers in one list.

    What: `IV том` in a list whose other volumes are `Т. 3`, or the other way round.
    Why: one list, one form; volumes are written in Arabic figures (ГОСТ 7.1-2003, 4.11.4).
    Found:
        1. Қазақстан тарихы. Т. 1. – Алматы: Атамұра, 1996. – 540 б.
        2. Қазақстан тарихы. Т. 2. – Алматы: Атамұра, 1998. – 640 б.
        3. Уәлиханов Ш. Шығармалар жинағы. Т. IV. – Алматы: Ғылым, 1985. – 461 б.
    Not found:
        1. Қазақстан тарихы. Т. 1. – Алматы: Атамұра, 1996. – 540 б.
        2. Қазақстан тарихы. Т. 2. – Алматы: Атамұра, 1998. – 640 б.
        3. Уәлиханов Ш. Шығармалар жинағы. Т. 4. – Алматы: Ғылым, 1985. – 461 б.
    Fix: by hand.
    """
    forms = []
    for line in listing.lines:
        volume = line.text("volume")
        if volume and line.sure("volume"):
            forms.append((line, "roman" if _ROMAN.fullmatch(volume) else "arabic"))
    for group, usual in minority(forms, share=0.5):
        for line in group if usual == "arabic" else ():
            yield line.fault(None, "volume")


_GLUED = re.compile(r"(?<=[^\W\d_.])[,;](?=[^\W_])|(?<=[^\W\d_]\.),(?=[^\W_])")
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
    away = _addresses(line.raw)
    for pattern, due in ((_GLUED, ""), (_LOOSE, None)):
        for span, found in line.find(pattern):
            if any(span.overlaps(one) for one in away):
                continue
            shown = Span(max(0, span.start - 10), min(len(line.raw), span.end + 10))
            new = "" if due is None else f"{found[0]} "
            yield line.fault(
                shown,
                expected=line.raw[shown.start : span.start] + new + line.raw[span.end : shown.end],
                edits=line.edit(span, new),
            )


@rule("STY014", Severity.INFO, "{printed}: the number sign has no point", needs_print=True)
def dotted_number_sign(line: Line, paper: Paper) -> Iterator[Fault]:
    """A point behind the number sign.

    What: `№. 6`, as Google Scholar writes references by ГОСТ.
    Why: № is a sign and no abbreviation.
    Found:
        1. Gray B. Textbook vocabulary across grades // Applied Linguistics. – 2019. – Т. 40. – №. 2. – С. 215-237.
    Not found:
        1. Gray B. Textbook vocabulary across grades // Applied Linguistics. – 2019. – Т. 40. – № 2. – С. 215-237.
    Fix: safe: the point is taken out.
    """
    for span, found in line.find(_DOTTED_NUMBER):
        at = Span(span.start + 1, span.start + 2)
        yield line.fault(span, printed=found[0], expected="№ " + found[1], edits=line.edit(at, ""))


_DOTTED_NUMBER = re.compile(r"№\.\s{0,3}(\d{1,6})")


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
        found = re.fullmatch(rf"\d+\s?([{_DASH}])\s?\d+", place.cut(line.raw)) if place and line.sure("page") else None
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
