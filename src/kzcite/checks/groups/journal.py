"""PRF: what the journal of the profile wants. Silent without a profile, and where its page is silent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kzcite.checks.groups.twins import systems_that_give
from kzcite.checks.rule import Fault, rule
from kzcite.checks.views import Listing, Paper
from kzcite.model import Severity

_DOI_TYPES = ("article-journal", "paper-conference")


def _main(paper: Paper) -> Listing | None:
    """The native list that the profile speaks of: the longest."""
    natives = [one for one in paper.listings if one.role == "native" and one.lines]
    return max(natives, key=lambda one: len(one.lines), default=None)


def _at_title(listing: Listing | None, printed: str = "", expected: str | None = None, **params: str) -> Fault:
    source = listing.source if listing is not None else None
    return Fault(
        (source.title_span or source.span) if source else None, printed=printed, expected=expected, params=params
    )


@rule("PRF001", Severity.WARNING, "{printed} sources where the journal wants {expected}", looks_at="paper")
def source_count(paper: Paper) -> Iterator[Fault]:
    """More or fewer sources than the journal wants.

    What: the number of entries against `least` and `most` of the profile.
    Why: papers are returned for it before anyone reads them.
    Profile: kaznpu-phmath
    Found:
        1. Омаров К.Т. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
        2. Қалиева Г.С. Шағымдану құқығы. – Астана: Фолиант, 2010. – 98 б.
    Not found:
        1. Омаров К.Т. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
        2. Қалиева Г.С. Шағымдану құқығы. – Астана: Фолиант, 2010. – 98 б.
        3. Сарсенбаев Т.Е. Діни құқықтар. – Алматы: Заң, 2013. – 130 б.
        4. Нұрланов А.Б. Процессуалдық тетіктер. – Алматы: Заң, 2015. – 110 б.
        5. Қайдаров Ә.Т. Қазақ терминологиясына жаңаша көзқарас. – Алматы: Рауан, 1993. – 84 б.
        6. Құрманбайұлы Ш. Қазақ лексикасының терминденуі. – Алматы: Ғылым, 1998. – 208 б.
        7. Айтбайұлы Ө. Қазақ терминологиясының дамуы. – Алматы: Рауан, 1997. – 240 б.
        8. Сыздық Р. Абай шығармаларының тілі. – Алматы: Ғылым, 1968. – 334 б.
        9. Ағыбаев А. Қылмыстық құқық. – Алматы: Жеті жарғы, 2004. – 340 б.
        10. Бегалиев Е. Криминология. – Астана: Фолиант, 2015. – 210 б.
    Fix: by hand.
    """
    listing, profile = _main(paper), paper.profile
    if listing is None or profile is None:
        return
    count = len(listing.lines)
    if (profile.least and count < profile.least) or (profile.most and count > profile.most):
        ends = (f"≥ {profile.least}" if profile.least else "", f"≤ {profile.most}" if profile.most else "")
        yield _at_title(listing, str(count), ", ".join(one for one in ends if one))


@rule("PRF002", Severity.INFO, "{problem:w}: {printed}, the journal wants {expected}", looks_at="paper")
def source_mix(paper: Paper) -> Iterator[Fault]:
    """Too few English or recent sources for the journal.

    What: the share of entries in English, and of those of the last years, against the profile.
    Why: papers are returned for it before anyone reads them.
    Profile: kaznpu-phmath
    Found:
        1. Омаров К.Т. Еңбек құқығының негіздері. – Астана: Фолиант, 2004. – 145 б.
        2. Қалиева Г.С. Шағымдану құқығы және оның тетіктері. – Астана: Фолиант, 2010. – 98 б.
    Not found:
        1. Biber D., Conrad S. Corpus linguistics: investigating language structure. – Cambridge: CUP, 1998. – 300 p.
        2. Olcott M.B. The Kazakhs and their history. – Stanford: Hoover Institution Press, 1995. – 388 p.
    Fix: by hand.
    """
    listing, profile = _main(paper), paper.profile
    if listing is None or profile is None:
        return
    total = len(listing.lines)
    if profile.english_share:
        english = sum(line.language == "en" for line in listing.lines)
        if english < profile.english_share * total:
            yield _at_title(listing, f"{english}/{total}", f"≥ {profile.english_share:.0%}", problem="english-share")
    if profile.recent_years and profile.recent_share:
        since = paper.today.year - profile.recent_years
        recent = sum((line.year or 0) >= since for line in listing.lines)
        if recent < profile.recent_share * total:
            yield _at_title(listing, f"{recent}/{total}", f"≥ {profile.recent_share:.0%}", problem="recent-share")


@rule("PRF003", Severity.ERROR, "the journal wants a second, romanised list, and there is none", looks_at="paper")
def missing_twin_list(paper: Paper) -> Iterator[Fault]:
    """No romanised list where the journal wants one.

    What: no second list in Latin letters, where the profile wants it always, or with any source in Cyrillic.
    Why: papers are returned for it before anyone reads them.
    Profile: nscedi
    Found:
        Бұл құбылыс бұрын да зерттелген [1].

        Әдебиеттер

        1. Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.
    Not found:
        Бұл құбылыс бұрын да зерттелген [1].

        Әдебиеттер

        1. Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.

        References

        1. Omarov K.T. Sottalgandardyn enbek kukyktary [Labour rights of convicts]. Enbek kukygy, 2024, No. 1, pp. 45-54. [in Kazakh]
    Fix: `kzcite twin FILE --profile NAME` makes it.
    """
    listing, profile = _main(paper), paper.profile
    if listing is None or profile is None or paper.romanised is not None:
        return
    cyrillic = any(line.script == "Cyrl" for line in listing.lines)
    if profile.twin_required == "always" or (profile.twin_required == "cyrillic" and cyrillic):
        yield _at_title(listing)


_FORMS = {
    "square": {"square"},
    "round": {"round"},
    "author-date": {"author-date"},
    "footnote": {"footnote", "superscript"},
}


@rule(
    "PRF004",
    Severity.WARNING,
    "the marker {printed} is {form:w}; the journal wants {expected:w} ones",
    looks_at="paper",
)
def foreign_marker_form(paper: Paper) -> Iterator[Fault]:
    """Markers in another form than the journal's.

    What: most markers are numbers in square brackets where the profile wants names and years, and so on; said once.
    Why: papers are returned for it before anyone reads them.
    Profile: otan-tarihy
    Found:
        Бұл құбылыс бұрын да зерттелген [1].

        Әдебиеттер

        1. Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.
    Not found:
        Бұл құбылыс бұрын да зерттелген (Омаров, 2024: 45).

        Әдебиеттер

        Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.
    Fix: `kzcite restyle FILE --markers numeric` or `author-date`.
    """
    if paper.document is None or paper.profile is None or paper.profile.markers is None:
        return
    markers = [one for one in paper.document.markers if one.kind not in ("repeated", "command")]
    wrong = [one for one in markers if one.kind not in _FORMS[paper.profile.markers]]
    if wrong and len(wrong) * 2 > len(markers):
        first = wrong[0]
        yield Fault(
            first.span,
            printed=first.span.cut(paper.text),
            expected=paper.profile.markers,
            params={"form": first.kind, "count": str(len(wrong))},
        )


@rule("PRF005", Severity.INFO, "the heading is «{printed}»; the journal wants «{expected}»", looks_at="paper")
def foreign_heading(paper: Paper) -> Iterator[Fault]:
    """Another heading over the list than the journal's.

    What: the heading against those of the profile for the paper's language.
    Why: the journal sets all its lists under one heading.
    Profile: nauka-i-zhizn
    Found:
        Бұл құбылыс бұрын да қазақ тілінде жан-жақты зерттелген және оның тарихы белгілі болып отыр [1]. Сондықтан біз бұл мәселеге тағы да оралып, оның жаңа қырларын көрсетуге тырысамыз. Алдымен ұғымның өзіне тоқталып, содан кейін тәжірибеге көшеміз.

        Әдебиеттер

        1. Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.
    Not found:
        Бұл құбылыс бұрын да қазақ тілінде жан-жақты зерттелген және оның тарихы белгілі болып отыр [1]. Сондықтан біз бұл мәселеге тағы да оралып, оның жаңа қырларын көрсетуге тырысамыз. Алдымен ұғымның өзіне тоқталып, содан кейін тәжірибеге көшеміз.

        Пайдаланылған әдебиеттер тізімі

        1. Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.
    Fix: by hand.
    """
    listing, profile = _main(paper), paper.profile
    if listing is None or profile is None or listing.source is None or not listing.source.title:
        return
    due = profile.headings.get(paper.language, ())
    printed = re.sub(r"[\W\d_]+", " ", listing.source.title).strip().casefold()
    if due and printed not in {one.casefold() for one in due}:
        yield _at_title(listing, listing.source.title, due[0])


@rule("PRF006", Severity.WARNING, "entry {number} has no DOI, which the journal wants", looks_at="list")
def missing_doi(listing: Listing, paper: Paper) -> Iterator[Fault]:
    """An article without a DOI in a journal that wants them.

    What: articles in Latin script of the last twenty-five years without a DOI, where the profile asks for DOIs.
    Why: the journal deposits its references with Crossref.
    Fix: by hand.
    """
    if paper.profile is None or not paper.profile.doi or listing.role != "native":
        return
    for line in listing.lines:
        recent = (line.year or 0) > paper.today.year - 25
        if line.type in _DOI_TYPES and line.script == "Latn" and recent and not line.has("DOI") and line.sure("type"):
            yield line.fault(None, "DOI")


@rule(
    "PRF007",
    Severity.WARNING,
    "entry {number} is romanised by {printed}; the journal wants {expected}",
    looks_at="paper",
)
def foreign_romanisation(paper: Paper) -> Iterator[Fault]:
    """An entry romanised by another system than the journal's.

    What: a title that the profile's system does not give, and another system of `kzcite list systems` does.
    Why: the same name must come out the same in all papers of the journal.
    Profile: toraighyrov
    Found:
        Бұл құбылыс бұрын да зерттелген [1].

        Литература

        1. Худяков А.И. Дискуссионные вопросы предмета финансового хозяйства // Финансовое право. – 2019. – № 3. – С. 2-8.

        References

        1. Khudyakov A.I. Diskussionnye voprosy predmeta finansovogo khozyaystva. Finansovoe pravo, 2019, no. 3, pp. 2-8.
    Not found:
        Бұл құбылыс бұрын да зерттелген [1].

        Литература

        1. Худяков А.И. Дискуссионные вопросы предмета финансового хозяйства // Финансовое право. – 2019. – № 3. – С. 2-8.

        References

        1. Hudâkov A.I. Diskussionnye voprosy predmeta finansovogo hozâjstva. Finansovoe pravo, 2019, no. 3, pp. 2-8.
    Fix: `kzcite twin FILE --profile NAME`.
    """
    if paper.profile is None or not paper.profile.systems:
        return
    for pair in paper.twins:
        due = paper.profile.systems.get(pair.native.language)
        if due is None or pair.native.script != "Cyrl" or pair.romanised.script != "Latn":
            continue
        names = systems_that_give(pair.native, pair.romanised, pair.native.language)
        if names and due not in names:
            yield pair.romanised.fault(printed=min(names), expected=due)


@rule("PRF008", Severity.WARNING, "{problem:w}", looks_at="paper")
def foreign_numbering(paper: Paper) -> Iterator[Fault]:
    """A numbered list where the journal wants none, or the other way round.

    What: the numbers of the list against `numbered` of the profile.
    Why: an alphabetical list for names and years bears no numbers; a list for `[1]` must.
    Profile: otan-tarihy
    Found:
        1. Қалиева Г.С. Шағымдану құқығы. – Астана: Фолиант, 2010. – 98 б.
        2. Омаров К.Т. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
        3. Сарсенбаев Т.Е. Діни құқықтар. – Алматы: Заң, 2013. – 130 б.
    Not found:
        Қалиева Г.С. Шағымдану құқығы. – Астана: Фолиант, 2010. – 98 б.
        Омаров К.Т. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
        Сарсенбаев Т.Е. Діни құқықтар. – Алматы: Заң, 2013. – 130 б.
    Fix: by hand.
    """
    listing, profile = _main(paper), paper.profile
    if listing is None or profile is None or profile.numbered is None or len(listing.lines) < 2:
        return
    if listing.numbered != profile.numbered:
        yield _at_title(listing, problem="numbers-unwanted" if listing.numbered else "numbers-wanted")
