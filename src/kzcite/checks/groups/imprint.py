"""FLD: obligatory elements, the imprint, the kind of work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from kzcite.checks.rule import Fault, rule
from kzcite.checks.views import Line, Paper
from kzcite.model import Applicability, Severity, Span
from kzcite.tables.loader import overlays, read_rows, read_toml

_CAREFUL = 0.9


@lru_cache(maxsize=4)
def _required(_over: object) -> dict[str, Any]:
    return read_toml("required.toml")


@lru_cache(maxsize=4)
def _traces(over: object) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _required(over)["traces"].items()}


def _missing(line: Line, severity: str) -> Iterator[str]:
    """What `required.toml` asks of the item's type at that severity and neither the item nor the print shows."""
    if line.item is None or not line.sure("type", least=_CAREFUL):
        return
    over = overlays()
    table, traces = _required(over), _traces(over)
    instead = table["instead"].get(line.type, [])
    for choice in table[severity].get(line.type, ()):
        if line.has(*choice) or line.has(*(one for one in instead if one not in choice)):
            continue
        if not any(one in traces and traces[one].search(line.raw) for one in choice):
            yield ", ".join(choice)


@rule("FLD001", Severity.ERROR, "entry {number} lacks {missing:w}", clause="ГОСТ 7.1-2003, 5; 7")
def missing_element(line: Line, paper: Paper) -> Iterator[Fault]:
    """An entry without an element that its kind of work must have.

    What: what `required.toml` names for the kind of work: the year of an article or a book, the volume or issue of an
        article; only where the kind is sure and nothing in the line looks like the element.
    Why: without it the work cannot be found.
    Found:
        1. Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – № 1. – 45-54 б.
    Not found:
        1. Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.
    Fix: by hand.
    """
    for missing in _missing(line, "error"):
        yield line.fault(None, missing.split(", ", 1)[0], printed="", missing=missing)


@rule("FLD003", Severity.WARNING, "entry {number} lacks {missing:w}", clause="ГОСТ 7.1-2003, 7.4.2")
def missing_pages(line: Line, paper: Paper) -> Iterator[Fault]:
    """An article or a part of a book without its pages.

    What: a part of a work with neither pages nor an article number nor a DOI or address.
    Why: the reader must leaf through the whole issue.
    Found:
        1. Қалиева Г.С. Сотталғандардың шағымдану құқығы // Құқық және мемлекет. – 2024. – № 2.
    Not found:
        1. Қалиева Г.С. Сотталғандардың шағымдану құқығы // Құқық және мемлекет. – 2024. – № 2. – 78-87 б.
    Fix: by hand.
    """
    for missing in _missing(line, "warning"):
        yield line.fault(None, "page", printed="", missing=missing)


_PLACE_YEAR = re.compile(r"\s*(?:\]\s*)?,\s*(?:\[?(?:1[89]|20)\d\d)(?!\s*(?:жылғы|ж\.)\s*\d)")
_THESIS = re.compile(r"(?<![^\W\d_])(?:автореф|дисс?(?:\.|ертац))", re.IGNORECASE)
_LEGAL_IMPRINT = ("book", "legislation", "report", "document", "")


@rule(
    "FLD002",
    Severity.WARNING,
    "entry {number} names no publisher ({printed})",
    needs_print=True,
    clause="ГОСТ 7.1-2003, 5.5.2",
)
def missing_publisher(line: Line, paper: Paper) -> Iterator[Fault]:
    """A book with a place and a year and no publisher between them.

    What: `– Астана, 2024.` on a book, a report or a printed act; not on theses, parts and newspapers.
    Why: ГОСТ 7.1 wants place, publisher and year; ГОСТ Р 7.0.5 lets the publisher go, so a profile with that style
        switches the rule off.
    Found:
        1. Омаров К.Т. Сотталғандардың еңбек құқықтары. – Астана, 2024. – 145 б.
    Not found:
        1. Омаров К.Т. Сотталғандардың еңбек құқықтары. – Астана: Фолиант, 2024. – 145 б.
    Fix: by hand.
    """
    if paper.profile is not None and (paper.profile.style or "").startswith("gost-7.0.5"):
        return
    place = line.place("publisher-place")
    if place is None or line.has("publisher", "container-title") or "//" in line.raw or line.type not in _LEGAL_IMPRINT:
        return
    if not line.sure("publisher-place", least=0.8) or _THESIS.search(line.raw):
        return
    year = _PLACE_YEAR.match(line.raw, place.end)
    if year:
        yield line.fault(Span(place.start, year.end()), "publisher")


@rule("FLD017", Severity.ERROR, "the year {printed} is not possible")
def implausible_year(line: Line, paper: Paper) -> Iterator[Fault]:
    """A year of publication in the future or before printing.

    What: a year after next year, before 1450, or of five digits.
    Why: a digit is mistyped.
    Found:
        1. Омаров К.Т. Сотталғандардың еңбек құқықтары. – Астана: Фолиант, 2094. – 145 б.
    Not found:
        1. Омаров К.Т. Сотталғандардың еңбек құқықтары. – Астана: Фолиант, 2004. – 145 б.
    Fix: by hand.
    """
    place = line.place("publisher-place")
    behind = place.end if place is not None else line.raw.find("//") + 2
    for found in _ODD_YEAR.finditer(line.raw, behind) if behind > 1 else ():
        if len(found[1]) == 5 or int(found[1]) > paper.today.year + 1:
            yield line.fault(Span(*found.span(1)), "issued")
            return
    year = line.year
    if year is None or not line.sure("issued", least=_CAREFUL) or line.type == "manuscript":
        return
    if year > paper.today.year + 1 or 0 < year < 1450:
        place = line.place("issued")
        if line.raw and (place is None or str(year) not in place.cut(line.raw)):
            return
        yield line.fault(place, "issued", printed=str(year))


_ODD_YEAR = re.compile(r"(?:\. [–—-] |, )((?:19|20)\d{3}|20[3-9]\d|2[1-9]\d\d)(?=\s?\.(?:\s[–—-]|\s*$))")


@rule("FLD018", Severity.WARNING, "{printed}: in {year} the city was called {expected}")
def anachronistic_place(line: Line, paper: Paper) -> Iterator[Fault]:
    """A place of publication under a name that it did not bear in that year.

    What: the table of renamed cities (`place-names-history.csv`) knows the name, and the year lies outside the years
        of the name, the year of renaming counted to both. Romanised entries are left alone.
    Why: the title page of 1995 cannot say Астана; either the year or the place is not the source's.
    Found:
        1. Қазақстан Республикасының Конституциясы. – Астана: Жеті жарғы, 1995. – 96 б.
    Not found:
        1. Қазақстан Республикасының Конституциясы. – Алматы: Жеті жарғы, 1995. – 96 б.
        2. Омаров К.Т. Сотталғандардың еңбек құқықтары. – Астана: Фолиант, 2004. – 145 б.
    Fix: by hand: what the title page says stays.
    """
    if not line.sure("publisher-place", least=0.8) or line.role == "romanised" or line.language.endswith("-Latn"):
        return
    name = line.text("publisher-place").strip("[]? ").casefold()
    spells = _history(overlays()).get(name)
    year = _imprint_year(line)
    if not spells or year is None or any(first <= year <= last for first, last, _ in spells):
        return
    then = _name_in(name, year, line.language)
    if then:
        yield line.fault(None, "publisher-place", expected=then, year=str(year))


def _imprint_year(line: Line) -> int | None:
    """The year printed with the place, else the date of publication."""
    place = line.place("publisher-place")
    if place is not None:
        found = re.match(r"[^/]{0,60}?\b(1[89]\d\d|20\d\d)\b", line.raw[place.end :])
        if found:
            return int(found[1])
    return line.year if line.sure("issued", least=0.8) else None


@lru_cache(maxsize=4)
def _history(_over: object) -> dict[str, list[tuple[int, int, str]]]:
    """Name, case-folded → the years in which it was in use, and the language of the row."""
    out: dict[str, list[tuple[int, int, str]]] = {}
    for row in read_rows("place-names-history.csv"):
        spell = (int(row["from"] or 0), int(row["until"] or 9999), row["language"])
        out.setdefault(row["name"].casefold(), []).append(spell)
    return out


def _name_in(name: str, year: int, language: str) -> str:
    """How the city of that (case-folded) name was called in a year, if possible in `language`; "" where no row says."""
    rows = sorted(read_rows("place-names-history.csv"), key=lambda row: row["language"] != language)
    seen, wanted = {name}, [name]
    while wanted:
        one = wanted.pop()
        linked = [row["name"] for row in rows if row["successor"].casefold() == one]
        linked += [row["successor"] for row in rows if row["name"].casefold() == one and row["successor"]]
        for other in linked:
            for row in rows:
                if row["name"] == other and int(row["from"] or 0) <= year <= int(row["until"] or 9999):
                    return other
            if other.casefold() not in seen:
                seen.add(other.casefold())
                wanted.append(other.casefold())
    return ""


_DEGREE = re.compile(
    r"канд|докт|д-ра|доктор|ph\.?\s?d|магист|master|бакалав|наук|ғыл|ғ\.\s?[кд]|к\.\s?[а-я]+\.\s?н|cand|doct|thesis|"
    r"\d\d\.\d\d\.\d\d|\b[68][DМM]\d{3,}",
    re.IGNORECASE,
)


@rule("FLD022", Severity.WARNING, "entry {number}: a thesis without its degree ({printed})", needs_print=True)
def thesis_without_degree(line: Line, paper: Paper) -> Iterator[Fault]:
    """A thesis that names neither a degree nor the code of a speciality.

    What: `дис.`, `автореф.` or `диссертация` with no degree, science or code beside it.
    Why: candidate's, doctor's, PhD and master's theses are kept and counted apart; the degree is obligatory.
    Found:
        1. Омаров К.Т. Еңбек құқығының мәселелері: дис. – Алматы, 2009. – 145 б.
    Not found:
        1. Омаров К.Т. Еңбек құқығының мәселелері: заң ғыл. канд. дис. – Алматы, 2009. – 145 б.
    Fix: by hand.
    """
    if line.type != "thesis" or not line.sure("type", least=0.6):
        return
    word = re.search(r"(?<![^\W\d_])(?:автореф\w*|дисс?(?:ертация\w*)?)(?:\.|\b)", line.raw, re.IGNORECASE)
    if word and not _DEGREE.search(line.raw):
        yield line.fault(Span(*word.span()), "genre")


_PLACE_AFTER_SLASHES = re.compile(r"//\s*([^\W\d_][\w.\- ]{1,30}?)\s*(?:[:,]\s*[^/]{0,60}?)(1[89]\d\d|20\d\d)\.")


@rule("FLD024", Severity.WARNING, "behind // stands a place ({printed}), not a journal or a book", needs_print=True)
def book_as_part(line: Line, paper: Paper) -> Iterator[Fault]:
    """A book written like an article: `//` before its place.

    What: `//` followed at once by a known city, a comma and a year.
    Why: `//` says that the work is part of what follows; a city holds no articles.
    Found:
        1. Омаров К.Т. Еңбек құқығы // Алматы: Заң, 2024. – 145 б.
    Not found:
        1. Омаров К.Т. Еңбек құқығы. – Алматы: Заң, 2024. – 145 б.
    Fix: unsafe: the slashes become the sign of the area.
    """
    for span, found in line.find(_PLACE_AFTER_SLASHES):
        if found[1].strip().casefold() in _places(overlays()):
            start = span.start
            while start and line.raw[start - 1] in " .":
                start -= 1
            where = Span(start, found.start(1))
            expected = f"{line.raw[max(0, start - 12) : start]}. – {found[1]}"
            yield line.fault(
                Span(span.start, found.end(1)),
                "container-title",
                expected=expected.strip(),
                edits=line.edit(where, ". – ", Applicability.UNSAFE),
            )


@lru_cache(maxsize=4)
def _places(_over: object) -> frozenset[str]:
    """Cities, case-folded, in full and as printed; no initials."""
    rows = read_rows("places.csv")
    return frozenset(row["printed"].casefold() for row in rows if len(row["printed"]) > 3)
