"""Where the checks must be silent: lists that our own styles rendered, and the sample paper put right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kzcite import jobs
from kzcite.model import Library

TODAY = date(2026, 11, 22)
STYLES = ("gost-7.1-2003", "gost-7.0.5-2008", "gost-r-7.0.100-2018", "gost-kz", "apa")


@pytest.fixture(scope="module")
def library(root: Path) -> Library:
    return jobs.read_library(root / "fixtures" / "demo" / "paper.md")


def _languages(library: Library) -> Iterator[Library]:
    """The items of each language by themselves: a list of three languages has three conventions."""
    for language in ("kk", "ru", "en"):
        yield Library(tuple(item for item in library if item.language == language))


@pytest.mark.parametrize("style", STYLES)
def test_no_sign_is_wrong_in_what_we_render(style: str, library: Library) -> None:
    for part in _languages(library):
        lines = jobs.render(part, style)
        assert lines
        text = "Әдебиеттер\n\n" + "".join(f"{number}. {line.text}\n" for number, line in enumerate(lines, 1))
        assert [(one.code, one.printed) for one in jobs.check(text, select=["STY"], today=TODAY)] == []


def test_the_demonstration_paper(root: Path) -> None:
    path = root / "fixtures" / "demo" / "paper.md"
    document = jobs.link(jobs.read_document(path))
    assert [one.code for one in jobs.check(document, today=TODAY)] == ["LNK001", "FLD004", "SCR001", "LNK002"]
    text = document.text.replace("34-29", "29-34").replace("[14]", "[13]").replace("Жүнiсбек", "Жүнісбек")
    assert jobs.check(text.replace("тiлi", "тілі"), today=TODAY) == ()
