"""What most entries of a list do, and which entries do otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kzcite.checks.views import Line


def minority(
    forms: Sequence[tuple[Line, str]], due: str | None = None, *, share: float = 0.34, least: int = 3
) -> Iterator[tuple[list[Line], str]]:
    """(the lines of the rarer forms, the usual form), or nothing where there is no clear majority.

    `forms` pairs a line with its form. With `due` given, that form is the usual one whatever most lines do.
    Otherwise at least `least` lines must have a form, and the others be no more than `share` of all.
    """
    if not forms:
        return
    usual, count = Counter(form for _, form in forms).most_common(1)[0]
    if due is not None:
        usual = due
    elif len(forms) < least or (len(forms) - count) > share * len(forms):
        return
    lines = [line for line, form in forms if form != usual]
    if lines:
        yield lines, usual


def undecided(forms: Sequence[tuple[Line, str]], *, share: float = 0.34, least: int = 3) -> tuple[Line, str] | None:
    """Where a list has several forms and no clear majority: the first line that departs, and the form before it."""
    if any(minority(forms, share=share, least=least)):
        return None
    for line, form in forms:
        if form != forms[0][1]:
            return line, forms[0][1]
    return None
