"""What GOST asks of an item before a style sees it."""

from __future__ import annotations

import dataclasses

import pytest

from kzcite.model import Date, Field, Item, Name
from kzcite.model.csl import KIND
from kzcite.renderer.prepare import Preparation, preparation, prepare


def row(style: str = "gost-7.1-2003") -> Preparation:
    found = preparation(style)
    assert found is not None
    return found


def item(type: str = "book", **fields: object) -> Item:
    made = [Field("type", type), Field("language", "ru")]
    made += [Field(name if name in KIND else name.replace("_", "-"), value) for name, value in fields.items()]  # type: ignore[arg-type]
    return Item("x", tuple(made))


PEOPLE = tuple(Name(family=f"Автор{number}", given="А.") for number in range(4))


def test_which_styles_are_prepared() -> None:
    assert preparation("https://kzcite.org/styles/gost-kz") == preparation("gost-kz-alphabetical")
    apa = preparation("http://www.zotero.org/styles/apa")
    assert apa is not None
    assert not apa.is_description
    assert preparation("http://www.zotero.org/styles/ieee") is None
    assert preparation("my", "https://kzcite.org/styles/gost-kz") == row("gost-kz")


def test_four_authors_follow_the_title() -> None:
    four = prepare(item(title="Т", author=PEOPLE), row())
    assert "author" not in four
    assert four.names("contributor") == PEOPLE
    three = prepare(item(title="Т", author=PEOPLE[:3]), row())
    assert three.names("author") == PEOPLE[:3]
    assert prepare(item(title="Т", author=PEOPLE), row("gost-kz")).names("author") == PEOPLE
    assert prepare(item(author=PEOPLE), row()).names("author") == PEOPLE


def test_a_body_is_no_heading_in_7_1() -> None:
    body = (Name(literal="Министерство"),)
    assert "author" not in prepare(item(title="Т", author=body), row())
    assert "author" in prepare(item(title="Т", author=body), row("gost-7.0.5-2008"))
    assert "author" not in prepare(item("map", title="Т", author=body), row("gost-7.0.5-2008"))


@pytest.mark.parametrize(
    ("type", "title", "expected"),
    [
        ("book", "История: очерк", "История : очерк"),
        ("book", "Наука: сегодня: сборник", "Наука: сегодня : сборник"),
        ("book", "«Наука: сегодня»", "«Наука: сегодня»"),
        ("article-journal", "История: очерк", "История: очерк"),
        ("standard", "Знаки: общее: правила", "Знаки : общее : правила"),
        ("book", "В 12:30", "В 12:30"),
        ("book", ": странное", ": странное"),
    ],
)
def test_colon(type: str, title: str, expected: str) -> None:
    assert prepare(item(type, title=title), row()).text("title") == expected
    assert prepare(item(type, title=title), row("gost-kz")).text("title") == title


def test_colon_of_a_host() -> None:
    made = prepare(item("chapter", title="А: б", container_title="В: г"), row())
    assert (made.text("title"), made.text("container-title")) == ("А: б", "В : г")


def test_material_designation_follows_the_main_title() -> None:
    made = prepare(item(title="А: б", medium="Текст", genre="учебник"), row())
    assert (made.text("title"), made.text("genre")) == ("А", "б : учебник")


def test_dates_with_a_day_are_marked() -> None:
    day, year = Date((2021, 1, 5)), Date((2021,))
    assert prepare(item("article-newspaper", issued=day), row()).date("available-date") == day
    assert "available-date" not in prepare(item("article-newspaper", issued=year), row())
    assert prepare(item("legislation", issued=day), row()).date("original-date") == day
    assert "original-date" not in prepare(item("legislation", issued=year), row())


def test_parts_of_an_archive_place() -> None:
    place = "Ф. 81. Оп. 1. Д. 503. Л. 12"
    assert prepare(item("manuscript", archive_location=place), row()).text("archive_location") == (
        "Ф. 81. – Оп. 1. – Д. 503. – Л. 12"
    )


def test_places_are_written_out_in_7_0_100() -> None:
    made = item(title="Т", publisher_place="М.")
    assert prepare(made, row("gost-r-7.0.100-2018")).text("publisher-place") == "Москва"
    assert prepare(made, row()).text("publisher-place") == "М."


def test_columns_keep_their_label() -> None:
    made = prepare(item("entry-encyclopedia", page="Стб. 826-831"), row())
    assert "page" not in made
    assert made.text("section") == "Стб. 826–831"


def test_an_item_without_anything_to_do_is_the_same_object() -> None:
    one = item(title="Т")
    assert prepare(one, row()) is one
    assert prepare(one, dataclasses.replace(row(), colon=": ")) is one
