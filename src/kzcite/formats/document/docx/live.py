"""Live links in a docx: a bookmark round each entry, on each in-text citation a hyperlink to it. The look stays.

With `zotero`, Zotero's own fields instead: see `zotero.py`.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator

from kzcite.formats.document.assembly import Handle
from kzcite.formats.document.changes import Plan
from kzcite.formats.document.docx.parts import Parts, number
from kzcite.formats.document.docx.patch import PartPatch
from kzcite.formats.document.docx.zotero import ZoteroFields, add_preferences
from kzcite.formats.package import rewrite
from kzcite.model import Cite, Document, Entry, Span, Stage

_ID_BOUND = 2**31 - 1


def live(data: bytes, document: Document, *, zotero: bool = False, style: str = "") -> bytes:
    """The docx `data` with every linked in-text citation of `document` made live.

    `zotero` writes citation and bibliography fields that Zotero takes over, with the parsed items inside; `style` is
    the CSL style named in them. What is live already (a citation field, a link) is left alone. A citation of which a
    part answers to no entry stays plain text in Zotero's form.
    """
    document.need(Stage.LINKED)
    parts = Parts.open(data, document.source)
    work = LiveParts(parts, document)
    changed: dict[str, bytes] = {}
    if zotero:
        ZoteroFields(work).write()
        changed = add_preferences(parts, style)
    else:
        work.links()
    return rewrite(parts.package, {**changed, **{name: one.result() for name, one in work.patches.items()}})


class LiveParts:
    """The parts of a docx while elements are put between their runs."""

    def __init__(self, parts: Parts, document: Document) -> None:
        self.parts, self.document = parts, document
        self.pieces = document.pieces
        self.patches: dict[str, PartPatch] = {}
        self._starts = [one.span.start for one in self.pieces]

    def patch(self, part: str) -> PartPatch:
        if part not in self.patches:
            self.patches[part] = PartPatch(self.parts.tree(part), part, self.document, Plan())
        return self.patches[part]

    def targets(self) -> dict[str, str]:
        """Cite id → entry id, of the cites that answer to an entry."""
        return {one.cite: one.entry for one in self.document.links if one.entry}

    def stretches(self, span: Span) -> list[tuple[int, int, int]]:
        """The editable text pieces in `span`: index, first and last character within the piece."""
        out = []
        for index in self._indices(span):
            piece = self.pieces[index]
            handle: Handle = piece.handle
            if piece.editable and handle.kind == "text":
                start = max(span.start, piece.span.start) - piece.span.start
                end = min(span.end, piece.span.end) - piece.span.start
                if end > start:
                    out.append((index, start, end))
        return out

    def _indices(self, span: Span) -> Iterator[int]:
        index = max(0, bisect_right(self._starts, span.start) - 1)
        while index < len(self.pieces) and self.pieces[index].span.start < span.end:
            yield index
            index += 1

    def put(self, index: int, offset: int, data: bytes) -> None:
        """Elements of run level before a character of a piece."""
        self.patch(self.pieces[index].handle.part).between(index, offset, data)

    def wrap(self, stretches: list[tuple[int, int, int]], before: bytes, after: bytes) -> None:
        """Put elements before the first and after the last of some stretches."""
        self.put(stretches[0][0], stretches[0][1], before)
        self.put(stretches[-1][0], stretches[-1][2], after)

    # --- bookmarks and hyperlinks ----------------------------------------------------------------------------------

    def links(self) -> None:
        """Bookmarks on the entries that are cited, hyperlinks on the cites; in the order of the text."""
        targets = self.targets()
        cited = set(targets.values())
        names = {one.id: bookmark_name(one, self.document) for one in self.document.entries if one.id in cited}
        known, next_id = self._bookmarks()
        jobs = [
            (one.span, "bookmark", names[one.id])
            for one in self.document.entries
            if one.id in cited and names[one.id] not in known
        ]
        for marker in self.document.markers:
            at = marker.span.start
            for cite in sorted(marker.cites, key=lambda one: (one.span.start, one.span.end)):
                span = label_span(cite, self.document.text)
                if cite.id in targets and span.start >= at:
                    jobs.append((span, "hyperlink", names[targets[cite.id]]))
                    at = span.end
        for span, kind, name in sorted(jobs):
            stretches = self.stretches(span)
            if kind == "hyperlink":
                self._hyperlink(stretches, name)
            elif stretches:
                writer = self.patch(self.pieces[stretches[0][0]].handle.part).writer
                start = writer.tagged(b"bookmarkStart", id=str(next_id), name=name)
                self.wrap(stretches, start, writer.tagged(b"bookmarkEnd", id=str(next_id)))
                next_id += 1

    def _hyperlink(self, stretches: list[tuple[int, int, int]], name: str) -> None:
        for index, start, end in stretches:
            piece = self.pieces[index]
            if piece.link or piece.handle.field:
                continue
            patch = self.patch(piece.handle.part)
            opened = patch.writer.tagged(b"hyperlink", anchor=name, history="1").replace(b"/>", b">")
            close, again = patch.round_insertion(index)
            closed = patch.writer.close(b"hyperlink")
            self.wrap([(index, start, end)], close + opened + again, close + closed + again)

    def _bookmarks(self) -> tuple[set[str], int]:
        """The names of all bookmarks and an id above all of theirs."""
        names: set[str] = set()
        last = 0
        for part in {one.handle.part for one in self.pieces}:
            for one in self.parts.tree(part).root.walk():
                if one.tag == "w:bookmarkStart":
                    names.add(one.get("w:name"))
                if one.tag in ("w:bookmarkStart", "w:bookmarkEnd"):
                    last = max(last, number(one.get("w:id")))
        return names, min(last + 1, _ID_BOUND)


def bookmark_name(entry: Entry, document: Document) -> str:
    """A bookmark's name made from the entry's own words: the same in every run, whatever number the entry bears."""
    words = " ".join(entry.printed(document.text).split())
    return "kzcite_" + hashlib.sha256(words.encode()).hexdigest()[:12]


def label_span(cite: Cite, text: str) -> Span:
    """The printed label of a cite where it stands at its beginning (`3` of `3, с. 15`), else all of it."""
    printed = cite.span.cut(text)
    if cite.label and printed.startswith(cite.label) and not printed[len(cite.label) :][:1].isdigit():
        return Span(cite.span.start, cite.span.start + len(cite.label))
    return cite.span
