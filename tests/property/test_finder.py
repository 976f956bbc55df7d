"""What holds for any text: nothing raises, spans reproduce the text, time grows with the length."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from kzcite import finder, linker
from kzcite.model import Document
from kzcite.text.normal import normalise
from kzcite.text.order import sort_key
from kzcite.text.script import find_repairs

SOUP = st.lists(
    st.sampled_from(
        [
            "[", "]", "(", ")", "/", ";", ",", ":", ".", "-", "–", "\n", "\n\n", " ", "\x0c", "\u00ad", "1", "2", "15",
            "300", "2014", "2020а", " б.", "-б.", "с. ", "Омаров", " және ", "басқ.", "Сонда", "Там же", "Ibid.",
            "көрс. еңбек",
            "Әдебиеттер\n", "1. Омаров К. Тіл. – Алматы, 2014. – 90 б.\n", "[1] Smith J. Law. – London, 2020.\n",
            "¹", "²", "`", "$", "#", "####", "1.\n", "| 2 | ", "**", "<b>", "</b> ", ">", "http://",
            "x", "=", "См.: ", "т. 2", "17-баптың", "References\n", "Автор туралы", "ə", "\u0306",
        ]
    ),
    max_size=60,
).map("".join)  # fmt: skip
ANY = st.one_of(SOUP, st.text(max_size=200))


@given(ANY)
@settings(max_examples=400, deadline=None)
def test_any_text_is_found_and_linked(text: str) -> None:
    document = finder.find(Document(text))
    end = 0
    for marker in document.markers:
        assert end <= marker.span.start < marker.span.end <= len(text)
        end = marker.span.end
        assert marker.cites
        for cite in marker.cites:
            assert marker.span.contains(cite.span)
    for one in document.lists:
        for entry in one.entries:
            assert one.span.contains(entry.span)
            assert entry.span.cut(text).strip() == entry.span.cut(text) != ""
            assert all(entry.span.contains(gap) for gap in entry.gaps)
            assert len(entry.printed(text)) == entry.span.length
    linked = linker.link(document.with_items({}))
    assert [one.cite for one in linked.links] == [cite.id for marker in document.markers for cite in marker.cites]
    ids = {entry.id for entry in document.entries}
    assert all(one.entry is None or one.entry in ids for one in linked.links)


@given(ANY)
@settings(max_examples=400, deadline=None)
def test_the_offset_map_is_monotone_and_leads_back(text: str) -> None:
    normal = normalise(text)
    assert len(normal.starts) == len(normal.ends) == len(normal.text)
    assert list(normal.starts) == sorted(normal.starts)
    assert list(normal.ends) == sorted(normal.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(normal.starts, normal.ends, strict=True))
    for at, char in enumerate(normal.text):
        printed = text[normal.starts[at] : normal.ends[at]]
        changed = any(one.span.start <= normal.starts[at] < one.span.end for one in normal.changes)
        assert changed or printed == char
    assert normalise(text, repair=False).raw == text


@given(ANY)
def test_repairs_keep_lengths(text: str) -> None:
    for one in find_repairs(text):
        assert len(one.printed) == len(one.repaired) == one.span.length
        assert one.span.cut(text) == one.printed


@given(st.lists(ANY, max_size=6))
def test_sort_keys_compare(texts: list[str]) -> None:
    for language in ("kk", "ru", "kk-Latn"):
        sorted(texts, key=lambda one: sort_key(one, language=language))


def seconds(text: str) -> float:
    best = 1e9
    for _ in range(3):
        began = time.process_time()
        linker.link(finder.find(Document(text)).with_items({}))
        best = min(best, time.process_time() - began)
    return best


def test_time_grows_with_the_length() -> None:
    """Eight times the text takes about eight times the processor's time, not sixty-four, for hostile texts too."""
    patterns = [
        "[",
        "]",
        "(",
        "[1",
        "(1",
        "/1",
        "[1]",
        "`",
        "$",
        "[1, ",
        "¹",
        "1. А. 2014\n",
        "Омаров (2014) ",
        "а-\n",
        "[(\n",
        "#",
        "*",
        "_ ",
        " ",
        "</b> ",
        "http://",
        "Әдебиеттер\n",
        "Әдебиеттер\nтіл тіл\n",
        "= ",
        '" + ',
        "См.: ",
    ]
    for pattern in patterns:
        small = pattern * (8_000 // len(pattern))
        ratio = seconds(small * 8) / max(seconds(small), 0.005)
        assert ratio < 30, (pattern, ratio)
