"""Edit: a change to some characters of a text, and the choice of edits that do not overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from kzcite.model.rich import Rich
from kzcite.model.span import Span


class Applicability(IntEnum):
    """How far an edit may be trusted: shown only, applied on request, applied by `--fix`."""

    DISPLAY_ONLY = 0
    UNSAFE = 1
    SAFE = 2

    @property
    def label(self) -> str:
        return self.name.lower().replace("_", "-")


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `replacement` where `span` stands. `reason` is a rule code or the verb that asked for it."""

    span: Span
    replacement: Rich
    applicability: Applicability = Applicability.SAFE
    reason: str = ""


def choose_edits(edits: Iterable[Edit], least: Applicability = Applicability.SAFE) -> tuple[Edit, ...]:
    """Edits at least as applicable as `least`, in order of place, the first of any two that overlap.

    Two insertions at one place both stay, in the order given; an exact repetition is dropped.
    """
    chosen: list[Edit] = []
    wanted = (one for one in edits if one.applicability >= least)
    for edit in sorted(wanted, key=lambda one: (one.span.start, one.span.end)):
        if chosen:
            last = chosen[-1]
            if (edit.span, edit.replacement) == (last.span, last.replacement):
                continue
            if edit.span.start < last.span.end:
                continue
        chosen.append(edit)
    return tuple(chosen)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with non-overlapping `edits` carried out.

    >>> apply_edits("98-89 б.", [Edit(Span(0, 5), Rich.of("89-98"))])
    '89-98 б.'
    """
    out: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda one: one.span):
        out += [text[at : edit.span.start], edit.replacement.text]
        at = edit.span.end
    return "".join([*out, text[at:]])
