"""Join duplicates of one library, each decision in a file that a person can review and change.

The file has a line a pair, tab-separated: what to do (`merge` or `keep`), the two ids, the similarity, the two titles.
A decision that stands in the file already is followed and kept; new pairs are added at the end. A work and its
romanised twin are a pair to `keep` unless somebody says otherwise.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

from kzcite.formats.encoding import decode
from kzcite.formats.files import read_bytes, write_bytes
from kzcite.formats.mapped import one_line
from kzcite.model import InputError, Item, Library
from kzcite.text.similar import find_duplicates, work_of

COLUMNS = ("decision", "first", "second", "similarity", "first-title", "second-title")
Decisions = dict[tuple[str, str], list[str]]


def dedupe(library: Library, decisions: Path) -> tuple[Library, tuple[str, ...]]:
    """The library with its duplicates joined as the file says, and a line for each decision carried out.

    Raises InputError for a file of decisions that cannot be understood.
    """
    rows = read_decisions(decisions)
    works = [work_of(item) for item in library]
    for first, second, score in find_duplicates(works):
        one, other = library.items[first], library.items[second]
        decision = "merge" if works[first].script == works[second].script else "keep"
        titles = one_line(one.text("title")), one_line(other.text("title"))
        rows.setdefault((one.id, other.id), [decision, one.id, other.id, f"{score:.2f}", *titles])
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerows([list(COLUMNS), *rows.values()])
    write_bytes(decisions, out.getvalue().encode())
    return join(library, rows)


def read_decisions(path: Path) -> Decisions:
    """The decisions of a file, none where there is no file."""
    if not path.exists():
        return {}
    text = decode(read_bytes(path), str(path)).text
    rows: Decisions = {}
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter="\t"), 1):
        if number == 1 and row[:1] == [COLUMNS[0]]:
            continue
        if not row:
            continue
        if len(row) < 3 or row[0] not in ("merge", "keep"):
            raise InputError(
                "a line of decisions begins with merge or keep and two ids", where=f"{path}:{number}",
                hint="tab-separated: " + ", ".join(COLUMNS),
            )  # fmt: skip
        rows[row[1], row[2]] = [*row, *[""] * (len(COLUMNS) - len(row))]
    return rows


def join(library: Library, rows: Decisions) -> tuple[Library, tuple[str, ...]]:
    """The library with each pair of a `merge` made one item under the first id."""
    into: dict[str, str] = {}
    items = {item.id: item for item in library}
    notes: list[str] = []
    for (first, second), row in rows.items():
        while first in into:
            first = into[first]
        if row[0] != "merge" or first not in items or second not in items or first == second:
            continue
        items[first] = united(items[first], items.pop(second))
        into[second] = first
        notes.append(f"{second} joined to {first} ({row[3]})")
    return Library(tuple(items.values())), tuple(notes)


def united(one: Item, other: Item) -> Item:
    """The first item, with what only the second has."""
    extra = tuple(field for field in other.fields if field.name not in one)
    return replace(one, fields=(*one.fields, *extra), custom={**other.custom, **one.custom})
