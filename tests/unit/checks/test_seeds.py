"""The two sample papers: exactly the findings that a careful editor gives, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

from kzcite import jobs

TODAY = date(2026, 11, 22)


def _found(path: Path) -> dict[str, list[str]]:
    document = jobs.link(jobs.read_document(path))
    out: dict[str, list[str]] = defaultdict(list)
    for one in jobs.check(document, today=TODAY):
        entry = document.entry(one.entry) if one.entry else None
        out[one.code].append(entry.label if entry else "")
    return dict(out)


def test_the_law_paper(shared: Path) -> None:
    (path,) = (shared / "seeds").glob("004_*.txt")
    assert _found(path) == {
        "FLD002": ["1", "5", "7", "8", "9", "10", "11"],
        "FLD012": ["5"],
        "FLD014": ["1"],
        "FLD018": ["1"],
    }


def test_the_abstract_whose_list_is_cut_off(shared: Path) -> None:
    (path,) = (shared / "seeds").glob("000_*.txt")
    assert _found(path) == {"SCR001": [""], "LNK001": [""], "LST005": [""]}
