"""Journal profiles: every table is read, names its page, and refers to styles and systems that exist."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzcite.model import TableError, UsageError
from kzcite.tables import styles, systems
from kzcite.tables.profiles import find_profile, profiles
from kzcite.tables.validate import problems


def test_there_are_real_journals_and_the_dissertation() -> None:
    names = {one.name for one in profiles()}
    assert len(names) >= 13
    assert "dissertation-kz" in names


@pytest.mark.parametrize("name", [one.name for one in profiles()])
def test_profile(name: str) -> None:
    profile = find_profile(name)
    assert profile.title
    assert profile.url
    assert all(one.startswith(("http://", "https://")) for one in profile.url)
    for language, system in profile.systems.items():
        assert language in systems.system(system).languages
    if profile.style:
        assert profile.style in {one.name for one in styles.styles()}


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('title = "Mine"\n[list]\nleast = 3\n', encoding="utf-8")
    assert find_profile(path).least == 3


@pytest.mark.parametrize(
    "text", ["[list]\nleast = 3\n", 'title = "x"\nodd = 1\n', 'title = "x"\n[list]\norder = "up"\n', "title = \n"]
)
def test_a_bad_table_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TableError):
        find_profile(path)


def test_an_unknown_name() -> None:
    with pytest.raises(UsageError, match="list profiles"):
        find_profile("no-such-journal")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [("", "", ""), ("kaz-latin-2021", "no-such-system", "no-such-system"), ("least", "leest", "leest")],
)
def test_a_directory_of_profiles_is_validated(tmp_path: Path, old: str, new: str, problem: str) -> None:
    folder = tmp_path / "profiles"
    folder.mkdir()
    text = (
        'title = "Mine"\nurl = ["https://journal.example"]\n[list]\nleast = 3\n[twin.systems]\nkk = "kaz-latin-2021"\n'
    )
    (folder / "mine.toml").write_text(text.replace(old, new) if old else text, encoding="utf-8")
    found = list(problems(tmp_path))
    assert len(found) == (1 if problem else 0)
    assert all(problem in one for one in found)
