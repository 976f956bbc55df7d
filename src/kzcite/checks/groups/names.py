"""FLD and STY: names of authors in the heads of entries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kzcite.checks.majority import minority, undecided
from kzcite.checks.rule import Fault, rule
from kzcite.checks.views import Line, Listing, Paper
from kzcite.model import Applicability, Severity, Span

_CAPITAL = "A-ZА-ЯЁӘҒҚҢӨҰҮҺІÀ-ÖØ-ÞĞİŞ"
_SMALL = "a-zа-яёәғқңөұүһіà-öø-ÿğışñ"
_FAMILY = rf"[{_CAPITAL}][{_SMALL}{_CAPITAL}’'ʼ-]*[{_SMALL}]"
_ONE = rf"[{_CAPITAL}][{_SMALL}]?\."
_TWO_INITIALS = re.compile(rf"(?<![^\W_.])({_ONE})([ \u00a0]?)({_ONE})(?=[\s,;.)\]]|$|[–—-]|[{_CAPITAL}])")
_INITIALS_FIRST = re.compile(rf"(?:{_ONE}[ \u00a0]?){{1,3}}{_FAMILY}(?=[\s,.])")
_FAMILY_FIRST = re.compile(rf"(?<![^\W\d_]){_FAMILY},?[ \u00a0](?:{_ONE}[ \u00a0]?){{1,3}}")
_WITH_COMMA = re.compile(rf"{_FAMILY}(,?)[ \u00a0]{_ONE}")
_UNJOINED = re.compile(
    rf"({_FAMILY}[ \u00a0](?:{_ONE}[ \u00a0]?){{1,2}})(?<![ \u00a0])([ \u00a0]?)(?={_FAMILY}[ \u00a0](?:{_ONE}[ \u00a0]?){{1,2}})"
)

_ET_AL = {
    "kk": re.compile(r"(?<![^\W\d_])(?:және\s+)?[жт]\.\s?б\.|(?<![^\W\d_])және\s+(?:басқалар|өзгелер)[^\W\d_]*"),
    "ru": re.compile(r"(?<![^\W\d_])и\s+др(?:угие)?(?![^\W\d_])\.?", re.IGNORECASE),
    "en": re.compile(r"(?<![^\W\d_])(?:et\.?\s+al|and\s+others)(?![^\W\d_])\.?", re.IGNORECASE),
}
_MAYBE_ET_AL = re.compile(r"\s(?:др|al|others|бас|өзг)|[жт]\.\s?б\.|et\.al", re.IGNORECASE)
_WRITTEN = {"kk": "және т.б.", "ru": "и др.", "en": "et al."}


def _head(line: Line) -> str:
    """The line up to its title, where the authors stand."""
    title = line.place("title")
    return line.raw[: title.start] if title is not None else ""


@rule("STY003", Severity.WARNING, "initials {printed}, elsewhere in the list {expected}", looks_at="list")
def uneven_initials(listing: Listing, paper: Paper) -> Iterator[Fault]:
    """Initials with a space in some entries and without in others.

    What: `Г. С.` in a list that writes `К.Т.`, or the other way round; each script by itself; a profile may say which.
        Where half of the list does so and half otherwise, that is said once, without a fix.
    Why: one list, one form.
    Found:
        1. Омаров К.Т. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
        2. Қалиева Г. С. Шағымдану құқығы. – Астана: Фолиант, 2010. – 98 б.
        3. Сарсенбаев Т.Е. Діни құқықтар. – Алматы: Заң, 2013. – 130 б.
        4. Нұрланов А.Б. Процессуалдық тетіктер. – Алматы: Заң, 2015. – 110 б.
    Not found:
        1. Омаров К.Т. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
        2. Қалиева Г.С. Шағымдану құқығы. – Астана: Фолиант, 2010. – 98 б.
        3. Сарсенбаев Т.Е. Діни құқықтар. – Алматы: Заң, 2013. – 130 б.
        4. Нұрланов А.Б. Процессуалдық тетіктер. – Алматы: Заң, 2015. – 110 б.
    Fix: safe: the form of most entries.
    """
    for script in ("Cyrl", "Latn"):
        forms: list[tuple[Line, str]] = []
        for line in listing.lines:
            found = _TWO_INITIALS.search(_head(line)) if line.script == script and line.has("author") else None
            if found:
                forms.append((line, " " if found[2] else ""))
        wanted = paper.profile.initials if paper.profile is not None else None
        due = {"spaced": " ", "joined": ""}.get(wanted or "")
        mixed = undecided(forms) if due is None else None
        if mixed:
            found = next(one for one in _TWO_INITIALS.finditer(_head(mixed[0])) if bool(one[2]) != bool(mixed[1]))
            yield mixed[0].fault(Span(*found.span()), "author", expected=f"{found[1]}{mixed[1]}{found[3]}")
        for group, usual in minority(forms, due):
            for line in group:
                gaps = [
                    Span(*found.span(2))
                    for found in _TWO_INITIALS.finditer(_head(line))
                    if bool(found[2]) != bool(usual)
                ]
                found = next(one for one in _TWO_INITIALS.finditer(_head(line)) if bool(one[2]) != bool(usual))
                yield line.fault(
                    Span(*found.span()),
                    "author",
                    expected=f"{found[1]}{usual}{found[3]}",
                    edits=tuple(edit for gap in gaps for edit in line.edit(gap, usual)),
                )


@rule(
    "STY004",
    Severity.WARNING,
    "{printed}: the initials stand before the family name, elsewhere behind it",
    looks_at="list",
)
def uneven_name_order(listing: Listing, paper: Paper) -> Iterator[Fault]:
    """A name with its initials first in a list that puts the family name first.

    What: the first name of an entry is `К.Т. Омаров` where at least half of the entries have `Омаров К.Т.`
    Why: the head of an entry is its family name; lists are sorted and searched by it (ГОСТ 7.80).
    Found:
        1. Қалиева Г.С. Шағымдану құқығы. – Астана: Фолиант, 2010. – 98 б.
        2. К.Т. Омаров. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
        3. Сарсенбаев Т.Е. Діни құқықтар. – Алматы: Заң, 2013. – 130 б.
        4. Нұрланов А.Б. Процессуалдық тетіктер. – Алматы: Заң, 2015. – 110 б.
    Not found:
        1. Қалиева Г.С. Шағымдану құқығы. – Астана: Фолиант, 2010. – 98 б.
        2. Омаров К.Т. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
        3. Сарсенбаев Т.Е. Діни құқықтар. – Алматы: Заң, 2013. – 130 б.
        4. Нұрланов А.Б. Процессуалдық тетіктер. – Алматы: Заң, 2015. – 110 б.
    Fix: by hand.
    """
    forms = []
    for line in listing.lines:
        place = line.place("author")
        if place is None or place.start:
            continue
        if _INITIALS_FIRST.match(line.raw):
            forms.append((line, "first"))
        elif _FAMILY_FIRST.match(line.raw):
            forms.append((line, "behind"))
    for group, usual in minority(forms, "behind" if any(form == "behind" for _, form in forms) else None):
        if len(group) * 2 > len(forms):
            return
        for line in group if usual == "behind" else ():
            found = _INITIALS_FIRST.match(line.raw)
            if found:
                yield line.fault(Span(*found.span()), "author")


@rule("STY005", Severity.WARNING, "no comma between two authors: {printed}", needs_print=True)
def unjoined_authors(line: Line, paper: Paper) -> Iterator[Fault]:
    """Two authors with nothing between them.

    What: `Омаров К.Т. Қалиева Г.С.` at the beginning of an entry.
    Why: the second name reads as the beginning of the title.
    Found:
        1. Омаров К.Т. Қалиева Г.С. Еңбек құқығының негіздері. – Астана: Фолиант, 2004. – 145 б.
    Not found:
        1. Омаров К.Т., Қалиева Г.С. Еңбек құқығының негіздері. – Астана: Фолиант, 2004. – 145 б.
    Fix: unsafe: a comma between them.
    """
    if line.item is None or len(line.item.names("author")) < 2 or not line.sure("author"):
        return
    found = _UNJOINED.match(line.raw)
    place = line.place("author")
    if found and place is not None and place.end > found.end() + 2:
        gap = Span(*found.span(2))
        rest = _FAMILY_FIRST.match(line.raw, found.end())
        span = Span(0, rest.end() if rest else found.end())
        yield line.fault(
            span,
            "author",
            printed=span.cut(line.raw).strip(),
            expected=f"{found[1].strip()}, {line.raw[found.end() : span.end]}".strip(),
            edits=line.edit(gap, ", ", Applicability.UNSAFE),
        )


@rule(
    "FLD021",
    Severity.WARNING,
    "{printed} in the entry of a {language:w} work, due is {expected}",
    needs_print=True,
    clause="ГОСТ 7.1-2003, 4.7",
)
def et_al_of_other_language(line: Line, paper: Paper) -> Iterator[Fault]:
    """«And others» in another language than the work's.

    What: `и др.` in the entry of a Kazakh or English work, `et al.` in a Russian one; not inside the title.
    Why: a description is made in the language of the work.
    Found:
        1. Cormen T.H. и др. Introduction to algorithms. – Cambridge: MIT Press, 2009. – 1292 p.
    Not found:
        1. Cormen T.H. et al. Introduction to algorithms. – Cambridge: MIT Press, 2009. – 1292 p.
        2. Артемьева С.А. и др. Микробиологический контроль мяса животных. – М.: Колос, 2002. – 288 с.
    Fix: unsafe: the words of the work's language.
    """
    if line.language not in _ET_AL or not line.sure("language", "title", least=0.9):
        return
    title = line.text("title")
    if len(title.split()) < 2 or (line.language == "ru" and re.search("[әғқңөұүһі]", title, re.IGNORECASE)):
        return
    if not _MAYBE_ET_AL.search(line.raw):
        return
    away = [place for name in ("title", "container-title") if (place := line.place(name))]
    for language, pattern in _ET_AL.items():
        if language == line.language:
            continue
        for span, found in line.find(pattern):
            if any(span.overlaps(one) for one in away) or not line.has("author", "editor"):
                continue
            title_place = line.place("title")
            if (
                title_place is not None
                and span.start > title_place.end
                and "/" not in line.raw[title_place.end : span.start]
            ):
                continue
            due = _WRITTEN[line.language]
            yield line.fault(
                span,
                "author",
                printed=found[0],
                expected=due,
                edits=line.edit(span, due, Applicability.UNSAFE),
                language=line.language,
            )


@rule("FLD026", Severity.INFO, "{printed}: {problem:w}", needs_print=True, clause="ГОСТ 7.1-2003, 5.2.6.8")
def names_about_et_al(line: Line, paper: Paper) -> Iterator[Fault]:
    """More names about «and others» than the rule gives.

    What: four or more names before `и др.`, or a name behind it.
    Why: «and others» stands for all names behind the first one to three; with four named, none is left out or all.
    Found:
        1. Артемьева С.А., Артемьева Т.Н., Дмитриев А.И., Дорутина В.В. и др. Контроль мяса животных. – М.: Колос, 2002. – 288 с.
    Not found:
        1. Артемьева С.А., Артемьева Т.Н., Дмитриев А.И. и др. Контроль мяса животных. – М.: Колос, 2002. – 288 с.
    Fix: by hand.
    """
    head = _head(line)
    if not head or not line.sure("author"):
        return
    for pattern in _ET_AL.values():
        found = pattern.search(head)
        if not found:
            continue
        before = len(_FAMILY_FIRST.findall(head[: found.start()]))
        behind = _FAMILY_FIRST.match(head[found.end() :].lstrip(" ,;"))
        if behind:
            span = Span(found.start(), min(len(head), found.end() + 2 + behind.end()))
            yield line.fault(span, "author", problem="name-behind")
        elif before >= 4 and not (paper.profile is not None and "apa" in (paper.profile.style or "")):
            yield line.fault(Span(*found.span()), "author", problem="too-many-names")
