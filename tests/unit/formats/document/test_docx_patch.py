"""Editing docx in place: what changes, and that nothing else does."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzcite.formats.document import docx
from kzcite.model import Document, Edit, OutputError, Rich, Run, Span, apply_edits

from .wordfiles import in_list, level, paragraph, run, word_file, xml_of


def edit(document: Document, old: str, new: str | Rich, after: int = 0) -> Edit:
    start = document.text.index(old, after)
    return Edit(Span(start, start + len(old)), Rich.of(new) if isinstance(new, str) else new)


def changed(data: bytes, *pairs: tuple[str, str | Rich]) -> bytes:
    document = docx.read(data, "x.docx")
    edits = [edit(document, old, new) for old, new in pairs]
    patched = docx.patch(data, document, edits)
    assert docx.read(patched).text == apply_edits(document.text, edits)
    return patched


def body_of(data: bytes) -> str:
    found = re.search(r"<w:body>(.*)</w:body>", xml_of(data), re.DOTALL)
    assert found is not None
    return found[1]


def rich(*runs: tuple[str, str]) -> Rich:
    return Rich(tuple(Run(text, frozenset(marks.split())) for text, marks in runs))


def test_no_edits_give_the_same_bytes() -> None:
    data = word_file(paragraph("а [1]"), header=paragraph("x"))
    assert docx.patch(data, docx.read(data), []) == data
    document = docx.read(data)
    assert docx.patch(data, document, [edit(document, "[1]", "[1]")]) == data


def test_untouched_parts_keep_their_packed_bytes_order_and_times() -> None:
    data = word_file(paragraph("а [1]"), header=paragraph("x"), styles="")
    patched = changed(data, ("1", "2"))
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(BytesIO(patched)) as new:
        assert old.namelist() == new.namelist()
        assert new.testzip() is None
        for one, other in zip(old.infolist(), new.infolist(), strict=True):
            assert (one.date_time, one.compress_type, one.external_attr) == (
                other.date_time,
                other.compress_type,
                other.external_attr,
            )
            assert (old.read(one) == new.read(other)) == (one.filename != "word/document.xml")


def test_only_the_touched_characters_differ() -> None:
    before = paragraph("Бұл &amp; сол [", run("3", "<w:b/>"), "] &lt;x&gt;")
    data = word_file(before)
    assert body_of(changed(data, ("3", "12"))) == before.replace(">3<", ">12<")


def test_a_replacement_over_split_runs_keeps_the_first_look() -> None:
    data = word_file(paragraph("а ", run("[1", "<w:i/>"), run(", 2", "<w:i/>"), run("]", "<w:i/>"), "."))
    assert body_of(changed(data, ("[1, 2]", "(4)"))) == paragraph("а ", run("(4)", "<w:i/>"), ".")


def test_equal_ends_of_a_replacement_stay_in_their_runs() -> None:
    data = word_file(paragraph("[", "1", "]"))
    assert body_of(changed(data, ("[1]", "[25]"))) == paragraph("[", "25", "]")


def test_marks_make_runs_of_their_own() -> None:
    data = word_file(paragraph(run("Омаров К. Еңбек. А., 2024.", '<w:sz w:val="28"/>')))
    patched = body_of(changed(data, ("Еңбек", rich(("Ең", ""), ("бек", "italic")))))
    assert patched == paragraph(
        run("Омаров К. Ең", '<w:sz w:val="28"/>'),
        run("бек", '<w:i/><w:sz w:val="28"/>'),
        run(". А., 2024.", '<w:sz w:val="28"/>'),
    )


def test_marks_are_taken_off_where_the_replacement_has_none() -> None:
    data = word_file(paragraph("а ", run("б", "<w:i/>"), " в"))
    assert body_of(changed(data, ("а б в", "г д"))) == paragraph("г д")


def test_a_mark_from_a_style_is_switched_off() -> None:
    styles = '<w:style w:type="character" w:styleId="Em"><w:rPr><w:i/></w:rPr></w:style>'
    data = word_file(paragraph(run("аб", '<w:rStyle w:val="Em"/>')), styles=styles)
    patched = changed(data, ("аб", rich(("в", ""), ("г", "italic"))))
    document = docx.read(patched)
    assert [(one.span.cut(document.text), set(one.marks)) for one in document.pieces] == [
        ("в", set()),
        ("г", {"italic"}),
    ]


@pytest.mark.parametrize(("mark", "tag"), [("sup", "superscript"), ("sub", "subscript")])
def test_raised_and_lowered_characters(mark: str, tag: str) -> None:
    data = word_file(paragraph("сөз."))
    assert body_of(changed(data, (".", rich(("3", mark), (".", ""))))) == paragraph(
        "сөз", run("3", f'<w:vertAlign w:val="{tag}"/>'), "."
    )


def test_insertions_prefer_the_run_before_but_no_link() -> None:
    link = f'<w:hyperlink w:anchor="x">{run("1")}</w:hyperlink>'
    data = word_file(paragraph("[", link, "]"))
    document = docx.read(data)
    assert body_of(docx.patch(data, document, [Edit(Span(2, 2), Rich.of(", 4"))])) == paragraph("[", link, ", 4]")
    assert body_of(docx.patch(data, document, [Edit(Span(1, 1), Rich.of("4, "))])) == paragraph("[4, ", link, "]")


def test_signs_are_cut_and_tabs_written() -> None:
    data = word_file(paragraph("<w:r><w:t>1.</w:t><w:tab/><w:t>Омаров</w:t></w:r>"))
    patched = body_of(changed(data, ("1.\tОмаров", "2)\tӘли")))
    assert patched == paragraph("<w:r><w:t>2)</w:t><w:tab/><w:t>Әли</w:t></w:r>") or "<w:tab/>" in patched


def test_spaces_at_the_ends_are_preserved() -> None:
    data = word_file(paragraph("<w:r><w:t>  аб </w:t></w:r>"))
    patched = body_of(changed(data, ("б", "б ")))
    assert patched == paragraph('<w:r><w:t xml:space="preserve">аб </w:t></w:r>')


def test_a_paragraph_is_inserted_with_the_properties_of_its_neighbour() -> None:
    item = '<w:pStyle w:val="Ref"/>' + in_list(1)
    numbering = f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "%1.")}</w:abstractNum>' + (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    data = word_file(paragraph("а", properties=item) + paragraph("б", properties=item), numbering=numbering)
    document = docx.read(data)
    at = document.text.index("а") + 1
    patched = docx.patch(data, document, [Edit(Span(at, at), Rich.of("\nжаңа"))])
    assert docx.read(patched).text == "1.\tа\n2.\tжаңа\n3.\tб"
    assert body_of(patched).count(item) == 3


def test_a_paragraph_is_removed_whole() -> None:
    one, two, three = paragraph("а"), paragraph("б", run("в", "<w:b/>")), paragraph("г")
    for old in ("бв\n", "\nбв"):
        assert body_of(changed(word_file(one + two + three), (old, ""))) == one + three


def test_a_removed_paragraph_leaves_bookmarks_that_go_on() -> None:
    start, end = '<w:bookmarkStart w:id="4" w:name="n"/>', '<w:bookmarkEnd w:id="4"/>'
    data = word_file(paragraph("а") + paragraph(start, "б") + paragraph("в", end))
    assert start in body_of(changed(data, ("б\n", "")))


def test_paragraphs_are_joined_and_broken() -> None:
    data = word_file(paragraph("аб", run("в", "<w:b/>"), properties="<w:keepNext/>") + paragraph("гд"))
    assert body_of(changed(data, ("в\nг", "в г"))) == paragraph(
        "аб", run("в г", "<w:b/>"), "д", properties="<w:keepNext/>"
    )
    broken = body_of(changed(data, ("аб", "а\nб")))
    assert broken.count("<w:keepNext/>") == 2


def test_the_last_paragraph_of_a_cell_stays() -> None:
    table = f"<w:tbl><w:tr><w:tc>{paragraph('а')}{paragraph('б')}</w:tc></w:tr></w:tbl>"
    assert body_of(changed(word_file(table + paragraph("в")), ("\nб", ""))).count("<w:p>") == 2


def test_a_row_goes_with_its_paragraphs() -> None:
    def row(text: str) -> str:
        return f"<w:tr><w:tc>{paragraph(text)}</w:tc><w:tc>{paragraph(text + text)}</w:tc></w:tr>"

    data = word_file(f"<w:tbl>{row('а')}{row('б')}</w:tbl>{paragraph('в')}")
    assert body_of(changed(data, ("б\tбб\n", ""))) == f"<w:tbl>{row('а')}</w:tbl>{paragraph('в')}"


def test_an_edited_list_number_becomes_typed_text() -> None:
    abstract = f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "%1.")}</w:abstractNum>' + (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="R"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = (
        paragraph("а", properties=in_list(1))
        + paragraph("б", properties='<w:pStyle w:val="R"/><w:jc w:val="both"/>')
        + paragraph("в", properties=in_list(1))
    )
    data = word_file(body, numbering=abstract, styles=styles)
    document = docx.read(data, "x.docx")
    assert document.text == "1.\tа\n2.\tб\n3.\tв"
    typed = docx.patch(data, document, [edit(document, "1.\tа", "[7] а"), edit(document, "2.\t", "")])
    assert docx.read(typed).text == "[7] а\nб\n1.\tв"
    assert docx.read(docx.patch(data, document, [edit(document, "1.\tа", "1.\tд")])).text == "1.\tд\n2.\tб\n3.\tв"


def test_a_notes_mark_is_refused() -> None:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    data = word_file(paragraph("а", mark), footnotes=f'<w:footnote w:id="2">{paragraph("б")}</w:footnote>')
    document = docx.read(data, "x.docx")
    with pytest.raises(OutputError, match="computes"):
        docx.patch(data, document, [edit(document, "¹", "2")])


def test_the_copy_of_a_text_box_for_old_programs_follows() -> None:
    inner = f"<w:txbxContent>{paragraph('қорап [4]')}</w:txbxContent>"
    box = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert body_of(changed(word_file(paragraph("а", box)), ("4", "7"))).count("[7]") == 2


def test_other_stories_are_edited_in_their_own_part() -> None:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    note = f'<w:footnote w:id="2">{paragraph("<w:r><w:footnoteRef/></w:r>", " Сонда [3].")}</w:footnote>'
    data = word_file(paragraph("а", mark), footnotes=note)
    patched = changed(data, ("[3]", "[5]"))
    assert xml_of(patched) == xml_of(data)
    assert "[5]" in xml_of(patched, "word/footnotes.xml")


def test_entities_of_the_source_keep_their_spelling_elsewhere_in_the_run() -> None:
    data = word_file(paragraph("&#1072;&#xA0;&quot;[1]&quot; &amp;"))
    assert "&#1072;&#xA0;&quot;[2]&quot; &amp;" in body_of(changed(data, ("1", "2")))


TEXTS = st.text("аб [],12", min_size=0, max_size=5)
LOOKS = st.sampled_from(["", "<w:b/>", "<w:i/>", '<w:vertAlign w:val="superscript"/>'])
WRAPS = st.sampled_from(
    ["{}", '<w:hyperlink w:anchor="x">{}</w:hyperlink>', '<w:ins w:id="1">{}</w:ins>', "<w:r><w:tab/></w:r>{}"]
)
RUNS = st.builds(lambda wrap, text, look: wrap.format(run(text, look)), WRAPS, TEXTS, LOOKS)
PARAGRAPHS = st.builds(lambda runs: paragraph(*runs), st.lists(RUNS, max_size=4))
NEW = st.lists(
    st.builds(
        Run, st.text("xyz\n\t<&", min_size=1, max_size=4), st.sets(st.sampled_from(["italic", "sup"])).map(frozenset)
    ),
    max_size=3,
)


@settings(max_examples=150, deadline=None)
@given(st.data(), st.lists(PARAGRAPHS, min_size=1, max_size=4))
def test_any_edits_of_any_paragraphs_give_the_edited_text(draw: st.DataObject, body: list[str]) -> None:
    data = word_file("".join(body) + paragraph("соңы"))
    document = docx.read(data)
    cuts = sorted(draw.draw(st.sets(st.integers(0, len(document.text)), min_size=2, max_size=6)))
    edits = [
        Edit(Span(start, end), Rich(tuple(draw.draw(NEW)))) for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    patched = docx.patch(data, document, edits)
    assert docx.read(patched).text == apply_edits(document.text, edits)
