"""Citations in footnotes."""

from __future__ import annotations

import pytest

from kzcite import finder, linker
from kzcite.model import Block, Document, Piece, Span

FIRST = "Омаров К.Т. Еңбек құқығы. – Алматы: Ғылым, 2010. – 45 б."
THIRD = "Петров А.И. Право. – М.: Наука, 2012. – С. 5."


def described(document: Document) -> list[tuple[str, str | None, str | None]]:
    linked = linker.link(document.with_items({}))
    answers = {one.cite: one.entry for one in linked.links}
    entries = {entry.id: entry.span.cut(document.text)[:6] for entry in document.entries}
    return [
        (
            marker.span.cut(document.text),
            entries.get(answers[cite.id] or ""),
            cite.locator.value if cite.locator else None,
        )
        for marker in document.markers
        for cite in marker.cites
    ]


@pytest.mark.parametrize(
    ("marks", "notes"),
    [(("¹", "²", "³"), ("¹ ", "² ", "³ ")), (("[^1]", "[^b]", "[^3]"), ("[^1]: ", "[^b]: ", "[^3]: "))],
)
def test_notes_in_plain_text(marks: tuple[str, ...], notes: tuple[str, ...]) -> None:
    text = "Бір пікір бар{}. Екінші пікір{}. Үшінші{}.\n\n".format(*marks)
    text += f"{notes[0]}{FIRST}\n{notes[1]}Сонда. 46-б.\n{notes[2]}{THIRD}\n"
    document = finder.find(Document(text))
    assert {marker.kind for marker in document.markers} == {"footnote"}
    assert described(document) == [(marks[0], "Омаров", None), (marks[1], "Омаров", "46"), (marks[2], "Петров", None)]


def test_notes_of_a_container() -> None:
    text = f"Бір пікір бар1. Екінші пікір2.\n1 {FIRST}\n2 Там же. С. 7.\n"
    one, two = text.index("1."), text.index("2.")
    first, second = text.index("1 О"), text.index("2 Т")
    raised = frozenset({"sup"})
    pieces = (Piece(Span(one, one + 1), marks=raised), Piece(Span(two, two + 1), marks=raised))
    blocks = (
        Block(Span(0, first - 1)),
        Block(Span(first, second - 1), "note"),
        Block(Span(second, len(text) - 1), "note"),
    )
    document = finder.find(Document(text, blocks, pieces))
    assert described(document) == [("1", "Омаров", None), ("2", "Омаров", "7")]


def test_remarks_are_no_references() -> None:
    text = "Бір пікір бар¹. Екінші².\n\n¹ Бұл жерде автор қатты айтады.\n² Біздің ойымызша, олай емес.\n"
    document = finder.find(Document(text))
    assert (document.lists, document.markers) == ((), ())


def test_notes_beside_a_list_are_left_alone() -> None:
    text = f"Бір пікір бар¹ [1].\n\n¹ Ескертпе.\n\nӘдебиеттер\n1. {FIRST}\n"
    assert described(finder.find(Document(text))) == [("[1]", "Омаров", None)]
