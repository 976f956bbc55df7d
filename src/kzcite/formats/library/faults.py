"""Faults of records: the findings that readers of libraries give, in one table of codes.

Each finding carries `params`: `line` (or number) of the record, `source`, and whatever the message needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kzcite.formats.encoding import decode
from kzcite.model import Finding, InputError, Item, Library, Severity
from kzcite.model.limits import current

CODES: dict[str, tuple[str, Severity, str]] = {
    "PRS101": ("broken-record", Severity.ERROR, "The record at line {line} cannot be read: {printed}"),
    "PRS102": ("no-record", Severity.ERROR, "What stands at {line} is no record: {printed}"),
    "PRS103": (
        "unfinished-record",
        Severity.WARNING,
        "The record at line {line} has no end; it was read up to the next one",
    ),
    "PRS104": (
        "repeated-key",
        Severity.WARNING,
        "The key {printed} is used again at {line}; the record is now {expected}",
    ),
    "PRS105": (
        "repeated-field",
        Severity.WARNING,
        "The field {field} stands twice in {printed}; the second is kept aside",
    ),
    "PRS106": ("unknown-macro", Severity.WARNING, "The macro {printed} is not defined; its name is kept as text"),
    "PRS107": ("unknown-type", Severity.INFO, "The type {printed} is not known; the record is read as {expected}"),
    "PRS108": ("stray-text", Severity.WARNING, "Text between records at line {line} belongs to none: {printed}"),
    "PRS109": ("no-parent", Severity.WARNING, "{printed} refers to a record that is not in the file: {expected}"),
    "PRS110": ("preamble", Severity.INFO, "The preamble at line {line} is LaTeX and is not kept: {printed}"),
    "PRS111": ("forgotten-comma", Severity.WARNING, "A comma is missing before the field {field} of {printed}"),
    "PRS112": ("guessed-encoding", Severity.INFO, "The file is not UTF-8; it was read as {printed}"),
    "PRS113": ("damaged-text", Severity.ERROR, "{printed} damaged places of the file are no UTF-8"),
}
"""Code → (name, severity, English message)."""


def message(one: Finding) -> str:
    """The English sentence of a finding of a reader."""
    values = {"printed": "", "expected": "", "field": "", "line": "", **one.params}
    return CODES[one.code][2].format(**values)


_MOST = 100_000


class Faults:
    """Collects the findings of one reading."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._found: list[Finding] = []

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(self._found)

    def add(
        self, code: str, line: str | int, printed: str = "", *, field: str | None = None, expected: str | None = None,
        entry: str | None = None,
    ) -> None:  # fmt: skip
        """Record a fault at a line (or record number). Raises InputError at the hundred-thousandth."""
        if len(self._found) >= _MOST:
            raise InputError(f"more than {_MOST} broken records: this is no bibliography", where=self.source)
        printed = " ".join(printed.split())[:120]
        params = {"line": str(line), "source": self.source, "printed": printed}
        if field:
            params["field"] = field
        if expected is not None:
            params["expected"] = expected
        self._found.append(
            Finding(code, CODES[code][1], entry=entry, field=field, printed=printed, expected=expected, params=params)
        )

    def text(self, data: bytes) -> str:
        """The text of a file, with a finding where its encoding had to be guessed or bytes are damaged."""
        decoded = decode(data, self.source, damaged=True)
        for notice in decoded.notices:
            if notice.code == "damaged-text":
                self.add("PRS113", 1, notice.params["count"])
            else:
                self.add("PRS112", 1, " ".join(notice.params.values()))
        return decoded.text

    def unique(self, items: Iterable[Item]) -> Library:
        """A library whose ids are unique: a repeated id gets a number, with a finding."""
        return Library(tuple(self.uniquely(items)))

    def uniquely(self, items: Iterable[Item]) -> Iterator[Item]:
        """As `unique`, one after the other; more items than the limit are a LimitError."""
        bound = current().entries
        taken: set[str] = set()
        counter: dict[str, int] = {}
        for number, item in enumerate(items, 1):
            if number > bound:
                current().check("entries", number, self.source)
            new = item.id
            while new in taken:
                counter[item.id] = counter.get(item.id, 1) + 1
                new = f"{item.id}-{counter[item.id]}"
            taken.add(new)
            if new != item.id:
                self.add("PRS104", f"#{number}", item.id, expected=new, entry=new)
                item = replace(item, id=new)
            yield item
