"""In-text citations of the GOST styles: labels by language, footnotes with «Там же» and «Указ. соч.»."""

from __future__ import annotations

import pytest

from kzcite.model import Item, Library, Locator
from kzcite.renderer import ordered, render, render_citations

LIBRARY = Library(
    tuple(
        Item.from_csl(one)
        for one in (
            {
                "id": "a",
                "type": "article-journal",
                "language": "ru",
                "author": [{"family": "Худяков", "given": "А. И."}],
                "title": "Дискуссионные вопросы предмета финансового права",
                "container-title": "Финансовое право",
                "issued": {"date-parts": [[2019]]},
                "issue": "3",
                "page": "2-8",
            },
            {
                "id": "b",
                "type": "book",
                "language": "kk",
                "author": [{"family": "Сыздықова", "given": "Р."}],
                "title": "Қазақ әдеби тілінің тарихы",
                "publisher-place": "Алматы",
                "issued": {"date-parts": [[1993]]},
                "number-of-pages": "320",
            },
            {"id": "c", "type": "legislation", "language": "kk", "title": "Кодекс", "issued": {"date-parts": [[2014]]}},
        )
    )
)
Cite = tuple[str, Locator | None]


def cite(id: str, value: str = "", label: str = "page") -> Cite:
    return id, Locator(label, value) if value else None


def made(style: str, locale: str, *clusters: list[Cite]) -> list[str]:
    return [one.text for one in render_citations(LIBRARY, clusters, style, locale=locale)]


@pytest.mark.parametrize("style", ["gost-kz", "gost-7.1-2003", "gost-7.0.5-2008", "gost-r-7.0.100-2018-alphabetical"])
@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("kk", ["[2, 15 б.]", "[1; 2, 7–9 б.]", "[3, 12-бап]", "[1–3]"]),
        ("ru", ["[2, с. 15]", "[1; 2, с. 7–9]", "[3, ст. 12]", "[1–3]"]),
        ("en", ["[2, p. 15]", "[1; 2, p. 7–9]", "[3, art. 12]", "[1–3]"]),
    ],
)
def test_numbers(style: str, locale: str, expected: list[str]) -> None:
    assert (
        made(
            style,
            locale,
            [cite("b", "15")],
            [cite("a"), cite("b", "7-9")],
            [cite("c", "12", "article-locator")],
            [cite("a"), cite("b"), cite("c")],
        )
        == expected
    )


def test_author_and_date() -> None:
    assert made("gost-kz-author-date", "kk", [cite("b", "45")]) == ["(Сыздықова, 1993, 45 б.)"]
    assert made("gost-7.0.5-2008-author-date", "ru", [cite("a", "5")]) == ["[Худяков, 2019, с. 5]"]


def test_footnotes() -> None:
    notes = made(
        "gost-7.0.5-2008-note",
        "ru",
        [cite("a", "5")],
        [cite("a", "5")],
        [cite("a", "7")],
        [cite("b")],
        [cite("a", "6")],
    )
    assert notes == [
        "Худяков А. И. Дискуссионные вопросы предмета финансового права // Финансовое право. 2019. № 3. С. 5.",
        "Там же.",
        "Там же. С. 7.",
        "Сыздықова Р. Қазақ әдеби тілінің тарихы. Алматы, 1993. 320 с.",
        "Худяков А. И. Указ. соч. С. 6.",
    ]


BY_ONE_AUTHOR = Library(
    tuple(
        Item.from_csl(
            {
                "id": id,
                "type": "book",
                "language": "kk",
                "author": [{"family": "Сыздықова", "given": "Р."}],
                "title": title,
                "publisher-place": "Алматы",
                "issued": {"date-parts": [[1993]]},
            }
        )
        for id, title in (("a", "Сөз құдіреті"), ("b", "Тіл тарихы"))
    )
)


def test_a_year_suffix_stands_in_the_list_too() -> None:
    cites = render_citations(BY_ONE_AUTHOR, [[cite("a"), cite("b")]], "gost-7.0.5-2008-author-date")
    assert cites[0].text == "[Сыздықова, 1993a, 1993b]"
    lines = [one.text for one in render(BY_ONE_AUTHOR, "gost-7.0.5-2008-author-date")]
    assert lines == ["Сыздықова Р. Сөз құдіреті. Алматы, 1993a.", "Сыздықова Р. Тіл тарихы. Алматы, 1993b."]
    plain = [one.text for one in render(BY_ONE_AUTHOR, "gost-7.0.5-2008")]
    assert plain[0] == "Сыздықова Р. Сөз құдіреті. Алматы, 1993."


def test_namesakes_are_told_apart_by_initials_after_the_name() -> None:
    def book(id: str, *people: tuple[str, str]) -> Item:
        authors = [{"family": family, "given": given} for family, given in people]
        date = {"date-parts": [[2020]]}
        return Item.from_csl(
            {"id": id, "type": "book", "language": "ru", "author": authors, "title": id, "issued": date}
        )

    kims = Library((book("a", ("Ким", "С.")), book("b", ("Ким", "Ю. В.")), book("c", ("Ким", "С."), ("Ли", "Б."))))
    made = render_citations(kims, [[cite(id)] for id in "abc"], "gost-7.0.5-2008-author-date")
    assert [one.text for one in made] == ["[Ким С., 2020]", "[Ким Ю. В., 2020]", "[Ким, Ли, 2020]"]


def test_a_footnote_tells_two_works_of_one_author_apart() -> None:
    notes = render_citations(BY_ONE_AUTHOR, [[cite(id)] for id in "abab"], "gost-7.0.5-2008-note")
    assert [one.text for one in notes][2:] == ["Сыздықова Р. Сөз құдіреті.", "Сыздықова Р. Тіл тарихы."]


def test_superscript_numbers() -> None:
    citation = render_citations(LIBRARY, [[cite("a"), cite("b"), cite("c")]], "gost-kz-superscript")[0]
    assert citation.text == "1–3"
    assert all("sup" in run.marks for run in citation.runs)


def test_a_mixed_list_is_one_sequence_in_kazakh_order() -> None:
    names = ["Яковлев", "Қалиев", "Лотман", "Adams", "Әуезов", "Бахтин", "Козыбаев"]
    library = Library(
        tuple(
            Item.from_csl(
                {
                    "id": name,
                    "type": "book",
                    "language": "kk" if name in ("Қалиев", "Әуезов") else "ru",
                    "author": [{"family": name, "given": "А."}],
                    "title": "Т",
                }
            )
            for name in names
        )
    )
    order = ordered(library, "gost-kz-alphabetical", order="style")
    assert [item.id for item in order] == ["Әуезов", "Бахтин", "Козыбаев", "Қалиев", "Лотман", "Яковлев", "Adams"]


def test_footnotes_are_in_the_language_of_each_work() -> None:
    notes = made("gost-7.0.5-2008-note", "auto", [cite("a", "5")], [cite("b", "7")], [cite("b", "7")])
    assert notes[0].endswith("№ 3. С. 5.")
    assert notes[1].endswith("1993. Б. 7.")
    assert notes[2] == "Сонда."
