"""Lists and citations: each entry in its own language, order, labels, alike cites, footnotes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kzcite.model import Item, Library, Locator
from kzcite.renderer import labels, ordered, render, render_citations
from kzcite.renderer.engine import load_style
from kzcite.tables import loader

INFO = "<info><title>t</title><id>x</id><updated>2026-01-01T00:00:00+00:00</updated></info>"


def library(*rows: dict[str, Any]) -> Library:
    return Library(tuple(Item.from_csl({"id": f"x{number}", "type": "book", **row}) for number, row in enumerate(rows)))


def style(tmp_path: Path, *, citation: str = "", bibliography: str = "", kind: str = "in-text", more: str = "") -> Path:
    """A small style; `citation` and `bibliography` are what stands in them, layout included."""
    layout = '<layout><text variable="title"/></layout>'
    bibliography = f"<bibliography>{bibliography}</bibliography>" if bibliography else ""
    path = tmp_path / "small.csl"
    path.write_text(
        f'<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="{kind}">'
        f"{INFO}{more}<citation>{citation or layout}</citation>{bibliography}</style>",
        encoding="utf-8",
    )
    return path


PAGES = (
    '<layout><text variable="title" suffix=" "/><label variable="page" form="short"/>'
    '<text variable="page" prefix=" "/></layout>'
)
THREE = (
    {"title": "Кітап", "language": "kk", "page": "5-9"},
    {"title": "Книга", "language": "ru", "page": "5-9"},
    {"title": "Book", "language": "en", "page": "5-9"},
    {"title": "Kitap", "language": "kk-Latn", "page": "5-9"},
    {"title": "Buch", "language": "de", "page": "5-9"},
    {"title": "Ohne", "page": "5-9"},
)


def texts(lines: tuple[Any, ...]) -> list[str]:
    return [line.text for line in lines]


def test_each_entry_has_the_terms_of_its_own_language(tmp_path: Path) -> None:
    path = style(tmp_path, bibliography=PAGES)
    lines = texts(render(library(*THREE), path))
    assert lines[1:5] == ["Книга с. 5–9", "Book pp. 5–9", "Kitap pp. 5–9", "Buch S. 5–9"]
    assert "б" in lines[0]
    # Without a language an item takes that of most items: en, which romanised ones count for.
    assert lines[5] == "Ohne pp. 5–9"


def test_one_locale_for_all(tmp_path: Path) -> None:
    lines = texts(render(library(*THREE), style(tmp_path, bibliography=PAGES), locale="ru"))
    assert all("с. 5–9" in line for line in lines)


def test_layouts_for_languages_as_in_csl_m(tmp_path: Path) -> None:
    own = '<layout locale="kk ru"><text variable="page"/><label variable="page" form="short" prefix=" "/></layout>'
    lines = texts(render(library(*THREE[:3]), style(tmp_path, bibliography=own + PAGES)))
    assert lines[1:] == ["5–9 с.", "Book pp. 5–9"]
    assert lines[0].startswith("5–9 ")


def test_a_locale_within_the_style_comes_first(tmp_path: Path) -> None:
    more = '<locale xml:lang="ru"><terms><term name="page" form="short">стр.</term></terms></locale>' * 2
    assert texts(render(library(THREE[1]), style(tmp_path, bibliography=PAGES, more=more))) == ["Книга стр. 5–9"]


def test_ids_that_differ_by_case_are_two_entries() -> None:
    two = Library(tuple(Item.from_csl({"id": id, "type": "book", "title": id}) for id in ("REF1", "ref1")))
    assert texts(render(two, "gost-7.1-2003")) == ["REF1.", "ref1."]


def test_labels_stand_apart_from_the_lines() -> None:
    assert labels(library(*THREE[:3]), "gost-kz") == ("1.", "2.", "3.")
    assert labels(library(*THREE[:3]), "ieee") == ("[1]", "[2]", "[3]")
    assert labels(library(*THREE[:3]), "apa") == ("", "", "")
    assert not texts(render(library(THREE[0]), "ieee"))[0].startswith("[1]")


def test_a_first_field_that_is_no_number_stays_in_the_line(tmp_path: Path) -> None:
    layout = '<layout><text variable="title" suffix=" "/><text variable="page"/></layout>'
    path = style(tmp_path, bibliography=layout)
    text = path.read_text(encoding="utf-8").replace("<bibliography>", '<bibliography second-field-align="flush">')
    path.write_text(text, encoding="utf-8")
    assert texts(render(library(THREE[2]), path)) == ["Book 5–9"]


AUTHORS = (
    {"title": "Б", "author": [{"family": "Өтеулі", "given": "А."}], "language": "kk"},
    {"title": "А", "author": [{"family": "Smith", "given": "J."}], "language": "en"},
    {"title": "В", "author": [{"family": "Омаров", "given": "Е."}], "language": "kk"},
    {"title": "Ғылым тарихы", "language": "kk"},
    {"title": "Г", "author": [{"family": "Пірәлі", "given": "Г."}], "language": "kk"},
)


def test_alphabetical_order_is_kazakh_and_cyrillic_comes_first() -> None:
    made = library(*AUTHORS)
    assert [one.id for one in ordered(made, "apa", order="alphabet")] == ["x3", "x2", "x0", "x4", "x1"]
    assert [one.id for one in ordered(made, "apa", order="alphabet", latin_first=True)] == [
        "x1",
        "x3",
        "x2",
        "x0",
        "x4",
    ]
    assert [one.id for one in ordered(made, "apa", order="style")] == ["x3", "x2", "x0", "x4", "x1"]
    assert ordered(made, "apa") is made


def test_the_list_of_a_footnote_style_is_in_each_language() -> None:
    rows = [{**row, "number-of-pages": "334"} for row in THREE[:3]]
    lines = texts(render(library(*rows), "gost-7.0.5-2008-note"))
    assert "334 с" in lines[1]
    assert "334 p" in lines[2]


SAME = [{"family": "Омаров", "given": "Ерлан"}]
YEAR = {"date-parts": [[2024]]}


def test_year_suffixes_and_given_names_tell_cites_apart() -> None:
    made = library(
        {"title": "Бір", "author": SAME, "issued": YEAR},
        {"title": "Екі", "author": SAME, "issued": YEAR},
        {"title": "Үш", "author": [{"family": "Омаров", "given": "Асқар"}], "issued": {"date-parts": [[2020]]}},
    )
    cites = texts(render_citations(made, [[("x0", None)], [("x1", None)], [("x2", None)]], "apa", locale="en"))
    assert cites == ["(Е. Омаров, 2024a)", "(Е. Омаров, 2024b)", "(А. Омаров, 2020)"]
    assert "(2024b)" in render(made, "apa")[1].text


def test_locators_in_the_language_of_the_paper() -> None:
    made = library(*THREE[:3])
    page, chapter = Locator("page", "15-17"), Locator("chapter", "2")
    cluster = [[("x0", page), ("x2", None)], [("x1", chapter)]]
    assert texts(render_citations(made, cluster, "gost-kz", locale="kk")) == ["[1, 15–17 б.; 3]", "[2, 2-тарау]"]
    assert texts(render_citations(made, cluster, "gost-kz", locale="ru")) == ["[1, с. 15–17; 3]", "[2, гл. 2]"]


def test_numbers_collapse_only_where_nothing_else_is_printed() -> None:
    made = library(*({"title": str(n)} for n in range(6)))
    clusters = [
        [(f"x{n}", None) for n in (0, 1, 2, 4)],
        [("x0", None), ("x1", Locator("page", "3")), ("x2", None), ("x3", None), ("x4", None)],
        [("x0", None), ("x1", None)],
    ]
    assert texts(render_citations(made, clusters, "gost-kz", locale="ru")) == [
        "[1–3; 5]",
        "[1; 2, с. 3; 3–5]",
        "[1; 2]",
    ]


NOTE = (
    '<layout suffix="."><choose>'
    '<if position="ibid-with-locator"><text term="ibid"/><text variable="locator" prefix=" "/></if>'
    '<else-if position="ibid"><text term="ibid"/></else-if>'
    '<else-if position="near-note"><text value="near"/></else-if>'
    '<else-if position="subsequent"><text variable="first-reference-note-number" prefix="see "/></else-if>'
    '<else><text variable="title"/></else></choose></layout>'
)


def test_positions_of_footnotes(tmp_path: Path) -> None:
    path = style(tmp_path, citation=NOTE, kind="note")
    made = library({"title": "A"}, {"title": "B"})
    page = Locator("page", "7")
    clusters: list[list[tuple[str, Locator | None]]] = [
        [("x0", None)],
        [("x0", None)],
        [("x0", page)],
        [("x0", page)],
        [("x0", None)],
        [("x1", None)],
        [("x0", None)],
    ]
    far = [*clusters, *([[("x1", None)]] * 6), [("x0", None)]]
    got = texts(render_citations(made, far, path, locale="en"))
    assert got[:7] == ["A.", "Ibid.", "Ibid. 7.", "Ibid.", "near.", "B.", "near."]
    assert got[-1] == "see 1."


def test_rich_text_and_quotes_of_a_title() -> None:
    (line,) = render(library({"title": 'On <i>Stipa</i> & "grass" <x>', "language": "en"}), "apa")
    assert line.text == "On Stipa & “grass” <x>. (n.d.)."
    # Within an italic title the name of the species turns upright.
    assert [run.text for run in line.runs if "italic" not in run.marks] == ["Stipa", ". (n.d.)."]


def test_the_address_is_a_link() -> None:
    (line,) = render(library({"title": "T", "DOI": "10.1000/1", "type": "article-journal", "language": "en"}), "apa")
    assert [run.link for run in line.runs if run.link] == ["https://doi.org/10.1000/1"]


@pytest.mark.parametrize("name", ["apa", "gost-kz", "ieee", "chicago-author-date", "nature"])
def test_rendering_twice_gives_the_same(name: str) -> None:
    made = library(*THREE)
    assert render(made, name) == render(made, name)


def test_an_empty_library() -> None:
    assert render(Library(), "apa") == ()
    assert labels(Library(), "gost-kz") == ()
    assert render_citations(Library(), [], "apa") == ()


def test_a_label_after_its_number_where_the_language_has_it_there() -> None:
    made = library({"title": "Кітап", "author": SAME, "issued": YEAR, "language": "kk"})
    place = [[("x0", Locator("page", "15-17"))]]
    assert texts(render_citations(made, place, "apa", locale="kk")) == ["(Омаров, 2024, 15–17 б.)"]
    assert texts(render_citations(made, place, "apa", locale="ru")) == ["(Омаров, 2024, с. 15–17)"]
    article = [[("x0", Locator("article-locator", "8"))]]
    assert texts(render_citations(made, article, "apa", locale="kk")) == ["(Омаров, 2024, 8-бап)"]
    chapter = {"title": "Тарау", "container-title": "Кітап", "page": "5-9", "type": "chapter", "language": "kk"}
    assert "(5–9 б.)" in render(library(chapter), "apa")[0].text


def test_the_table_of_such_labels() -> None:
    for language, row in loader.read_toml("labels.toml").items():
        terms = load_style("apa").terms(language)
        assert terms.language.startswith(language)
        assert row["source"]
        assert all(terms.term(term, "short") for term in (*row["after"], *row["joined"]))


def test_cites_that_one_paper_cannot_tell_apart_have_suffixes_in_its_list() -> None:
    def people(*families: str) -> list[dict[str, str]]:
        return [{"family": "Омаров", "given": "Е."}, *({"family": one, "given": "А."} for one in families)]

    made = library(
        {"title": "Бір", "author": people("Әлі", "Сұлтан"), "issued": YEAR, "language": "kk"},
        {"title": "Два", "author": people("Әлі", "Сұлтан"), "issued": YEAR, "language": "ru"},
        {"title": "Three", "issued": {"date-parts": [[1999]]}, "language": "kk"},
    )
    lines = texts(render(made, "apa"))
    cites = texts(render_citations(made, [[("x0", None)], [("x1", None)]], "apa", locale="kk"))
    assert ["2024a" in lines[0], "2024b" in lines[1]] == ["2024a" in cites[0], "2024b" in cites[1]] == [True, True]


GROUPS = (
    '<layout prefix="(" suffix=")" delimiter="; "><group delimiter=" ">'
    '<names variable="author"><name form="short"/></names>'
    '<date variable="issued"><date-part name="year"/></date><text variable="locator"/></group></layout>'
)
WORKS = (
    {"title": "1", "author": SAME, "issued": YEAR},
    {"title": "2", "author": SAME, "issued": YEAR},
    {"title": "3", "author": SAME, "issued": YEAR},
    {"title": "4", "author": SAME, "issued": {"date-parts": [[2020]]}},
    {"title": "5", "author": [{"family": "Smith"}], "issued": YEAR},
)
ALL: list[list[tuple[str, Locator | None]]] = [[(f"x{n}", None) for n in range(5)]]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", "(Омаров 2024a; Омаров 2024b; Омаров 2024c; Омаров 2020; Smith 2024)"),
        ('collapse="year"', "(Омаров 2024a, 2024b, 2024c, 2020; Smith 2024)"),
        ('collapse="year-suffix" year-suffix-delimiter=","', "(Омаров 2024a,b,c, 2020; Smith 2024)"),
        ('collapse="year-suffix-ranged"', "(Омаров 2024a–c, 2020; Smith 2024)"),
        ('collapse="year" after-collapse-delimiter=" | "', "(Омаров 2024a, 2024b, 2024c, 2020 | Smith 2024)"),
    ],
)
def test_cites_of_one_author_collapse(tmp_path: Path, options: str, expected: str) -> None:
    path = style(tmp_path, citation=GROUPS)
    attributes = f'<citation disambiguate-add-year-suffix="true" {options}>'
    path.write_text(path.read_text(encoding="utf-8").replace("<citation>", attributes), encoding="utf-8")
    assert texts(render_citations(library(*WORKS), ALL, path, locale="en")) == [expected]


LIST = (
    '<layout><names variable="author"><name name-as-sort-order="all" delimiter="; "/></names>'
    '<text variable="title" prefix=". "/></layout>'
)
TWO = [*SAME, {"family": "Қалиева", "given": "А."}]
ROWS = (
    {"title": "1", "author": SAME},
    {"title": "2", "author": SAME},
    {"title": "3", "author": TWO},
    {"title": "4", "author": TWO},
)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("complete-all", ["Омаров, Ерлан. 1", "———. 2", "Омаров, Ерлан; Қалиева, А.. 3", "———. 4"]),
        ("complete-each", ["Омаров, Ерлан. 1", "———. 2", "Омаров, Ерлан; Қалиева, А.. 3", "———; ———. 4"]),
        ("partial-each", ["Омаров, Ерлан. 1", "———. 2", "———; Қалиева, А.. 3", "———; ———. 4"]),
        ("partial-first", ["Омаров, Ерлан. 1", "———. 2", "———; Қалиева, А.. 3", "———; Қалиева, А.. 4"]),
    ],
)
def test_authors_that_the_entry_before_had(tmp_path: Path, rule: str, expected: list[str]) -> None:
    path = style(tmp_path, bibliography=LIST)
    attributes = f'<bibliography subsequent-author-substitute="———" subsequent-author-substitute-rule="{rule}">'
    path.write_text(path.read_text(encoding="utf-8").replace("<bibliography>", attributes), encoding="utf-8")
    assert texts(render(library(*ROWS), path)) == [one.replace("..", ".") for one in expected]


def test_a_name_whose_order_is_fixed() -> None:
    fixed = {"title": "T", "author": [{"family": "Ван", "given": "Пин", "static-ordering": True}], "language": "ru"}
    assert render(library(fixed), "apa")[0].text.startswith("Ван П. ")


def test_a_style_may_be_used_any_number_of_times() -> None:
    """What one entry can evaluate is bounded, not how often."""
    made = library(*AUTHORS)
    first = ordered(made, "apa", order="style")
    for _ in range(120):
        assert ordered(made, "apa", order="style") == first
        render_citations(made, [[("x0", None), ("x1", None)]], "apa")


def test_alphabetical_order_is_that_of_what_an_entry_begins_with() -> None:
    made = library(
        {"type": "book", "title": "Education at a Glance", "author": [{"literal": "OECD"}], "language": "en"},
        {"type": "book", "title": "Vocabulary", "author": [{"family": "Gray", "given": "B."}], "language": "en"},
    )
    under_body = [item.id for item in ordered(made, "gost-7.0.5-2008", order="alphabet")]
    under_title = [item.id for item in ordered(made, "gost-7.1-2003", order="alphabet")]
    assert (under_body, under_title) == (["x1", "x0"], ["x0", "x1"])
