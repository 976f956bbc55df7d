"""Hostile and broken files end with a clean result or a clear message, within the time and memory of the table.

The quick files run in the default suite, all of them with `-m slow`; `make bench-hostile` writes the table.
"""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.hostile.files import LIST
from tests.hostile.repeats import ALL
from tests.hostile.run import measure

from kzcite.model.limits import Limits

QUICK = (
    "zip-bomb.docx",
    "entities.docx",
    "outside-entity.docx",
    "deep.docx",
    "note-in-itself.docx",
    "note-chain.docx",
    "utf-32.docx",
    "punycode.docx",
    "paragraphs.docx",
    "traversal.docx",
    "broken.docx",
    "encrypted.docx",
    "empty.docx",
    "broken.odt",
    "broken.pdf",
    "brackets.txt",
    "huge-range.txt",
    "stars.md",
    "deep.html",
    "dollars.tex",
    "doubling.csl",
    "cycle.csl",
    "string-bomb.bib",
    "injection.json",
    "deep.json",
    "aliases.yaml",
    "object.yaml",
    "big.xlsx",
)
REFUSED = {
    "zip-bomb.docx": "limit pack_ratio",
    "deep.docx": "limit xml_depth",
    "paragraphs.docx": "limit document_elements",
    "doubling.csl": "limit style_expansions",
    "string-bomb.bib": "limit expanded_text",
    "cycle.csl": "calls itself",
    "entities.docx": "document type",
    "outside-entity.docx": "document type",
    "encrypted.docx": "password",
}


def ends_well(name: str, folder: Path) -> None:
    make, calls = ALL[name]
    data = make()
    (folder / "list.txt").write_text(LIST, encoding="utf-8")
    (folder / name).write_bytes(data)
    for call in calls:
        outcome = measure(folder, name, len(data), [one.replace("@", name) for one in call])
        assert outcome.is_good, outcome
        if name in REFUSED:
            assert outcome.exit in (3, 4), outcome
            assert REFUSED[name] in outcome.said, outcome
    assert not (folder / "evil").exists()


@pytest.mark.parametrize("name", QUICK)
def test_quick_files(name: str, tmp_path: Path) -> None:
    ends_well(name, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(ALL) - set(QUICK)))
def test_every_file(name: str, tmp_path: Path) -> None:
    ends_well(name, tmp_path)


@pytest.mark.parametrize("name", [one.name for one in dataclasses.fields(Limits)])
def test_every_limit_is_enforced_somewhere(name: str, root: Path) -> None:
    """Each bound is read by code outside the module that declares it."""
    pattern = re.compile(rf'check\(\s*"{name}"|\.{name}\b')
    users = [
        one
        for one in sorted((root / "src/kzcite").rglob("*.py"))
        if one.name != "limits.py" and pattern.search(one.read_text(encoding="utf-8"))
    ]
    assert users, f"nothing asks for the limit {name}"


BOUNDED: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "input_bytes": ("a.txt", LIST, ("show", "a.txt", "--text")),
    "xml_depth": ("a.html", "<div><div><p>x", ("show", "a.html", "--text")),
    "line_length": ("a.txt", LIST, ("parse", "--lines", "a.txt")),
    "entries": ("a.txt", LIST + "2. Smith J. Law. – London: Press, 2001. – 20 p.\n", ("parse", "a.txt")),
    "markers": ("a.txt", "Бұл [1]. Сол [1].\n\n" + LIST, ("link", "a.txt")),
    "style_bytes": ("a.txt", LIST, ("render", "a.txt", "--style", "apa-kz")),
    "style_expansions": ("a.txt", LIST, ("render", "a.txt", "--style", "apa-kz")),
    "style_depth": ("a.txt", LIST, ("render", "a.txt", "--style", "apa-kz")),
    "expanded_text": ("a.bib", '@string{x = "ab"}\n@book{k, title = x # x}\n', ("convert", "a.bib", "-", "-t", "ris")),
}


@pytest.mark.parametrize("name", BOUNDED)
def test_a_limit_that_is_lowered_is_named_in_the_error(name: str, tmp_path: Path) -> None:
    file, text, call = BOUNDED[name]
    (tmp_path / file).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "kzcite"]
    free = subprocess.run([*command, *call], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert free.returncode in (0, 1), free.stderr
    bound = subprocess.run(
        [*command, "--limit", f"{name}=1", *call], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert bound.returncode == 3, bound.stderr
    assert f"over the limit {name}=1" in bound.stderr


def test_a_verb_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Әдебиет\n" + "1. Омаров К. Атау. – А., 2004.\n" * 20_000, encoding="utf-8")
    call = [sys.executable, "-m", "kzcite", "--limit", "seconds=1", "link", "a.txt", "-o", "out.json"]
    done = subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 3
    assert "over the limit seconds=1" in done.stderr
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.txt"]
