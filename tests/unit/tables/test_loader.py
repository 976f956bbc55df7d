"""Tables: packaged ones, and a user's own laid over them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzcite.model import TableError
from kzcite.tables import loader


@pytest.fixture
def packaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    data = tmp_path / "data"
    (data / "terms").mkdir(parents=True)
    (data / "terms" / "kk.toml").write_text('[page]\nread = ["б."]\n', encoding="utf-8")
    (data / "towns.csv").write_text("# From a map, 1990.\nprinted,full\nА.,Алматы\n", encoding="utf-8")
    monkeypatch.setattr(loader, "DATA", data)
    loader._read_toml.cache_clear()
    loader._read_rows.cache_clear()
    return data


def test_an_overlay_adds_rows_and_replaces_keys(packaged: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    (mine / "terms").mkdir(parents=True)
    (mine / "terms" / "kk.toml").write_text('[page]\nread = ["бет"]\n[volume]\nread = ["т."]\n', encoding="utf-8")
    (mine / "towns.csv").write_text("printed,full\nШ.,Шымкент\n", encoding="utf-8")
    with loader.overlaid(mine):
        assert loader.read_toml("terms/kk.toml") == {"page": {"read": ["бет"]}, "volume": {"read": ["т."]}}
        assert [row["full"] for row in loader.read_rows("towns.csv")] == ["Алматы", "Шымкент"]
        assert loader.find("towns.csv") == mine / "towns.csv"
    assert loader.read_toml("terms/kk.toml") == {"page": {"read": ["б."]}}
    assert loader.names("terms") == ("kk",)


def test_columns_are_those_of_the_rows(packaged: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "towns.csv").write_text("full,printed\nШымкент,Ш.\n", encoding="utf-8")
    with loader.overlaid(mine):
        assert list(loader.read_columns("towns.csv", "printed", "full")) == [("А.", "Алматы"), ("Ш.", "Шымкент")]
        assert list(loader.read_columns("towns.csv", "full")) == [
            (row["full"],) for row in loader.read_rows("towns.csv")
        ]
    with pytest.raises(TableError, match="no column 'region'"):
        list(loader.read_columns("towns.csv", "region"))


def test_errors_name_file_and_line(packaged: Path) -> None:
    (packaged / "towns.csv").write_text("printed,full\nА.\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"towns\.csv:2: 2 columns expected"):
        loader.read_rows("towns.csv")
    (packaged / "terms" / "kk.toml").write_text("[page\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"kk\.toml"):
        loader.read_toml("terms/kk.toml")
    with pytest.raises(TableError, match="no table"):
        loader.read_toml("terms/xx.toml")
    with pytest.raises(TableError, match="no such directory"), loader.overlaid(packaged / "none"):
        pass


def test_every_act_without_force_names_its_source() -> None:
    rows = loader.read_rows("repealed-acts.csv")
    assert len(rows) >= 10
    for row in rows:
        assert row["source"].startswith("http"), row["act"]
        assert row["adopted"] < row["repealed"]
        assert row["successor"]
