"""Speed and memory of finding and linking: a book with many entries and markers, and hostile text."""

from __future__ import annotations

import random
import time
import tracemalloc

import pytest

from kzcite import finder, linker
from kzcite.model import Document

WORDS = "тіл тарих қоғам дала халық ғылым еңбек құқық мемлекет және туралы бойынша жылы кезеңде айтылған дерек".split()
FORMS = ("[{0}]", "[{0}, {1}-б.]", "[{0}; {2}, с. {1}]", "[{0}–{3}]", "[{0}, {2}]")


def book(size: int, entries: int, markers: int) -> str:
    """A made-up book of about `size` bytes with its list at the end."""
    choose = random.Random(1)
    parts = []
    for number in range(markers):
        sentence = " ".join(choose.choice(WORDS) for _ in range(size // markers // 13))
        first = choose.randrange(1, entries - 5)
        form = choose.choice(FORMS).format(first, choose.randrange(1, 300), first + 1, first + 3)
        parts.append(f"{sentence.capitalize()} {form}." + ("\n" if number % 5 == 4 else ""))
    rows = [
        f"{number}. Омаров К.Т. {' '.join(choose.choice(WORDS) for _ in range(6)).capitalize()}. – Алматы: Ғылым, "
        f"{choose.randrange(1950, 2024)}. – {choose.randrange(90, 500)} б."
        for number in range(1, entries + 1)
    ]
    return " ".join(parts) + "\n\nӘдебиеттер\n" + "\n".join(rows) + "\n"


def run(text: str) -> Document:
    return linker.link(finder.find(Document(text)).with_items({}))


@pytest.mark.slow
def test_a_book_of_two_megabytes(benchmark: object) -> None:
    text = book(2_200_000, 300, 2_000)
    assert 2_000_000 < len(text.encode()) < 2_400_000
    document = benchmark.pedantic(run, args=(text,), rounds=3)  # type: ignore[attr-defined]
    assert (len(document.entries), len(document.markers)) == (300, 2_000)
    assert all(link.entry for link in document.links)


@pytest.mark.slow
def test_time_and_memory_grow_with_the_length() -> None:
    """At 1, 4 and 16 times the length: no more than 1.6 times the time and memory that the length explains."""
    seconds, peaks = [], []
    for times in (1, 4, 16):
        text = book(125_000 * times, 20 + 18 * times, 125 * times)
        began = time.perf_counter()
        run(text)
        seconds.append(time.perf_counter() - began)
        tracemalloc.start()
        run(text)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert seconds[2] < 1.6 * 16 * seconds[0]
    assert peaks[2] < 1.6 * 16 * peaks[0]
    assert peaks[2] < 300e6


@pytest.mark.slow
@pytest.mark.parametrize("pattern", ["[", "(", "[1, ", "[" + "1, " * 150 + "]", "1. А. 2014\n", "Омаров (2014) "])
def test_five_megabytes_of_signs(pattern: str) -> None:
    small = pattern * (1_250_000 // len(pattern))
    began = time.perf_counter()
    run(small)
    middle = time.perf_counter()
    run(small * 4)
    assert time.perf_counter() - middle < 8 * (middle - began)
