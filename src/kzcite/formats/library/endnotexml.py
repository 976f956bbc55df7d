"""EndNote XML (RSXML). Mapping: data/mappings/endnotexml.toml.

Text may stand in `<style>` elements, as EndNote writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from kzcite.formats.library.biblatex import COMMON
from kzcite.formats.library.faults import Faults
from kzcite.formats.library.pairs import SHARED, format_date, format_iso, parse_date
from kzcite.formats.library.people import PEOPLE, format_person, parse_person
from kzcite.formats.library.xmltree import Element, Tree, flat, reading, records, written, xml_line
from kzcite.formats.mapped import Converter, Keys, Mapped, Pair, engine
from kzcite.formats.registry import Reading, Writing
from kzcite.model import Date, Item, Library
from kzcite.tables.mappings import Mapping, mapping


def read(data: bytes, source: str = "") -> Reading:
    """The records of an EndNote XML export."""
    faults = Faults(source)
    items: list[Item] = []
    for record in records(data, source, "record"):
        items.append(_item(record, _id(record) or f"e{len(items) + 1}"))
    return reading(items, faults)


def _id(record: Element) -> str:
    found = record.find("foreign-keys/key[@app='kzcite']")
    return flat(found.text) if found is not None else ""


_SKIPPED = ("ref-type", "rec-number", "database", "source-app", "foreign-keys/key")


def _item(record: Element, id: str) -> Item:
    mapped = _engine()
    kind = record.find("ref-type")
    name, number = ("", "") if kind is None else (kind.get("name", ""), flat(kind.text))
    csl_type = mapped.csl_type(
        f"{name}|{number}", *(row.key for row in mapped.table.types if row.key.startswith(f"{name}|"))
    )
    pairs = [pair for pair in _TREE.pairs(record) if pair[0].split("[")[0] not in _SKIPPED]
    return mapped.read(id, csl_type, pairs)


def write(library: Library) -> Writing:
    """The library as EndNote imports it, and what EndNote cannot hold."""
    root = etree.Element("xml")
    holder = etree.SubElement(root, "records")

    def add(_root: Element, item: Item, pairs: list[Pair]) -> Element:
        record = etree.SubElement(holder, "record")
        etree.SubElement(record, "source-app", name="kzcite").text = "kzcite"
        keys = etree.SubElement(record, "foreign-keys")
        etree.SubElement(keys, "key", app="kzcite").text = xml_line(item.id)
        name, _, number = _engine().type_key(item.type).partition("|")
        etree.SubElement(record, "ref-type", name=name).text = number
        journal = next((payload for key, payload in pairs if key == "titles/secondary-title"), None)
        if journal and name.endswith("Article"):
            pairs = [*pairs, ("periodical/full-title", journal)]
        _TREE.build(record, pairs)
        return record

    return written(library, root, _engine(), add, _item)


def _write_date(value: Date, keys: Keys) -> Iterable[Pair]:
    """The year, and the whole date in ISO 8601 where it has more than a year."""
    pairs = [(keys[0], format_iso(value.parts[:1]))] if value.parts else []
    if len(value.parts) != 1 or value.until or value.circa or value.season:
        pairs.append((keys[1], format_date(value)))
    return pairs


def _read_date(pairs: Sequence[Pair], keys: Keys) -> Date | None:
    found = dict(reversed(pairs))
    year, day = found.get(keys[0], ""), found.get(keys[1], "")
    exact = parse_date(day) if day else None
    if exact and exact.parts and (not year or year.startswith(format_iso(exact.parts[:1]))):
        return exact
    if exact and not year:
        return exact
    if day and year:
        return _with_day(year, day)
    return parse_date(year)


def _with_day(year: str, day: str) -> Date | None:
    """EndNote's own export has «5 July» or «Jul 5» beside the year."""
    from kzcite.text.dates import parse_date as parse_words

    return parse_words(f"{day} {year}") or parse_date(year)


PEOPLE_LINE = Converter(
    lambda value, keys: ((keys[0], "; ".join(map(format_person, value))),),
    lambda pairs, keys: tuple(parse_person(one) for one in pairs[0][1].split("; ") if one.strip()),
)
"""Several people in one field, with semicolons between them."""

CONVERTERS = {
    **SHARED,
    "doi": COMMON["doi"],
    "people": PEOPLE,
    "people-line": PEOPLE_LINE,
    "date": Converter(_write_date, _read_date),
}

_TREE = Tree(
    records=frozenset({"record"}),
    tells=(),
    skips=frozenset({"face", "font", "size", "color", "app", "db-id", "name", "path", "role", "timestamp"}),
    inline={"style": "@face"},
)


def _engine() -> Mapped:
    return engine(mapping("endnotexml"), _make)


def _make(table: Mapping) -> Mapped:
    return Mapped(table, CONVERTERS, xml_line)
