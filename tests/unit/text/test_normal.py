"""The normaliser and its offset map."""

from __future__ import annotations

import pytest

from kzcite.text.normal import normalise


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        ("Еңбек\u00a0құқығы", "Еңбек құқығы"),
        ("құ-\nқығы", "құқығы"),
        ("құ\u00ad\nқығы", "құқығы"),
        ("құ\u00adқығы", "құқығы"),
        ("533–\n534-б.", "533–534-б."),
        ("Алматы-\nҚазақстан", "Алматы-Қазақстан"),
        ("Алматы –\nАстана", "Алматы – Астана"),
        ("и\u0306од", "йод"),
        ("сəйкес", "сәйкес"),
        ("о6щество", "общество"),
        ("Сәнік 3. Ж. Ел", "Сәнік З. Ж. Ел"),
        ("Астана, 2010. – 336 6.", "Астана, 2010. – 336 б."),
        ("Том 3. Құжаттар", "Том 3. Құжаттар"),
        ("deﬁne", "define"),
        ("a\u200bb", "ab"),
        ("", ""),
    ],
)
def test_clean(printed: str, clean: str) -> None:
    assert normalise(printed).text == clean


def test_the_map_leads_back() -> None:
    printed = "Омаров  К.\u00a0Т. Еңбек құ-\nқығы // Заңгер"
    normal = normalise(printed)
    at = normal.text.index("құқығы")
    assert normal.raw_span(at, at + 6).cut(printed) == "құ-\nқығы"
    at = normal.text.index("Заңгер")
    assert normal.raw_span(at, at + 6).cut(printed) == "Заңгер"
    raw = printed.index("Заңгер")
    assert normal.clean_span(raw, raw + 6) == (at, at + 6)
    assert normal.raw_span(3, 3) == (3, 3)


def test_changes_say_what_was_done() -> None:
    changes = normalise("сəйкес\u00a0б\u00adап").changes
    assert [(one.printed, one.clean, one.why) for one in changes] == [
        ("сəйкес", "сәйкес", "script"),
        ("\u00a0", " ", "space"),
        ("\u00ad", "", "invisible"),
    ]
    assert normalise("сəйкес", repair=False).text == "сəйкес"
