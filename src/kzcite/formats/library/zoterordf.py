"""Zotero RDF, the fullest of Zotero's own exchange formats. Mapping: data/mappings/zoterordf.toml.

A host that stands apart and is pointed to by rdf:resource is read as if it stood inside. What RDF has no element for is
written into Zotero's Extra field, `variable: value` a line, which Zotero itself reads as that CSL variable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml import etree

from kzcite.formats.library.faults import Faults
from kzcite.formats.library.pairs import SHARED, format_date, parse_date
from kzcite.formats.library.people import format_person, parse_person
from kzcite.formats.library.xmltree import Element, Tree, flat, reading, written, xml_line
from kzcite.formats.mapped import Converter, Keys, Mapped, Pair, engine, losses_between
from kzcite.formats.registry import Reading, Writing
from kzcite.model import Date, Field, Item, Library, Name, csl
from kzcite.model.limits import current
from kzcite.tables.mappings import Mapping, mapping
from kzcite.tables.xmlsafe import parse_xml

_SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "z": "http://www.zotero.org/namespaces/export#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "bib": "http://purl.org/net/biblio#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://nwalsh.com/rdf/vCard#",
    "prism": "http://prismstandard.org/namespaces/1.2/basic/",
    "link": "http://purl.org/rss/1.0/modules/link/",
}
_RDF = f"{{{_SPACES['rdf']}}}"
_ITEM_TYPE = f"{{{_SPACES['z']}}}itemType"
_HOSTS = frozenset(
    f"{{{uri}}}{name}"
    for uri, name in (
        (_SPACES["bib"], "Journal"),
        (_SPACES["bib"], "Series"),
        (_SPACES["bib"], "Conference"),
        (_SPACES["z"], "Website"),
        (_SPACES["bib"], "Memo"),
        (_SPACES["z"], "Collection"),
    )
)
_NUMBERS = ("ISSN ", "ISBN ", "PMID ", "DOI ")
_ELEMENTS = {
    "book": "Book", "bookSection": "BookSection", "journalArticle": "Article", "magazineArticle": "Article",
    "newspaperArticle": "Article", "thesis": "Thesis", "report": "Report", "manuscript": "Manuscript",
    "patent": "Patent", "letter": "Letter", "statute": "Legislation", "webpage": "Document", "document": "Document",
}  # fmt: skip


def read(data: bytes, source: str = "") -> Reading:
    """The items of a Zotero RDF export; attachments, notes and collections are passed over."""
    faults = Faults(source)
    root = parse_xml(data, source, remove_comments=True)
    apart = {one.get(f"{_RDF}about", ""): one for one in root if isinstance(one.tag, str)}
    known: dict[tuple[str, str], list[Pair]] = {}
    items: list[Item] = []
    for record in root:
        kind = record.findtext(_ITEM_TYPE) if isinstance(record.tag, str) else None
        if record.tag in _HOSTS or kind in ("attachment", "note", "annotation") or not isinstance(record.tag, str):
            continue
        if kind is None and not record.tag.startswith(f"{{{_SPACES['bib']}}}"):
            continue
        current().check("entries", len(items) + 1, source)
        about = record.get(f"{_RDF}about", "")
        hosts = [pair for pointer in record.iterfind(f"*[@{_RDF}resource]") for pair in _host(pointer, apart, known)]
        items.append(_item(record, about[1:] if about.startswith("#") else f"e{len(items) + 1}", hosts))
    return reading(items, faults)


_LARGEST_HOST = 60
"""Fields of a journal, series or site; a larger one is no host, and many items may point to it."""


def _host(pointer: Element, apart: dict[str, Element], known: dict[tuple[str, str], list[Pair]]) -> list[Pair]:
    """The pairs of the host that a pointer names, read once for all that point to it."""
    about, step = pointer.get(f"{_RDF}resource", ""), _TREE.local(str(pointer.tag))
    if (about, step) not in known:
        host = apart.get(about)
        pairs: list[Pair] = []
        if host is not None and host.tag in _HOSTS:
            pairs = _TREE.pairs(host, f"{step}/{_TREE.local(str(host.tag))}/")
        known[about, step] = pairs if len(pairs) <= _LARGEST_HOST else []
    return known[about, step]


def _item(record: Element, id: str, hosts: Iterable[Pair] = ()) -> Item:
    mapped = _engine()
    pairs: list[Pair] = []
    kind = ""
    for key, payload in (*_TREE.pairs(record), *hosts):
        if key == "z:itemType":
            kind = payload
        elif key.rsplit("/", 1)[-1] == "dc:identifier" and payload.startswith(_NUMBERS):
            name, _, value = payload.partition(" ")
            pairs.append((f"{key}[{name}]", value))
        elif key == "dc:description":
            pairs += _from_extra(payload)
        else:
            pairs.append((key, payload))
    item = mapped.read(id, mapped.csl_type(kind), [pair for pair in pairs if pair[0][0] != "+"])
    return _with_extra(item, [(key[1:], text) for key, text in pairs if key[0] == "+"])


# --- Extra ---------------------------------------------------------------------------------------------------------

_EXTRA_LINE = re.compile(r"([A-Za-z_-]+): (.*)")


def _from_extra(text: str) -> list[Pair]:
    """`+variable` pairs for the lines that name a CSL variable, a note for the rest."""
    found: list[Pair] = []
    rest: list[str] = []
    for line in text.split("\n"):
        match = _EXTRA_LINE.fullmatch(line.strip())
        if match and (match[1] in csl.KIND or match[1].startswith("custom.")):
            found.append(("+" + match[1], match[2]))
        else:
            rest.append(line)
    note = flat("\n".join(rest))
    return [*found, ("dc:description[extra]", note)] if note else found


def _with_extra(item: Item, extra: list[Pair]) -> Item:
    values: dict[str, object] = {}
    people: dict[str, list[Name]] = {}
    for name, text in extra:
        kind = csl.KIND.get(name)
        if kind == "name":
            people.setdefault(name, []).append(parse_person(text.replace(" || ", ", ")))
        elif kind == "date":
            values.setdefault(name, parse_date(text))
        elif kind == "type":
            if text in csl.TYPES:
                item = item.with_field("type", text)
        else:
            values.setdefault(name, text)
    for name, names in people.items():
        values.setdefault(name, tuple(names))
    fields = list(item.fields)
    for name, value in values.items():
        if isinstance(value, str | tuple | Date) and name not in item:
            fields.append(Field(name, value))
    return Item(item.id, tuple(fields), custom=item.custom)


def _extra_lines(item: Item, missing: Iterable[str]) -> Iterable[str]:
    for name in missing:
        value = item.get(name)
        if isinstance(value, tuple):
            yield from (f"{name}: {xml_line(format_person(one)).replace(', ', ' || ')}" for one in value)
        elif isinstance(value, Date):
            yield f"{name}: {xml_line(format_date(value))}"
        elif isinstance(value, str):
            yield f"{name}: {xml_line(value)}"


# --- writing -------------------------------------------------------------------------------------------------------


def write(library: Library) -> Writing:
    """The library as Zotero RDF, and what it cannot hold."""
    root = etree.Element(f"{_RDF}RDF", nsmap=_SPACES)
    return written(library, root, _engine(), _add, _item)


def _add(root: Element, item: Item, pairs: list[Pair]) -> Element:
    mapped = _engine()
    kind = mapped.type_key(item.type)
    back = mapped.read(item.id, mapped.csl_type(kind), pairs)
    missing = sorted(loss.name for loss in losses_between(item, back) if not loss.name.startswith("custom."))
    lines = list(_extra_lines(item, missing))
    if lines:
        note = [payload for key, payload in pairs if key == "dc:description[extra]"]
        pairs = [pair for pair in pairs if pair[0] != "dc:description[extra]"]
        pairs.append(("dc:description[extra]", "\n".join([*lines, *note])))
    record = etree.SubElement(root, f"{{{_SPACES['bib']}}}{_ELEMENTS.get(kind, 'Document')}")
    record.set(f"{_RDF}about", f"#{xml_line(item.id)}")
    etree.SubElement(record, _ITEM_TYPE).text = kind
    written_pairs: list[Pair] = []
    for key, payload in pairs:
        name, _, label = key.rpartition("[")
        if label in ("ISSN]", "ISBN]", "DOI]", "PMID]"):
            written_pairs.append((name, f"{label[:-1]} {payload}"))
        elif label == "extra]":
            written_pairs.append((name, payload))
        else:
            written_pairs.append((key, payload))
    _TREE.build(record, written_pairs)
    return record


# --- names ---------------------------------------------------------------------------------------------------------


def _read_people(element: Element, prefix: str) -> Iterable[Pair] | None:
    names: list[Name] = []
    for person in element.iter(f"{{{_SPACES['foaf']}}}Person"):
        parts = {etree.QName(one).localname: flat(one.text) for one in person if isinstance(one.tag, str)}
        family, given = parts.get("surname", ""), parts.get("givenName", "") or parts.get("givenname", "")
        if "name" in parts:
            names.append(Name(literal=parts["name"]))
        elif family or given:
            names.append(Name(family, given))
    return [(prefix + _TREE.local(str(element.tag)), tuple(names))] if names else []


def _make_people(parent: Element, step: str, payload: object) -> None:
    if not isinstance(payload, tuple):
        return
    foaf = f"{{{_SPACES['foaf']}}}"
    sequence = etree.SubElement(etree.SubElement(parent, _TREE.qualified(step)), f"{_RDF}Seq")
    for name in payload:
        person = etree.SubElement(etree.SubElement(sequence, f"{_RDF}li"), f"{foaf}Person")
        if name.literal:
            etree.SubElement(person, f"{foaf}name").text = xml_line(name.literal)
            continue
        family = " ".join(filter(None, (name.dropping_particle, name.non_dropping_particle, name.family, name.suffix)))
        etree.SubElement(person, f"{foaf}surname").text = xml_line(family)
        if name.given:
            etree.SubElement(person, f"{foaf}givenName").text = xml_line(name.given)


def _read_extra(element: Element, prefix: str) -> Iterable[Pair]:
    """Extra keeps its lines."""
    return [(f"{prefix}dc:description", "".join(str(one) for one in element.itertext()))]


_PEOPLE_TAGS = (
    "bib:authors", "bib:editors", "bib:contributors", "z:translators", "z:seriesEditors", "z:bookAuthors",
    "z:reviewedAuthors", "z:recipients", "z:interviewers", "z:interviewees", "z:programmers", "z:inventors",
    "z:presenters", "z:artists", "z:cartographers", "z:directors", "z:podcasters", "z:performers",
)  # fmt: skip


def _read_date(pairs: Sequence[Pair], keys: Keys) -> Date | None:
    return parse_date(pairs[0][1].replace(" ", "T", 1) if re.match(r"\d{4}-\d\d-\d\d \d", pairs[0][1]) else pairs[0][1])


CONVERTERS = {
    **SHARED,
    "names": Converter(
        lambda value, keys: ((keys[0], value),),
        lambda pairs, keys: tuple(name for _, names in pairs for name in names),
        many=True,
    ),
    "date": Converter(lambda value, keys: ((keys[0], format_date(value)),), _read_date),
}

_TREE = Tree(
    prefixes=_SPACES,
    skips=frozenset({"rdf:resource", "rdf:about"}),
    special={**dict.fromkeys(_PEOPLE_TAGS, _read_people), "dc:description": _read_extra},
    make=_make_people,
)


def _engine() -> Mapped:
    return engine(mapping("zoterordf"), _make)


def _make(table: Mapping) -> Mapped:
    return Mapped(table, CONVERTERS, xml_line)
