"""The CSL test-suite through our renderer, with a list of the fixtures that pass: it neither grows nor shrinks unseen.

`python -m tests.parity.test_csl_suite --accept` writes the list anew; read the difference before you commit it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from tests.parity.suite import Fixture, normalise, read, run

HERE = Path(__file__).resolve().parent

PASS_LIST = HERE / "csl-pass.txt"


def passing(directory: Path) -> set[str]:
    return {fixture.name for fixture in fixtures(directory) if passes(fixture)}


def fixtures(directory: Path) -> list[Fixture]:
    return [read(path) for path in sorted(directory.glob("*.txt"))]


def passes(fixture: Fixture) -> bool:
    return normalise(run(fixture)) == normalise(fixture.result)


@pytest.fixture(scope="module")
def suite_directory(shared: Path) -> Path:
    directory = shared / "csl" / "test-suite"
    if not directory.is_dir():
        pytest.skip("the CSL test-suite is not beside the checkout")
    return directory


def test_the_suite_passes_as_listed(suite_directory: Path) -> None:
    listed = set(PASS_LIST.read_text(encoding="utf-8").split())
    found = passing(suite_directory)
    assert sorted(listed - found) == [], "passed before and fails now"
    assert sorted(found - listed) == [], "passes now: add it to csl-pass.txt"


def test_at_least_seven_hundred_pass() -> None:
    assert len(PASS_LIST.read_text(encoding="utf-8").split()) >= 700


if __name__ == "__main__":
    shared = Path(os.environ.get("KZCITE_SHARED", HERE.parents[2] / "shared"))
    names = passing(shared / "csl" / "test-suite")
    if "--accept" in sys.argv:
        PASS_LIST.write_text("\n".join(sorted(names)) + "\n", encoding="utf-8")
    print(f"{len(names)} pass")
