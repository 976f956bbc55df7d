"""Read a docx: every story of it into one text (ECMA-376 part 1, 17).

Order: the body with its tables; after each paragraph its text boxes and footnotes (in a table after the row); then the
endnotes, the headers, the footers. Inserted text counts, deleted and hidden text does not; of a field its result.
"""

from __future__ import annotations

from collections.abc import Iterable

from kzcite.formats.document.assembly import Assembly, Handle
from kzcite.formats.document.docx.fields import Fields, read_code
from kzcite.formats.document.docx.notes import Note, Notes
from kzcite.formats.document.docx.numbering import Numbering
from kzcite.formats.document.docx.parts import Parts
from kzcite.formats.document.docx.styles import Styles, style_of
from kzcite.formats.document.docx.symbols import symbol
from kzcite.formats.placedxml import Element, Text, Tree
from kzcite.model import Document, Notice
from kzcite.model.document import BlockKind

_DELETED = frozenset({"w:del", "w:moveFrom"})
_BLOCK_CONTAINERS = frozenset({"w:ins", "w:moveTo", "w:customXml", "w:smartTag", "w:sdt", "w:sdtContent", "mc:Choice"})
_INLINE_CONTAINERS = _BLOCK_CONTAINERS | {"w:bdo", "w:dir", "w:rubyBase"}
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


class Story:
    """One reading of one docx. `lenient` ends a field's code with its paragraph, for files that never close it."""

    def __init__(self, parts: Parts, *, lenient: bool = False) -> None:
        self.parts, self.lenient = parts, lenient
        self.out = Assembly()
        self.styles = Styles(parts.related("styles"))
        self.numbering = Numbering(parts.related("numbering"))
        self.notes = Notes(parts)
        self.fields = Fields()
        self.unbalanced = False
        self.kind: BlockKind = "paragraph"
        self.label = ""
        self.in_row = 0
        self.boxes: list[Element] = []
        self.pending: list[Note] = []
        self.changes = dict.fromkeys(("insertions", "deletions"), 0)
        self.part = parts.main
        self.tree: Tree = parts.tree(parts.main)
        self.links: dict[str, str] = {}

    def read(self, source: str) -> Document:
        """The whole document."""
        self._enter(self.parts.main)
        body = self.tree.root.find("w:body")
        if body is not None:
            self.blocks(body)
        self._flush_notes()
        self.notes_of(self.notes.ending(), "endnotes")
        for kind in ("header", "footer"):
            for one in self.parts.relations(self.parts.main):
                if one.kind == kind and one.target in self.parts.package:
                    self._enter(one.target)
                    self._nested(self.tree.root, "header" if kind == "header" else "footer")
        if any(self.changes.values()):
            self.out.notices.append(Notice("tracked-changes", {k: str(v) for k, v in self.changes.items()}))
        return self.out.document(source, "docx")

    def _enter(self, part: str) -> None:
        self.part, self.tree = part, self.parts.tree(part)
        self.links = {
            one.id: one.target for one in self.parts.relations(part) if one.kind == "hyperlink" and one.external
        }

    # --- blocks ----------------------------------------------------------------------------------------------------

    def blocks(self, container: Element) -> None:
        """The paragraphs and tables in `container`; paragraphs whose mark is deleted are read with the next one."""
        joined: list[Element] = []
        for one in self._block_children(container):
            if one.tag == "w:p":
                joined.append(one)
                if not _is_mark_deleted(one):
                    self.paragraph(joined)
                    joined = []
                continue
            if joined:
                self.paragraph(joined)
                joined = []
            self.table(one)
        if joined:
            self.paragraph(joined)

    def _block_children(self, container: Element) -> Iterable[Element]:
        for one in container:
            if one.tag in ("w:p", "w:tbl"):
                yield one
            elif one.tag in _BLOCK_CONTAINERS:
                yield from self._block_children(one)
            elif one.tag == "mc:AlternateContent":
                yield from self._block_children(_choice(one))
            elif one.tag in _DELETED:
                self.changes["deletions"] += 1

    def paragraph(self, joined: list[Element]) -> None:
        """One printed paragraph: the last of `joined` has the surviving mark, and so the properties."""
        last = joined[-1]
        properties = last.find("w:pPr")
        if _is_mark_deleted(last) and not any(self._has_text(one) for one in joined):
            return
        start = self.out.length
        kind, level = self.styles.look(properties)
        label = ""
        ref = self.styles.numbering(properties)
        found = self.numbering.label(ref, style_of(properties, "w:pStyle")) if ref else None
        if found:
            label = found.text
            handle = Handle(self.part, last.start, 0, "label")
            self.out.add(label + found.suffix, handle, editable=False)
        for one in joined:
            own = one.find("w:pPr")
            for child in one:
                self.inline(child, own, "", False)
        block: BlockKind = self.kind
        if self.kind == "paragraph":
            block = "section-title" if kind == "section-title" else "code" if kind == "code" else "paragraph"
            if found and block == "paragraph":
                block, level = "list-item", found.level + 1
        self.out.close(start, block, level, label or self.label)
        self.label = ""
        self.out.add("\n", Handle(self.part, last.start, 0, "end"))
        if self.lenient:
            self.fields.open = [one for one in self.fields.open if one.in_result]
        self._flush_boxes()
        if not self.in_row:
            self._flush_notes()

    def _has_text(self, paragraph: Element) -> bool:
        return any(
            one.tag in ("w:t", "w:footnoteReference", "w:endnoteReference")
            and one.above(*_DELETED, "w:p") is not None
            and one.above(*_DELETED, "w:p").tag == "w:p"  # type: ignore[union-attr]
            for one in paragraph.walk()
        )

    def table(self, table: Element) -> None:
        """A row is a line, its cells parted by tabs; a cell of several paragraphs breaks the line."""
        outer, self.kind = self.kind, "cell" if self.kind == "paragraph" else self.kind
        self.in_row += 1
        for row in _rows(table):
            changed = row.find("w:trPr", "w:del")
            if changed is not None:
                self.changes["deletions"] += 1
                continue
            cells = [one for one in _cells(row) if one.find("w:tcPr", "w:cellDel") is None and not _is_merged(one)]
            for number, cell in enumerate(cells):
                self.blocks(cell)
                if number + 1 < len(cells) and self.out.pieces and self.out.pieces[-1].handle.kind == "end":
                    end = self.out.pieces[-1].handle
                    self.out.drop_last()
                    self.out.add("\t", end._replace(kind="cell"), editable=False)
            if self.in_row == 1:
                self._flush_notes()
        self.in_row -= 1
        self.kind = outer

    # --- what hangs on a paragraph ---------------------------------------------------------------------------------

    def _nested(self, container: Element, kind: BlockKind) -> None:
        """A story within the story: its fields are its own."""
        saved = (self.fields, self.kind, self.in_row, self.boxes, self.pending)
        self.fields, self.kind, self.in_row, self.boxes, self.pending = Fields(), kind, 0, [], []
        self.blocks(container)
        self.unbalanced = self.unbalanced or self.fields.in_code
        pending = self.pending
        self.fields, self.kind, self.in_row, self.boxes, self.pending = saved
        self.pending += pending

    def _flush_boxes(self) -> None:
        boxes, self.boxes = self.boxes, []
        for one in boxes:
            self._nested(one, self.kind)

    def _flush_notes(self) -> None:
        pending, self.pending = self.pending, []
        self.notes_of(pending, "footnotes")

    def notes_of(self, notes: Iterable[Note], kind: str) -> None:
        name = self.parts.related_name(kind)
        if not name:
            return
        part = self.part
        self._enter(name)
        for one in notes:
            self.label = one.mark
            self.notes.current = one
            self._nested(one.element, "note")
            self.label = ""
        self.notes.current = None
        self._enter(part)

    # --- within a paragraph ----------------------------------------------------------------------------------------

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
            for child in _choice(one):
                self.inline(child, properties, link, code)
        elif tag in ("m:oMath", "m:oMathPara"):
            self.formula(one)
        elif tag in _DELETED:
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
                self._drawn(_choice(one))
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
        if note.kind == "footnote":
            self.pending.append(note)

    def _drawn(self, one: Element) -> None:
        """Text boxes in a drawing are read after the paragraph that anchors it."""
        if one.tag == "w:txbxContent":
            self.boxes.append(one)
            return
        for child in one:
            if child.tag == "mc:AlternateContent":
                self._drawn(_choice(child))
            elif child.tag != "mc:Fallback":
                self._drawn(child)


def _choice(one: Element) -> Element:
    """The alternative that a current Word shows (part 3, 10.2.1): the first choice, else the fallback."""
    return one.find("mc:Choice") or one.find("mc:Fallback") or one


def _delimiter(look: Element | None, tag: str, default: str) -> str:
    """A bracket or separator of a delimiter object (22.1.2.24): stated, stated to be none, or the default."""
    one = look.find(tag) if look is not None else None
    return default if one is None else one.get("m:val")


def _is_mark_deleted(paragraph: Element) -> bool:
    look = paragraph.find("w:pPr", "w:rPr")
    return look is not None and any(one.tag in _DELETED for one in look)


def _rows(table: Element) -> Iterable[Element]:
    for one in table:
        if one.tag == "w:tr":
            yield one
        elif one.tag in _BLOCK_CONTAINERS:
            yield from _rows(one)


def _cells(row: Element) -> Iterable[Element]:
    for one in row:
        if one.tag == "w:tc":
            yield one
        elif one.tag in _BLOCK_CONTAINERS:
            yield from _cells(one)


def _is_merged(cell: Element) -> bool:
    """A cell that continues the one above prints nothing."""
    merge = cell.find("w:tcPr", "w:vMerge")
    return merge is not None and merge.get("w:val", "continue") == "continue"
