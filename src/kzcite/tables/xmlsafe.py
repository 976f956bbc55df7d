"""The only place that builds an XML parser: no network, no DTD, no entities, bounded depth and text."""

from __future__ import annotations

from typing import Any, NoReturn
from xml.parsers import expat

from lxml import etree

from kzcite.model.errors import InputError
from kzcite.model.limits import current


def parse_xml(
    data: bytes,
    where: str = "",
    *,
    classes: etree.ElementNamespaceClassLookup | None = None,
    remove_comments: bool = False,
    doctype: bool = False,
) -> etree._Element:
    """The root element of `data`, its elements of the classes that `classes` gives their names.

    With `doctype` a document type may be named, as JATS and EndNote files do; it is never fetched, and one that
    declares anything itself is refused. Raises InputError for XML that is not well-formed or declares a DTD, LimitError
    for one that is too deep or large.
    """
    limits = current()
    limits.check("unpacked_bytes", len(data), where)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=False,
        remove_comments=remove_comments,
    )
    if classes is not None:
        parser.set_element_class_lookup(classes)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"not well-formed XML: {error}", where=where) from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and not (doctype and _is_bare(declared)):
        raise InputError("XML with a document type declaration is not read", where=where)
    _check_depth(root, limits.xml_depth, where)
    return root


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
