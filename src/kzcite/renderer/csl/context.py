"""The state of one cite or entry while it is rendered, and what the evaluators of a style have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kzcite.renderer.csl.record import Person, Record
from kzcite.renderer.csl.tokens import Tokens

# Bits of Context.state, for the suppression of groups (CSL 1.0.2, "Group").
CALLED = 1
RENDERED = 2
BOTH = 3


@dataclass(slots=True)
class Hints:
    """What disambiguation adds to one item's cites.

    `names`: how many names at least; `given`: (variable, index) → 1 initials, 2 full given name; `people`: the same for
    a person wherever named; `condition`: how many tests of `disambiguate="true"` hold, in the order they are met.
    """

    names: int = 0
    given: dict[tuple[str, int], int] = field(default_factory=dict)
    people: dict[Person, int] = field(default_factory=dict)
    condition: int = 0

    def copy(self) -> Hints:
        return Hints(self.names, dict(self.given), self.people, self.condition)


@dataclass(slots=True)
class Slot:
    """The first list of names of an entry: where its names stand in the output, for `subsequent-author-substitute`."""

    start: int
    end: int
    names: list[tuple[int, int]]


class Context:
    """One rendering of one item."""

    __slots__ = (
        "begins",
        "comparing",
        "conditions",
        "disambiguate",
        "first_note",
        "hints",
        "locator",
        "locator_label",
        "number",
        "pending",
        "position",
        "printed",
        "record",
        "seen",
        "slot",
        "sort_names",
        "sorting",
        "state",
        "suffix_done",
        "suppress_author",
        "suppressed",
        "track",
        "want_slot",
        "year_suffix",
    )

    def __init__(self, record: Record) -> None:
        self.record = record
        self.number = str(record.number)
        self.state = 0
        self.suppressed: set[str] | None = None
        self.track: list[str] | None = None
        self.position: frozenset[str] = FIRST
        self.locator = ""
        self.locator_label = "page"
        self.first_note = ""
        self.year_suffix = ""
        self.suffix_done = False
        self.hints: Hints | None = None
        self.disambiguate = 0
        self.conditions = 0
        self.begins = False
        self.comparing = False
        self.sorting = False
        self.sort_names: tuple[int, int, bool] | None = None
        self.seen: list[tuple[str, int, Person]] | None = None
        self.slot: Slot | None = None
        self.want_slot = False
        self.pending = ""
        self.printed = ""
        self.suppress_author = False


FIRST = frozenset(("first",))

Evaluator = Callable[[Context, Tokens], None]
