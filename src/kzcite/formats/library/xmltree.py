"""XML records ⇄ pairs of a mapping: each leaf is a pair of its path and its text.

A path is made of the elements' local names, with the attributes that tell elements apart in brackets:
`relatedItem[type=host]/titleInfo/title`, where `/[]=%` in a value are escaped as in a URL. `path/@name` is an
attribute's value. Written pairs share their parents, so the order of a table's rows is the order of the elements.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from kzcite.formats.library.faults import Faults
from kzcite.formats.mapped import Mapped, Pair, losses_between, one_line
from kzcite.formats.registry import Reading, Writing
from kzcite.model import Item, Library, Loss, Rich
from kzcite.model.limits import current
from kzcite.tables.xmlsafe import iter_xml

Element = etree._Element

XML = "http://www.w3.org/XML/1998/namespace"
XLINK = "http://www.w3.org/1999/xlink"

_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_PARTS = re.compile(r"[/\[\]=%]")
_ESCAPES = re.compile(r"%(2F|5B|5D|3D|25)")
_NAME = r"[A-Za-z_][A-Za-z0-9_.-]*+(?::[A-Za-z_][A-Za-z0-9_.-]*+)?+"
_STEP = rf"{_NAME}(?:\[{_NAME}=[^/\[\]=\x00-\x1f\ud800-\udfff\ufffe\uffff]*+\])*+"
_AFTER_NAME = re.compile(r"\[[^/]*")
_is_path = re.compile(rf"{_STEP}(?:/{_STEP})*+(?:/@{_NAME})?").fullmatch
_SPACES = re.compile(r"[ \t\r\n]+")


def xml_line(text: str) -> str:
    """Text that XML can hold, on one line."""
    return _NOT_XML.sub("\ufffd", one_line(text))


def _escape(value: str) -> str:
    """An attribute's value as a path holds it: what parts a path is written as in a URL."""
    return _PARTS.sub(lambda found: f"%{ord(found[0]):02X}", value) if _PARTS.search(value) else value


def flat(text: str | None) -> str:
    """An element's text with its line breaks and indents made single spaces."""
    if not text:
        return ""
    return _SPACES.sub(" ", text).strip() if "\n" in text or "\t" in text or "  " in text else text.strip()


@dataclass(frozen=True)
class Tree:
    """How a format's elements become paths and back.

    `namespace`: the default one; `prefixes`: other namespaces by the prefix that paths use; `tells`: attributes that
    stand in brackets; `skips`: attributes that hold no data; `inline`: element → CSL mark-up of its text ("" for none);
    `special`: elements that a function reads into pairs; `make`: writes a payload that is no string under its parent;
    `records`: the elements that are records, which are never written inside one.
    """

    namespace: str = ""
    prefixes: dict[str, str] = field(default_factory=dict)
    tells: tuple[str, ...] = ()
    skips: frozenset[str] = frozenset()
    inline: dict[str, str] = field(default_factory=dict)
    special: dict[str, Callable[[Element, str], Iterable[Pair] | None]] = field(default_factory=dict)
    make: Callable[[Element, str, object], None] | None = None
    records: frozenset[str] = frozenset()
    _locals: dict[str, str] = field(default_factory=dict, compare=False)
    _steps: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict, compare=False)
    _paths: dict[str, tuple[str, str, bool]] = field(default_factory=dict, compare=False)

    # --- names -----------------------------------------------------------------------------------------------------

    def local(self, tag: str) -> str:
        """`{uri}name` as paths spell it."""
        found = self._locals.get(tag)
        if found is None:
            found = self._local(tag)
            if len(self._locals) < _REMEMBERED:
                self._locals[tag] = found
        return found

    def _local(self, tag: str) -> str:
        if tag[0] != "{":
            return tag
        uri, name = tag[1:].split("}", 1)
        if uri == self.namespace:
            return name
        if uri == XML:
            return f"xml:{name}"
        if uri == XLINK:
            return f"xlink:{name}"
        for prefix, one in self.prefixes.items():
            if one == uri:
                return f"{prefix}:{name}"
        return name

    def qualified(self, name: str, attribute: bool = False) -> str:
        """A name of a path as lxml wants it."""
        prefix, colon, local = name.partition(":")
        if colon:
            uri = {"xml": XML, "xlink": XLINK, **self.prefixes}.get(prefix, "")
            return f"{{{uri}}}{local}" if uri else local
        return f"{{{self.namespace}}}{name}" if self.namespace and not attribute else name

    # --- reading ---------------------------------------------------------------------------------------------------

    def pairs(self, element: Element, prefix: str = "") -> list[Pair]:
        """The leaves below `element`."""
        out: list[Pair] = []
        self._walk(element, prefix, out)
        return out

    def _walk(self, element: Element, prefix: str, out: list[Pair]) -> None:
        tells, special, skips, names = self.tells, self.special, self.skips, self._locals
        for child in element:
            tag = child.tag
            if not isinstance(tag, str):
                continue
            name = names.get(tag) or self.local(tag)
            handler = special.get(name)
            if handler is not None:
                read = handler(child, prefix)
                if read is not None:
                    out.extend(read)
                    continue
            step = prefix + name
            attributes = child.attrib
            if attributes:
                for told in tells:
                    if told in attributes:
                        step += f"[{told}={_escape(str(attributes[told]))}]"
            if len(child) == 0:
                text = flat(child.text)
                if text:
                    out.append((step, text))
            elif self._has_only_inline(child):
                text = flat(self.rich(child))
                if text:
                    out.append((step, text))
            else:
                self._walk(child, step + "/", out)
            if attributes:
                for key, value in attributes.items():
                    if key not in tells:
                        name = self.local(str(key))
                        if name not in skips:
                            out.append((f"{step}/@{name}", str(value)))

    def _has_only_inline(self, element: Element) -> bool:
        inline = self.inline
        if not inline:
            return False
        return all(not isinstance(one.tag, str) or self.local(one.tag) in inline for one in element.iterdescendants())

    def rich(self, element: Element) -> str:
        """The text of an element with its inline mark-up as CSL-JSON has it."""
        out = [element.text or ""]
        for child in element:
            if isinstance(child.tag, str):
                mark = self.inline.get(self.local(child.tag), "")
                if mark.startswith("@"):  # the mark-up is named by an attribute: <style face="italic">
                    mark = _BY_ATTRIBUTE.get(child.get(mark[1:], ""), "")
                inner = self.rich(child)
                opens, closes = _CSL_TAGS.get(mark, ("", ""))
                out.append(f"{opens}{inner}{closes}" if inner else "")
            out.append(child.tail or "")
        return "".join(out)

    # --- writing ---------------------------------------------------------------------------------------------------

    def build(self, element: Element, pairs: Iterable[Pair]) -> None:
        """Put pairs below `element`; the parents of a path are made once, its leaf each time.

        A key that is no path of XML names, or goes through a record, is left out: a library may hold any key.
        """
        made: dict[str, Element] = {}
        known = self._paths
        for path, payload in pairs:
            parts = known.get(path) or self._parts(path)
            parent_path, step, is_path = parts
            if not is_path and isinstance(payload, str):
                continue
            if step.startswith("@"):
                holder = self._parent(element, parent_path, made)
                holder.set(self.qualified(step[1:], True), payload)
                continue
            parent = self._parent(element, parent_path, made)
            if not isinstance(payload, str):
                if self.make is not None:
                    self.make(parent, step, payload)
                continue
            made[path] = leaf = self._sub(parent, step)
            if self.inline and "<" in payload:
                self._write_rich(leaf, payload)
            else:
                leaf.text = payload

    def _parts(self, path: str) -> tuple[str, str, bool]:
        """The parent's path, the last step, and whether the whole is a path that may be written."""
        before, _, step = path.rpartition("/")
        parts = (before, step, self._is_path(path))
        if len(self._paths) < _REMEMBERED:
            self._paths[path] = parts
        return parts

    def _is_path(self, path: str) -> bool:
        if not _is_path(path):
            return False
        return not self.records or self.records.isdisjoint(_AFTER_NAME.sub("", path).split("/"))

    def _parent(self, element: Element, path: str, made: dict[str, Element]) -> Element:
        if not path:
            return element
        found = made.get(path)
        if found is None:
            before, _, step = path.rpartition("/")
            made[path] = found = self._sub(self._parent(element, before, made), step)
        return found

    def _sub(self, parent: Element, step: str) -> Element:
        known = self._steps.get(step)
        if known is None:
            name, _, rest = step.partition("[")
            attributes = {}
            for one in rest[:-1].split("][") if rest else ():
                key, _, value = one.partition("=")
                attributes[self.qualified(key, True)] = _ESCAPES.sub(lambda found: chr(int(found[1], 16)), value)
            known = (self.qualified(name), attributes)
            if len(self._steps) < _REMEMBERED:
                self._steps[step] = known
        return etree.SubElement(parent, known[0], known[1])

    def _write_rich(self, leaf: Element, text: str) -> None:
        names = {mark: name for name, mark in reversed(list(self.inline.items())) if mark}
        last: Element | None = None
        for run in Rich.from_csl(text).runs:
            parent, above = leaf, last
            inner: Element | None = None
            for mark in (one for one in _MARKS if one in run.marks and (one in names or "@face" in names)):
                name = names.get(mark) or names["@face"]
                inner = etree.SubElement(parent, self.qualified(name))
                if mark not in names:
                    inner.set("face", _FACES[mark])
                if parent is leaf:
                    last = inner
                parent = inner
            if inner is not None:
                inner.text = run.text
            elif above is None:
                leaf.text = (leaf.text or "") + run.text
            else:
                above.tail = (above.tail or "") + run.text


_REMEMBERED = 10_000
"""Names of elements that are kept ready; a hostile file may have any number."""

_MARKS = ("italic", "bold", "sup", "sub", "small-caps")
_CSL_TAGS = {
    "italic": ("<i>", "</i>"),
    "bold": ("<b>", "</b>"),
    "sup": ("<sup>", "</sup>"),
    "sub": ("<sub>", "</sub>"),
    "small-caps": ('<span style="font-variant:small-caps;">', "</span>"),
}
_FACES = {"italic": "italic", "bold": "bold", "sup": "superscript", "sub": "subscript", "small-caps": "normal"}
_BY_ATTRIBUTE = {
    "italic": "italic",
    "bold": "bold",
    "superscript": "sup",
    "subscript": "sub",
    "sup": "sup",
    "sub": "sub",
    "smallcaps": "small-caps",
    "small-caps": "small-caps",
}


# --- whole files ---------------------------------------------------------------------------------------------------

_NCNAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_ESCAPED = re.compile(r"_x([0-9A-F]{2,6})_")


def xml_id(id: str) -> str:
    """An item's id as an XML name; characters that no name may have as `_x20_`.

    >>> xml_id("omarov2024"), from_xml_id(xml_id("1 б"))
    ('omarov2024', '1 б')
    """
    if _NCNAME.fullmatch(id) and not _ESCAPED.search(id):
        return id
    out = [
        char
        if (char.isascii() and (char.isalpha() or (at and (char.isdigit() or char in ".-"))))
        else f"_x{ord(char):02X}_"
        for at, char in enumerate(id)
    ]
    return "".join(out) or "_"


def from_xml_id(name: str) -> str:
    """The id that `xml_id` wrote."""
    return _ESCAPED.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)), name)


def records(data: bytes, source: str, *tags: str) -> Iterator[Element]:
    """The record elements of a file, counted against the limit on entries."""
    bound, number = current().entries, 0
    for outer in iter_xml(data, source, tags):
        for element in apart(outer, tags):
            number += 1
            if number > bound:
                current().check("entries", number, source)
            yield element


def apart(root: Element, tags: Sequence[str]) -> list[Element]:
    """The elements of these names below `root`, each taken out of any other of them that holds it.

    A record inside a record stands for itself; kept as a field of the outer one it would be written twice.
    """
    found = list(root.iter(*tags))
    for one in found:
        parent = one.getparent()
        if parent is not None and next(one.iterancestors(*tags), None) is not None:
            parent.remove(one)
    return found


def whole_text(element: Element) -> str:
    """The text of an element and all that is in it, on one line."""
    return flat("".join(str(one) for one in element.itertext()))


def new_root(name: str, namespaces: dict[str, str]) -> Element:
    """The root of a new file; the prefix `""` stands for the default namespace."""
    return etree.Element(name, nsmap={prefix or None: uri for prefix, uri in namespaces.items()})  # type: ignore[misc]


def reading(items: Iterable[Item], faults: Faults) -> Reading:
    """Items as a Reading, ids made unique."""
    return Reading(faults.unique(items), faults.findings)


def written(
    library: Library,
    root: Element,
    mapped: Mapped,
    add: Callable[[Element, Item, list[Pair]], Element],
    read_back: Callable[[Element, str], Item],
) -> Writing:
    """A file with a record for each item, which `add` puts below `root`; what `read_back` does not see is lost."""
    losses: list[Loss] = []
    for item in library:
        record = add(root, item, mapped.write(item))
        losses += losses_between(item, read_back(record, item.id))
    return Writing(to_bytes(root), tuple(losses))


def to_bytes(root: Element) -> bytes:
    """A whole file, indented."""
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))
