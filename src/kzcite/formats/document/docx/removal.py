"""Take whole paragraphs out of a docx, or make two of them one, and leave valid mark-up behind.

A paragraph stays, emptied, where the file needs it: the last one of a cell or note, one that ends a section, one that
holds only the beginning or the end of a field. A row whose paragraphs all go, goes too.
"""

from __future__ import annotations

from collections.abc import Sequence

from kzcite.formats.placedxml import Element, Tree
from kzcite.formats.splices import Splice
from kzcite.model import OutputError

_RANGES = {
    "w:bookmarkStart": "w:bookmarkEnd",
    "w:commentRangeStart": "w:commentRangeEnd",
    "w:permStart": "w:permEnd",
}
_RANGE_ENDS = {end: start for start, end in _RANGES.items()}
_NEEDS_PARAGRAPH = frozenset({"w:tc", "w:txbxContent", "w:footnote", "w:endnote", "w:hdr", "w:ftr"})


class Removal:
    """Adds splices to a list."""

    def __init__(self, tree: Tree, splices: list[Splice]) -> None:
        self.tree, self.splices = tree, splices

    def remove(self, paragraphs: Sequence[Sequence[Element]]) -> None:
        """Take out paragraphs, each a list of its `w:p` elements."""
        all_gone = {one.start: one for group in paragraphs for one in group}
        rows = {row.start: row for one in all_gone.values() if (row := one.above("w:tr")) is not None}
        whole = [row for row in rows.values() if all(p.start in all_gone for p in row.walk() if p.tag == "w:p")]
        tables = {row.parent.start: row.parent for row in whole if row.parent is not None and row.parent.tag == "w:tbl"}
        starts = {row.start for row in whole}
        for table in tables.values():
            if all(one.start in starts for one in table if one.tag == "w:tr"):
                self._cut(table, b"")
        for row in whole:
            self._cut(row, b"")
        for one in all_gone.values():
            if one.above("w:tr") is not None and any(row.start < one.start < row.mark for row in whole):
                continue
            if self._must_stay(one, all_gone):
                self._empty(one)
            else:
                self._cut(one, self._open_ranges(one))

    def join(self, first: Element, second: Element) -> None:
        """Let the content of `second` follow that of `first`, whose properties stay."""
        if first.parent is not second.parent or first.parent is None:
            raise OutputError("paragraphs of different cells or stories cannot be joined", where=self.tree.where)
        if self.tree.is_empty_tag(first) or self.tree.is_empty_tag(second):
            self._cut(first if self.tree.is_empty_tag(first) else second, b"")
            return
        kept = b"".join(
            self.tree.raw(one) for one in first.parent if first.start < one.start < second.start and one.tag != "w:p"
        )
        properties = second.find("w:pPr")
        after = self.tree.end(properties) if properties is not None else self.tree.open_end(second)
        self.splices.append(Splice(first.mark, after, 0, kept))

    def _cut(self, one: Element, kept: bytes) -> None:
        self.splices.append(Splice(one.start, self.tree.end(one), 0, kept))

    def _must_stay(self, one: Element, gone: dict[int, Element]) -> bool:
        if one.find("w:pPr", "w:sectPr") is not None:
            return True
        kinds = [x.get("w:fldCharType") for x in one.walk() if x.tag == "w:fldChar"]
        if kinds.count("begin") != kinds.count("end"):
            return True
        parent = one.parent
        if parent is None or parent.tag not in _NEEDS_PARAGRAPH:
            return False
        left = [x for x in parent if x.tag in ("w:p", "w:tbl") and x.start not in gone]
        last_gone = max(x.start for x in parent if x.tag == "w:p" and x.start in gone)
        return (not left or left[-1].tag == "w:tbl") and one.start == last_gone

    def _empty(self, one: Element) -> None:
        for run in one.walk():
            if run.tag == "w:r" and not any(x.tag in ("w:fldChar", "w:instrText") for x in run):
                self._cut(run, b"")

    def _open_ranges(self, one: Element) -> bytes:
        """Beginnings and ends of bookmarks and comments whose other half stands elsewhere."""
        halves = [x for x in one.walk() if x.tag in _RANGES or x.tag in _RANGE_ENDS]
        seen = {(x.tag, x.get("w:id")) for x in halves}
        return b"".join(
            self.tree.raw(x) for x in halves if (_RANGES.get(x.tag) or _RANGE_ENDS[x.tag], x.get("w:id")) not in seen
        )
