"""Rules that settle labels."""

from __future__ import annotations

import pytest

from kzcite.parser.recognise import settle
from kzcite.text.tokens import tokenise


@pytest.mark.parametrize(
    ("line", "labels", "field", "text"),
    [
        ("Тіл. https://doi.org/10.1/x", "title O URL", "DOI", ""),
        ("А.Б. Тіл, 5(93), 3", "author title O issue issue issue issue O page", "volume", "5"),
        ("Сәнік 3. Жыр шашу", "title title O title title", "author", "Сәнік 3 ."),
        ("лингвистикаА.,2009ж.", "title title title O issued O O", "publisher-place", "А"),
        ("ISBN 9965-32-715-7", "O O O O O O O O", "ISBN", "9965 - 32 - 715 - 7"),
    ],
)
def test_rule(line: str, labels: str, field: str, text: str) -> None:
    tokens = tokenise(line)
    given = labels.split()
    if len(given) != len(tokens):
        given = (given + ["O"] * len(tokens))[: len(tokens)]
    settled = settle(tokens, given)
    found = " ".join(token.text for token, label in zip(tokens, settled, strict=True) if label == field)
    assert found == text or (not text and field in settled)
