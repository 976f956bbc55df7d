"""Run fixtures/link/*.case: a text with markers → the markers, their entries and places.

A file holds cases parted by a line of `=`. A case: `# title`; `list: N` for a numbered list of N made-up entries
(default 15), or `entries:` and the entries, one a line, indented; the text; `---`; one line a marker, as printed,
then `=>` and what it cites, parted by `;`: the number of the entry, `?` after it where no entry answers, and the place
as CSL term and value. `none` alone says that there is no marker.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from kzcite import finder, linker
from kzcite.model import Document

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "link"
NAMES = ("Омаров К.Т.", "Қалиева Г.С.", "Петров А.И.", "Smith J.", "Нұрланов А.Б.", "Иванова М.С.", "Brown P.L.")
TITLES = ("Еңбек құқығы", "История степи", "Тіл тарихы", "Field methods", "Өңір экономикасы")


@dataclass(frozen=True)
class Case:
    title: str
    text: str
    entries: tuple[str, ...]
    expected: tuple[str, ...]


def made_up(number: int) -> str:
    name, title = NAMES[number % len(NAMES)], TITLES[number % len(TITLES)]
    return f"{name} {title}. – Алматы: Ғылым, {1960 + number % 60}. – {90 + number} б."


def read_cases(path: Path) -> list[Case]:
    cases = []
    for part in path.read_text(encoding="utf-8").split("\n====\n"):
        head, _, tail = part.strip("\n").partition("\n---\n")
        lines = head.split("\n")
        title = lines.pop(0).lstrip("# ")
        entries = tuple(made_up(number) for number in range(1, 16))
        if lines and lines[0].startswith("list:"):
            entries = tuple(made_up(number) for number in range(1, int(lines.pop(0)[5:]) + 1))
        if lines and lines[0] == "entries:":
            lines.pop(0)
            given = []
            while lines and lines[0].startswith("  "):
                given.append(lines.pop(0).strip())
            entries = tuple(given)
        expected = tuple(line for line in tail.split("\n") if line.strip())
        cases.append(Case(title, "\n".join(lines), entries, expected))
    return cases


def linked(case: Case) -> Document:
    listed = "".join(f"{number}. {entry}\n" for number, entry in enumerate(case.entries, 1))
    text = f"{case.text}\n\nӘдебиеттер\n\n{listed}" if listed else case.text + "\n"
    return linker.link(finder.find(Document(text)).with_items({}))


def describe(document: Document) -> list[str]:
    labels = {entry.id: entry.label for entry in document.entries}
    answers = {one.cite: one.entry for one in document.links}
    out = []
    for marker in document.markers:
        cites = []
        for cite in marker.cites:
            entry = answers[cite.id]
            name = labels[entry] if entry else f"{cite.label}?"
            cites.append(f"{name} {cite.locator.label} {cite.locator.value}" if cite.locator else name)
        printed = " ".join(marker.span.cut(document.text).split())
        out.append(f"{printed} => {'; '.join(cites)}")
    return out or ["none"]


CASES = [(path.stem, case) for path in sorted(FOLDER.glob("*.case")) for case in read_cases(path)]


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{name}: {case.title}" for name, case in CASES])
def test_case(name: str, case: Case) -> None:
    document = linked(case)
    assert [entry.label for entry in document.entries] == [str(n) for n in range(1, len(case.entries) + 1)]
    assert describe(document) == list(case.expected)


def test_there_are_cases() -> None:
    assert len(CASES) >= 100
