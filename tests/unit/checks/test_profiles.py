"""Demands that no surveyed journal makes, tried with a user's own profile."""

from __future__ import annotations

from pathlib import Path

from kzcite import checks, jobs

PAPER = """Айтылған [1]. Тағы [2].

Әдебиеттер тізімі
1. Gray B. Textbook vocabulary across grades // Applied Linguistics. – 2019. – Vol. 40. – P. 215-237. – DOI: 10.1000/182
2. Lee C. Terms in school books // Applied Linguistics. – 2020. – Vol. 41, No. 1. – P. 15-37.
"""


def test_a_missing_doi_is_found_where_the_journal_wants_it(tmp_path: Path) -> None:
    profile = tmp_path / "mine.toml"
    profile.write_text('title = "Mine"\nurl = []\nsurveyed = "2026-11"\n[list]\ndoi = true\n', "utf-8")
    found = checks.check(jobs.link(PAPER), select=["PRF006"], profile=str(profile))
    assert [(one.code, one.params["number"]) for one in found] == [("PRF006", "2")]
    assert checks.check(jobs.link(PAPER), select=["PRF006"]) == ()
