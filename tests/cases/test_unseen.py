"""The lines of fixtures/unseen: no training sees them, and they are read about as well as those of real lists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kzcite.parser import parse_lines

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
_TAG = re.compile(r"</?[a-zA-Z-]+>")
_TITLE = re.compile(r"<title>(.*?)</title>")
_PLAIN = re.compile(r"\W+")


def _rows(path: Path) -> list[list[str]]:
    return [row.split("\t") for row in path.read_text(encoding="utf-8").splitlines() if row and row[0] != "#"]


LINES = _rows(FIXTURES / "unseen" / "lines.tsv")


def test_no_training_sees_them() -> None:
    trained = {_TAG.sub("", row[2]) for path in (FIXTURES / "corpus").glob("*.tsv") for row in _rows(path)}
    assert trained.isdisjoint(_TAG.sub("", row[2]) for row in LINES)


@pytest.mark.parametrize(("field", "least"), [("title", 0.85), ("type", 0.85)])
def test_most_are_read_right(field: str, least: float) -> None:
    items = parse_lines(_TAG.sub("", row[2]) for row in LINES)
    right = 0
    for (kind, _, tagged), item in zip(LINES, items, strict=True):
        title = _TITLE.search(tagged)
        want = kind if field == "type" else title[1] if title else ""
        got = (item.type if field == "type" else str(item.get("title") or "")) if item else ""
        right += _PLAIN.sub("", want) == _PLAIN.sub("", got)
    assert right >= least * len(LINES)
