"""The same paper in every format gives the same links; the containers are made by pandoc and LibreOffice."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kzcite import jobs
from kzcite.model import Document

from .conftest import Office

PAPER = """# Кіріспе

Қылмыстық құқық саласындағы зерттеулер көп [1, 15 б.]. Олар **әртүрлі** [2; 3, с. 45–47]. Басқа жұмыстар да
бар [1–3], бұл туралы *Омаров* жазды [**4**]. Сондай-ақ қараңыз: [3, 12 б.; 4, p. 15].

| № | Көрсеткіш |
|---|-----------|
| 1 | мәні [2]  |

Тағы бір абзац, онда [Текст] және [0; 1] бар[^1], сілтеме [4, p. 12].

[^1]: Ескерту мәтіні, қараңыз [3, с. 7].

# Пайдаланылған әдебиеттер тізімі

{entries}
"""
ENTRIES = (
    "Сыздық Р. Абай шығармаларының тілі. – Алматы: Ғылым, 1968. – 334 б.",
    "Омаров К.Т. Қылмыстық құқық: оқулық. – Алматы: Жеті жарғы, 2010. – 256 б.",
    "Иванов И.И. Теория права // Государство и право. – 2015. – № 3. – С. 45–57.",
    "Smith J. Legal theory. *Journal of Law*. 2019. Vol. 5, No. 2. P. 12–20.",
)
AUTOMATIC = "\n".join(f"{number}. {one}" for number, one in enumerate(ENTRIES, 1))
TYPED = "\n\n".join(f"{number}\\. {one}" for number, one in enumerate(ENTRIES, 1))

Link = tuple[str, tuple[tuple[str, str | None, str | None], ...]]


def links_of(document: Document) -> list[Link]:
    """Each marker as printed, with label, locator and entry number of its cites; those of notes last."""
    entries = {one.id: one.label for one in document.entries}
    target = {one.cite: entries.get(one.entry or "") for one in document.links}
    found = [
        (
            " ".join(marker.span.cut(document.text).split()),
            tuple((c.label, c.locator.value if c.locator else None, target[c.id]) for c in marker.cites),
        )
        for marker in document.markers
    ]
    return sorted(found)


@pytest.fixture(scope="module", params=[AUTOMATIC, TYPED], ids=["automatic-numbers", "typed-numbers"])
def papers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    (folder / "paper.md").write_text(PAPER.replace("{entries}", request.param), "utf-8")
    return folder


def by_pandoc(folder: Path, pandoc: str, target: str) -> Path:
    out = folder / f"paper.{target}"
    call = [pandoc, "-s", "--metadata", "pagetitle=x", str(folder / "paper.md"), "-o", str(out)]
    subprocess.run(call, check=True, capture_output=True, timeout=60)
    return out


@pytest.mark.client
def test_every_format_gives_the_links_of_the_source(papers: Path, program: Callable[[str], str]) -> None:
    wanted = links_of(jobs.link(jobs.read_document(papers / "paper.md")))
    assert len(wanted) == 8
    assert all(entry == label for _, cites in wanted for label, _, entry in cites)
    pandoc = program("pandoc")
    for target in ("docx", "odt", "html", "tex"):
        made = by_pandoc(papers, pandoc, target)
        assert links_of(jobs.link(jobs.read_document(made))) == wanted, target


@pytest.mark.client
def test_what_libreoffice_saves_gives_the_links_of_the_source(
    papers: Path, program: Callable[[str], str], office: Office
) -> None:
    wanted = links_of(jobs.link(jobs.read_document(papers / "paper.md")))
    source = by_pandoc(papers, program("pandoc"), "docx")
    for target in ("odt", "docx"):
        (made,) = office([source], target, papers / "by-libreoffice")
        assert links_of(jobs.link(jobs.read_document(made))) == wanted, target


FOOTNOTES = """Зерттеулер көп.[^1] Олар әртүрлі.[^2] Басқа жұмыстар да бар.[^3]

[^1]: Омаров К.Т. Қылмыстық құқық: оқулық. – Алматы: Жеті жарғы, 2010. – 15 б.

[^2]: Сонда. 20-б.

[^3]: Иванов И.И. Теория права // Государство и право. – 2015. – № 3. – С. 45.
"""


@pytest.mark.client
@pytest.mark.parametrize("target", ["docx", "odt"])
def test_citations_in_footnotes(target: str, tmp_path: Path, program: Callable[[str], str]) -> None:
    (tmp_path / "paper.md").write_text(FOOTNOTES, "utf-8")
    document = jobs.link(jobs.read_document(by_pandoc(tmp_path, program("pandoc"), target)))
    assert [(m.span.cut(document.text), document.links[n].entry) for n, m in enumerate(document.markers)] == [
        ("¹", "e1"),
        ("²", "e1"),
        ("³", "e2"),
    ]
    assert document.text.count("\n¹ Омаров") == 1


REAL = ("dev-03", "dev-06", "dev-10", "dev-seed-004", "dev-12", "dev-01a")
"""Documents of the evaluation set with a list; in a PDF the code of dev-12 cannot be told from text."""


@pytest.mark.slow
@pytest.mark.client
@pytest.mark.parametrize("target", ["docx", "odt", "pdf"])
def test_real_papers_saved_by_libreoffice_give_the_links_of_their_text(
    target: str, shared: Path, tmp_path: Path, office: Office
) -> None:
    names = [one for one in REAL if target != "pdf" or one != "dev-12"]
    for name in names:
        text = (shared / "eval" / "links" / f"{name}.txt").read_text("utf-8")
        (tmp_path / f"{name}.txt").write_text("\ufeff" + text, "utf-8")
    office([tmp_path / f"{name}.txt" for name in names], target, tmp_path)
    for name in names:
        plain, saved = (jobs.link(jobs.read_document(tmp_path / f"{name}.{suffix}")) for suffix in ("txt", target))
        assert len(plain.entries) == len(saved.entries), name
        assert links_of(plain) == links_of(saved), name
