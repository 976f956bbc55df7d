"""Exchange formats take time and memory in proportion to the items, and hold no whole library where none is needed."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from kzcite import jobs
from kzcite.formats.library import ris
from kzcite.formats.registry import LIBRARY_FORMATS
from kzcite.model import Item, Library

FORMATS = [one.name for one in LIBRARY_FORMATS if "read" in one.can]


def item(number: int) -> Item:
    return Item.from_csl(
        {
            "id": f"omarov{number}", "type": "article-journal", "language": "kk", "title": f"Дала, {number}",
            "author": [{"family": "Омаров", "given": "К.Т."}, {"family": "Қалиева", "given": f"Г.{number}"}],
            "container-title": "Табиғат", "issued": {"date-parts": [[1990 + number % 30]]}, "page": "5-15",
            "DOI": f"10.1000/{number}",
        }
    )  # fmt: skip


def library(count: int) -> Library:
    return Library(tuple(map(item, range(count))))


def seconds(job: Callable[[], object]) -> float:
    """Processor time, the best of three."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        job()
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_time_grows_with_the_items(name: str) -> None:
    """Sixteen times the items take no more than twice sixteen times the time, read or written."""
    small, large = library(250), library(4_000)
    few, many = jobs.library_to_bytes(small, name).data, jobs.library_to_bytes(large, name).data
    write = [seconds(lambda one=one: jobs.library_to_bytes(one, name)) for one in (small, large)]  # type: ignore[misc]
    read = [seconds(lambda one=one: jobs.references_from_bytes(one, "x", name)) for one in (few, many)]  # type: ignore[misc]
    assert write[1] / write[0] < 32
    assert read[1] / read[0] < 32


def peak(job: Callable[[], object]) -> int:
    """Bytes that were held at once while a job ran, beside what was there before."""
    tracemalloc.start()
    try:
        job()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_conversion_item_by_item_holds_no_library(tmp_path: Path) -> None:
    """From RIS into CSL-JSON less memory is needed than for the library alone, and little more than the text takes."""
    source = tmp_path / "many.ris"
    source.write_bytes(ris.write(library(3_000)).data)
    jobs.convert(source, tmp_path / "warm.json")
    whole = peak(lambda: jobs.read_library(source))
    through = peak(lambda: jobs.convert(source, tmp_path / "many.json"))
    assert through < whole / 2
    assert through < 5 * source.stat().st_size
