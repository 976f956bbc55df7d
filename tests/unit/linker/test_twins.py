"""Pairs of entries in a native and a romanised list."""

from __future__ import annotations

from kzcite import finder, linker
from kzcite.model import Document

NATIVE = [
    "Әбдіжаппаров Е.Қ. Сотталғандардың құқықтары // Заңгер. – 2023. – № 4. – 89-98 б.",
    "Қалиева Г.С. Шағымдану құқығы // Құқық және мемлекет. – 2024. – № 2. – 78-87 б.",
    "Петров А.И. Теория права и государства. – М.: Юрист, 2015. – 320 с.",
    "Smith J. Law and order. – London: Routledge, 2019. – 210 p.",
    "Омаров К.Т. Еңбек құқығы: оқулық. – Алматы: Жеті жарғы, 2020. – 180 б.",
]
ROMANISED = [
    "Abdizhapparov, E.K. (2023). Sottalgandardyn kukyktary [Rights of convicts]. Zanger, 4, 89–98 [in Kazakh].",
    "Kalieva, G.S. (2024). Shagymdanu kukygy [The right to complain]. Kukyk zhane memleket, 2, 78–87 [in Kazakh].",
    "Petrov, A.I. (2015). Teoriia prava i gosudarstva [Theory of law]. Moscow: Iurist [in Russian].",
    "Smith, J. (2019). Law and order. London: Routledge.",
    "Omarov, K.T. (2020). Enbek kukygy [Labour law]. Almaty: Zheti zhargy [in Kazakh].",
]


def paired(native: list[str], romanised: list[str]) -> list[tuple[str, str]]:
    text = "Мәтін [1].\n\nӘдебиеттер\n"
    text += "".join(f"{n}. {line}\n" for n, line in enumerate(native, 1)) + "\nReferences\n"
    text += "".join(f"{n}. {line}\n" for n, line in enumerate(romanised, 1))
    document = finder.find(Document(text))
    assert [one.role for one in document.lists] == ["native", "romanised"]
    labels = {entry.id: entry.label for entry in document.entries}
    return [(labels[one], labels[other]) for one, other, _ in linker.twins(document)]


def test_the_same_order() -> None:
    assert paired(NATIVE, ROMANISED) == [(str(n), str(n)) for n in range(1, 6)]


def test_another_order_and_a_missing_twin() -> None:
    shuffled = [ROMANISED[4], ROMANISED[2], ROMANISED[0], ROMANISED[3]]
    assert paired(NATIVE, shuffled) == [("1", "3"), ("3", "2"), ("4", "4"), ("5", "1")]


def test_one_list_has_no_twins() -> None:
    assert linker.twins(finder.find(Document("Мәтін [1].\n\nӘдебиеттер\n1. " + NATIVE[0]))) == ()
