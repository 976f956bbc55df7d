"""The list in mixed languages goes round: parsed and rendered in its own profile it prints the same lines again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kzcite
from kzcite.model import Library

LINES = re.findall(
    r"^# .*\n(.+)\n---$",
    (Path(__file__).parents[2] / "fixtures/render/gost-kz/sample-list.case").read_text("utf-8"),
    re.MULTILINE,
)


def _plain(line: str) -> str:
    return re.sub(r"[\u2010-\u2015]", "-", re.sub(r"\s+", " ", line)).strip()


def test_there_are_fifteen_lines() -> None:
    assert len(LINES) == 15


@pytest.mark.parametrize("line", LINES)
def test_a_line_comes_back(line: str) -> None:
    item = kzcite.parse(line)
    assert item is not None
    (printed,) = kzcite.render(Library((item,)), "gost-kz")
    assert _plain(re.sub(r"^\d+\.\s*", "", printed.text)) == _plain(line)
