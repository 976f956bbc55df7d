"""The markers of a paper as a style makes them."""

from __future__ import annotations

import pytest

from kzcite import jobs
from kzcite.model import StageError
from kzcite.renderer import render_markers

PAPER = """# Еңбек құқығы

Тіл туралы айтылған [1, 45 б.], басқалар да жазған [1, 46 б.; 2]. Заңда бар [3, 8-бап]. Жоғы [9].

## Әдебиеттер

1. Сыздықова Р. Қазақ әдеби тілінің тарихы. – Алматы: Ана тілі, 1993. – 320 б.
2. Бахтин М.М. Эстетика словесного творчества. – М.: Искусство, 1979. – 424 с.
3. Тіл туралы: Қазақстан Республикасының Заңы, 1997 жылғы 11 шілде, № 151-I.
"""


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("gost-kz", ["[1, 45 б.]", "[1, 46 б.; 2]", "[3, 8-бап]", "[9]"]),
        (
            "gost-kz-author-date",
            ["(Сыздықова, 1993, 45 б.)", "(Сыздықова, 1993, 46 б.; Бахтин, 1979)", "(Тіл туралы, 1997, 8-бап)", "[9]"],
        ),
        (
            "apa",
            ["(Сыздықова, 1993, 45 б.)", "(Бахтин, 1979; Сыздықова, 1993, 46 б.)", "(Тіл туралы, 1997, 8-бап)", "[9]"],
        ),
    ],
)
def test_markers_of_a_paper(style: str, expected: list[str]) -> None:
    assert [one.text for one in jobs.citations(jobs.document_from_text(PAPER), style)] == expected


def test_footnotes_of_a_paper_know_what_was_cited_before() -> None:
    first, second, *_ = jobs.citations(jobs.document_from_text(PAPER), "gost-kz-note")
    assert first.text == "Сыздықова Р. Қазақ әдеби тілінің тарихы. – Алматы: Ана тілі, 1993. – 45 б."
    assert second.text.startswith("Сонда. 46 б.; Бахтин М.М.")


def test_the_language_may_be_another() -> None:
    made = jobs.citations(jobs.document_from_text(PAPER), "gost-kz", locale="ru")
    assert [one.text for one in made][:3] == ["[1, с. 45]", "[1, с. 46; 2]", "[3, ст. 8]"]


def test_a_document_that_is_not_linked() -> None:
    with pytest.raises(StageError):
        render_markers(jobs.document_from_text(PAPER), "gost-kz")
