"""Wrong input gets one clear sentence and the exit code of the contract; nothing is half-written."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path, root: Path) -> Run:
    def call(*arguments: str, given: bytes | None = None) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "kzcite", *arguments],
            input=given,
            capture_output=True,
            cwd=tmp_path,
            env=os.environ | {"KZCITE_LANG": "en", "PYTHONPATH": str(root / "src")},
            timeout=120,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode("utf-8", "replace")
        )

    return call


def _said(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence on standard error."""
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.mark.parametrize("verb", ["parse", "link", "check", "render", "show", "twin"])
def test_a_missing_file(run: Run, verb: str) -> None:
    done = run(verb, "none.txt")
    assert done.returncode == 3
    assert "none.txt" in done.stderr
    assert "no such file" in done.stderr
    assert done.stdout == ""


def test_a_directory(run: Run, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    done = run("link", "folder")
    assert (done.returncode, "directory" in _said(done)) == (3, True)


def test_a_binary_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(bytes(range(256)) * 40)
    done = run("link", "x.txt")
    assert (done.returncode, "binary" in _said(done)) == (3, True)


def test_a_file_that_is_no_docx(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(b"this is no zip")
    done = run("link", "x.docx")
    assert done.returncode == 3
    assert "x.docx" in _said(done)


def test_an_empty_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"")
    done = run("parse", "x.txt")
    assert (done.returncode, done.stdout) == (0, "[\n]\n")
    assert "no reference list" in done.stderr
    assert run("parse", "--lines", "-t", "jsonl", "x.txt").stdout == ""


def test_a_line_of_fifty_megabytes(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"a" * 50_000_000)
    done = run("parse", "--lines", "x.txt")
    assert done.returncode == 3
    assert "line_length" in _said(done)


def test_a_file_over_the_limit(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"a" * 2000)
    done = run("--limit", "input_bytes=1000", "link", "x.txt")
    assert done.returncode == 3
    assert "input_bytes=1000" in _said(done)


def test_windows_1251_is_read_and_said(run: Run, tmp_path: Path) -> None:
    line = "Иванов И.И. Теория языка. – М.: Наука, 1990. – 200 с."
    (tmp_path / "x.txt").write_bytes(line.encode("cp1251"))
    done = run("parse", "--lines", "-t", "jsonl", "x.txt")
    assert done.returncode == 0
    assert "Теория языка" in done.stdout
    assert "cp1251" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("no-such-verb",),
        ("parse", "--no-such-option", "x"),
        ("parse", "x.txt", "-t", "no-such-format"),
        ("render", "x.txt", "--style", "no-such-style"),
        ("romanise", "--system", "no-such-system", "Қ"),
        ("rule", "XYZ999"),
        ("list", "nothing"),
        ("--limit", "nothing=5", "list", "styles"),
        ("check", "x.txt", "--select", "XYZ999"),
        ("link", "x.txt", "--zotero"),
    ],
)
def test_a_wrong_call(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "x.txt").write_text("Әдебиет\n1. Омаров К.Т. Еңбек құқығы. – Алматы, 2004. – 100 б.\n", "utf-8")
    done = run(*arguments)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr


def test_bad_tables(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "mine" / "terms"
    folder.mkdir(parents=True)
    (folder / "kk.toml").write_text("[page\n", "utf-8")
    assert run("tables", "check", "mine").returncode == 4
    assert run("--tables", "nowhere", "list", "systems").returncode == 4


def test_an_output_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Омаров К.Т. Еңбек құқығы. – Алматы, 2004. – 100 б.\n", "utf-8")
    done = run("parse", "--lines", "x.txt", "-o", "nowhere/refs.json")
    assert done.returncode == 5
    assert "nowhere" in _said(done)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["x.txt"]


def test_standard_input_and_output(run: Run) -> None:
    text = "Омаров К.Т. Еңбек құқығы. – Алматы: Жеті жарғы, 2004. – 100 б.\n\n\n"
    done = run("parse", "-", "--lines", "-t", "jsonl", given=text.encode())
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 3
    assert done.stdout.splitlines()[1].find('"csl": null') > 0


def test_a_reader_that_hangs_up_ends_the_work_in_silence(tmp_path: Path, root: Path) -> None:
    line = "Омаров К.Т. Еңбек құқығы. – Алматы, 2004. – 100 б.\n"
    (tmp_path / "x.txt").write_text(line * 2000, "utf-8")
    child = subprocess.Popen(
        [sys.executable, "-m", "kzcite", "parse", "--lines", "-t", "jsonl", "x.txt"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(root / "src")},
    )
    assert child.stdout is not None
    assert child.stderr is not None
    assert child.stdout.readline().startswith(b'{"id": "e1"')
    child.stdout.close()
    assert (child.wait(120), child.stderr.read()) == (0, b"")
    child.stderr.close()
