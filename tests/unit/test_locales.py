"""The project's locales: complete against CSL's English one, valid, and in their own language."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from lxml import etree

from kzcite.tables import loader

CSL = "{http://purl.org/net/xbiblio/csl}"
OWN = sorted((loader.DATA / "locales").glob("locales-*.xml"))


def _terms(path: Path) -> dict[tuple[str, str], etree._Element]:
    return {
        (str(term.get("name")), term.get("form", "long")): term
        for term in etree.parse(str(path)).getroot().iter(f"{CSL}term")
        if not term.get("gender-form")
    }


def _english() -> dict[tuple[str, str], etree._Element]:
    return _terms(Path(str(files("citeproc"))) / "data" / "locales" / "locales-en-US.xml")


@pytest.fixture(scope="module")
def schema() -> etree.RelaxNG:
    path = Path(str(files("citeproc"))) / "data" / "schema" / "schemas" / "styles" / "csl.rng"
    return etree.RelaxNG(etree.parse(str(path)))


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_locale_is_valid(path: Path, schema: etree.RelaxNG) -> None:
    assert schema.validate(etree.parse(str(path))), schema.error_log.last_error


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_locale_has_every_term_of_the_english_one(path: Path) -> None:
    # Ordinals differ by language (English has endings for 01–03 and 11–13).
    wanted = {key for key in _english() if not key[0].startswith("ordinal")}
    assert wanted - set(_terms(path)) == set()


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_locale_has_singular_and_plural_where_english_has(path: Path) -> None:
    english = _english()
    without = [
        key
        for key, term in _terms(path).items()
        if key in english and len(english[key]) and not len(term) and term.text and key[1] == "long"
    ]
    # Words that are only read in the singular in these languages.
    assert set(without) <= {("version", "long"), ("sub-verbo", "long"), ("recipient", "long")}


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_no_english_word_is_left(path: Path) -> None:
    words = [
        text
        for term in _terms(path).values()
        for text in term.itertext()
        if re.search(r"[A-Za-z]", text) and not re.fullmatch(r"\s*", text)
    ]
    assert words == []


def test_kazakh_ordinals_follow_vowel_harmony() -> None:
    terms = _terms(loader.DATA / "locales" / "locales-kk-KZ.xml")
    assert terms["ordinal", "long"].text == "-ші"
    back = {key[0] for key, term in terms.items() if key[0].startswith("ordinal-") and term.text == "-шы"}
    assert back == {f"ordinal-{number}" for number in ("06", "09", "10", "20", "30", "40", "60", "90")}
