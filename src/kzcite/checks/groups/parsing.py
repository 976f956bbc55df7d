"""PRS: what could not be read. Entries that are no references, stretches of a line, records of a bibliographic file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kzcite.checks.rule import Fault, rule
from kzcite.checks.views import Line, Paper
from kzcite.model import Severity, Span

_LETTERS = re.compile(r"[^\W\d_]+")
_HALF = 0.5


@rule("PRS001", Severity.WARNING, "entry {number} could not be read as a reference", needs_print=True)
def unread_entry(line: Line, paper: Paper) -> Iterator[Fault]:
    """An entry in which no reference was recognised.

    What: a line of the list without any author, title or host that could be told.
    Why: it is linked by its number, and nothing else of it is checked; often it is a stray line.
    Found:
        1. Омаров К.Т. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
        2. –––
        3. Қалиева Г.С. Шағымдану құқығы. – Астана: Фолиант, 2010. – 98 б.
    Not found:
        1. Омаров К.Т. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
        2. Қалиева Г.С. Шағымдану құқығы. – Астана: Фолиант, 2010. – 98 б.
    Fix: by hand.
    """
    if line.item is None:
        yield line.fault(printed=line.raw[:60])


@rule("PRS002", Severity.INFO, "entry {number}: no field claims «{printed}»", needs_print=True)
def unread_part(line: Line, paper: Paper) -> Iterator[Fault]:
    """A long stretch of an entry that no field claims.

    What: at least half of the letters of a line. Shorter stretches (labels, notes, words on amendments) are left alone.
    Why: what is not understood cannot be checked or exported.
    Found:
        1. Омаров К.Т. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б. Бұл кітапты авторға жолдасы сыйға тартқан, оны қазір ешкім таба алмайды, сондықтан беттері жадтан жазылып отыр, кейін толықтырылады деген үміт бар.
    Not found:
        1. Омаров К.Т. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
    Fix: by hand; `kzcite explain LINE` shows what was understood.
    """
    if line.item is None or not line.item.leftovers:
        return
    whole = _count_letters(line.raw)
    spans = [span for span in line.item.leftovers if not _is_aside(line.raw, span)]
    unread = [(_count_letters(span.cut(line.raw)), span) for span in spans]
    if whole > 40 and sum(count for count, _ in unread) > _HALF * whole:
        yield line.fault(max(unread)[1])


def _count_letters(text: str) -> int:
    return sum(map(len, _LETTERS.findall(text)))


def _is_aside(raw: str, span: Span) -> bool:
    """Whether a span stands in brackets: a translation, a note."""
    before = raw[: span.start]
    return before.count("[") > before.count("]") or before.count("(") > before.count(")")


@rule("PRS101", Severity.ERROR, "the record at line {line} cannot be read: {printed}", looks_at="file")
def broken_record(line: Line, paper: Paper) -> Iterator[Fault]:
    """A record of a bibliographic file that cannot be read.

    What: a BibTeX entry without its closing brace, a CSL-JSON file that breaks off.
    Why: the record is kept as it is and takes part in nothing.
    Fix: by hand.
    """
    yield from ()


@rule("PRS102", Severity.ERROR, "what stands at {line} is no record: {printed}", looks_at="file")
def no_record(line: Line, paper: Paper) -> Iterator[Fault]:
    """Something in a bibliographic file that is no record.

    What: a number or a string in a CSL-JSON list, a line without a tag in a RIS file.
    Why: it is left out.
    Fix: by hand.
    """
    yield from ()


@rule(
    "PRS103", Severity.WARNING, "the record at line {line} has no end; it was read up to the next one", looks_at="file"
)
def unfinished_record(line: Line, paper: Paper) -> Iterator[Fault]:
    """A record without its end mark.

    What: a RIS record without `ER`.
    Why: two records may have grown together.
    Fix: by hand.
    """
    yield from ()


@rule(
    "PRS104",
    Severity.WARNING,
    "the key {printed} is used again at {line}; the record is now {expected}",
    looks_at="file",
)
def repeated_key(line: Line, paper: Paper) -> Iterator[Fault]:
    """Two records with one key.

    What: a key that an earlier record bears.
    Why: a citation by this key means either of two works.
    Fix: by hand.
    """
    yield from ()


@rule("PRS105", Severity.WARNING, "a field stands twice in {printed}; the second is kept aside", looks_at="file")
def repeated_field(line: Line, paper: Paper) -> Iterator[Fault]:
    """A field that stands twice in a record.

    What: two `title = ` in one BibTeX entry.
    Why: programs disagree which of the two counts.
    Fix: by hand.
    """
    yield from ()


@rule("PRS106", Severity.WARNING, "the macro {printed} is not defined; its name is kept as text", looks_at="file")
def unknown_macro(line: Line, paper: Paper) -> Iterator[Fault]:
    """A BibTeX macro that no `@string` defines.

    What: a bare word as a value.
    Why: the name of the macro is printed instead of what it stands for.
    Fix: by hand.
    """
    yield from ()


@rule("PRS107", Severity.INFO, "the type {printed} is not known; the record is read as {expected}", looks_at="file")
def unknown_type(line: Line, paper: Paper) -> Iterator[Fault]:
    """A type of record that the format does not know.

    What: `TY  - XYZ`.
    Why: the record is read as the nearest type.
    Fix: by hand.
    """
    yield from ()


@rule("PRS108", Severity.WARNING, "text at line {line} belongs to no record: {printed}", looks_at="file")
def stray_text(line: Line, paper: Paper) -> Iterator[Fault]:
    """Text between records.

    What: text that is no comment and belongs to no record.
    Why: often it is a record whose beginning is lost.
    Fix: by hand.
    """
    yield from ()


@rule("PRS109", Severity.WARNING, "{printed} refers to a record that is not in the file: {expected}", looks_at="file")
def no_parent(line: Line, paper: Paper) -> Iterator[Fault]:
    """A cross-reference to a record that is not there.

    What: `crossref = {key}` with a key of no record.
    Why: the part stays without its host.
    Fix: by hand.
    """
    yield from ()


@rule("PRS110", Severity.INFO, "the preamble at line {line} is LaTeX and is not kept: {printed}", looks_at="file")
def preamble(line: Line, paper: Paper) -> Iterator[Fault]:
    """A preamble of a BibTeX file.

    What: `@preamble{"\\newcommand{...}"}`.
    Why: its commands are LaTeX, not data; no other format holds them.
    Fix: by hand.
    """
    yield from ()


@rule("PRS111", Severity.WARNING, "a comma is missing before the field {field} of {printed}", looks_at="file")
def forgotten_comma(line: Line, paper: Paper) -> Iterator[Fault]:
    """Two fields of a BibTeX entry without a comma between them.

    What: `title = {Абай жолы} year = 1942`.
    Why: BibTeX itself drops the rest of such an entry; here both fields are read.
    Fix: by hand.
    """
    yield from ()


@rule("PRS112", Severity.INFO, "the file is not UTF-8; it was read as {printed}", looks_at="file")
def guessed_encoding(line: Line, paper: Paper) -> Iterator[Fault]:
    """A bibliographic file in another encoding than UTF-8.

    What: an export of eLIBRARY in Windows-1251, of EndNote in UTF-16, letters of an old Kazakh font.
    Why: the encoding is guessed from the letters; a wrong guess spoils every title.
    Fix: by hand.
    """
    yield from ()


@rule("PRS113", Severity.ERROR, "{printed} damaged places of the file are no UTF-8", looks_at="file")
def damaged_text(line: Line, paper: Paper) -> Iterator[Fault]:
    """Bytes of a UTF-8 file that are no letters.

    What: a file cut in the middle of a letter, or put together from files in two encodings.
    Why: each such place stands as the sign U+FFFD.
    Fix: by hand.
    """
    yield from ()
