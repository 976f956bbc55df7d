"""Items and libraries: nothing that CSL-JSON holds is lost."""

from __future__ import annotations

import pytest

from kzcite.model import Date, Item, Library, Name

CSL = {
    "id": "e6",
    "type": "article-journal",
    "language": "kk",
    "author": [{"family": "Әбдіжаппаров", "given": "Е.Қ."}],
    "title": "Сотталғандардың құқықтары",
    "issued": {"date-parts": [[2023]]},
    "page": "89-98",
}


def test_csl_comes_back_identical() -> None:
    assert Item.from_csl(CSL).to_csl() == CSL


def test_unknown_and_odd_values_travel_in_custom() -> None:
    item = Item.from_csl(CSL | {"colour": "red", "volume": 5, "editor": "not a list", "custom": {"a": 1}})
    assert item["volume"] == "5"
    assert item.custom == {"a": 1, "colour": "red", "editor": "not a list"}


def test_older_spellings_are_understood() -> None:
    item = Item.from_csl({"id": "x", "type": "paper-conference", "event": "Оқулар", "shortTitle": "Т"})
    assert (item["event-title"], item["title-short"]) == ("Оқулар", "Т")


def test_a_field_is_set_in_its_place() -> None:
    item = Item.from_csl(CSL).with_field("title", "Жаңа атау")
    assert [one.name for one in item.fields][3] == "title"
    assert item["title"] == "Жаңа атау"
    assert "page" not in item.without("page")


def test_typed_views() -> None:
    item = Item.from_csl(CSL)
    assert item.names("author") == (Name("Әбдіжаппаров", "Е.Қ."),)
    assert item.date("issued") == Date((2023,))
    assert (item.text("volume"), item.names("editor"), item.date("accessed")) == ("", (), None)
    with pytest.raises(KeyError):
        item["volume"]


def test_a_library_has_unique_ids() -> None:
    with pytest.raises(ValueError, match="not unique: a"):
        Library((Item("a"), Item("a")))
    assert [item.id for item in Library.of([Item("a"), Item("a"), Item(""), Item("a-2")])] == [
        "a",
        "a-2",
        "item",
        "a-2-2",
    ]
