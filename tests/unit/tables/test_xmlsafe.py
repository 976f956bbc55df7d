"""XML of strangers: what is refused, and that records are read one by one and forgotten."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from lxml import etree

from kzcite.model import InputError, LimitError
from kzcite.model.limits import Limits, using
from kzcite.tables.xmlsafe import iter_xml, parse_xml

LAUGHS = b'<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><r>&b;<one/></r>'


def read(data: bytes) -> Iterator[etree._Element]:
    return iter_xml(data, "x", ("one",))


def test_the_outermost_records_come_in_order_wherever_they_stand() -> None:
    data = b"<r>a<one n='1'><b/>x<one n='in'/></one>b<g><one n='2'>y<?p?></one></g><!-- c --><h/><one n='3'/></r>"
    shown = [(one.get("n"), "".join(map(str, one.itertext())), len(one)) for one in read(data)]
    assert shown == [("1", "x", 2), ("2", "y", 1), ("3", "", 0)]


def test_a_root_may_be_the_record() -> None:
    assert [one.get("n") for one in read(b"<one n='1'><a/></one>")] == ["1"]


@pytest.mark.parametrize("filler", ["", "<a><b>c</b></a>" * 30])
def test_many_records_are_whole(filler: str) -> None:
    """Across the borders at which what was read is forgotten, and of the reader's own pieces of 32 KB."""
    data = (
        "<r>" + "".join(f"<one n='{n}'><t>{n}</t><u><v>{n}</v>z</u></one>tail {filler}" for n in range(4_000)) + "</r>"
    )
    for number, one in enumerate(read(data.encode())):
        assert one.get("n") == str(number)
        assert [one.findtext("t"), one.findtext("u/v")] == [str(number)] * 2
        assert one.tail is None or one.tail.startswith("tail")
    assert number == 3_999


def test_what_is_read_is_forgotten() -> None:
    """The tree that is held does not grow with the file: counted in elements that are left of it."""
    left = []
    for size in (5_000, 40_000):
        data = "<r>" + "<one><a>b</a></one><c/>" * size + "</r>"
        for one in read(data.encode()):
            root = one.getparent()
        assert root is not None
        left.append(sum(1 for _ in root.iter()))
    gc.collect()
    assert max(left) < 10_000


@pytest.mark.parametrize("data", [LAUGHS, b"<!DOCTYPE r [<!ELEMENT r ANY>]><r/>", b"<r><one></r>", b"<r>", b"", b"\0"])
def test_declarations_and_broken_files_are_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        list(read(data))
    with pytest.raises(InputError):
        parse_xml(data, "x")


def test_a_document_type_may_be_named_where_records_are_read() -> None:
    data = b'<!DOCTYPE r SYSTEM "http://example.org/r.dtd"><r><one/></r>'
    assert len(list(read(data))) == 1
    with pytest.raises(InputError, match="document type"):
        parse_xml(data, "x")


@pytest.mark.parametrize("where", ["<one>#</one>", "#"])
def test_depth_is_bounded_in_and_outside_of_records(where: str) -> None:
    data = f"<r>{where.replace('#', '<d>' * 20 + '</d>' * 20)}</r>".encode()
    with using(Limits(xml_depth=30)):
        list(read(data))
    with using(Limits(xml_depth=15)), pytest.raises(LimitError, match="xml_depth"):
        list(read(data))


@pytest.mark.parametrize("data", [b"<a><b/><b/><b/></a>", b"<a b='' c='' d=''/>"])
def test_tags_and_attributes_of_a_tree_are_bounded(data: bytes) -> None:
    parse_xml(data, "x")
    with using(Limits(xml_elements=3)), pytest.raises(LimitError, match="xml_elements"):
        parse_xml(data, "x")
