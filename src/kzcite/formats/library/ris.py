"""RIS: two letters, two spaces, a hyphen. RIS Format Specifications, Thomson Reuters, 2011.

Mapping: data/mappings/ris.toml.

Read with every line end, in UTF-8, UTF-16 or cp1251, with or without ER; written as UTF-8 with CRLF, no value on more
than one line, so that no value can begin a record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kzcite.formats.encoding import lines_of
from kzcite.formats.library.faults import Faults
from kzcite.formats.library.pairs import SHARED, format_iso, parse_iso
from kzcite.formats.library.people import PEOPLE
from kzcite.formats.mapped import Converter, Keys, Mapped, Pair, engine, one_line
from kzcite.formats.registry import Reading, Writing
from kzcite.model import Date, Item, Library, Loss
from kzcite.model.values import whole_number
from kzcite.tables.mappings import Mapping, mapping


def read(data: bytes, source: str = "") -> Reading:
    """The records of a RIS file; a fault of a record is a finding."""
    faults = Faults(source)
    return Reading(faults.unique(records(faults.text(data), faults)), faults.findings)


def records(text: str, faults: Faults) -> Iterator[Item]:
    """The items of a RIS text, one after the other."""
    mapped = _engine()
    for number, (line, type_, pairs) in enumerate(_records(text, faults), 1):
        id = f"e{number}"
        if "ID" in (kinds := [key for key, _ in pairs]):
            at = kinds.index("ID")
            id = pairs.pop(at)[1]
        csl_type = mapped.csl_type(type_)
        if mapped.table.csl_type(type_) is None:
            faults.add("PRS107", line, type_, expected=csl_type, entry=id)
        yield mapped.read(id, csl_type, pairs)


_LINE = re.compile(r"([A-Z][A-Z0-9])(?:  ?-|\t-?)(?: (.*)|$)", re.DOTALL)

_MORE = ""


def joined(pairs: list[Pair]) -> list[Pair]:
    """The pairs with the lines that continue a value (key `""`) joined to it, once for each value."""
    if all(key for key, _ in pairs):
        return pairs
    out: list[tuple[str, list[str]]] = []
    for key, text in pairs:
        if key or not out:
            out.append((key, [text]))
        else:
            out[-1][1].append(text)
    return [(key, " ".join(texts)) for key, texts in out]


Record = tuple[int, str, list[Pair]]


def _records(text: str, faults: Faults) -> Iterator[Record]:
    """Line number, TY value and the other pairs of each record."""
    type_, start = None, 0
    pairs: list[Pair] = []
    for number, line in enumerate(lines_of(text), 1):
        if line[2:6] == "  - " and line[:2].isalnum() and line[:2].isupper():
            tag, value = line[:2], line[6:].strip()
        else:
            found = _LINE.match(line)
            if found is None:
                line = line.strip().lstrip("\ufeff")
                if not line:
                    continue
                if pairs and type_ is not None:
                    pairs.append((_MORE, line))
                elif not (found := _LINE.match(line)):
                    faults.add("PRS108", number, line)
                    continue
            if found is None:
                continue
            tag, value = found[1], (found[2] or "").strip()
        if tag == "TY":
            if type_ is not None:
                faults.add("PRS103", start, type_)
                yield start, type_, joined(pairs)
            type_, start, pairs = value, number, []
        elif tag == "ER":
            if type_ is not None:
                yield start, type_, joined(pairs)
            type_, pairs = None, []
        else:
            if type_ is None:
                faults.add("PRS102", number, line)
                type_, start, pairs = "GEN", number, []
            if value:
                pairs.append((tag, value))
    if type_ is not None:
        faults.add("PRS103", start, type_)
        yield start, type_, joined(pairs)


def write(library: Library) -> Writing:
    """The library as RIS, and what RIS cannot hold."""
    losses: list[Loss] = []
    return Writing(b"".join(pieces(library, losses)), tuple(losses))


def pieces(items: Iterable[Item], losses: list[Loss]) -> Iterator[bytes]:
    """The records of items, one after the other; what RIS cannot hold is added to `losses`."""
    mapped = _engine()
    for item in items:
        type_ = mapped.type_key(item.type)
        pairs = mapped.write(item)
        losses += mapped.losses(item, pairs)
        lines = "".join([f"{key}  - {value}\r\n" for key, value in pairs])
        yield f"TY  - {type_}\r\n{lines}ID  - {one_line(item.id)}\r\nER  - \r\n\r\n".encode(errors="replace")


# --- converters ----------------------------------------------------------------------------------------------------


def _slashes(date: Date) -> str:
    """`YYYY/MM/DD/other words`, as RIS writes a date."""
    parts = [f"{one:02d}" for one in date.parts[1:]] + ["", "", ""]
    year = f"{date.parts[0]:04d}" if date.parts else ""
    return f"{year}/{parts[0]}/{parts[1]}/{date.literal}"


def _from_slashes(text: str) -> Date | None:
    parts = parse_iso(text)
    if parts:
        return Date(parts=_in_calendar(parts))
    pieces = text.split("/", 3)
    if len(pieces) < 2 or not (pieces[0].strip() or pieces[-1].strip()):
        return Date(literal=text.strip()) if text.strip() else None
    numbers: list[int] = []
    for piece in pieces[:3]:
        number = whole_number(piece)
        if number is None:
            break
        numbers.append(number)
    literal = pieces[3].strip() if len(pieces) == 4 else ""
    if not numbers and not literal:
        return Date(literal=text.strip())
    return Date(parts=_in_calendar(tuple(numbers)), literal=literal)


def _in_calendar(parts: tuple[int, ...]) -> tuple[int, ...]:
    if len(parts) > 1 and not 1 <= parts[1] <= 12:
        return parts[:1]
    if len(parts) > 2 and not 1 <= parts[2] <= 31:
        return parts[:2]
    return parts


def _write_dates(value: Date, keys: Keys) -> Iterable[Pair]:
    """PY for the year (in C2 too for a conference), DA where there is more."""
    pairs = [(key, format_iso(value.parts[:1])) for key in (keys[0], *keys[2:])] if value.parts else []
    if len(value.parts) > 1 or value.literal:
        pairs.append((keys[1], _slashes(value)))
    return pairs


def _read_dates(pairs: Sequence[Pair], keys: Keys) -> Date | None:
    found = [one for one in (_from_slashes(text) for _, text in pairs) if one]
    return max(found, key=lambda one: (len(one.parts), len(one.literal)), default=None)


def _write_notes(value: str, keys: Keys) -> Iterable[Pair]:
    return ((keys[0], value),)


def _read_notes(pairs: Sequence[Pair], keys: Keys) -> str | None:
    return " ".join(text for _, text in pairs)


_DOI = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
DOI = Converter(lambda value, keys: ((keys[0], value),), lambda pairs, keys: _DOI.sub("", pairs[0][1]))
"""Read without the resolver's address."""


def _write_twice(value: str, keys: Keys) -> Iterable[Pair]:
    """Every tag: what one reader takes for the journal, another takes for nothing."""
    return [(key, value) for key in keys]


CONVERTERS = {
    **SHARED,
    "twice": Converter(_write_twice, lambda pairs, keys: pairs[0][1]),
    "people": PEOPLE,
    "doi": DOI,
    "ris-dates": Converter(_write_dates, _read_dates),
    "ris-date": Converter(
        lambda value, keys: ((keys[0], _slashes(value)),), lambda pairs, keys: _from_slashes(pairs[0][1])
    ),
    "notes": Converter(_write_notes, _read_notes, many=True),
}


def _engine() -> Mapped:
    return engine(mapping("ris"), _make)


def _make(table: Mapping) -> Mapped:
    return Mapped(table, CONVERTERS, one_line)
