"""Round trips of every format: what comes back, what is told as lost, and that a second trip is the same to the byte.

The items: each CSL type with each variable, and the annotated lines of the evaluation material.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from kzcite.formats.registry import LIBRARY_FORMATS, find_format
from kzcite.model import Item, Library, csl

FORMATS = [one.name for one in LIBRARY_FORMATS if {"read", "write"} <= one.can]
LOSSLESS = ["csljson", "cslyaml", "csv", "tsv", "xlsx"]

# Variables of the dev gold that a format has no place for (its definition is named in its table): the most that may be
# lost. `type` stands where several CSL types share one type of the format.
HOLDS_ALL_OF_GOLD = [
    "csljson",
    "cslyaml",
    "csv",
    "tsv",
    "xlsx",
    "ris",
    "bibtex",
    "biblatex",
    "mods",
    "jats",
    "tei",
    "zoterordf",
]
MAY_LOSE = {
    "endnotexml": {"type"},
    "enw": {"type"},
    "wordxml": {"type", "number-of-pages", "archive", "archive_location", "collection-title", "collection-number",
                "number", "part-number", "event-place", "event-date"},
    "nbib": {"type", "genre", "number-of-pages", "container-title", "accessed", "URL", "number", "archive",
             "archive_location", "number-of-volumes", "compiler", "translator", "medium", "part-number", "event-place",
             "event-date", "collection-number"},
    "hayagriva": {"type", "container-title", "medium", "event-place", "event-date"},
}  # fmt: skip

VALUES = {
    "page": "89-98", "number-of-pages": "178", "volume": "5", "issue": "3 (76)", "DOI": "10.1000/x_1%2",
    "ISSN": "2616-6888",
    "ISBN": "978-601-262-638-4", "URL": "https://a.kz/b_c?d=e&f=%20#g", "language": "kk", "keyword": "тіл; құқық",
    "number": "175-IV", "PMID": "12345", "PMCID": "PMC123",
}  # fmt: skip


def full_item(type_: str) -> Item:
    """An item of a type with every variable of CSL."""
    data: dict[str, Any] = {"id": f"x-{type_}", "type": type_}
    for name in csl.KIND:
        kind = csl.KIND[name]
        if kind == "name":
            data[name] = [
                {"family": "Әуезов", "given": "М.О."},
                {"literal": f"ҚР министрлігі, {name}"},
                {"family": "Абай"},
            ]
        elif kind == "date":
            data[name] = {"date-parts": [[2014, 7, 5]]}
        elif kind != "type":
            data[name] = VALUES.get(name, f"{name}: мәні «тырнақ» & 5 % {{x}} C_2")
    data["citation-key"] = "kilt2014"
    return Item.from_csl(data)


def full_library() -> Library:
    return Library(tuple(full_item(type_) for type_ in sorted(csl.TYPES)))


def differences(before: Library, after: Library) -> set[tuple[str, str]]:
    """(item, variable) of every value that is not as it was, either side."""
    assert [one.id for one in before] == [one.id for one in after]
    found = set()
    for one, other in zip(before, after, strict=True):
        left, right = ({field.name: field.value for field in item.fields} for item in (one, other))
        left.setdefault("type", "document")
        right.setdefault("type", "document")
        found |= {(one.id, name) for name in left.keys() | right.keys() if left.get(name) != right.get(name)}
    return found


def trip(name: str, library: Library) -> tuple[set[tuple[str, str]], set[tuple[str, str]], bytes, bytes]:
    """Differences, losses told, the bytes of the first and of the second trip."""
    module = find_format(name, LIBRARY_FORMATS, "write").load()
    first = module.write(library)
    reading = module.read(first.data, f"x.{name}")
    assert reading.findings == ()
    again = module.write(reading.library)
    return differences(library, reading.library), {(one.item, one.name) for one in first.losses}, first.data, again.data


@lru_cache(maxsize=1)
def gold(path: Path) -> Library:
    lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return Library.of(Item.from_csl({**line["gold"], "id": line["id"]}) for line in lines if line["gold"])


@pytest.mark.parametrize("name", FORMATS)
def test_every_variable_of_every_type_comes_back_or_is_told(name: str) -> None:
    changed, told, *_ = trip(name, full_library())
    assert changed - told == set()
    assert told - changed == set()


@pytest.mark.parametrize("name", LOSSLESS)
def test_formats_that_hold_everything(name: str) -> None:
    changed, told, first, again = trip(name, full_library())
    assert changed == told == set()
    assert first == again


@pytest.mark.parametrize("name", FORMATS)
def test_the_annotated_lines_come_back(name: str, shared: Path) -> None:
    changed, told, first, again = trip(name, gold(shared / "eval" / "dev.jsonl"))
    assert changed == told
    assert {variable for _, variable in told} <= MAY_LOSE.get(name, set())
    assert first == again


@pytest.mark.parametrize("name", FORMATS)
def test_a_third_trip_changes_nothing(name: str) -> None:
    module = find_format(name, LIBRARY_FORMATS, "write").load()
    data = module.write(full_library()).data
    seen = Counter()  # type: Counter[bytes]
    for _ in range(2):
        data = module.write(module.read(data, "x").library).data
        seen[data] += 1
    assert len(seen) == 1


def test_no_format_is_left_out() -> None:
    assert set(HOLDS_ALL_OF_GOLD) | set(MAY_LOSE) == set(FORMATS)
