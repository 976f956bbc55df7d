"""Dates, pages, numbers, identifiers and tokens as lists print them."""

from __future__ import annotations

import pytest

from kzcite.text.dates import month, parse_date
from kzcite.text.identifiers import doi_value, is_valid_isbn, is_valid_issn, isbn_value, url_value
from kzcite.text.numbers import number_word, roman_to_latin, roman_value
from kzcite.text.pages import extent_value, page_value
from kzcite.text.tokens import tokenise


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("1995 жылғы 30 тамыз", (1995, 8, 30)),
        ("16 июля 2001 года", (2001, 7, 16)),
        ("April 7, 2016", (2016, 4, 7)),
        ("05.07.2014", (2014, 7, 5)),
        ("2023-02-14", (2023, 2, 14)),
        ("март 2022 г.", (2022, 3)),
        ("Січень 2019", (2019, 1)),
        ("1 9 9 7", (1997,)),
        ("1996–2010", (1996,)),
        ("12–15 мая 2002", (2002, 5, 12)),
        ("27.07.12", (2012, 7, 27)),
    ],
)
def test_dates(printed: str, parts: tuple[int, ...]) -> None:
    date = parse_date(printed)
    assert date is not None
    assert date.parts == parts


@pytest.mark.parametrize("printed", ["", "жылы", "12", "13.13", "Алматы"])
def test_no_date(printed: str) -> None:
    assert parse_date(printed) is None


def test_months_in_any_case() -> None:
    assert [month(one) for one in ("қыркүйектегі", "Февраля", "Sept", "листопада", "кітап")] == [9, 2, 9, 11, None]


def test_numbers() -> None:
    assert number_word("Бес") == 5
    assert number_word("он бес") == 15
    assert number_word("жоқ") is None
    assert roman_value("XIV") == 14
    assert roman_to_latin("ІІІ том") == "III том"


def test_pages() -> None:
    assert page_value("89 – 98") == "89-98"
    assert page_value("12-15; 20 и 22") == "12-15, 20, 22"
    assert extent_value("1 152 с.") == "1152"


def test_identifiers() -> None:
    assert doi_value("https://doi.org/10.1177/00219096221120924.") == "10.1177/00219096221120924"
    assert url_value("https://a.kz/download /file") == "https://a.kz/download/file"
    assert is_valid_isbn(isbn_value("ISBN 978-601-217-425-0."))
    assert not is_valid_isbn("978-601-217-425-1")
    assert is_valid_issn("1563-0285")


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("лингвистикаА.,2009ж.", ["лингвистика", "А", ".", ",", "2009", "ж", "."]),
        ("Скотт, К.С. 12.03.2014", ["Скотт", ",", "К.С.", "12.03.2014"]),
        ("(http://a.kz/x_(1)).", ["(", "http://a.kz/x_(1)", ")", "."]),
        ("x http://a.kz/doc/ 25.html, y", ["x", "http://a.kz/doc/ 25.html", ",", "y"]),
        ("т//Қ", ["т", "//", "Қ"]),
    ],
)
def test_tokens(line: str, texts: list[str]) -> None:
    assert [token.text for token in tokenise(line)] == texts
