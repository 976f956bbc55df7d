"""Runs `fixtures/render/<style>/*.case`: items and the line that a style gives; `fixtures/twin/<style>.case`: items
and the line of the romanised list.

A file holds cases with `===` between them. A case is a `# title`, the expected line, `---` and the item, one field a
line: CSL names, people as «family, given» with `; ` between them, bodies as `= name`, dates as `1968-03-21`, ranges
with `/`, dates that are no date as `~ text`; a field that CSL does not know goes to `custom`. Where a book of examples
prints something else, `printed:` holds its line and `because:` the reason; `lacks:` holds what stands in that line and
in no field of the data, with ` | ` between. docs/reference/gost-examples.md lists those.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kzcite.model import Date, Field, Item, Library, Name
from kzcite.model.csl import KIND
from kzcite.renderer import render, twin

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "render"


@dataclass(frozen=True)
class Case:
    style: str
    file: str
    title: str
    expected: str
    item: Item
    printed: str
    because: str
    lacks: tuple[str, ...]


def read(path: Path) -> list[Case]:
    out = []
    for number, text in enumerate(path.read_text(encoding="utf-8").rstrip("\n").split("\n===\n"), 1):
        head, _, body = text.partition("\n---\n")
        lines = head.split("\n")
        title = lines.pop(0).removeprefix("# ")
        notes = dict(line.split(": ", 1) for line in lines[:-1])
        fields = [line.split(": ", 1) for line in body.splitlines()]
        known = tuple(Field(name, value_of(name, text)) for name, text in fields if name in KIND)
        item = Item(f"{path.stem}-{number}", known, custom={name: text for name, text in fields if name not in KIND})
        lacks = tuple(notes["lacks"].split(" | ")) if "lacks" in notes else ()
        told = (notes.get("printed", ""), notes.get("because", ""), lacks)
        out.append(Case(path.parent.name, path.stem, title, lines[-1], item, *told))
    return out


def value_of(name: str, text: str) -> str | tuple[Name, ...] | Date:
    if KIND.get(name) == "name":
        return tuple(person(one) for one in text.split("; "))
    if KIND.get(name) == "date":
        if text.startswith("~ "):
            return Date(literal=text[2:])
        first, _, last = text.partition("/")
        return Date(parts(first), parts(last) if last else ())
    return text


def person(text: str) -> Name:
    if text.startswith("= "):
        return Name(literal=text[2:])
    family, _, given = text.partition(", ")
    return Name(family=family, given=given)


def parts(text: str) -> tuple[int, ...]:
    return tuple(int(one) for one in text.split("-"))


CASES = [case for path in sorted(FOLDER.glob("*/*.case")) for case in read(path)]


@pytest.fixture(scope="module")
def lines() -> dict[str, str]:
    """Item id with style → line; a style's cases are rendered as one list, as users do."""
    by_style: dict[str, list[Case]] = defaultdict(list)
    for case in CASES:
        by_style[case.style].append(case)
    out: dict[str, str] = {}
    for style, cases in by_style.items():
        rendered = render(Library(tuple(case.item for case in cases)), style)
        out.update({f"{style}/{case.item.id}": line.text for case, line in zip(cases, rendered, strict=True)})
    return out


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.style}/{case.item.id}")
def test_case(case: Case, lines: dict[str, str]) -> None:
    assert lines[f"{case.style}/{case.item.id}"] == case.expected


TWINS = [case for path in sorted((FOLDER.parent / "twin").glob("*.case")) for case in read(path)]


@pytest.mark.parametrize("case", TWINS, ids=lambda case: f"twin/{case.item.id}")
def test_twin(case: Case) -> None:
    assert render(twin(Library((case.item,))), case.file)[0].text == case.expected


# Style → lines as printed from the data as they are, lines whose data lack what they print, lines that stand otherwise;
# and of the latter two those with a second case whose data hold what the line prints.
EXAMPLES = {"gost-7.1-2003": (58, 30, 2, 18), "gost-7.0.5-2008": (66, 16, 8, 16)}


@pytest.mark.parametrize("style", EXAMPLES)
def test_ninety_examples(style: str) -> None:
    """30 types in three languages; a line is given as printed, or the case says why not."""
    first = {case.title[:6]: case for case in reversed(CASES) if case.style == style}
    other = [case for case in first.values() if case.printed]
    lacking = [case for case in other if case.lacks]
    assert len(first) == 90
    second = {case.title[:6] for case in CASES if case.style == style and not case.printed}
    completed = sum(case.title[:6] in second for case in other)
    assert (90 - len(other), len(lacking), len(other) - len(lacking), completed) == EXAMPLES[style]
    for case in other:
        assert case.because
        assert case.printed != case.expected


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.lacks], ids=lambda case: f"{case.style}/{case.item.id}"
)
def test_what_a_line_prints_and_no_field_holds(case: Case) -> None:
    """Each piece stands in the printed line, not in ours, and in no value of the data: nothing can print it."""
    values = [str(one) for one in strings(case.item.to_csl())]
    for piece in case.lacks:
        assert piece in case.printed
        assert piece not in case.expected
        assert [one for one in values if piece.casefold() in one.casefold()] == []


def strings(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from strings(one)
    else:
        yield value


def test_every_difference_is_explained_in_the_docs(root: Path) -> None:
    page = (root / "docs" / "reference" / "gost-examples.md").read_text(encoding="utf-8")
    missing = [
        case.title
        for case in CASES
        if case.printed and any(one not in page for one in (case.because, case.printed, case.expected, *case.lacks))
    ]
    assert missing == []


def test_sample_list_has_fifteen_lines() -> None:
    assert sum(case.style == "gost-kz" and case.file == "sample-list" for case in CASES) == 15
