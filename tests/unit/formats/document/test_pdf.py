"""Reading PDF: order, columns, running heads, notes, raised characters."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzcite import jobs
from kzcite.formats.document import pdf
from kzcite.model import InputError, LimitError, Limits
from kzcite.model.limits import using

from .conftest import Office
from .pdffiles import Put, pdf_file

pytest.importorskip("pypdfium2")

WORDS = "the question of law is still open and needs more work"


def test_lines_are_read_from_the_top_whatever_the_order_in_the_file() -> None:
    data = pdf_file([[(72, 600, 12, "second line"), (72, 700, 12, "first line"), (72, 500, 12, "third")]])
    document = pdf.read(data)
    assert document.text == "first line\nsecond line\nthird\n"
    assert [one.span.cut(document.text) for one in document.blocks] == ["first line", "second line", "third"]


def test_gaps_between_words_are_spaces_even_where_the_file_has_none() -> None:
    data = pdf_file([[(72, 700, 12, "open"), (110, 700, 12, "work"), (135, 700, 12, "ing")]])
    assert pdf.read(data).text == "open working\n"


def test_raised_numbers_stay_with_their_word_and_are_marked() -> None:
    document = pdf.read(pdf_file([[(72, 700, 12, "a word"), (108, 705, 7, "12"), (118, 700, 12, "goes on")]]))
    assert document.text == "a word12 goes on\n"
    assert [one.span.cut(document.text).strip() for one in document.pieces if "sup" in one.marks] == ["12"]


def test_pieces_know_their_page_and_place() -> None:
    document = pdf.read(pdf_file([[(72, 700, 12, "one")], [(90, 650, 10, "two")]]))
    assert document.text == "one\n\ftwo\n"
    boxes = [one.handle for one in document.pieces]
    assert [(box.page, round(box.left), round(box.base), round(box.size)) for box in boxes] == [
        (1, 72, 700, 12),
        (2, 90, 650, 10),
    ]
    assert not any(one.editable for one in document.pieces)


def columns(lines: int, title: bool = True) -> list[Put]:
    puts: list[Put] = [(72, 740, 14, "A title that goes over both of the columns of the page and on")] if title else []
    for number in range(lines):
        y = 700 - 14 * number
        puts += [(60, y, 10, f"l{number} {WORDS}"[:46]), (320, y, 10, f"r{number} {WORDS}"[:46])]
    return puts


def test_columns_are_read_one_after_the_other_below_a_title() -> None:
    lines = pdf.read(pdf_file([columns(12)])).text.splitlines()
    assert lines[0].startswith("A title")
    assert [one.split()[0] for one in lines[1:]] == [f"l{n}" for n in range(12)] + [f"r{n}" for n in range(12)]


def test_a_table_is_no_pair_of_columns() -> None:
    puts = [put for n in range(12) for put in ((72, 700 - 14 * n, 10, f"{n}"), (400, 700 - 14 * n, 10, f"{n * n}"))]
    lines = pdf.read(pdf_file([puts])).text.splitlines()
    assert lines[3] == "3 9"


def test_running_heads_and_page_numbers_are_furniture() -> None:
    pages = [
        [(72, 760, 10, f"Herald of law, {n} (2024)"), (72, 700, 12, f"text {chr(97 + n)}"), (300, 40, 10, f"{n + 4}")]
        for n in range(4)
    ]
    document = pdf.read(pdf_file(pages))
    kinds = [(one.kind, one.span.cut(document.text)) for one in document.blocks][:3]
    assert kinds == [("header", "Herald of law, 0 (2024)"), ("paragraph", "text a"), ("footer", "4")]


def test_footnotes_are_notes() -> None:
    puts: list[Put] = [(72, 700 - 14 * n, 12, f"line {n} {WORDS}") for n in range(5)]
    puts += [(72, 100, 9, "1 Omarov K. Law. 2010."), (72, 88, 9, "and its second line")]
    document = pdf.read(pdf_file([puts]))
    assert [one.kind for one in document.blocks] == ["paragraph"] * 5 + ["note"] * 2


def test_notes_of_the_size_of_the_text_are_known_by_their_raised_mark_below_a_gap() -> None:
    puts: list[Put] = [(72, 700 - 14 * n, 12, f"line {n} {WORDS}") for n in range(5)]
    puts += [(72, 105, 7, "1"), (78, 100, 12, "Omarov K. Law. 2010."), (72, 86, 12, "and its second line")]
    document = pdf.read(pdf_file([puts]))
    assert [one.kind for one in document.blocks] == ["paragraph"] * 5 + ["note"] * 2


def test_what_cannot_be_read_says_why() -> None:
    with pytest.raises(InputError, match="not a readable PDF"):
        pdf.read(b"%PDF-1.4 broken")
    with pytest.raises(InputError, match="only pictures"):
        pdf.read(pdf_file([[]]))
    with using(Limits(xml_text=5)), pytest.raises(LimitError):
        pdf.read(pdf_file([[(72, 700, 12, "too many letters")]]))


@pytest.mark.client
def test_a_kazakh_paper_printed_by_libreoffice_links_as_its_source(tmp_path: Path, office: Office) -> None:
    paper = (
        "Қылмыстық құқық саласындағы зерттеулер көп [1, 15 б.]. Олар әртүрлі [2; 3, с. 45–47], оны [1–3] көрсетеді.\n\n"
        "Пайдаланылған әдебиеттер\n\n"
        "1. Сыздық Р. Абай шығармаларының тілі. – Алматы: Ғылым, 1968. – 334 б.\n"
        "2. Омаров К.Т. Қылмыстық құқық: оқулық. – Алматы: Жеті жарғы, 2010. – 256 б.\n"
        "3. Иванов И.И. Теория права // Государство и право. – 2015. – № 3. – С. 45–57.\n"
    )
    (tmp_path / "paper.txt").write_text("\ufeff" + paper, "utf-8")
    office([tmp_path / "paper.txt"], "pdf", tmp_path)
    plain, printed = jobs.link(paper), jobs.link(jobs.read_document(tmp_path / "paper.pdf"))
    shown = [
        [(cite.label, cite.locator, link.entry) for cite, link in zip(one_cites(one), one.links, strict=True)]
        for one in (plain, printed)
    ]
    assert shown[0] == shown[1]
    assert len(shown[0]) == 6


def one_cites(document: object) -> list[object]:
    return [cite for marker in document.markers for cite in marker.cites]  # type: ignore[attr-defined]
