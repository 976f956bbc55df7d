"""Whatever an item holds: every format writes one record for it, reads it again, and tells each value that changed."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzcite.formats.registry import LIBRARY_FORMATS, find_format
from kzcite.model import Date, Field, Item, KzciteError, Library, Name, csl

FORMATS = [one.name for one in LIBRARY_FORMATS if {"read", "write"} <= one.can]
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

PIECES = st.sampled_from(
    ["Абай", "ER  - ", "TY  - JOUR", "\n", "\r", "\u2028", "\x85", "@book{x,", "{", "}", "\\", "%0 Book", "<i>", "</i>",
     "&amp;", "&", "<!--", "]]>", "\u00a0", "=1+1", "'", '"', ", ", ";", " and ", "$x^2$", "~", "#", "--", "\t", "\x00",
     "\ufeff",
     "PMID- 1", "- - -", ": ", "null", "true", "12", "[[", "]]", "/", "|", "Тіл", "ұлы", "x y"]
)  # fmt: skip
TEXT = st.lists(PIECES | st.text(max_size=6), min_size=1, max_size=6).map("".join).filter(str.strip)
NAME = st.builds(Name, family=TEXT, given=TEXT | st.just("")) | st.builds(lambda text: Name(literal=text), TEXT)
DAY = st.sampled_from([(2014,), (2014, 7), (2014, 7, 5), (1995, 8, 30)])
DATE = st.builds(Date, parts=DAY) | st.builds(lambda one, two: Date(one, two), DAY, DAY) | st.builds(
    lambda text: Date(literal=text), TEXT
)  # fmt: skip


def value(name: str) -> st.SearchStrategy[object]:
    kind = csl.KIND[name]
    if kind == "name":
        return st.lists(NAME, min_size=1, max_size=3).map(tuple)
    if kind == "date":
        return DATE
    return st.sampled_from(sorted(csl.TYPES)) if kind == "type" else TEXT


FIELDS = st.lists(st.sampled_from(sorted(csl.KIND)), unique=True, max_size=6).flatmap(
    lambda names: st.tuples(*(st.builds(Field, st.just(name), value(name)) for name in names))
)
ITEMS = st.builds(lambda id, fields: Item(id or "x", fields), TEXT, FIELDS)


@pytest.mark.parametrize("name", FORMATS)
@FEW
@given(items=st.lists(ITEMS, min_size=1, max_size=3))
def test_nothing_changes_in_silence(name: str, items: list[Item]) -> None:
    library = Library.of(items)
    module = find_format(name, LIBRARY_FORMATS, "write").load()
    writing = module.write(library)
    back = module.read(writing.data, "x").library
    assert len(back) == len(library)
    told = {(one.item, one.name) for one in writing.losses}
    names = dict(zip([one.id for one in library], [one.id for one in back], strict=True))
    for before, after in zip(library, back, strict=True):
        left, right = ({one.name: one.value for one in item.fields} for item in (before, after))
        keys = {before.id, names[before.id]}
        for variable in left.keys() - {"type"}:
            if left[variable] != right.get(variable):
                assert any((key, variable) in told for key in keys), (variable, left[variable], right.get(variable))


@pytest.mark.parametrize("name", FORMATS)
@FEW
@given(text=TEXT, seed=st.integers(0, 10_000))
def test_any_bytes_are_read_or_refused(name: str, text: str, seed: int) -> None:
    """A good file cut anywhere, with anything put in, gives a reading or a KzciteError."""
    module = find_format(name, LIBRARY_FORMATS, "write").load()
    item = Item.from_csl({"id": "a", "type": "book", "title": "Жер құқығы", "author": [{"family": "Омаров"}]})
    data = module.write(Library((item,))).data
    at = seed % (len(data) + 1)
    for broken in (data[:at], data[:at] + text.encode(errors="replace") + data[at:]):
        with contextlib.suppress(KzciteError):
            module.read(broken, "x")
