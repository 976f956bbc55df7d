"""The project's own styles: valid CSL 1.0.2, made from their source, complete in their terms."""

from __future__ import annotations

import importlib.util
import re
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import pytest
from lxml import etree

STYLES = Path(__file__).resolve().parents[2] / "styles"
CSL = "{http://purl.org/net/xbiblio/csl}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture(scope="module")
def schema() -> etree.RelaxNG:
    path = Path(str(files("citeproc"))) / "data" / "schema" / "schemas" / "styles" / "csl.rng"
    return etree.RelaxNG(etree.parse(str(path)))


@pytest.fixture(scope="module")
def make() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_styles", STYLES / "source" / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", sorted(STYLES.glob("*.csl")), ids=lambda path: path.stem)
def test_style_is_valid(path: Path, schema: etree.RelaxNG) -> None:
    assert schema.validate(etree.parse(str(path))), schema.error_log.last_error


def test_styles_are_what_their_source_gives(make: ModuleType) -> None:
    for name, text in make.styles().items():
        assert (STYLES / f"{name}.csl").read_text(encoding="utf-8") == text, name


def test_promised_names_are_there(make: ModuleType) -> None:
    numeric = {"gost-7.1-2003", "gost-7.0.5-2008", "gost-r-7.0.100-2018", "gost-kz"}
    assert numeric | {f"{name}-alphabetical" for name in numeric} <= set(make.styles())


@pytest.mark.parametrize("path", sorted(STYLES.glob("gost-*.csl")), ids=lambda path: path.stem)
def test_three_languages_have_the_same_terms(path: Path) -> None:
    root = etree.parse(str(path)).getroot()
    sets = {}
    for locale in root.findall(f"{CSL}locale"):
        sets[locale.get(LANG, "en")] = {
            (term.get("name"), term.get("form"))
            for term in locale.iter(f"{CSL}term")
            # Kazakh needs both sets of months (long: attributive) and, like Russian, its own ordinal.
            if not re.match("month|ordinal", term.get("name", ""))
        }
    assert set(sets) == {"kk", "ru", "en"}
    assert sets["kk"] == sets["ru"] == sets["en"]


@pytest.mark.parametrize("path", sorted(STYLES.glob("gost-*.csl")), ids=lambda path: path.stem)
def test_no_macro_is_called_that_is_not_there(path: Path) -> None:
    root = etree.parse(str(path)).getroot()
    have = {macro.get("name") for macro in root.findall(f"{CSL}macro")}
    called = {one.get("macro") for one in root.iter(f"{CSL}text", f"{CSL}key") if one.get("macro")}
    assert called == have
