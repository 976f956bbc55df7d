"""Duplicates and twins."""

from __future__ import annotations

import pytest

from kzcite.model import Item
from kzcite.text.similar import SAME, Work, find_duplicates, print_of, similarity, twin_likeness, work_of
from kzcite.text.skeleton import skeleton


def item(id: str = "a", **fields: object) -> Item:
    return Item.from_csl(
        {"id": id, "type": "book", **{name.replace("_", "-"): value for name, value in fields.items()}}
    )


BOOK = {
    "title": "Қазақ тілінің тарихи грамматикасы",
    "author": [{"family": "Томанов", "given": "М."}],
    "issued": {"date-parts": [[1988]]},
    "publisher-place": "Алматы",
}


def test_the_same_work_with_other_spacing_and_letters() -> None:
    one = work_of(item(**BOOK))
    other = work_of(item(**(BOOK | {"title": "ҚАЗАҚ ТІЛІНІҢ  ТАРИХИ ГРАММАТИКАСЫ."})))
    misprint = work_of(item(**(BOOK | {"title": "Қазақ тiлінің тарихи граматикасы"})))
    assert similarity(one, other) >= SAME
    assert similarity(one, misprint) >= SAME


def test_two_scripts() -> None:
    latin = BOOK | {"title": "Qazaq tiliniñ tarihi grammatikasy", "author": [{"family": "Tomanov", "given": "M."}]}
    assert similarity(work_of(item(**BOOK)), work_of(item(**latin))) >= SAME


@pytest.mark.parametrize(
    "change",
    [
        {"volume": "2"},
        {"title": "Қазақ тілінің салыстырмалы грамматикасы"},
        {"title": "Түркі халықтарының тарихы", "author": [{"family": "Томанов"}]},
        {"number": "212"},
    ],
)
def test_other_works(change: dict[str, object]) -> None:
    base = BOOK | {"volume": "1", "number": "211"}
    assert similarity(work_of(item(**base)), work_of(item(**(base | change)))) < SAME


def test_identifiers_decide() -> None:
    one, other = Work("a b c", doi="10.1/x"), Work("other words", doi="10.1/x")
    assert similarity(one, other) == 1.0
    assert similarity(Work("same words", doi="10.1/x"), Work("same words", doi="10.1/y")) < SAME


def test_find_duplicates_gives_places() -> None:
    works = [work_of(item(**BOOK)), Work("басқа еңбек", ("омаров",), "2020"), work_of(item(**BOOK))]
    assert find_duplicates(works) == ((0, 2, 1.0),)


def test_a_long_list_does_not_cost_its_square() -> None:
    works = [Work(f"еңбек нөмірі {number}", (f"автор{number % 7}",), "2020") for number in range(4_000)]
    assert len(find_duplicates(works[:1])) == 0
    assert isinstance(find_duplicates(works), tuple)


@pytest.mark.parametrize(
    ("native", "romanised"),
    [
        ("Қозыбаев", "Qozybayev"),
        ("Қозыбаев", "Kozybaev"),
        ("Әбдіжаппаров", "Abdizhapparov"),
        ("Шоқай", "Shokai"),
        ("Ғабитов", "Ġabitov"),
        ("Щербаков", "Shcherbakov"),
        ("Яковлев", "Iakovlev"),
        ("Юсупов", "Yusupov"),
        ("Жүнісов", "Zhunisov"),
        ("Жүнісов", "Jünisov"),
        ("Хамитов", "Khamitov"),
    ],
)
def test_skeletons_agree_across_scripts(native: str, romanised: str) -> None:
    assert skeleton(native) == skeleton(romanised) != ""


def test_twins_are_more_alike_than_strangers() -> None:
    native = print_of("Қалиева Г.С. Шағымдану құқығы // Құқық және мемлекет. – 2024. – № 2. – 78-87 б.")
    twin = print_of(
        "Kalieva, G.S. (2024). Shagymdanu kukygy [The right to complain]. Kukyk zhane memleket, 2, 78–87 [in Kazakh]."
    )
    other = print_of("Omarov, K.T. (2024). Enbek kukyktary [Labour rights]. Enbek kukygy, 1, 45–54 [in Kazakh].")
    assert twin_likeness(native, twin) > 0.8
    assert twin_likeness(native, other) < 0.5
