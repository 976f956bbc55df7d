"""Styles and locales by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzcite.model import InputError, TableError, UsageError
from kzcite.tables import loader, styles


def test_apa_comes_from_the_style_package() -> None:
    assert styles.find_style("apa").name == "apa.csl"
    assert styles.describe_style("apa").title.startswith("APA Style 7")


def test_dependent_style_means_its_parent() -> None:
    dependent = next(one for one in styles.all_style_names() if one == "nature-genetics")
    assert styles.find_style(dependent).stem == "nature"


def test_unknown_names() -> None:
    with pytest.raises(UsageError, match="apa"):
        styles.find_style("klingon-quarterly")
    with pytest.raises(InputError):
        styles.find_style("nowhere/x.csl")


def test_path_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "mine.csl"
    path.write_text("<style/>", encoding="utf-8")
    assert styles.find_style(path) == path
    assert styles.find_style(str(path)) == path
    with pytest.raises(TableError):
        styles.describe_style(str(path))


def test_users_style_is_found_first(tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "apa.csl").write_text("<style/>", encoding="utf-8")
    with loader.overlaid(tmp_path):
        assert styles.find_style("apa").parent == tmp_path / "styles"
    assert styles.find_style("apa").parent != tmp_path / "styles"


@pytest.mark.parametrize(("language", "stem"), [("de", "de-DE"), ("en-GB", "en-GB"), ("eu", "eu"), ("fr-FR", "fr-FR")])
def test_locale_of_a_language(language: str, stem: str) -> None:
    path = styles.find_locale(language)
    assert path is not None
    assert path.name == f"locales-{stem}.xml"


def test_no_locale() -> None:
    assert styles.find_locale("tlh") is None


def test_list_of_locales() -> None:
    assert {"de-DE", "en-US", "ru-RU"} <= set(styles.locales())
