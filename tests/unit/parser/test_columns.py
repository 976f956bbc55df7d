"""The columns of a row of places, beside what a reader of one token after another counts."""

from __future__ import annotations

import numpy as np
import pytest

from kzcite.parser.columns import GAP, Columns, columns, lay_out
from kzcite.parser.features import keys, packings
from kzcite.parser.gazetteer import gazetteer
from kzcite.parser.labeller import labeller
from kzcite.parser.lexicon import SIGNS, Lexicon, Vocabulary
from kzcite.text.tokens import Token, tokenise

LINES = (
    "Омаров К.Т. Тіл (тарихы) [Мәтін] / К.Т. Омаров // Ақиқат. – 2001. – №2. – Б. 3-5.",
    ") a ( [ ( b ) ) c",
    '«Қазақ» газеті. «Алаш» "Шығу" «a',
    "2001",
)


@pytest.fixture(scope="module")
def tokens() -> list[list[Token]]:
    return [tokenise(line) for line in LINES]


@pytest.fixture(scope="module")
def found(tokens: list[list[Token]]) -> Columns:
    lexicon = Lexicon(labeller().words.lexicon.vocabulary)
    return columns(lay_out(tokens, lexicon), lexicon)


def by_line(column: np.ndarray, tokens: list[list[Token]]) -> list[list[int]]:
    out, at = [], GAP
    for line in tokens:
        out.append(column[at : at + len(line)].tolist())
        at += len(line) + GAP
    return out


def test_brackets_are_counted_and_surplus_ones_are_not(found: Columns, tokens: list[list[Token]]) -> None:
    for own, counted in zip(tokens, by_line(found["round"], tokens), strict=True):
        depth = 0
        for token, seen in zip(own, counted, strict=True):
            assert seen == min(depth, 2)
            depth = depth + 1 if token.text == "(" else max(0, depth - 1) if token.text == ")" else depth


def test_what_was_read_is_counted_in_its_own_line(found: Columns, tokens: list[list[Token]]) -> None:
    for name, marks in (("hosts", ("//",)), ("slashes", ("/",)), ("brackets", ("[",))):
        for own, counted in zip(tokens, by_line(found[name], tokens), strict=True):
            assert counted == [min(sum(one.text in marks for one in own[:at]), 2) for at in range(len(own))]


def test_what_is_to_come_stands_after_the_place(found: Columns, tokens: list[list[Token]]) -> None:
    for own, counted in zip(tokens, by_line(found["ahead host"], tokens), strict=True):
        assert counted == [int(any(one.text == "//" for one in own[at + 1 :])) for at in range(len(own))]


def test_a_quotation_is_open_between_its_marks(found: Columns, tokens: list[list[Token]]) -> None:
    assert by_line(found["quote"], tokens)[2] == [0, 1, 1, 0, 0, 0, 1, 1, 0, 1, 1, 0, 1]


def test_a_place_knows_the_marks_of_its_stretch(found: Columns, tokens: list[list[Token]]) -> None:
    bound, left, right = (by_line(found[name], tokens)[0] for name in ("bound", "left", "right"))
    texts = [one.text for one in tokens[0]]
    year = texts.index("2001")
    assert (bound[year], bound[year - 1]) == (0, 1)
    assert (left[year], right[year]) == (left[year - 1], left[year + 1])


def test_a_line_sees_nothing_of_others(tokens: list[list[Token]]) -> None:
    lexicon = Lexicon(labeller().words.lexicon.vocabulary)
    together = columns(lay_out(tokens, lexicon), lexicon)
    for number, line in enumerate(tokens):
        alone = columns(lay_out([line], lexicon), lexicon)
        for name, column in together.items():
            assert by_line(column, tokens)[number] == by_line(alone[name], [line])[0], name


def test_a_key_keeps_every_column(tokens: list[list[Token]]) -> None:
    """What is packed can be read back: no column overflows into its neighbour."""
    lexicon = Lexicon(labeller().words.lexicon.vocabulary)
    row = lay_out(tokens, lexicon)
    of = columns(row, lexicon)
    for (chosen, packing, key), same in zip(keys(of, row.tokens), packings(), strict=True):
        assert packing is same
        ordered = sorted(packing.columns, key=lambda one: one[2])
        for at, (name, distance, shift) in enumerate(ordered):
            top = ordered[at + 1][2] if at + 1 < len(ordered) else 56
            value = key >> shift & (1 << top - shift) - 1
            assert value.tolist() == of[name][row.tokens[chosen] + distance].tolist()


def test_a_word_has_one_number_and_unknown_names_none_of_their_own() -> None:
    lexicon = Lexicon(Vocabulary.from_lists(["Xx"], ["Xx"], ["s=Xx"]))
    first, again, second = lexicon.numbers(tokenise("Бірінші Бірінші Екінші"))
    assert (first, again, second) == (1, 1, 2)
    assert lexicon.numbers(tokenise("Екінші Бірінші")) == [2, 1]
    assert lexicon.features[first] == (2,)
    assert list(lexicon.near) == [(0,), (2,)], "both words look the same from beside"
    lexicon.forget()
    assert lexicon.numbers(tokenise("Екінші")) == [1]


def test_every_sign_has_a_name_of_its_own() -> None:
    assert len(set(SIGNS)) == len(SIGNS) <= 62


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("place", "Тіл. – Durham and London: X, 2001"),
        ("publisher", "Тіл. – М.: AIP Publishing LLC, 2001"),
        ("journal", "Тіл // Высшее образование сегодня. – 2001"),
        ("body", "Abai Kazakh National Pedagogical University. Тіл"),
    ],
)
def test_names_of_lists_are_marked_from_their_first_word_to_their_last(kind: str, line: str) -> None:
    names = {name for name, kinds in gazetteer().names.items() if kind in kinds}
    line_tokens = tokenise(line)
    lexicon = Lexicon(labeller().words.lexicon.vocabulary)
    marks = columns(lay_out([line_tokens], lexicon), lexicon)[f"listed {kind}"][GAP:].tolist()
    lows = [token.text.lower() for token in line_tokens]
    start = next(at for at in range(len(lows)) for name in names if tuple(lows[at : at + len(name)]) == name)
    stop = max(start + len(name) for name in names if tuple(lows[start : start + len(name)]) == name)
    assert stop - start > 2
    assert marks[start] & 2
    assert marks[stop - 1] & 4
    assert all(mark & 1 for mark in marks[start:stop])
    assert not any(marks[:start])
