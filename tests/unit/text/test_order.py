"""Alphabetical order."""

from __future__ import annotations

import random

from kzcite.tables.loader import read_toml
from kzcite.text.order import sort_key


def shuffled_and_sorted(words: list[str], **options: object) -> list[str]:
    mixed = words[:]
    random.Random(7).shuffle(mixed)
    return sorted(mixed, key=lambda word: sort_key(word, **options))  # type: ignore[arg-type]


def test_the_kazakh_alphabet_letter_by_letter() -> None:
    letters = read_toml("script/alphabets.toml")["order"]["kk"].split()
    assert len(letters) == 42
    assert shuffled_and_sorted(letters) == letters
    assert shuffled_and_sorted([one.lower() for one in letters]) == [one.lower() for one in letters]


def test_names_in_a_mixed_list() -> None:
    words = [
        "Абай",
        "Әбдіжаппаров",
        "Ғабит",
        "Дәулет",
        "Қалиева",
        "Омаров К.",
        "Омарова А.",
        "Өтеулі",
        "Ұлытау",
        "Үміт",
    ]
    words += ["Фролов", "Һарун", "Ыбырай", "Ілияс", "Юсупов", "Adams", "The law", "Šimko", "Smith", "Snow"]
    assert shuffled_and_sorted(words) == words


def test_russian_files_yo_with_ye() -> None:
    assert shuffled_and_sorted(["Ежов", "Ёлкин", "Ершов", "Жуков"], language="ru") == [
        "Ежов",
        "Ёлкин",
        "Ершов",
        "Жуков",
    ]


def test_latin_first() -> None:
    assert shuffled_and_sorted(["Smith", "Абай"], cyrillic_first=False) == ["Smith", "Абай"]


def test_kazakh_latin_has_letters_of_its_own() -> None:
    words = ["Abai", "Äbdi", "Beibit", "Ğabit", "Hamit", "Omar", "Ömir"]
    assert shuffled_and_sorted(words, language="kk-Latn") == words


def test_quotes_and_hyphens_do_not_count() -> None:
    assert sort_key("«Абай» жолы")[:1] == sort_key("Абай жолы")[:1]
    assert sort_key("Абай")[0] < sort_key("Абай жолы")[0]
    assert sort_key("2-том") < sort_key("10-том") < sort_key("Абай")


def test_years_decide_before_the_words_after_them() -> None:
    assert sort_key("Омаров 1999 Я") < sort_key("Омаров 2001 А")


def test_articles_count_where_asked() -> None:
    assert sort_key("The zebra") > sort_key("Yak")
    assert sort_key("The zebra", articles=False) < sort_key("Yak", articles=False)


def test_a_number_of_any_length_is_sorted() -> None:
    assert sort_key("9" * 5000) > sort_key("9")
