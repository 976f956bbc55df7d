"""Tables: CSV. A row an item, a column a CSL variable. Mapping: data/mappings/csv.toml; RFC 4180.

Written with a byte order mark, by which spreadsheets know UTF-8; a cell that a spreadsheet would run as a formula
begins with an apostrophe, which is taken off again on reading.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from kzcite.formats.library.endnotexml import PEOPLE_LINE
from kzcite.formats.library.faults import Faults
from kzcite.formats.library.pairs import SHARED, format_date, parse_date
from kzcite.formats.mapped import Converter, Mapped, Pair, engine, losses_between, one_line
from kzcite.formats.registry import Reading, Writing
from kzcite.model import Date, InputError, Item, Library, Loss
from kzcite.model.limits import current
from kzcite.tables.mappings import Mapping, mapping

_ID = ("id", "Key", "ID")
_TYPE = ("type", "Item Type")
_CUSTOM = "custom"


def read(data: bytes, source: str = "") -> Reading:
    """The rows of a CSV file; the separator (comma, semicolon, tab) is the header line's."""
    faults = Faults(source)
    return Reading(faults.unique(records(faults.text(data), faults)), faults.findings)


def records(text: str, faults: Faults) -> Iterator[Item]:
    """The items of a CSV text, one after the other."""
    head = text[: text.find("\n")] if "\n" in text else text
    separator = _separator(head)
    csv.field_size_limit(current().line_length)
    end = () if text.endswith(("\n", "\r")) else ("\n",)
    rows = csv.reader(itertools.chain(io.StringIO(text, newline=""), end, (_END,)), delimiter=separator)
    return items_of(_ended(_safe(rows, faults.source), faults), faults, plain)


_END = "\ufdd0"
"""A last line of a sign that no text may have: the row that ends with it has a quote that nothing closes."""


def _ended(rows: Iterable[list[str]], faults: Faults) -> Iterator[list[str]]:
    for number, row in enumerate(rows, 1):
        if row == [_END]:
            return
        if row and row[-1].endswith(_END):
            faults.add("PRS103", number, row[0])
            row[-1] = row[-1].removesuffix(_END)
        yield row


def _separator(head: str) -> str:
    """The separator that parts the most known names of columns; of equals the one that stands there most often."""
    known = _known()

    def weight(sign: str) -> tuple[int, int]:
        return sum(name.strip().strip('"') in known for name in head.split(sign)), head.count(sign)

    return max(",;\t", key=weight)


def _known() -> set[str]:
    return {key for row in _engine().table.fields for key in (*row.keys, *row.also)} | {*_ID, *_TYPE, _CUSTOM}


def _safe(rows: Any, source: str) -> Iterable[list[str]]:
    try:
        yield from rows
    except csv.Error as error:
        raise InputError(f"not CSV: {error}", where=f"{source}:{rows.line_num}") from error


def items_of(rows: Iterable[Sequence[str]], faults: Faults, clean: Callable[[str], str] = str.strip) -> Iterator[Item]:
    """Items of rows, the first of which names the columns; `clean` gives the text of a cell."""
    mapped = _engine()
    columns: list[str] = []
    known = _known()
    count = 0
    for number, row in enumerate(rows, 1):
        if not columns:
            columns = [cell.strip() for cell in row]
            if columns and not known & set(columns):
                raise InputError(
                    "no column is a CSL variable", where=faults.source, hint="first line: type,author,title,issued ..."
                )
            continue
        cells = [(name, clean(cell)) for name, cell in zip(columns, row, strict=False) if cell.strip()]
        if not cells:
            continue
        if len(row) > len(columns):
            faults.add("PRS101", number, " ".join(row[len(columns) :]))
        count += 1
        yield _item(cells, f"e{count}", mapped)


def _item(cells: list[Pair], id: str, mapped: Mapped) -> Item:
    found = dict(cells)
    id = next((found[name] for name in _ID if name in found), id)
    kind = next((found[name] for name in _TYPE if name in found), "")
    custom: dict[str, Any] | None = None
    pairs: list[Pair] = []
    for name, text in cells:
        if name == _CUSTOM:
            custom = _json(text)
            if custom is None:
                pairs.append((name, text))
        elif name not in _ID and name not in _TYPE:
            pairs.append((name, text))
    return mapped.read(id, mapped.csl_type(kind), pairs, custom)


def _json(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def write(library: Library) -> Writing:
    """The library as CSV for spreadsheets, and what a table cannot hold."""
    text, losses = to_text(library, ",", "\r\n")
    return Writing(text.encode("utf-8-sig", errors="replace"), losses)


def to_text(library: Library, separator: str, end: str) -> tuple[str, tuple[Loss, ...]]:
    """The table with cells apart by `separator`, and what it cannot hold."""
    rows, losses = rows_of(library)
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=end).writerows(
        [[guarded(cell) for cell in row] for row in rows]
    )
    return out.getvalue(), tuple(losses)


def rows_of(library: Library) -> tuple[list[list[str]], list[Loss]]:
    """The header and a row an item, only the columns that are used."""
    mapped = _engine()
    losses: list[Loss] = []
    filled: list[dict[str, str]] = []
    for item in library:
        cells = {"id": one_line(item.id), "type": item.type}
        cells.update(mapped.write(item))
        custom = {name: value for name, value in item.custom.items() if name != mapped.custom}
        if custom:
            cells[_CUSTOM] = json.dumps(custom, ensure_ascii=False)
        losses += losses_between(item, _item(list(cells.items()), item.id, mapped))
        filled.append(cells)
    used = {name for cells in filled for name in cells}
    columns = [name for name in ("id", "type", *(row.keys[0] for row in mapped.table.fields)) if name in used]
    columns += sorted(used - set(columns) - {_CUSTOM}) + ([_CUSTOM] if _CUSTOM in used else [])
    header = [one_line(name) for name in columns]
    return [header, *([cells.get(name, "") for name in columns] for cells in filled)], losses


_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet runs.

    >>> guarded("=HYPERLINK(1)"), plain(guarded("=1")), guarded("Абай")
    ("'=HYPERLINK(1)", '=1', 'Абай')
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def plain(cell: str) -> str:
    """The text of a cell, without the apostrophe that guards it."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def _read_date(pairs: Sequence[Pair], keys: tuple[str, ...]) -> Date | None:
    found = [one for one in (parse_date(text) for _, text in pairs) if one]
    return max(found, key=lambda one: len(one.parts), default=None)


CONVERTERS = {
    **SHARED,
    "names": PEOPLE_LINE,
    "date": Converter(lambda value, keys: ((keys[0], format_date(value)),), _read_date),
}


def _engine() -> Mapped:
    return engine(mapping("csv"), _make)


def _make(table: Mapping) -> Mapped:
    return Mapped(table, CONVERTERS, one_line)
