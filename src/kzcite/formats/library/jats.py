"""JATS reference lists: `<ref-list>` with element-citation, and mixed-citation with the line as printed.

NISO Z39.96-2021 (JATS 1.3). Mapping: data/mappings/jats.toml. Read from a whole article, a back or a ref-list alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from kzcite.formats.library.biblatex import COMMON
from kzcite.formats.library.faults import Faults
from kzcite.formats.library.pairs import SHARED, format_date, join_pages, parse_date, split_pages
from kzcite.formats.library.xmltree import (
    XLINK,
    XML,
    Element,
    Tree,
    apart,
    flat,
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
from kzcite.model import Date, Item, Library, Name
from kzcite.model.values import whole_number
from kzcite.tables.mappings import Mapping, mapping
from kzcite.text.dates import month

_CITATIONS = ("element-citation", "mixed-citation", "nlm-citation", "citation")
_LANG = f"{{{XML}}}lang"


def read(data: bytes, source: str = "") -> Reading:
    """The citations of a JATS file; the whole text of a mixed-citation is kept as `custom.printed`."""
    faults = Faults(source)
    items: list[Item] = []
    for ref in records(data, source, "ref"):
        id = from_xml_id(ref.get("id", "") or f"e{len(items) + 1}")
        found = apart(ref, _CITATIONS)
        structured = [one for one in found if one.tag != "mixed-citation"] or found[:1]
        printed = next((whole_text(one) for one in found if one.tag == "mixed-citation"), "")
        for number, one in enumerate(structured):
            item = _item(one, id if not number else f"{id}-{number + 1}", printed if not number else "")
            items.append(item)
        if not structured:
            faults.add("PRS102", f"ref {id}", whole_text(ref))
    return reading(items, faults)


def _item(citation: Element, id: str, printed: str = "") -> Item:
    pairs = _TREE.pairs(citation)
    language = citation.get(_LANG)
    if language:
        pairs.append(("@xml:lang", language))
    kind = citation.get("publication-type", "") or citation.get("citation-type", "")
    use = citation.get("specific-use", "")
    keys = {key for key, _ in pairs}
    if kind == "book" and not use and {"chapter-title", "article-title"} & keys and "source" in keys:
        use = "chapter"
    csl_type = _engine().csl_type(f"{kind}/{use}", kind)
    return _engine().read(id, csl_type, pairs, {"printed": printed} if printed else None)


def write(library: Library, lines: Sequence[str] = ()) -> Writing:
    """The library as a `<ref-list>`; with `lines`, one an item, each stands beside as mixed-citation."""
    root = new_root("ref-list", {"xlink": XLINK})
    printed = dict(zip((item.id for item in library), lines, strict=False))

    def add(root: Element, item: Item, pairs: list[Pair]) -> Element:
        line = printed.get(item.id) or item.custom.get("printed")
        ref = etree.SubElement(root, "ref", id=xml_id(item.id))
        holder = etree.SubElement(ref, "citation-alternatives") if line else ref
        citation = etree.SubElement(holder, "element-citation")
        _fill(citation, item, pairs)
        if isinstance(line, str) and line:
            mixed = etree.SubElement(holder, "mixed-citation")
            mixed.set("publication-type", citation.get("publication-type", "other"))
            mixed.text = xml_line(line)
        return citation

    def back(citation: Element, id: str) -> Item:
        beside = citation.getnext()
        return _item(citation, id, "" if beside is None else beside.text or "")

    return written(library, root, _engine(), add, back)


def _fill(citation: Element, item: Item, pairs: list[Pair]) -> None:
    kind, _, use = _engine().type_key(item.type).partition("/")
    citation.set("publication-type", kind)
    if use:
        citation.set("specific-use", use)
    _TREE.build(citation, [pair for pair in pairs if pair[0] != "@xml:lang"])
    for key, payload in pairs:
        if key == "@xml:lang":
            citation.set(_LANG, payload)
        elif key == "ext-link[ext-link-type=uri]":
            for link in citation.iter("ext-link"):
                link.set(f"{{{XLINK}}}href", payload)


# --- names ---------------------------------------------------------------------------------------------------------


def _read_group(element: Element, prefix: str) -> Iterable[Pair] | None:
    role = element.get("person-group-type", "author")
    names = [name for child in element.iter("name", "string-name", "collab") if (name := _name(child)) != Name()]
    return [(f"{prefix}person-group[person-group-type={role}]", tuple(names))] if names else []


def _read_loose(element: Element, prefix: str) -> Iterable[Pair] | None:
    """A name outside a person-group is an author's."""
    name = _name(element)
    return [(f"{prefix}person-group[person-group-type=author]", (name,))] if name != Name() else []


def _name(element: Element) -> Name:
    if element.tag == "collab":
        return Name(literal=whole_text(element))
    found = {str(child.tag): flat(child.text) for child in element}
    if "surname" not in found and "given-names" not in found:
        return Name(literal=whole_text(element))
    return Name(
        family=found.get("surname", ""),
        given=found.get("given-names", ""),
        suffix=found.get("suffix", ""),
        non_dropping_particle=found.get("prefix", ""),
    )


def _make_group(parent: Element, step: str, payload: object) -> None:
    if not isinstance(payload, tuple):
        return
    group = etree.SubElement(parent, "person-group")
    group.set("person-group-type", step.partition("=")[2][:-1])
    for one in payload:
        if one.literal:
            etree.SubElement(group, "collab").text = xml_line(one.literal)
            continue
        name = etree.SubElement(group, "name")
        particle = " ".join(filter(None, (one.dropping_particle, one.non_dropping_particle)))
        for tag, text in (
            ("surname", one.family),
            ("given-names", one.given),
            ("prefix", particle),
            ("suffix", one.suffix),
        ):
            if text:
                etree.SubElement(name, tag).text = xml_line(text)


# --- converters ----------------------------------------------------------------------------------------------------


def _write_pages(value: str, keys: Keys) -> Iterable[Pair]:
    first, last = split_pages(value)
    if last:
        return ((keys[0], first), (keys[1], last))
    return ((keys[2] if any(sign in value for sign in ",;-") else keys[0], value),)


def _read_pages(pairs: Sequence[Pair], keys: Keys) -> str | None:
    found = dict(reversed(pairs))
    return found.get(keys[2]) or join_pages(found.get(keys[0], ""), found.get(keys[1], "")) or None


def _write_date(value: Date, keys: Keys) -> Iterable[Pair]:
    plain = value.parts and not (value.until or value.circa or value.season)
    if not plain:
        return ((keys[0], format_date(value)),)
    return [
        (key, f"{part:04d}" if not at else str(part))
        for at, (key, part) in enumerate(zip(keys, value.parts, strict=False))
    ]


def _read_date(pairs: Sequence[Pair], keys: Keys) -> Date | None:
    found = {key.rsplit("/", 1)[-1]: text for key, text in reversed(pairs)}
    date = parse_date(found.get("year", ""))
    if date is None or len(date.parts) != 1 or date.until or date.circa or date.season:
        return date
    text = found.get("month", "")
    number = whole_number(text) or month(text)
    if not number or not 1 <= number <= 12:
        return date
    day = found.get("day", "")
    rest = (at,) if (at := whole_number(day)) and at <= 31 else ()
    return Date(parts=(date.parts[0], number, *rest))


CONVERTERS = {
    **SHARED,
    "doi": COMMON["doi"],
    "names": Converter(
        lambda value, keys: ((keys[0], value),),
        lambda pairs, keys: tuple(name for _, names in pairs for name in names),
        many=True,
    ),
    "pages": Converter(_write_pages, _read_pages),
    "date": Converter(_write_date, _read_date),
    "link": Converter(lambda value, keys: ((keys[0], value),), lambda pairs, keys: pairs[0][1]),
}

_TREE = Tree(
    records=frozenset({"ref", *_CITATIONS}),
    prefixes={"xlink": XLINK},
    tells=("person-group-type", "pub-id-type", "ext-link-type", "content-type", "units"),
    skips=frozenset("xlink:href xlink:type iso-8601-date xml:lang id year calendar assigning-authority".split()),
    inline={"italic": "italic", "bold": "bold", "sup": "sup", "sub": "sub", "sc": "small-caps", "styled-content": "",
            "named-content": "", "xref": ""},
    special={"person-group": _read_group, "name": _read_loose, "string-name": _read_loose, "collab": _read_loose,
             "etal": lambda element, prefix: []},
    make=_make_group,
)  # fmt: skip


def _engine() -> Mapped:
    return engine(mapping("jats"), _make)


def _make(table: Mapping) -> Mapped:
    return Mapped(table, CONVERTERS, xml_line)
