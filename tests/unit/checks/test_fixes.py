"""Fixes in every container: the file itself is mended, and a second run changes nothing."""

from __future__ import annotations

import io

import pytest

from kzcite import jobs
from kzcite.model import Document

ONE = "Омаров К.Т. Еңбек құқығы.– Астана: Фолиант, 2004. – 145 б."
TWO = "Жүнiсбек Ә. Ғылым тiлi мәселелері /// Қазақ тілі мен әдебиеті. – 2015. – № 7. – 66-58 б."
GOOD = (
    "Омаров К.Т. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.",
    "Жүнісбек Ә. Ғылым тілі мәселелері // Қазақ тілі мен әдебиеті. – 2015. – № 7. – 66-58 б.",
)


def _docx() -> bytes:
    import docx

    document = docx.Document()
    document.add_paragraph("Мәтін [1], [2].")
    document.add_heading("Әдебиеттер")
    for number, line in enumerate((ONE, TWO), 1):
        paragraph = document.add_paragraph(f"{number}. ")
        paragraph.add_run(line[:6]).bold = True
        paragraph.add_run(line[6:])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


FILES = {
    "paper.txt": f"Мәтін [1], [2].\n\nӘдебиеттер\n\n1. {ONE}\n2. {TWO}\n".encode(),
    "paper.md": f"Мәтін [1], [2].\n\n## Әдебиеттер\n\n1. {ONE}\n2. {TWO}\n".encode(),
    "paper.html": f"<p>Мәтін [1], [2].</p><h2>Әдебиеттер</h2><ol><li>{ONE}</li>\n"
    f"<li><i>{TWO[:14]}</i>{TWO[14:]}</li></ol>\n".encode(),
    "paper.tex": (
        "\\begin{document}Мәтін \\cite{a}, \\cite{b}.\n\n\\begin{thebibliography}{9}\n"
        f"\\bibitem{{a}} {ONE}\n\\bibitem{{b}} {TWO}\n\\end{{thebibliography}}\\end{{document}}\n"
    ).encode(),
}


@pytest.mark.parametrize("name", [*FILES, "paper.docx"])
def test_fix(name: str) -> None:
    data = FILES.get(name) or _docx()
    mended, before, after = jobs.fix_bytes(data, name)
    assert [one.code for one in before.findings] == ["STY002", "SCR001", "STY007", "FLD004"]
    assert [one.code for one in after.findings] == ["FLD004"]
    assert isinstance(after.target, Document)
    assert tuple(entry.printed(after.target.text).strip() for entry in after.target.entries) == GOOD
    assert jobs.fix_bytes(mended, name)[0] == mended
    unsafe, _, left = jobs.fix_bytes(mended, name, unsafe=True)
    assert left.findings == ()
    assert jobs.fix_bytes(unsafe, name, unsafe=True)[0] == unsafe


def test_a_file_without_faults_stays_byte_for_byte() -> None:
    data = FILES["paper.md"].replace(ONE.encode(), GOOD[0].encode()).replace(TWO.encode(), GOOD[1].encode())
    assert jobs.fix_bytes(data, "paper.md")[0] == data
