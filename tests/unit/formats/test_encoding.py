"""Encodings are known or guessed, and what is written back has the file's own bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcite.formats.document import text as plain
from kzcite.formats.encoding import decode
from kzcite.model import Edit, InputError, Rich, Span
from kzcite.tables.loader import read_toml
from kzcite.text.legacy import layouts

KAZAKH = "Әдебиеттер тізімі. Қазақ тілінің ғылыми ұғымдары – өзгеше құбылыс, үлгі мен көңіл. «Жаһан» № 5"
RUSSIAN = "Список литературы. Объём и содержание – № 5, «Вестник»."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "kz1048", "ptcp154"]
)
def test_kazakh_text_is_read_in_every_encoding(encoding: str) -> None:
    assert decode(KAZAKH.encode(encoding)).text == KAZAKH


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
def test_russian_text_is_read_in_every_encoding(encoding: str) -> None:
    text = RUSSIAN.replace("–", "-").replace("№", "N").replace("«", '"').replace("»", '"')
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding) == (text, encoding)
    assert [one.code for one in decoded.notices] == ["encoding"]


def test_western_text_is_not_made_cyrillic() -> None:
    text = "Défenseur des droits. Rapport annuel, été 2024, naïveté et œuvre"
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize("row", read_toml("script/legacy.toml")["example"], ids=lambda row: row["layout"])
def test_stand_in_letters_are_restored(row: dict[str, str]) -> None:
    decoded = decode(row["from"].encode())
    assert decoded.text == row["to"]
    assert decoded.layout is not None
    assert decoded.layout.id == row["layout"]
    assert decoded.encode(row["to"]).decode() == row["from"]


@pytest.mark.parametrize(
    "text",
    [
        "Її мова є ґрунтом європейської освіти, їжак і ґанок",
        "Ќе одиме во Ѓевѓелија, ноќ и ѕвезда, куќа, среќа",
        "Ў нашай мове ёсць ўсё",
        "Қазақ тілі ќ ќ ќ ў",
    ],
)
def test_other_languages_keep_their_letters(text: str) -> None:
    assert decode(text.encode()).text == text


def test_layouts_map_one_letter_to_one() -> None:
    for layout in layouts():
        assert all(len(meant) == 1 for meant in layout.letters.values())


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 50, b"PK\x03\x04\x00\x00", b"%PDF-1.7\x00\xff\xfe\x00"])
def test_binary_files_are_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="binary"):
        decode(data, "x.bin")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "kz1048", "ptcp154"])
def test_a_patch_keeps_the_encoding(encoding: str) -> None:
    data = (KAZAKH + "\r\nекі [2]\r\n").encode(encoding)
    document = plain.read(data, "x.txt")
    assert plain.patch(data, document, []) == data
    at = document.text.index("[2]")
    patched = plain.patch(data, document, [Edit(Span(at, at + 3), Rich.of("[3–5]"))])
    assert patched == (KAZAKH + "\r\nекі [3–5]\r\n").encode(encoding)


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    try:
        document = plain.read(data, "x")
    except InputError:
        return
    assert plain.patch(data, document, []) == data


def test_damaged_utf_8_is_utf_8() -> None:
    text = "Әуезов М. Абай жолы. – Алматы: Жазушы, 1990. – 600 б."
    cut = decode(text.encode() + "ж".encode()[:1], damaged=True)
    assert (cut.text, cut.encoding) == (text + "\ufffd", "utf-8")
    assert [(one.code, one.params) for one in cut.notices] == [("damaged-text", {"count": "1"})]
    mixed = decode(text.encode() + b"\n" + "Ж".encode("cp1251") + b" x", damaged=True)
    assert mixed.text == text + "\n\ufffd x"


@pytest.mark.parametrize("text", ["Müller", "Путь Абая", "é", "Ж", "Défense d'un élève à l'été"])
def test_eight_bit_text_is_no_damaged_utf_8(text: str) -> None:
    encoding = "cp1252" if text.isascii() or ord(max(text)) < 256 else "cp1251"
    assert "\ufffd" not in decode(text.encode(encoding), damaged=True).text
