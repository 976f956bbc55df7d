"""Where works are cited: the Document, its blocks, lists, markers and links.

`Document.text` is plain text and the only coordinate system. Bold, runs, tags and commands of the container live in
`pieces`; only the format that made a piece may read its handle.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any, Literal

from kzcite.model.errors import StageError
from kzcite.model.item import Item, Library
from kzcite.model.span import Span

BlockKind = Literal["paragraph", "section-title", "list-item", "cell", "note", "code", "header", "footer"]
Role = Literal["native", "romanised"]


class Stage(IntEnum):
    """How far a document has been understood."""

    READ = 0
    FOUND = 1
    PARSED = 2
    LINKED = 3


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like stretch of the text.

    `kind` "code" covers code and mathematics, where nothing is a citation. `level` is the depth of a section title or
    list. `label` is an automatic list number that the container computes (`3.`): where it is printed as part of
    `Document.text` it stands inside `span` too.
    """

    span: Span
    kind: BlockKind = "paragraph"
    level: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """An unbroken stretch of the container's text; `handle` belongs to the format that made it.

    `marks` are those of `rich.MARKS`, plus `hidden`; engines may read them (a superscript number may be a marker).
    `editable` is False where the text is computed by the container and cannot be replaced.
    """

    span: Span
    handle: Any = field(default=None, compare=False)
    marks: frozenset[str] = frozenset()
    editable: bool = True
    link: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a reference list. `span` covers it without its label; `label_span` the printed number.

    `gaps` are stretches inside `span` that are no part of the entry: page numbers and running heads.
    """

    id: str
    span: Span
    label: str
    language: str = ""
    item: Item | None = None
    label_span: Span | None = None
    gaps: tuple[Span, ...] = ()

    def printed(self, text: str) -> str:
        """The entry as printed, each character of its gaps a space, so that offsets stay those of `span`."""
        raw = self.span.cut(text)
        for gap in self.gaps:
            start, end = gap.start - self.span.start, gap.end - self.span.start
            raw = raw[:start] + " " * (end - start) + raw[end:]
        return raw


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """A list under its heading. `title` is the printed heading, `span` covers the entries."""

    id: str
    role: Role
    title: str
    span: Span
    entries: tuple[Entry, ...] = ()
    title_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Locator:
    """The place inside a work: a CSL locator term and the printed value, en dash as `-`."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Cite:
    """One target inside a marker. `label` as printed: `3`, or `Омаров 2024`. `span` covers its printed part."""

    id: str
    span: Span
    label: str
    locator: Locator | None = None


MarkerKind = Literal["square", "round", "slash", "superscript", "author-date", "repeated", "footnote", "command"]


@dataclass(frozen=True, slots=True)
class Marker:
    """An in-text citation as printed: `[3, с. 15; 7–9]`."""

    id: str
    span: Span
    cites: tuple[Cite, ...]
    kind: MarkerKind = "square"


@dataclass(frozen=True, slots=True)
class Link:
    """Cite id → entry id; `entry` is None where nothing in the lists answers."""

    cite: str
    entry: str | None
    how: str = "label"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the reading that a user should know: a guessed encoding, a skipped part."""

    code: str
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """A text, what was found in it, and how it maps to its container."""

    text: str
    blocks: tuple[Block, ...] = ()
    pieces: tuple[Piece, ...] = field(default=(), repr=False)
    lists: tuple[ReferenceList, ...] = ()
    markers: tuple[Marker, ...] = ()
    links: tuple[Link, ...] = ()
    stage: Stage = Stage.READ
    source: str = ""
    format: str = "text"
    language: str = ""
    notices: tuple[Notice, ...] = ()

    def need(self, stage: Stage) -> None:
        """Raise StageError unless the document has come as far as `stage`."""
        if self.stage < stage:
            raise StageError(self.stage.name, stage.name)

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for one in self.lists for entry in one.entries)

    def entry(self, id: str) -> Entry | None:
        for one in self.lists:
            for entry in one.entries:
                if entry.id == id:
                    return entry
        return None

    def library(self, role: Role = "native") -> Library:
        """The parsed items of the lists in that role, in printed order, with the entries' ids."""
        self.need(Stage.PARSED)
        items = (e.item for one in self.lists if one.role == role for e in one.entries if e.item is not None)
        return Library.of(items)

    def with_items(self, items: dict[str, Item | None]) -> Document:
        """The document with each entry's item set from entry id → item; stage PARSED."""
        lists = tuple(
            replace(one, entries=tuple(replace(e, item=items.get(e.id, e.item)) for e in one.entries))
            for one in self.lists
        )
        return replace(self, lists=lists, stage=max(self.stage, Stage.PARSED))

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column of a code point, both from 1."""
        start = self.text.rfind("\n", 0, offset) + 1
        return self.text.count("\n", 0, offset) + 1, offset - start + 1
