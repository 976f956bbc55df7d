"""Entries put in and taken out in one go: the numbers follow, typed ones by edits, counted ones by themselves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import kzcite
from kzcite import jobs
from kzcite.cli.main import main
from kzcite.model import Applicability, Rich, UsageError, choose_edits

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
@pytest.mark.parametrize(("place", "gone"), [(1, "e3"), (1, "e1"), (3, "e1"), (2, "e2"), (0, "e2"), (0, "e1")])
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


@pytest.mark.parametrize("format", ["docx", "html", "markdown"])
@pytest.mark.parametrize("place", [0, 1, 3])
def test_a_list_grows_at_either_end(format: str, place: int) -> None:
    lines = [Rich.of(one) for one in LINES]
    data = jobs.compose(lines, format, title="Әдебиеттер тізімі", labels=("1.", "2.", "3."), language="kk")
    document = jobs.link(jobs.document_from_bytes(data, "x", format))
    item = kzcite.parse(NEW)
    assert item is not None
    edits = jobs.restyle(document, insert=[(place, replace(item, id="new", custom={"printed": NEW}))])
    data = jobs.patch(data, document, choose_edits(edits, Applicability.UNSAFE))
    again = jobs.link(jobs.document_from_bytes(data, "x", format))
    printed = [one.span.cut(again.text).replace("\u00a0", " ") for one in again.entries]
    assert printed == [*LINES[:place], NEW, *LINES[place:]]
    assert [one.label for one in again.entries] == ["1", "2", "3", "4"]


def test_a_number_beyond_the_list_stays_beyond_it() -> None:
    source = TYPED.replace("[3]", "[3; 4; 9]")
    document = jobs.link(jobs.document_from_bytes(source.encode(), "x", "markdown"))
    edits = jobs.restyle(document, **jobs.changes_of_list(document, insert=[("1", NEW)]))
    text = jobs.patch(source.encode(), document, choose_edits(edits, Applicability.UNSAFE)).decode()
    assert "үш [4; 5; 9]" in text


def test_the_command_inserts_the_line_as_given(tmp_path: Path) -> None:
    paper = tmp_path / "paper.md"
    paper.write_text(TYPED, encoding="utf-8")
    call = [
        "restyle",
        str(paper),
        "--insert",
        f"0={NEW}",
        "--insert",
        "2=Абай Қ. Қара сөз. – Алматы, 1995.",
        "--delete",
        "3",
    ]
    shown = CliRunner().invoke(main, [*call, "--diff"])
    assert shown.exit_code == 0, shown.output
    assert f"+1. {NEW}" in shown.output
    assert paper.read_text(encoding="utf-8") == TYPED
    done = CliRunner().invoke(main, [*call, "-o", str(tmp_path / "new.md")])
    assert done.exit_code == 0, done.output
    body, _, listed = (tmp_path / "new.md").read_text(encoding="utf-8").partition("\n\n## Әдебиеттер тізімі\n\n")
    assert body == "Бір [2], екі [3], үш."
    assert listed.split("\n") == [
        f"1. {NEW}",
        f"2. {LINES[0]}",
        f"3. {LINES[1]}",
        "4. Абай Қ. Қара сөз. – Алматы, 1995.",
    ]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--insert", NEW], "AFTER=LINE"),
        (["--insert", "7=" + NEW], "no entry has the number '7'"),
        (["--insert", "1=***"], "no reference"),
        (["--delete", "x"], "no entry has the number 'x'"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path: Path, arguments: list[str], problem: str) -> None:
    paper = tmp_path / "paper.md"
    paper.write_text(TYPED, encoding="utf-8")
    result = CliRunner().invoke(main, ["restyle", str(paper), *arguments, "-o", str(tmp_path / "new.md")])
    assert isinstance(result.exception, UsageError)
    assert problem in str(result.exception)
    assert not (tmp_path / "new.md").exists()


def test_a_thebibliography_is_left_to_its_author() -> None:
    source = (
        "\\documentclass{article}\n\\begin{document}\nБір \\cite{a}.\n\\begin{thebibliography}{9}\n"
        f"\\bibitem{{a}} {LINES[0]}\n\\bibitem{{b}} {LINES[1]}\n\\end{{thebibliography}}\n\\end{{document}}\n"
    )
    document = jobs.link(jobs.document_from_bytes(source.encode(), "x", "latex"))
    assert len(document.entries) == 2
    with pytest.raises(UsageError, match="thebibliography"):
        jobs.changes_of_list(document, delete=["1"])
