"""What a stranger writes in a title, a name, a marker or a field stays text, whatever is made of it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kzcite import jobs
from kzcite.formats.compose.lines import safe_link
from kzcite.formats.registry import DOCUMENT_FORMATS, LIBRARY_FORMATS
from kzcite.model import Item, Library, Rich, Run

EVIL = (
    '<script>alert(1)</script> <img src=x onerror="alert(1)"> \x1b]0;owned\x07 \u202e',
    'x" onmouseover="alert(1)" y=\'z\' javascript:alert(1)',
    "</title></style></textarea>--><!-- ]]> &lt;b&gt; &#60;script&#62;",
    "\nER  - \n\nTY  - BOOK\nTI  - second\nER  - \n",
    "}, note = {x}}\n@book{second, title = {y}}",
    "\n%0 Book\n%T second",
    "\nPMID- 2\nTI  - second",
    '=cmd|"/c calc"!A1',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1-1",
    "\\input{/etc/passwd} $\\write18{ls}$ % # ~ ^",
    "\n::error file=x::second\r\n- {id: second}",
    "{\\rtf1\\object\\objdata 00}",
    "[link](javascript:alert(1)) ![x](http://a/b.png) `code` <http://x>",
)
LIBRARY = Library.of(
    Item.from_csl(
        {
            "id": f"e{number}\n@x{{<b>",
            "type": "book",
            "title": text,
            "author": [{"family": text, "given": "A"}, {"literal": text}],
            "publisher": text,
            "URL": "javascript:alert(1)",
            "language": "en",
        }
    )
    for number, text in enumerate(EVIL)
)
WRITERS = [one for one in LIBRARY_FORMATS if {"read", "write"} <= one.can]
ALLOWED = frozenset(
    "html head meta title style body main h1 h2 ol ul li i b sup sub span a p div section nav article u footer header"
    " aside br strong em pre table tr td th details summary".split()
)


class Elements(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def assert_harmless(page: str, *, script: bool = False) -> None:
    found = Elements(page)
    assert found.names <= ALLOWED | ({"script"} if script else set()), found.names - ALLOWED
    for name, value in found.attributes:
        assert not name.startswith("on"), (name, value)
        assert name != "src"
        if name == "href":
            assert value.startswith(("#", "http://", "https://")), value


@pytest.mark.parametrize("form", WRITERS, ids=[one.name for one in WRITERS])
def test_no_record_is_injected(form: object, tmp_path: Path) -> None:
    writing = form.load().write(LIBRARY)  # type: ignore[attr-defined]
    again = form.load().read(writing.data, "x").library  # type: ignore[attr-defined]
    assert len(again) == len(LIBRARY)
    assert not any(item.text("title") in ("second", "y") for item in again)


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_no_cell_is_a_formula(name: str) -> None:
    data = jobs.library_to_bytes(LIBRARY, name).data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(data, newline=""), delimiter="," if name == "csv" else "\t"))
    assert len(rows) == len(LIBRARY) + 1
    assert not any(cell[:1] in ("=", "+", "-", "@", "\t", "\r") for row in rows for cell in row)


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(jobs.library_to_bytes(LIBRARY, "xlsx").data))
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {"s", "n"}
    assert not any(cell.data_type == "n" and cell.value is not None for row in book.active.iter_rows() for cell in row)


def test_rendered_html_holds_the_allow_list_alone() -> None:
    lines = jobs.render(LIBRARY, "apa-kz")
    page = jobs.compose(lines, "html", title=EVIL[0]).decode()
    assert_harmless(page)
    assert "alert(1)" in page  # shown, as text


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://adilet.zan.kz/x?a=1", True),
        ("http://a.b", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        (" java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("vbscript:x", False),
        ("//evil.example", False),
        ('https://a/"onclick="x', False),
        ("https://a/<b>", False),
    ],
)
def test_links_are_web_addresses(link: str, kept: bool) -> None:
    assert bool(safe_link(link)) is kept
    line = Rich((Run("x", link=link),))
    for form in DOCUMENT_FORMATS:
        if "compose" in form.can:
            data = jobs.compose([line], form.name)
            assert not any(word in data.lower() for word in (b"javascript:", b"vbscript:", b"data:text", b"file:///"))


def paper() -> str:
    entries = "".join(
        f"{n}. Smith J. {' '.join(text.split())} – London, 2001. – 20 p.\n" for n, text in enumerate(EVIL, 1)
    )
    return f"{EVIL[0]}\n\nText [1] {EVIL[1]} [2, {EVIL[0]}] [99].\n\nReferences\n\n{entries}"


def test_the_page_of_links_shows_text() -> None:
    document = jobs.link(paper())
    assert document.entries
    page = jobs.link_page(document).decode()
    assert_harmless(page)
    assert "alert(1)" in page


@pytest.mark.parametrize("form", ["text", "github"])
def test_reports_send_no_signs_to_the_terminal(form: str, tmp_path: Path) -> None:
    """No escape sequence and no line of its own: a terminal or a CI log runs what it is sent."""
    (tmp_path / "a.txt").write_text(paper(), encoding="utf-8")
    (tmp_path / "a.json").write_text(json.dumps([item.to_csl() for item in LIBRARY]), encoding="utf-8")
    for file in ("a.txt", "a.json"):
        call = [sys.executable, "-m", "kzcite", "check", file, "--format", form]
        done = subprocess.run(call, cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode in (0, 1), done.stderr
        assert b"\x1b" not in done.stdout + done.stderr
        assert b"\x07" not in done.stdout + done.stderr
        assert not any(line.startswith(b"::error file=x") for line in done.stdout.splitlines())
