"""FLD: identifiers and addresses. ISBN, ISSN, DOI, URL, dates of access."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from kzcite.checks.rule import Fault, rule
from kzcite.checks.views import Line, Paper
from kzcite.model import Applicability, Date, Severity, Span
from kzcite.tables.loader import overlays, read_toml
from kzcite.text.identifiers import is_valid_isbn, is_valid_issn
from kzcite.text.script import is_mixed, repair_word

_ISBN = re.compile(
    r"ISBN(?:-1[03])?[:\s]*((?:97[89][\s\-–‑]?)?[\dXХ](?:[\s\-–‑]?[\dXxХх]){6,14})(?![\d\-–])", re.IGNORECASE
)
_ISSN = re.compile(r"ISSN[:\s]*(?:\((?:print|online)\)[:\s]*)?(\d{4}\s?[-–‑]?\s?\d{3}[\dXxХх])(?!\d)", re.IGNORECASE)


@rule("FLD009", Severity.ERROR, "ISBN {printed}: {problem:w}", clause="ISO 2108:2017")
def invalid_isbn(line: Line, paper: Paper) -> Iterator[Fault]:
    """An ISBN whose check digit or length is wrong.

    What: ten or thirteen digits whose weighted sum is no multiple of 11 or 10.
    Why: a digit is mistyped, and the number finds another book or none.
    Found:
        1. Жастар және ғылым: мақалалар жинағы. – Атырау, 2026. – 402 б. – ISBN 978-601-262-638-5.
    Not found:
        1. Жастар және ғылым: мақалалар жинағы. – Атырау, 2026. – 402 б. – ISBN 978-601-262-638-4.
    Fix: by hand: only the book knows which digit is wrong.
    """
    for span, printed in _printed(line, "ISBN", _ISBN):
        digits = re.sub(r"[^\dXxХх]", "", printed)
        if not is_valid_isbn(digits):
            problem = "check-digit" if len(digits) in (10, 13) else "length"
            yield line.fault(span, "ISBN", printed=printed, problem=problem)


@rule("FLD010", Severity.ERROR, "ISSN {printed}: the check digit is wrong", clause="ISO 3297:2022")
def invalid_issn(line: Line, paper: Paper) -> Iterator[Fault]:
    """An ISSN whose check digit is wrong.

    What: eight digits whose weighted sum is no multiple of 11.
    Why: a digit is mistyped, and the number finds another journal or none.
    Found:
        1. Л.Н. Гумилев атындағы ЕҰУ хабаршысы: ғыл. журн. – Астана: ЕҰУ. – ISSN 2616-6888.
    Not found:
        1. Л.Н. Гумилев атындағы ЕҰУ хабаршысы: ғыл. журн. – Астана: ЕҰУ. – ISSN 2616-6887.
    Fix: by hand.
    """
    for span, printed in _printed(line, "ISSN", _ISSN):
        if not is_valid_issn(re.sub(r"[^\dXxХх]", "", printed)):
            yield line.fault(span, "ISSN", printed=printed)


def _printed(line: Line, name: str, pattern: re.Pattern[str]) -> Iterator[tuple[Span | None, str]]:
    """Every identifier of the line, or of the item where there is no print."""
    if line.raw:
        for found in pattern.finditer(line.raw):
            yield Span(*found.span(1)), found[1]
    elif line.has(name):
        for one in re.split(r"[,;]\s*|(?<!\s)\s+(?=97[89])", line.text(name)):
            value = re.sub(r"\([^()]*\)|ISBN|ISSN|:", "", one).strip()
            if value:
                yield None, value


_DOI = re.compile(
    r"(?<![^\W_])(?:doi(?:\.org)?\s*[:/]?\s*|https?://(?:dx\.|www\.)?doi\.org/)"
    r"(?P<again>(?:\s*(?:https?\s?:\s?//(?:dx\.|www\.)?doi\.org/|doi\s*:\s*))*)\s*(?P<rest>[^\s,;»\]]+)",
    re.IGNORECASE,
)
_RESOLVER = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)
_GOOD_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")


@rule("FLD011", Severity.ERROR, "DOI {printed}: {problem:w}", clause="ISO 26324:2022")
def malformed_doi(line: Line, paper: Paper) -> Iterator[Fault]:
    """A DOI that cannot be one.

    What: `doi.org` twice in one address, a DOI that does not begin with `10.` and a number, a white space inside it; in
        a bibliographic file also an address or a final point inside the value.
    Why: the link is dead.
    Found:
        1. Lee A. Prison law // Law Review. – 2020. – Vol. 3. – P. 5-9. – https://doi.org/https://doi.org/10.1038/171737a0
    Not found:
        1. Lee A. Prison law // Law Review. – 2020. – Vol. 3. – P. 5-9. – https://doi.org/10.1038/171737a0
        2. Lee A. Prison rules // Law Review. – 2021. – Vol. 4. – P. 5-9. – DOI: 10.1038/171737a1.
    Fix: safe where only the resolver stands twice, else by hand.
    """
    if not line.raw:
        value = line.text("DOI")
        if value and (not _GOOD_DOI.fullmatch(value) or value[-1] in ".,;"):
            found = _GOOD_DOI.search(value)
            yield line.fault(None, "DOI", expected=found[0].rstrip(".,;") if found else None, problem="not-a-doi")
        return
    if "doi" not in line.raw.lower():
        return
    for span, found in line.find(_DOI):
        rest = found["rest"]
        if len(_RESOLVER.findall(found[0])) > 1 and _GOOD_DOI.match(rest):
            start = span.start + _RESOLVER.search(found[0]).start()  # type: ignore[union-attr]
            where = Span(start, span.end)
            expected = "https://doi.org/" + rest
            yield line.fault(where, "DOI", expected=expected, edits=line.edit(where, expected), problem="doi-twice")
        elif re.match(r"10\.\d{4,9}(?:\.\d+)*/?$", rest) and re.match(r"\s+/?\s*[\w.\-]+\d", line.raw[span.end :]):
            yield line.fault(span, "DOI", printed=found[0], problem="space-inside")
        elif re.match(r"\d[\d.]*/|10[.,]", rest) and not _GOOD_DOI.match(rest):
            yield line.fault(span, "DOI", printed=found[0], problem="not-a-doi")


@lru_cache(maxsize=4)
def _sites(_over: object) -> dict[str, Any]:
    return read_toml("sites.toml")


_LABELLED = re.compile(
    r"(?:URL|Режим\s+доступа|Қолжетімді(?:лік\s+тәртібі)?|Қол\s*жеткізу\s+режимі|Mode\s+of\s+access|Available\s+(?:at|from))"
    r"\s*:\s*(?P<bare>(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:kz|ru|com|org|net|info|edu|gov|uz|kg|ua|by|eu|de|uk)(?:/[^\s,;)»]*)?)(?=[\s,;)».]|$)",
    re.IGNORECASE,
)
_SCHEME_SPACE = re.compile(r"https?\s*:\s*/\s*/\s*(?=\w)", re.IGNORECASE)
_HOST = re.compile(r"https?://(?P<host>[^\s/,;)»]+)(?P<path>/[^\s,;)»]*)?", re.IGNORECASE)


@rule("FLD019", Severity.WARNING, "address {printed}: {problem:w}", needs_print=True)
def malformed_url(line: Line, paper: Paper) -> Iterator[Fault]:
    """An address that does not work as printed.

    What: no `https://` behind «URL:» or «Режим доступа:», spaces in `https: //`, Cyrillic look-alikes in a host name,
        `http` for a site that has moved to `https`, the comparison or links page of adilet.zan.kz for an act.
    Why: the reader's browser opens nothing, or something else than the text cited.
    Found:
        1. Терминком: бекітілген терминдер базасы [Электрондық ресурс]. – URL: termincom.kz (қаралған күні: 14.03.2024).
    Not found:
        1. Терминком: бекітілген терминдер базасы [Электрондық ресурс]. – URL: https://termincom.kz (қаралған күні: 14.03.2024).
    Fix: safe for spaces and look-alikes, unsafe for the scheme and the page of an act.
    """
    for _, found in line.find(_LABELLED):
        span = Span(*found.span("bare"))
        expected = "https://" + found["bare"].rstrip(".")
        yield line.fault(
            span,
            "URL",
            expected=expected,
            edits=line.edit(Span(span.start, span.start), "https://", Applicability.UNSAFE),
            problem="no-scheme",
        )
    for span, found in line.find(_SCHEME_SPACE):
        tight = re.sub(r"\s", "", found[0])
        if tight != found[0]:
            yield line.fault(span, "URL", expected=tight, edits=line.edit(span, tight), problem="space-inside")
    table = _sites(overlays())
    for span, found in line.find(_HOST):
        host = found["host"].rstrip(".")
        at = Span(found.start("host"), found.start("host") + len(host))
        if any(is_mixed(part) for part in re.split(r"[.\-]", host)):
            repaired = ".".join(repair_word(part, "Latn") for part in host.split("."))
            if repaired.isascii():
                yield line.fault(at, "URL", expected=repaired, edits=line.edit(at, repaired), problem="look-alike")
        bare = host.lower().removeprefix("www.")
        if found[0].lower().startswith("http:") and bare in table["https"]:
            scheme = Span(span.start, span.start + 4)
            yield line.fault(
                span,
                "URL",
                printed=found[0],
                expected="https" + found[0][4:],
                edits=line.edit(scheme, "https", Applicability.UNSAFE),
                severity=Severity.INFO,
                problem="http",
            )
        view = re.search(r"/(?:compare|links|download|history)/?\.?$", found["path"] or "")
        if view and bare in table["act-views"]:
            where = Span(
                found.start("path") + view.start(), found.start("path") + len((found["path"] or "").rstrip("."))
            )
            yield line.fault(
                span,
                "URL",
                printed=found[0],
                expected=line.raw[span.start : where.start],
                edits=line.edit(where, "", Applicability.UNSAFE),
                severity=Severity.INFO,
                problem="act-view",
            )


@rule("FLD015", Severity.ERROR, "the date of access {printed} lies in the future")
def future_access_date(line: Line, paper: Paper) -> Iterator[Fault]:
    """A date of access in the future.

    What: a date of access after today.
    Why: nobody has read the page on that day; a digit is mistyped.
    Found:
        1. Терминком: бекітілген терминдер базасы [Электрондық ресурс]. – URL: https://termincom.kz (қаралған күні: 31.12.2097).
    Not found:
        1. Терминком: бекітілген терминдер базасы [Электрондық ресурс]. – URL: https://termincom.kz (қаралған күні: 14.03.2024).
    Fix: by hand.
    """
    accessed = _date(line, "accessed")
    if (
        accessed is not None
        and accessed.parts > (paper.today.year, paper.today.month, paper.today.day)[: len(accessed.parts)]
    ):
        yield line.fault(None, "accessed", printed=None if line.raw else str(accessed))


@rule("FLD016", Severity.WARNING, "accessed {printed}, published {expected}")
def access_before_publication(line: Line, paper: Paper) -> Iterator[Fault]:
    """A date of access earlier than the year of publication.

    What: the year of access is smaller than the year of publication.
    Why: nobody reads what is not yet published; one of the dates is wrong.
    Found:
        1. Граждане одобрили новую Конституцию // Эхо. – 2026. – 16 марта. – URL: https://echofm.online/news/8715 (дата обращения: 05.05.2010).
    Not found:
        1. Граждане одобрили новую Конституцию // Эхо. – 2026. – 16 марта. – URL: https://echofm.online/news/8715 (дата обращения: 05.05.2026).
    Fix: by hand.
    """
    accessed, issued = _date(line, "accessed"), _date(line, "issued")
    if (
        accessed
        and issued
        and accessed.year
        and issued.year
        and 1990 < accessed.year < issued.year <= paper.today.year + 1
    ):
        yield line.fault(None, "accessed", printed=None if line.raw else str(accessed), expected=str(issued.year))


def _date(line: Line, name: str) -> Date | None:
    """A date that is surely read."""
    return line.item.date(name) if line.item is not None and line.sure(name, least=0.8) else None


_ACCESS_WORDS = re.compile(
    r"қара[лғ]|қолжетімді күні|жүгінген|алынған күні|пайдаланылған күні|обращени|просмотр|проверено|дата доступа|"
    r"дата посещения|посещен|accessed|retrieved|date of (?:access|treatment)|cited|\b\d{1,2}\.\d{1,2}\.20\d\d",
    re.IGNORECASE,
)


@rule("FLD020", Severity.WARNING, "entry {number}: no date of access", clause="ГОСТ Р 7.0.5-2008, 10.4.5")
def missing_access_date(line: Line, paper: Paper) -> Iterator[Fault]:
    """A web page without the day on which it was read.

    What: a page or site with an address and neither a date of access nor a DOI.
    Why: pages change; the date says which state of the page was read.
    Found:
        1. Терминком: бекітілген терминдер базасы [Электрондық ресурс]. – URL: https://termincom.kz
    Not found:
        1. Терминком: бекітілген терминдер базасы [Электрондық ресурс]. – URL: https://termincom.kz (қаралған күні: 14.03.2024).
    Fix: by hand.
    """
    if line.type not in ("webpage", "post-weblog") or line.has("accessed", "DOI", "page", "volume"):
        return
    if not line.has("URL") or not line.sure("type", least=0.6):
        return
    if not _ACCESS_WORDS.search(line.raw):
        yield line.fault(None, "URL")
