"""Carry out edits in a docx by splicing bytes: what no edit touches stays as it was, byte for byte.

Cuts and insertions happen inside the `w:t` of the run that holds the characters; a run is split only where an insertion
looks otherwise than the run it falls in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile

from kzcite.formats.document.assembly import Handle
from kzcite.formats.document.changes import Paragraph, Plan, Put, plan_changes
from kzcite.formats.document.docx.chunks import Chunk
from kzcite.formats.document.docx.parts import Parts
from kzcite.formats.document.docx.removal import Removal
from kzcite.formats.document.docx.runs import Writer
from kzcite.formats.package import rewrite
from kzcite.formats.placedxml import Element, Text, Tree
from kzcite.formats.splices import Splice, escape, splice
from kzcite.model import Document, Edit, OutputError, Piece, Run

_SPACES = (" ", "\t", "\n")


def patch(data: bytes, document: Document, edits: Sequence[Edit]) -> bytes:
    """The docx `data`, from which `document` was read, with non-overlapping `edits` carried out.

    Raises OutputError for an edit of what Word computes (a list number, a note's mark) or across table cells.
    """
    parts = Parts.open(data, document.source)
    plan = plan_changes(document, edits)
    names = {document.pieces[one].handle.part for one in plan.cuts}
    names |= {document.pieces[put.piece].handle.part for put in plan.puts}
    names |= {
        document.pieces[one.last].handle.part for one in (*plan.gone, *plan.unlisted, *(pair[0] for pair in plan.joins))
    }
    changed = {name: PartPatch(parts.tree(name), name, document, plan).result() for name in sorted(names)}
    return rewrite(parts.package, changed)


class PartPatch:
    """The splices of one part."""

    def __init__(self, tree: Tree, name: str, document: Document, plan: Plan) -> None:
        self.tree, self.name, self.document, self.plan = tree, name, document, plan
        self.pieces = document.pieces
        self.writer = Writer(tree)
        self.splices: list[Splice] = []
        self.texts: dict[int, Text] = {}
        self.elements: dict[int, Element] = {}
        for one in tree.root.walk():
            self.elements[one.start] = one
            self.texts.update((text.start, text) for text in one.children if isinstance(text, Text))
        self.chunks: dict[int, Chunk] = {}
        self.signs: set[int] = set()
        self.split_runs: set[int] = set()
        self.order = 0

    def result(self) -> bytes:
        """The part's bytes with the plan carried out."""
        for index, cuts in self.plan.cuts.items():
            handle = self._own(index)
            if handle is None:
                continue
            if handle.kind == "text":
                for chunk in self._chunks(index):
                    chunk.cuts += cuts
            elif handle.kind == "sign":
                self.signs.add(handle.place)
        for put in self.plan.puts:
            if self._own(put.piece) is not None:
                self._put(put)
        for chunk in self.chunks.values():
            self._write(chunk)
        self._drop_runs()
        for one in self.plan.unlisted:
            if self._own(one.last) is not None:
                self.splices.append(self.writer.without_number(self._paragraph_elements(one)[-1]))
        removal = Removal(self.tree, self.splices)
        removal.remove([self._paragraph_elements(one) for one in self.plan.gone if self._own(one.last) is not None])
        for one, other in self.plan.joins:
            if self._own(one.last) is not None:
                removal.join(self._paragraph_elements(one)[-1], self._paragraph_elements(other)[0])
        return splice(self.tree.data, self.splices)

    def _own(self, index: int) -> Handle | None:
        handle: Handle = self.pieces[index].handle
        return handle if handle.part == self.name else None

    def _chunk(self, text: Text, piece: Piece) -> Chunk:
        return self.chunks.setdefault(text.start, Chunk(text, piece))

    def _chunks(self, index: int) -> list[Chunk]:
        """The characters of a piece, and their copy in the fallback that old programs show of a text box."""
        piece = self.pieces[index]
        text = self.texts[piece.handle.place]
        chunks = [self._chunk(text, piece)]
        choice = text.parent.above("mc:Choice")
        fallback = choice.parent.find("mc:Fallback") if choice is not None and choice.parent is not None else None
        if choice is not None and fallback is not None:
            shown, copied = _texts(choice), _texts(fallback)
            if [one.text for one in shown] == [one.text for one in copied]:
                chunks.append(self._chunk(copied[shown.index(text)], piece))
        return chunks

    def _paragraph_elements(self, paragraph: Paragraph) -> list[Element]:
        """The `w:p` elements of a printed paragraph: more than one where a paragraph mark was deleted."""
        found: dict[int, Element] = {}
        for piece in self.pieces[paragraph.first : paragraph.last + 1]:
            place = piece.handle.place
            at = self.texts[place].parent if place in self.texts else self.elements[place]
            at = at if at.tag == "w:p" else at.above("w:p") or at
            found[at.start] = at
        return [found[one] for one in sorted(found)]

    def _splice(self, start: int, end: int, data: bytes) -> None:
        self.order += 1
        self.splices.append(Splice(start, end, self.order if start == end else 0, data))

    # --- putting ---------------------------------------------------------------------------------------------------

    def _put(self, put: Put) -> None:
        piece = self.pieces[put.piece]
        handle: Handle = piece.handle
        if handle.kind == "text":
            for chunk in self._chunks(put.piece):
                self._put_in_text(put, chunk)
            return
        at = self.elements[handle.place]
        if at.tag == "w:p":
            self._put_in_paragraph(put, at)
        else:
            self._put_by_sign(put, at, piece.marks)

    def _put_in_text(self, put: Put, chunk: Chunk) -> None:
        run = chunk.text.parent.parent
        if run is None or run.tag != "w:r":
            raise OutputError("text outside a run cannot be edited", where=self.tree.where)
        has = chunk.piece.marks
        paragraph = run.above("w:p") or run
        if put.where == "before":
            self._new_paragraphs(put.lines[:-1], paragraph, run.find("w:rPr"), has, paragraph.start)
            return
        line = put.lines[0]
        head = tuple(takewhile(lambda one: one.marks == has and "\t" not in one.text, line))
        rest = line[len(head) :]
        if head:
            chunk.puts.append((put.offset, escape("".join(one.text for one in head))))
        if put.where == "after":
            self._new_paragraphs(put.lines[1:], paragraph, run.find("w:rPr"), has, self.tree.end(paragraph))
            more: tuple[tuple[Run, ...], ...] = ()
        else:
            more = put.lines[1:]
        if not rest and not more:
            return
        new = self.writer.runs(rest, run.find("w:rPr"), has) + self._breaks(more, run, has)
        self._between(chunk, run, put.offset, new, inside=bool(more), after=bool(head))

    def round_insertion(self, index: int) -> tuple[bytes, bytes]:
        """What ends and begins again the tracked insertion round a piece: a hyperlink may hold one, not stand in it."""
        run = self.texts[self.pieces[index].handle.place].parent.parent
        outer = run.parent if run is not None else None
        if outer is None or outer.tag not in ("w:ins", "w:moveTo"):
            return b"", b""
        return self.tree.end_tag(outer), self.tree.start_tag(outer)

    def between(self, index: int, offset: int, data: bytes) -> None:
        """Put elements of run level before the character `offset` of a piece, which splits its run if need be."""
        text = self.texts[self.pieces[index].handle.place]
        run = text.parent.parent
        if run is None or run.tag != "w:r":
            raise OutputError("text outside a run cannot be marked", where=self.tree.where)
        self._between(self._chunk(text, self.pieces[index]), run, offset, data)

    def _between(
        self, chunk: Chunk, run: Element, offset: int, data: bytes, *, inside: bool = False, after: bool = False
    ) -> None:
        """`inside`: the run must be split even at its edge; `after`: characters have been put at the place before."""
        tree, element = self.tree, chunk.text.parent
        is_first = _is_edge(element, run, 0) and element.children[0] is chunk.text
        is_last = _is_edge(element, run, -1) and element.children[-1] is chunk.text
        if not inside and not after and is_first and chunk.is_cut(0, offset):
            self._splice(run.start, run.start, data)
        elif not inside and is_last and chunk.is_cut(offset, chunk.piece.span.length):
            self._splice(tree.end(run), tree.end(run), data)
        else:
            look = run.find("w:rPr")
            reopened = tree.start_tag(run) + (tree.raw(look) if look is not None else b"")
            opened = self.writer.open(b"t", b' xml:space="preserve"')
            chunk.puts.append((offset, tree.end_tag(element) + tree.end_tag(run) + data + reopened + opened))
            chunk.split = True

    def _put_by_sign(self, put: Put, sign: Element, has: frozenset[str]) -> None:
        run = sign.parent
        assert run is not None  # a sign stands in a run
        look = run.find("w:rPr")
        paragraph = run.above("w:p") or run
        if put.where == "before":
            self._new_paragraphs(put.lines[:-1], paragraph, look, has, paragraph.start)
            return
        if put.where == "after":
            self._new_paragraphs(put.lines[1:], paragraph, look, has, self.tree.end(paragraph))
        more = put.lines[1:] if put.where == "here" else ()
        new = self.writer.runs(put.lines[0], look, has) + self._breaks(more, run, has)
        if not more and _is_edge(sign, run, 0) and (put.offset == 0 or sign.start in self.signs):
            self._splice(run.start, run.start, new)
        elif not more and _is_edge(sign, run, -1) and (put.offset or sign.start in self.signs):
            self._splice(self.tree.end(run), self.tree.end(run), new)
        else:
            reopened = self.tree.start_tag(run) + (self.tree.raw(look) if look is not None else b"")
            place = self.tree.end(sign) if put.offset else sign.start
            self._splice(place, place, self.tree.end_tag(run) + new + reopened)
            self.split_runs.add(run.start)

    def _put_in_paragraph(self, put: Put, paragraph: Element) -> None:
        """Into a paragraph without text."""
        look = paragraph.find("w:pPr", "w:rPr")
        has: frozenset[str] = frozenset()
        new = self.writer.runs(put.lines[0], look, has)
        end = self.tree.end(paragraph)
        if put.where == "before":
            self._new_paragraphs(put.lines[:-1], paragraph, look, has, paragraph.start)
            return
        if self.tree.is_empty_tag(paragraph):
            self._splice(paragraph.start, end, self.tree.start_tag(paragraph) + new + self.tree.end_tag(paragraph))
        else:
            self._splice(paragraph.mark, paragraph.mark, new)
        self._new_paragraphs(put.lines[1:], paragraph, look, has, end)

    def _new_paragraphs(
        self,
        lines: Iterable[tuple[Run, ...]],
        like: Element,
        look: Element | None,
        has: frozenset[str],
        place: int,
    ) -> None:
        properties = self.writer.paragraph_properties(like)
        for line in lines:
            runs = self.writer.runs(line, look, has)
            self._splice(place, place, self.writer.open(b"p") + properties + runs + self.writer.close(b"p"))

    def _breaks(self, lines: Sequence[tuple[Run, ...]], run: Element, has: frozenset[str]) -> bytes:
        """End the paragraph before each line and begin one like it, inside whatever the run stands in."""
        if not lines:
            return b""
        around: list[Element] = []
        at = run.parent
        while at is not None and at.tag != "w:p":
            around.append(at)
            at = at.parent
        if at is None:
            raise OutputError("text outside a paragraph cannot be edited", where=self.tree.where)
        close = b"".join(self.tree.end_tag(one) for one in around) + self.tree.end_tag(at)
        open = self.writer.open(b"p") + self.writer.paragraph_properties(at)
        open += b"".join(self.tree.start_tag(one) for one in reversed(around))
        return b"".join(close + open + self.writer.runs(line, run.find("w:rPr"), has) for line in lines)

    # --- writing ---------------------------------------------------------------------------------------------------

    def _write(self, chunk: Chunk) -> None:
        """The new characters between the two tags."""
        text, element = chunk.text, chunk.text.parent
        if chunk.is_gone and len(element.children) == 1:
            self._splice(element.start, self.tree.end(element), b"")
            return
        data = chunk.rewritten(self.tree.data[text.start : text.end])
        self._splice(text.start, text.end, data)
        shown = data.decode("utf-8")
        if element.get("xml:space") != "preserve" and (
            chunk.split or shown.startswith(_SPACES) or shown.endswith(_SPACES)
        ):
            place = self.tree.open_end(element) - 1
            self._splice(place, place, b' xml:space="preserve"')

    def _drop_runs(self) -> None:
        """Take out signs that are cut, and runs and links of which nothing is left."""
        runs: dict[int, Element] = {}
        for place in self.signs:
            sign = self.elements[place]
            self._splice(sign.start, self.tree.end(sign), b"")
            if sign.parent is not None:
                runs[sign.parent.start] = sign.parent
        for chunk in self.chunks.values():
            if chunk.text.parent.parent is not None:
                runs[chunk.text.parent.parent.start] = chunk.text.parent.parent
        empty = {s for s, run in runs.items() if s not in self.split_runs and all(self._is_gone(one) for one in run)}
        for start in empty:
            run = runs[start]
            self._splice(start, self.tree.end(run), b"")
        for link in {run.parent.start: run.parent for s, run in runs.items() if s in empty and run.parent}.values():
            if link.tag == "w:hyperlink" and all(one.start in empty for one in link):
                inside = [one for one in self.splices if link.start < one.start < link.mark and one.data]
                if not inside:
                    self._splice(link.start, self.tree.end(link), b"")

    def _is_gone(self, one: Element) -> bool:
        if one.tag in ("w:rPr", "w:lastRenderedPageBreak"):
            return True
        if one.tag == "w:t":
            texts = [text for text in one.children if isinstance(text, Text)]
            return all(text.start in self.chunks and self.chunks[text.start].is_gone for text in texts)
        return one.start in self.signs


def _is_edge(one: Element, run: Element, at: int) -> bool:
    """Whether `one` is the first (0) or the last (-1) child of its run, the look apart."""
    return [child for child in run if child.tag != "w:rPr"][at] is one


def _texts(element: Element) -> list[Text]:
    return [text for one in element.walk() if one.tag == "w:t" for text in one.children if isinstance(text, Text)]
