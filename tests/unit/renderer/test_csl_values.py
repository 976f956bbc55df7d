"""Pages, ordinals, initials, particles, text case, signs at seams: the values that every style is made of."""

from __future__ import annotations

import doctest
import importlib

import pytest

from kzcite.model import Name
from kzcite.renderer.csl.disambiguate import suffix
from kzcite.renderer.csl.finish import Quotes, join_signs, to_rich
from kzcite.renderer.csl.markup import parse
from kzcite.renderer.csl.numbers import format_pages, is_numeric, is_plural
from kzcite.renderer.csl.person import initials, normalise_initials
from kzcite.renderer.csl.record import person
from kzcite.renderer.csl.textcase import change_case
from kzcite.renderer.csl.tokens import CLOSE, CLOSE_QUOTE, OPEN_QUOTE, Open, Tokens, plain
from kzcite.renderer.engine import load_style

RUSSIAN = Quotes("«", "»", "„", "“")
AMERICAN = Quotes(punctuation_inside=True)


@pytest.mark.parametrize("name", ["numbers", "person"])
def test_examples_in_the_docstrings(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"kzcite.renderer.csl.{name}")).failed == 0


@pytest.mark.parametrize(
    ("value", "style", "expected"),
    [
        ("89-98", None, "89–98"),
        ("89 - 98", None, "89–98"),
        ("12, 15-17", None, "12, 15–17"),
        ("321-328", "minimal", "321–8"),
        ("321-28", "expanded", "321–328"),
        ("1496-1504", "chicago", "1496–1504"),
        ("S12-S15", "expanded", "S12–S15"),
        ("e1002", "minimal", "e1002"),
        ("іі-ііі", None, "іі-ііі"),
        ("98-89", "minimal", "98–89"),
        ("", None, ""),
    ],
)
def test_pages(value: str, style: str | None, expected: str) -> None:
    assert format_pages(value, style, "–") == expected


@pytest.mark.parametrize("value", ["1", "3-4", "2, 3", "D2", "2b", "12 & 14"])
def test_numeric(value: str) -> None:
    assert is_numeric(value)


@pytest.mark.parametrize("value", ["", "2-е изд.", "second", "5(301)", "т. 3", "1" * 300])
def test_not_numeric(value: str) -> None:
    assert not is_numeric(value)


@pytest.mark.parametrize(
    ("value", "variable", "plural"),
    [
        ("5-7", "page", True),
        ("5", "page", False),
        ("xi-xv", "page", True),
        ("Смит-Джонс", "page", False),
        ("1", "number-of-pages", False),
        ("334", "number-of-pages", True),
        ("7, 9", "locator", True),
    ],
)
def test_plural_labels(value: str, variable: str, plural: bool) -> None:
    assert is_plural(value, variable) is plural


@pytest.mark.parametrize(
    ("given", "mark", "expected"),
    [
        ("Ерлан Қайратұлы", ".", "Е.Қ."),
        ("Е.Қ.", ". ", "Е. Қ."),
        ("Қасым-Жомарт", ".", "Қ.-Ж."),
        ("Дж. Р. Р.", "", "ДжРР"),
        ("Alan Mathison", "", "AM"),
        ("ʿAlāʾ", ". ", "ʿAlāʾ"),
        ("", ".", ""),
    ],
)
def test_initials(given: str, mark: str, expected: str) -> None:
    assert initials(given, mark) == expected


def test_initials_kept_where_names_are_not_initialised() -> None:
    assert normalise_initials("Ерлан Қ", ".") == "Ерлан Қ."


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        (Name("van der Berg", "Jan"), ("Berg", "Jan", "", "van der")),
        (Name("d'Alembert", "Jean"), ("Alembert", "Jean", "", "d'")),
        (Name("Beethoven", "Ludwig van"), ("Beethoven", "Ludwig", "van", "")),
        (Name('"van Berg"', "Jan"), ("van Berg", "Jan", "", "")),
        (Name("Әбдіжаппаров", "Е.Қ."), ("Әбдіжаппаров", "Е.Қ.", "", "")),
        (Name("фон Визин", "Д. И."), ("Визин", "Д. И.", "", "фон")),
    ],
)
def test_particles(name: Name, parts: tuple[str, str, str, str]) -> None:
    made = person(name)
    assert (made.family, made.given, made.dropping, made.non_dropping) == parts


@pytest.mark.parametrize(
    ("text", "case", "language", "expected"),
    [
        ("a history of the steppe: an essay", "title", "en", "A History of the Steppe: An Essay"),
        ("out-of-print books", "title", "en", "Out-of-Print Books"),
        ("Қазақ тілінің тарихы", "title", "kk", "Қазақ тілінің тарихы"),
        ("Қазақ тілінің тарихы", "title", "en", "Қазақ тілінің тарихы"),
        ("DNA in Kazakh horses", "title", "en", "DNA in Kazakh Horses"),
        ("A History Of The Steppe", "sentence", "en", "A history of the steppe"),
        ("ред.", "capitalize-first", "ru", "Ред."),
        ("iPhone", "capitalize-first", "en", "iPhone"),
        ("istanbul", "uppercase", "tr", "İSTANBUL"),
    ],
)
def test_text_case(text: str, case: str, language: str, expected: str) -> None:
    assert plain(change_case([text], case, language)) == expected


def test_nocase_keeps_its_letters() -> None:
    tokens = parse('growing <span class="nocase">pH</span> of soils', AMERICAN)
    assert plain(change_case(list(tokens), "title", "en")) == "Growing pH of Soils"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (["Что делать?", "."], "Что делать?"),
        (["Title.", ". – ", "А."], "Title. – А."),
        (["et al.", ", ", "1990"], "et al., 1990"),
        (["Wait...", " ", "x"], "Wait... x"),
        (["a", ", ", ", b"], "a, b"),
        (["a ", " b"], "a b"),
        (["«", "Абай", "».", "."], "«Абай»."),
    ],
)
def test_signs_at_seams(parts: Tokens, expected: str) -> None:
    assert plain(join_signs(parts, RUSSIAN)) == expected


def test_quotes_within_quotes_and_signs_within_them() -> None:
    tokens = [OPEN_QUOTE, *parse('The "new" world', AMERICAN), CLOSE_QUOTE, ", ", "1990"]
    assert plain(join_signs(tokens, AMERICAN)) == "“The ‘new’ world,” 1990"
    assert plain(join_signs(list(parse('Газет "Қазақ"', RUSSIAN)), RUSSIAN)) == "Газет «Қазақ»"


def test_italics_within_italics_turn_upright() -> None:
    italic = Open("font-style", "italic")
    runs = to_rich([italic, "On ", italic, "Stipa", CLOSE, " grass", CLOSE, "."]).runs
    assert [(run.text, "italic" in run.marks) for run in runs] == [
        ("On ", True), ("Stipa", False), (" grass", True), (".", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l'homme d'État", "l’homme d’État"),
        ("<i>open", "<i>open"),
        ("a < b & c > d", "a < b & c > d"),
        ("&lt;i&gt;x", "<i>x"),
        ("<script>x</script>", "<script>x</script>"),
        ("<b><i>x</b></i>", "<i>x"),
    ],
)
def test_text_that_is_no_mark_up(text: str, expected: str) -> None:
    tokens = parse(text, AMERICAN)
    shown = tokens if isinstance(tokens, str) else plain(tokens)
    assert shown.removesuffix("</i>") == expected


def test_ordinals() -> None:
    terms = load_style("apa").terms("en-US")
    assert [terms.ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 101, 111)] == (
        "1st 2nd 3rd 4th 11th 12th 13th 21st 101st 111th".split()
    )
    assert terms.long_ordinal(3) == "third"
    assert terms.long_ordinal(11) == "11th"


def test_year_suffix_letters() -> None:
    assert [suffix(n) for n in (0, 1, 25, 26, 27, 701, 702)] == ["a", "b", "z", "aa", "ab", "zz", "aaa"]
