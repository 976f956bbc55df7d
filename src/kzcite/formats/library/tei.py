"""TEI P5: biblStruct in a listBibl; Guidelines, 3.12.2. GROBID's output is read too.

Mapping: data/mappings/tei.toml.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from kzcite.formats.library.faults import Faults
from kzcite.formats.library.pairs import SHARED, format_date, format_iso, join_pages, parse_date
from kzcite.formats.library.xmltree import (
    XML,
    Element,
    Tree,
    from_xml_id,
    new_root,
    reading,
    records,
    whole_text,
    written,
    xml_id,
    xml_line,
)
from kzcite.formats.mapped import Converter, Keys, Mapped, Pair, engine
from kzcite.formats.registry import Reading, Writing
from kzcite.model import Date, Item, Library, Name, csl
from kzcite.tables.mappings import Mapping, mapping

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_Q = f"{{{NAMESPACE}}}"
_ID, _LANG = f"{{{XML}}}id", f"{{{XML}}}lang"


def read(data: bytes, source: str = "") -> Reading:
    """Every biblStruct of a TEI file."""
    faults = Faults(source)
    found = records(data, source, f"{_Q}biblStruct")
    return reading((_item(one, from_xml_id(one.get(_ID, "") or f"e{n}")) for n, one in enumerate(found, 1)), faults)


def _item(record: Element, id: str) -> Item:
    pairs = _TREE.pairs(record)
    language = record.get(_LANG)
    if language:
        pairs.append(("@xml:lang", language))
    return _engine().read(id, _type(record.get("type", ""), {key for key, _ in pairs}), pairs)


def _type(given: str, keys: set[str]) -> str:
    """The CSL type in `type`, else what analytic, levels and meeting show."""
    if given in csl.TYPES:
        return given
    if any(key.startswith("analytic/") for key in keys):
        if "monogr/title[level=j]" in keys:
            return "article-journal"
        return "paper-conference" if any(key.startswith("monogr/meeting") for key in keys) else "chapter"
    return "book" if "monogr/title[level=m]" in keys else "document"


def write(library: Library) -> Writing:
    """The library as a listBibl, and what TEI cannot hold."""
    root = new_root(f"{_Q}listBibl", {"": NAMESPACE})
    return written(library, root, _engine(), _add, _item)


def _add(root: Element, item: Item, pairs: list[Pair]) -> Element:
    record = etree.SubElement(root, f"{_Q}biblStruct")
    record.set(_ID, xml_id(item.id))
    record.set("type", item.type)
    language = next((payload for key, payload in pairs if key == "@xml:lang"), None)
    if language:
        record.set(_LANG, language)
    _TREE.build(record, [pair for pair in pairs if pair[0] != "@xml:lang"])
    _complete(record)
    return record


def _complete(record: Element) -> None:
    """What biblStruct asks for even where it is empty: monogr, with a title and an imprint (Guidelines, 3.12.2)."""
    monogr = record.find(f"{_Q}monogr")
    if monogr is None:
        monogr = etree.Element(f"{_Q}monogr")
        record.insert(len(record.findall(f"{_Q}analytic")), monogr)
    if monogr.find(f"{_Q}title") is None:
        heads = sum(1 for child in monogr if child.tag in (f"{_Q}author", f"{_Q}editor", f"{_Q}meeting"))
        monogr.insert(heads, etree.Element(f"{_Q}title"))
    if monogr.find(f"{_Q}imprint") is None:
        imprint = etree.Element(f"{_Q}imprint")
        etree.SubElement(imprint, f"{_Q}date")
        monogr.insert(len(monogr) - len(monogr.findall(f"{_Q}extent")), imprint)


# --- names ---------------------------------------------------------------------------------------------------------


def _read_person(element: Element, prefix: str) -> Iterable[Pair] | None:
    role = element.get("role", "")
    step = (
        "author" if element.tag == f"{_Q}author" else f"editor[role={role}]" if role not in ("", "editor") else "editor"
    )
    person = element.find(f"{_Q}persName")
    body = element.find(f"{_Q}orgName")
    if body is not None:
        name = Name(literal=whole_text(body))
    elif person is None:
        text = whole_text(element)
        family, comma, given = text.partition(",")
        name = Name(family.strip(), given.strip()) if comma else Name(literal=text)
    else:
        parts: dict[str, list[str]] = {}
        for child in person:
            if isinstance(child.tag, str):
                parts.setdefault(child.tag.removeprefix(_Q), []).append(whole_text(child))
        name = Name(
            family=" ".join(parts.get("surname", [])),
            given=" ".join(parts.get("forename", [])),
            suffix=" ".join(parts.get("genName", [])),
            non_dropping_particle=" ".join(parts.get("nameLink", [])),
        )
        if name == Name():
            name = Name(literal=whole_text(person))
    return [(prefix + step, name)] if name != Name() else []


def _make_person(parent: Element, step: str, payload: object) -> None:
    if not isinstance(payload, Name):
        return
    tag, _, role = step.partition("[role=")
    element = etree.SubElement(parent, _Q + tag)
    if role:
        element.set("role", role[:-1])
    if payload.literal:
        etree.SubElement(element, f"{_Q}orgName").text = xml_line(payload.literal)
        return
    person = etree.SubElement(element, f"{_Q}persName")
    particle = " ".join(filter(None, (payload.dropping_particle, payload.non_dropping_particle)))
    for name, text in (
        ("forename", payload.given),
        ("nameLink", particle),
        ("surname", payload.family),
        ("genName", payload.suffix),
    ):
        if text:
            etree.SubElement(person, _Q + name).text = xml_line(text)


# --- converters ----------------------------------------------------------------------------------------------------


def _write_date(value: Date, keys: Keys) -> Iterable[Pair]:
    """`when` for a plain date, `when-custom` (EDTF) for a range; words as text."""
    if not value.parts:
        return ((keys[2], value.literal),)
    if value.until or value.circa or value.season:
        return ((keys[1], format_date(value)),)
    return ((keys[0], format_iso(value.parts)),)


def _read_date(pairs: Sequence[Pair], keys: Keys) -> Date | None:
    attributes = [text for key, text in pairs if "@" in key]
    return parse_date(attributes[0] if attributes else pairs[0][1])


def _read_pages(pairs: Sequence[Pair], keys: Keys) -> str | None:
    found = {key.rsplit("/", 1)[-1]: text for key, text in reversed(pairs)}
    whole = [text for key, text in pairs if "@" not in key]
    return join_pages(whole[0], "") if whole else join_pages(found.get("@from", ""), found.get("@to", "")) or None


CONVERTERS = {
    **SHARED,
    "names": Converter(
        lambda value, keys: [(keys[0], name) for name in value],
        lambda pairs, keys: tuple(name for _, name in pairs),
        many=True,
    ),
    "pages": Converter(lambda value, keys: ((keys[0], value),), _read_pages),
    "date": Converter(_write_date, _read_date),
    "edtf": Converter(lambda value, keys: ((keys[0], format_date(value)),), _read_date),
}

_TREE = Tree(
    records=frozenset({"biblStruct"}),
    namespace=NAMESPACE,
    tells=("level", "type", "unit", "role"),
    skips=frozenset({"xml:lang", "xml:id", "status", "resp", "cert"}),
    inline={"hi": ""},
    special={"author": _read_person, "editor": _read_person},
    make=_make_person,
)


def _engine() -> Mapped:
    return engine(mapping("tei"), _make)


def _make(table: Mapping) -> Mapped:
    return Mapped(table, CONVERTERS, xml_line, keeps_type=True)
