"""Types of entry beside the thirty of the worked examples: patents with applicant, decisions, interviews, programs."""

from __future__ import annotations

import pytest

from kzcite.model import Item, Library
from kzcite.renderer import render

DAY = {"date-parts": [[2020, 5, 3]]}
ITEMS = {
    "patent": {
        "language": "ru",
        "author": [{"family": "Чугаева", "given": "В. И."}],
        "title": "Приемопередающее устройство",
        "jurisdiction": "Рос. Федерация",
        "number": "2187888",
        "submitted": {"date-parts": [[2000, 12, 18]]},
        "issued": {"date-parts": [[2002, 8, 20]]},
        "publisher": "Воронеж. науч.-исслед. ин-т связи",
        "issue": "23",
    },
    "legal_case": {
        "language": "ru",
        "title": "Решение по делу",
        "number": "7526-23",
        "authority": "Верховный Суд РК",
        "issued": DAY,
    },
    "interview": {
        "language": "kk",
        "title": "Тіл туралы",
        "author": [{"family": "Әли", "given": "А."}],
        "interviewer": [{"family": "Бек", "given": "С."}],
        "container-title": "Айқын",
        "issued": DAY,
    },
    "software": {
        "language": "en",
        "title": "Tool",
        "author": [{"family": "Li", "given": "A."}],
        "version": "1.2",
        "issued": {"date-parts": [[2020]]},
    },
    "speech": {
        "language": "kk",
        "title": "Баяндама",
        "author": [{"family": "Әли", "given": "А."}],
        "event-title": "Тіл конференциясы",
        "event-place": "Алматы",
        "issued": {"date-parts": [[2020]]},
    },
}


@pytest.mark.parametrize(
    ("style", "type", "expected"),
    [
        (
            "gost-7.1-2003",
            "patent",
            "Пат. 2187888 Рос. Федерация. Приемопередающее устройство / В. И. Чугаева ; заявитель и патентообладатель "
            "Воронеж. науч.-исслед. ин-т связи. – Заявл. 18.12.2000 ; опубл. 20.08.2002, Бюл. № 23.",
        ),
        (
            "gost-7.0.5-2008",
            "patent",
            "Приемопередающее устройство : пат. 2187888 Рос. Федерация. Заявл. 18.12.2000 ; опубл. 20.08.2002, "
            "Бюл. № 23.",
        ),
        ("gost-7.1-2003", "legal_case", "Решение по делу : Верховный Суд РК, 3 мая 2020 г., № 7526-23."),
        ("gost-kz", "legal_case", "Решение по делу (3 мая 2020 г., № 7526-23). – Верховный Суд РК, 2020."),
        (
            "gost-7.1-2003",
            "interview",
            "Әли, А. Тіл туралы / А. Әли ; сұхбаттасқан С. Бек // Айқын. – 2020. – 3 мамыр.",
        ),
        ("gost-7.0.5-2008", "interview", "Әли А. Тіл туралы / сұхбаттасқан С. Бек // Айқын. 2020. 3 мамыр."),
        ("gost-7.1-2003", "software", "Li, A. Tool / A. Li. – Version 1.2. – 2020."),
        ("gost-kz", "speech", "Әли А. Баяндама: Тіл конференциясы, Алматы. – 2020."),
    ],
)
def test_line(style: str, type: str, expected: str) -> None:
    item = Item.from_csl({"id": "x", "type": type, **ITEMS[type]})
    assert render(Library((item,)), style)[0].text == expected
