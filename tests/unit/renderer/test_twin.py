"""The romanised twin: order, systems, established spellings, translations never invented, marks."""

from __future__ import annotations

import pytest

from kzcite.model import Item, Library, UsageError
from kzcite.renderer import render, twin, twin_options
from kzcite.renderer.twin import SLOT

ARTICLE = {
    "id": "a",
    "type": "article-journal",
    "language": "kk",
    "author": [{"family": "Әбдіжаппаров", "given": "Е.Қ."}],
    "title": "Сотталғандардың әлеуметтік-экономикалық құқықтары",
    "container-title": "Заңгер",
    "issued": {"date-parts": [[2023]]},
    "issue": "4",
    "page": "89-98",
}
BOOK = {
    "id": "b",
    "type": "book",
    "language": "ru",
    "author": [{"family": "Бахтин", "given": "М. М."}],
    "title": "Эстетика словесного творчества",
    "publisher": "Искусство",
    "publisher-place": "М.",
    "issued": {"date-parts": [[1979]]},
    "custom": {"title-translation": "Aesthetics of verbal creation"},
}
FOREIGN = {"id": "c", "type": "book", "language": "en", "title": "The Kazakhs", "issued": {"date-parts": [[1995]]}}
LIBRARY = Library(tuple(Item.from_csl(one) for one in (ARTICLE, FOREIGN, BOOK)))


def lines(library: Library) -> list[str]:
    return [line.text for line in render(library, "apa-kz")]


def test_same_works_same_order() -> None:
    assert lines(twin(LIBRARY)) == [
        "Äbdıjapparov, E. Q. (2023). Sottalğandardyñ äleumettık-ekonomikalyq qūqyqtary. "
        "Zañger, (4), 89–98. [in Kazakh]",
        "The Kazakhs. (1995).",
        "Bakhtin, M. M. (1979). Estetika slovesnogo tvorchestva [Aesthetics of verbal creation]. "
        "Iskusstvo. [in Russian]",
    ]


def test_translation_stands_upright_after_an_italic_title() -> None:
    runs = render(twin(LIBRARY), "apa-kz")[2].runs
    upright = next(run for run in runs if "Aesthetics" in run.text)
    italic = next(run for run in runs if "Estetika" in run.text)
    assert "italic" in italic.marks
    assert "italic" not in upright.marks


def test_a_missing_translation_is_a_slot_and_never_invented() -> None:
    made = twin(LIBRARY, translations="wanted")
    assert SLOT in made.items[0].text("title")
    assert SLOT not in made.items[1].text("title")
    assert SLOT not in made.items[2].text("title")
    assert SLOT in twin(LIBRARY, translations="only").items[0].text("title")
    assert twin(LIBRARY, translations="only").items[2].text("title") == "Aesthetics of verbal creation"
    assert "[" not in twin(LIBRARY, translations="none").items[2].text("title")


def test_marks() -> None:
    assert twin(LIBRARY, language_marks="round").items[2].text("annote") == "(In Russ.)"
    assert "annote" not in twin(LIBRARY, language_marks="none").items[0]


def test_foreign_items_can_be_left_out() -> None:
    assert [item.id for item in twin(LIBRARY, foreign=False)] == ["a", "b"]


def test_systems_by_language() -> None:
    made = twin(LIBRARY, system_kk="iso-9-1995", system_ru="iso-9-1995")
    assert made.items[0].names("author")[0].family == "A̋bdìžapparov"
    assert made.items[2].text("title").startswith("Èstetika")
    assert made.items[2].language == "ru-Latn"
    assert made.items[2].field("title").origin.how == "romanised"  # type: ignore[union-attr]


def test_established_spelling_of_a_place_comes_first() -> None:
    assert twin(LIBRARY).items[2].text("publisher-place") == "Moscow"


def test_a_table_spelling_that_is_only_another_system_gives_way() -> None:
    item = Item.from_csl({**BOOK, "publisher": "Наука"})
    assert twin(Library((item,)), system_ru="iso-9-1995").items[0].text("publisher") == "Nauka"
    item = Item.from_csl({**BOOK, "publisher": "Просвещение"})
    assert twin(Library((item,)), system_ru="iso-9-1995").items[0].text("publisher") == "Prosveŝenie"


def test_no_cyrillic_letter_is_left() -> None:
    item = Item.from_csl(
        {
            **ARTICLE,
            "genre": "заң ғыл. канд. … дис. автореф.",
            "publisher": "«Әділет» баспасы",
            "edition": "2-бас., толықт.",
            "issue": "4-шығ.",
            "editor": [{"literal": "Қазақстан Республикасы Әділет министрлігі"}],
            "number": "234-V ҚРЗ",
        }
    )
    made = twin(Library((item,)))
    text = str(made.items[0].to_csl())
    assert not any("\u0400" <= char <= "\u052f" for char in text)
    assert made.items[0].text("edition") == "2"
    assert made.items[0].text("genre") == "Abstract of Candidate of Sciences dissertation"


def test_already_romanised_items_are_repeated() -> None:
    item = Item.from_csl(
        {"id": "x", "type": "book", "language": "kk-Latn", "title": "Qazaq tili", "edition": "2nd ed."}
    )
    assert twin(Library((item,))).items[0] == item


def test_other_cyrillic_languages_keep_their_name() -> None:
    item = Item.from_csl({"id": "u", "type": "book", "language": "uk", "title": "Українська мова", "genre": "є ґ ў"})
    made = twin(Library((item,))).items[0]
    assert (made.text("title"), made.language, made.text("annote")) == (
        "Ukrains'ka mova",
        "uk-Latn",
        "[in Ukrainian]",
    )


def test_language_is_found_where_none_is_given() -> None:
    item = Item.from_csl({"id": "u", "type": "book", "title": "Сотталғандардың әлеуметтік құқықтары"})
    assert twin(Library((item,))).items[0].language == "kk-Latn"
    item = Item.from_csl({"id": "u", "type": "manuscript", "archive": "ЦГА РК", "archive_location": "Ф. 333. Оп. 1"})
    assert twin(Library((item,))).items[0].text("archive_location") == "F. 333. Op. 1"


def test_cyrillic_host_of_an_english_title_is_romanised() -> None:
    item = Item.from_csl(
        {**ARTICLE, "language": "en", "title": "Courts", "container-title": "ҚазҰУ Хабаршысы", "edition": "2nd ed."}
    )
    made = twin(Library((item,))).items[0]
    assert made.text("title") == "Courts"
    assert made.text("edition") == "2nd ed."
    assert made.language == "en"
    assert not any("\u0400" <= char <= "\u052f" for char in str(made.to_csl()))
    assert "annote" not in made


def test_unknown_options() -> None:
    with pytest.raises(UsageError, match="translations"):
        twin(LIBRARY, translations="perhaps")
    with pytest.raises(UsageError, match="language_marks"):
        twin(LIBRARY, language_marks="stars")
    with pytest.raises(UsageError, match="no romanisation system"):
        twin(LIBRARY, system_kk="klingon")


def test_options_by_system() -> None:
    assert twin_options(systems=["iso-9-1995"]) == {"system_kk": "iso-9-1995", "system_ru": "iso-9-1995"}
    assert twin_options(systems=["bsi"]) == {"system_ru": "bsi"}
