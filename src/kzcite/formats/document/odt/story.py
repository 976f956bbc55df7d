"""Read an odt: its text, tables, notes, text boxes, headers into one text (ODF 1.3 part 3, 5 to 7).

White space in the source collapses as ODF says (6.1.2). Inserted text counts; deleted text is kept apart by the format
and never read. After each paragraph come its text boxes and footnotes, at the end the endnotes and headers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kzcite.formats.document.assembly import Assembly, Handle
from kzcite.formats.document.numerals import superscript
from kzcite.formats.document.odt.styles import Counters, Styles, whole
from kzcite.formats.placedxml import Element, Text, Tree
from kzcite.model import Document, Notice
from kzcite.model.document import BlockKind
from kzcite.model.limits import current

_SPACES = re.compile(r"[ \t\r\n]+")
_SKIPPED = frozenset({"text:tracked-changes", "office:annotation", "office:annotation-end", "office:forms"})
_INLINE = frozenset({"text:span", "text:meta", "text:ruby-base", "text:ruby"})
_FIELD_MARKS = (
    ("ZOTERO_ITEM", "citation"),
    ("CSL_CITATION", "citation"),
    ("Mendeley Citation", "citation"),
    ("ZOTERO_BIBL", "bibliography"),
    ("Mendeley_Bibliography", "bibliography"),
)
_SUP = frozenset({"sup"})


class Story:
    """One reading of one odt: `content` is its content.xml, `common` its styles.xml if there is one."""

    def __init__(self, content: Tree, common: Tree | None) -> None:
        self.content, self.common = content, common
        self.out = Assembly()
        self.part, self.tree = "content.xml", content
        shared = _style_containers(common.root) if common else []
        self.styles = Styles([*shared, *_style_containers(content.root)])
        self.kind: BlockKind = "paragraph"
        self.label = ""
        self.lead = ""
        self.in_row = 0
        self.boxes: list[Element] = []
        self.pending: list[tuple[Element, str]] = []
        self.endnotes: list[tuple[Element, str]] = []
        self.lists: dict[str, Counters] = {}
        self.last_of_style: dict[str, Counters] = {}
        self.outline = Counters()
        self.after_space = True
        self.fields: list[str] = []
        self.look: dict[str, bool] = {}
        self.marks: frozenset[str] = frozenset()

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
            elif tag.endswith("-source") or tag in _SKIPPED:
                continue
            elif tag == "text:section":
                kind = _field_kind(one.get("text:name"))
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
        self.marks = _on(self.look)
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

    def _drawn(self, one: Element) -> None:
        """Text boxes and shapes with text are read after the paragraph."""
        if one.tag == "draw:text-box" or any(child.tag in ("text:p", "text:list") for child in one):
            self.boxes.append(one)
            return
        for child in one:
            if child.tag.startswith("draw:"):
                self._drawn(child)

    # --- within a paragraph ----------------------------------------------------------------------------------------

    def inline(self, container: Element, link: str) -> None:
        for one in container.children:
            if isinstance(one, Text):
                self.characters(one, link)
            else:
                self.element(one, link)

    def element(self, one: Element, link: str) -> None:
        tag = one.tag
        if tag in _INLINE:
            self._styled(one, link)
        elif tag == "text:a":
            self._styled(one, one.get("xlink:href") or link)
        elif tag == "text:s":
            count = whole(one.get("text:c", "1"), 1)
            current().check("xml_text", self.out.length + count, self.tree.where)
            self._sign(" " * count, one, link)
        elif tag == "text:tab":
            self._sign("\t", one, link)
        elif tag == "text:line-break":
            self._sign("\n", one, link)
        elif tag == "text:note":
            self._note(one)
        elif tag in ("text:reference-mark-start", "text:bookmark-start"):
            kind = _field_kind(one.get("text:name"))
            self.fields += [kind] if kind else []
        elif tag in ("text:reference-mark-end", "text:bookmark-end"):
            if self.fields and _field_kind(one.get("text:name")):
                self.fields.pop()
        elif tag.startswith("draw:"):
            self._drawn(one)
        elif tag in _SKIPPED or tag.endswith("-source") or tag == "text:ruby-text":
            return
        elif tag.startswith(("text:", "presentation:")) and one.children:
            self._computed(one, link)

    def _styled(self, one: Element, link: str) -> None:
        style = one.get("text:style-name")
        outer = (self.look, self.marks)
        start = self.out.length
        if style:
            self.look = {**self.look, **self.styles.marks("text", style)}
            self.marks = _on(self.look)
        self.inline(one, link)
        self.look, self.marks = outer
        if style and self.out.length > start and self.kind != "code" and self.styles.is_code("text", style):
            self.out.close(start, "code")

    def _sign(self, text: str, one: Element, link: str) -> None:
        if "hidden" not in self.marks:
            handle = Handle(self.part, one.start, 0, "sign", self._field)
            self.out.add(text, handle, self.marks, link=link)
            self.after_space = False

    def _computed(self, one: Element, link: str) -> None:
        """The shown text of a field: a number, a date, a cross-reference."""
        if "hidden" in self.marks:
            return
        text = _SPACES.sub(" ", one.text())
        self.out.add(text, Handle(self.part, one.start, 0, "computed"), self.marks, editable=False, link=link)
        if text:
            self.after_space = False

    def _note(self, note: Element) -> None:
        citation = note.find("text:note-citation")
        mark = citation.text().strip() if citation is not None else ""
        raised = superscript(mark)
        handle = Handle(self.part, note.start, 0, "computed")
        self.out.add(raised, handle, self.marks | _SUP, editable=False, link=f"#note{raised}")
        self.after_space = False
        (self.endnotes if note.get("text:note-class") == "endnote" else self.pending).append((note, mark))

    def characters(self, one: Text, link: str) -> None:
        """Characters with their white space collapsed: each unbroken stretch that stays is a piece."""
        if "hidden" in self.marks:
            return
        text = one.text
        editable = self.tree.data[one.end : one.end + 3] != b"]]>"
        at = 0
        for found in _SPACES.finditer(text):
            keep = found.start() + (0 if self.after_space and found.start() == at == 0 else 1)
            if found.start() > at or keep > found.start():
                self._stretch(one, at, keep, text, editable, link)
            at = found.end()
            self.after_space = True
        if at < len(text):
            self._stretch(one, at, len(text), text, editable, link)
            self.after_space = False

    def _stretch(self, one: Text, start: int, end: int, text: str, editable: bool, link: str) -> None:
        handle = Handle(self.part, one.start, start, "text", self._field)
        shown = _SPACES.sub(" ", text[start:end])
        last = self.out.pieces[-1] if self.out.pieces else None
        if last is not None and last.handle == handle._replace(skip=start - last.span.length) and start:
            self.out.lengthen(shown)
        else:
            self.out.add(shown, handle, self.marks, editable=editable, link=link)

    @property
    def _field(self) -> str:
        return self.fields[-1] if self.fields else ""


def _style_containers(root: Element) -> list[Element]:
    return [one for one in root if one.tag in ("office:styles", "office:automatic-styles")]


def _rows(table: Element) -> Iterable[Element]:
    for one in table:
        if one.tag == "table:table-row":
            yield one
        elif one.tag.startswith("table:table-") and "row" in one.tag:
            yield from _rows(one)


def _field_kind(name: str) -> str:
    return next((kind for head, kind in _FIELD_MARKS if name.startswith(head)), "")


def _on(look: dict[str, bool]) -> frozenset[str]:
    return frozenset(mark for mark, on in look.items() if on)


def _begins_with_space(one: Element) -> bool:
    first = one.children[0] if one.children else None
    return (isinstance(first, Element) and first.tag in ("text:s", "text:tab")) or not one.children
