"""Values as the annotation wants them."""

from __future__ import annotations

import pytest

from kzcite.parser import parse_line


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
