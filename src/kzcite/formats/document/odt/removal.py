"""Take whole paragraphs out of an odt, or make two of them one, and leave valid mark-up behind.

A list item goes with its only paragraph, a list with its only item, a row with its cells' paragraphs. A paragraph
stays, emptied, where it is the last one of a cell, note or header, or holds one half of a mark (a bookmark).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kzcite.formats.placedxml import Element, Text, Tree
from kzcite.formats.splices import Splice
from kzcite.model import OutputError

_SPACES = b" \t\r\n"
_BLOCKS = ("text:p", "text:h")
_IDS = re.compile(rb"""\s+(?:xml:id|[\w-]+:continue-list|[\w-]+:continue-numbering)=(?:"[^"]*"|'[^']*')""")
_LISTS = ("text:list-item", "text:list")
_NEEDS_PARAGRAPH = ("table:table-cell", "text:note-body", "draw:text-box", "style:header", "style:footer")


class Removal:
    """Adds splices to a list."""

    def __init__(self, tree: Tree, splices: list[Splice]) -> None:
        self.tree, self.splices = tree, splices

    def remove(self, paragraphs: Sequence[Element]) -> None:
        """Take out paragraphs with whatever they leave empty."""
        gone = {one.start for one in paragraphs}
        taken: set[int] = set()
        for one in paragraphs:
            target = self._row(one, gone) or self._outermost(one, gone)
            if target.start in taken:
                continue
            taken.add(target.start)
            if target is one and self._must_stay(one, gone):
                if not self.tree.is_empty_tag(one):
                    self.splices.append(Splice(self.tree.open_end(one), one.mark, 0, self._halves(one)))
            else:
                self.splices.append(Splice(target.start, self.tree.end(target), 0, b""))

    def join(self, first: Element, second: Element) -> None:
        """Let the content of `second` follow that of `first`, whose properties stay."""
        if first.tag != second.tag or not self._are_beside(first, second):
            raise OutputError("paragraphs of different cells or lists cannot be joined", where=self.tree.where)
        if self.tree.is_empty_tag(first):
            self.remove([first])
        elif self.tree.is_empty_tag(second):
            self.remove([second])
        else:
            self.splices.append(Splice(first.mark, self.tree.open_end(second), 0, b""))
            self._drop_space(first, -1)
            self._drop_space(second, 0)

    def _drop_space(self, one: Element, at: int) -> None:
        """White space at the edge of a paragraph's source is not printed, and would be in the middle of one."""
        edge: Element | Text = one
        while isinstance(edge, Element) and edge.children:
            edge = edge.children[at]
        if not isinstance(edge, Text):
            return
        raw = self.tree.data[edge.start : edge.end]
        if at:
            self.splices.append(Splice(edge.start + len(raw.rstrip(_SPACES)), edge.end, 0, b""))
        else:
            self.splices.append(Splice(edge.start, edge.end - len(raw.lstrip(_SPACES)), 0, b""))

    def unlist(self, one: Element) -> None:
        """Take a paragraph out of its list, which goes on behind it."""
        item = one.parent
        whole = item.parent if item is not None else None
        if item is None or whole is None or item.tag != "text:list-item":
            raise OutputError("the number of a heading cannot be edited: a style prints it", where=self.tree.where)
        if list(item) != [one] or (whole.parent is not None and whole.parent.tag == "text:list-item"):
            raise OutputError("the number of a nested list item cannot be edited", where=self.tree.where)
        again = self.tree.start_tag(whole)
        name = self.tree.prefix(whole)
        again = _IDS.sub(b"", again)[:-1] + b" " + name + b'continue-numbering="true">'
        self.splices.append(Splice(item.start, one.start, 0, self.tree.end_tag(whole)))
        self.splices.append(Splice(self.tree.end(one), self.tree.end(item), 0, again))

    def _are_beside(self, first: Element, second: Element) -> bool:
        """Whether two paragraphs share their container, or end one list item and begin another of the list."""
        one, other = first.parent, second.parent
        if one is None or other is None or one is other:
            return one is other
        if not one.tag == other.tag == "text:list-item" or one.parent is not other.parent:
            return False
        return list(one)[-1] is first and next(iter(other)) is second

    def _row(self, one: Element, gone: set[int]) -> Element | None:
        row = one.above("table:table-row")
        if row is not None and all(x.start in gone for x in row.walk() if x.tag in _BLOCKS):
            return row
        return None

    def _outermost(self, one: Element, gone: set[int]) -> Element:
        """The list item or list that holds nothing but paragraphs that go, else the paragraph."""
        if self._open_halves(one):
            return one
        at = one
        while at.parent is not None and at.parent.tag in _LISTS:
            left = [x for x in at.parent.walk() if x.tag in _BLOCKS and (x.start not in gone or self._open_halves(x))]
            if left:
                break
            at = at.parent
        return at

    def _must_stay(self, one: Element, gone: set[int]) -> bool:
        if self._open_halves(one):
            return True
        parent = one.parent
        if parent is None or parent.tag not in _NEEDS_PARAGRAPH:
            return False
        blocks = [x for x in parent if x.tag in (*_BLOCKS, "text:list", "table:table")]
        left = [x for x in blocks if x.start not in gone]
        return not left and one is [x for x in blocks if x.start in gone][-1]

    def _open_halves(self, one: Element) -> list[Element]:
        """Beginnings and ends of marks whose other half stands in another paragraph."""
        halves = [x for x in one.walk() if x.tag.endswith(("-start", "-end"))]

        def key(x: Element) -> tuple[str, str]:
            return x.tag.rpartition("-")[0], x.get("text:name") or x.get("text:change-id") or x.get("office:name")

        keys = [key(x) for x in halves]
        return [x for x in halves if keys.count(key(x)) % 2]

    def _halves(self, one: Element) -> bytes:
        return b"".join(self.tree.raw(x) for x in self._open_halves(one))
