from __future__ import annotations

import pytest

from kzcite.formats.library import ris
from kzcite.model import Date, Item, Library, Name

RECORD = (
    "TY  - JOUR\nAU  - Әбдіжаппаров, Е.Қ.\nTI  - Жер құқығы\nT2  - Заң және заман\n"
    "PY  - 2023\nSP  - 89\nEP  - 98\nER  - \n"
)


def titles(data: bytes) -> list[str]:
    return [item.text("title") for item in ris.read(data).library]


def test_a_record_is_read() -> None:
    item = ris.read(RECORD.encode()).library.items[0]
    assert item.to_csl() == {
        "id": "e1",
        "type": "article-journal",
        "author": [{"family": "Әбдіжаппаров", "given": "Е.Қ."}],
        "title": "Жер құқығы",
        "container-title": "Заң және заман",
        "issued": {"date-parts": [[2023]]},
        "page": "89-98",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding: str, end: str) -> None:
    assert titles((RECORD * 2).replace("\n", end).encode(encoding)) == ["Жер құқығы"] * 2


def test_an_export_in_cp1251_is_read() -> None:
    record = "TY  - JOUR\r\nAU  - Омаров, К.Т.\r\nTI  - Земельное право\r\nER  - \r\n"
    assert titles(record.encode("cp1251")) == ["Земельное право"]


def test_a_missing_end_gives_both_records_and_a_finding() -> None:
    reading = ris.read((RECORD.replace("ER  - \n", "") + RECORD).encode())
    assert len(reading.library) == 2
    assert [one.code for one in reading.findings] == ["PRS103"]


def test_a_value_cannot_begin_a_record() -> None:
    evil = "Title\nER  - \nTY  - JOUR\nTI  - injected\u2028TY  - BOOK\x85TY  - BOOK"
    library = Library((Item.from_csl({"id": "x\nTY  - BOOK", "type": "book", "title": evil}),))
    writing = ris.write(library)
    assert writing.data.count(b"\r\nTY") == 0
    assert len(writing.data.decode().splitlines()) == 5
    assert len(ris.read(writing.data).library) == 1
    assert [one.name for one in writing.losses] == ["title"]


def test_names_of_all_kinds_come_back() -> None:
    people = (
        Name("Омаров", "К.Т."),
        Name(literal="Қазақстан Республикасы Әділет министрлігі"),
        Name(literal="Министерство, Комитет"),
        Name("Қалесов"),
        Name("Бұқар Жырау"),
        Name("Серікұлы", "Б.", suffix="мл."),
    )
    item = Item.from_csl({"id": "a", "type": "book", "author": [one.to_csl() for one in people]})
    writing = ris.write(Library((item,)))
    assert writing.losses == ()
    assert ris.read(writing.data).library.items[0].names("author") == people


def test_unknown_tags_travel_in_custom_and_come_back() -> None:
    data = RECORD.replace("ER  -", "C7  - беті жоқ\nC7  - тағы\nER  -").encode()
    item = ris.read(data).library.items[0]
    assert item.custom == {"ris": {"C7": ["беті жоқ", "тағы"]}}
    again = ris.write(Library((item,)))
    assert again.losses == ()
    assert ris.read(again.data).library.items[0] == item


def test_text_that_is_no_record_is_told() -> None:
    reading = ris.read(b"hello\n" + RECORD.encode())
    assert [one.code for one in reading.findings] == ["PRS108"]
    assert len(reading.library) == 1


@pytest.mark.parametrize(
    ("line", "parts"),
    [("PY  - 2014/07/05/", (2014, 7, 5)), ("Y1  - 2014///", (2014,)), ("DA  - 2014-07-05", (2014, 7, 5)),
     ("DA  - 2014/13/05", (2014,))],
)  # fmt: skip
def test_dates(line: str, parts: tuple[int, ...]) -> None:
    item = ris.read(f"TY  - BOOK\n{line}\nER  - \n".encode()).library.items[0]
    assert item.date("issued") == Date(parts=parts)


def test_what_ris_cannot_hold_is_a_loss() -> None:
    item = Item.from_csl({"id": "a", "type": "treaty", "title": "Шарт", "jurisdiction": "kz"})
    losses = ris.write(Library((item,))).losses
    assert {one.name for one in losses} == {"type", "jurisdiction"}


def test_a_guessed_encoding_and_a_cut_letter_are_told() -> None:
    text = "TY  - BOOK\nTI  - Путь Абая\nER  - \n"
    assert [(one.code, one.printed) for one in ris.read(text.encode("cp1251")).findings] == [("PRS112", "cp1251")]
    assert [one.code for one in ris.read("TY  - BOOK\nTI  - Абай".encode()[:-1]).findings] == ["PRS113", "PRS103"]
