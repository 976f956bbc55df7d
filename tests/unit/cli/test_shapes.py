"""The lines of `parse -t jsonl`."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kzcite.cli.shapes import dump, entry_line
from kzcite.model import Date, Field, Item, Name, Origin, Span
from kzcite.parser import parse_line


def _object(raw: str, item: Item | None) -> dict[str, Any]:
    """The object that the line stands for, made value by value."""
    csl = item.to_csl() if item else None
    fields = item.fields if item else ()
    return {
        "id": "e1",
        "label": '[1"]',
        "raw": raw,
        "span": [3, 3 + len(raw)],
        "scheme": "gost",
        "confidence": item.confidence if item else None,
        "csl": csl,
        "fields": {
            one.name: {
                "value": csl[one.name] if csl else None,
                "spans": [list(span) for span in one.origin.spans],
                "how": one.origin.how,
                "by": one.origin.by,
                "confidence": one.origin.confidence,
            }
            for one in fields
        },
        "leftovers": [list(one) for one in item.leftovers] if item else [],
    }


MADE = Item(
    "e1",
    (
        Field("author", (Name("Омаров", "К."), Name(literal="Сот"), Name("Ли", "А.", suffix="jr", comma_suffix=True))),
        Field("title", 'Тіл "және"\\ қоғам\u2028\x1f', Origin((Span(0, 3), Span(5, 9)), "printed", "labeller", 0.75)),
        Field("type", "book", Origin((), "inferred", "kind", 1.0)),
        Field("issued", Date((1998, 5), until=(1999,), circa=True)),
        Field("accessed", Date(literal="б. ж.")),
        Field("event-date", Date((2001,), season=2)),
    ),
    (Span(1, 2),),
    confidence=0.5,
)


@pytest.mark.parametrize(
    ("raw", "item"),
    [
        ('Жол «тырнақша» "және" \\ \t\x00 😀', None),
        ("Тіл", MADE),
        ("Тіл", Item("e1", (Field("title", "Тіл"),))),
        *(
            (line, parse_line(line))
            for line in (
                "Сыздық Р. Абай шығармаларының тілі. – Алматы: Ғылым, 1968. – 334 б.",
                "Омаров К.Т., Ли А. Еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – Б. 45-54. DOI: 10.1000/182",
                "Сәнік 3. «Жыр шашу». – Аcтана: Фолиант, 12.03.2014. URL: https://e.kz/a (дата обращения: 05.07.2019)",
                "Әдебиеттер тізімі",
            )
        ),
    ],
)
def test_a_line_is_the_json_of_its_object(raw: str, item: Item | None) -> None:
    line = entry_line(raw, item, id="e1", label='[1"]', span=(3, 3 + len(raw)), scheme="gost")
    assert line == dump(_object(raw, item)) == json.dumps(_object(raw, item), ensure_ascii=False)
