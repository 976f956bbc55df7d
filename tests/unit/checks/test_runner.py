"""Running rules: order, suppression in the text, libraries, stages."""

from __future__ import annotations

from datetime import date

import pytest

import kzcite
from kzcite import checks, jobs
from kzcite.model import Finding, Item, Library, Severity, StageError, apply_edits, choose_edits

TODAY = date(2026, 11, 22)
HEAD = "Бұл құбылыс бұрын да зерттелген [1], [2].\n\nӘдебиеттер\n\n"
GOOD = "1. Омаров К.Т. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.\n"
BAD = "2. Айтбайұлы Ө. Терминжасам тәжірибесінен // Тілтаным. – 2009. – № 3. – 34-29 б."


def _codes(text: str, **options: object) -> list[str]:
    return [one.code for one in jobs.check(text, today=TODAY, **options)]


def test_findings_come_in_order_of_place() -> None:
    text = HEAD.replace("[2]", "[2], [7]") + GOOD + BAD + "\n"
    findings = jobs.check(text, today=TODAY)
    assert [one.code for one in findings] == ["LNK001", "FLD004"]
    assert [one.severity for one in findings] == [Severity.ERROR, Severity.ERROR]
    assert findings[1].span is not None
    assert findings[1].span.cut(text) == findings[1].printed == "34-29"
    assert findings[1].entry == "e2"


@pytest.mark.parametrize(
    ("comment", "silent"),
    [
        (" <!-- kzcite: ignore FLD004 -->", True),
        (" % kzcite: ignore FLD", True),
        (" kzcite: ignore", True),
        (" <!-- kzcite: ignore LNK001 -->", False),
    ],
)
def test_a_comment_behind_an_entry_silences_its_rules(comment: str, silent: bool) -> None:
    assert ("FLD004" in _codes(HEAD + GOOD + BAD + comment + "\n", select=["FLD", "LNK"])) is not silent


def test_a_comment_on_its_own_line_silences_the_next_line() -> None:
    text = "<!-- kzcite: ignore LNK001 -->\nБұл құбылыс [7] зерттелген.\n\nТағы бір пікір [9] бар [1], [2].\n\n"
    text += "Әдебиеттер\n\n"
    findings = jobs.check(text + GOOD + BAD + "\n", today=TODAY, select=["LNK001"])
    assert [one.params["label"] for one in findings] == ["9"]


def test_a_comment_for_the_whole_file() -> None:
    text = HEAD.replace("[2]", "[2], [7]") + GOOD + BAD + "\n\nkzcite: ignore-file LNK001, FLD004\n"
    assert not {"LNK001", "FLD004"} & set(_codes(text))


def test_an_unlinked_document_is_refused() -> None:
    with pytest.raises(StageError):
        checks.check(jobs.document_from_text(HEAD))


def test_a_library_is_checked_without_print() -> None:
    items = [
        {"id": "a", "type": "article-journal", "title": "Еңбек құқығы туралы", "page": "98-89", "ISSN": "2616-6888"},
        {"id": "b", "type": "book", "title": "Еңбек құқығы", "ISBN": "978-601-262-638-5", "DOI": "doi:10.1/x"},
    ]
    library = Library.of(Item.from_csl(one) for one in items)
    findings = checks.check(library, today=TODAY)
    found = {(one.entry, one.code) for one in findings}
    assert {("a", "FLD004"), ("a", "FLD010"), ("b", "FLD009"), ("b", "FLD011")} <= found
    assert all(one.span is None for one in findings)


def test_the_public_function_is_the_same() -> None:
    text = HEAD + GOOD + BAD + "\n"
    assert kzcite.check(text, select=["FLD004"])[0].code == "FLD004"


def _mended(text: str, findings: tuple[Finding, ...]) -> str:
    return apply_edits(text, choose_edits(edit for one in findings for edit in one.edits))


def test_a_second_run_finds_nothing_to_fix() -> None:
    text = (
        HEAD
        + "1. Омаров К.Т. Еңбек құқығы.– Астана: Фолиант, 2004.– 145 б.\n"
        + "2. Жүнiсбек Ә. Ғылым тiлi мәселелері /// Қазақ тілі. . – 2015. – № 7. – 58-66 б.\n"
    )
    once = _mended(text, jobs.check(text, today=TODAY))
    assert once != text
    assert "Жүнісбек Ә. Ғылым тілі мәселелері // Қазақ тілі. – 2015" in once
    twice = _mended(once, jobs.check(once, today=TODAY))
    assert twice == once


LINES = GOOD[3:].strip(), BAD[3:]


@pytest.mark.parametrize(
    ("format", "text"),
    [
        (
            "markdown",
            f"Мәтін [1], [2].\n\n## Әдебиеттер\n\n1. {LINES[0]}\n2. {LINES[1]} <!-- kzcite: ignore FLD004 -->\n",
        ),
        (
            "html",
            f"<p>Мәтін [1], [2].</p><h2>Әдебиеттер</h2><ol><li>{LINES[0]}</li>\n<!-- kzcite: ignore FLD004 -->\n"
            f"<li>{LINES[1]}</li></ol>",
        ),
        (
            "latex",
            "\\begin{document}Мәтін \\cite{a}, \\cite{b}.\n\\begin{thebibliography}{9}\n"
            f"\\bibitem{{a}} {LINES[0]}\n\\bibitem{{b}} {LINES[1]} % kzcite: ignore FLD004\n"
            "\\end{thebibliography}\\end{document}\n",
        ),
    ],
)
def test_comments_of_every_mark_up(format: str, text: str) -> None:
    for silent in (True, False):
        source = text if silent else text.replace("FLD004", "FLD005")
        document = jobs.document_from_bytes(source.encode(), f"paper.{format}", format)
        codes = [one.code for one in jobs.check(document, today=TODAY)]
        assert ("FLD004" in codes) is not silent
