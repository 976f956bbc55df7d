"""Tables, tagged formats and YAML: what other programs write, formulas, and broken files."""

from __future__ import annotations

import io
import zipfile

import pytest

from kzcite.formats.library import csljson, cslyaml, csv, enw, hayagriva, nbib, tsv, xlsx
from kzcite.model import Date, InputError, Item, Library, LimitError, Name
from kzcite.model.limits import DEFAULT, using

EVIL = Item.from_csl({"id": "=1+1", "type": "book", "title": '=HYPERLINK("http://x")', "note": "'@x", "volume": "-5"})


@pytest.mark.parametrize("module", [csv, tsv])
def test_no_cell_is_a_formula(module: object) -> None:
    writing = module.write(Library((EVIL,)))  # type: ignore[attr-defined]
    rows = writing.data.decode("utf-8-sig").splitlines()[1]
    for cell in rows.replace("\t", ",").split(","):
        assert not cell.strip('"').startswith(("=", "+", "-", "@"))
    assert module.read(writing.data).library.items[0].to_csl() == EVIL.to_csl()  # type: ignore[attr-defined]


def test_a_workbook_holds_text_only() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    writing = xlsx.write(Library((EVIL,)))
    sheet = openpyxl.load_workbook(io.BytesIO(writing.data)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert xlsx.read(writing.data).library.items[0].to_csl() == EVIL.to_csl()


def test_a_packed_bomb_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 10_000_000)
    with pytest.raises(LimitError):
        xlsx.read(out.getvalue(), "x")
    with pytest.raises(InputError):
        xlsx.read(b"no zip", "x")


def test_a_spreadsheet_saved_in_russian_windows() -> None:
    data = "id;type;author;title;issued\r\na;book;Омаров, К.;Право;2024\r\n".encode("cp1251")
    item = csv.read(data).library.items[0]
    assert (item.names("author"), item.text("title")) == ((Name("Омаров", "К."),), "Право")


def test_zoteros_table() -> None:
    data = (
        '"Key","Item Type","Publication Year","Author","Title","Publication Title","Date","Pages","Extra Field"\n'
        '"ABC","journalArticle","2020","Омаров, К.; Қалиева, Г.","Жер","Заң","2020-03","1-5","х"\n'
    )
    item = csv.read(data.encode()).library.items[0]
    assert (item.id, item.type, item.text("container-title")) == ("ABC", "article-journal", "Заң")
    assert item.date("issued") == Date((2020, 3))
    assert len(item.names("author")) == 2
    assert item.custom == {"csv": {"Extra Field": ["х"]}}


def test_a_row_with_too_many_cells_is_told() -> None:
    reading = csv.read("id,title\na,Жер,артық\nb,Тіл\n".encode())
    assert [one.text("title") for one in reading.library] == ["Жер", "Тіл"]
    assert [one.code for one in reading.findings] == ["PRS101"]


def test_a_table_without_known_columns_is_refused() -> None:
    with pytest.raises(InputError):
        csv.read(b"x,y\n1,2\n", "x")


def test_refer_without_types() -> None:
    data = "%A Омаров, К.\n%T Жер құқығы\n%J Заң\n%D 2020\n%P 1-5\n\n%A Абай\n%T Қара сөз\n%I Ғылым\n%D 1995\n"
    first, second = enw.read(data.encode()).library.items
    assert (first.type, first.text("page"), second.type) == ("article-journal", "1-5", "book")
    assert second.names("author") == (Name("Абай"),)


def test_pubmeds_export() -> None:
    data = (
        "PMID- 123\nDP  - 2014 Jul 5\nTI  - Soil of\n      the steppe\nPG  - 1-5\nLID - 10.1000/x [doi]\n"
        "FAU - Omarov, Kairat T\nAU  - Omarov KT\nCN  - WHO Group\nFAU - Li, A\nAU  - Li A\n"
        "LA  - kaz\nPT  - Journal Article\n"
        "JT  - Vestnik\nMH  - Soil\nMH  - Steppe\n\nPMID- 124\nTI  - Other\nAU  - Smith JA\n"
    )
    first, second = nbib.read(data.encode()).library.items
    assert first.names("author") == (Name("Omarov", "Kairat T"), Name(literal="WHO Group"), Name("Li", "A"))
    assert (first.text("title"), first.text("DOI"), first.language) == ("Soil of the steppe", "10.1000/x", "kk")
    assert first.date("issued") == Date((2014, 7, 5))
    assert first.text("keyword") == "Soil; Steppe"
    assert second.names("author") == (Name("Smith", "JA"),)


def test_hayagriva_of_a_typst_user() -> None:
    data = """
omarov24:
  type: article
  title: { value: "Жер құқығы", short: Жер }
  author: ["Омаров, Қ.", { name: Абай }]
  date: 2024-03
  page-range: 1-5
  serial-number: { doi: 10.1000/x }
  parent: { type: periodical, title: Заң, volume: 5, issue: 010 }
"""
    item = hayagriva.read(data.encode()).library.items[0]
    assert (item.type, item.text("container-title"), item.text("issue")) == ("article-journal", "Заң", "010")
    assert item.names("author") == (Name("Омаров", "Қ."), Name("Абай"))
    assert item.date("issued") == Date((2024, 3))


def test_pandocs_yaml() -> None:
    data = "---\nreferences:\n- id: a\n  type: book\n  title: No\n"
    data += "  issued:\n  - year: 2014\n    month: 7\n  volume: 007\n...\n"
    item = cslyaml.read(data.encode()).library.items[0]
    assert (item.text("title"), item.text("volume"), item.date("issued")) == ("No", "007", Date((2014, 7)))


@pytest.mark.parametrize("module", [cslyaml, hayagriva])
@pytest.mark.parametrize(
    "data",
    ["a: &a [x]\nb: [*a, *a]\n", "!!python/object/apply:os.system ['true']", "a: [", "[" * 100_000, "- " * 50_000,
     "{a: " * 9_999],
)  # fmt: skip
def test_hostile_yaml_is_refused(module: object, data: str) -> None:
    with pytest.raises(InputError):
        module.read(data.encode(), "x")  # type: ignore[attr-defined]


def test_json_that_breaks_off_gives_its_good_items() -> None:
    library = Library(tuple(Item.from_csl({"id": f"k{n}", "type": "book", "title": f"Т{n}"}) for n in range(20)))
    data = csljson.write(library).data
    reading = csljson.read(data[:-30])
    assert [item.id for item in reading.library] == [f"k{n}" for n in range(19)]
    assert [one.code for one in reading.findings] == ["PRS101"]


def test_json_in_its_other_shapes() -> None:
    for data in (b'{"items": [{"id": 1}]}', b'{"id": 1}\n{"id": 2}\n', b'{"id": 1}', '\ufeff[{"id":1}]'.encode()):
        assert csljson.read(data).library.items[0].id == "1"
    reading = csljson.read(b'[{"id": "a"}, 5, null, {"id": "a"}]')
    assert [item.id for item in reading.library] == ["a", "a-2"]
    assert [one.code for one in reading.findings] == ["PRS102", "PRS104"]
    for bad in (b"", b"hello", b"[" * 100_000):
        with pytest.raises(InputError):
            csljson.read(bad, "x")


def test_more_entries_than_the_limit_are_refused() -> None:
    small = DEFAULT.with_settings({"entries": "3"})
    library = Library(tuple(Item.from_csl({"id": f"k{n}", "type": "book", "title": "Т"}) for n in range(5)))
    for module in (csljson, cslyaml, csv, enw, nbib, hayagriva):
        data = module.write(library).data
        with using(small), pytest.raises(LimitError):
            module.read(data, "x")


def test_a_quote_that_nothing_closes_is_told() -> None:
    reading = csv.read('type,title,author\nbook,A,"X, Y"\nbook,"Абай,x\nbook,B,\n'.encode())
    assert [one.text("title")[:6] for one in reading.library] == ["A", "Абай,x"]
    assert [one.code for one in reading.findings] == ["PRS103"]
    for good in ('type,title\nbook,"A"', 'type,title\nbook,"A"\r\n', 'type,title\nbook,5" disk\n', "type,title\n"):
        assert csv.read(good.encode()).findings == ()
