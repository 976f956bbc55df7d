"""Read what stands inside the paragraphs of an odt: characters with their white space, spans, links, fields, notes."""

from __future__ import annotations

import re

from kzcite.formats.document.assembly import Assembly, Handle
from kzcite.formats.document.numerals import superscript
from kzcite.formats.document.odt.styles import Styles, whole
from kzcite.formats.placedxml import Element, Text, Tree
from kzcite.model.document import BlockKind
from kzcite.model.limits import current

_SPACES = re.compile(r"[ \t\r\n]+")
SKIPPED = frozenset({"text:tracked-changes", "office:annotation", "office:annotation-end", "office:forms"})
_INLINE = frozenset({"text:span", "text:meta", "text:ruby-base", "text:ruby"})
_FIELD_MARKS = (
    ("ZOTERO_ITEM", "citation"),
    ("CSL_CITATION", "citation"),
    ("Mendeley Citation", "citation"),
    ("ZOTERO_BIBL", "bibliography"),
    ("Mendeley_Bibliography", "bibliography"),
)
_SUP = frozenset({"sup"})


class InlineReader:
    """Where the reader stands: the part, the look, whether a space would collapse, what is read after the paragraph."""

    def __init__(self, tree: Tree, styles: Styles) -> None:
        self.out = Assembly()
        self.part, self.tree, self.styles = "content.xml", tree, styles
        self.kind: BlockKind = "paragraph"
        self.boxes: list[Element] = []
        self.pending: list[tuple[Element, str]] = []
        self.endnotes: list[tuple[Element, str]] = []
        self.after_space = True
        self.fields: list[str] = []
        self.look: dict[str, bool] = {}
        self.marks: frozenset[str] = frozenset()

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
            kind = field_kind(one.get("text:name"))
            self.fields += [kind] if kind else []
        elif tag in ("text:reference-mark-end", "text:bookmark-end"):
            if self.fields and field_kind(one.get("text:name")):
                self.fields.pop()
        elif tag.startswith("draw:"):
            self._drawn(one)
        elif tag in SKIPPED or tag.endswith("-source") or tag == "text:ruby-text":
            return
        elif tag.startswith(("text:", "presentation:")) and one.children:
            self._computed(one, link)

    def _styled(self, one: Element, link: str) -> None:
        style = one.get("text:style-name")
        outer = (self.look, self.marks)
        start = self.out.length
        if style:
            self.look = {**self.look, **self.styles.marks("text", style)}
            self.marks = on(self.look)
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

    def _drawn(self, one: Element) -> None:
        """Text boxes and shapes with text are read after the paragraph."""
        if one.tag == "draw:text-box" or any(child.tag in ("text:p", "text:list") for child in one):
            self.boxes.append(one)
            return
        for child in one:
            if child.tag.startswith("draw:"):
                self._drawn(child)


def field_kind(name: str) -> str:
    return next((kind for head, kind in _FIELD_MARKS if name.startswith(head)), "")


def on(look: dict[str, bool]) -> frozenset[str]:
    return frozenset(mark for mark, on in look.items() if on)
