"""Runs `fixtures/romanise/printed.tsv`: titles as journals printed them, given back by the system of their list."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kzcite.text.romanise import romanise

FILE = Path(__file__).resolve().parents[2] / "fixtures" / "romanise" / "printed.tsv"
ROWS = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["printed"][:30])
def test_printed_title(row: dict[str, str]) -> None:
    assert romanise(row["cyrillic"], row["system"]) == row["printed"]


def test_titles_are_printed_so_in_real_lines(shared: Path) -> None:
    lines = (shared / "eval" / "dev.jsonl").read_text(encoding="utf-8")
    found = [row["printed"] for row in ROWS if row["printed"] in lines]
    assert len(found) >= 20
