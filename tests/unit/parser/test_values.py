"""Values as the annotation wants them."""

from __future__ import annotations

import pytest

from kzcite.parser import parse_line
from kzcite.text.names import parse_names


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Омаров К. Тіл тарихы. Алматы. 1999. 20 б.", "publisher-place", "Алматы"),
        ("Омаров К. Тіл тарихы. – М.: Наука, 1999. – 20 б.", "publisher-place", "М."),
        ("Омаров К. История языка. – 2-е изд. – СПб.: Наука, 1999. – 20 с.", "edition", "2-е изд."),
        ("Olcott, Martha. The Kazakhs. Second edition. Stanford: Hoover Press, 1995.", "edition", "Second edition"),
    ],
)
def test_a_point_stays_where_it_shortens_a_word(line: str, field: str, value: str) -> None:
    item = parse_line(line)
    assert item is not None
    assert item[field] == value


def test_a_bracket_is_closed_after_the_point_of_a_shortened_word() -> None:
    item = parse_line("Тертербай К. Материалы русского государства (XV–XVII вв.). – М.: Наука, 1984. – 20 с.")
    assert item is not None
    assert item["title"] == "Материалы русского государства (XV–XVII вв.)"


def test_a_word_for_the_year_is_no_remark() -> None:
    item = parse_line("Каспий теңізінің құқықтық мәртебесі туралы конвенция (Ақтау қ., 12 тамыз 2018 ж.)")
    assert item is not None
    assert "note" not in item


def test_the_short_name_of_a_body_keeps_both_brackets() -> None:
    (name,) = parse_names("Association of Certified Fraud Examiners (ACFE)")
    assert name.literal == "Association of Certified Fraud Examiners (ACFE)"
