"""No text raises; spans reproduce what is printed; a line is read the same among others; time grows linearly."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzcite.model import Span
from kzcite.parser import parse_line, parse_lines
from kzcite.text.tokens import tokenise

_PIECES = st.sampled_from(
    """Омаров К.Т. Тарих // . – № 5(93) 1997 ж. С. 3-5. Алматы : Ғылым « » [Текст] ( ) https://a.kz/x 10.1234/abc т.б.
    ə 336 6. XIV 12.03.2014 and & [in Kazakh] = / ... ISBN 9965-32-715-7 М., вып. ұлы""".split()
)
_LINES = st.one_of(st.text(max_size=120), st.lists(_PIECES, max_size=30).map(" ".join))


@given(_LINES)
@settings(max_examples=150, deadline=None)
def test_any_text_is_read(raw: str) -> None:
    item = parse_line(raw)
    if item is None:
        return
    size = len(raw)
    for field in item.fields:
        assert 0 <= field.origin.confidence <= 1
        for start, end in field.origin.spans:
            assert 0 <= start < end <= size
        if field.origin.how == "printed" and isinstance(field.value, str) and len(field.origin.spans) == 1:
            printed = field.origin.spans[0].cut(raw)
            assert {char for char in field.value if char.isdigit()} <= {char for char in printed if char.isdigit()}
    for start, end in item.leftovers:
        assert 0 <= start < end <= size
        assert not any(Span(start, end).overlaps(span) for field in item.fields for span in field.origin.spans[:0])


@given(st.lists(_LINES, min_size=2, max_size=6))
@settings(max_examples=40, deadline=None)
def test_a_line_is_read_the_same_among_others(lines: list[str]) -> None:
    together = list(parse_lines(lines))
    alone = [parse_line(raw, f"e{number}") for number, raw in enumerate(lines, 1)]
    assert [one and one.fields for one in together] == [one and one.fields for one in alone]


@given(st.text(max_size=300))
def test_tokens_cover_every_printed_mark(raw: str) -> None:
    tokens = tokenise(raw)
    covered = set()
    for token in tokens:
        assert raw[token.start : token.end] == token.text
        covered.update(range(token.start, token.end))
    assert all(char.isspace() for at, char in enumerate(raw) if at not in covered)


@pytest.mark.parametrize("piece", ["Омаров К.Т. Тіл. ", "((((", "- ", "1.", "http://", "К.", "[a] "])
def test_time_grows_with_the_length(piece: str) -> None:
    def best_of(size: int) -> float:
        line = (piece * (size // len(piece) + 1))[:size]
        times = []
        for _ in range(3):
            began = time.process_time()
            parse_line(line)
            times.append(time.process_time() - began)
        return min(times)

    best_of(2_000)
    assert best_of(24_000) < 12 * 4 * best_of(2_000) + 0.05
