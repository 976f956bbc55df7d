"""LST: works that stand twice, in one list, in two scripts, in several papers; the share of the paper's own authors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kzcite.checks.rule import Fault, rule
from kzcite.checks.views import Line, Listing, Paper
from kzcite.model import Severity
from kzcite.text.similar import find_duplicates, work_of

_OWN_SHARE = 0.3
_SURE = 0.93
"""Two works with at least this likeness are said to be one; below it a pair may share a long series title."""


@lru_cache(maxsize=2)
def _pairs(listing: Listing) -> tuple[tuple[Line, Line, float], ...]:
    """Every two entries of the list that are one work, with their likeness."""
    lines = [line for line in listing.lines if line.item is not None and line.has("title")]
    works = [work_of(line.item) for line in lines if line.item is not None]
    return tuple(
        (lines[first], lines[second], score)
        for first, second, score in find_duplicates(works)
        if lines[first].script != lines[second].script or score >= _SURE
    )


def _is_doubtful(one: Line, other: Line) -> bool:
    """Whether two entries may be two works in spite of their likeness: volumes, editions and years that differ."""
    for name in ("volume", "edition", "number", "page", "number-of-pages", "part-number", "issue"):
        if one.text(name) and other.text(name) and one.text(name) != other.text(name):
            return True
    same_year = one.year is None or other.year is None or one.year == other.year
    return not same_year or not (one.sure("title", least=0.6) and other.sure("title", least=0.6))


@rule("LST003", Severity.WARNING, "entry {number} is the same work as entry {other} ({score})", looks_at="list")
def duplicate_work(listing: Listing, paper: Paper) -> Iterator[Fault]:
    """The same work twice in one list.

    What: two entries in one script with the same DOI, ISBN or address, or with nearly the same title, authors and year;
        other initials, an abbreviated journal and typing slips do not matter. Different volumes, pages and years do.
    Why: two numbers for one work; the markers are split between them.
    Found:
        1. Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.
        2. Қалиева Г.С. Сотталғандардың шағымдану құқығы // Құқық және мемлекет. – 2024. – № 2. – 78-87 б.
        3. Омаров К. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.
    Not found:
        1. Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.
        2. Қалиева Г.С. Сотталғандардың шағымдану құқығы // Құқық және мемлекет. – 2024. – № 2. – 78-87 б.
        3. Омаров К. Сотталғандардың діни құқықтары // Еңбек құқығы. – 2024. – № 2. – 45-54 б.
    Fix: by hand: drop one and turn its markers to the other.
    """
    for one, other, score in _pairs(listing):
        if one.script == other.script and not _is_doubtful(one, other):
            yield other.fault(printed=other.raw[:60] or other.text("title"), other=one.shown, score=f"{score:.2f}")


@rule("LST004", Severity.WARNING, "entry {number} is entry {other} in another script ({score})", looks_at="list")
def work_in_two_scripts(listing: Listing, paper: Paper) -> Iterator[Fault]:
    """The same work in two scripts in one list.

    What: two entries, one in Cyrillic and one in Latin letters, that are one work by any romanisation.
    Why: the romanised form belongs into the second list.
    Found:
        1. Худяков А.И. Дискуссионные вопросы предмета финансового права // Финансовое право. – 2019. – № 3. – С. 2-8.
        2. Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.
        3. Khudyakov A.I. Diskussionnye voprosy predmeta finansovogo prava // Finansovoe pravo. – 2019. – № 3. – P. 2-8.
    Not found:
        1. Худяков А.И. Дискуссионные вопросы предмета финансового права // Финансовое право. – 2019. – № 3. – С. 2-8.
        2. Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.
    Fix: by hand.
    """
    for one, other, score in _pairs(listing):
        if {one.script, other.script} == {"Cyrl", "Latn"} and not _is_doubtful(one, other):
            yield other.fault(printed=other.raw[:60] or other.text("title"), other=one.shown, score=f"{score:.2f}")


@rule("LST009", Severity.INFO, "the heading «{printed}» over the list of a paper in {language:w}", looks_at="list")
def heading_of_other_language(listing: Listing, paper: Paper) -> Iterator[Fault]:
    """A heading in another language than the paper's.

    What: a Russian heading over the list of a Kazakh paper, or a Kazakh one over a Russian paper's.
    Why: the heading belongs to the paper, not to the sources.
    Found:
        Бұл құбылыс бұрын да қазақ тілінде жан-жақты зерттелген және оның тарихы белгілі болып отыр [1]. Сондықтан біз бұл мәселеге тағы да оралып, оның жаңа қырларын көрсетуге тырысамыз. Алдымен ұғымның өзіне тоқталып, содан кейін тәжірибеге көшеміз.

        Список литературы

        1. Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.
    Not found:
        Бұл құбылыс бұрын да қазақ тілінде жан-жақты зерттелген және оның тарихы белгілі болып отыр [1]. Сондықтан біз бұл мәселеге тағы да оралып, оның жаңа қырларын көрсетуге тырысамыз. Алдымен ұғымның өзіне тоқталып, содан кейін тәжірибеге көшеміз.

        Әдебиеттер тізімі

        1. Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.
    Fix: by hand.
    """
    source = listing.source
    if source is None or not source.title or paper.language not in ("kk", "ru"):
        return
    if sum(one.role == "native" and bool(one.lines) for one in paper.listings) > 1:
        return
    language = _heading_language(source.title)
    if language in ("kk", "ru") and language != paper.language:
        yield Fault(source.title_span or source.span, printed=source.title, params={"language": paper.language})


def _heading_language(title: str) -> str:
    words = re.findall(r"[^\W\d_]+", title.casefold())
    if any(set(word) & set("әғқңөұүһі") for word in words):
        return "kk"
    russian = ("список", "литература", "литературы", "источники", "источников", "использованной", "использованных")
    return "ru" if any(word in russian for word in words) else ""


@rule("LST011", Severity.INFO, "{printed} of {total} entries are by the paper's own authors", looks_at="list")
def self_citation(listing: Listing, paper: Paper) -> Iterator[Fault]:
    """Too many works of the paper's own authors in its list.

    What: more than three of ten entries (of at least six) have an author whose name and initials stand in the head of
        the paper.
    Why: many journals bound the share of self-citation.
    Found:
        Еңбек құқығының кейбір мәселелері

        К.Т. Омаров

        Бұл құбылыс бұрын да зерттелген [1-6].

        Әдебиеттер

        1. Омаров К.Т. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
        2. Омаров К.Т. Еңбек шарты. – Астана: Фолиант, 2008. – 98 б.
        3. Омаров К.Т. Еңбек даулары. – Алматы: Заң, 2013. – 130 б.
        4. Нұрланов А.Б. Процессуалдық тетіктер. – Алматы: Заң, 2015. – 110 б.
        5. Қайдаров Ә.Т. Қазақ терминологиясына жаңаша көзқарас. – Алматы: Рауан, 1993. – 84 б.
        6. Құрманбайұлы Ш. Қазақ лексикасының терминденуі. – Алматы: Ғылым, 1998. – 208 б.
    Not found:
        Еңбек құқығының кейбір мәселелері

        К.Т. Омаров

        Бұл құбылыс бұрын да зерттелген [1-6].

        Әдебиеттер

        1. Омаров К.Т. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
        2. Қалиева Г.С. Шағымдану құқығы. – Астана: Фолиант, 2010. – 98 б.
        3. Сарсенбаев Т.Е. Діни құқықтар. – Алматы: Заң, 2013. – 130 б.
        4. Нұрланов А.Б. Процессуалдық тетіктер. – Алматы: Заң, 2015. – 110 б.
        5. Қайдаров Ә.Т. Қазақ терминологиясына жаңаша көзқарас. – Алматы: Рауан, 1993. – 84 б.
        6. Құрманбайұлы Ш. Қазақ лексикасының терминденуі. – Алматы: Ғылым, 1998. – 208 б.
    Fix: by hand.
    """
    if listing.role != "native" or listing.source is None or len(listing.lines) < 6:
        return
    first_marker = min((one.marker.span.start for one in paper.mentions), default=0)
    head = paper.text[: min(first_marker, 1500, listing.source.span.start)]
    own = [line for line in listing.lines if line.item is not None and _is_by_head(line, head)]
    if len(own) > _OWN_SHARE * len(listing.lines):
        yield Fault(
            listing.source.title_span or listing.source.span,
            printed=str(len(own)),
            params={"total": str(len(listing.lines)), "number": ", ".join(line.shown for line in own)},
        )


def _is_by_head(line: Line, head: str) -> bool:
    for name in line.item.names("author") if line.item is not None else ():
        initial = name.given[:1]
        if len(name.family) < 3 or not initial:
            continue
        family, letter = re.escape(name.family), re.escape(initial)
        if re.search(
            rf"{letter}\.\s?(?:[^\W\d_]\.\s?)?{family}(?![^\W\d_])|{family}\s{letter}(?:\.|[^\W\d_]+\s)", head
        ):
            return True
    return False


@rule("LST010", Severity.INFO, "entry {number} is entry {other} of {file} ({score})", looks_at="volume")
def work_in_several_papers(papers: Sequence[tuple[str, Paper]]) -> Iterator[tuple[int, Fault]]:
    """The same work in the lists of several papers.

    What: with `--across`, entries of two files that are one work; each work is named once a file.
    Why: an editor of a volume sees which entries should read alike.
    Fix: by hand.
    """
    lines = [
        (number, line)
        for number, (_, paper) in enumerate(papers)
        for listing in paper.listings
        if listing.role == "native"
        for line in listing.lines
        if line.item is not None and line.has("title")
    ]
    seen: set[tuple[int, str]] = set()
    for first, second, score in find_duplicates([work_of(line.item) for _, line in lines if line.item is not None]):
        (one_paper, one), (other_paper, other) = lines[first], lines[second]
        if one_paper == other_paper or (other_paper, other.id) in seen or _is_doubtful(one, other):
            continue
        seen.add((other_paper, other.id))
        yield (
            other_paper,
            other.fault(
                printed=other.raw[:60] or other.text("title"),
                other=one.shown,
                file=papers[one_paper][0],
                score=f"{score:.2f}",
            ),
        )
