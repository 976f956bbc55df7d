"""What a verb may touch: no socket, no file but its output, and that whole or not at all."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from kzcite import jobs
from kzcite.formats.files import write_bytes
from kzcite.model import Item, Library
from kzcite.tables.styles import find_locale

PAPER = """# Кіріспе

Бұл туралы жазылған [1, 15 б.; 2].

# Әдебиеттер тізімі

1. Омаров К.Т. Еңбек құқығы // Заңгер. – 2024. – № 1. – 45-54 б.
2. Smith J. Steppe law. – London: Press, 2001. – 220 p. – https://example.org/law
"""
LIBRARY = '[{"id": "a", "type": "book", "title": "Абай жолы", "author": [{"family": "Әуезов"}], "URL": "http://a.b"}]'
STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info><title>x</title><id>x</id>
<link href="http://example.org/parent" rel="independent-parent"/><updated>2020-01-01T00:00:00+00:00</updated></info>
</style>"""
NO_SOCKETS = """
import sys
def audit(event, arguments):
    if event.startswith("socket."):
        sys.stderr.write("A SOCKET WAS OPENED\\n")
        raise SystemExit(99)
sys.addaudithook(audit)
"""
VERBS: dict[str, tuple[tuple[str, ...], str]] = {
    "parse": (("parse", "paper.md", "-o", "out.json"), "out.json"),
    "link": (("link", "paper.md", "-o", "out.json"), "out.json"),
    "link-page": (("link", "paper.md", "-t", "html", "-o", "out.html"), "out.html"),
    "check": (("check", "paper.md"), ""),
    "check-fix": (("check", "paper.md", "--fix", "-o", "out.md"), "out.md"),
    "check-library": (("check", "library.json"), ""),
    "render": (("render", "library.json", "--style", "gost-kz", "-t", "docx", "-o", "out.docx"), "out.docx"),
    "render-dependent": (("render", "library.json", "--style", "dependent.csl"), ""),
    "restyle": (("restyle", "paper.md", "--style", "apa-kz", "-o", "out.md"), "out.md"),
    "twin": (("twin", "paper.md", "-o", "out.txt"), "out.txt"),
    "convert": (("convert", "library.json", "out.bib"), "out.bib"),
    "romanise": (("romanise", "--system", "bgn-pcgn-kk-1979", "Абай"), ""),
    "explain": (("explain", "Омаров К. Тіл. – Алматы, 2014. – 90 б."), ""),
    "show": (("show", "paper.md"), ""),
    "list": (("list", "styles"), ""),
    "rule": (("rule", "FLD001"), ""),
    "tables": (("tables", "check", "."), ""),
}


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_opens_no_socket_and_writes_its_output_alone(verb: str, tmp_path: Path) -> None:
    """Home, working and temporary folder are watched; a socket of any kind ends the process with 99."""
    call, output = VERBS[verb]
    work, guard = tmp_path / "work", tmp_path / "guard"
    for one in (work, guard, tmp_path / "home", tmp_path / "tmp"):
        one.mkdir()
    (work / "paper.md").write_text(PAPER, encoding="utf-8")
    (work / "library.json").write_text(LIBRARY, encoding="utf-8")
    (work / "dependent.csl").write_text(STYLE, encoding="utf-8")
    (guard / "sitecustomize.py").write_text(NO_SOCKETS, encoding="utf-8")
    before = snapshot(tmp_path)
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(filter(None, [str(guard), os.environ.get("PYTHONPATH", "")])),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(tmp_path / "home"),
        "XDG_CACHE_HOME": str(tmp_path / "home"),
        "TMPDIR": str(tmp_path / "tmp"),
    }
    command = [sys.executable, "-m", "kzcite", *call]
    done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, check=False)
    assert "A SOCKET WAS OPENED" not in done.stderr
    assert done.returncode in ((4,) if verb in ("render-dependent", "tables") else (0, 1)), done.stderr
    after = snapshot(tmp_path)
    assert {name for name in after if after[name] != before.get(name)} == ({f"work/{output}"} if output else set())
    assert before.keys() <= after.keys()


def test_every_verb_is_watched() -> None:
    from click import Context

    from kzcite.cli.main import main

    assert set(main.list_commands(Context(main))) == {call[0] for call, _ in VERBS.values()}


@pytest.mark.parametrize(
    "reach",
    [
        lambda: urllib.request.urlopen("http://example.org/"),
        lambda: socket.create_connection(("192.0.2.1", 80), timeout=1),
        lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 53)),
    ],
)
def test_no_test_reaches_the_network(reach: Callable[[], object]) -> None:
    with pytest.raises(AssertionError, match=r"was (opened|looked up)"):
        reach()


def test_the_guard_itself_refuses(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(NO_SOCKETS, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    call = [sys.executable, "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:9/')"]
    done = subprocess.run(call, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 99


def test_a_symbolic_link_is_replaced_and_never_followed(tmp_path: Path) -> None:
    outside, folder = tmp_path / "precious.txt", tmp_path / "out"
    folder.mkdir()
    outside.write_bytes(b"mine")
    (folder / "a.txt").symlink_to(outside)
    write_bytes(folder / "a.txt", b"new")
    assert outside.read_bytes() == b"mine"
    assert (folder / "a.txt").read_bytes() == b"new"
    assert not (folder / "a.txt").is_symlink()


def test_a_name_of_a_part_leads_nowhere(tmp_path: Path) -> None:
    """A docx with `../../evil.xml` inside writes nothing but its output."""
    from tests.hostile.files import FILES

    work = tmp_path / "a" / "b"
    work.mkdir(parents=True)
    (work / "in.docx").write_bytes(FILES["traversal.docx"][0]())
    call = [sys.executable, "-m", "kzcite", "check", "in.docx", "--fix", "-o", "out.docx"]
    done = subprocess.run(call, cwd=work, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1, 3), done.stderr
    assert {one.name for one in tmp_path.rglob("*") if one.is_file()} <= {"in.docx", "out.docx"}


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
@pytest.mark.parametrize("delay", [0.15, 0.5, 1.0, 1.6])
def test_an_interrupt_leaves_the_old_file(delay: float, tmp_path: Path) -> None:
    """Ctrl-C at any moment: the output is the old one or the whole new one, and nothing lies about."""
    (tmp_path / "in.txt").write_text("Әдебиет\n" + "1. Омаров К. Атау. – А., 2004.\n" * 400, encoding="utf-8")
    out = tmp_path / "out.json"
    out.write_bytes(b"old")
    call = [sys.executable, "-m", "kzcite", "parse", "in.txt", "-o", "out.json"]
    running = subprocess.Popen(call, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(delay)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=60)
    data = out.read_bytes()
    assert data == b"old" or (data.startswith(b"[") and data.rstrip().endswith(b"]"))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in.txt", "out.json"]


@pytest.mark.parametrize("language", ["../kk-KZ", "kk-KZ/../../x", "9" * 5000, "kk\0", "", "kk-" * 50, "C:kk"])
def test_a_language_that_is_no_tag_names_no_file(language: str) -> None:
    """An item's language comes from its file and a locale's name is made of it."""
    assert find_locale(language) is None
    item = Item.from_csl({"id": "a", "type": "book", "title": "Абай жолы", "language": language})
    assert len(jobs.render(Library.of([item]), "gost-kz")) == 1
    assert len(jobs.citations(Library.of([item]), "apa-kz")) == 1
