"""New runs in the mark-up of a docx: the look of an existing run with some marks put on or taken off; characters."""

from __future__ import annotations

from collections.abc import Iterable

from kzcite.formats.placedxml import Element, Tree
from kzcite.formats.splices import Splice, escape, escape_attribute
from kzcite.model import Run

_ORDER = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath rPrChange"
).split()
"""The order of run properties in CT_RPr (ECMA-376 part 1, 17.3.2.28)."""
_BEFORE_NUMBERING = frozenset(
    {"w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:framePr", "w:widowControl"}
)
"""What stands before `w:numPr` in CT_PPrBase (17.3.1.26)."""
_RANK = {f"w:{name}": rank for rank, name in enumerate(_ORDER)}
_SWITCHES = {"italic": ("i", "iCs"), "bold": ("b", "bCs"), "small-caps": ("smallCaps",)}
_RAISED = {"sup": b"superscript", "sub": b"subscript"}
_TRACKED = frozenset({"w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:rPrChange"})
_URI = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Writer:
    """Writes elements with the prefix that the part itself uses."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        names = (tree.prefix(one) for one in tree.root.walk() if one.tag.startswith("w:"))
        self.prefix = next(names, b"w:") or b"w:"
        declared = tree.prefix(tree.root) if tree.root.tag.startswith("w:") else self.prefix
        self._declare = b"" if declared else b' xmlns:w="' + _URI + b'"'

    def open(self, name: bytes, attributes: bytes = b"") -> bytes:
        return b"<" + self.prefix + name + self._declare + attributes + b">"

    def close(self, name: bytes) -> bytes:
        return b"</" + self.prefix + name + b">"

    def empty(self, name: bytes, value: bytes = b"") -> bytes:
        shown = b" " + self.prefix + b'val="' + value + b'"' if value else b""
        return b"<" + self.prefix + name + self._declare + shown + b"/>"

    def tagged(self, name: bytes, /, **attributes: str) -> bytes:
        """An empty element with attributes in the part's own prefix."""
        shown = b"".join(
            b" " + self.prefix + key.encode() + b'="' + escape_attribute(value) + b'"'
            for key, value in attributes.items()
        )
        return b"<" + self.prefix + name + self._declare + shown + b"/>"

    def look(self, properties: Element | None, has: frozenset[str], wants: frozenset[str]) -> bytes:
        """The raw `w:rPr` (its element, or None) of a run that shows `has`, changed so that it shows `wants`."""
        changed = has ^ wants
        dropped: set[str] = set()
        added: list[tuple[int, bytes]] = []
        for mark, names in _SWITCHES.items():
            if mark in changed:
                dropped.update(f"w:{name}" for name in names)
                value = b"" if mark in wants else b"0"
                added.append((_RANK[f"w:{names[0]}"], self.empty(names[0].encode(), value)))
        if changed & _RAISED.keys():
            dropped |= {"w:vertAlign", "w:position"}
            value = next((raised for mark, raised in _RAISED.items() if mark in wants), b"baseline")
            added.append((_RANK["w:vertAlign"], self.empty(b"vertAlign", value)))
        kept = [
            (_RANK.get(one.tag, len(_RANK)), self.tree.raw(one))
            for one in properties or ()
            if one.tag not in dropped and one.tag not in _TRACKED
        ]
        for rank, raw in added:
            place = next((n for n, (other, _) in enumerate(kept) if other > rank), len(kept))
            kept.insert(place, (rank, raw))
        if not kept:
            return b""
        return self.open(b"rPr") + b"".join(raw for _, raw in kept) + self.close(b"rPr")

    def text(self, text: str) -> bytes:
        """`w:t` and `w:tab` elements for characters."""
        parts = [
            self.open(b"t", b' xml:space="preserve"') + escape(one) + self.close(b"t") if one else b""
            for one in text.split("\t")
        ]
        return self.empty(b"tab").join(parts)

    def runs(self, runs: Iterable[Run], properties: Element | None, has: frozenset[str]) -> bytes:
        """New `w:r` elements; `has` is what the look `properties` shows."""
        return b"".join(
            self.open(b"r") + self.look(properties, has, run.marks) + self.text(run.text) + self.close(b"r")
            for run in runs
        )

    def paragraph_properties(self, paragraph: Element) -> bytes:
        """A paragraph's `w:pPr` for a new one like it: without its section and what was tracked."""
        properties = paragraph.find("w:pPr")
        if properties is None:
            return b""
        kept = b""
        for one in properties:
            if one.tag in ("w:sectPr", "w:pPrChange"):
                continue
            if one.tag == "w:rPr":
                kept += self.look(one, frozenset(), frozenset())
                continue
            kept += self.tree.raw(one)
        return self.open(b"pPr") + kept + self.close(b"pPr") if kept else b""

    def without_number(self, paragraph: Element) -> Splice:
        """What takes a paragraph out of its list (17.9.19: the list 0 is none)."""
        none = (
            self.open(b"numPr") + self.tagged(b"ilvl", val="0") + self.tagged(b"numId", val="0") + self.close(b"numPr")
        )
        properties = paragraph.find("w:pPr")
        if properties is None:
            place = self.tree.open_end(paragraph)
            if self.tree.is_empty_tag(paragraph):
                whole = self.tree.start_tag(paragraph) + self.open(b"pPr") + none + self.close(b"pPr")
                return Splice(paragraph.start, place, 0, whole + self.tree.end_tag(paragraph))
            return Splice(place, place, -1, self.open(b"pPr") + none + self.close(b"pPr"))
        if (old := properties.find("w:numPr")) is not None:
            return Splice(old.start, self.tree.end(old), 0, none)
        if self.tree.is_empty_tag(properties):
            whole = self.tree.start_tag(properties) + none + self.tree.end_tag(properties)
            return Splice(properties.start, self.tree.end(properties), 0, whole)
        before = [one for one in properties if one.tag in _BEFORE_NUMBERING]
        place = self.tree.end(before[-1]) if before else self.tree.open_end(properties)
        return Splice(place, place, 0, none)
