"""`kzcite check`: formats, exit codes, fixes, settings, baseline, several files."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kzcite.cli.check import check_command

PAPER = """Бұл құбылыс бұрын да зерттелген [1], [2], тағы [7].

Әдебиеттер

1. Омаров К.Т. Еңбек құқығы.– Астана: Фолиант, 2004. – 145 б.
2. Айтбайұлы Ө. Терминжасам тәжірибесінен // Тілтаным. – 2009. – № 3. – 34-29 б.
"""
CLEAN = PAPER.replace(", тағы [7]", "").replace("құқығы.–", "құқығы. –").replace("34-29", "29-34")
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "paper.txt").write_text(PAPER, encoding="utf-8")
    (tmp_path / "clean.txt").write_text(CLEAN, encoding="utf-8")

    def call(*arguments: str, obj: str = "en") -> Result:
        return CliRunner().invoke(check_command, [*arguments, "--today", "2026-11-22"], obj=obj, catch_exceptions=True)

    return call


def test_exit_codes(run: Run) -> None:
    assert run("clean.txt").exit_code == 0
    assert run("paper.txt").exit_code == 1
    assert run("paper.txt", "--fail-on", "never").exit_code == 0
    assert run("paper.txt", "--select", "STY").exit_code == 0
    assert run("paper.txt", "--select", "STY", "--fail-on", "warning").exit_code == 1
    assert run("missing.txt").exit_code == 3
    assert run("clean.txt", "missing.txt").exit_code == 3


def test_json_has_the_shape_of_the_contract(run: Run) -> None:
    findings = json.loads(run("paper.txt", "--format", "json").stdout)
    assert [one["code"] for one in findings] == ["LNK001", "STY002", "FLD004"]
    keys = "code name severity message file line column span entry field printed expected fix clause".split()
    assert all(list(one) == keys for one in findings)
    last = findings[-1]
    assert (last["name"], last["severity"], last["entry"], last["line"]) == ("reversed-page-range", "error", "e2", 6)
    assert last["fix"]["applicability"] == "unsafe"
    start, end = last["span"]
    assert PAPER[start:end] == last["printed"] == "34-29"
    assert last["fix"]["edits"] == [{"span": [start, end], "replacement": "29-34"}]
    lines = run("paper.txt", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(one) for one in lines] == findings


def test_messages_in_three_languages(run: Run) -> None:
    said = {lang: run("paper.txt", "--select", "FLD004", "--lang", lang).stdout for lang in ("kk", "ru", "en")}
    assert "беттер кері жазылған" in said["kk"]
    assert "страницы идут" in said["ru"]
    assert "run backwards" in said["en"]
    assert "беттер кері жазылған" in run("paper.txt", "--select", "FLD004", obj="kk").stdout


def test_text_underlines_the_excerpt(run: Run) -> None:
    lines = run("paper.txt", "--select", "FLD004").stdout.splitlines()
    at = next(number for number, line in enumerate(lines) if "^" in line)
    start = lines[at].index("^")
    assert lines[at - 1][start : start + lines[at].count("^")] == "34-29"
    assert lines[-1] == "findings: 1 (errors: 1)"


def test_github_annotations(run: Run) -> None:
    first = run("paper.txt", "--format", "github").stdout.splitlines()[0]
    assert first.startswith("::error file=paper.txt,line=1,col=48,title=LNK001 unresolved-marker::")


def test_fix_in_place_twice(run: Run, tmp_path: Path) -> None:
    assert run("paper.txt", "--fix").exit_code == 1
    once = (tmp_path / "paper.txt").read_text(encoding="utf-8")
    assert once == PAPER.replace("құқығы.–", "құқығы. –")
    run("paper.txt", "--fix")
    assert (tmp_path / "paper.txt").read_text(encoding="utf-8") == once


def test_unsafe_fixes_into_another_file(run: Run, tmp_path: Path) -> None:
    run("paper.txt", "--fix", "--unsafe-fixes", "-o", "mended.txt")
    assert (tmp_path / "paper.txt").read_text(encoding="utf-8") == PAPER
    assert "29-34 б." in (tmp_path / "mended.txt").read_text(encoding="utf-8")


def test_diff_changes_nothing(run: Run, tmp_path: Path) -> None:
    shown = run("paper.txt", "--diff").stdout
    assert "-1. Омаров К.Т. Еңбек құқығы.– Астана" in shown
    assert "+1. Омаров К.Т. Еңбек құқығы. – Астана" in shown
    assert (tmp_path / "paper.txt").read_text(encoding="utf-8") == PAPER


def test_baseline(run: Run, tmp_path: Path) -> None:
    assert run("paper.txt", "--baseline", "known.json", "--write-baseline").exit_code == 0
    assert run("paper.txt", "--baseline", "known.json").exit_code == 0
    moved = "Кіріспе сөз.\n\n" + PAPER.replace("[1], ", "[1], [8], ")
    (tmp_path / "paper.txt").write_text(moved, encoding="utf-8")
    left = json.loads(run("paper.txt", "--baseline", "known.json", "--format", "json").stdout)
    assert [one["printed"] for one in left] == ["[8]"]


def test_settings_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "kzcite.toml").write_text(
        'select = ["LNK", "FLD"]\nlang = "ru"\nfail-on = "never"\n[[suppress]]\nfile = "*.txt"\nentry = "2"\n'
        'codes = ["FLD004"]\n[per-file-ignores]\n"clean*" = ["LNK"]\n',
        encoding="utf-8",
    )
    done = run("paper.txt")
    assert done.exit_code == 0
    assert "отсылке [7]" in done.stdout
    assert "FLD004" not in done.stdout
    (tmp_path / "kzcite.toml").write_text("selekt = []\n", encoding="utf-8")
    assert "unknown setting" in str(run("paper.txt").exception)


def test_several_files_and_processes(run: Run, tmp_path: Path) -> None:
    one = json.loads(run("paper.txt", "clean.txt", "--format", "json").stdout)
    two = json.loads(run("paper.txt", "clean.txt", "--format", "json", "--jobs", "2").stdout)
    assert one == two
    assert {finding["file"] for finding in one} == {"paper.txt"}
    table = run("paper.txt", "clean.txt").stdout
    assert "clean.txt" in table
    folder = tmp_path / "volume"
    folder.mkdir()
    os.rename(tmp_path / "paper.txt", folder / "a.txt")
    assert json.loads(run("volume", "--format", "json").stdout)[0]["file"] == os.path.join("volume", "a.txt")


def test_across_papers(run: Run) -> None:
    assert "LST010" not in run("paper.txt", "clean.txt", "--format", "json").stdout
    found = json.loads(run("paper.txt", "clean.txt", "--across", "--select", "LST010", "--format", "json").stdout)
    assert [(one["file"], one["entry"]) for one in found] == [("clean.txt", "e1")]


@pytest.mark.parametrize("target", ["html", "docx"])
def test_report_for_the_author(run: Run, tmp_path: Path, target: str) -> None:
    run("paper.txt", "-t", target, "-o", f"report.{target}", "--lang", "kk")
    data = (tmp_path / f"report.{target}").read_bytes()
    if target == "html":
        page = data.decode().replace("\xa0", " ")
        assert "Әдебиеттер тізімі бойынша ескертулер – paper.txt" in page
        assert "Түзетілген жазба" in page
        assert "<b>29-34</b>" in page
    else:
        assert data.startswith(b"PK")


def test_sarif_is_valid(run: Run) -> None:
    log = json.loads(run("paper.txt", "--format", "sarif").stdout)
    assert log["version"] == "2.1.0"
    (only,) = log["runs"]
    rules = only["tool"]["driver"]["rules"]
    for result in only["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        region = result["locations"][0]["physicalLocation"]["region"]
        start = region["charOffset"]
        line = PAPER.splitlines()[region["startLine"] - 1]
        printed = PAPER[start : start + region["charLength"]]
        assert line[region["startColumn"] - 1 :].startswith(printed)
        assert result["level"] in ("error", "warning", "note")
    assert only["columnKind"] == "unicodeCodePoints"


@pytest.mark.client
def test_sarif_against_its_schema(run: Run, root: Path) -> None:
    """The schema of OASIS as the npm package @microsoft/jest-sarif ships it."""
    import jsonschema

    package = root / "tests" / "clients" / "node_modules" / "@microsoft" / "jest-sarif"
    path = package / "lib" / "schemas" / "sarif-2.1.0-rtm.5.json"
    if not path.is_file():
        pytest.skip("the SARIF schema is not installed (npm ci in tests/clients)")
    schema = json.loads(path.read_text(encoding="utf-8"))
    log = json.loads(run("paper.txt", "clean.txt", "--format", "sarif").stdout)
    jsonschema.validators.validator_for(schema)(schema).validate(log)


def test_bad_calls(run: Run) -> None:
    for arguments in (
        ["--select", "XYZ"],
        ["--profile", "no-such"],
        ["--write-baseline"],
        ["--fix", "clean.txt", "-o", "x"],
    ):
        assert run("paper.txt", *arguments).exception is not None


def test_a_broken_record_has_its_line(run: Run, tmp_path: Path) -> None:
    text = "@book{a, title={Жалпы тіл білімі}, year={1975}}\n\n@book{b, title={Сөз құдіреті\n"
    (tmp_path / "refs.bib").write_text(text, encoding="utf-8")
    found = json.loads(run("refs.bib", "--select", "PRS", "--format", "json").stdout)
    assert [(one["code"], one["line"]) for one in found] == [("PRS101", 3)]
    log = json.loads(run("refs.bib", "--select", "PRS", "--format", "sarif").stdout)
    assert log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"] == {"startLine": 3}
