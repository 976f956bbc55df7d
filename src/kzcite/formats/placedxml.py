"""XML whose elements know their bytes, so that a change can be made in the source text itself.

In: the bytes of one part. Out: a `Tree` of `Element`s with byte places, names with the usual prefixes (`w:p`, `text:p`)
whatever prefixes the part declares. No serialiser stands between a reader and the file: `splice` cuts new bytes into
the old ones and everything else stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple
from xml.parsers.expat import ExpatError, errors

from kzcite.formats.collector import uncollected
from kzcite.model import InputError
from kzcite.model.limits import current
from kzcite.tables.xmlsafe import count_marks, placing_parser

PREFIXES = {
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/package/2006/content-types": "ct",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties": "cp",
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes": "vt",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": "manifest",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
    "http://www.w3.org/1999/xlink": "xlink",
}
_NO_ATTRIBUTES: dict[str, str] = {}
_TAG = re.compile(rb"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>")
_DECLARED = re.compile(rb"""(\s*<\?xml[^>]*encoding=["'])([\w.-]+)""")
_NAME = re.compile(rb"<([^\s/>]+)")


class Text:
    """Characters between two tags: the bytes `start` to `end` of the source."""

    __slots__ = ("end", "parent", "start", "text")

    def __init__(self, parent: Element, start: int, text: str) -> None:
        self.parent, self.start, self.text = parent, start, text
        self.end = start


class Element:
    """An element. `start` is the place of its `<`, `mark` that of its end tag (of its own end where it is empty)."""

    __slots__ = ("attributes", "children", "mark", "parent", "start", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], start: int, parent: Element | None) -> None:
        self.tag, self.attributes, self.start, self.parent = tag, attributes, start, parent
        self.mark = start
        self.children: Sequence[Element | Text] = ()

    def add(self, child: Element | Text) -> None:
        if self.children:
            self.children.append(child)  # type: ignore[attr-defined]  # a list from the first child on
        else:
            self.children = [child]

    def __iter__(self) -> Iterator[Element]:
        return (one for one in self.children if isinstance(one, Element))

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def find(self, *path: str) -> Element | None:
        """The first element down the path of tags, or None."""
        at: Element | None = self
        for tag in path:
            if at is None:
                return None
            at = next((one for one in at.children if isinstance(one, Element) and one.tag == tag), None)
        return at

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in document order."""
        stack = [self]
        while stack:
            one = stack.pop()
            yield one
            stack.extend(child for child in reversed(one.children) if isinstance(child, Element))

    def text(self) -> str:
        """All characters below."""
        return "".join(one.text if isinstance(one, Text) else one.text() for one in self.children)

    def above(self, *tags: str) -> Element | None:
        """The nearest ancestor with one of the tags, or None."""
        at = self.parent
        while at is not None and at.tag not in tags:
            at = at.parent
        return at


class Tree(NamedTuple):
    """The elements of one part and its bytes, which the places count in."""

    root: Element
    data: bytes
    where: str

    def open_end(self, one: Element) -> int:
        """The place after the start tag."""
        found = _TAG.match(self.data, one.start)
        assert found is not None  # expat has read a tag here
        return found.end()

    def is_empty_tag(self, one: Element) -> bool:
        """Whether the element is written `<a/>`."""
        return self.data[self.open_end(one) - 2 : self.open_end(one)] == b"/>"

    def end(self, one: Element) -> int:
        """The place after the element."""
        after = self.open_end(one)
        if self.data[after - 2 : after] == b"/>":
            return after
        return self.data.index(b">", one.mark) + 1

    def raw(self, one: Element) -> bytes:
        return self.data[one.start : self.end(one)]

    def start_tag(self, one: Element) -> bytes:
        """The start tag, never an empty-element one."""
        raw = self.data[one.start : self.open_end(one)]
        return raw[:-2].rstrip() + b">" if raw.endswith(b"/>") else raw

    def end_tag(self, one: Element) -> bytes:
        return b"</" + self.name(one) + b">"

    def name(self, one: Element) -> bytes:
        """The name as written, with the part's own prefix."""
        found = _NAME.match(self.data, one.start)
        assert found is not None
        return found[1]

    def prefix(self, one: Element) -> bytes:
        """The prefix as written, with its colon; empty for the default namespace."""
        name = self.name(one)
        return name[: name.index(b":") + 1] if b":" in name else b""


_MOST_NAMES = 10_000
"""Names that a part may use, namespaces told apart; the formats have some hundreds, and each is held several times."""


def parse_placed(data: bytes, where: str, text_in: Collection[str] | None = None) -> Tree:
    """The tree of an XML part; characters are kept only inside elements whose tag is in `text_in` (None: everywhere).

    A part in another encoding is changed to UTF-8 first, and its places count there. Raises InputError and LimitError.
    """
    data = _as_utf8(data, where)
    limits = current()
    limits.check("document_elements", count_marks(data), where)
    parser = placing_parser(where)
    names: dict[str, str] = {}
    stack: list[Element] = []
    roots: list[Element] = []
    open_text: list[Text] = []
    length = 0

    def name_of(raw: str) -> str:
        uri, _, local = raw.rpartition(" ")
        known = PREFIXES.get(uri)
        if len(names) == _MOST_NAMES:
            raise InputError(f"over {_MOST_NAMES:,} different names of elements and attributes", where=where)
        names[raw] = name = f"{known}:{local}" if known else (f"{{{uri}}}{local}" if uri else local)
        return name

    def start(raw: str, attributes: dict[str, str]) -> None:
        place = parser.CurrentByteIndex
        if open_text:
            open_text.pop().end = place
        tag = names.get(raw) or name_of(raw)
        if attributes:
            attributes = {names.get(key) or name_of(key): value for key, value in attributes.items()}
            one = Element(tag, attributes, place, stack[-1] if stack else None)
        else:
            one = Element(tag, _NO_ATTRIBUTES, place, stack[-1] if stack else None)
        if stack:
            stack[-1].add(one)
        else:
            roots.append(one)
        stack.append(one)
        if len(stack) > limits.xml_depth:
            limits.check("xml_depth", len(stack), where)

    def end(raw: str) -> None:
        place = parser.CurrentByteIndex
        if open_text:
            open_text.pop().end = place
        stack.pop().mark = place

    def characters(text: str) -> None:
        nonlocal length
        parent = stack[-1]
        if text_in is not None and parent.tag not in text_in:
            return
        length += len(text)
        if length > limits.xml_text:
            limits.check("xml_text", length, where)
        if open_text:
            open_text[0].text += text
            return
        piece = Text(parent, parser.CurrentByteIndex, text)
        parent.add(piece)
        open_text.append(piece)

    def other(*_: object) -> None:
        if open_text:
            open_text.pop().end = parser.CurrentByteIndex

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.CommentHandler = other
    parser.ProcessingInstructionHandler = other
    parser.StartCdataSectionHandler = other
    parser.EndCdataSectionHandler = other
    try:
        with uncollected():
            parser.Parse(data, True)
    except ExpatError as error:
        reason = errors.messages.get(error.code, str(error.code))
        raise InputError(f"not well-formed XML: {reason} (line {error.lineno})", where=where) from error
    except ValueError as error:  # an encoding that expat does not read
        raise InputError(f"not readable: {error}", where=where) from error
    return Tree(roots[0], data, where)


def _as_utf8(data: bytes, where: str) -> bytes:
    found = _DECLARED.match(data)
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else (found[2].decode() if found else "utf-8")
    if encoding.lower() in ("utf-8", "utf8", "us-ascii"):
        return data
    try:
        text = data.decode(encoding)
    except (UnicodeError, LookupError) as error:
        raise InputError(f"not readable as {encoding}: {error}", where=where) from error
    return _DECLARED.sub(rb"\1UTF-8", text.encode("utf-8"), count=1)
