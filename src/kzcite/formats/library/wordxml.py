"""The sources of Word: References > Manage Sources > Browse. ECMA-376, part 1, 22.6.

Mapping: data/mappings/wordxml.toml.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from kzcite.formats.library.faults import Faults
from kzcite.formats.library.pairs import SHARED, language_code, language_row, parse_date
from kzcite.formats.library.xmltree import Element, Tree, flat, new_root, reading, records, written, xml_line
from kzcite.formats.mapped import Converter, Keys, Mapped, Pair, engine
from kzcite.formats.registry import Reading, Writing
from kzcite.model import Date, Item, Library, Name
from kzcite.model.values import whole_number
from kzcite.tables.mappings import Mapping, mapping
from kzcite.text.dates import month

NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"
_Q = f"{{{NAMESPACE}}}"


def read(data: bytes, source: str = "") -> Reading:
    """The sources of a Sources.xml file, or of the bibliography part of a document."""
    faults = Faults(source)
    found = records(data, source, f"{_Q}Source")
    return reading((_item(one, flat(one.findtext(f"{_Q}Tag")) or f"e{n}") for n, one in enumerate(found, 1)), faults)


def _item(record: Element, id: str) -> Item:
    mapped = _engine()
    pairs = _TREE.pairs(record)
    kind = next((text for key, text in pairs if key == "SourceType"), "")
    if any(key == "ThesisType" for key, _ in pairs):
        kind = f"{kind}/thesis"
    kept = [pair for pair in pairs if pair[0] not in ("SourceType", "Tag", "Guid", "RefOrder")]
    return mapped.read(id, mapped.csl_type(kind, kind.partition("/")[0]), kept)


def write(library: Library) -> Writing:
    """The library as Word's sources, and what Word cannot hold."""
    root = new_root(f"{_Q}Sources", {"b": NAMESPACE})
    root.set("SelectedStyle", "")
    return written(library, root, _engine(), _add, _item)


def _add(root: Element, item: Item, pairs: list[Pair]) -> Element:
    record = etree.SubElement(root, f"{_Q}Source")
    etree.SubElement(record, f"{_Q}Tag").text = xml_line(item.id)
    etree.SubElement(record, f"{_Q}SourceType").text = _engine().type_key(item.type).partition("/")[0]
    _TREE.build(record, pairs)
    return record


# --- names ---------------------------------------------------------------------------------------------------------


def _read_roles(element: Element, prefix: str) -> Iterable[Pair] | None:
    found: list[Pair] = []
    for role in element:
        if not isinstance(role.tag, str):
            continue
        names = [Name(literal=flat(one.text)) for one in role.iter(f"{_Q}Corporate") if flat(one.text)]
        for person in role.iter(f"{_Q}Person"):
            given = " ".join(filter(None, (flat(person.findtext(f"{_Q}First")), flat(person.findtext(f"{_Q}Middle")))))
            names.append(Name(family=flat(person.findtext(f"{_Q}Last")), given=given))
        if names:
            found.append((f"Author[{role.tag.removeprefix(_Q)}]", tuple(names)))
    return found


def _make_roles(parent: Element, step: str, payload: object) -> None:
    if not isinstance(payload, tuple):
        return
    holder = parent.find(f"{_Q}Author")
    if holder is None:
        holder = etree.SubElement(parent, f"{_Q}Author")
    role = etree.SubElement(holder, _Q + step[7:-1])
    if len(payload) == 1 and payload[0].literal:
        etree.SubElement(role, f"{_Q}Corporate").text = xml_line(payload[0].literal)
        return
    people = etree.SubElement(role, f"{_Q}NameList")
    for name in payload:
        person = etree.SubElement(people, f"{_Q}Person")
        family = name.literal or " ".join(
            filter(None, (name.dropping_particle, name.non_dropping_particle, name.family, name.suffix))
        )
        etree.SubElement(person, f"{_Q}Last").text = xml_line(family)
        if name.given:
            etree.SubElement(person, f"{_Q}First").text = xml_line(name.given)


# --- converters ----------------------------------------------------------------------------------------------------


def _write_date(value: Date, keys: Keys) -> Iterable[Pair]:
    return [(key, str(part)) for key, part in zip(keys, value.parts, strict=False)] or [(keys[0], value.literal)]


def _read_date(pairs: Sequence[Pair], keys: Keys) -> Date | None:
    found = dict(reversed(pairs))
    date = parse_date(found.get(keys[0], ""))
    if date is None or len(date.parts) != 1:
        return date
    text, day = found.get(keys[1], ""), found.get(keys[2], "")
    number = whole_number(text) or month(text)
    if not number or not 1 <= number <= 12:
        return date
    rest = (at,) if (at := whole_number(day)) and at <= 31 else ()
    return Date(parts=(date.parts[0], number, *rest))


def _write_language(value: str, keys: Keys) -> Iterable[Pair]:
    row = language_row(value)
    return ((keys[0], row.lcid if row and row.lcid else value),)


CONVERTERS = {
    **SHARED,
    "names": Converter(
        lambda value, keys: ((keys[0], value),),
        lambda pairs, keys: tuple(name for _, names in pairs for name in names),
        many=True,
    ),
    "date": Converter(_write_date, _read_date),
    "lcid": Converter(_write_language, lambda pairs, keys: language_code(pairs[0][1])),
}

_TREE = Tree(namespace=NAMESPACE, special={"Author": _read_roles}, make=_make_roles, records=frozenset({"Source"}))


def _engine() -> Mapped:
    return engine(mapping("wordxml"), _make)


def _make(table: Mapping) -> Mapped:
    return Mapped(table, CONVERTERS, xml_line)
