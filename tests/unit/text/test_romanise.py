"""Romanisation: every table's examples, case, word edges, the way back."""

from __future__ import annotations

import random
import re

import pytest

from kzcite.model import UsageError
from kzcite.tables import systems
from kzcite.text.romanise import restore, romanise

EXAMPLES = [(name, *pair) for name in systems.names() for pair in systems.system(name).examples]
REVERSIBLE = [name for name in systems.names() if systems.system(name).reversible]


@pytest.mark.parametrize(
    ("name", "cyrillic", "latin"), EXAMPLES, ids=[f"{n}-{i}" for i, (n, *_) in enumerate(EXAMPLES)]
)
def test_example_of_table(name: str, cyrillic: str, latin: str) -> None:
    assert romanise(cyrillic, name) == latin


@pytest.mark.parametrize("name", systems.names())
def test_table_is_whole(name: str) -> None:
    table = systems.system(name)
    russian = set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
    kazakh = set("әғқңөұүһі")
    assert russian | kazakh <= set(table.letters)
    own = set(table.letters) - table.borrowed
    if "kk" in table.languages:
        assert kazakh <= own
    if "ru" in table.languages:
        assert russian <= own
    assert table.authority
    assert table.url.startswith("https://")
    assert 1900 < table.year < 2030
    assert table.examples


@pytest.mark.parametrize("name", systems.names())
def test_no_cyrillic_letter_is_left_and_latin_text_stands(name: str) -> None:
    table = systems.system(name)
    every = "".join(table.letters)
    assert not any("\u0400" <= char <= "\u052f" for char in romanise(every + " " + every.upper(), name))
    assert romanise("Nature № 3 (2024): İı, 5–7", name) == "Nature № 3 (2024): İı, 5–7"


@pytest.mark.parametrize("name", REVERSIBLE)
def test_reversible_system_reverses(name: str) -> None:
    table = systems.system(name)
    letters = sorted(set(table.letters) - table.borrowed)
    chance = random.Random(7)
    for _ in range(3000):
        word = "".join(chance.choices(letters, k=chance.randint(2, 9)))
        if any(one in word for one in table.lossy):
            continue
        # Ъ and Ь are signs without case in Latin: no word begins with one or has two in a row.
        if set(word[:2]) & set("ъь") or re.search("[ъь]{2}", word):
            continue
        for form in (word, word.upper(), word[0].upper() + word[1:]):
            assert restore(romanise(form, name), name) == form


def test_irreversible_system_says_so() -> None:
    with pytest.raises(UsageError, match="not reversible"):
        restore("Qazaq", "kaz-latin-2021")


def test_unknown_system_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="kaz-latin-2021"):
        romanise("а", "klingon")


def test_alias() -> None:
    assert systems.system("bsi").id == "bsi-ru"


def test_aliases_are_unique() -> None:
    every = [alias for name in systems.names() for alias in (name, *systems.system(name).aliases)]
    assert len(every) == len(set(every))


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Щ", "Shch"),
        ("Ю. Щ.", "Yu. Shch."),
        ("ЩЁ", "SHCHE"),
        ("КазНУ", "KazNU"),
        ("ЖШС", "ZHSHS"),
        ("жШ", "zhSh"),
        ("Ащы-Щы", "Ashchy-Shchy"),
    ],
)
def test_case_of_digraphs(cyrillic: str, latin: str) -> None:
    assert romanise(cyrillic, "bsi-ru") == latin


def test_decomposed_letters_are_read() -> None:
    assert romanise("и\u0306", "iso-9-1995") == "j"
