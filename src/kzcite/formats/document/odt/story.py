"""Read an odt: its text, tables, notes, text boxes, headers into one text (ODF 1.3 part 3, 5 to 7).

White space in the source collapses as ODF says (6.1.2). Inserted text counts; deleted text is kept apart by the format
and never read. After each paragraph come its text boxes and footnotes, at the end the endnotes and headers.
"""

from __future__ import annotations

from collections.abc import Iterable

from kzcite.formats.document.assembly import Handle
from kzcite.formats.document.numerals import superscript
from kzcite.formats.document.odt.inline import SKIPPED, InlineReader, field_kind, on
from kzcite.formats.document.odt.styles import Counters, Styles, whole
from kzcite.formats.placedxml import Element, Tree
from kzcite.model import Document, Notice
from kzcite.model.document import BlockKind

_SUP = frozenset({"sup"})


class Story(InlineReader):
    """One reading of one odt: `content` is its content.xml, `common` its styles.xml if there is one."""

    def __init__(self, content: Tree, common: Tree | None) -> None:
        self.content, self.common = content, common
        shared = _style_containers(common.root) if common else []
        super().__init__(content, Styles([*shared, *_style_containers(content.root)]))
        self.label = ""
        self.lead = ""
        self.in_row = 0
        self.lists: dict[str, Counters] = {}
        self.last_of_style: dict[str, Counters] = {}
        self.outline = Counters()

    def read(self, source: str) -> Document:
        body = self.content.root.find("office:body", "office:text")
        if body is not None:
            self._notice_changes(body)
            self.blocks(body)
        self._flush_notes()
        ending, self.endnotes = self.endnotes, []
        self._notes(ending)
        if self.common is not None:
            self.part, self.tree = "styles.xml", self.common
            self.styles = Styles(_style_containers(self.common.root))
            for one in self.common.root.walk():
                kind = one.tag.removeprefix("style:").removesuffix("-left").removesuffix("-first")
                if one.tag.startswith(("style:header", "style:footer")) and kind in ("header", "footer"):
                    self._nested(one, "header" if kind == "header" else "footer")
        return self.out.document(source, "odt")

    def _notice_changes(self, body: Element) -> None:
        changes = body.find("text:tracked-changes")
        if changes is None:
            return
        kinds = [one.tag for region in changes for one in region]
        counts = {"insertions": kinds.count("text:insertion"), "deletions": kinds.count("text:deletion")}
        if any(counts.values()):
            self.out.notices.append(Notice("tracked-changes", {key: str(value) for key, value in counts.items()}))

    # --- blocks ----------------------------------------------------------------------------------------------------

    def blocks(self, container: Element) -> None:
        for one in container:
            tag = one.tag
            if tag in ("text:p", "text:h"):
                self.paragraph(one)
            elif tag == "text:list":
                self.list(one, 0, "", None)
            elif tag == "table:table":
                self.table(one)
            elif tag.endswith("-source") or tag in SKIPPED:
                continue
            elif tag == "text:section":
                kind = field_kind(one.get("text:name"))
                self.fields += [kind] if kind else []
                self.blocks(one)
                self.fields = self.fields[:-1] if kind else self.fields
            elif tag.startswith(("text:", "table:", "office:")):
                self.blocks(one)
            elif tag.startswith("draw:"):
                self._drawn(one)
                self._flush_boxes()

    def list(self, one: Element, depth: int, style: str, counters: Counters | None) -> None:
        """A list; `style` and `counters` come from the list that it stands in."""
        style = one.get("text:style-name") or style
        if counters is None:
            counters = self.lists.get(one.get("text:continue-list"))
            if counters is None and one.get("text:continue-numbering") == "true":
                counters = self.last_of_style.get(style)
            counters = counters or Counters()
        self.lists[one.get("xml:id") or f"@{one.start}"] = counters
        self.last_of_style[style] = counters
        levels = self.styles.levels(style)
        for item in one:
            if item.tag not in ("text:list-item", "text:list-header"):
                continue
            label = ""
            children = list(item)
            if item.tag == "text:list-item" and children and children[0].tag != "text:list":
                label = counters.label(levels, depth, item.get("text:start-value"))
            for child in children:
                if child.tag in ("text:p", "text:h"):
                    self.paragraph(child, label, depth + 1)
                    label = ""
                elif child.tag == "text:list":
                    self.list(child, depth + 1, style, counters)
                elif child.tag == "table:table":
                    self.table(child)

    def table(self, table: Element) -> None:
        """A row is a line, its cells parted by tabs; repeated rows and cells are empty ones and read once."""
        outer, self.kind = self.kind, "cell" if self.kind == "paragraph" else self.kind
        self.in_row += 1
        for row in _rows(table):
            cells = [one for one in row if one.tag == "table:table-cell"]
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

    def paragraph(self, one: Element, label: str = "", depth: int = 0) -> None:
        start = self.out.length
        style = one.get("text:style-name")
        outer = (self.look, self.marks)
        self.look = self.styles.marks("paragraph", style)
        self.marks = on(self.look)
        if one.tag == "text:h" and not label and self.styles.outline and one.get("text:is-list-header") != "true":
            level = whole(one.get("text:outline-level"), 1) - 1
            label = self.outline.label(self.styles.outline, level, one.get("text:start-value"))
        if label:
            self.out.add(label, Handle(self.part, one.start, 0, "label"), editable=False)
        if self.lead:
            space = "" if _begins_with_space(one) else " "
            handle = Handle(self.part, one.start, 0, "computed")
            self.out.add(self.lead + space, handle, _SUP, editable=False, link=f"#note{self.lead}")
            self.lead = ""
        self.after_space = True
        self.inline(one, "")
        if self.after_space:
            self.out.trim_space()
        self.look, self.marks = outer
        self._close(start, one, style, label, depth)
        self.out.add("\n", Handle(self.part, one.start, 0, "end"))
        self._flush_boxes()
        if not self.in_row:
            self._flush_notes()

    def _close(self, start: int, one: Element, style: str, label: str, depth: int) -> None:
        kind, level = self.kind, depth
        if kind == "paragraph":
            if one.tag == "text:h":
                kind, level = "section-title", whole(one.get("text:outline-level"), 1)
            elif self.styles.is_title(style):
                kind, level = "section-title", 1
            elif self.styles.is_code("paragraph", style):
                kind = "code"
            elif depth:
                kind = "list-item"
        self.out.close(start, kind, level, label.strip() or self.label)
        self.label = ""

    # --- what hangs on a paragraph ---------------------------------------------------------------------------------

    def _nested(self, container: Element, kind: BlockKind) -> None:
        saved = (self.kind, self.in_row, self.boxes, self.pending, self.after_space, self.fields, self.look, self.marks)
        self.kind, self.in_row, self.boxes, self.pending, self.fields = kind, 0, [], [], []
        self.blocks(container)
        pending = self.pending
        (self.kind, self.in_row, self.boxes, self.pending, self.after_space, self.fields, self.look, self.marks) = saved
        self.pending += pending

    def _flush_boxes(self) -> None:
        boxes, self.boxes = self.boxes, []
        for one in boxes:
            self._nested(one, self.kind)

    def _flush_notes(self) -> None:
        pending, self.pending = self.pending, []
        self._notes(pending)

    def _notes(self, notes: Iterable[tuple[Element, str]]) -> None:
        for one, mark in notes:
            body = one.find("text:note-body")
            if body is not None:
                self.label, self.lead = mark, superscript(mark)
                self._nested(body, "note")
                self.label = self.lead = ""


def _style_containers(root: Element) -> list[Element]:
    return [one for one in root if one.tag in ("office:styles", "office:automatic-styles")]


def _rows(table: Element) -> Iterable[Element]:
    for one in table:
        if one.tag == "table:table-row":
            yield one
        elif one.tag.startswith("table:table-") and "row" in one.tag:
            yield from _rows(one)


def _begins_with_space(one: Element) -> bool:
    first = one.children[0] if one.children else None
    return (isinstance(first, Element) and first.tag in ("text:s", "text:tab")) or not one.children
