"""Restyling as edits: renumbering, markers in another form, entries dropped and added, the rest untouched."""

from __future__ import annotations

import pytest

from kzcite import finder, linker
from kzcite.model import Document, Item, Piece, Span, StageError, UsageError, apply_edits, choose_edits
from kzcite.model.edit import Applicability
from kzcite.renderer import restyle

BODY = "Тіл тірі құбылыс [3]. Ол дамиды [1, 5 б.; 4], өзгереді [2–4]. Соңы [9]."
ENTRIES = ["Омаров К. Тіл. – Алматы, 2014. – 90 б.", "Абай Қ. Қара сөз. – Алматы, 1995. – 80 б.",
           "Қалиева Г. Сөз. – Астана, 2020. – 70 б.", "Smith J. Law. – London, 2019. – 60 p."]  # fmt: skip


def people(family: str, given: str, title: str, year: int, language: str = "kk") -> Item:
    return Item.from_csl(
        {
            "id": "x",
            "type": "book",
            "title": title,
            "language": language,
            "author": [{"family": family, "given": given}],
            "issued": {"date-parts": [[year]]},
        }
    )


ITEMS = [
    people("Омаров", "К.", "Тіл", 2014),
    people("Абай", "Қ.", "Қара сөз", 1995),
    people("Қалиева", "Г.", "Сөз", 2020),
    people("Smith", "J.", "Law", 2019, "en"),
]


def linked(body: str = BODY, entries: list[str] = ENTRIES, label: str = "{}. ", tail: str = "") -> Document:
    listed = "\n".join(label.format(number) + line for number, line in enumerate(entries, 1))
    document = finder.find(Document(f"{body}\n\nӘдебиеттер\n{listed}{tail}", format="text", language="kk"))
    items = {entry.id: item for entry, item in zip(document.entries, ITEMS, strict=False)}
    return linker.link(document.with_items(dict(items)))


def after(document: Document, **options: object) -> tuple[str, list[str]]:
    edits = restyle(document, **options)  # type: ignore[arg-type]
    assert choose_edits(edits, Applicability.DISPLAY_ONLY) == edits, "edits overlap"
    text = apply_edits(document.text, edits)
    body, _, listed = text.partition("\n\nӘдебиеттер\n")
    return body, listed.split("\n")


def test_nothing_asked_nothing_changed() -> None:
    assert restyle(linked()) == ()


def test_by_mention() -> None:
    body, listed = after(linked(), order="mention")
    assert body == "Тіл тірі құбылыс [1]. Ол дамиды [2, 5 б.; 3], өзгереді [1, 3, 4]. Соңы [9]."
    assert listed == [f"{n}. {ENTRIES[at]}" for n, at in enumerate([2, 0, 3, 1], 1)]


def test_by_the_alphabet() -> None:
    body, listed = after(linked(), order="alphabet")
    assert listed == [f"{n}. {ENTRIES[at]}" for n, at in enumerate([1, 2, 0, 3], 1)]
    assert body == "Тіл тірі құбылыс [2]. Ол дамиды [3, 5 б.; 4], өзгереді [1, 2, 4]. Соңы [9]."


def test_ranges_fold_where_the_document_folds() -> None:
    body, _ = after(linked("Бірінші [4]. Екінші [1–3]. Үшінші [1, 2, 3]."), order="mention")
    assert body == "Бірінші [1]. Екінші [2–4]. Үшінші [2–4]."
    body, _ = after(linked("Бірінші [4]. Үшінші [1, 2, 3]."), order="mention")
    assert body == "Бірінші [1]. Үшінші [2, 3, 4]."


def test_an_entry_dropped_takes_its_markers_along() -> None:
    document = linked("Бірі [1]. Екеуі [1; 2]. Үшеуі [1, 5 б.; 3, 6 б.; 4]. Тізбек [2–4].")
    body, listed = after(document, delete=["e1"])
    assert body == "Бірі. Екеуі [1]. Үшеуі [2, 6 б.; 3]. Тізбек [1–3]."
    assert listed == [f"{n}. {line}" for n, line in enumerate(ENTRIES[1:], 1)]
    body, listed = after(document, delete=["e4"])
    assert body == "Бірі [1]. Екеуі [1; 2]. Үшеуі [1, 5 б.; 3, 6 б.]. Тізбек [2; 3]."
    assert listed == [f"{n}. {line}" for n, line in enumerate(ENTRIES[:3], 1)]


def test_an_entry_added_moves_the_markers() -> None:
    new = people("Тұран", "Б.", "Дала", 2001)
    body, listed = after(linked(), insert=[(1, new)], style="gost-kz")
    assert body == "Тіл тірі құбылыс [4]. Ол дамиды [1, 5 б.; 5], өзгереді [3–5]. Соңы [9]."
    assert len(listed) == 5
    assert listed[1].startswith("2. Тұран Б. Дала")
    assert [line.split(" ")[0] for line in listed] == ["1.", "2.", "3.", "4.", "5."]


@pytest.mark.parametrize(("label", "first"), [("[{}] ", "[1] "), ("{}) ", "1) "), ("{}. ", "1. ")])
def test_labels_keep_their_look(label: str, first: str) -> None:
    _, listed = after(linked(label=label), order="mention")
    assert listed[0] == first + ENTRIES[2]


def test_numbers_become_names() -> None:
    body, listed = after(linked("Тіл [3]. Ол [1, 5 б.; 4]. Қос [1][2]. Соңы [9]."), markers="author-date")
    assert "(Қалиева, 2020)" in body
    assert "Омаров, 2014" in body
    assert "Smith, 2019" in body
    assert "5" in body
    assert body.count("(") == 3, "neighbours are one citation"
    assert body.endswith("Соңы [9]."), "what nothing answers stays"
    assert listed == ENTRIES, "a list cited by names has no numbers"


def test_names_become_numbers() -> None:
    document = linked("Тіл (Қалиева, 2020: 45). Омаров (2014) айтқан (Абай, 1995; Smith, 2019, p. 5-7).", label="")
    body, listed = after(document, markers="numeric")
    assert body == "Тіл [3, 45 б.]. Омаров [1] айтқан [2; 4, 5–7 б.]."
    assert listed == [f"{n}. {line}" for n, line in enumerate(ENTRIES, 1)]


def test_the_style_is_put_on_what_was_understood() -> None:
    document = linked()
    document = document.with_items({"e2": None})
    _, listed = after(document, style="apa")
    assert listed[0].startswith("1. Омаров, К. (2014)")
    assert listed[1] == f"2. {ENTRIES[1]}" or listed[1].startswith("2. Абай")


def test_moved_entries_keep_their_italics_and_page_heads_stay() -> None:
    head = "\n\n\x0c7\nЖурнал\n"
    text = (
        "\x0c5\nЖурнал\n\n\x0c6\nЖурнал\nТіл [2]. Ол [1].\n\nӘдебиеттер\n1. Омаров К. Тіл туралы ұзақ еңбек. – Алматы:"
        + head
    )
    text += "Ғылым, 2014. – 90 б.\n2. Абай Қ. Қара сөз. – Алматы, 1995. – 80 б.\n"
    italic = text.index("Қара сөз")
    pieces = (
        Piece(Span(0, italic)),
        Piece(Span(italic, italic + 8), marks=frozenset({"italic"})),
        Piece(Span(italic + 8, len(text))),
    )
    document = linker.link(finder.find(Document(text, pieces=pieces)).with_items({}))
    assert [len(entry.gaps) for entry in document.entries] == [1, 0]
    edits = restyle(document, order="mention")
    moved = [run for edit in edits for run in edit.replacement.runs if run.marks]
    assert [run.text for run in moved] == ["Қара сөз"]
    new = apply_edits(text, edits)
    assert head.strip() in new, "the page break and its head are not touched"
    assert "Тіл [1]. Ол [2]." in new
    assert new.index("1. Абай Қ.") < new.index("2. Омаров К.")


def test_the_romanised_list_goes_along() -> None:
    latin = ["Omarov, K. (2014). Til. Almaty.", "Abai, Q. (1995). Qara soz. Almaty.",
             "Kalieva, G. (2020). Soz. Astana.", "Smith, J. (2019). Law. London."]  # fmt: skip
    tail = "\n\nReferences\n" + "\n".join(f"{n}. {line}" for n, line in enumerate(latin, 1))
    document = linked(tail=tail)
    assert [one.role for one in document.lists] == ["native", "romanised"]
    text = apply_edits(document.text, restyle(document, order="mention"))
    assert text.endswith("\n".join(f"{n}. {latin[at]}" for n, at in enumerate([2, 0, 3, 1], 1)))


def test_wrong_calls() -> None:
    with pytest.raises(StageError):
        restyle(finder.find(Document("")))
    with pytest.raises(UsageError):
        restyle(linked(), order="size")
    with pytest.raises(UsageError):
        restyle(linked(), markers="footnotes")  # type: ignore[arg-type]
