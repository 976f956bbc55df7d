"""What rules look at: the paper, its lists, the entries as lines.

A Paper is made from a linked Document or from a Library (lists without print). Places inside a printed line are spans
in the line; `Line.at` carries them to the text of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from kzcite.checks.rule import Fault
from kzcite.checks.signs import ADDRESS, MAIL_ADDRESS
from kzcite.model import (
    Applicability,
    Cite,
    Document,
    Edit,
    Field,
    Item,
    Library,
    Marker,
    ReferenceList,
    Rich,
    Severity,
    Span,
    Stage,
    hull,
)
from kzcite.tables.profiles import Profile
from kzcite.text.language import detect
from kzcite.text.order import Key, sort_key
from kzcite.text.script import main_script

PART_TYPES = ("article-journal", "article-newspaper", "article-magazine", "chapter", "paper-conference")
"""Types of works that stand inside another."""

SURE = 0.75
"""Least confidence of a value that an error or warning may rest on."""


class Line:
    """An entry: as printed (`raw`, empty in a library) and as read (`item`, None where it was not)."""

    def __init__(
        self,
        id: str,
        label: str,
        raw: str,
        start: int | None,
        item: Item | None,
        role: str,
        label_span: Span | None = None,
    ) -> None:
        self.id, self.label, self.raw, self.start, self.item, self.role = id, label, raw, start, item, role
        self.label_span = label_span

    @cached_property
    def number(self) -> int | None:
        """The printed list number."""
        digits = re.sub(r"\D", "", self.label)
        return int(digits) if digits and len(digits) < 7 else None

    @cached_property
    def language(self) -> str:
        """The language of the title; of the line where the title is unknown."""
        if self.item is not None and self.item.language:
            return self.item.language
        return detect(self.raw[:200])

    @cached_property
    def script(self) -> str:
        """The script of most letters of the beginning (`Cyrl`, `Latn`)."""
        return main_script(self.raw[:120] or (self.item.text("title") if self.item else ""))

    @property
    def shown(self) -> str:
        """How messages call the entry: its number, else its id."""
        return self.label or self.id

    @cached_property
    def type(self) -> str:
        return self.item.type if self.item is not None else ""

    @property
    def year(self) -> int | None:
        issued = self.item.date("issued") if self.item is not None else None
        return issued.year if issued else None

    @cached_property
    def fields(self) -> dict[str, Field]:
        """The item's fields by name: rules ask for them hundreds of times."""
        return {one.name: one for one in self.item.fields} if self.item is not None else {}

    @cached_property
    def addresses(self) -> tuple[Span, ...]:
        """Where web and mail addresses stand in `raw`: signs inside them follow other rules."""
        found = [*ADDRESS.finditer(self.raw), *(MAIL_ADDRESS.finditer(self.raw) if "@" in self.raw else ())]
        return tuple(Span(*one.span()) for one in found)

    def in_address(self, span: Span) -> bool:
        """Whether a span of `raw` touches an address."""
        return any(span.overlaps(one) for one in self.addresses)

    @cached_property
    def sort_key(self) -> Key:
        """The key by which an alphabetical list places the entry."""
        return sort_key(self.raw[:80])

    def has(self, *names: str) -> bool:
        """Whether the item has any of these variables."""
        return not self.fields.keys().isdisjoint(names)

    def text(self, name: str) -> str:
        one = self.fields.get(name)
        return one.value if one is not None and isinstance(one.value, str) else ""

    def sure(self, *names: str, least: float = SURE) -> bool:
        """Whether the item has all of these variables and each was read with at least this confidence."""
        fields = self.fields
        return all(name in fields and fields[name].origin.confidence >= least for name in names)

    def place(self, name: str) -> Span | None:
        """Where the value of a variable stands in `raw`."""
        one = self.fields.get(name)
        if one is None or not one.origin.spans or not self.raw:
            return None
        found = hull(one.origin.spans)
        return found if 0 <= found.start < found.end <= len(self.raw) else None

    def at(self, span: Span) -> Span | None:
        """A span of `raw` in the document's text."""
        return None if self.start is None else span.shift(self.start)

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[Span, re.Match[str]]]:
        for found in pattern.finditer(self.raw):
            yield Span(*found.span()), found

    def edit(self, span: Span, replacement: str, applicability: Applicability = Applicability.SAFE) -> tuple[Edit, ...]:
        """The edit that puts `replacement` at a span of `raw`; none for a library."""
        at = self.at(span)
        return () if at is None else (Edit(at, Rich.of(replacement), applicability),)

    def fault(
        self,
        span: Span | None = None,
        field: str | None = None,
        *,
        printed: str | None = None,
        expected: str | None = None,
        edits: tuple[Edit, ...] = (),
        clause: str | None = None,
        severity: Severity | None = None,
        **params: str,
    ) -> Fault:
        """A fault of this entry: at `span` of `raw`, else where `field` stands, else the whole line."""
        if span is None and field is not None:
            span = self.place(field)
        if printed is None:
            printed = span.cut(self.raw) if span is not None else self.text(field) if field else self.raw
        at = self.at(span if span is not None else Span(0, len(self.raw)))
        return Fault(at, self.id, field, printed, expected, {"number": self.shown, **params}, edits, clause, severity)


@dataclass(frozen=True, eq=False)
class Listing:
    """A reference list (`source` is None for a library) and its entries."""

    lines: tuple[Line, ...]
    role: str = "native"
    source: ReferenceList | None = None

    @cached_property
    def numbered(self) -> bool:
        """Whether most entries bear a printed number."""
        return sum(line.number is not None and line.label_span is not None for line in self.lines) * 2 > len(self.lines)

    @cached_property
    def language(self) -> str:
        """The language of most entries."""
        counts: dict[str, int] = {}
        for line in self.lines:
            counts[line.language] = counts.get(line.language, 0) + 1
        return max(counts, key=lambda name: counts[name]) if counts else ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A cite in its marker, with the line that answers it (None: nothing does)."""

    cite: Cite
    marker: Marker
    line: Line | None


@dataclass(frozen=True, slots=True)
class TwinPair:
    """An entry, its romanised twin, and how sure that is (0 to 1)."""

    native: Line
    romanised: Line
    score: float


@dataclass(frozen=True, eq=False)
class Paper:
    """All that rules may look at. `document` is None for a library."""

    listings: tuple[Listing, ...]
    today: date
    document: Document | None = None
    profile: Profile | None = None
    mentions: tuple[Mention, ...] = ()
    by_id: dict[str, Line] = field(default_factory=dict)
    twins: tuple[TwinPair, ...] = ()

    @property
    def text(self) -> str:
        return self.document.text if self.document is not None else ""

    @property
    def lines(self) -> Iterator[Line]:
        for listing in self.listings:
            yield from listing.lines

    @cached_property
    def native(self) -> Listing | None:
        """The first list in the works' own scripts."""
        return next((one for one in self.listings if one.role == "native"), None)

    @cached_property
    def romanised(self) -> Listing | None:
        return next((one for one in self.listings if one.role == "romanised"), None)

    @cached_property
    def language(self) -> str:
        """The language of the paper's text before its lists (kk, ru, en ...)."""
        if self.document is None:
            return ""
        ends = [one.title_span.start if one.title_span else one.span.start for one in self.document.lists]
        body = self.text[: min(ends, default=len(self.text))]
        middle = max(0, len(body) // 2 - 1000)
        return self.document.language or (detect(body[middle : middle + 2000]) if len(body) > 200 else "")

    @cached_property
    def mentioned(self) -> tuple[Line, ...]:
        """The entries that are cited, in the order of first mention."""
        seen: dict[str, Line] = {}
        for one in self.mentions:
            if one.line is not None:
                seen.setdefault(one.line.id, one.line)
        return tuple(seen.values())


def paper_of_document(
    document: Document, today: date, profile: Profile | None, twins: Iterable[tuple[str, str, float]] = ()
) -> Paper:
    """The views of a document that has been linked (StageError before that).

    `twins`: (id of an entry, id of its romanised twin, score).
    """
    document.need(Stage.LINKED)
    by_id: dict[str, Line] = {}
    listings = []
    for one in document.lists:
        lines = []
        for entry in one.entries:
            raw = entry.printed(document.text)
            line = Line(entry.id, entry.label, raw, entry.span.start, entry.item, one.role, entry.label_span)
            by_id[entry.id] = line
            lines.append(line)
        listings.append(Listing(tuple(lines), one.role, one))
    answers = {link.cite: link.entry for link in document.links}
    mentions = tuple(
        Mention(cite, marker, by_id.get(answers.get(cite.id) or ""))
        for marker in document.markers
        for cite in marker.cites
    )
    pairs = tuple(TwinPair(by_id[one], by_id[other], score) for one, other, score in twins)
    return Paper(tuple(listings), today, document, profile, mentions, by_id, pairs)


def paper_of_library(library: Library, today: date, profile: Profile | None) -> Paper:
    """A library as one list without print."""
    lines = tuple(Line(item.id, "", "", None, item, "native") for item in library)
    return Paper((Listing(lines),), today, None, profile, (), {line.id: line for line in lines})
