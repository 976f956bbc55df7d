"""Entries put in and taken out in one go: the numbers follow, typed ones by edits, counted ones by themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

import kzcite
from kzcite import jobs
from kzcite.model import Applicability, choose_edits

LINES = (
    "Омаров К.Т. Еңбек құқығы. – Алматы: Жеті жарғы, 2004. – 100 б.",
    "Қалиева Г.С. Құқық негіздері. – Алматы: Дәуір, 2003. – 120 б.",
    "Сыздық Р. Абай шығармаларының тілі. – Алматы: Ғылым, 1968. – 334 б.",
)
NEW = "Иванов И.И. Теория права. – М.: Наука, 1990. – 200 с."
TYPED = "Бір [1], екі [2], үш [3].\n\n## Әдебиеттер тізімі\n\n" + "\n".join(
    f"{n}. {one}" for n, one in enumerate(LINES, 1)
)
COUNTED = (
    "<p>Бір [1], екі [2], үш [3].</p><h2>Әдебиеттер тізімі</h2><ol>\n"
    + "\n".join(f"<li><p>{one}</p></li>" for one in LINES)
    + "\n</ol>"
)


@pytest.mark.parametrize(("format", "source"), [("markdown", TYPED), ("html", COUNTED)])
@pytest.mark.parametrize(("place", "gone"), [(1, "e3"), (1, "e1"), (3, "e1"), (2, "e2")])
def test_the_list_and_the_markers_follow(format: str, source: str, place: int, gone: str) -> None:
    item = kzcite.parse(NEW)
    assert item is not None
    document = jobs.link(jobs.document_from_bytes(source.encode(), "x", format))
    edits = jobs.restyle(document, insert=[(place, replace(item, id="new"))], delete=[gone])
    data = jobs.patch(source.encode(), document, choose_edits(edits, Applicability.UNSAFE))
    again = jobs.link(jobs.document_from_bytes(data, "x", format))
    assert [one.label for one in again.entries] == ["1", "2", "3"]
    kept = [line for number, line in enumerate(LINES, 1) if gone != f"e{number}"]
    printed = [one.span.cut(again.text) for one in again.entries]
    assert [one for one in printed if "Иванов" not in one] == kept
    assert sum("Иванов" in one for one in printed) == 1
    cited = {one.entry for one in again.links if one.entry}
    assert cited == {one.id for one in again.entries if "Иванов" not in one.span.cut(again.text)}
