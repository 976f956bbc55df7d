"""Read what stands inside the paragraphs of a docx: runs, links, fields, changes, formulas, marks of notes."""

from __future__ import annotations

from kzcite.formats.document.assembly import Assembly, Handle
from kzcite.formats.document.docx.fields import Fields, read_code
from kzcite.formats.document.docx.notes import Note, Notes
from kzcite.formats.document.docx.parts import Parts
from kzcite.formats.document.docx.styles import Styles
from kzcite.formats.document.docx.symbols import symbol
from kzcite.formats.placedxml import Element, Text, Tree

DELETED = frozenset({"w:del", "w:moveFrom"})
BLOCK_CONTAINERS = frozenset({"w:ins", "w:moveTo", "w:customXml", "w:smartTag", "w:sdt", "w:sdtContent", "mc:Choice"})
_INLINE_CONTAINERS = BLOCK_CONTAINERS | {"w:bdo", "w:dir", "w:rubyBase"}
_SIGNS = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:br": "\n",
    "w:cr": "\n",
    "w:noBreakHyphen": "\u2011",
    "w:softHyphen": "\u00ad",
}
_AS_SPACE = str.maketrans("\n\t\r", "   ")
_XML_SPACE = " \t\n\r"
_DELIMITERS = (("m:begChr", "("), ("m:sepChr", "|"), ("m:endChr", ")"))
_SUP = frozenset({"sup"})


class InlineReader:
    """Where the reader stands: the part, the fields that are open, what hangs on the paragraph and is read after it."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.out = Assembly()
        self.styles = Styles(parts.related("styles"))
        self.notes = Notes(parts)
        self.fields = Fields()
        self.boxes: list[Element] = []
        self.pending: list[Note] = []
        self.changes = dict.fromkeys(("insertions", "deletions"), 0)
        self.part = parts.main
        self.tree: Tree = parts.tree(parts.main)
        self.links: dict[str, str] = {}

    def inline(self, one: Element, properties: Element | None, link: str, code: bool) -> None:
        """A child of a paragraph; `properties` is the paragraph's `w:pPr`, `link` the hyperlink round it."""
        tag = one.tag
        if tag == "w:r":
            self.run(one, properties, link)
        elif tag == "w:hyperlink":
            target = self.links.get(one.get("r:id"), "")
            anchor = one.get("w:anchor")
            target = f"{target}#{anchor}" if anchor else target
            for child in one:
                self.inline(child, properties, target or link, code)
        elif tag == "w:fldSimple":
            self.fields.character("begin")
            self.fields.open[-1].code.append(one.get("w:instr"))
            self.fields.character("separate")
            for child in one:
                self.inline(child, properties, read_code(one.get("w:instr"))[1] or link, code)
            self.fields.character("end")
        elif tag in _INLINE_CONTAINERS:
            if tag == "w:ins":
                self.changes["insertions"] += 1
            for child in one:
                self.inline(child, properties, link, code)
        elif tag == "w:ruby":
            base = one.find("w:rubyBase")
            if base is not None:
                self.inline(base, properties, link, code)
        elif tag == "mc:AlternateContent":
            for child in choice(one):
                self.inline(child, properties, link, code)
        elif tag in ("m:oMath", "m:oMathPara"):
            self.formula(one)
        elif tag in DELETED:
            self.changes["deletions"] += 1
            for child in one.walk():
                if child.tag == "w:fldChar":
                    self.fields.character(child.get("w:fldCharType"))

    def formula(self, one: Element) -> None:
        """The characters of a formula, as a block of kind code: nothing in it is a citation."""
        if self.fields.in_code:
            return
        start = self.out.length
        self._formula_part(one)
        if self.out.length > start:
            self.out.close(start, "code")

    def _formula_part(self, one: Element) -> None:
        if one.tag == "m:t":
            for text in one.children:
                if isinstance(text, Text):
                    handle = Handle(self.part, text.start, 0, "computed")
                    self.out.add(text.text.translate(_AS_SPACE), handle, editable=False)
            return
        signs = ("", "", "")
        if one.tag == "m:d":
            look = one.find("m:dPr")
            signs = tuple(_delimiter(look, tag, default) for tag, default in _DELIMITERS)  # type: ignore[assignment]
        handle = Handle(self.part, one.start, 0, "computed")
        self.out.add(signs[0], handle, editable=False)
        parts = 0
        for child in one:
            if child.tag == "m:e" and parts:
                self.out.add(signs[1], handle, editable=False)
            parts += child.tag == "m:e"
            self._formula_part(child)
        self.out.add(signs[2], handle, editable=False)

    def run(self, run: Element, properties: Element | None, link: str) -> None:
        """A run: characters, signs, note marks, field characters, and whatever is drawn in it."""
        look: Element | None = None
        marks: frozenset[str] | None = None
        start = self.out.length
        fields = self.fields
        for one in run:
            tag = one.tag
            if tag == "w:rPr":
                look = one
                continue
            if tag == "w:fldChar":
                fields.character(one.get("w:fldCharType"))
                continue
            if tag == "w:instrText":
                if fields.open:
                    fields.open[-1].code.append(one.text())
                continue
            if fields.open and fields.in_code:
                continue
            if marks is None:
                marks = self.styles.marks(properties, look)
            if "hidden" in marks:
                continue
            if tag == "w:t":
                self.characters(one, marks, link or fields.link)
            elif tag in _SIGNS:
                handle = Handle(self.part, one.start, 0, "sign", fields.kind)
                self.out.add(_SIGNS[tag], handle, marks, link=link or fields.link)
            elif tag == "w:sym":
                handle = Handle(self.part, one.start, 0, "sign", fields.kind)
                self.out.add(symbol(one.get("w:font"), one.get("w:char")), handle, marks, link=link)
            elif tag in ("w:footnoteReference", "w:endnoteReference"):
                self.reference(one, marks)
            elif tag in ("w:footnoteRef", "w:endnoteRef"):
                note = self.notes.current
                if note is not None:
                    handle = Handle(self.part, one.start, 0, "computed")
                    self.out.add(note.raised, handle, marks | _SUP, editable=False, link=note.link)
            elif tag == "mc:AlternateContent":
                self._drawn(choice(one))
            elif tag in ("w:drawing", "w:pict", "w:object"):
                self._drawn(one)
        if look is not None and self.out.length > start and self.styles.is_code(look):
            self.out.close(start, "code")

    def characters(self, one: Element, marks: frozenset[str], link: str) -> None:
        """The characters of a `w:t`; spaces at its ends count only where `xml:space` says so, as in Word."""
        keep = one.get("xml:space") == "preserve"
        last = len(one.children) - 1
        for number, text in enumerate(one.children):
            if not isinstance(text, Text):
                continue
            value = text.text
            skip = 0
            if not keep:
                if number == 0:
                    skip = len(value) - len(value.lstrip(_XML_SPACE))
                    value = value[skip:]
                if number == last:
                    value = value.rstrip(_XML_SPACE)
            handle = Handle(self.part, text.start, skip, "text", self.fields.kind)
            plain = self.tree.data[text.end : text.end + 3] != b"]]>"
            self.out.add(value.translate(_AS_SPACE), handle, marks, editable=plain, link=link)

    def reference(self, one: Element, marks: frozenset[str]) -> None:
        """A note's mark in the text; the note itself is read after the paragraph or at the end."""
        note = self.notes.refer(one)
        if note is None:
            return
        if not note.custom:
            handle = Handle(self.part, one.start, 0, "computed")
            self.out.add(note.raised, handle, marks | _SUP, editable=False, link=note.link)
        if note.kind == "footnote" and not note.again:
            self.pending.append(note)

    def _drawn(self, one: Element) -> None:
        """Text boxes in a drawing are read after the paragraph that anchors it."""
        if one.tag == "w:txbxContent":
            self.boxes.append(one)
            return
        for child in one:
            if child.tag == "mc:AlternateContent":
                self._drawn(choice(child))
            elif child.tag != "mc:Fallback":
                self._drawn(child)


def choice(one: Element) -> Element:
    """The alternative that a current Word shows (part 3, 10.2.1): the first choice, else the fallback."""
    return one.find("mc:Choice") or one.find("mc:Fallback") or one


def _delimiter(look: Element | None, tag: str, default: str) -> str:
    """A bracket or separator of a delimiter object (22.1.2.24): stated, stated to be none, or the default."""
    one = look.find(tag) if look is not None else None
    return default if one is None else one.get("m:val")
