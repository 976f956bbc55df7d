"""Stage FOUND: the reference lists, their entries and the in-text citations of a document."""

from __future__ import annotations

from dataclasses import replace

from kzcite.finder.lines import Line, split_lines
from kzcite.finder.lists import FoundList, find_lists
from kzcite.finder.markers import Candidate, MarkerFinder
from kzcite.finder.notes import find_notes, note_citations, notes_as_list
from kzcite.finder.numeric import Source
from kzcite.finder.repeated import Repetition
from kzcite.finder.rows import RawEntry
from kzcite.model import Cite, Document, Entry, Marker, ReferenceList, Span, Stage
from kzcite.model import limits as bounds
from kzcite.text.language import detect

_SAMPLE = 1_500


def find(document: Document) -> Document:
    """The document with its lists, entries and markers; a document that has them already is given back."""
    if document.stage >= Stage.FOUND:
        return document
    text = document.text
    lines = split_lines(text, document.blocks)
    lists = _find_lists(text, lines)
    limit = bounds.current()
    limit.check("entries", sum(len(one.entries) for one in lists), document.source)
    candidates = MarkerFinder(text, lines, lists, document.pieces).find()
    if not candidates and not any(one.title for one in lists):
        lists, candidates = _in_notes(document, lines, lists)
    limit.check("markers", len(candidates), document.source)
    return replace(
        document,
        lists=_lists(text, lists),
        markers=_markers(candidates),
        stage=Stage.FOUND,
        language=document.language or _language(text),
    )


def _find_lists(text: str, lines: list[Line]) -> list[FoundList]:
    """The lists of the running text, the notes inside them left out."""
    return find_lists(text, [replace(one, furniture=True) if one.kind == "note" else one for one in lines])


def _in_notes(document: Document, lines: list[Line], lists: list[FoundList]) -> tuple[list[FoundList], list[Candidate]]:
    """The references of a document that cites in its notes, and the marks that refer to them."""
    notes = find_notes(document.text, lines)
    found = notes_as_list(document.text, notes) if notes else None
    citations = note_citations(document.text, notes, found.entries, document.pieces) if found else []
    if found is None or not citations:
        return lists, []
    candidates: list[Candidate] = []
    for one in citations:
        candidate = Candidate("footnote", one.span)
        if one.note.repetition:
            said = one.note.repetition
            candidate.repetition = Repetition(said.label, one.span, said.locator, one.span.end)
        else:
            candidate.sources = [Source(one.note.mark, one.span)]
        candidates.append(candidate)
    return [found], candidates


def _lists(text: str, found: list[FoundList]) -> tuple[ReferenceList, ...]:
    out: list[ReferenceList] = []
    number = 0
    for index, one in enumerate(found, 1):
        entries: list[Entry] = []
        for raw in one.entries:
            number += 1
            entries.append(Entry(f"e{number}", raw.text, raw.label, label_span=raw.label_span, gaps=_merged(text, raw)))
        out.append(ReferenceList(f"l{index}", one.role, one.title, one.span, tuple(entries), one.title_span))
    return tuple(out)


def _merged(text: str, raw: RawEntry) -> tuple[Span, ...]:
    """The page furniture inside an entry with the white space round it, but for the line break before it."""
    out: list[Span] = []
    for gap in raw.gaps:
        start, end = gap
        while start > raw.text.start and text[start - 1].isspace():
            start -= 1
        while end < raw.text.end and text[end].isspace():
            end += 1
        start = min(start + 1, gap.start)
        if out and start <= out[-1].end:
            start = out.pop().start
        out.append(Span(start, end))
    return tuple(out)


def _markers(candidates: list[Candidate]) -> tuple[Marker, ...]:
    out: list[Marker] = []
    number = 0
    for index, one in enumerate(candidates, 1):
        cites: list[Cite] = []
        if one.repetition:
            number += 1
            said = one.repetition
            cites.append(Cite(f"c{number}", said.span, said.label, said.locator))
        for source in one.sources:
            number += 1
            cites.append(Cite(f"c{number}", source.span, source.label, source.locator))
        for work in one.works:
            number += 1
            cites.append(Cite(f"c{number}", work.span, work.label, work.locator))
        out.append(Marker(f"m{index}", one.span, tuple(cites), one.kind))
    return tuple(out)


def _language(text: str) -> str:
    """The language of the running text: that of three stretches away from its head and its list."""
    size = len(text)
    if size <= 3 * _SAMPLE:
        return detect(text)
    stretches = [text[size * part // 8 : size * part // 8 + _SAMPLE // 3] for part in (2, 3, 4)]
    return detect(" ".join(stretches))
