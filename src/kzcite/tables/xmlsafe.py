"""The only place that builds an XML parser: no network, no DTD, no entities, bounded depth and number of elements."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn
from xml.parsers import expat

from lxml import etree

from kzcite.model.errors import InputError
from kzcite.model.limits import current

_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "recover": False,
}


def parse_xml(
    data: bytes,
    where: str = "",
    *,
    classes: etree.ElementNamespaceClassLookup | None = None,
    remove_comments: bool = False,
) -> etree._Element:
    """The root element of `data`, its elements of the classes that `classes` gives their names.

    Raises InputError for XML that is not well-formed or has a document type, LimitError for one that is too deep or
    large.
    """
    limits = current()
    limits.check("unpacked_bytes", len(data), where)
    limits.check("xml_elements", count_marks(data), where)
    parser = etree.XMLParser(**_SAFE, remove_comments=remove_comments)
    if classes is not None:
        parser.set_element_class_lookup(classes)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"not well-formed XML: {error}", where=where) from error
    _check_declared(root, False, where)
    _check_depth(root, limits.xml_depth, where)
    return root


def iter_xml(data: bytes, where: str, tags: Sequence[str]) -> Iterator[etree._Element]:
    """The outermost elements of these names one by one, each forgotten with all before it when the next is asked for.

    A document type may be named, as JATS and EndNote files do; it is never fetched, and one that declares anything
    itself is refused. The tree never holds more than one record and the elements
    around it, so that memory does not grow with the file. Raises as `parse_xml` does, for the part read so far.
    """
    limits = current()
    limits.check("unpacked_bytes", len(data), where)
    bound, depth, inside, passed = limits.xml_depth, 0, 0, 0
    try:
        events = etree.iterparse(io.BytesIO(data), events=("start", "end"), remove_comments=True, **_SAFE)
        for event, element in events:
            if event == "start":
                if not depth:
                    _check_declared(element, True, where)
                depth += 1
                if depth > bound:
                    limits.check("xml_depth", depth, where)
                if inside or element.tag in tags:
                    inside += 1
                continue
            depth -= 1
            passed += 1
            if inside:
                inside -= 1
                if inside:
                    continue
                yield element
            if passed > _PASSED:
                passed = 0
                _forget(element)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"not well-formed XML: {error}", where=where) from error


_PASSED = 1_000
"""Elements that are kept before all that is read is forgotten."""


def _forget(element: etree._Element) -> None:
    """Empty an element that is read and drop what stands before it, and before the elements around it."""
    element.clear(keep_tail=True)  # type: ignore[call-arg]  # its tail may be half read
    parent = element.getparent()
    while parent is not None:
        del parent[: parent.index(element)]
        element, parent = parent, parent.getparent()


def count_marks(data: bytes) -> int:
    """The tags and attributes of a file, before a tree is made of it; `=` in a text counts too.

    Every piece of text stands between two tags, so that its number is bounded with theirs.
    """
    return data.count(b"<") + data.count(b"=")


def _check_declared(root: etree._Element, may_be_named: bool, where: str) -> None:
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and not (may_be_named and _is_bare(declared)):
        raise InputError("XML with a document type declaration is not read", where=where)


def _is_bare(dtd: Any) -> bool:
    """Whether a document type declares no entity and no element of its own."""
    return not dtd.entities() and not dtd.elements()


def _check_depth(root: etree._Element, bound: int, where: str) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > bound:
            current().check("xml_depth", depth, where)


def placing_parser(where: str = "") -> expat.XMLParserType:
    """An expat parser, which knows the byte place of every event; names come as `URI local`.

    A document type declaration raises InputError, so that no entity can be declared; bounds are the caller's to check.
    """
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse(*_: object) -> NoReturn:
        raise InputError("XML with a document type declaration is not read", where=where)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    return parser
