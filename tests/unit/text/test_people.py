"""Names as lists print them."""

from __future__ import annotations

import pytest

from kzcite.text.names import heads_a_line, is_body, parse_names


@pytest.mark.parametrize(
    ("printed", "people"),
    [
        ("Омаров К.Т., Қалиева Г.С.", ["Омаров|К.Т.", "Қалиева|Г.С."]),
        ("К.Т. Омаров, Г.С. Қалиева", ["Омаров|К.Т.", "Қалиева|Г.С."]),
        ("Степанова М.Д, Хелбиг Г. и др.", ["Степанова|М.Д", "Хелбиг|Г."]),
        ("Искакова, Ғ.З., М.Д. Байдаулетова, и М. Ускенбай", ["Искакова|Ғ.З.", "Байдаулетова|М.Д.", "Ускенбай|М."]),
        ("Omarov, K. T., & Kaliyeva, G.", ["Omarov|K. T.", "Kaliyeva|G."]),
        ("Масанов Н.Э., Абылхожин Ж.Б., Сыздық Т. Б.", ["Масанов|Н.Э.", "Абылхожин|Ж.Б.", "Сыздық|Т. Б."]),
        ("Сыздық Т.Б., К.Т. Омаров", ["Сыздық|Т.Б.", "Омаров|К.Т."]),
        ("Омаров К.Т., Сыздық Р. т.б.", ["Омаров|К.Т.", "Сыздық|Р."]),
        ("Омаров К.Т. ж.б.", ["Омаров|К.Т."]),
        ("Академик А. Иванов", ["Иванов|А."]),
        ("Hodge WVD", ["Hodge|WVD"]),
        ("Allen, John", ["Allen|John"]),
        ("Skelton & Pais", ["Skelton|", "Pais|"]),
        ("Stefan Droste, Thomas Jansen, and Ingo Wegener", ["Droste|Stefan", "Jansen|Thomas", "Wegener|Ingo"]),
        ("Котельников Игорь Александрович", ["Котельников|Игорь Александрович"]),
        ("Игорь Александрович Котельников", ["Котельников|Игорь Александрович"]),
        ("Bulte E. van Kooten G.C.", ["Bulte|E.", "van Kooten|G.C."]),
        ("проф. Сабденов О.С.", ["Сабденов|О.С."]),
        ("Kokhmetova А. М.", ["Kokhmetova|A. M."]),
        ("Жұмабаев, М. Мағжан", ["Жұмабаев|М. Мағжан"]),
        ("Уәлихан ҚАЛИЖАНОВ", ["ҚАЛИЖАНОВ|Уәлихан"]),
    ],
)
def test_people(printed: str, people: list[str]) -> None:
    assert [f"{one.family}|{one.given}" for one in parse_names(printed)] == people


@pytest.mark.parametrize(
    "printed", ["Министерство юстиции Республики Казахстан", "World Health Organization", "Әділет министрлігі"]
)
def test_bodies(printed: str) -> None:
    assert is_body(printed)
    assert [one.literal for one in parse_names(printed)] == [printed]
    assert heads_a_line(printed.split())


def test_nobody() -> None:
    assert parse_names("") == ()
    assert parse_names("и др.") == ()
