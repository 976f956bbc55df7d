"""Files of other programs' making go through an edit and come out unharmed."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from kzcite import jobs
from kzcite.formats.document import docx, odt
from kzcite.model import Document, Edit, Rich, Span

PAPER = """# Кіріспе

Мәтін [жаңа [2]]{.insertion author="А" date="2024-01-01T00:00:00Z"}[ескі [9]]{.deletion author="А"
date="2024-01-01T00:00:00Z"} соңы [1].[^f] $x\\in[0,1]$ және `a[1]`.

[^f]: Ескерту, [қараңыз](https://doi.org/10.1000/x) [3].

| a | b   |
|---|-----|
| 1 | [2] |

# Әдебиеттер

1. Омаров К.Т. Құқық. – Алматы: Жеті жарғы, 2010. – 256 б.
2. Смит Дж. Право. – М.: Наука, 2011. – 100 с.
3. Smith J. *Law*. – London: Sage, 2012. – 99 p.
"""


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {one: archive.read(one) for one in archive.namelist()}


def changed_bytes(old: bytes, new: bytes) -> tuple[bytes, bytes]:
    """What remains of two sources without their common beginning and end."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    return old[start : len(old) - end], new[start : len(new) - end]


def _common(one: bytes, other: bytes) -> int:
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def edit(document: Document, old: str, new: str) -> Edit:
    start = document.text.index(old)
    return Edit(Span(start, start + len(old)), Rich.of(new))


@pytest.fixture
def made(tmp_path: Path, program: Callable[[str], str]) -> Callable[..., bytes]:
    def make(target: str, *options: str) -> bytes:
        (tmp_path / "paper.md").write_text(PAPER, "utf-8")
        out = tmp_path / f"paper.{target}"
        call = [program("pandoc"), *options, str(tmp_path / "paper.md"), "-o", str(out)]
        subprocess.run(call, check=True, capture_output=True, timeout=60)
        return out.read_bytes()

    return make


@pytest.mark.client
def test_pandocs_docx_with_changes_notes_and_formulas(
    made: Callable[..., bytes], office_text: Callable[..., list[str]]
) -> None:
    data = made("docx", "--track-changes=all")
    document = jobs.link(docx.read(data, "paper.docx"))
    assert "Мәтін жаңа [2] соңы [1].¹ x∈[0,1] және a[1].\n¹ Ескерту, қараңыз [3]." in document.text
    assert len(document.markers) == 4
    assert docx.patch(data, document, []) == data
    patched = docx.patch(data, document, [edit(document, "соңы [1]", "соңы [7]")])
    old, new = parts_of(data), parts_of(patched)
    assert [name for name in old if old[name] != new[name]] == ["word/document.xml"]
    assert changed_bytes(old["word/document.xml"], new["word/document.xml"]) == (b"1", b"7")
    lived, fields = (docx.live(data, document, zotero=zotero) for zotero in (False, True))
    assert docx.read(lived).text == docx.read(fields).text == document.text
    before, *after = office_text("docx", data, patched, lived, fields)
    assert after[0] == before.replace("соңы [1]", "соңы [7]")
    assert after[1] == before
    # LibreOffice counts the last paragraph of a field over several automatically numbered ones anew.
    assert after[2].replace(" 1. Smith", " 3. Smith") == before


@pytest.mark.client
def test_pandocs_odt(made: Callable[..., bytes], office_text: Callable[..., list[str]]) -> None:
    data = made("odt")
    document = odt.read(data, "paper.odt")
    assert odt.patch(data, document, []) == data
    patched = odt.patch(data, document, [edit(document, "соңы [1]", "соңы [7]"), edit(document, "Наука", "Ғылым")])
    old, new = parts_of(data), parts_of(patched)
    assert [name for name in old if old[name] != new[name]] == ["content.xml"]
    source = old["content.xml"].decode()
    assert source.replace("соңы [1]", "соңы [7]").replace("Наука", "Ғылым") == new["content.xml"].decode()
    before, after = office_text("odt", data, patched)
    assert after == before.replace("соңы [1]", "соңы [7]").replace("Наука", "Ғылым")


@pytest.mark.client
@pytest.mark.parametrize("suffix", ["docx", "odt"])
def test_a_restyled_paper_opens_in_libreoffice(
    suffix: str, made: Callable[..., bytes], tmp_path: Path, office_text: Callable[..., list[str]]
) -> None:
    (tmp_path / f"p.{suffix}").write_bytes(made(suffix))
    document = jobs.link(jobs.read_document(tmp_path / f"p.{suffix}"))
    edits = jobs.restyle(document, style="apa", markers="author-date")
    jobs.write_document(document, tmp_path / f"q.{suffix}", edits)
    (printed,) = office_text(suffix, (tmp_path / f"q.{suffix}").read_bytes())
    assert "Омаров, К. Т. (2010). Құқық. Жеті жарғы." in [" ".join(one.split()) for one in printed.splitlines()]
    read = jobs.read_document(tmp_path / f"q.{suffix}").text
    assert "(Омаров, 2010)" in read
    assert "1.\t" not in read


def test_a_docx_from_words_own_template_keeps_every_other_part() -> None:
    library = pytest.importorskip("docx")
    paper = library.Document()
    paper.add_heading("Кіріспе", 1)
    paper.add_paragraph("Зерттеу [1] бар.")
    paper.add_paragraph("Омаров К.Т. Құқық. – Алматы, 2010.", style="List Number")
    out = BytesIO()
    paper.save(out)
    data = out.getvalue()
    document = docx.read(data)
    patched = docx.patch(data, document, [edit(document, "[1]", "[12]")])
    old, new = parts_of(data), parts_of(patched)
    assert [name for name in old if old[name] != new[name]] == ["word/document.xml"]
    assert library.Document(BytesIO(patched)).paragraphs[1].text == "Зерттеу [12] бар."
