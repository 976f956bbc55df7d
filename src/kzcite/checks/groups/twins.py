"""TWN: the native list against its romanised «References»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kzcite.checks.rule import Fault, rule
from kzcite.checks.views import Line, Listing, Paper, TwinPair
from kzcite.model import Applicability, Severity, Span
from kzcite.tables import systems
from kzcite.text.fold import fold
from kzcite.text.romanise import romanise

_PAIRED = 0.5
_LANGUAGE = r"(?:kazakh|kaz|russian|russ?|english|eng|kk|қазақ|казах|рус)[^\W\d_]*\.?"
_MARK = re.compile(rf"[\[(]\s*(?:in\s+)?({_LANGUAGE})\s*[\])]", re.IGNORECASE)
_TRANSLATION = re.compile(
    r"\[(?!\s*(?:in\s|электр|electr|мәтін|текст|text|internet))(?=[^\[\]]*[A-Za-z]{3})[^\[\]]*\]", re.IGNORECASE
)
_MARK_LANGUAGE = {"kaz": "kk", "kk": "kk", "қаз": "kk", "каз": "kk", "rus": "ru", "рус": "ru", "eng": "en"}
_NAME = {"kk": "Kazakh", "ru": "Russian", "en": "English"}
_WORD = re.compile(r"[^\W\d_]{3,}")


def _two_lists(paper: Paper) -> tuple[Listing, Listing] | None:
    """The native list and its twin, where enough of their entries pair."""
    if not paper.twins:
        return None
    native = next((one for one in paper.listings if paper.twins[0].native in one.lines), None)
    romanised = next((one for one in paper.listings if paper.twins[0].romanised in one.lines), None)
    if native is None or romanised is None:
        return None
    return (native, romanised) if len(paper.twins) >= _PAIRED * min(len(native.lines), len(romanised.lines)) else None


@rule("TWN001", Severity.ERROR, "the romanised list has {printed} entries, the native one {expected}", looks_at="paper")
def unequal_twin_list(paper: Paper) -> Iterator[Fault]:
    """A romanised list that is shorter or longer than the native one.

    What: two lists whose entries pair, of different length. The entries without a partner are named.
    Why: the second list repeats the first, entry by entry; citation indexes read the second one.
    Found:
        Бұл құбылыс бұрын да зерттелген [1], [2], [3].

        Әдебиеттер

        1. Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.
        2. Қалиева Г.С. Сотталғандардың шағымдану құқығы // Құқық және мемлекет. – 2023. – № 2. – 78-87 б.
        3. Сарсенбаев Т.Е. Сотталғандардың діни құқықтары // Дін және құқық. – 2022. – № 3. – 67-76 б.

        References

        1. Omarov K.T. Sottalgandardyn enbek kukyktary [Labour rights of convicts]. Enbek kukygy, 2024, No. 1, pp. 45-54. [in Kazakh]
        2. Kalieva G.S. Sottalgandardyn shagymdanu kukygy [The right of convicts to complain]. Kukyk zhane memleket, 2023, No. 2, pp. 78-87. [in Kazakh]
    Not found:
        Бұл құбылыс бұрын да зерттелген [1], [2].

        Әдебиеттер

        1. Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.
        2. Қалиева Г.С. Сотталғандардың шағымдану құқығы // Құқық және мемлекет. – 2023. – № 2. – 78-87 б.

        References

        1. Omarov K.T. Sottalgandardyn enbek kukyktary [Labour rights of convicts]. Enbek kukygy, 2024, No. 1, pp. 45-54. [in Kazakh]
        2. Kalieva G.S. Sottalgandardyn shagymdanu kukygy [The right of convicts to complain]. Kukyk zhane memleket, 2023, No. 2, pp. 78-87. [in Kazakh]
    Fix: `kzcite twin FILE` makes the whole list.
    """
    lists = _two_lists(paper)
    if lists is None or len(lists[0].lines) == len(lists[1].lines):
        return
    native, romanised = lists
    paired = {one.native.id for one in paper.twins} | {one.romanised.id for one in paper.twins}
    alone = [line for line in (*native.lines, *romanised.lines) if line.id not in paired]
    if paper.profile is not None and paper.profile.twin_foreign is not True:
        alone_native = [line for line in native.lines if line.id not in paired]
        if alone_native and all(line.script == "Latn" for line in alone_native) and alone_native == alone:
            return
    source = romanised.source
    span = source.title_span or source.span if source is not None else None
    yield Fault(
        span,
        printed=str(len(romanised.lines)),
        expected=str(len(native.lines)),
        params={"missing": ", ".join(line.shown for line in alone)},
    )


@rule(
    "TWN002",
    Severity.ERROR,
    "entry {printed} of the romanised list is entry {expected} of the native one",
    looks_at="paper",
)
def twin_out_of_place(paper: Paper) -> Iterator[Fault]:
    """A romanised entry that stands at another place than its native one.

    What: two numbered lists of the same length, and a sure pair with different numbers.
    Why: the markers of the text carry one number for both lists.
    Found:
        Бұл құбылыс бұрын да зерттелген [1], [2].

        Әдебиеттер

        1. Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.
        2. Қалиева Г.С. Сотталғандардың шағымдану құқығы // Құқық және мемлекет. – 2023. – № 2. – 78-87 б.

        References

        1. Kalieva G.S. Sottalgandardyn shagymdanu kukygy [The right of convicts to complain]. Kukyk zhane memleket, 2023, No. 2, pp. 78-87. [in Kazakh]
        2. Omarov K.T. Sottalgandardyn enbek kukyktary [Labour rights of convicts]. Enbek kukygy, 2024, No. 1, pp. 45-54. [in Kazakh]
    Not found:
        Бұл құбылыс бұрын да зерттелген [1], [2].

        Әдебиеттер

        1. Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.
        2. Қалиева Г.С. Сотталғандардың шағымдану құқығы // Құқық және мемлекет. – 2023. – № 2. – 78-87 б.

        References

        1. Omarov K.T. Sottalgandardyn enbek kukyktary [Labour rights of convicts]. Enbek kukygy, 2024, No. 1, pp. 45-54. [in Kazakh]
        2. Kalieva G.S. Sottalgandardyn shagymdanu kukygy [The right of convicts to complain]. Kukyk zhane memleket, 2023, No. 2, pp. 78-87. [in Kazakh]
    Fix: `kzcite twin FILE` makes the list in the order of the native one.
    """
    lists = _two_lists(paper)
    if lists is None or len(lists[0].lines) != len(lists[1].lines):
        return
    for pair in paper.twins:
        if pair.score < 0.65 or pair.native.number is None or pair.romanised.number is None:
            continue
        if pair.native.number != pair.romanised.number:
            yield pair.romanised.fault(
                Span(0, min(40, len(pair.romanised.raw))),
                printed=pair.romanised.label,
                expected=pair.native.label,
            )


@rule("TWN003", Severity.WARNING, "romanised entry {number} lacks {missing:w}", looks_at="paper")
def untranslated_twin(paper: Paper) -> Iterator[Fault]:
    """A romanised entry without its English translation or language mark.

    What: no translation in square brackets or no `[in Kazakh]`, `(in Russ.)`, where the profile wants it or most other
        entries have it; where no entry has either and no profile is given, it is said once.
    Why: readers of a romanised title do not know what it says; several journals return such lists.
    Profile: nscedi
    Found:
        Бұл құбылыс бұрын да зерттелген [1].

        Әдебиеттер

        1. Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.

        References

        1. Omarov K.T. Sottalgandardyn enbek kukyktary. Enbek kukygy, 2024, No. 1, pp. 45-54.
    Not found:
        Бұл құбылыс бұрын да зерттелген [1].

        Әдебиеттер

        1. Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.

        References

        1. Omarov K.T. Sottalgandardyn enbek kukyktary [Labour rights of convicts]. Enbek kukygy, 2024, No. 1, pp. 45-54. [in Kazakh]
    Fix: by hand; `kzcite twin FILE` adds the marks.
    """
    if _two_lists(paper) is None:
        return
    profile = paper.profile
    pairs = [one for one in paper.twins if one.native.script == "Cyrl" and one.romanised.script == "Latn"]
    lacking: list[tuple[Line, str]] = []
    counts = {"translation": 0, "language-mark": 0}
    for pair in pairs:
        raw = pair.romanised.raw
        counts["translation"] += bool(_TRANSLATION.search(raw))
        counts["language-mark"] += bool(_MARK.search(raw))
    wanted = {name for name, count in counts.items() if count * 2 > len(pairs)}
    if profile is not None:
        wanted = wanted | ({"translation"} if profile.twin_title == "both" else set())
        wanted = wanted | ({"language-mark"} if profile.twin_marks else set())
        wanted -= {"translation"} if profile.twin_title in ("transliteration", "translation") else set()
    for pair in pairs:
        raw = pair.romanised.raw
        missing = [
            name
            for name, pattern in (("translation", _TRANSLATION), ("language-mark", _MARK))
            if name in wanted and not pattern.search(raw)
        ]
        if missing:
            lacking.append((pair.romanised, ", ".join(missing)))
    if not lacking and profile is None and pairs and not any(counts.values()):
        numbers = ", ".join(pair.romanised.shown for pair in pairs)
        yield pairs[0].romanised.fault(number=numbers, missing="translation, language-mark")
    for line, missing_parts in lacking:
        yield line.fault(missing=missing_parts)


@rule("TWN004", Severity.WARNING, "entry {number} is romanised by {printed}, others by {expected}", looks_at="paper")
def mixed_romanisation(paper: Paper) -> Iterator[Fault]:
    """Two romanisation systems in one list.

    What: titles of one language that no single system of `kzcite list systems` gives, while each title is given by one.
    Why: one name comes out in two spellings and is counted as two.
    Found:
        Бұл құбылыс бұрын да зерттелген [1], [2], [3].

        Литература

        1. Худяков А.И. Дискуссионные вопросы предмета финансового права // Финансовое право. – 2019. – № 3. – С. 2-8.
        2. Журавлёва Е.Ю. Жизнь и хозяйство казахской юрты // Этнография. – 2020. – № 1. – С. 12-18.
        3. Иванов П.П. Хивинские жители и их занятия // Восток. – 2018. – № 2. – С. 22-28.

        References

        1. Khudyakov A.I. Diskussionnye voprosy predmeta finansovogo prava. Finansovoe pravo, 2019, no. 3, pp. 2-8.
        2. Žuravlëva E.Û. Žiznʹ i hozâjstvo kazahskoj ûrty. Ètnografiâ, 2020, no. 1, pp. 12-18.
        3. Ivanov P.P. Khivinskie zhiteli i ikh zanyatiya. Vostok, 2018, no. 2, pp. 22-28.
    Not found:
        Бұл құбылыс бұрын да зерттелген [1], [2].

        Литература

        1. Худяков А.И. Дискуссионные вопросы предмета финансового права // Финансовое право. – 2019. – № 3. – С. 2-8.
        2. Иванов П.П. Хивинские жители и их занятия // Восток. – 2018. – № 2. – С. 22-28.

        References

        1. Khudyakov A.I. Diskussionnye voprosy predmeta finansovogo prava. Finansovoe pravo, 2019, no. 3, pp. 2-8.
        2. Ivanov P.P. Khivinskie zhiteli i ikh zanyatiya. Vostok, 2018, no. 2, pp. 22-28.
    Fix: `kzcite twin FILE --system NAME` romanises the whole list by one system.
    """
    if _two_lists(paper) is None:
        return
    for language in ("kk", "ru"):
        fits: list[tuple[TwinPair, frozenset[str]]] = []
        for pair in paper.twins:
            if pair.native.language == language and pair.native.script == "Cyrl" and pair.romanised.script == "Latn":
                names = systems_that_give(pair.native, pair.romanised, language)
                if names:
                    fits.append((pair, names))
        counts: dict[str, int] = {}
        for _, names in fits:
            for name in names:
                counts[name] = counts.get(name, 0) + 1
        if not counts:
            continue
        usual = max(counts, key=lambda name: (counts[name], name))
        for pair, names in fits:
            if usual not in names:
                yield pair.romanised.fault(printed=min(names), expected=usual)


def systems_that_give(native: Line, romanised: Line, language: str) -> frozenset[str]:
    """The systems by which (nearly) every word of the native title stands in the romanised line."""
    title = native.text("title")
    words = [word for word in _WORD.findall(title) if len(word) > 3][:12]
    if len(words) < 3:
        return frozenset()
    printed = {fold(word) for word in re.findall(r"[^\W\d_'’ʹʺʼ`]+(?:['’ʹʺʼ`][^\W\d_]*)*", romanised.raw)}
    plain = {re.sub(r"['’ʹʺʼ`]", "", word) for word in printed}
    out = set()
    for name, one in _systems(language):
        forms = [re.sub(r"['’ʹʺʼ`]", "", fold(romanise(word, one))) for word in words]
        if sum(form in plain for form in forms) >= len(forms) - (1 if len(forms) > 5 else 0):
            out.add(name)
    return frozenset(out)


@lru_cache(maxsize=8)
def _systems(language: str) -> tuple[tuple[str, systems.System], ...]:
    return tuple((one.id, one) for one in systems.systems() if language in one.languages)


@rule(
    "TWN005", Severity.WARNING, "the mark {printed} on a work whose native title is in {language:w}", looks_at="paper"
)
def wrong_language_mark(paper: Paper) -> Iterator[Fault]:
    """A language mark that does not fit the work.

    What: `[in Russian]` on the romanised entry of a Kazakh title; where the native title leaves no doubt.
    Why: the mark tells the reader which language the work is in.
    Found:
        Бұл құбылыс бұрын да зерттелген [1].

        Әдебиеттер

        1. Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.

        References

        1. Omarov K.T. Sottalgandardyn enbek kukyktary [Labour rights of convicts]. Enbek kukygy, 2024, No. 1, pp. 45-54. [in Russian]
    Not found:
        Бұл құбылыс бұрын да зерттелген [1].

        Әдебиеттер

        1. Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.

        References

        1. Omarov K.T. Sottalgandardyn enbek kukyktary [Labour rights of convicts]. Enbek kukygy, 2024, No. 1, pp. 45-54. [in Kazakh]
    Fix: unsafe: the language of the native title.
    """
    for pair in paper.twins:
        mark = _MARK.search(pair.romanised.raw)
        language = pair.native.language
        title = pair.native.text("title")
        if mark is None or pair.score < 0.6 or language not in ("kk", "ru") or len(title.split()) < 3:
            continue
        if language == "ru" and re.search("[әғқңөұүһі]", title, re.IGNORECASE):
            continue
        if language == "kk" and not re.search("[әғқңөұүһі]", title, re.IGNORECASE):
            continue
        marked = _MARK_LANGUAGE.get(mark[1].lower()[:3]) or _MARK_LANGUAGE.get(mark[1].lower()[:2])
        if marked in ("kk", "ru") and marked != language:
            due = (
                _NAME[language]
                if mark[1].lower().strip(".") in ("kazakh", "russian")
                else _NAME[language][:4].rstrip("a") + "."
            )
            span = Span(*mark.span(1))
            yield pair.romanised.fault(
                Span(*mark.span()),
                "language",
                expected=mark[0].replace(mark[1], due),
                edits=pair.romanised.edit(span, due, Applicability.UNSAFE),
                language=language,
            )


@rule(
    "TWN006",
    Severity.WARNING,
    "romanised entry {number}: {name:w} {printed}, in the native list {expected}",
    looks_at="paper",
)
def differing_twin(paper: Paper) -> Iterator[Fault]:
    """A romanised entry whose numbers differ from the native one's.

    What: year, volume, issue or pages of a sure pair that differ, both surely read.
    Why: one of the two was mended and the other forgotten.
    Found:
        Бұл құбылыс бұрын да зерттелген [1].

        Әдебиеттер

        1. Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.

        References

        1. Omarov K.T. Sottalgandardyn enbek kukyktary [Labour rights of convicts]. Enbek kukygy, 2021, No. 1, pp. 45-54. [in Kazakh]
    Not found:
        Бұл құбылыс бұрын да зерттелген [1].

        Әдебиеттер

        1. Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.

        References

        1. Omarov K.T. Sottalgandardyn enbek kukyktary [Labour rights of convicts]. Enbek kukygy, 2024, No. 1, pp. 45-54. [in Kazakh]
    Fix: by hand.
    """
    for pair in paper.twins:
        if pair.score < 0.65:
            continue
        for name in ("issued", "volume", "issue", "page"):
            if not pair.native.sure(name, least=0.85) or not pair.romanised.sure(name, least=0.85):
                continue
            one, other = (
                str(line.year) if name == "issued" else "-".join(re.findall(r"\d+", line.text(name)))
                for line in (pair.native, pair.romanised)
            )
            if one and other and one != other:
                yield pair.romanised.fault(None, name, printed=other, expected=one, name=name)
