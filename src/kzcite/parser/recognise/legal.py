"""Acts."""

from __future__ import annotations

from collections.abc import Sequence

from kzcite.parser.recognise.rule import Labels, cls, joined, listed, roles, runs
from kzcite.parser.segment import NO_FIELD
from kzcite.text.tokens import Token


def kind_of_act(tokens: Sequence[Token], labels: Labels) -> None:
    """`Law of … dated … No. … «On …»`: where a quoted title follows, the kind words before it are the genre."""
    if "number" not in labels or "title" not in labels:
        return
    start = labels.index("title")
    stop = start
    while stop < len(labels) and labels[stop] == "title":
        stop += 1
    if "title" not in labels[stop:]:
        return
    second = labels.index("title", stop)
    opened = tokens[second - 1].text in ("«", '"', "“", "„") or tokens[second].text[:1] in '«"“„'
    if opened and any("act" in roles(one) for one in tokens[start:stop]) and "number" in labels[stop:second]:
        labels[start:stop] = ["genre"] * (stop - start)


def amending_act(tokens: Sequence[Token], labels: Labels) -> None:
    """`Law … (as amended by Law No. 306)`: kind words in brackets after an act's own are in no field."""
    stretches = list(runs(labels, "genre"))
    if len(stretches) < 2 or "number" not in labels:
        return
    opened = at = 0
    for number, (start, stop) in enumerate(stretches):
        opened += sum((token.text == "(") - (token.text == ")") for token in tokens[at:start])
        at = start
        if number and opened > 0:
            labels[start:stop] = [NO_FIELD] * (stop - start)


_STANDARDS = frozenset(
    """ГОСТ Р СТ РК ҚР ISO IEC ИСО МЭК ДСТУ МЕМСТ ASTM EN DIN СНИП СП САНПИН ТУ ВСН GOST ST RK ГОСТР РД ОСТ""".split()
)


def standard_first(tokens: Sequence[Token], labels: Labels) -> None:
    """`ГОСТ ISO/IEC 17025 Общие требования …`: the letters are the genre, the digits after them the number."""
    at = 0
    while at < len(tokens) and (tokens[at].text.upper() in _STANDARDS or (at and tokens[at].text == "/")):
        at += 1
    if not at or at + 1 >= len(tokens) or tokens[at].kind != "number" or tokens[0].text.upper() in ("Р", "EN", "СП"):
        return
    stop = at + 1
    while stop < len(tokens) and (
        tokens[stop].kind in ("number", "day") or (tokens[stop].text in ".-–:‒—" and _number_goes_on(tokens, stop))
    ):
        stop += 1
    if {"genre", "number"} <= set(labels[:stop]):
        return
    labels[:at] = ["genre"] * at
    labels[at:stop] = ["number"] * (stop - at)


def _number_goes_on(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].kind == "number" and not tokens[at].spaced


_OF_DATES = frozenset(("Y", "M", "d", "DAY"))
_ACT_HEADS = frozenset("закон постановление приказ указ распоряжение решение".split())


def act_first(tokens: Sequence[Token], labels: Labels) -> None:
    """`Постановление … от 1 июня 2007 года N 448 Об утверждении …`: kind, date, number, then the title."""
    if not tokens or labels[0] != "title" or tokens[0].text.lower() not in _ACT_HEADS:
        return
    begins = next((at for at in range(1, min(len(tokens) - 2, 40)) if tokens[at].text in ("О", "Об", "Обо", "«")), 0)
    if not begins or any(token.text in ("//", "(", "/", ":", "–", "—") for token in tokens[:begins]):
        return
    kind_ends = next((at for at in range(1, begins) if tokens[at].text in ("от", "№", "N")), begins)
    labels[:kind_ends] = ["genre"] * kind_ends
    numbered = False
    for at in range(kind_ends, begins):
        text = tokens[at].text
        if text in ("№", "N"):
            numbered = True
            labels[at] = NO_FIELD
        elif numbered:
            labels[at] = "number"
        elif cls(tokens[at]) in _OF_DATES:
            labels[at] = "issued"
        else:
            labels[at] = NO_FIELD
    if tokens[begins].text == "«":
        labels[begins] = NO_FIELD
    elif labels[begins] != "title":
        labels[begins] = "title"


def english_act(tokens: Sequence[Token], labels: Labels) -> None:
    """`Law of the Republic of Kazakhstan dated April 7, 2016 No. 486-V "On shared construction"`: kind, date, number,
    then the title in quotation marks."""
    if labels[0] != "title" or tokens[0].text.lower() not in listed("english-act"):
        return
    opened = next((at for at in range(1, min(len(tokens) - 2, 40)) if tokens[at].text in _OPENERS), 0)
    closed = next((at for at in range(opened + 1, len(tokens)) if tokens[at].text in _CLOSERS), 0)
    kind_ends = next((at for at in range(1, opened) if _dates_or_numbers(tokens, at)), 0)
    if not kind_ends or not closed or any(token.text in ("//", "(", "/", ":") for token in tokens[:opened]):
        return
    labels[: closed + 1] = [NO_FIELD] * (closed + 1)
    labels[:kind_ends] = ["genre"] * kind_ends
    labels[opened + 1 : closed] = ["title"] * (closed - opened - 1)
    at = kind_ends
    while at < opened:
        stop = at + 1
        if tokens[at].text in _NUMBER_SIGNS:
            start = stop + (tokens[stop].text == ".")
            stop = start + 1
            while stop < opened and not tokens[stop].spaced:
                stop += 1
            labels[start:stop] = ["number"] * (stop - start)
        elif cls(tokens[at]) in _OF_DATES:
            labels[at] = "issued"
        at = stop


_NUMBER_SIGNS = frozenset(("No", "№", "N"))


def _dates_or_numbers(tokens: Sequence[Token], at: int) -> bool:
    """Whether the words for the kind of act end before this place."""
    if tokens[at].text == "of":
        return cls(tokens[at + 1]) in ("M", "d", "DAY")
    return tokens[at].text in _NUMBER_SIGNS or tokens[at].text == "dated" or cls(tokens[at]) in ("M", "DAY", "Y")


_CLOSERS = frozenset('»”"')
_OPENERS = frozenset('«“„"')


def kazakh_act(tokens: Sequence[Token], labels: Labels) -> None:
    """`«… туралы» ҚР Үкіметінің 2005 жылғы 22 маусымдағы № 606 қаулысы`: dates and numbers inside
    the title belong to it; the last ones before the kind word are the act's own."""
    found = _own_date(tokens)
    if found is None:
        return
    year, sign, kind = found
    closing = next((at for at in range(year - 1, 0, -1) if tokens[at].text in _CLOSERS), 0)
    about = next((at for at in range(year - 1, 0, -1) if tokens[at].text.lower() in ("туралы", "турали", "жөнінде")), 0)
    if closing and closing >= about - 1:
        start = next((at for at in range(closing) if tokens[at].text in _OPENERS), None)
        if start is None:
            return
        start, stop = start + 1, closing
    elif about:
        start, stop = 0, about + 1
    else:
        return
    labels[: kind + 1] = [NO_FIELD] * (kind + 1)
    labels[start:stop] = ["title"] * (stop - start)
    day = next(at for at in range(year, sign) if cls(tokens[at]) == "M")
    labels[year : day + 1] = ["issued"] * (day + 1 - year)
    end = sign + 2
    while end < kind and (not tokens[end].spaced or tokens[end].text in ("ҚРЗ", "ЗРК")):
        end += 1
    labels[sign + 1 : end] = ["number"] * (end - sign - 1)
    labels[end : kind + 1] = ["genre"] * (kind + 1 - end)


def _own_date(tokens: Sequence[Token]) -> tuple[int, int, int] | None:
    """Where the last `YYYY жылғы D month № N … kind` has its year, its number sign and its kind word."""
    for year in range(len(tokens) - 6, 1, -1):
        if cls(tokens[year]) != "Y" or tokens[year + 1].text.lower() not in ("жылғы", "ж", "жылѓы"):
            continue
        sign = next((at for at in range(year + 2, min(year + 8, len(tokens) - 2)) if tokens[at].text in ("№", "N")), 0)
        if not sign or not any(cls(one) == "M" for one in tokens[year:sign]) or tokens[sign + 1].kind != "number":
            continue
        for kind in range(sign + 2, min(sign + 12, len(tokens))):
            if "act" in roles(tokens[kind]) and tokens[kind].text.lower().endswith(("ы", "і")):
                after = tokens[kind + 1].text if kind + 1 < len(tokens) else ""
                return (year, sign, kind) if after in ("", ".", "(", ",", ";", "//", "–") else None
            if tokens[kind].kind == "mark" and tokens[kind].text not in "-–/":
                break
        return None
    return None


def body_before_date(tokens: Sequence[Token], labels: Labels) -> None:
    """`ҚР Оқу-ағарту министрінің 2026 жылғы … № 213-НҚ бұйрығы «…»`: who issued an act is no part of its title."""
    stretches = list(runs(labels, "title"))
    if len(stretches) < 2:
        return
    (start, stop), (second, _) = stretches[:2]
    dated = stop + 1 < len(tokens) and cls(tokens[stop]) == "Y" and tokens[stop + 1].text.lower() in ("жылғы", "ж")
    opened = tokens[second - 1].text in _OPENERS or tokens[second].text[:1] in _OPENERS
    if not start and dated and opened and any("act" in roles(one) for one in tokens[stop:second]):
        labels[start:stop] = [NO_FIELD] * (stop - start)


_ADOPTED = ("утвержд", "бекітілген", "утв", "approved", "қабылданған", "ратифиц")


def adopted_by(tokens: Sequence[Token], labels: Labels) -> None:
    """`Концепция … . Утверждена Указом Президента …`: how an act was adopted is no part of its title."""
    for start, stop in runs(labels, "title"):
        for at in range(start + 3, stop - 1):
            if tokens[at].text.lower().startswith(_ADOPTED) and tokens[at - 1].text in (".", ",", "(", ":"):
                labels[at - 1 : stop] = [NO_FIELD] * (stop - at + 1)
                return


def act_without_title(tokens: Sequence[Token], labels: Labels) -> None:
    """`Земельный кодекс РК N 442 от 20.06.2003`: an act whose kind is all its name has that as its title."""
    if "title" in labels or "container-title" in labels:
        return
    start, stop = next(runs(labels, "genre"))
    if any("act" in roles(one) for one in tokens[start:stop]):
        labels[start:stop] = ["title"] * (stop - start)


_COUNTRIES = frozenset("РФ РК RU US KZ ҚР U.S. EP WO RF СССР SU UA".split())


def patent_number(tokens: Sequence[Token], labels: Labels) -> None:
    """`RF Patent No. 2220169`, `Пат. 28456 Республика Казахстан`, `U.S. Patent No. 9,876,543`: kind and number."""
    for at, token in enumerate(tokens[:-1]):
        if token.text.lower() not in listed("patent"):
            continue
        number = at + 1
        while (
            number < len(tokens)
            and number < at + 7
            and (
                tokens[number].text in _COUNTRIES
                or tokens[number].text in (".", "№", "#")
                or tokens[number].text.lower() in ("no", "n", "no.")
            )
        ):
            number += 1
        stop = number
        while stop < len(tokens) and (
            tokens[stop].kind == "number" or (tokens[stop].text == "," and _number_goes_on(tokens, stop))
        ):
            stop += 1
        digits = sum(len(one.text) for one in tokens[number:stop] if one.kind == "number")
        if digits < 4 or digits > 11 or (digits == 4 and cls(tokens[number]) == "Y"):
            continue
        labels[number:stop] = ["number"] * (stop - number)
        start = at
        while start and tokens[start - 1].text in _COUNTRIES:
            start -= 1
        end = at + 1
        if end + 1 < number and tokens[end].text == "." and tokens[end + 1].text in _COUNTRIES:
            end += 1
        while end < number and tokens[end].text in _COUNTRIES:
            end += 1
        labels[start:end] = ["genre"] * (end - start)
        labels[end:number] = [NO_FIELD] * (number - end)
        return


def whole_number(tokens: Sequence[Token], labels: Labels) -> None:
    """`№ 43/2018`: what follows a slash belongs to the number; `№ 267 ҚР Заңы`: the country belongs to the kind."""
    for _, stop in list(runs(labels, "number")):
        if tokens[stop - 1].text == "ҚР" and stop < len(tokens) and labels[stop] == "genre":
            labels[stop - 1] = "genre"
        elif joined(tokens, stop, "/", "number"):
            labels[stop] = labels[stop + 1] = "number"


def report_number(tokens: Sequence[Token], labels: Labels) -> None:
    """`№ ГР 01840051145`: the number under which a report on research is registered."""
    for at in range(1, len(tokens) - 1):
        if tokens[at].text == "ГР" and tokens[at - 1].text == "№":
            stop = at + 1
            while (
                stop < len(tokens)
                and tokens[stop].kind in ("number", "word")
                and (stop == at + 1 or not tokens[stop].spaced)
            ):
                stop += 1
            labels[at + 1 : stop] = ["number"] * (stop - at - 1)
            return


def report_in_title(tokens: Sequence[Token], labels: Labels) -> None:
    """`Проведение испытаний … : Отчет о НИР / …`: the words for a report on research after a colon are the genre."""
    for start, stop in runs(labels, "title"):
        for at in range(start + 1, stop - 2):
            words = [one.text.lower() for one in tokens[at : at + 4]]
            if words[0] == ":" and words[1] in ("отчет", "отчёт") and words[2:4] == ["о", "нир"]:
                labels[at] = NO_FIELD
                labels[at + 1 : stop] = ["genre"] * (stop - at - 1)
                return
