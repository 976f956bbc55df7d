"""A user's own tables are held against ours before they are used."""

from __future__ import annotations

from pathlib import Path

from kzcite import jobs


def _write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_good_tables_have_no_problems(tmp_path: Path) -> None:
    _write(tmp_path, "terms/kk.toml", '[page]\nread = ["бетше"]\n')
    assert list(jobs.table_problems(tmp_path)) == []


def test_each_problem_is_named_with_its_file(tmp_path: Path) -> None:
    _write(tmp_path, "terms/kk.toml", 'page = "б."\n')
    _write(tmp_path, "places.csv", "a,b\n1\n")
    _write(tmp_path, "nowhere/x.toml", "a = 1\n")
    found = sorted(jobs.table_problems(tmp_path))
    assert len(found) == 3
    assert "no packaged table has this path" in found[0]
    assert "places.csv:2: 2 columns expected" in found[1]
    assert "page is text, a table is expected" in found[2]


def test_examples_of_a_system_are_executed(tmp_path: Path, root: Path) -> None:
    packaged = (root / "src/kzcite/data/systems/kaz-latin-2021.toml").read_text("utf-8")
    _write(tmp_path / "good", "systems/mine.toml", packaged)
    assert list(jobs.table_problems(tmp_path / "good")) == []
    _write(tmp_path / "bad", "systems/mine.toml", packaged.replace('"ң" = "', '"ң" = "zz'))
    assert any("example" in one for one in jobs.table_problems(tmp_path / "bad"))


def test_an_empty_directory_is_said(tmp_path: Path) -> None:
    assert len(list(jobs.table_problems(tmp_path))) == 1
