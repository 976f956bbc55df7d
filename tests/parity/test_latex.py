"""biber and biblatex: our file is good by biblatex's data model, and LaTeX prints the Kazakh list from it.

Programs: biber, lualatex with biblatex and fontspec, DejaVu (Debian: biber, texlive-bibtex-extra, texlive-luatex,
texlive-latex-recommended, fonts-dejavu-core).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from stdnum import issn
from tests.parity.test_exchange_clients import CLIENTS, Csl, items, plain, year

from kzcite.formats.library.latexcode import decode
from kzcite.formats.registry import LIBRARY_FORMATS, find_format
from kzcite.model import Item, Library

pytestmark = pytest.mark.client
__all__ = ["items"]

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
WARNING = re.compile(r"WARN - (?:Datamodel: Entry '(?P<key>[^']*)' \([^)]*\): )?(?P<text>.*)")

# What biblatex's data model says against fields that are right by its manual or stand there on purpose.
DRIVERLESS = {
    "legislation",
    "standard",
    "jurisdiction",
}  # manual 2.1.3: known, printed as @misc; the model gives no fields
UNKNOWN_FIELDS = {
    "media": "biblatex-gost's field for the kind of medium; biblatex has none",
}
ODD_FIELDS = {
    "type": "a book's kind (textbook, monograph): `titleaddon` would become part of the title in pandoc",
    "issue": "an issue of a collection or book; biblatex knows it in @article alone",
    "location": "the town of a newspaper; biblatex-gost prints it",
    "journaltitle": "the site of a page, the series of a report; pandoc reads it there",
    "number": "the number of a post",
    "publisher": "the publisher of a journal",
}
MANDATORY = {
    "author": ("author",), "editor": ("editor",), "title": ("title",), "institution": ("publisher",),
    "type": ("genre",), "journaltitle": ("container-title",), "booktitle": ("container-title",),
    "date": ("issued",), "year": ("issued",), "url": ("URL",), "doi": ("DOI",), "eprint": ("URL",),
}  # fmt: skip


def excused(text: str, item: Item) -> bool:
    """Whether a warning of biber is about what the item lacks, or a field that stands in the lists above."""
    named = re.findall(r"'([^']*)'", text)
    if text.startswith("Missing mandatory field"):
        wanted = [one.strip() for name in named for one in name.split(",")]
        return all(variable not in item for one in wanted for variable in MANDATORY[one])
    if text.startswith("Invalid field"):
        return named[1] in DRIVERLESS or named[0] in ODD_FIELDS
    if text.startswith("Field ") and "invalid in data model" in text:
        return named[0] in UNKNOWN_FIELDS
    if "must be datatype 'integer'" in text:
        # `II`, `I, II`: the manual wants integers, «not necessarily in arabic numerals»
        return named[0] == "volume" and not item.text("volume").isdecimal()
    return text.startswith("Invalid ISSN") and not issn.is_valid(item.text("ISSN"))


@pytest.fixture(scope="module")
def library(items: list[Csl]) -> Library:
    return Library(tuple(Item.from_csl(one) for one in items))


def write(library: Library, folder: Path) -> Library:
    """refs.bib in the folder, and the library as its keys name it."""
    module = find_format("biblatex", LIBRARY_FORMATS, "write").load()
    data = module.write(library).data
    (folder / "refs.bib").write_bytes(data)
    keyed: Library = module.read(data, "refs.bib").library
    return keyed


def run(command: list[str], cwd: Path) -> str:
    """The output of a program that must end well; TeX keeps what it makes of fonts in the folder."""
    environment = os.environ | {"TEXMFVAR": str(cwd / "texmf"), "SOURCE_DATE_EPOCH": "0"}
    done = subprocess.run(command, capture_output=True, check=False, timeout=300, cwd=cwd, env=environment)
    out = done.stdout.decode(errors="replace")
    assert done.returncode == 0, out[-2000:]
    return out


def test_biber_finds_the_file_good(library: Library, program: Callable[[str], str], tmp_path: Path) -> None:
    biber = program("biber")
    keyed = write(library, tmp_path)
    by_key = {written.id: item for written, item in zip(keyed, library, strict=True)}
    told = run([biber, "--tool", "--validate-datamodel", "--output-file", "out.bib", "refs.bib"], tmp_path)
    assert "ERROR" not in told
    unexplained = [
        found[0]
        for found in map(WARNING.match, told.splitlines())
        if found and not (found["key"] in by_key and excused(found["text"], by_key[found["key"]]))
    ]
    assert not unexplained, "\n".join(unexplained[:40])


@pytest.fixture(scope="module")
def printed(library: Library, program: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which lualatex and biber have made list.bbl and list.pdf."""
    lualatex, biber = program("lualatex"), program("biber")
    for style in ("biblatex.sty", "fontspec.sty"):
        if subprocess.run(["kpsewhich", style], capture_output=True, check=False).returncode:
            pytest.skip(f"{style} is not installed")
    if not FONT.is_file():
        pytest.skip("DejaVu is not installed")
    folder = tmp_path_factory.mktemp("latex")
    write(library, folder)
    shutil.copy(CLIENTS / "list.tex", folder)
    call = [lualatex, "-interaction=nonstopmode", "-halt-on-error", "list.tex"]
    run(call, folder)
    told = run([biber, "list"], folder)
    assert not re.search("WARN|ERROR", told), told
    run(call, folder)
    return folder


ENTRY = re.compile(r"\\entry\{(?P<key>[^}]*)\}.*?\\endentry", re.DOTALL)


def test_what_biber_hands_to_latex(library: Library, printed: Path) -> None:
    found = [one[0] for one in ENTRY.finditer((printed / "list.bbl").read_text(encoding="utf-8"))]
    assert len(found) == len(library)
    wrong = []
    for item, entry in zip(library, found, strict=True):
        title = re.search(r"\\field\{title\}\{(.*)\}$", entry, re.MULTILINE)
        if plain(item.text("title")) != plain(decode(title[1]) if title else ""):
            wrong.append((item.id, item.text("title"), title and title[1]))
        names = re.search(r"\\name\{author\}.*?\n      \}", entry, re.DOTALL)
        families = [plain(decode(one)) for one in re.findall(r"family=\{(.*)\},$", names[0] if names else "", re.M)]
        wanted = [plain(one.literal or one.family) for one in item.names("author")]
        if families != wanted:
            wrong.append((item.id, wanted, families))
        date = re.search(r"\\field\{year\}\{(\d+)\}", entry)
        issued = item.date("issued")
        if issued and issued.parts and (date is None or int(date[1]) != issued.year):
            wrong.append((item.id, issued, date and date[1]))
    assert not wrong, "\n".join(map(str, wrong[:30]))


def letters(text: str) -> str:
    """Letters and digits alone: what neither line breaks, quotes nor hyphens change."""
    return re.sub(r"[\W_]", "", re.sub(r"<[^>]*>", "", text)).casefold()


def entries(text: str, count: int) -> list[str]:
    """The entries of a printed list, numbered from `[1]`."""
    starts = [0]
    for number in range(1, count + 1):
        starts.append(text.index(f"[{number}]", starts[-1]))
    return [text[start:end] for start, end in zip(starts[1:], [*starts[2:], len(text)], strict=True)]


def test_what_latex_prints(items: list[Csl], printed: Path) -> None:
    """Each entry by itself: its authors' family names, its title, its year, in the text of the PDF."""
    pypdfium2 = pytest.importorskip("pypdfium2")
    pages = pypdfium2.PdfDocument(printed / "list.pdf")
    text = "\n".join(page.get_textpage().get_text_range() for page in pages)
    wrong = []
    for item, entry in zip(items, map(letters, entries(text, len(items))), strict=True):
        families = [one.get("literal") or one.get("family", "") for one in item.get("author", [])]
        issued = year(item) if re.fullmatch(r"\d{4}", year(item)) else ""
        values = (*families, item.get("title", ""), issued)
        wrong += [(item["id"], value, entry) for value in values if letters(value) not in entry]
    assert not wrong, "\n".join(map(str, wrong[:30]))
