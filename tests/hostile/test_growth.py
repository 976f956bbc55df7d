"""Twice the text takes about twice the time: no engine is quadratic in what a stranger may repeat.

Ratios alone are measured (`tests/hostile/growth.py`): the default tests try a few texts on the engines that see raw
text, `-m slow` every text on every engine.
"""

from __future__ import annotations

import re

import pytest
from tests.hostile.growth import MOST, UNITS, engines, growth, seconds

ENGINES = engines()
RAW = [name for name in ENGINES if re.match(r"text\.|model\.|formats\.|parser|finder|checks\.paper", name)]
FEW = ("(", "1", " ", "А. ", "http://")


def too_fast(name: str, units: tuple[str, ...], largest: int) -> list[tuple[str, float, int, float]]:
    seconds(ENGINES[name], "a", 100)
    found = [(unit, *growth(ENGINES[name], unit, largest)) for unit in units]
    return [one for one in found if one[1] > MOST]


@pytest.mark.parametrize("name", RAW)
def test_raw_text(name: str) -> None:
    assert too_fast(name, FEW, 8_000) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ENGINES)
def test_every_engine(name: str) -> None:
    assert too_fast(name, UNITS, 16_000) == []


def test_what_is_quadratic_is_found() -> None:
    assert growth(re.compile(r"\d+x\d+").search, "1", 64_000)[0] > MOST
    assert growth(re.compile(r"\dx\d").search, "1", 64_000)[0] <= MOST
