"""The citation_list of a Crossref deposit, written only. Schema 5.3.1; mapping: data/mappings/crossref.toml.

Structured elements where there are any, and the whole line as unstructured_citation always.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from kzcite.formats.library.xmltree import Tree, to_bytes, xml_id, xml_line
from kzcite.formats.mapped import Converter, Mapped, as_text, engine
from kzcite.formats.registry import Writing
from kzcite.model import Library, Loss
from kzcite.tables.mappings import Mapping, mapping

_PARTLY = frozenset({"author", "page", "issued"})


def write(library: Library, lines: Sequence[str]) -> Writing:
    """A citation for each item with its line; what has no element of its own is told as a loss."""
    root = etree.Element("citation_list")
    losses: list[Loss] = []
    tree = Tree()
    mapped = engine(mapping("crossref"), _make)
    structured = {(row.csl, type_) for row in mapped.table.fields for type_ in row.types or ("",)}
    for item, line in zip(library, lines, strict=True):
        citation = etree.SubElement(root, "citation", key=xml_id(item.id))
        tree.build(citation, mapped.write(item))
        unstructured = etree.SubElement(citation, "unstructured_citation")
        unstructured.text = xml_line(line)
        for field in item.fields:
            whole = (field.name, "") in structured or (field.name, item.type) in structured
            if whole and not (field.name in _PARTLY and _is_cut(field.name, field.value)):
                continue
            reason = "only its beginning has an element" if whole else "only in the unstructured line"
            losses.append(Loss(item.id, field.name, as_text(field.value), reason))
    return Writing(to_bytes(root), tuple(losses))


def _is_cut(name: str, value: object) -> bool:
    if name == "author":
        return isinstance(value, tuple) and (len(value) > 1 or bool(value[0].given))
    if name == "page":
        return "-" in str(value) or "," in str(value)
    return "-" in str(value)


CONVERTERS = {
    "first-author": Converter(
        lambda value, keys: ((keys[0], value[0].family or value[0].literal),), lambda pairs, keys: None
    ),
    "first-page": Converter(
        lambda value, keys: ((keys[0], value.split("-")[0].split(",")[0]),), lambda pairs, keys: None
    ),
    "year": Converter(
        lambda value, keys: ((keys[0], f"{value.year:04d}"),) if value.year else (), lambda pairs, keys: None
    ),
}


def _make(table: Mapping) -> Mapped:
    return Mapped(table, CONVERTERS, xml_line)
