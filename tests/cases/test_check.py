"""Run fixtures/check/<CODE>/*.case: a text, what the rule of that code finds in it, and the text put right.

A case: `# title`; header lines `name: value`; an empty line; the faulty text; `---`; one line a finding, `CODE |` and
the printed words at fault (their beginning is enough; nothing where the case does not care); `---`; the corrected text,
on which the rule must be silent. Headers: `fix: safe` or `fix: unsafe` where the rule's own edits must give exactly the
corrected text; `profile: NAME`; `file: refs.bib` where the text is a file of that name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from kzcite import checks, jobs
from kzcite.model import Applicability, Document, Finding, choose_edits

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "check"
TODAY = date(2026, 11, 22)
LEAST = {"safe": Applicability.SAFE, "unsafe": Applicability.UNSAFE}
WITHOUT = {"LST010", "PRF006"}
"""Looks at several papers; no surveyed journal asks for it. Both are tested under tests/unit."""


@dataclass(frozen=True)
class Case:
    path: Path
    code: str
    faulty: str
    expected: tuple[str, ...]
    corrected: str
    head: dict[str, str] = field(default_factory=dict)


def _read(path: Path) -> Case:
    head, _, rest = path.read_text(encoding="utf-8").partition("\n\n")
    faulty, expected, corrected = rest.split("\n---\n")
    title, *headers = head.splitlines()
    assert title.startswith("# ")
    named = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in headers)}
    return Case(path, path.parent.name, faulty + "\n", tuple(expected.splitlines()), corrected, named)


CASES = [_read(path) for path in sorted(FOLDER.rglob("*.case"))]


def _check(case: Case, text: str) -> tuple[Finding, ...]:
    return _checked(case, text).findings


def _checked(case: Case, text: str) -> jobs.Checked:
    options = {"select": [case.code], "profile": case.head.get("profile"), "today": TODAY}
    return jobs.check_bytes(text.encode(), case.head.get("file", "paper.txt"), **options)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.path.stem}")
def test_case(case: Case) -> None:
    checked = _checked(case, case.faulty)
    found = [(one.code, one.printed) for one in checked.findings]
    wanted = [tuple(part.strip() for part in line.split("|", 1)) for line in case.expected]
    assert [code for code, _ in found] == [code for code, _ in wanted]
    for (_, printed), (_, beginning) in zip(found, wanted, strict=True):
        assert printed.startswith(beginning)
    assert [one.printed for one in _check(case, case.corrected)] == []
    if "fix" in case.head:
        assert isinstance(checked.target, Document)
        edits = choose_edits((edit for one in checked.findings for edit in one.edits), LEAST[case.head["fix"]])
        assert jobs.patch(case.faulty.encode(), checked.target, edits).decode() == case.corrected


def test_every_rule_has_a_case() -> None:
    found_by_readers = {rule.code for rule in checks.rules() if rule.looks_at == "file"}
    assert {rule.code for rule in checks.rules()} - {case.code for case in CASES} - found_by_readers == WITHOUT
