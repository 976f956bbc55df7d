"""Live links and Zotero fields in docx, read back from the mark-up and by other programs."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from kzcite import jobs
from kzcite.formats.document import docx
from kzcite.formats.placedxml import parse_placed
from kzcite.model import StageError

from .wordfiles import paragraph, run, word_file, xml_of

LIST = (
    "Сыздық Р. Абай шығармаларының тілі. – Алматы: Ғылым, 1968. – 334 б.",
    "Омаров К.Т. Қылмыстық құқық: оқулық. – Алматы: Жеті жарғы, 2010. – 256 б.",
    "Иванов И.И. Теория права // Государство и право. – 2015. – № 3. – С. 45–57.",
)


def paper(*body: str) -> bytes:
    """A paper with the list of three entries."""
    entries = "".join(paragraph(f"{number}. {one}") for number, one in enumerate(LIST, 1))
    title = paragraph("Пайдаланылған әдебиеттер тізімі", properties='<w:outlineLvl w:val="0"/>')
    return word_file("".join(body) + title + entries)


def made_live(data: bytes, **options: object) -> bytes:
    document = jobs.link(docx.read(data, "paper.docx"))
    lived = docx.live(data, document, **options)  # type: ignore[arg-type]
    assert docx.read(lived).text == document.text
    return lived


def links_of(data: bytes) -> list[tuple[str, str]]:
    """Text and target of each hyperlink, the target as the words in its bookmark."""
    document = docx.read(data)
    found = []
    for piece in document.pieces:
        if piece.link:
            name = re.escape(piece.link.removeprefix("#"))
            mark = re.search(
                rf'<w:bookmarkStart w:id="(\d+)" w:name="{name}"/>(.*?)<w:bookmarkEnd w:id="\1"/>', xml_of(data)
            )
            assert mark is not None
            words = re.sub("<[^>]*>", "", mark[2])
            found.append((piece.span.cut(document.text), words))
    return found


def citations_of(data: bytes, part: str = "word/document.xml") -> list[dict[str, object]]:
    tree = parse_placed(xml_of(data, part).encode(), part)
    codes = [one.text() for one in tree.root.walk() if one.tag == "w:instrText"]
    head = " ADDIN ZOTERO_ITEM CSL_CITATION "
    return [json.loads(one.removeprefix(head)) for one in codes if one.startswith(head)]


def test_each_cite_links_to_its_entry_and_looks_as_before() -> None:
    body = paragraph("Зерттеу ", run("[1", "<w:b/>"), run(", 15 б.; 3]"), " бар [2].")
    lived = made_live(paper(body))
    assert links_of(lived) == [("1", LIST[0]), ("3", LIST[2]), ("2", LIST[1])]
    assert xml_of(lived).count("<w:b/>") == xml_of(paper(body)).count("<w:b/>") + 1
    assert "Hyperlink" not in xml_of(lived)


def test_live_links_twice_are_live_links_once() -> None:
    lived = made_live(paper(paragraph("Зерттеу [1; 2] және [3].")))
    assert made_live(lived) == lived


def test_a_citation_that_answers_to_nothing_stays_plain() -> None:
    body = paragraph("Зерттеу [1] және [7, 3-б.] бар [2].")
    assert [one for one, _ in links_of(made_live(paper(body)))] == ["1", "2"]
    assert len(citations_of(made_live(paper(body), zotero=True))) == 2


def test_existing_links_and_citation_fields_are_left_alone() -> None:
    link = f'<w:hyperlink w:anchor="x">{run("[1]")}</w:hyperlink>'
    simple = f'<w:fldSimple w:instr=" ADDIN ZOTERO_ITEM CSL_CITATION {{}} ">{run("[2]")}</w:fldSimple>'
    data = paper(paragraph("Зерттеу ", link, " және ", simple, " мен [3]."))
    assert xml_of(made_live(data)).count("<w:hyperlink") == 2
    assert [one["properties"]["plainCitation"] for one in citations_of(made_live(data, zotero=True))] == ["[3]"]  # type: ignore[index]


def test_a_link_in_a_tracked_insertion_holds_the_insertion() -> None:
    inserted = f'<w:ins w:id="5" w:author="А">{run("жаңа [1] сөз")}</w:ins>'
    lived = xml_of(made_live(paper(paragraph("Зерттеу ", inserted, " және [2]."))))
    link = re.search(r"<w:hyperlink [^>]*>(.*?)</w:hyperlink>", lived)
    assert link is not None
    assert link[1] == f'<w:ins w:id="5" w:author="А">{run("1")}</w:ins>'


def test_zotero_fields_hold_the_items_and_the_locators() -> None:
    lived = made_live(paper(paragraph("Зерттеу [1, 15 б.; 3] бар.")), zotero=True)
    (citation,) = citations_of(lived)
    first, second = citation["citationItems"]  # type: ignore[misc]
    assert (first["itemData"]["title"], first["locator"], first["label"]) == ("Абай шығармаларының тілі", "15", "page")
    assert second["itemData"]["container-title"] == "Государство и право"
    assert "locator" not in second
    assert citation["properties"]["plainCitation"] == "[1, 15 б.; 3]"  # type: ignore[index]
    assert first["uris"] != second["uris"]


def test_one_item_has_one_address_in_all_fields_and_the_bibliography_names_the_uncited() -> None:
    lived = made_live(paper(paragraph("Зерттеу [1], [1, 5 б.] және [3] бар.")), zotero=True)
    one, other, last = (citation["citationItems"][0]["uris"] for citation in citations_of(lived))  # type: ignore[index]
    assert one == other != last
    tree = parse_placed(xml_of(lived).encode(), "x")
    code = next(x.text() for x in tree.root.walk() if x.tag == "w:instrText" and "ZOTERO_BIBL" in x.text())
    found = re.fullmatch(r" ADDIN ZOTERO_BIBL (\{.*\}) CSL_BIBLIOGRAPHY ", code)
    assert found is not None
    assert len(json.loads(found[1])["uncited"]) == 1


def test_fields_are_balanced_and_never_cross() -> None:
    lived = made_live(paper(paragraph("а [1", run("; 2", "<w:i/>"), "] б [3]."), paragraph("[1]")), zotero=True)
    depth = 0
    for kind in re.findall(r'w:fldCharType="(\w+)"', xml_of(lived)):
        depth += {"begin": 1, "separate": 0, "end": -1}[kind]
        assert depth in (0, 1)
    assert depth == 0


def test_a_citation_in_a_note_knows_the_note() -> None:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:id="2">{paragraph("<w:r><w:footnoteRef/></w:r>", " Қараңыз: [3, 7 б.].")}</w:footnote>'
    data = paper(paragraph("Зерттеу [1]", mark, " және [2]."))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        body = xml_of(data).split("<w:body>")[1].split("</w:body>")[0]
        assert archive.testzip() is None
    lived = made_live(word_file(body, footnotes=notes), zotero=True)
    assert [one["properties"]["noteIndex"] for one in citations_of(lived, "word/footnotes.xml")] == [1]  # type: ignore[index]


def test_superscript_citations_are_made_live_and_notes_marks_left_alone() -> None:
    raised = run("1,3", '<w:vertAlign w:val="superscript"/>')
    body = [paragraph(f"Зерттеулер көп {n}", raised, ".") for n in ("а", "б", "в")]
    assert [one for one, _ in links_of(made_live(paper(*body)))] == ["1", "3"] * 3
    assert xml_of(made_live(paper(*body))).count("superscript") == 3 * 3
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:id="2">{paragraph("<w:r><w:footnoteRef/></w:r>", " " + LIST[0])}</w:footnote>'
    data = word_file(paragraph("Зерттеу", mark, "."), footnotes=notes)
    for zotero in (False, True):
        assert xml_of(made_live(data, zotero=zotero)) == xml_of(data)


def test_the_document_gets_zoteros_preferences_once() -> None:
    lived = made_live(paper(paragraph("Зерттеу [1].")), zotero=True, style="gost-kz")
    custom = xml_of(lived, "docProps/custom.xml")
    values = re.findall(r"<vt:lpwstr>(.*?)</vt:lpwstr>", custom)
    assert all(len(one.replace("&lt;", "<").replace("&gt;", ">")) <= 255 for one in values)
    assert "styles/gost-kz" in "".join(values)
    assert "docProps/custom.xml" in xml_of(lived, "[Content_Types].xml")
    assert "docProps/custom.xml" in xml_of(lived, "_rels/.rels")
    assert xml_of(made_live(lived, zotero=True), "docProps/custom.xml") == custom


def test_a_document_must_be_linked_first() -> None:
    data = paper(paragraph("[1]"))
    with pytest.raises(StageError):
        docx.live(data, docx.read(data))


def new_pandoc() -> str:
    """A pandoc that reads citation fields (3 or newer): the one of pypandoc-binary, else that of the system."""
    try:
        import pypandoc
    except ImportError:
        pytest.skip("pypandoc-binary is not installed")
    path = pypandoc.get_pandoc_path()
    if int(pypandoc.get_pandoc_version().split(".")[0]) < 3:
        pytest.skip(f"{path} is older than pandoc 3")
    return str(path)


@pytest.mark.client
def test_pandoc_finds_every_zotero_citation_with_its_item(tmp_path: Path) -> None:
    body = paragraph("Зерттеу [1, 15 б.; 3], ", run("[2", "<w:i/>"), "–", "3] және [2].")
    (tmp_path / "z.docx").write_bytes(made_live(paper(body), zotero=True))
    call = [new_pandoc(), "-f", "docx+citations", "-t", "json", str(tmp_path / "z.docx")]
    read = json.loads(subprocess.run(call, capture_output=True, check=True).stdout)
    cited = re.findall(r'"citationId": ?"(\w+)"', json.dumps(read["blocks"]))
    assert cited == ["e1", "e3", "e2", "e3", "e2"]
    references = json.dumps(read["meta"]["references"], ensure_ascii=False)
    for title in ("тілі", "Қылмыстық", "Теория"):
        assert title in references


@pytest.mark.client
def test_libreoffice_opens_the_files_and_keeps_the_text(office_text: Callable[..., list[str]]) -> None:
    data = paper(paragraph("Зерттеу [1, 15 б.; 3] және ", run("[2]", "<w:b/>"), "."))
    lived = [made_live(data, zotero=zotero) for zotero in (False, True)]
    assert [one.rstrip("\n") for one in office_text("docx", *lived)] == [docx.read(one).text for one in lived]


def test_python_docx_reads_the_file() -> None:
    library = pytest.importorskip("docx")
    for zotero in (False, True):
        lived = made_live(paper(paragraph("Зерттеу [1].")), zotero=zotero)
        assert library.Document(BytesIO(lived)).paragraphs[-1].text.endswith(LIST[2])
