"""Checks on any text: no exception, places inside the text, fixes that settle, time in proportion to the length."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzcite import checks, jobs
from kzcite.checks.groups import MODULES
from kzcite.model import (
    Applicability,
    Document,
    Entry,
    Field,
    Item,
    Library,
    Name,
    Origin,
    ReferenceList,
    Span,
    Stage,
    apply_edits,
    choose_edits,
)

TODAY = date(2026, 11, 22)
PIECES = st.sampled_from(
    [
        "Омаров К.Т. ", "Қалиева Г. С., ", "К.Т. Омаров ", "и др. ", "Еңбек құқығы", "Labour law", "Жүнiсбек",
        " // ", " /// ", " / ", ". – ", ".– ", ". - ", " : ", ": ", ",", "..", "«", "»", '"', "Алматы", "Астана", "М.",
        "Фолиант", ", 1995", ", 2024", "2097", "№ 4", "№. 4", "Т. IV", "С. 98-89", "89–98 б.", "145 б.", "178 p.",
        "ISBN 978-601-262-638-5", "https://doi.org/https://doi.org/10.1/x", "URL: adilet.zan.kz", "[in Russian]",
        "(қаралған күні: 31.12.2097)", "дис.", "№ 234-V", "Кодексі", "ҚР", "\n", "\n2. ", "\n\nReferences\n\n1. ",
        "[7]", " ",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=30).map("".join)


def _paper(entries: str) -> str:
    return f"Мәтін [1], [2] және (Омаров, 2024).\n\nӘдебиеттер\n\n1. {entries}\n"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_findings_lie_in_the_text(entries: str) -> None:
    text = _paper(entries)
    document = jobs.link(text)
    for one in jobs.check(document, today=TODAY):
        assert one.span is not None
        assert 0 <= one.span.start <= one.span.end <= len(document.text)
        assert all(0 <= edit.span.start <= edit.span.end <= len(document.text) for edit in one.edits)
        assert all("{" not in checks.message(one, language) for language in ("en", "kk", "ru"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_safe_fixes_settle(entries: str) -> None:
    """After the rounds of `--fix`, one more round changes nothing."""
    mended, _, _ = jobs.fix_bytes(_paper(entries).encode(), "paper.txt", today=TODAY)
    assert jobs.fix_bytes(mended, "paper.txt", today=TODAY)[0] == mended


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from("type title page issued DOI ISBN ISSN URL volume".split()), st.text(max_size=20))
)
def test_any_library_is_checked(values: dict[str, str]) -> None:
    item = Item.from_csl({"id": "a", **values})
    for one in checks.check(Library.of([item]), today=TODAY):
        assert checks.message(one)


UNITS = (
    "А.", "А. ", ". – ", ".-", "«", '"', "1", "1-", "doi:", "ISBN 9", "Әә", "аa", "Омаров К.Т. ", "/ ", "//", " ", ", ",
    ": :", "а", "(", "№ 1 ", "\n1. а", "с изм. ", "URL: a", "ќў", "1.1.1.", "аа- ", "@a",
)  # fmt: skip


def _long_line(unit: str, count: int) -> Document:
    raw = unit * count
    middle = Origin(spans=(Span(len(raw) // 2, len(raw) // 2 + 1),))
    fields = (
        Field("type", "article-journal"),
        Field("language", "kk"),
        Field("author", (Name("А", "Б."),), Origin(spans=(Span(0, 1),))),
        Field("title", "x", middle),
        Field("page", "1-2", middle),
    )
    text = f"1. {raw}\n"
    entry = Entry("e1", Span(3, 3 + len(raw)), "1", item=Item("e1", fields))
    listing = ReferenceList("l1", "native", "", Span(0, len(text)), (entry,))
    return Document(text, lists=(listing,), stage=Stage.LINKED)


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_the_length(unit: str) -> None:
    """Four times the length costs far less than sixteen times the time."""

    def spent(count: int) -> float:
        document = _long_line(unit, count)
        began = time.process_time()
        checks.check(document, today=TODAY)
        return time.process_time() - began

    spent(50)
    short = spent(1500)
    assert spent(6000) < 10 * short + 0.2


def test_every_module_of_rules_is_listed() -> None:
    assert {module.__name__.rpartition(".")[2] for module in MODULES} == {
        "acts", "dashes", "hosts", "identifiers", "imprint", "journal", "links", "lists", "marks", "names", "pages",
        "parsing", "points", "scripts", "slashes", "twins", "works",
    }  # fmt: skip


def test_no_two_fixes_of_a_finding_overlap() -> None:
    text = _paper("Омаров К.Т. Қалиева Г. С. Eңбек құқығы.– Алматы:Заң, ,2004.– 145 б..")
    for one in jobs.check(text, today=TODAY):
        chosen = choose_edits(one.edits, Applicability.DISPLAY_ONLY)
        assert len(chosen) == len(one.edits)
        assert apply_edits(text, chosen) != text or not chosen
