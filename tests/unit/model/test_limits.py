"""Bounds on untrusted input name themselves."""

from __future__ import annotations

import pytest

from kzcite.model import LimitError, UsageError
from kzcite.model.limits import DEFAULT, current, using


def test_a_bound_that_is_passed_names_itself() -> None:
    with pytest.raises(
        LimitError, match=r"paper\.docx: over the limit archive_parts=5000 \(6000\).*--limit archive_parts"
    ):
        DEFAULT.check("archive_parts", 6000, "paper.docx")
    DEFAULT.check("archive_parts", 5000)


def test_limits_hold_inside_the_block_only() -> None:
    with using(DEFAULT.with_settings({"entries": "5"})):
        assert current().entries == 5
    assert current() is DEFAULT


@pytest.mark.parametrize("settings", [{"entrys": "5"}, {"entries": "many"}, {"entries": "0"}, {"entries": "-3"}])
def test_bad_settings_are_refused(settings: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        DEFAULT.with_settings(settings)
