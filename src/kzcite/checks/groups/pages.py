"""FLD: pages and extents. Ranges, their labels and units."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kzcite.checks.rule import Fault, rule
from kzcite.checks.views import PART_TYPES, Line, Listing, Paper
from kzcite.model import Applicability, Severity, Span

_RANGE = re.compile(r"(\d{1,6})(\s?[-‐‑–—−]\s?)(\d{1,6})")
_LABELS = {
    "б": "kk",
    "бб": "kk",
    "бет": "kk",
    "беттер": "kk",
    "с": "ru",
    "c": "ru",
    "сс": "ru",
    "стр": "ru",
    "p": "en",
    "pp": "en",
    "р": "en",
}
"""Printed label, lower case → the language whose label it is (a Latin `c` is typed for с, a Cyrillic `р` for p)."""

_UNIT = {"kk": "б.", "ru": "с.", "en": "p."}
_LABEL = {"kk": "Б.", "ru": "С.", "en": "P."}
_AFTER = re.compile(r"\s?-?([а-яёәғқңөұүһіa-z]{1,6})\b", re.IGNORECASE)
_BEFORE = re.compile(r"(?<![^\W\d_])([А-ЯЁБбСсCcPpРр]{1,2}|[Сс]тр|бб|pp|Pp)(\.?\s?)$")
_KAZAKH = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")


def _ranges(line: Line) -> Iterator[tuple[Span, int, int]]:
    """Each range of the item's pages: its place in `raw` (in the value, for a library) and its two numbers."""
    place = line.place("page")
    text = place.cut(line.raw) if place else line.text("page")
    offset = place.start if place else 0
    for found in _RANGE.finditer(text):
        if len(found[1]) == len(found[1].lstrip("0")):
            yield Span(found.start() + offset, found.end() + offset), int(found[1]), int(found[3])


@rule("FLD004", Severity.ERROR, "the pages run backwards: {printed}", clause="ГОСТ 7.1-2003, 7.4.2")
def reversed_page_range(line: Line, paper: Paper) -> Iterator[Fault]:
    """A range of pages whose last page is smaller than its first.

    What: `98-89`. A shortened last page (`145-9`) is no fault here.
    Why: one of the two numbers is wrong, and the article cannot be found by it.
    Found:
        1. Айтбайұлы Ө. Терминжасам тәжірибесінен // Тілтаным. – 2009. – № 3. – 34-29 б.
    Not found:
        1. Айтбайұлы Ө. Терминжасам тәжірибесінен // Тілтаным. – 2009. – № 3. – 29-34 б.
        2. Сарсенбаев Т.Е. Діни құқықтар // Дін және құқық. – 2023. – № 3. – 167-76 б.
    Fix: unsafe: the two numbers change places.
    """
    if not line.sure("page"):
        return
    for span, first, last in _ranges(line):
        if last < first and len(str(last)) == len(str(first)):
            if line.raw:
                printed = span.cut(line.raw)
                sign = _RANGE.fullmatch(printed)
                expected = f"{last}{sign[2] if sign else '-'}{first}"
                yield line.fault(
                    span,
                    "page",
                    expected=expected,
                    edits=line.edit(span, expected, Applicability.UNSAFE),
                )
            else:
                yield line.fault(None, "page", expected=f"{last}-{first}")


@rule(
    "FLD005", Severity.INFO, "the range {printed} is shortened, others in the list are written in full", looks_at="list"
)
def shortened_page_range(listing: Listing, paper: Paper) -> Iterator[Fault]:
    """A shortened range of pages in a list that writes ranges in full.

    What: `145-9` where at least three other ranges of the list, which could be shortened too, are not.
    Why: one list, one form.
    Found:
        1. Айтбайұлы Ө. Терминжасам тәжірибесінен // Тілтаным. – 2009. – № 3. – 123-129 б.
        2. Сарсенбаев Т.Е. Діни құқықтар // Дін және құқық. – 2023. – № 3. – 167-76 б.
        3. Қалиева Г.С. Шағымдану құқығы // Құқық және мемлекет. – 2024. – № 2. – 178-187 б.
        4. Нұрланов А.Б. Процессуалдық тетіктер // Қылмыстық процесс. – 2023. – № 4. – 156-165 б.
    Not found:
        1. Айтбайұлы Ө. Терминжасам тәжірибесінен // Тілтаным. – 2009. – № 3. – 123-129 б.
        2. Сарсенбаев Т.Е. Діни құқықтар // Дін және құқық. – 2023. – № 3. – 167-176 б.
        3. Қалиева Г.С. Шағымдану құқығы // Құқық және мемлекет. – 2024. – № 2. – 178-187 б.
        4. Нұрланов А.Б. Процессуалдық тетіктер // Қылмыстық процесс. – 2023. – № 4. – 156-165 б.
    Fix: unsafe: the last page is written in full.
    """
    full, short = 0, []
    for line in listing.lines:
        if not line.sure("page"):
            continue
        for span, first, last in _ranges(line):
            a, b = str(first), str(last)
            if len(a) == len(b) and len(a) > 1 and a[0] == b[0] and first < last:
                full += 1
            elif len(b) < len(a) and int(a[: -len(b)] + b) > first:
                short.append((line, span, a[: len(a) - len(b)] + b))
    if full < 3 or full < 2 * len(short):
        return
    for line, span, last_page in short:
        if line.raw:
            printed = span.cut(line.raw)
            parts = _RANGE.fullmatch(printed)
            expected = f"{parts[1]}{parts[2]}{last_page}" if parts else None
            edits = line.edit(span, expected, Applicability.UNSAFE) if expected else ()
            yield line.fault(span, "page", expected=expected, edits=edits)
        else:
            yield line.fault(None, "page")


_EXTENT_END = re.compile(r"(?<!\d)(?<!\d )[–—-]\s?(\d{1,4})\s?([сp])\.?\s*$")
_QUOTED = re.compile(r"^\s*(?:цит\.|см\.|қар\.|see\b|cited)", re.IGNORECASE)
_LABELLED_END = re.compile(r"[–—-]\s?([Ссp]\.?)\s?(\d{2,4})\.?\s*$")


@rule("FLD006", Severity.ERROR, "{printed}: {problem:w}", needs_print=True, clause="ГОСТ 7.1-2003, 5.5.2, 7.4.2")
def extent_for_range(line: Line, paper: Paper) -> Iterator[Fault]:
    """The number of pages where the pages of a part belong, or the other way round.

    What: an article that ends in an extent (`– 98 с.`), and, as a warning, a book that ends in a page (`– с. 235.`).
        Kazakh lines are left alone: `5 б.` is both there.
    Why: `98 с.` says how long a book is, `С. 98` where an article stands.
    Found:
        1. Худяков А.И. Дискуссионные вопросы предмета финансового права // Финансовое право. – 2019. – № 3. – 98 с.
    Not found:
        1. Худяков А.И. Дискуссионные вопросы предмета финансового права // Финансовое право. – 2019. – № 3. – С. 98.
    Fix: by hand: only the source knows the pages.
    """
    if line.item is None or line.language not in ("ru", "en") or _QUOTED.match(line.raw):
        return
    if line.type in PART_TYPES and line.sure("type", "container-title", least=0.9) and "//" in line.raw:
        found = _EXTENT_END.search(line.raw)
        if found:
            label = "С." if found[2] == "с" else "P."
            yield line.fault(
                Span(found.start(1), found.end(2)), "page", expected=f"{label} {found[1]}", problem="extent-of-part"
            )
    elif (
        line.type == "book"
        and line.sure("type", least=0.95)
        and "//" not in line.raw
        and not line.has("container-title")
    ):
        found = _LABELLED_END.search(line.raw)
        if found and line.has("publisher-place") and int(found[2]) >= 48:
            yield line.fault(
                Span(found.start(1), found.end(2)),
                "number-of-pages",
                expected=f"{found[2]} {found[1][0].lower()}.",
                severity=Severity.WARNING,
                problem="page-of-book",
            )


def _sure_language(line: Line) -> str:
    """kk, ru or en where the title leaves no doubt (en: any language in Latin letters but romanised ones), else ""."""
    if line.item is None or not line.sure("language", least=0.9):
        return ""
    title = line.text("title")
    if len(title.split()) < 3 or "-" in line.language or "=" in title:
        return ""
    if line.language == "kk":
        words = title.split()
        return "kk" if sum(bool(set(word) & _KAZAKH) for word in words) >= 0.4 * len(words) else ""
    if line.language == "ru":
        return "ru" if not set(title) & _KAZAKH else ""
    return "en" if line.language == "en" and line.script == "Latn" else ""


def _label_after(raw: str, at: int) -> tuple[Span, str] | None:
    found = _AFTER.match(raw, at)
    known = _LABELS.get(found[1].lower()) if found else None
    return (Span(found.start(1), found.end(1)), known) if found and known else None


def _label_before(raw: str, at: int) -> tuple[Span, str] | None:
    found = _BEFORE.search(raw, max(0, at - 8), at)
    known = _LABELS.get(found[1].lower()) if found else None
    return (Span(found.start(1), found.end(1)), known) if found and known else None


@rule(
    "FLD007", Severity.WARNING, "the extent of a {language:w} book reads {printed}, due is {expected}", needs_print=True
)
def extent_unit_of_other_language(line: Line, paper: Paper) -> Iterator[Fault]:
    """An extent in the unit of another language than the book's.

    What: `234 б.` on an English book, `145 p.` or `145 с.` on a Kazakh one; where the title leaves no doubt.
    Why: a description is made in the language of the work, so its unit follows the work, not the list.
    Found:
        1. Norwegian Correctional Service. Prisoners' Rights and Rehabilitation. – Oslo, 2023. – 178 б.
    Not found:
        1. Norwegian Correctional Service. Prisoners' Rights and Rehabilitation. – Oslo, 2023. – 178 p.
        2. Омаров К.Т. Сотталғандардың еңбек құқықтары. – Астана: Фолиант, 2004. – 145 б.
    Fix: unsafe: the unit of the work's language.
    """
    place, language = line.place("number-of-pages"), _sure_language(line)
    if place is None or not language or not line.sure("number-of-pages"):
        return
    label = _label_after(line.raw, place.end) or _label_after(line.raw, place.end - 1)
    if label is None or label[1] == language:
        return
    span = Span(place.start, label[0].end)
    number = line.text("number-of-pages")
    unit = _UNIT[language].rstrip(".")
    yield line.fault(
        span,
        "number-of-pages",
        expected=f"{number} {_UNIT[language]}",
        edits=line.edit(label[0], unit, Applicability.UNSAFE),
        language=language,
    )


@rule(
    "FLD008",
    Severity.WARNING,
    "the pages of a {language:w} work are labelled {printed}, due is {expected}",
    needs_print=True,
)
def page_label_of_other_language(line: Line, paper: Paper) -> Iterator[Fault]:
    """A page label of another language than the article's.

    What: `С. 67–76` on a Kazakh article, `Б.` on a Russian one; where the title leaves no doubt.
    Why: a description is made in the language of the work, so its labels follow the work, not the list.
    Found:
        1. Сарсенбаев Т.Е. Сотталғандардың діни құқықтары // Дін және құқық. – 2023. – № 3. – С. 67-76.
    Not found:
        1. Сарсенбаев Т.Е. Сотталғандардың діни құқықтары // Дін және құқық. – 2023. – № 3. – Б. 67-76.
        2. Сарсенбаев Т.Е. Сотталғандардың діни құқықтары // Дін және құқық. – 2023. – № 3. – 67-76 б.
    Fix: unsafe: the label of the work's language.
    """
    place, language = line.place("page"), _sure_language(line)
    if place is None or not language or not line.sure("page"):
        return
    before = _label_before(line.raw, place.start)
    label = before or _label_after(line.raw, place.end)
    if label is None or label[1] == language:
        return
    printed = label[0].cut(line.raw)
    due = (_LABEL if before and printed[0].isupper() else _UNIT)[language]
    yield line.fault(
        label[0],
        "page",
        expected=due,
        edits=line.edit(label[0], due.rstrip("."), Applicability.UNSAFE),
        language=language,
    )
