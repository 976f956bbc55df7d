"""Scripts of words and repair of look-alike letters."""

from __future__ import annotations

import pytest

from kzcite.tables.loader import read_toml
from kzcite.text.script import count_scripts, find_repairs, is_mixed, main_script, repair_word, script_of, words


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("сəйкес", "сәйкес"),
        ("Əдебиеттер", "Әдебиеттер"),
        ("берiлген", "берілген"),
        ("Cотталғандардың", "Сотталғандардың"),
        ("түрлi", "түрлі"),
        ("тyрлі", "түрлі"),
        ("қyат", "қуат"),
        ("сɵз", "сөз"),
        ("тiлi", "тілі"),
        ("Кazakh", "Kazakh"),
        ("Sсience", "Science"),
        ("ХIX", "XIX"),
        ("ХІV", "XIV"),
        ("ҡазаҡ", "ҡазаҡ"),
        ("тіліндегі", "тіліндегі"),
        ("PhDға", "PhDға"),
        ("ХХ", "ХХ"),
        ("history", "history"),
    ],
)
def test_repair_word(printed: str, meant: str) -> None:
    assert repair_word(printed) == meant


def test_a_foreign_cyrillic_letter_is_repaired_in_a_kazakh_word() -> None:
    assert repair_word("қаһармандыҡ") == "қаһармандық"


def test_initials_and_labels_beside_cyrillic_words() -> None:
    text = "Омаров C. Т., Сатпаев Ə. Ел // Қазақ тiлi. – 2014. – 57 c."
    assert [(one.printed, one.repaired) for one in find_repairs(text)] == [
        ("C", "С"),
        ("Ə", "Ә"),
        ("тiлi", "тілі"),
        ("c", "с"),
    ]
    assert find_repairs("Том I. Құжаттар. X. Аяқталды") == ()
    assert find_repairs("Vitamin C. Smith A. B.") == ()


@pytest.mark.parametrize(("word", "mixed"), [("Cотталған", True), ("сот", False), ("PhD", False), ("", False)])
def test_is_mixed(word: str, mixed: bool) -> None:
    assert is_mixed(word) is mixed


def test_scripts() -> None:
    assert [script_of(char) for char in "aяəλع1–"] == ["Latn", "Cyrl", "Latn", "Grek", "Arab", "", ""]
    assert count_scripts("Abай 7") == {"Latn": 2, "Cyrl": 2}
    assert main_script("7") == ""
    text = "COVID-19-ға қарсы"
    assert [span.cut(text) for span in words(text)] == ["COVID", "ға", "қарсы"]


def test_the_table_maps_between_scripts_letter_for_letter() -> None:
    table = read_toml("script/lookalikes.toml")
    for name, rows in table.items():
        for wrong, right in rows.items():
            assert len(wrong) == len(right) == 1, (name, wrong)
    assert all(script_of(right) == "Cyrl" != script_of(wrong) for wrong, right in table["cyrillic"].items())
    assert all(script_of(right) == "Latn" != script_of(wrong) for wrong, right in table["latin"].items())
    assert all(script_of(right) == script_of(wrong) == "Cyrl" for wrong, right in table["kazakh"].items())
