"""Any valid item renders in any style: no exception, nothing of the text made mark-up, time in proportion to length."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzcite.model import Item, Library, Locator, csl
from kzcite.renderer import labels, ordered, render, render_citations
from kzcite.tables.styles import style_names

STYLES = style_names()

words = st.text(alphabet="абвәқұAbc xyz1290-–.,:;!?'\"«»“”’()[]/<>&*_\\\u00a0\u0301日本", max_size=24)
markup = st.sampled_from(
    ["<i>", "</i>", "<b>x</b>", "<sup>2</sup>", '<span class="nocase">', "</span>", "&amp;", "<x>"]
)
texts = st.lists(words | markup, max_size=4).map("".join)
numbers = st.sampled_from(["1", "3-4", "2-е изд.", "12, 15–17", "IV", "S12", "1,", "175-IV", "०१", "5" * 30]) | words
names = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "family": words,
            "given": words | st.sampled_from(["Е.Қ.", "Jean-Luc", "d'", "Дж. Р. Р.", "van der"]),
            "literal": words,
            "suffix": words,
            "non-dropping-particle": words,
            "dropping-particle": words,
        },
    ),
    max_size=9,
)
parts = st.tuples(st.integers(-3000, 9999), st.integers(0, 20), st.integers(0, 40)).flatmap(
    lambda whole: st.integers(0, 3).map(lambda count: list(whole[:count]))
)
dates = st.fixed_dictionaries(
    {},
    optional={
        "date-parts": st.lists(parts, max_size=2),
        "literal": words,
        "season": st.integers(0, 6),
        "circa": st.booleans(),
        "raw": words | st.just("1968-03-21"),
    },
)
STRATEGIES = {"name": names, "date": dates, "number": numbers, "text": texts}


@st.composite
def items(draw: st.DrawFn) -> dict[str, Any]:
    item: dict[str, Any] = {"type": draw(st.sampled_from(sorted(csl.TYPES)))}
    usual = ("author", "title", "issued", "container-title", "page", "volume", "publisher", "language", "editor")
    chosen = draw(st.lists(st.sampled_from(usual) | st.sampled_from(sorted(set(csl.KIND) - {"type"})), max_size=14))
    for name in chosen:
        item[name] = draw(STRATEGIES[csl.KIND[name]])
    item["language"] = draw(st.sampled_from(["kk", "ru", "en", "kk-Latn", "de", "qq", "", "ru-RU"]))
    return item


def library(rows: list[dict[str, Any]]) -> Library:
    return Library(tuple(Item.from_csl({**row, "id": f"x{number}"}) for number, row in enumerate(rows)))


@settings(max_examples=150, deadline=None)
@given(st.lists(items(), min_size=1, max_size=4), st.sampled_from(STYLES))
def test_any_item_renders_in_any_style(rows: list[dict[str, Any]], style: str) -> None:
    made = library(rows)
    assert len(render(made, style)) == len(made)
    assert len(labels(made, style)) == len(made)
    assert sorted(ordered(made, style, order="style"), key=lambda one: one.id) == list(made)
    clusters = [[(item.id, Locator("page", "15–17")) for item in made], [(made.items[0].id, None)]]
    assert len(render_citations(made, clusters, style)) == 2


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab<>/&;\"'= xi", max_size=40))
def test_a_title_is_text_unless_it_is_csl_mark_up(title: str) -> None:
    (line,) = render(library([{"type": "book", "title": title}]), "gost-7.1-2003")
    known = {"italic", "bold", "sup", "sub", "small-caps"}
    assert all(run.marks <= known for run in line.runs)
    if "<i>" not in title:
        assert all(not run.marks for run in line.runs)


HOSTILE = {
    "spaces": "1" + " " * 20_000 + "x",
    "tags": "<i>" * 5_000 + "</b>" * 5_000,
    "quotes": "‘" * 5_000 + "”" * 5_000,
    "hyphens": "1-" * 10_000,
    "particle": "a " * 10_000 + "1",
    "letters": "a" * 50_000 + "1",
    "initials": "А." * 10_000,
}


@pytest.mark.parametrize("kind", sorted(HOSTILE))
@pytest.mark.parametrize("style", ["apa", "gost-7.1-2003"])
def test_time_grows_with_the_length_of_a_value(kind: str, style: str) -> None:
    def seconds(text: str) -> float:
        row: dict[str, Any] = dict.fromkeys(("title", "page", "volume", "edition", "container-title"), text)
        row |= {"type": "article-journal", "author": [{"family": text, "given": text}], "language": "en"}
        start = time.process_time()
        render(library([row]), style)
        return time.process_time() - start

    text = HOSTILE[kind]
    seconds(text[: len(text) // 8])
    half, whole = seconds(text[: len(text) // 2]), seconds(text)
    assert whole < 0.5 or whole < 3.5 * half
