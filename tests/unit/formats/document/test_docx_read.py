"""Reading docx: each hard case as Word writes it."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from kzcite.formats.document import docx
from kzcite.model import Document, InputError

from .wordfiles import W, in_list, level, paragraph, run, word_file, xml_of, zipped


def text_of(*body: str, **parts: str) -> str:
    return docx.read(word_file("".join(body), **parts)).text


def pieces_of(document: Document) -> list[tuple[str, frozenset[str]]]:
    return [(one.span.cut(document.text), one.marks) for one in document.pieces if one.handle.kind != "end"]


def change(kind: str, *inner: str) -> str:
    return f'<w:{kind} w:id="1" w:author="А" w:date="2024-01-01T00:00:00Z">{"".join(inner)}</w:{kind}>'


def field(code: str, *result: str) -> str:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    instruction = f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
    return char("begin") + instruction + char("separate") + "".join(result) + char("end")


def test_runs_split_anywhere_make_one_text_of_several_pieces() -> None:
    document = docx.read(word_file(paragraph("Зерттеу ", run("[", "<w:b/>"), "1", "2", "]", ".")))
    assert document.text == "Зерттеу [12]."
    assert [one for one, _ in pieces_of(document)] == ["Зерттеу ", "[", "1", "2", "]", "."]
    assert pieces_of(document)[1][1] == {"bold"}


def test_pieces_cover_the_text_without_gap_or_overlap() -> None:
    numbering = f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "%1.")}</w:abstractNum>' + (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    document = docx.read(
        word_file(
            paragraph("а", "<w:r><w:tab/><w:t>б</w:t><w:br/></w:r>", properties=in_list(1))
            + paragraph()
            + paragraph("в"),
            numbering=numbering,
        )
    )
    at = 0
    for piece in document.pieces:
        assert piece.span.start == at
        at = piece.span.end
    assert at == len(document.text)
    assert document.text == "1.\tа\tб\n\n\nв"


def test_tracked_insertions_count_and_deletions_do_not() -> None:
    deleted = "<w:r><w:delText>[9]</w:delText></w:r><w:r><w:t>[8]</w:t></w:r>"
    assert text_of(paragraph("а", change("ins", run("[1]")), change("del", deleted), "б")) == "а[1]б"
    assert text_of(paragraph(change("moveFrom", run("көшті ")), "а ", change("moveTo", run("көшті")))) == "а көшті"


def test_changes_are_counted_in_a_notice() -> None:
    document = docx.read(word_file(paragraph(change("ins", run("а")), change("del", run("б")))))
    assert [(one.code, one.params) for one in document.notices] == [
        ("tracked-changes", {"insertions": "1", "deletions": "1"})
    ]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    mark = f"<w:rPr>{change('del')}</w:rPr>"
    assert text_of(paragraph("Бірінші ", properties=mark), paragraph("екінші")) == "Бірінші екінші"
    gone = paragraph(change("del", run("жоқ")), properties=mark)
    assert text_of(paragraph("а"), gone, paragraph("б")) == "а\nб"


def test_a_deleted_row_is_not_read() -> None:
    def row(text: str, properties: str = "") -> str:
        return f"<w:tr>{properties}<w:tc>{paragraph(text)}</w:tc><w:tc>{paragraph(text)}</w:tc></w:tr>"

    gone = row("жоқ", f"<w:trPr>{change('del')}</w:trPr>")
    document = docx.read(word_file(f"<w:tbl>{row('а')}{gone}{row('б')}</w:tbl>"))
    assert document.text == "а\tа\nб\tб"
    assert {one.kind for one in document.blocks} == {"cell"}


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (' ADDIN ZOTERO_ITEM CSL_CITATION {"x":1} ', "citation"),
        (" ADDIN EN.CITE &lt;EndNote&gt;", "citation"),
        (" CITATION Омар24 \\l 1087 ", "citation"),
        (" ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY ", "bibliography"),
        (" REF _Ref1 \\h ", "other"),
    ],
)
def test_of_a_field_the_result_is_read(code: str, kind: str) -> None:
    document = docx.read(word_file(paragraph("а ", field(code, run("[1]")), " б")))
    assert document.text == "а [1] б"
    assert [one.handle.field for one in document.pieces if one.span.cut(document.text) == "[1]"] == [kind]


def test_nested_fields_show_the_outer_result_only() -> None:
    inner = field(" ADDIN EN.CITE.DATA ", run("дерек"))
    assert (
        text_of(paragraph("а ", field(f" ADDIN EN.CITE </w:instrText></w:r>{inner}<w:r><w:instrText>", run("[2]"))))
        == "а [2]"
    )


def test_a_field_that_never_ends_hides_no_more_than_its_paragraph() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    assert text_of(paragraph("а", begin), paragraph("б")) == "а\nб"


def test_hyperlinks_give_their_address_and_text() -> None:
    body = paragraph(
        "см. ", f'<w:hyperlink r:id="rId9">{run("doi")}</w:hyperlink>', field(' HYPERLINK "http://b.kz" ', run("b"))
    )
    document = docx.read(word_file(body, {"rId9": "https://doi.org/10.1/x"}))
    assert document.text == "см. doib"
    assert [one.link for one in document.pieces] == ["", "https://doi.org/10.1/x", "http://b.kz"]


def test_signs_stand_for_their_characters() -> None:
    signs = (
        "<w:r><w:t>12</w:t><w:noBreakHyphen/><w:t>15</w:t><w:softHyphen/><w:tab/><w:br/><w:cr/>"
        '<w:sym w:font="Symbol" w:char="F0B0"/><w:t>C</w:t></w:r>'
    )
    assert text_of(paragraph(signs)) == "12\u201115\u00ad\t\n\n°C"


def test_spaces_at_the_ends_count_only_where_they_are_preserved() -> None:
    assert text_of(paragraph("<w:r><w:t> а </w:t></w:r>", run(" б "), "<w:r><w:t>\n  в\n</w:t></w:r>")) == "а б в"


@pytest.mark.parametrize(
    "look",
    ['<w:vertAlign w:val="superscript"/>', '<w:rStyle w:val="Raised"/>', '<w:position w:val="6"/><w:sz w:val="16"/>'],
)
def test_superscripts_are_known_as_such(look: str) -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Base"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Raised"><w:basedOn w:val="Base"/></w:style>'
    )
    document = docx.read(word_file(paragraph("сөз", run("3", look)), styles=styles))
    assert [one.marks for one in document.pieces] == [frozenset(), {"sup"}]


def test_hidden_text_is_not_read() -> None:
    assert text_of(paragraph("а", run("жасырын", "<w:vanish/>"), "б")) == "аб"


def test_headings_are_known_by_style_chain_and_outline_level() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="My"><w:name w:val="Тақырып"/><w:basedOn w:val="1"/></w:style>'
    )
    document = docx.read(
        word_file(
            paragraph("а", properties='<w:pStyle w:val="My"/>')
            + paragraph("б", properties='<w:outlineLvl w:val="1"/>')
            + paragraph("в"),
            styles=styles,
        )
    )
    assert [(one.kind, one.level) for one in document.blocks] == [
        ("section-title", 1),
        ("section-title", 2),
        ("paragraph", 0),
    ]


def test_a_ring_of_styles_ends() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:name w:val="{a}"/><w:basedOn w:val="{b}"/></w:style>'
        for a, b in (("x", "y"), ("y", "x"))
    )
    assert text_of(paragraph("а", properties='<w:pStyle w:val="x"/>'), styles=styles) == "а"


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    inner = f"<w:txbxContent>{paragraph('қорап [4]')}</w:txbxContent>"
    box = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{inner}</wps:txbx>'
        f"</wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert text_of(paragraph("а", box, "б"), paragraph("в")) == "аб\nқорап [4]\nв"


def test_formulas_are_code() -> None:
    document = docx.read(word_file(paragraph("x ∈ ", "<m:oMath><m:r><m:t>[0,1]</m:t></m:r></m:oMath>", " бар")))
    assert document.text == "x ∈ [0,1] бар"
    assert [one.span.cut(document.text) for one in document.blocks if one.kind == "code"] == ["[0,1]"]


def test_brackets_of_a_formula_are_read() -> None:
    look = '<m:dPr><m:begChr m:val="["/><m:sepChr m:val=","/><m:endChr m:val="]"/></m:dPr>'
    terms = "".join(f"<m:e><m:r><m:t>{one}</m:t></m:r></m:e>" for one in "01")
    assert text_of(paragraph(f"<m:oMath><m:d>{look}{terms}</m:d></m:oMath>")) == "[0,1]"
    assert text_of(paragraph(f"<m:oMath><m:d>{terms}</m:d></m:oMath>")) == "(0|1)"


def test_code_is_known_by_its_style_unless_the_whole_paper_is_in_it() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="P"><w:name w:val="Preformatted Text"/></w:style>'
    code = paragraph("x = a[1]", properties='<w:pStyle w:val="P"/>')
    some = docx.read(word_file(paragraph("Зерттеу бар [1].") + code, styles=styles))
    assert [one.kind for one in some.blocks] == ["paragraph", "code"]
    most = docx.read(word_file(paragraph("сөз") + code * 3, styles=styles))
    assert {one.kind for one in most.blocks} == {"paragraph"}


def reference(kind: str, id: int) -> str:
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="{id}"/></w:r>'


def note(kind: str, id: int, text: str) -> str:
    return f'<w:{kind} w:id="{id}">{paragraph(f"<w:r><w:{kind}Ref/></w:r>", " " + text)}</w:{kind}>'


def test_footnotes_follow_their_paragraph_and_endnotes_the_body() -> None:
    separator = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    document = docx.read(
        word_file(
            paragraph("а", reference("footnote", 7), " б", reference("endnote", 2))
            + paragraph("в", reference("footnote", 3)),
            footnotes=separator + note("footnote", 3, "Сонда. 12-б.") + note("footnote", 7, "Омаров, 2024."),
            endnotes=note("endnote", 2, "Соңы."),
        )
    )
    assert document.text == "а¹ бi\n¹ Омаров, 2024.\nв²\n² Сонда. 12-б.\ni Соңы."
    notes = [one for one in document.blocks if one.kind == "note"]
    assert [one.label for one in notes] == ["1", "2", "i"]
    marks = [one for one in document.pieces if one.link.startswith("#footnote7")]
    assert [one.span.cut(document.text) for one in marks] == ["¹", "¹"]
    assert all(not one.editable and "sup" in one.marks for one in marks)


def test_note_numbers_follow_the_settings() -> None:
    settings = '<w:footnotePr><w:numFmt w:val="upperRoman"/><w:numStart w:val="4"/></w:footnotePr>'
    text = text_of(paragraph("а", reference("footnote", 1)), footnotes=note("footnote", 1, "x"), settings=settings)
    assert text == "аIV\nIV x"


def test_headers_come_last() -> None:
    document = docx.read(word_file(paragraph("а"), header=paragraph("Журнал"), footer=paragraph("12")))
    assert document.text == "а\nЖурнал\n12"
    assert [one.kind for one in document.blocks] == ["paragraph", "header", "footer"]


def numbered(*items: tuple[int, int], abstracts: str, nums: str) -> list[str]:
    body = "".join(paragraph("x", properties=in_list(num, depth)) for num, depth in items)
    document = docx.read(word_file(body, numbering=abstracts + nums))
    return [one.label for one in document.blocks]


ABSTRACT = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "decimal", "%1.")
    + level(1, "lowerLetter", "%1.%2)")
    + level(2, "upperRoman", "%3")
    + "</w:abstractNum>"
)


def num(id: int, more: str = "") -> str:
    return f'<w:num w:numId="{id}"><w:abstractNumId w:val="0"/>{more}</w:num>'


def test_levels_count_and_restart() -> None:
    items = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)]
    assert numbered(*items, abstracts=ABSTRACT, nums=num(1)) == ["1.", "1.a)", "1.b)", "I", "2.", "2.a)", "I"]


def test_lists_of_one_abstract_go_on_unless_a_start_is_set() -> None:
    restarted = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    items = [(1, 0), (1, 0), (2, 0), (3, 0), (3, 0), (1, 0)]
    labels = numbered(*items, abstracts=ABSTRACT, nums=num(1) + num(2) + num(3, restarted))
    assert labels == ["1.", "2.", "3.", "5.", "6.", "7."]


def test_a_level_may_be_overridden_whole() -> None:
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "[%1]", start=10)}</w:lvlOverride>'
    assert numbered((1, 0), (1, 0), abstracts=ABSTRACT, nums=num(1, other)) == ["[10]", "[11]"]


def test_restart_and_legal_numbering() -> None:
    abstract = (
        '<w:abstractNum w:abstractNumId="0">'
        + level(0, "upperRoman", "%1.")
        + level(1, "decimal", "%1.%2", more='<w:lvlRestart w:val="0"/><w:isLgl/>')
        + "</w:abstractNum>"
    )
    items = [(1, 0), (1, 1), (1, 0), (1, 1)]
    assert numbered(*items, abstracts=abstract, nums=num(1)) == ["I.", "1.1", "II.", "2.2"]


def test_numbering_by_paragraph_style_and_its_removal() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Ref"><w:name w:val="Ref"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
    )
    look = '<w:pStyle w:val="Ref"/>'
    body = (
        paragraph("а", properties=look)
        + paragraph("б", properties=look + '<w:numPr><w:numId w:val="0"/></w:numPr>')
        + paragraph("в", properties=look)
    )
    assert docx.read(word_file(body, styles=styles, numbering=ABSTRACT + num(1))).text == "1.\tа\nб\n2.\tв"


def test_bullets_and_unknown_lists() -> None:
    abstract = f'<w:abstractNum w:abstractNumId="0">{level(0, "bullet", chr(0xF0B7))}</w:abstractNum>'
    assert numbered((1, 0), (9, 0), abstracts=abstract, nums=num(1)) == ["•", ""]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04 broken", "not a docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "encrypted"),
        (zipped({"a.txt": "x"}), "no main document"),
        (zipped({"word/document.xml": "<w:document"}), "not well-formed"),
        (zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'}), "document type"),
        (zipped({"word/document.xml": "<a/>", "../x": ""}), "unsafe name"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        docx.read(data, "x.docx")


def test_other_namespaces_and_encodings() -> None:
    with zipfile.ZipFile(BytesIO(word_file(paragraph("сөз [1]")))) as archive:
        files: dict[str, str | bytes] = {one: archive.read(one) for one in archive.namelist()}
    xml = xml_of(zipped(files)).replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    xml = (
        xml.replace("xmlns:w=", "xmlns:ns0=")
        .replace("<w:", "<ns0:")
        .replace("</w:", "</ns0:")
        .replace('encoding="UTF-8"', 'encoding="UTF-16"')
    )
    files["word/document.xml"] = xml.encode("utf-16")
    assert docx.read(zipped(files)).text == "сөз [1]"
