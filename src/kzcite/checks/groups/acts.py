"""FLD: acts. Number and date, amendments, acts no longer in force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from kzcite.checks.rule import Fault, rule
from kzcite.checks.views import Line, Paper
from kzcite.model import Severity, Span
from kzcite.tables.loader import overlays, read_rows

_NUMBERED_KIND = re.compile(
    r"кодекс|(?<![^\W\d_])заңы?(?![^\W\d_])|закон(?![^\W\d_]*одат)|жарлығы?|указ(?![^\W\d_])|қаулысы?|постановлени|бұйрығы?|приказ|"
    r"(?<![^\W\d_])(?:law|decree|resolution|order|code) (?:of|no)",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"қазақстан|казахстан|kazakhstan|(?<![^\W\d_])(?:ҚР|РК)(?![^\W\d_])|росси|(?<![^\W\d_])РФ(?![^\W\d_])",
    re.IGNORECASE,
)
_NOT_NUMBERED = re.compile(
    r"конституция|constitution|конвенци|convention|декларац|declaration|пакт|covenant|БҰҰ|ООН|\bUN\b|оон|еуропалық|европейск|хартия",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"№|N[oº°]\.?\s?\d|\bN\s?\d|(?<!\d)\d+(?:\s?-\s?[IVXІХ]|-ФЗ|-ө?ҚРЗ)|doc_id|/docs/|adilet", re.IGNORECASE
)
_DATED = re.compile(
    r"\d{1,2}\.\d{1,2}\.\d{4}|\d{4}\s*(?:жылғы|жылы|ж\.)\s*\d{1,2}\s+\w+|\d{1,2}\s+[^\W\d_]{3,9}\.?,?\s+\d{4}|[^\W\d_]{3,9}\s+\d{1,2},\s+\d{4}"
)
_AMENDED = re.compile(
    r"өзгер(?:іс|ту)[^\W\d_]*(?:мен(?![^\W\d_])|\s+(?:мен|және)\s+толықтыру[^\W\d_]*мен(?![^\W\d_]))"
    r"|с\s+изм(?:енени[^\W\d_]*|\.)|(?:with|as)\s+amend(?:ments|ed)",
    re.IGNORECASE,
)
_EDITION = re.compile(
    r"жағдай|состояни|as of|on \d|\bby\b|енгіз|(?:19|20)\d\d|ред(?:акци[^\W\d_]*|\.)\s+от|от\s+\d|\d{1,2}\.\d{1,2}\.\d{4}|ж\.\s*\d|г\.\)|жылғы",
    re.IGNORECASE,
)


def _is_national_act(line: Line) -> bool:
    """A law, code, decree, resolution or order of a state, such as has a number."""
    if line.type != "legislation" or not line.sure("type", least=0.9) or not line.raw:
        return False
    if line.has("number-of-pages", "container-title", "publisher") or "//" in line.raw:
        return False
    return bool(_NUMBERED_KIND.search(line.raw) and _STATE.search(line.raw)) and not _NOT_NUMBERED.search(line.raw)


def _lacks_number(line: Line) -> bool:
    return _is_national_act(line) and not line.has("number") and not _NUMBER.search(line.raw)


@rule(
    "FLD012",
    Severity.ERROR,
    "entry {number}: the act lacks its {missing:w}",
    needs_print=True,
    clause="ГОСТ 7.1-2003, 5.2.6",
)
def unidentified_act(line: Line, paper: Paper) -> Iterator[Fault]:
    """An act of a state without its number.

    What: a law, code, decree, resolution or order with a date or an imprint and no number. Constitutions and
        international acts have none; an act in a gazette or with the address of a database is found by that.
    Why: acts are amended and adopted anew under the same name; date and number say which one is meant.
    Found:
        1. Қазақстан Республикасының Қылмыстық-атқару кодексі (2014 жылғы 5 шілде). – Астана, 2014.
    Not found:
        1. Қазақстан Республикасының 2014 жылғы 5 шілдедегі № 234-V Қылмыстық-атқару кодексі. – Астана, 2014.
    Fix: by hand: number and date stand at adilet.zan.kz.
    """
    if _lacks_number(line) and (_DATED.search(line.raw) or line.has("publisher-place")):
        missing = "number" if _DATED.search(line.raw) else "number, date-of-adoption"
        yield line.fault(None, "title", missing=missing)
    elif _is_national_act(line) and line.has("number") and not re.search(r"(?:1[89]|20)\d\d", line.raw):
        yield line.fault(None, "number", missing="date-of-adoption")


@rule("FLD013", Severity.WARNING, "entry {number}: an act by its year alone, without date and number", needs_print=True)
def act_by_year_only(line: Line, paper: Paper) -> Iterator[Fault]:
    """An act named by its year alone.

    What: `Қылмыстық-атқару кодексі, 2014`: neither the date nor the number of the act.
    Why: in one year an act may be adopted and amended several times.
    Found:
        1. Қазақстан Республикасының Қылмыстық-атқару кодексі, 2014.
    Not found:
        1. Қазақстан Республикасының 2014 жылғы 5 шілдедегі № 234-V Қылмыстық-атқару кодексі.
    Fix: by hand.
    """
    if _lacks_number(line) and not _DATED.search(line.raw) and not line.has("publisher-place"):
        yield line.fault(None, "title")


@rule("FLD014", Severity.INFO, "entry {number}: «{printed}» without the date of the edition", needs_print=True)
def undated_amendments(line: Line, paper: Paper) -> Iterator[Fault]:
    """Amendments mentioned without the date of the edition used.

    What: `өзгерістермен және толықтырулармен`, `с изм. и доп.` and no date behind it. An act whose number is missing
        too is told so first (FLD012).
    Why: the text of an amended act depends on the day.
    Found:
        1. Қазақстан Республикасының Конституциясы (1995 жылғы 30 тамыз, өзгерістермен және толықтырулармен). – Алматы: Жеті жарғы, 1995.
    Not found:
        1. Қазақстан Республикасының Конституциясы (1995 жылғы 30 тамыз, 2022 жылғы 19 қыркүйектегі жағдай бойынша өзгерістермен). – Алматы: Жеті жарғы, 1995.
    Fix: by hand.
    """
    if line.type != "legislation" or not line.sure("type", least=0.6) or _lacks_number(line):
        return
    found = _AMENDED.search(line.raw)
    if not found:
        return
    before, after = line.raw[max(0, found.start() - 45) : found.start()], line.raw[found.end() : found.end() + 90]
    after = re.split(r"\)?\.?\s+[–—-]\s", after)[0]
    if _EDITION.search(after) or re.search(r"жағдай|состояни|(?:19|20)\d\d[^,;()]{0,25}$", before):
        return
    rest = re.match(r"(?:\s*(?:және|мен|и)\s*(?:толықтыру[^\W\d_]*|доп(?:олнени[^\W\d_]*|\.)))?", after)
    span = Span(found.start(), found.end() + (rest.end() if rest else 0))
    yield line.fault(span, "note")


@rule("FLD023", Severity.INFO, "{printed}: not in force since {repealed}; now {successor}")
def repealed_act(line: Line, paper: Paper) -> Iterator[Fault]:
    """An act that is no longer in force.

    What: the table `repealed-acts.csv` knows the act by title and date or number, and the paper has a source dated
        after the day on which the act lost its force.
    Why: the paper may mean the act in force; where it writes history, all is well.
    Found:
        1. Қазақстан Республикасының 1997 жылғы 16 шілдедегі № 167 Қылмыстық кодексі.
        2. Омаров К.Т. Сотталғандардың еңбек құқықтары. – Астана: Фолиант, 2020. – 145 б.
    Not found:
        1. Қазақстан Республикасының 2014 жылғы 3 шілдедегі № 226-V Қылмыстық кодексі.
        2. Омаров К.Т. Сотталғандардың еңбек құқықтары. – Астана: Фолиант, 2020. – 145 б.
    Fix: by hand.
    """
    if line.type != "legislation" or not line.sure("type", least=0.8):
        return
    title = line.raw or line.text("title")
    issued = line.item.date("issued") if line.item is not None else None
    for row in _repealed(overlays()):
        if not row.words.search(title):
            continue
        same_number = row.number and re.search(rf"(?<!\d){re.escape(row.number)}(?!\d)", line.text("number") or title)
        same_day = issued is not None and issued.parts == row.adopted
        if (same_number or same_day) and issued is not None and issued.year == row.adopted[0]:
            if _newest(paper) >= row.repealed:
                yield line.fault(None, "title", repealed=row.repealed.isoformat(), successor=row.successor)
            return


class _Repealed:
    """A row of the table."""

    def __init__(self, row: dict[str, str]) -> None:
        self.words = re.compile(row["act"], re.IGNORECASE)
        self.adopted = tuple(int(one) for one in row["adopted"].split("-"))
        self.number = row["number"]
        self.repealed = date.fromisoformat(row["repealed"])
        self.successor = row["successor"]


@lru_cache(maxsize=4)
def _repealed(_over: object) -> tuple[_Repealed, ...]:
    return tuple(_Repealed(row) for row in read_rows("repealed-acts.csv"))


def _newest(paper: Paper) -> date:
    """The last day by which the paper was surely written after: its newest dated source."""
    newest = date(1, 1, 1)
    for line in paper.lines:
        if line.item is None:
            continue
        for name in ("issued", "accessed"):
            value = line.item.date(name)
            if value is None or value.year is None or not 1500 < value.year <= paper.today.year or not line.sure(name):
                continue
            year, month, day = (*value.parts, 1, 1)[:3]
            if 1 <= month <= 12 and 1 <= day <= 28:
                newest = max(newest, date(year, month, day))
            elif 1 <= month <= 12:
                newest = max(newest, date(year, month, 28))
    return newest
