"""The data model: frozen values, standard library only. See docs/explanation/model.md."""

from kzcite.model.document import (
    Block,
    Cite,
    Document,
    Entry,
    Link,
    Locator,
    Marker,
    Notice,
    Piece,
    ReferenceList,
    Stage,
)
from kzcite.model.edit import Applicability, Edit, apply_edits, choose_edits
from kzcite.model.errors import (
    InputError,
    KzciteError,
    LimitError,
    OutputError,
    StageError,
    TableError,
    UsageError,
)
from kzcite.model.finding import Finding, Loss, Severity
from kzcite.model.item import Field, Item, Library, Origin
from kzcite.model.limits import Limits
from kzcite.model.rich import Rich, Run
from kzcite.model.span import Span, hull
from kzcite.model.values import Date, Name, PageRange, whole_number

__all__ = [
    "Applicability",
    "Block",
    "Cite",
    "Date",
    "Document",
    "Edit",
    "Entry",
    "Field",
    "Finding",
    "InputError",
    "Item",
    "KzciteError",
    "Library",
    "LimitError",
    "Limits",
    "Link",
    "Locator",
    "Loss",
    "Marker",
    "Name",
    "Notice",
    "Origin",
    "OutputError",
    "PageRange",
    "Piece",
    "ReferenceList",
    "Rich",
    "Run",
    "Severity",
    "Span",
    "Stage",
    "StageError",
    "TableError",
    "UsageError",
    "apply_edits",
    "choose_edits",
    "hull",
    "whole_number",
]
