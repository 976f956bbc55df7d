from __future__ import annotations

import pytest

from kzcite.formats.library import biblatex, bibtex, csljson, ris
from kzcite.formats.library.bibnames import parse_names
from kzcite.formats.library.latexcode import decode, encode
from kzcite.model import Date, Item, Library, Name


def first(text: str) -> Item:
    return bibtex.read(text.encode()).library.items[0]


def test_macros_and_concatenation_are_expanded() -> None:
    text = '@string{kaznu = "ҚазҰУ"}\n@article{a, journal = kaznu # " хабаршысы", month = jul, year = 2014, day = 5}'
    item = first(text)
    assert item.text("container-title") == "ҚазҰУ хабаршысы"
    assert item.date("issued") == Date(parts=(2014, 7, 5))


@pytest.mark.parametrize("month", ["7", "{07}", '"July"', "{шілде}", "{июля}", "jul", '"5~" # jul'])
def test_months_in_every_spelling(month: str) -> None:
    date = first(f"@misc{{a, year = {{2014}}, month = {month}}}").date("issued")
    assert date is not None
    assert date.parts[:2] == (2014, 7)


def test_an_address_with_percent_stays_whole() -> None:
    item = Item.from_csl({"id": "a", "type": "webpage", "URL": "https://x.kz/a%20b_c#d&e~f"})
    writing = bibtex.write(Library((item,)))
    assert writing.losses == ()
    assert bibtex.read(writing.data).library.items[0].text("URL") == item.text("URL")


def test_a_repeated_field_keeps_the_entry() -> None:
    reading = bibtex.read("@book{a, title = {Бірінші}, title = {Екінші}, year = 2000}".encode())
    item = reading.library.items[0]
    assert item.text("title") == "Бірінші"
    assert item.custom == {"bibtex": {"title": ["Екінші"]}}
    assert [one.code for one in reading.findings] == ["PRS105"]


def test_a_repeated_key_gets_another() -> None:
    reading = bibtex.read(b"@book{a, title = {A}}\n@book{a, title = {B}}")
    assert [item.id for item in reading.library] == ["a", "a-2"]
    assert [one.code for one in reading.findings] == ["PRS104"]


def test_a_broken_entry_costs_only_itself() -> None:
    reading = bibtex.read(
        b"@book{a, title = {A}}\n@book{b, title = {unclosed\n@book{c, title = {C}}\n@book{d, title = {"
    )
    assert [item.id for item in reading.library] == ["a", "c", "b", "d"]
    assert [item.text("title") for item in reading.library] == ["A", "C", "", ""]
    assert [one.code for one in reading.findings] == ["PRS101", "PRS101"]
    assert [one.params["line"] for one in reading.findings] == ["2", "4"]


def test_crossref_and_xdata() -> None:
    text = """@inbook{part, title = {Тарау}, crossref = {whole}, xdata = {pub}}
@book{whole, title = {Кітап}, editor = {Омаров, К.}, year = 2001}
@xdata{pub, publisher = {Ғылым}, location = {Алматы}}
@inbook{orphan, title = {X}, crossref = {nobody}}"""
    reading = bibtex.read(text.encode())
    part = reading.library.items[0]
    assert part.text("container-title") == "Кітап"
    assert part.names("editor") == (Name("Омаров", "К."),)
    assert (part.text("publisher"), part.text("publisher-place")) == ("Ғылым", "Алматы")
    assert [item.id for item in reading.library] == ["part", "whole", "orphan"]
    assert [one.code for one in reading.findings] == ["PRS109"]


def test_comments_are_no_entries_and_a_preamble_is_told() -> None:
    reading = bibtex.read(b'text\n@comment{x, y}\n@preamble{ "\\foo" }\n% @book remark\n@book{a, title={A}}')
    assert len(reading.library) == 1
    assert [one.code for one in reading.findings] == ["PRS110"]


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{\"O}zal \'{e} {\v{s}} \c{c} \i", "Özal é š ç ı"),
        (r"\CYRKDSC\cyra\cyrz\cyra\cyrkdsc", "Қазақ"),
        (r"a \& b \% c\_d~e", "a & b % c_d\u00a0e"),
        (r"\textbf{x} $x^2$ H$_2$O", "<b>x</b> x<sup>2</sup> H<sub>2</sub>O"),
        (r"{\it x} y", "<i>x</i> y"),
        ("1941--1945", "1941–1945"),
        (r"\enquote{Заң}", "«Заң»"),
        (r"\o \ss{} \L{}", "øß Ł"),
    ],
)
def test_latex_is_decoded(latex: str, text: str) -> None:
    assert decode(latex).replace("ø ß", "øß") == text


@pytest.mark.parametrize(
    "text",
    ["{", "}", "a\\b", "~^_$#%&", "a -- b --- c", "``q''", "Қазақстан <i>Stipa</i> x", "a\u00a0b",
     "<b>x</b><sup>2</sup>",
     "x < y > z", "@book{x", "кітап, and others"],
)  # fmt: skip
def test_every_text_comes_back(text: str) -> None:
    item = Item.from_csl({"id": "a", "type": "book", "title": text, "note": text, "publisher": text})
    for dialect in (bibtex, biblatex):
        writing = dialect.write(Library((item,)))
        back = dialect.read(writing.data).library
        assert len(back) == 1
        assert writing.losses == ()
        assert back.items[0].to_csl() == item.to_csl()


def test_capitals_are_protected_in_titles() -> None:
    assert encode("Қазақстан тарихы: Абай", protect=True) == "Қазақстан тарихы: {Абай}"


def test_small_words_that_must_stay_small_come_back() -> None:
    item = Item.from_csl({"id": "a", "type": "book", "title": 'Су <span class="nocase">ph</span> мәні'})
    writing = bibtex.write(Library((item,)))
    assert b"{ph}" in writing.data
    assert writing.losses == ()


def test_deep_braces_are_read() -> None:
    deep = "{" * 10_000 + "x" + "}" * 10_000
    item = first(f"@book{{a, title = {{{deep}}}}}\n")
    assert item.text("title").replace('<span class="nocase">', "").replace("</span>", "") == "x"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Омаров, К. Т. and Гүлнар Қалиева", (Name("Омаров", "К. Т."), Name("Қалиева", "Гүлнар"))),
        ("Jan van der Berg", (Name("Berg", "Jan", non_dropping_particle="van der"),)),
        ("van der Berg, Jan", (Name("Berg", "Jan", non_dropping_particle="van der"),)),
        ("King, Jr., Martin", (Name("King", "Martin", suffix="Jr."),)),
        ("{A and B}", (Name(literal="A and B"),)),
        ("Жұмабек ұлы, С.", (Name("Жұмабек ұлы", "С."),)),
    ],
)
def test_names(text: str, names: tuple[Name, ...]) -> None:
    assert parse_names(text)[0] == names


def test_and_others_is_kept_aside_and_written_again() -> None:
    item = first("@book{a, author = {Омаров, К. and others}}")
    assert item.names("author") == (Name("Омаров", "К."),)
    assert b"and others" in bibtex.write(Library((item,))).data


def test_biblatex_lists_dates_and_languages() -> None:
    item = Item.from_csl(
        {"id": "a", "type": "book", "language": "kk-Latn", "publisher": "Taylor and Francis",
         "publisher-place": "М.; СПб.",
         "issued": {"date-parts": [[1941, 6], [1945, 5]]}, "accessed": {"date-parts": [[2024, 5, 1]]}}
    )  # fmt: skip
    writing = biblatex.write(Library((item,)))
    text = writing.data.decode()
    assert "publisher = {{Taylor and Francis}}" in text
    assert "location = {М. and СПб.}" in text
    assert "date = {1941-06/1945-05}" in text
    assert "langid = {kazakh}" in text
    assert writing.losses == ()


def test_keys_are_made_once() -> None:
    items = [
        Item.from_csl({"id": f"e{n}", "type": "book", "language": "kk", "author": [{"family": "Әбдіжаппаров"}],
                       "issued": {"date-parts": [[2023]]}, "title": str(n)}) for n in (1, 2, 3)
    ]  # fmt: skip
    writing = bibtex.write(Library(tuple(items)))
    back = bibtex.read(writing.data).library
    assert [item.id for item in back] == ["abdizhapparov2023", "abdizhapparov2023a", "abdizhapparov2023b"]
    assert bibtex.write(back).data == writing.data


def test_a_backslash_at_the_end_of_an_address_closes_nothing() -> None:
    for value, kept in (("\\", "%5C"), ("10.1000/x\\", "10.1000/x%5C"), ("C:\\a\\\\", "C:\\a%5C%5C")):
        item = Item.from_csl({"id": "a", "type": "book", "title": "Тіл", "DOI": value})
        for module in (bibtex, biblatex):
            writing = module.write(Library((item,)))
            back = module.read(writing.data)
            assert back.findings == ()
            assert back.library.items[0].text("title") == "Тіл"
            assert [(one.name, one.reason) for one in writing.losses] == [("DOI", f"the format holds only: {kept}")]


BROKEN = """@book{good, title = {Абай жолы}, year = 1942}

@article{bad,
  title = {Жоқ {жабылмаған,
}

@book{bad2 title = {x},
  note = {y}}

@book{good2, title = {Көксерек}}
"""


def test_an_entry_that_cannot_be_read_comes_back_as_it_was() -> None:
    reading = bibtex.read(BROKEN.encode())
    assert [one.code for one in reading.findings] == ["PRS101", "PRS101"]
    assert [one.id for one in reading.library] == ["good", "good2", "bad", "bad2"]
    raw = [one.custom["unread-bibtex"] for one in reading.library.items[2:]]
    assert raw == [
        "@article{bad,\n  title = {Жоқ {жабылмаған,\n}",
        "@book{bad2 title = {x},\n  note = {y}}",
    ]
    writing = bibtex.write(reading.library)
    assert writing.losses == ()
    assert writing.data.decode().endswith("\n\n".join(raw) + "\n")
    again = bibtex.read(writing.data)
    assert again.library == reading.library
    assert bibtex.write(again.library).data == writing.data
    through = csljson.read(csljson.write(reading.library).data).library
    assert bibtex.write(through).data == writing.data
    told = ris.write(reading.library).losses
    assert [(one.item, one.name) for one in told] == [("bad", "custom.unread-bibtex"), ("bad2", "custom.unread-bibtex")]


def test_an_unreadable_entry_takes_no_key_of_a_good_one() -> None:
    reading = bibtex.read(b"@book{a, title = {{X}\n\n@book{a, title = {Y}}\n")
    assert [(one.id, one.text("title")) for one in reading.library] == [("a", "Y"), ("a-2", "")]


@pytest.mark.parametrize(
    "raw", ["@book{x, title={y}}", "@book{x, title={y}\n\n@misc{z, title={w}}", "text", "% @book{"]
)
def test_no_record_comes_in_as_an_unreadable_one(raw: str) -> None:
    item = Item("a", custom={"unread-bibtex": raw})
    writing = bibtex.write(Library((item,)))
    assert len(bibtex.read(writing.data).library) == 1
    assert [one.name for one in writing.losses] == ["custom.unread-bibtex"]


def test_a_forgotten_comma_loses_no_field() -> None:
    text = '@book{a,\n  title = {Абай = жолы}\n  author = "Әуезов, М." # "" year = 1942\n}'
    reading = bibtex.read(text.encode())
    item = reading.library.items[0]
    assert (item.text("title"), item.names("author")[0].family) == ("Абай = жолы", "Әуезов")
    assert item.date("issued") == Date(parts=(1942,))
    assert [(one.code, one.field) for one in reading.findings] == [("PRS111", "author"), ("PRS111", "year")]
