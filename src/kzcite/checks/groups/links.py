"""LNK: markers in the text against entries of the list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kzcite.checks.order import is_alphabetical
from kzcite.checks.rule import Fault, rule
from kzcite.checks.views import Line, Listing, Mention, Paper
from kzcite.model import Applicability, Edit, PageRange, Rich, Severity, Span
from kzcite.model.values import whole_number

_MANY = 5
_SENTENCE_END = re.compile(r"([^\W\d_]{4,}|[\d%)»”\"])([.!?…])([ \u00a0]?)$")
_NEXT_SENTENCE = re.compile(r"\s*(?:$|\n)|\s+[«“\"(]?[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]")


@rule(
    "LNK001",
    Severity.ERROR,
    "nothing in the list answers {printed}: there is no entry {label}",
    looks_at="paper",
    clause="ГОСТ Р 7.0.5-2008, 7.4",
)
def unresolved_marker(paper: Paper) -> Iterator[Fault]:
    """A marker that no entry of the list answers.

    What: a number above the last entry, a key or a name that the list does not have, or markers in a paper whose list
        is missing or cut off (then said once, at the first marker).
    Why: the reader cannot find the source; most often an entry was deleted or the list was renumbered.
    Found:
        Бұл құбылыс бұрын да зерттелген [1], кейінгі пікірлер [3] еңбегінде.

        Әдебиеттер

        1. Қайдаров Ә.Т. Қазақ терминологиясына жаңаша көзқарас. – Алматы: Рауан, 1993. – 84 б.
        2. Құрманбайұлы Ш. Қазақ лексикасының терминденуі. – Алматы: Ғылым, 1998. – 208 б.
    Not found:
        Бұл құбылыс бұрын да зерттелген [1], кейінгі пікірлер [2] еңбегінде.

        Әдебиеттер

        1. Қайдаров Ә.Т. Қазақ терминологиясына жаңаша көзқарас. – Алматы: Рауан, 1993. – 84 б.
        2. Құрманбайұлы Ш. Қазақ лексикасының терминденуі. – Алматы: Ғылым, 1998. – 208 б.
    Fix: by hand.
    """
    dangling = [one for one in paper.mentions if one.line is None and one.marker.kind != "repeated"]
    no_entries = not any(paper.lines)
    for one in dangling[:1] if no_entries else dangling:
        numeric = one.cite.label.strip().isdecimal() or one.marker.kind == "command"
        span = _place(one, paper)
        yield Fault(
            span,
            printed=span.cut(paper.text) or one.cite.label,
            params={"label": one.cite.label, "count": str(len(dangling) if no_entries else 1)},
            severity=None if numeric else Severity.WARNING,
        )


def _place(one: Mention, paper: Paper) -> Span:
    """The whole marker, one cite of several, or the end of a range that goes beyond the list."""
    if len(one.marker.cites) == 1:
        return one.marker.span
    printed = one.cite.span.cut(paper.text)
    if printed != one.cite.label and printed.endswith(one.cite.label):
        return Span(one.cite.span.end - len(one.cite.label), one.cite.span.end)
    return one.cite.span


@rule(
    "LNK002",
    Severity.WARNING,
    "entry {number} is never cited",
    looks_at="list",
    clause="ГОСТ Р 7.0.5-2008, 7.1",
)
def uncited_entry(listing: Listing, paper: Paper) -> Iterator[Fault]:
    """An entry that the text never cites.

    What: entries of a list in the works' own scripts without a marker, where the text has markers to that list.
        Where more than half of a list is never cited, that is said once.
    Why: a list after the text holds what is cited and nothing else; otherwise it is a bibliography.
    Found:
        Бұл құбылыс бұрын да зерттелген [1], [3].

        Әдебиеттер

        1. Қайдаров Ә.Т. Қазақ терминологиясына жаңаша көзқарас. – Алматы: Рауан, 1993. – 84 б.
        2. Құрманбайұлы Ш. Қазақ лексикасының терминденуі. – Алматы: Ғылым, 1998. – 208 б.
        3. Айтбайұлы Ө. Қазақ терминологиясының дамуы. – Алматы: Рауан, 1997. – 240 б.
    Not found:
        Бұл құбылыс бұрын да зерттелген [1–3].

        Әдебиеттер

        1. Қайдаров Ә.Т. Қазақ терминологиясына жаңаша көзқарас. – Алматы: Рауан, 1993. – 84 б.
        2. Құрманбайұлы Ш. Қазақ лексикасының терминденуі. – Алматы: Ғылым, 1998. – 208 б.
        3. Айтбайұлы Ө. Қазақ терминологиясының дамуы. – Алматы: Рауан, 1997. – 240 б.
    Fix: by hand: cite it or drop it.
    """
    cited = {one.line.id for one in paper.mentions if one.line is not None}
    missing = [line for line in listing.lines if line.id not in cited]
    if listing.role != "native" or len(missing) == len(listing.lines):
        return
    if len(missing) > _MANY and len(missing) * 2 > len(listing.lines):
        numbers = ", ".join(line.shown for line in missing)
        yield missing[0].fault(number=numbers, count=str(len(missing)))
        return
    for line in missing:
        yield line.fault()


@rule(
    "LNK003",
    Severity.WARNING,
    "entry {number} is mentioned before entry {expected}: the list is not in order of mention",
    looks_at="list",
    clause="ГОСТ 7.32, list of sources",
)
def broken_mention_order(listing: Listing, paper: Paper) -> Iterator[Fault]:
    """An entry mentioned before entries with smaller numbers.

    What: in a numbered list that is not alphabetical, a first mention that leaves out smaller numbers which the text
        mentions later. Where the list follows no order of mention at all, that is said once.
    Why: numbered lists stand in the order in which the text first mentions the works; some journals return papers
        for this alone.
    Found:
        Алдымен [2], сосын [1] зерттелді, соңында [3].

        Әдебиеттер

        1. Қайдаров Ә.Т. Қазақ терминологиясына жаңаша көзқарас. – Алматы: Рауан, 1993. – 84 б.
        2. Айтбайұлы Ө. Қазақ терминологиясының дамуы. – Алматы: Рауан, 1997. – 240 б.
        3. Құрманбайұлы Ш. Қазақ лексикасының терминденуі. – Алматы: Ғылым, 1998. – 208 б.
    Not found:
        Алдымен [1], сосын [2] зерттелді, соңында [1; 3].

        Әдебиеттер

        1. Құрманбайұлы Ш. Қазақ лексикасының терминденуі. – Алматы: Ғылым, 1998. – 208 б.
        2. Айтбайұлы Ө. Қазақ терминологиясының дамуы. – Алматы: Рауан, 1997. – 240 б.
        3. Қайдаров Ә.Т. Қазақ терминологиясына жаңаша көзқарас. – Алматы: Рауан, 1993. – 84 б.
    Fix: `kzcite restyle FILE --order mention` renumbers the list and the markers.
    """
    if not listing.numbered or listing.role != "native" or (paper.profile and paper.profile.order == "alphabetical"):
        return
    own = {line.id for line in listing.lines}
    firsts: list[tuple[Line, Mention]] = []
    seen: set[str] = set()
    for one in paper.mentions:
        if one.line is not None and one.line.id in own and one.line.id not in seen and one.line.number is not None:
            seen.add(one.line.id)
            firsts.append((one.line, one))
    early = []
    later = sorted(line.number or 0 for line, _ in firsts)
    for line, mention in firsts:
        if later and later[0] < (line.number or 0):
            early.append((line, mention, later[0]))
        later.remove(line.number or 0)
    if not early or (paper.profile is None and is_alphabetical(listing)):
        return
    if len(early) > _MANY and len(early) * 3 > len(firsts):
        early = early[:1]
    for line, mention, expected in early:
        yield Fault(
            mention.marker.span,
            line.id,
            printed=mention.marker.span.cut(paper.text),
            expected=str(expected),
            params={"number": line.shown},
        )


@rule("LNK004", Severity.WARNING, "{printed}: entry {number} has pages {expected}", looks_at="paper")
def locator_outside_range(paper: Paper) -> Iterator[Fault]:
    """A page in a marker that lies outside the pages of the article.

    What: the page in the marker is below the first or above the last page of a part (article, chapter, paper).
    Why: either the marker names the wrong page or wrong entry, or the entry has the wrong pages.
    Found:
        Мұндай пікір бар [1, 120 б.].

        Әдебиеттер

        1. Айтбайұлы Ө. Терминжасам тәжірибесінен // Тілтаным. – 2009. – № 3. – 89-98 б.
    Not found:
        Мұндай пікір бар [1, 92 б.].

        Әдебиеттер

        1. Айтбайұлы Ө. Терминжасам тәжірибесінен // Тілтаным. – 2009. – № 3. – 89-98 б.
    Fix: by hand.
    """
    for one in paper.mentions:
        if one.line is None or not one.line.sure("page") or not one.line.has("container-title"):
            continue
        pages = PageRange.parse(one.line.text("page"))
        asked = _pages(one)
        if pages.first is None or pages.last is None or asked is None or pages.first >= pages.last:
            continue
        first, last = asked
        if first < pages.first or last > pages.last:
            yield _at_locator(one, paper, expected=f"{pages.first}–{pages.last}")


@rule("LNK005", Severity.WARNING, "{printed}: entry {number} has only {expected} pages", looks_at="paper")
def locator_beyond_extent(paper: Paper) -> Iterator[Fault]:
    """A page in a marker beyond the last page of the book.

    What: the page in the marker is greater than the number of pages of the entry.
    Why: either the marker names the wrong page or wrong entry, or the extent is wrong.
    Found:
        Мұндай пікір бар [1, 245 б.].

        Әдебиеттер

        1. Қайдаров Ә.Т. Қазақ терминологиясына жаңаша көзқарас. – Алматы: Рауан, 1993. – 84 б.
    Not found:
        Мұндай пікір бар [1, 45 б.].

        Әдебиеттер

        1. Қайдаров Ә.Т. Қазақ терминологиясына жаңаша көзқарас. – Алматы: Рауан, 1993. – 84 б.
    Fix: by hand.
    """
    for one in paper.mentions:
        if one.line is None or not one.line.sure("number-of-pages") or one.line.has("number-of-volumes", "page"):
            continue
        extent = one.line.text("number-of-pages")
        asked = _pages(one)
        if asked is not None and 3 < (whole_number(extent) or 0) < asked[1]:
            yield _at_locator(one, paper, expected=extent)


def _pages(one: Mention) -> tuple[int, int] | None:
    """First and last page that a marker asks for."""
    if one.cite.locator is None or one.cite.locator.label != "page":
        return None
    numbers = [int(n) for n in re.findall(r"\d{1,9}", one.cite.locator.value)]
    if not numbers or re.search(r"[^\d\s,;\-–—и]", one.cite.locator.value):
        return None
    return min(numbers), max(numbers)


def _at_locator(one: Mention, paper: Paper, expected: str) -> Fault:
    line = one.line
    assert line is not None
    return Fault(
        one.marker.span,
        line.id,
        "page",
        printed=one.marker.span.cut(paper.text),
        expected=expected,
        params={"number": line.shown},
    )


@rule("LNK006", Severity.INFO, "the marker {printed} stands behind the full stop of its sentence", looks_at="paper")
def marker_after_stop(paper: Paper) -> Iterator[Fault]:
    """A marker behind the full stop of the sentence that it belongs to.

    What: sentence, full stop, marker, and a new sentence or the end of the paragraph.
    Why: the marker belongs to the sentence; behind the stop it belongs to nothing.
    Found:
        Сотталғандардың құқықтары сақталуы керек. [1]

        Әдебиеттер

        1. Омаров К.Т. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
    Not found:
        Сотталғандардың құқықтары сақталуы керек [1].

        Әдебиеттер

        1. Омаров К.Т. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
    Fix: unsafe: the stop is put behind the marker.
    """
    text = paper.text
    for marker in paper.document.markers if paper.document else ():
        if marker.kind not in ("square", "round", "author-date"):
            continue
        before = _SENTENCE_END.search(text, max(0, marker.span.start - 40), marker.span.start)
        if not before or not _NEXT_SENTENCE.match(text, marker.span.end):
            continue
        span = Span(before.start(2), marker.span.end)
        printed = marker.span.cut(text)
        moved = f"{before[3] or ' '}{printed}{before[2]}"
        yield Fault(
            marker.span,
            printed=printed,
            expected=moved.strip(),
            edits=(Edit(span, Rich.of(moved), Applicability.UNSAFE),),
        )
