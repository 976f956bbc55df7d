"""Every mapping table: names that CSL and the format know, converters that exist, patterns that compile."""

from __future__ import annotations

import importlib

import pytest

from kzcite.formats.registry import LIBRARY_FORMATS
from kzcite.tables import mappings


@pytest.mark.parametrize("name", mappings.names())
def test_a_mapping_is_valid(name: str) -> None:
    assert list(mappings.problems(mappings.mapping(name))) == []


@pytest.mark.parametrize("name", mappings.names())
def test_its_converters_exist_and_are_used(name: str) -> None:
    module = importlib.import_module(f"kzcite.formats.library.{name}")
    used = {row.convert for row in mappings.mapping(name).fields if row.convert}
    assert used <= set(module.CONVERTERS)


def test_languages_have_distinct_names() -> None:
    rows = mappings.languages()
    words = [word.casefold() for row in rows for word in (row.code, row.babel, row.iso3, *row.words) if word]
    assert len(set(words)) == len(words)


def test_every_format_loads() -> None:
    for one in LIBRARY_FORMATS:
        module = one.load()
        assert all(hasattr(module, verb) for verb in one.can - {"lines", "printed"})
