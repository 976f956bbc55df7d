"""The tests of `cs:if` and `cs:else-if` (CSL 1.0.2, "Choose")."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from kzcite.model.csl import ALIASES
from kzcite.renderer.csl.context import Context
from kzcite.renderer.csl.numbers import is_numeric

Test = Callable[[Context], bool]


def compile_test(element: etree._Element) -> Test:
    """One test for all conditions of a branch, joined by its `match`."""
    tests: list[Test] = []
    for name, value in element.attrib.items():
        maker = _MAKERS.get(str(name))
        if maker is not None:
            tests += [maker(ALIASES.get(word, word)) for word in str(value).split()]
    match = element.get("match", "all")
    types = [str(one) for one in element.get("type", "").split()]
    if types and len(tests) == len(types):
        return _types(frozenset(types), match)
    if len(tests) == 1:
        only = tests[0]
        return (lambda context: not only(context)) if match == "none" else only
    if match == "any":
        return lambda context: any(test(context) for test in tests)
    if match == "none":
        return lambda context: not any(test(context) for test in tests)
    return lambda context: all(test(context) for test in tests)


def _types(types: frozenset[str], match: str) -> Test:
    if match == "none":
        return lambda context: context.record.type not in types
    if match == "all" and len(types) > 1:
        return lambda context: False
    return lambda context: context.record.type in types


def _type(word: str) -> Test:
    return lambda context: context.record.type == word


def _variable(word: str) -> Test:
    if word == "locator":
        return lambda context: bool(context.locator)
    if word == "year-suffix":
        return lambda context: bool(context.year_suffix)
    if word == "first-reference-note-number":
        return lambda context: bool(context.first_note)
    if word == "citation-number":
        return lambda context: bool(context.number)

    def test(context: Context) -> bool:
        record = context.record
        return word in record.values or word in record.names or word in record.dates

    return test


def _is_numeric(word: str) -> Test:
    if word == "locator":
        return lambda context: is_numeric(context.locator)
    if word == "citation-number":
        return lambda context: True
    if word == "first-reference-note-number":
        return lambda context: bool(context.first_note)
    return lambda context: is_numeric(context.record.values.get(word, ""))


def _is_uncertain_date(word: str) -> Test:
    def test(context: Context) -> bool:
        date = context.record.dates.get(word)
        return date is not None and date.circa

    return test


def _locator(word: str) -> Test:
    return lambda context: bool(context.locator) and context.locator_label == word


def _position(word: str) -> Test:
    return lambda context: word in context.position


def _disambiguate(word: str) -> Test:
    def test(context: Context) -> bool:
        context.conditions += 1
        return context.conditions <= context.disambiguate

    return test


_MAKERS: dict[str, Callable[[str], Test]] = {
    "type": _type,
    "variable": _variable,
    "is-numeric": _is_numeric,
    "is-uncertain-date": _is_uncertain_date,
    "locator": _locator,
    "position": _position,
    "disambiguate": _disambiguate,
}
