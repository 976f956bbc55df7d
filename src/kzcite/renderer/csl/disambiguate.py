"""Disambiguation of cites: names added, given names, a condition, a year suffix (CSL 1.0.2, "Disambiguation").

Cites are compared as they are printed. The steps follow the specification: given names that tell people apart all over
the document; then, for cites that are still alike, more names (with given names, by cite); then `disambiguate="true"`;
then year suffixes in the order of the bibliography.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from kzcite.renderer.csl.context import Context, Hints
from kzcite.renderer.csl.record import Person, Record
from kzcite.renderer.csl.terms import CSL
from kzcite.renderer.csl.tokens import Tokens

if TYPE_CHECKING:
    from kzcite.renderer.csl.processor import Processor


_MOST_NAMES = 50  # names that are tried before an ambiguity is left to the next step

# Cites are compared in the form that they take after the first.
_SHORT = frozenset(("subsequent", "near-note"))


class Disambiguation:
    """One run over the records of a processor; the result stands in `hints` and `suffixes` by id."""

    def __init__(self, processor: Processor) -> None:
        self.processor = processor
        self.hints: dict[str, Hints] = {}
        self.suffixes: dict[str, str] = {}
        scope = processor.style.citation
        get: Callable[[str], str] = (lambda name: scope.get(name) or "") if scope is not None else (lambda name: "")
        self.add_names = get("disambiguate-add-names") == "true"
        self.add_given = get("disambiguate-add-givenname") == "true"
        self.rule = get("givenname-disambiguation-rule") or "by-cite"
        self.add_suffix = get("disambiguate-add-year-suffix") == "true"
        self.conditions = min(
            9, sum(1 for one in processor.style.root.iter(f"{CSL}if", f"{CSL}else-if") if one.get("disambiguate"))
        )
        self.people: dict[str, list[tuple[str, int, Person]]] = {}

    def run(self) -> None:
        if self.processor.style.citation is None:
            return
        if not (self.add_names or self.add_given or self.add_suffix or self.conditions):
            return
        records = self.processor.records
        if self.add_given and self.rule != "by-cite":
            self._tell_people_apart(records)
        groups = [group for group in self._alike(records) if len(group) > 1]
        remaining: list[list[Record]] = []
        for group in groups:
            remaining += self._names(group) if self.add_names or self.add_given else [group]
        if self.conditions:
            remaining = [part for group in remaining for part in self._condition(group)]
        if self.add_suffix:
            self._suffixes(remaining)

    # --- what a cite looks like

    def _cite(self, record: Record, hints: Hints | None, seen: list[tuple[str, int, Person]] | None = None) -> str:
        context = Context(record)
        context.hints = hints
        context.number = ""
        context.position = _SHORT
        context.disambiguate = hints.condition if hints is not None else 0
        context.seen = seen
        context.comparing = True
        # In the language of the list, whatever the item's: what the paper cannot tell apart, its list must.
        tokens: Tokens = self.processor.layout("citation").cite(context)
        return "".join(one if isinstance(one, str) else "" for one in tokens)

    def _alike(self, records: Iterable[Record], hints: dict[str, Hints] | None = None) -> list[list[Record]]:
        """Records by the look of their cites."""
        groups: dict[str, list[Record]] = {}
        for record in records:
            own = (hints or {}).get(record.id) or self.hints.get(record.id)
            groups.setdefault(self._cite(record, own), []).append(record)
        return list(groups.values())

    def _people(self, record: Record) -> list[tuple[str, int, Person]]:
        if record.id not in self.people:
            seen: list[tuple[str, int, Person]] = []
            self._cite(record, None, seen)
            self.people[record.id] = seen
        return self.people[record.id]

    # --- given names

    def _tell_people_apart(self, records: list[Record]) -> None:
        """Rules `all-names*` and `primary-name*`: initials or given names wherever two people share a short form."""
        primary = self.rule.startswith("primary-name")
        only_initials = self.rule.endswith("-with-initials")
        by_family: dict[str, dict[Person, None]] = {}
        for record in records:
            for _, at, person in self._people(record):
                if not person.literal and (at == 0 or not primary):
                    by_family.setdefault(f"{person.non_dropping} {person.family}", {})[person] = None
        levels: dict[Person, int] = {}
        mark = self._mark()
        for people in by_family.values():
            if len({spelling(one.given) for one in people}) < 2:
                continue
            for person in people:
                others = [one for one in people if spelling(one.given) != spelling(person.given)]
                level = 2
                if mark is not None:
                    own = self._initials(person)
                    if all(self._initials(one) != own for one in others):
                        level = 1
                    elif only_initials:
                        level = 0
                elif only_initials:
                    level = 0
                if level:
                    levels[person] = level
        if not levels:
            return
        for record in records:
            given: dict[tuple[str, int], int] = {}
            for variable, at, person in self._people(record):
                if person in levels and (at == 0 or not primary):
                    given[variable, at] = levels[person]
            if given:
                self.hints[record.id] = Hints(given=given)

    def _mark(self) -> str | None:
        scope, root = self.processor.style.citation, self.processor.style.root
        if scope is not None:
            for one in (*root.iter(f"{CSL}name"), scope, root):
                if one.get("initialize-with") is not None:
                    return str(one.get("initialize-with"))
        return None

    def _initials(self, person: Person) -> str:
        from kzcite.renderer.csl.person import initials

        return initials(person.given, ".")

    # --- names

    def _names(self, group: list[Record]) -> list[list[Record]]:
        """Add names (and given names, by cite) until the cites differ; returns what stays alike."""
        levels = [1, 2] if self._mark() is not None else [2]
        if not (self.add_given and self.rule == "by-cite"):
            levels = []
        state = {record.id: (self.hints.get(record.id) or Hints()).copy() for record in group}
        left: list[list[Record]] = []
        work = [(group, 0)]
        while work:
            part, start = work.pop()
            at = self._first_difference(part, start)
            if at is None:
                left.append(part)
                continue
            parts = [part]
            trial = {record.id: state[record.id].copy() for record in part}
            if self.add_names:
                for hints in trial.values():
                    hints.names = max(hints.names, at + 1)
                parts = self._settle(parts, trial, state)
            for level in levels:
                parts = self._given(parts, at, level, trial, state)
            work += [(one, at + 1) for one in parts]
        return left

    def _first_difference(self, part: list[Record], start: int) -> int | None:
        """The first place from `start` where not all have the same person: names before it tell nothing apart."""
        people = [self._people(record) for record in part]
        for at in range(start, min(_MOST_NAMES, max(len(one) for one in people))):
            first = people[0][at : at + 1]
            if any(one[at : at + 1] != first for one in people):
                # Where a list has ended, the sign for the rest of the others shows it one name earlier.
                return max(at - 1, start) if any(len(one) == at for one in people) else at
        return None

    def _given(
        self,
        parts: list[list[Record]],
        at: int,
        level: int,
        trial: dict[str, Hints],
        state: dict[str, Hints],
    ) -> list[list[Record]]:
        """Show the given name at one place; it is kept only where it splits a part."""
        out: list[list[Record]] = []
        for part in parts:
            before = {record.id: trial[record.id].copy() for record in part}
            for record in part:
                for variable, index, _ in self._people(record)[at : at + 1]:
                    trial[record.id].given[variable, index] = level
            split = self._alike(part, trial)
            if len(split) == 1:
                trial.update(before)
                out.append(part)
                continue
            out += self._settle([part], trial, state)
        return out

    def _settle(
        self, parts: list[list[Record]], trial: dict[str, Hints], state: dict[str, Hints]
    ) -> list[list[Record]]:
        """Split the parts by look; singles are done and keep their hints, the others go on."""
        out: list[list[Record]] = []
        for part in parts:
            split = self._alike(part, trial)
            for one in split:
                if len(split) > 1:
                    for record in one:
                        state[record.id] = trial[record.id].copy()
                        self.hints[record.id] = trial[record.id].copy()
                if len(one) > 1:
                    out.append(one)
        return out

    # --- the condition and the suffix

    def _condition(self, group: list[Record]) -> list[list[Record]]:
        """Let one test of `disambiguate="true"` after the other hold until the cites differ."""
        trial = {record.id: (self.hints.get(record.id) or Hints()).copy() for record in group}
        pending = [group]
        for level in range(1, self.conditions + 1):
            still: list[list[Record]] = []
            for part in pending:
                for record in part:
                    trial[record.id].condition = level
                split = self._alike(part, trial)
                for one in split:
                    if len(split) > 1:
                        self.hints.update({record.id: trial[record.id].copy() for record in one})
                    if len(one) > 1:
                        still.append(one)
            pending = still
        return pending

    def _suffixes(self, groups: list[list[Record]]) -> None:
        order = {record.id: number for number, record in enumerate(self.processor.records)}
        for group in groups:
            for number, record in enumerate(sorted(group, key=lambda one: order[one.id])):
                self.suffixes[record.id] = suffix(number)


def spelling(given: str) -> str:
    """A given name without the spaces between its initials."""
    return re.sub(r"(?<=\.)\s+(?=\w\.)", "", given)


def suffix(number: int) -> str:
    """0 → a, 25 → z, 26 → aa."""
    out = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(97 + rest) + out
    return out
