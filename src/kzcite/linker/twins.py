"""Which entry of the native list is which of the romanised «References».

In: a document with two lists. Out: pairs of entry ids with a score. The two lists should have the same entries in the
same order; where they do not, the pairs show it. Works on printed lines, so the entries need not be parsed.
"""

from __future__ import annotations

from kzcite.model import Document, ReferenceList, Stage
from kzcite.text.similar import Print, print_of, twin_likeness

LEAST = 0.5
_NEAR = 2
_SAME_PLACE = 0.06


def twins(document: Document) -> tuple[tuple[str, str, float], ...]:
    """(native entry id, romanised entry id, score from 0 to 1) of every pair, in the order of the native list.

    Raises StageError for a document whose lists have not been found.
    """
    document.need(Stage.FOUND)
    out: list[tuple[str, str, float]] = []
    natives = [one for one in document.lists if one.role == "native" and one.entries]
    for romanised in (one for one in document.lists if one.role == "romanised" and one.entries):
        before = [one for one in natives if one.span.start < romanised.span.start]
        if before:
            out += _pair(document.text, before[-1], romanised)
    return tuple(out)


def _pair(text: str, native: ReferenceList, romanised: ReferenceList) -> list[tuple[str, str, float]]:
    left = [print_of(entry.printed(text)) for entry in native.entries]
    right = [print_of(entry.printed(text)) for entry in romanised.entries]
    scored: list[tuple[float, int, int]] = []
    for first, second in _candidates(left, right):
        score = twin_likeness(left[first], right[second])
        same_place = native.entries[first].label == romanised.entries[second].label
        scored.append((score + (_SAME_PLACE if same_place else 0.0), first, second))
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    pairs: list[tuple[int, str, str, float]] = []
    for score, first, second in sorted(scored, key=lambda one: (-one[0], one[1], one[2])):
        if score < LEAST or first in taken_left or second in taken_right:
            continue
        taken_left.add(first)
        taken_right.add(second)
        pairs.append((first, native.entries[first].id, romanised.entries[second].id, min(1.0, round(score, 3))))
    return [(one, other, score) for _, one, other, score in sorted(pairs)]


def _candidates(left: list[Print], right: list[Print]) -> set[tuple[int, int]]:
    """Pairs worth comparing: at nearly the same place, or with a name or two numbers in common."""
    out = {
        (first, second)
        for first in range(len(left))
        for second in range(max(0, first - _NEAR), min(len(right), first + _NEAR + 1))
    }
    by_key: dict[str, list[int]] = {}
    for second, one in enumerate(right):
        for key in _keys(one):
            by_key.setdefault(key, []).append(second)
    for first, one in enumerate(left):
        for key in _keys(one):
            found = by_key.get(key, ())
            if len(found) <= 40:
                out.update((first, second) for second in found)
    return out


def _keys(one: Print) -> set[str]:
    long_numbers = sorted((number for number in one.numbers - one.years if len(number) > 1), key=len)[-3:]
    return {f"name {key}" for key in one.head[:2] if len(key) > 2} | {f"number {number}" for number in long_numbers}
