"""Citations in footnotes: a document without a list, whose notes are the references.

In: the lines of the text. Out: the notes that are references, as a list, and the marks in the text that refer to them;
a note that repeats (`Сонда. 12-б.`) is a citation without an entry of its own. ГОСТ Р 7.0.5-2008, 6 and 7.10-7.14.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kzcite.finder.likeness import is_likely
from kzcite.finder.lines import Line
from kzcite.finder.lists import FoundList
from kzcite.finder.repeated import Repetition, read_repeated
from kzcite.finder.rows import RawEntry
from kzcite.model import Piece, Span

_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK = re.compile(
    r"\s*(?:\[\^(?P<markdown>[\w-]{1,40})\]:|(?P<raised>[⁰¹²³⁴-⁹]{1,4})|(?P<printed>\d{1,4})[.)]?(?=\s*[^\d\s]))\s*"
)
_REFERENCE = re.compile(r"\[\^([\w-]{1,40})\](?!:)|([⁰¹²³⁴-⁹]{1,4})")


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its mark as printed, where the mark and the words stand, and whether it repeats a work."""

    mark: str
    mark_span: Span
    text: Span
    repetition: Repetition | None


@dataclass(frozen=True, slots=True)
class NoteCitation:
    """A mark in the text that refers to a note."""

    span: Span
    note: Note


def find_notes(text: str, lines: Sequence[Line]) -> list[Note]:
    """Every line that is a note: by its kind, or because it begins with a raised number or a Markdown mark."""
    out: list[Note] = []
    for line in lines:
        if line.start == line.end or line.furniture:
            continue
        found = _MARK.match(text, line.start, line.end)
        if found is None or (found["printed"] and line.kind != "note"):
            continue
        group = found.lastgroup or "printed"
        words = Span(found.end(), line.start + len(text[line.start : line.end].rstrip()))
        if words.length <= 0:
            continue
        read = read_repeated(text, words.start, words.end, whole=False)
        start, end = found.span(group)
        if group == "markdown":
            start, end = start - 2, end + 2
        out.append(Note(found[group].translate(_PLAIN), Span(start, end), words, read))
    return out


def notes_as_list(text: str, notes: Sequence[Note]) -> FoundList | None:
    """The notes that are references as a list; None where most notes are remarks."""
    entries = [
        RawEntry(one.text, one.mark, one.mark_span)
        for one in notes
        if one.repetition is None and is_likely(one.text.cut(text))
    ]
    repeated = sum(one.repetition is not None for one in notes)
    if not entries or 2 * (len(entries) + repeated) < len(notes):
        return None
    return FoundList("", None, "native", Span(notes[0].mark_span.start, notes[-1].text.end), tuple(entries))


def note_citations(
    text: str, notes: Sequence[Note], entries: Sequence[RawEntry], pieces: Sequence[Piece]
) -> list[NoteCitation]:
    """The marks that refer to notes with a reference or a repetition, each note once, in order."""
    cited = {entry.label_span for entry in entries}
    waiting: dict[str, list[Note]] = {}
    own = {note.mark_span for note in notes}
    for note in notes:
        if note.mark_span in cited or note.repetition is not None:
            waiting.setdefault(note.mark, []).append(note)
    out: list[NoteCitation] = []
    for span, mark in sorted(_references(text, pieces)):
        if mark in waiting and waiting[mark] and not any(span.overlaps(one) for one in own):
            out.append(NoteCitation(span, waiting[mark].pop(0)))
    return out


def _references(text: str, pieces: Sequence[Piece]) -> Iterator[tuple[Span, str]]:
    for found in _REFERENCE.finditer(text):
        yield Span(*found.span()), (found[1] or found[2]).translate(_PLAIN)
    for piece in pieces:
        printed = piece.span.cut(text).strip() if "sup" in piece.marks else ""
        if printed.isdecimal() and len(printed) <= 4:
            yield piece.span, printed
