"""Finding: what a check found. Loss: what a target format could not hold.

No sentences inside: they are made at the edge, in the user's language.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import IntEnum

from kzcite.model.edit import Edit
from kzcite.model.span import Span


class Severity(IntEnum):
    INFO = 0
    WARNING = 1
    ERROR = 2

    @property
    def label(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault at a place.

    `params` fill the placeholders of the rule's message. `printed` is the substring at fault, `expected` the form that
    should stand there, `clause` the rule of the standard. `span` counts in the document's text, or, for a finding on a
    library, is None.
    """

    code: str
    severity: Severity
    span: Span | None = None
    entry: str | None = None
    field: str | None = None
    printed: str = ""
    expected: str | None = None
    clause: str | None = None
    params: dict[str, str] = dataclasses.field(default_factory=dict)
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Loss:
    """A value that a target format could not hold: item id, CSL variable, the value as text, and why."""

    item: str
    name: str
    value: str
    reason: str
