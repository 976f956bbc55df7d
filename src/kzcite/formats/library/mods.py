"""MODS, the Library of Congress's schema. Mapping: data/mappings/mods.toml.

What belongs to the host (title, publisher, date, pages of a part) stands in its relatedItem.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml import etree

from kzcite.formats.library.faults import Faults
from kzcite.formats.library.pairs import (
    SHARED,
    format_date,
    join_pages,
    language_code,
    language_row,
    parse_date,
    split_pages,
)
from kzcite.formats.library.xmltree import (
    XLINK,
    Element,
    Tree,
    flat,
    from_xml_id,
    new_root,
    reading,
    records,
    written,
    xml_id,
    xml_line,
)
from kzcite.formats.mapped import Converter, Keys, Mapped, Pair, engine
from kzcite.formats.registry import Reading, Writing
from kzcite.model import Date, Item, Library, Name, csl
from kzcite.tables.mappings import Mapping, mapping

NAMESPACE = "http://www.loc.gov/mods/v3"
_Q = f"{{{NAMESPACE}}}"
_CSL_GENRE = "genre[authority=csl]"
_HOST = "relatedItem[type=host]/"
_RELATORS = {
    "author": "aut", "editor": "edt", "translator": "trl", "compiler": "com", "creator": "aut",
    "reporter": "aut", "inventor": "aut", "illustrator": "ill",
}  # fmt: skip


def read(data: bytes, source: str = "") -> Reading:
    """The records of a modsCollection or of one mods element; text in other namespaces is passed over."""
    faults = Faults(source)
    found = records(data, source, f"{_Q}mods", "mods")
    return reading((_item(one, one.get("ID", "") or f"e{n}") for n, one in enumerate(found, 1)), faults)


def _item(record: Element, id: str) -> Item:
    pairs = _TREE.pairs(record)
    facts: dict[str, str] = {}
    kept: list[Pair] = []
    for key, payload in pairs:
        bare = key.removeprefix(_HOST)
        if key == _CSL_GENRE:
            facts["csl"] = payload
        elif bare in ("genre[authority=marcgt]", "genre[authority=bibutilsgt]", "typeOfResource", f"{_HOST}genre") or (
            key == f"{_HOST}genre"
        ):
            facts.setdefault(("host " if key.startswith(_HOST) else "") + bare.split("[")[0], payload)
        elif bare in ("originInfo/issuance", "originInfo/place/placeTerm[type=code][authority=marccountry]"):
            facts.setdefault("issuance", payload)
        else:
            if key.startswith(_HOST):
                facts["has host"] = "yes"
                if key.startswith(f"{_HOST}part/detail"):
                    facts["has detail"] = "yes"
            kept.append((key, payload))
    return _engine().read(from_xml_id(id), _type(facts, kept), kept)


def _type(facts: dict[str, str], pairs: list[Pair]) -> str:
    """The CSL type: named in a genre of its own, else by genre, the host's genre, the kind of resource."""
    if facts.get("csl") in csl.TYPES:
        return facts["csl"]
    mapped = _engine()
    genre = facts.get("genre") or next((text for key, text in pairs if key == "genre"), "")
    host, resource = facts.get("host genre", ""), facts.get("typeOfResource", "text") or "text"
    for key in (f"{genre}|{host}|{resource}", f"{genre}|{host}|text", f"{genre}||{resource}", f"|{host}|{resource}"):
        if key != "||text" and mapped.table.csl_type(key):
            return mapped.csl_type(key)
    if facts.get("has detail"):
        return "article-journal"
    if facts.get("has host"):
        return "chapter"
    if resource != "text":
        return mapped.csl_type(f"||{resource}")
    return "book" if facts.get("issuance") == "monographic" or any("extent" in key for key, _ in pairs) else "document"


def write(library: Library) -> Writing:
    """The library as a modsCollection, and what MODS cannot hold."""
    root = new_root(f"{_Q}modsCollection", {"": NAMESPACE, "xlink": XLINK})
    return written(library, root, _engine(), _add, _item)


def _add(root: Element, item: Item, pairs: list[Pair]) -> Element:
    record = etree.SubElement(root, f"{_Q}mods", ID=xml_id(item.id), version="3.4")
    genre, host, resource = _engine().type_key(item.type).split("|")
    head = [("typeOfResource", resource)]
    if genre:
        head.append(("genre[authority=marcgt]", genre))
    head.append((_CSL_GENRE, item.type))
    at = next((n for n, (key, _) in enumerate(pairs) if key.startswith(_HOST)), len(pairs))
    if host:
        pairs = [*pairs[:at], (f"{_HOST}genre[authority=marcgt]", host), *pairs[at:]]
    _TREE.build(record, [*head, *pairs])
    return record


# --- names ---------------------------------------------------------------------------------------------------------


def _read_name(element: Element, prefix: str) -> Iterable[Pair] | None:
    """A name with its role; conferences are read as they stand."""
    if element.get("type") == "conference":
        return None
    parts: dict[str, list[str]] = {}
    role = ""
    for child in element.iter(f"{_Q}namePart", f"{_Q}roleTerm", "namePart", "roleTerm"):
        text = flat(child.text)
        if not text:
            continue
        if str(child.tag).endswith("roleTerm"):
            code = _RELATORS.get(text.casefold(), text)
            role = code if child.get("type") == "code" or not role else role
        else:
            parts.setdefault(child.get("type", ""), []).append(text)
    whole = ", ".join(parts.get("", []))
    if element.get("type") == "corporate" or (element.get("type") != "personal" and whole and "," not in whole):
        name = Name(literal=whole or " ".join(text for texts in parts.values() for text in texts))
    elif "family" in parts:
        name = Name(
            family=" ".join(parts["family"]),
            given=" ".join(parts.get("given", [])),
            suffix=" ".join(parts.get("termsOfAddress", [])),
        )
    else:
        family, _, given = whole.partition(",")
        name = Name(family=family.strip(), given=given.strip() or " ".join(parts.get("given", [])))
    return [(f"{prefix}name[{role or 'aut'}]", name)] if name != Name() else []


def _make_name(parent: Element, step: str, payload: object) -> None:
    if not isinstance(payload, Name):
        return
    role = step[5:-1]
    element = etree.SubElement(parent, f"{_Q}name", type="corporate" if payload.literal else "personal")
    for kind, text in (
        ("", payload.literal),
        ("family", " ".join(filter(None, (payload.dropping_particle, payload.non_dropping_particle, payload.family)))),
        ("given", payload.given),
        ("termsOfAddress", payload.suffix),
    ):
        if text:
            part = etree.SubElement(element, f"{_Q}namePart")
            if kind:
                part.set("type", kind)
            part.text = xml_line(text)
    term = etree.SubElement(
        etree.SubElement(element, f"{_Q}role"), f"{_Q}roleTerm", type="code", authority="marcrelator"
    )
    term.text = role


# --- converters ----------------------------------------------------------------------------------------------------


def _write_title(value: str, keys: Keys) -> Iterable[Pair]:
    return ((keys[-2], value),)


def _read_title(pairs: Sequence[Pair], keys: Keys) -> str | None:
    found = {key.rsplit("/", 1)[-1]: text for key, text in reversed(pairs)}
    title = " ".join(filter(None, (found.get("nonSort", ""), found.get("title", ""))))
    sub = found.get("subTitle", "")
    return f"{title}{'' if title[-1:] in ':?!.' else ':'} {sub}".strip(": ") if sub else title or None


def _write_pages(value: str, keys: Keys) -> Iterable[Pair]:
    first, last = split_pages(value)
    if last:
        return ((keys[0], first), (keys[1], last))
    return ((keys[2] if "," in value or "-" in value or ";" in value else keys[0], value),)


def _read_pages(pairs: Sequence[Pair], keys: Keys) -> str | None:
    found = {key.rsplit("/", 1)[-1]: text for key, text in reversed(pairs)}
    return found.get("list") or join_pages(found.get("start", ""), found.get("end", "")) or found.get("number")


def _write_date(value: Date, keys: Keys) -> Iterable[Pair]:
    if not value.parts:
        return ((keys[2], value.literal),)
    plain = not (value.until or value.circa or value.season)
    return ((keys[0] if plain else keys[1], format_date(value)),)


def _extent(text: str, unit: str) -> str:
    """`178 p.`, `5 v.` and whatever else catalogues print, without the unit."""
    return re.sub(rf"\s*\b(?:{unit}|pages|volumes|с|б|т)\.?$", "", text)


def _write_language(value: str, keys: Keys) -> Iterable[Pair]:
    row = language_row(value) or language_row(value.split("-")[0])
    pairs = [(keys[0], value)]
    return [*pairs, (keys[1], row.iso3)] if row and row.iso3 else pairs


def _read_language(pairs: Sequence[Pair], keys: Keys) -> str | None:
    found = dict(reversed(pairs))
    return language_code(found.get(keys[0]) or next(iter(found.values()))) or None


NAMES = Converter(
    lambda value, keys: [(keys[0], name) for name in value],
    lambda pairs, keys: tuple(name for _, name in pairs),
    many=True,
)
"""A pair a person; the payload is the Name."""

CONVERTERS = {
    **SHARED,
    "names": NAMES,
    "title": Converter(_write_title, _read_title),
    "container": Converter(_write_title, _read_title),
    "pages": Converter(_write_pages, _read_pages),
    "extent": Converter(lambda value, keys: ((keys[0], f"{value} p."),), lambda pairs, keys: _extent(pairs[0][1], "p")),
    "volumes": Converter(
        lambda value, keys: ((keys[0], f"{value} v."),), lambda pairs, keys: _extent(pairs[0][1], "v")
    ),
    "date": Converter(_write_date, lambda pairs, keys: parse_date(pairs[0][1])),
    "language-term": Converter(_write_language, _read_language),
}

_TREE = Tree(
    records=frozenset({"mods"}),
    namespace=NAMESPACE,
    tells=("type", "authority", "unit", "encoding"),
    skips=frozenset(
        {"displayLabel", "authorityURI", "valueURI", "usage", "xlink:href", "lang", "script", "objectPart"}
    ),
    special={"name": _read_name},
    make=_make_name,
)


def _engine() -> Mapped:
    return engine(mapping("mods"), _make)


def _make(table: Mapping) -> Mapped:
    return Mapped(table, CONVERTERS, xml_line, keeps_type=True)
