"""Names, dates and page ranges keep what was printed."""

from __future__ import annotations

import pytest

from kzcite.model import Date, Name, PageRange


@pytest.mark.parametrize(
    ("csl", "date"),
    [
        ({"date-parts": [[2023]]}, Date((2023,))),
        ({"date-parts": [["2023", "4", "1"]]}, Date((2023, 4, 1))),
        ({"date-parts": [[2010], [2012, 5]]}, Date((2010,), (2012, 5))),
        ({"raw": "2020-03-09"}, Date((2020, 3, 9))),
        ({"raw": "2020-03/2020-05"}, Date((2020, 3), (2020, 5))),
        ({"raw": "көктем"}, Date(literal="көктем")),
        ({"literal": "б. ж."}, Date(literal="б. ж.")),
        ({"date-parts": [[]]}, Date()),
        ({"date-parts": [[2020]], "season": "2", "circa": 1}, Date((2020,), season=2, circa=True)),
    ],
)
def test_dates_are_read_from_csl(csl: dict[str, object], date: Date) -> None:
    assert Date.from_csl(csl) == date


def test_a_date_goes_to_csl_and_back() -> None:
    for date in (Date((2023, 4)), Date((2010,), (2012,)), Date(literal="б. ж."), Date((1999,), season=4, circa=True)):
        assert Date.from_csl(date.to_csl()) == date


def test_a_date_prints_in_the_iso_form() -> None:
    assert str(Date((2023, 4, 1), (2023, 5))) == "2023-04-01/2023-05"
    assert str(Date(literal="б. ж.")) == "б. ж."


def test_a_name_goes_to_csl_and_back() -> None:
    for name in (Name("Әбдіжаппаров", "Е.Қ."), Name(literal="БҰҰ"), Name("Гёте", "И. В.", non_dropping_particle="фон")):
        assert Name.from_csl(name.to_csl()) == name
    assert Name(literal="БҰҰ").is_body


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("89-98", 89, 98),
        ("12", 12, 12),
        ("45 – 54", 45, 54),
        ("xii", None, None),
        ("e1203", None, None),
        ("", None, None),
    ],
)
def test_page_ranges(printed: str, first: int | None, last: int | None) -> None:
    view = PageRange.parse(printed)
    assert (view.printed, view.first, view.last) == (printed, first, last)


def test_a_reversed_range_is_seen() -> None:
    assert PageRange.parse("98-89").is_reversed
    assert not PageRange.parse("89-98").is_reversed


def test_flags_of_a_name_come_and_go() -> None:
    data = {"family": "Doe", "given": "J.", "suffix": "Jr.", "comma-suffix": True}
    assert Name.from_csl(data).comma_suffix
    assert Name.from_csl(data).to_csl() == data
    assert Name.from_csl({"family": "Mao", "static-ordering": 1}).to_csl() == {"family": "Mao", "static-ordering": True}
