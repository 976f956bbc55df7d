"""Read a docx: every story of it into one text (ECMA-376 part 1, 17).

Order: the body with its tables; after each paragraph its text boxes and footnotes (in a table after the row); then the
endnotes, the headers, the footers. Inserted text counts, deleted and hidden text does not; of a field its result.
"""

from __future__ import annotations

from collections.abc import Iterable

from kzcite.formats.document.assembly import Handle
from kzcite.formats.document.docx.fields import Fields
from kzcite.formats.document.docx.inline import BLOCK_CONTAINERS, DELETED, InlineReader, choice
from kzcite.formats.document.docx.notes import Note
from kzcite.formats.document.docx.numbering import Numbering
from kzcite.formats.document.docx.parts import Parts
from kzcite.formats.document.docx.styles import style_of
from kzcite.formats.placedxml import Element
from kzcite.model import Document, Notice
from kzcite.model.document import BlockKind


class Story(InlineReader):
    """One reading of one docx. `lenient` ends a field's code with its paragraph, for files that never close it."""

    def __init__(self, parts: Parts, *, lenient: bool = False) -> None:
        super().__init__(parts)
        self.lenient = lenient
        self.numbering = Numbering(parts.related("numbering"))
        self.unbalanced = False
        self.kind: BlockKind = "paragraph"
        self.label = ""
        self.in_row = 0

    def read(self, source: str) -> Document:
        """The whole document."""
        self._enter(self.parts.main)
        body = self.tree.root.find("w:body")
        if body is not None:
            self.blocks(body)
        self._flush_notes()
        self.notes_of(self.notes.ending(), "endnotes")
        self._flush_notes()
        named = dict.fromkeys((one.kind, one.target) for one in self.parts.relations(self.parts.main))
        for kind in ("header", "footer"):
            for own, target in named:
                if own == kind and target in self.parts.package:
                    self._enter(target)
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
            elif one.tag in BLOCK_CONTAINERS:
                yield from self._block_children(one)
            elif one.tag == "mc:AlternateContent":
                yield from self._block_children(choice(one))
            elif one.tag in DELETED:
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
            and one.above(*DELETED, "w:p") is not None
            and one.above(*DELETED, "w:p").tag == "w:p"  # type: ignore[union-attr]
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
        """The footnotes that wait; one that a note refers to is read after that note, however long the chain is."""
        while self.pending and self.notes.current is None:
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


def _is_mark_deleted(paragraph: Element) -> bool:
    look = paragraph.find("w:pPr", "w:rPr")
    return look is not None and any(one.tag in DELETED for one in look)


def _rows(table: Element) -> Iterable[Element]:
    for one in table:
        if one.tag == "w:tr":
            yield one
        elif one.tag in BLOCK_CONTAINERS:
            yield from _rows(one)


def _cells(row: Element) -> Iterable[Element]:
    for one in row:
        if one.tag == "w:tc":
            yield one
        elif one.tag in BLOCK_CONTAINERS:
            yield from _cells(one)


def _is_merged(cell: Element) -> bool:
    """A cell that continues the one above prints nothing."""
    merge = cell.find("w:tcPr", "w:vMerge")
    return merge is not None and merge.get("w:val", "continue") == "continue"
