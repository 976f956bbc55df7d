"""Reading and editing odt."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzcite import jobs
from kzcite.formats.document import odt
from kzcite.model import Edit, InputError, LimitError, OutputError, Rich, Run, Span, apply_edits

from .odtfiles import STYLES, listed, odt_file, p, span
from .wordfiles import xml_of, zipped


def text_of(*body: str) -> str:
    return odt.read(odt_file("".join(body))).text


def body_of(data: bytes) -> str:
    found = re.search(r"<office:text>(.*)</office:text>", xml_of(data, "content.xml"), re.DOTALL)
    assert found is not None
    return found[1]


def changed(data: bytes, *pairs: tuple[str, str | Rich]) -> bytes:
    document = odt.read(data, "x.odt")
    edits = []
    for old, new in pairs:
        start = document.text.index(old)
        edits.append(Edit(Span(start, start + len(old)), Rich.of(new) if isinstance(new, str) else new))
    patched = odt.patch(data, document, edits)
    assert odt.read(patched).text == apply_edits(document.text, edits)
    return patched


def test_white_space_collapses_and_elements_keep_it() -> None:
    assert text_of(p("\n  а   б\n" + span("B", " в ") + " г  ")) == "а б в г"
    assert text_of(p('а<text:s/> <text:s text:c="3"/>б<text:tab/>в<text:line-break/>г')) == "а     б\tв\nг"


def test_marks_come_from_spans_and_styles() -> None:
    document = odt.read(odt_file(p("а" + span("B", "б" + span("I", "в")) + span("Sup", "3") + span("H", "жоқ"))))
    shown = [(one.span.cut(document.text), set(one.marks)) for one in document.pieces]
    assert shown == [("а", set()), ("б", {"bold"}), ("в", {"bold", "italic"}), ("3", {"sup"})]


def test_headings_lists_and_tables() -> None:
    nested = p("б") + listed("L1", p("в"), p("г"))
    table = f"<table:table><table:table-row><table:table-cell>{p('1')}</table:table-cell><table:table-cell>{p('x')}"
    table += "</table:table-cell></table:table-row></table:table>"
    document = odt.read(
        odt_file(
            '<text:h text:outline-level="2">Т</text:h>' + listed("L1", p("а"), nested) + listed("L2", p("д")) + table
        )
    )
    assert document.text == "Т\n1.\tа\n2.\tб\n2.a)\tв\n2.b)\tг\n•\tд\n1\tx"
    assert [(one.kind, one.level, one.label) for one in document.blocks] == [
        ("section-title", 2, ""),
        ("list-item", 1, "1."),
        ("list-item", 1, "2."),
        ("list-item", 2, "2.a)"),
        ("list-item", 2, "2.b)"),
        ("list-item", 1, "•"),
        ("cell", 0, ""),
        ("cell", 0, ""),
    ]


def test_lists_go_on_where_they_say_so() -> None:
    first = listed("L1", p("а"), more=' xml:id="x"')
    other = listed("L1", p("б"))
    assert text_of(first, other) == "1.\tа\n1.\tб"
    assert text_of(first, other, listed("L1", p("в"), more=' text:continue-list="x"')) == "1.\tа\n1.\tб\n2.\tв"
    assert text_of(first, p("x"), listed("L1", p("б"), more=' text:continue-numbering="true"')) == "1.\tа\nx\n2.\tб"


def test_notes_follow_their_paragraph() -> None:
    def note(kind: str, mark: str, text: str) -> str:
        return (
            f'<text:note text:note-class="{kind}"><text:note-citation>{mark}</text:note-citation>'
            f"<text:note-body>{p(text)}</text:note-body></text:note>"
        )

    document = odt.read(
        odt_file(p("а" + note("endnote", "i", "соңы") + "б" + note("footnote", "1", "Сонда.")) + p("в"))
    )
    assert document.text == "аiб¹\n¹ Сонда.\nв\ni соңы"
    assert [(one.kind, one.label) for one in document.blocks if one.kind == "note"] == [("note", "1"), ("note", "i")]


def test_deleted_text_is_not_read_and_fields_are_computed() -> None:
    changes = (
        '<text:tracked-changes><text:changed-region text:id="c"><text:deletion>'
        f"{p('жоқ')}</text:deletion></text:changed-region></text:tracked-changes>"
    )
    document = odt.read(
        odt_file(changes + p('а<text:change text:change-id="c"/> <text:sequence text:name="T">4</text:sequence>'))
    )
    assert document.text == "а 4"
    assert [one.editable for one in document.pieces] == [True, True, False]
    assert document.notices[0].params == {"insertions": "0", "deletions": "1"}


def test_links_frames_headers_and_zotero_marks() -> None:
    frame = f"<draw:frame><draw:text-box>{p('қорап')}</draw:text-box></draw:frame>"
    mark = 'text:name="ZOTERO_ITEM CSL_CITATION {} RND1"'
    cited = f"<text:reference-mark-start {mark}/>[1]<text:reference-mark-end {mark}/>"
    header = f"<office:master-styles><style:master-page><style:header>{p('Журнал')}</style:header></style:master-page>"
    document = odt.read(
        odt_file(
            p(f'<text:a xlink:href="http://a.kz">a</text:a> {cited}.{frame}') + p("б"),
            common=header + "</office:master-styles>",
        )
    )
    assert document.text == "a [1].\nқорап\nб\nЖурнал"
    assert document.pieces[0].link == "http://a.kz"
    assert [one.handle.field for one in document.pieces if one.span.cut(document.text) == "[1]"] == ["citation"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (zipped({"mimetype": "x", "a": ""}), "content.xml is missing"),
        (zipped({"content.xml": "<a/>"}), "holds no text"),
        (
            odt_file(
                p("а"),
                manifest='<m:a xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:encryption-data/></m:a>',
            ),
            "encrypted",
        ),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        odt.read(data)


def test_a_billion_spaces_are_refused() -> None:
    with pytest.raises(LimitError):
        odt.read(odt_file(p('<text:s text:c="999999999"/>')))


def test_no_edits_give_the_same_bytes_and_others_touch_little() -> None:
    before = p("Бұл &amp;  сол [" + span("B", "3") + "].") + p("б")
    data = odt_file(before)
    assert odt.patch(data, odt.read(data), []) == data
    assert body_of(changed(data, ("3", "12"))) == before.replace(">3<", ">12<")


def test_new_looks_are_spans_with_automatic_styles() -> None:
    data = odt_file(p("Омаров К. Еңбек."))
    patched = changed(data, ("Еңбек", Rich((Run("Ең", frozenset({"italic"})), Run("бек", frozenset({"sup"}))))))
    document = odt.read(patched)
    assert [(one.span.cut(document.text), set(one.marks)) for one in document.pieces] == [
        ("Омаров К. ", set()),
        ("Ең", {"italic"}),
        ("бек", {"sup"}),
        (".", set()),
    ]
    bold = changed(odt_file(p(span("B", "а б"))), ("б", Rich((Run("в"), Run("г", frozenset({"bold"}))))))
    document = odt.read(bold)
    assert [(one.span.cut(document.text), set(one.marks)) for one in document.pieces][1:] == [
        ("в", set()),
        ("г", {"bold"}),
    ]


def test_a_second_edit_takes_free_names_for_its_styles() -> None:
    data = odt_file(p("абв"))
    for old, mark in (("б", "italic"), ("в", "sup")):
        data = changed(data, (old, Rich((Run(old, frozenset({mark})),))))
    document = odt.read(data)
    assert [set(one.marks) for one in document.pieces] == [set(), {"italic"}, {"sup"}]


def test_list_items_come_and_go_with_their_paragraphs() -> None:
    data = odt_file(listed("L1", p("а"), p("б")) + p("в"))
    document = odt.read(data)
    at = document.text.index("а") + 1
    more = odt.patch(data, document, [Edit(Span(at, at), Rich.of("\nжаңа"))])
    assert odt.read(more).text == "1.\tа\n2.\tжаңа\n3.\tб\nв"
    start = document.text.index("\n2.")
    less = odt.patch(data, document, [Edit(Span(start, document.text.index("\nв")), Rich())])
    assert body_of(less) == listed("L1", p("а")) + p("в")
    both = odt.patch(data, document, [Edit(Span(0, document.text.index("в")), Rich())])
    assert body_of(both) == p("в")


def test_spaces_that_would_fall_together_are_kept() -> None:
    data = odt_file(p("а " + span("B", "[1]") + " б"))
    assert odt.read(changed(data, ("[1]", ""))).text == "а  б"


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_counted_reference_list_grows_at_either_end(place: int) -> None:
    lines = [
        "Омаров К.Т. Еңбек құқығы. – Алматы: Заң, 2004. – 100 б.",
        "Қалиева Г.С. Құқық. – Астана: Заң, 2003. – 120 б.",
    ]
    data = odt_file(p("Бір [1], екі [2].") + p("Әдебиеттер") + listed("L1", *(p(one) for one in lines)))
    document = jobs.link(jobs.document_from_bytes(data, "x", "odt"))
    new = "Иванов И.И. Теория права. – М.: Наука, 1990. – 200 с."
    number = "0" if not place else str(place)
    edits = jobs.restyle(document, **jobs.changes_of_list(document, insert=[(number, new)]))
    again = jobs.link(jobs.document_from_bytes(jobs.patch(data, document, edits), "x", "odt"))
    assert [one.span.cut(again.text) for one in again.entries] == [*lines[:place], new, *lines[place:]]
    assert {one.entry for one in again.links} == {f"e{at + 1 + (at >= place)}" for at in range(2)}


def test_an_edited_list_number_becomes_typed_text() -> None:
    data = odt_file(listed("L1", p("а"), p("б"), p("в")))
    document = odt.read(data)
    start = document.text.index("2.\t")
    typed = odt.patch(data, document, [Edit(Span(start, start + 3), Rich.of("[7] "))])
    assert odt.read(typed).text == "1.\tа\n[7] б\n2.\tв"


def test_computed_text_is_refused() -> None:
    data = odt_file(p('<text:sequence text:name="T">4</text:sequence>'))
    with pytest.raises(OutputError, match="computes"):
        odt.patch(data, odt.read(data), [Edit(Span(0, 1), Rich.of("7"))])


TEXTS = st.text("аб [],12 ", min_size=0, max_size=6)
INLINE = st.one_of(
    TEXTS,
    st.builds(span, st.sampled_from(["B", "I", "Sup"]), TEXTS),
    st.sampled_from(["<text:s/>", '<text:s text:c="3"/>', "<text:tab/>", "<text:line-break/>"]),
    st.builds(lambda t: f'<text:a xlink:href="x">{t}</text:a>', TEXTS),
)
PARAGRAPHS = st.builds(lambda inner: p("".join(inner)), st.lists(INLINE, max_size=5))
NEW = st.lists(
    st.builds(
        Run, st.text("xyz \n\t<&", min_size=1, max_size=4), st.sets(st.sampled_from(["italic", "sup"])).map(frozenset)
    ),
    max_size=3,
)


@settings(max_examples=150, deadline=None)
@given(st.data(), st.lists(PARAGRAPHS, min_size=1, max_size=4))
def test_any_edits_of_any_paragraphs_give_the_edited_text(draw: st.DataObject, body: list[str]) -> None:
    data = odt_file("".join(body) + p("соңы"), STYLES)
    document = odt.read(data)
    cuts = sorted(draw.draw(st.sets(st.integers(0, len(document.text)), min_size=2, max_size=6)))
    edits = [
        Edit(Span(start, end), Rich(tuple(draw.draw(NEW)))) for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    patched = odt.patch(data, document, edits)
    assert odt.read(patched).text == apply_edits(document.text, edits)
