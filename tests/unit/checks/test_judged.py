"""Real reference lines on which the checks fired, each firing judged by hand: `fixtures/check/judged.jsonl`.

A row: `code`, `line` (id of the reference line), `alone` (the check needs nothing but the line), `printed`, `expected`,
`right` (the judgement), `raw`. At most twenty firings a check. The lines are those of the annotated corpus; in list
checks a source's lines stand for its list.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kzcite import checks, parser
from kzcite.model import Document, Entry, Finding, ReferenceList, Severity, Span, Stage

FILE = Path(__file__).resolve().parents[3] / "fixtures" / "check" / "judged.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
TODAY = date(2026, 11, 22)
LEAST = 0.95


def _findings(lines: Iterable[str]) -> list[tuple[int, Finding]]:
    """(number of the line from 0, finding) on lines that are taken as one list."""
    text, entries = "", []
    for number, raw in enumerate(lines, 1):
        start = len(text) + len(f"{number}. ")
        item = parser.parse_line(raw, f"e{number}")
        entries.append(Entry(f"e{number}", Span(start, start + len(raw)), str(number), item=item))
        text += f"{number}. {raw}\n"
    listing = ReferenceList("l1", "native", "", Span(0, len(text)), tuple(entries))
    document = Document(text, lists=(listing,), stage=Stage.LINKED)
    return [(int((one.entry or "e1")[1:]) - 1, one) for one in checks.check(document, today=TODAY)]


def test_error_level_checks_are_right() -> None:
    told: dict[str, list[bool]] = defaultdict(list)
    for row in ROWS:
        told[row["code"]].append(row["right"])
    assert all(len(rows) <= 20 for rows in told.values())
    for code, rows in told.items():
        if checks.find_rule(code).severity is Severity.ERROR:
            assert sum(rows) >= LEAST * len(rows), code


def test_the_checks_still_fire() -> None:
    """The right firings that need only their line; a better parser may move a few of them."""
    rows = [row for row in ROWS if row["alone"] and row["right"]]
    silent = [
        (row["code"], row["line"])
        for row in rows
        if row["printed"] not in [one.printed for _, one in _findings([row["raw"]]) if one.code == row["code"]]
    ]
    assert len(silent) <= (1 - LEAST) * len(rows), silent


@pytest.mark.slow
def test_no_unjudged_error_on_the_corpus(shared: Path) -> None:
    """The firings of error-level checks on the corpus are judged (where there are twenty at most), but for a few."""
    sources: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in ("dev", "extra"):
        for line in (shared / "eval" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            sources[row["source"]].append((row["id"], row["raw"]))
    judged = {(row["code"], row["line"]): row["right"] for row in ROWS}
    many = {code for code in {row["code"] for row in ROWS} if sum(row["code"] == code for row in ROWS) == 20}
    unjudged, errors = [], 0
    for lines in sources.values():
        for number, one in _findings(raw for _, raw in lines):
            key = (one.code, lines[number][0])
            errors += one.severity is Severity.ERROR
            if one.severity is Severity.ERROR and key not in judged and one.code not in many:
                unjudged.append(key)
    assert len(unjudged) <= (1 - LEAST) * errors, unjudged
