"""Every case of fixtures/parse: the line is read as the case says. `pytest --accept` rewrites the cases.

`pending.txt` lists the cases that are not read right yet; the run fails when a listed one passes.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kzcite.parser import parse_line
from kzcite.parser.cases import read_case, to_case

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "parse"
CASES = sorted(FOLDER.glob("*.case"))
PENDING = frozenset((FOLDER / "pending.txt").read_text(encoding="utf-8").split())


def test_pending_cases_exist() -> None:
    assert {path.stem for path in CASES} >= PENDING


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, request: pytest.FixtureRequest) -> None:
    text = path.read_text(encoding="utf-8")
    title, raw, fields = read_case(text)
    item = parse_line(raw)
    read = to_case(raw, item, title)
    if request.config.getoption("--accept"):
        path.write_text(read, encoding="utf-8")
        return
    if path.stem in PENDING:
        assert read_case(read)[2] != fields, f"{path.stem} is read right now: take it off pending.txt"
    else:
        assert read_case(read)[2] == fields
