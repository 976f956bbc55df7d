"""XML with byte places: every element's bytes, whatever the spelling of the source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcite.formats.placedxml import Element, Text, Tree, parse_placed
from kzcite.formats.splices import ByteCount, Splice, escape, escape_attribute, splice
from kzcite.model import InputError, LimitError, Limits
from kzcite.model.limits import using

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def tree(inner: str) -> Tree:
    return parse_placed(f'<?xml version="1.0"?><!-- a > b --><w:a {W}>{inner}</w:a>'.encode(), "x")


def raws(one: Tree) -> list[str]:
    return [one.raw(element).decode() for element in one.root.walk()][1:]


def test_empty_tags_and_awkward_attributes_have_their_bytes() -> None:
    inner = """<w:b/><w:c x="a/>b" y='&lt;"'></w:c><w:d>t/></w:d><w:e><w:f z=">"/></w:e>"""
    assert raws(tree(inner)) == [
        "<w:b/>",
        """<w:c x="a/>b" y='&lt;"'></w:c>""",
        "<w:d>t/></w:d>",
        '<w:e><w:f z=">"/></w:e>',
        '<w:f z=">"/>',
    ]


def test_tags_are_named_by_namespace_not_by_prefix() -> None:
    one = parse_placed(b'<q:a xmlns:q="http://purl.oclc.org/ooxml/wordprocessingml/main"><q:b q:c="1"/></q:a>', "x")
    assert [(x.tag, x.attributes) for x in one.root.walk()] == [("w:a", {}), ("w:b", {"w:c": "1"})]
    assert (one.prefix(one.root), one.end_tag(one.root)) == (b"q:", b"</q:a>")
    other = parse_placed(b'<a xmlns="urn:other"><b/></a>', "x")
    assert [x.tag for x in other.root.walk()] == ["{urn:other}a", "{urn:other}b"]


def test_characters_know_their_bytes_over_entities_and_sections() -> None:
    one = tree("<w:t>а&amp;б</w:t><w:t>x<![CDATA[<y>]]>z<!-- c -->ш</w:t>")
    texts = [t for e in one.root.walk() for t in e.children if isinstance(t, Text)]
    assert [(t.text, one.data[t.start : t.end].decode()) for t in texts] == [
        ("а&б", "а&amp;б"),
        ("x", "x"),
        ("<y>", "<y>"),
        ("z", "z"),
        ("ш", "ш"),
    ]


def test_looking_around() -> None:
    one = tree("<w:p><w:r><w:t>x</w:t></w:r></w:p>").root
    found = one.find("w:p", "w:r", "w:t")
    assert isinstance(found, Element)
    assert found.above("w:p") is one.find("w:p")
    assert found.above("w:tbl") is None
    assert one.find("w:p", "w:x", "w:t") is None
    assert one.text() == "x"


@pytest.mark.parametrize("data", [b"<a>", b"", b"<a>&x;</a>", b"<!DOCTYPE a><a/>", b"<a/><b/>", b"\xff\xfe<\0a\0"])
def test_broken_and_dangerous_xml_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        parse_placed(data, "x")


@pytest.mark.parametrize(
    ("name", "data"), [("document_elements", b"<a><b/><b/><b/></a>"), ("xml_text", b"<a>abcd</a>")]
)
def test_bounds(name: str, data: bytes) -> None:
    with using(Limits(**{name: 3})), pytest.raises(LimitError, match=name):
        parse_placed(data, "x")


def test_names_are_bounded() -> None:
    """Each different name costs some hundred bytes; the formats have a few hundred names."""
    few = "".join(f"<a{n}/>" for n in range(9_000))
    assert len(parse_placed(f"<r>{few}</r>".encode(), "x").root.children) == 9_000
    many = "".join(f"<a{n} b{n}=''/>" for n in range(6_000))
    with pytest.raises(InputError, match="different names"):
        parse_placed(f"<r>{many}</r>".encode(), "x")


def test_other_encodings_become_utf8() -> None:
    data = (
        '<?xml version="1.0" encoding="windows-1251"?><a>құс</a>'.replace("қ", "к").replace("ұ", "у").encode("cp1251")
    )
    one = parse_placed(data, "x")
    assert one.root.text() == "кус"
    assert b'encoding="UTF-8"' in one.data


def test_splices_in_any_order_the_wider_over_the_narrower() -> None:
    splices = [
        Splice(4, 4, 2, b"2"),
        Splice(1, 3, 0, b"-"),
        Splice(4, 4, 1, b"1"),
        Splice(2, 3, 0, b"?"),
        Splice(1, 1, 1, b"+"),
    ]
    assert splice(b"abcdef", splices) == b"a+-d12ef"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_escaped_characters_come_back(text: str) -> None:
    printable = "".join(one if one in "\t\n" or (one >= " " and one not in "\x7f\ufffe\uffff") else " " for one in text)
    data = b'<a b="' + escape_attribute(printable) + b'">' + escape(printable) + b"</a>"
    one = parse_placed(data, "x")
    assert one.root.text() == printable
    assert one.root.get("b") == printable


@given(st.lists(st.sampled_from(["а", "b", "&amp;", "&#1072;", "&#x43;", "\r\n", "𝔸"]), max_size=12), st.data())
def test_bytes_of_characters(tokens: list[str], draw: st.DataObject) -> None:
    raw = "".join(tokens).encode()
    for _ in range(3):
        n = draw.draw(st.integers(0, len(tokens)))
        assert ByteCount(raw).of(n) == len("".join(tokens[:n]).encode())
    count = ByteCount(raw)
    assert [count.of(n) for n in (len(tokens), 0)] == [len(raw), 0]
