"""Which entry each cite means: by its number, by author and year, or by what was cited before.

In: a PARSED document. Out: the same document, LINKED, one Link a cite; `entry` is None where nothing answers.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from kzcite.model import Cite, Document, Entry, Link, Marker, ReferenceList, Stage
from kzcite.tables.citing import citing_words
from kzcite.text.fold import fold
from kzcite.text.mention import Lines, Mention, parse_names, read_mention, score

_CERTAIN = 5.5


class Resolver:
    """The lists of one document, prepared for looking entries up."""

    def __init__(self, document: Document) -> None:
        self.document = document
        lists = [one for one in document.lists if one.entries]
        natives = [one for one in lists if one.role == "native"]
        self.lists = sorted(natives or lists, key=lambda one: one.span)
        self._ends = [one.span.end for one in self.lists]
        self._labels = [_by_label(one) for one in self.lists]
        self.entries: list[Entry] = [entry for one in self.lists for entry in one.entries]
        self._lines: Lines | None = None
        self._cited: list[str] = []

    @property
    def lines(self) -> Lines:
        if self._lines is None:
            self._lines = Lines(entry.printed(self.document.text) for entry in self.entries)
        return self._lines

    def link(self, marker: Marker, cite: Cite) -> Link:
        """The link of one cite; markers must come in printed order, for the repeated references."""
        noted = marker.kind == "footnote"
        if marker.kind == "repeated" or (noted and _is_repetition(cite.label)):
            link = self._repeated(cite)
        elif noted or cite.label.isdecimal():
            link = self._numbered(marker, cite)
        else:
            link = self._dated(cite)
        if link.entry:
            self._cited.append(link.entry)
        return link

    def _numbered(self, marker: Marker, cite: Cite) -> Link:
        """The number's entry in the list that follows the marker, else in another list of the document."""
        number = str(int(cite.label)) if cite.label.isdecimal() else cite.label
        after = bisect_left(self._ends, marker.span.end)
        order = [*range(after, len(self.lists)), *range(after - 1, -1, -1)]
        for rank, index in enumerate(order):
            found = self._labels[index].get(number)
            if found:
                return Link(cite.id, found[0], "label", (1.0 if rank == 0 else 0.7) / len(found))
        return Link(cite.id, None, "label", 1.0)

    def _dated(self, cite: Cite) -> Link:
        mention = read_mention(cite.label)
        best = self.lines.best(mention) if mention else None
        if best is None:
            return Link(cite.id, None, "author-date", 0.8)
        index, value = best
        return Link(cite.id, self.entries[index].id, "author-date", 0.95 if value >= _CERTAIN else 0.7)

    def _repeated(self, cite: Cite) -> Link:
        """«Сонда» means the work cited last; «Омаров, көрс. еңбек» the work of Omarov cited last."""
        names = _names_of(cite.label)
        if names:
            mention = Mention(names, "")
            scores = {line.index: line for line in self.lines.lines}
            ids = {entry.id: index for index, entry in enumerate(self.entries)}
            for cited in reversed(self._cited):
                if score(mention, scores[ids[cited]]) >= 2.0:
                    return Link(cite.id, cited, "repeated", 0.9)
            best = max(self.lines.lines, key=lambda line: score(mention, line), default=None)
            if best is not None and score(mention, best) >= 2.0:
                return Link(cite.id, self.entries[best.index].id, "repeated", 0.6)
            return Link(cite.id, None, "repeated", 0.8)
        return Link(cite.id, self._cited[-1] if self._cited else None, "repeated", 0.9)


def _by_label(one: ReferenceList) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for place, entry in enumerate(one.entries, 1):
        label = str(int(entry.label)) if entry.label.isdecimal() else entry.label or str(place)
        out.setdefault(label, []).append(entry.id)
    return out


def _is_repetition(label: str) -> bool:
    folded = fold(label)
    words = citing_words()
    return any(fold(phrase) in folded for phrase in (*words.same, *words.earlier))


def _names_of(label: str) -> tuple[str, ...]:
    """The names before «көрс. еңбек»; `()` for «Сонда», which has none."""
    folded = fold(label)
    words = citing_words()
    if any(folded.startswith(fold(phrase)) for phrase in words.same):
        return ()
    for phrase in words.earlier:
        wanted = fold(phrase)
        at = folded.find(wanted)
        if at == 0:
            return ()
        if at > 0:
            printed = label[: label.lower().find(phrase.split()[0].rstrip(".").lower())].strip(" ,.(")
            parsed = parse_names(printed)
            return parsed[0] if parsed else ()
    return ()


def link(document: Document) -> Document:
    """The document with every cite linked.

    Raises StageError for a document that is not PARSED.
    """
    document.need(Stage.PARSED)
    if document.stage >= Stage.LINKED:
        return document
    resolver = Resolver(document)
    links: list[Link] = []
    for marker in _printed_order(document.markers):
        links += [resolver.link(marker, cite) for cite in marker.cites]
    return replace(document, links=tuple(links), stage=Stage.LINKED)


def _printed_order(markers: Sequence[Marker]) -> list[Marker]:
    return sorted(markers, key=lambda one: one.span)
