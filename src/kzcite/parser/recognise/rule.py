"""What every recogniser of labels has in common: it sees tokens, and changes labels where it is certain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from kzcite.parser.word import word
from kzcite.tables.loader import read_toml
from kzcite.text.tokens import Token

Labels = list[str]
Rule = Callable[[Sequence[Token], Labels], None]


def cls(token: Token) -> str:
    """The token's coarse class (`Y` a year, `M` a month, `d` a small number, a role such as `page`)."""
    return word(token.text, token.kind).cls


def roles(token: Token) -> tuple[str, ...]:
    return word(token.text, token.kind).roles


def years(tokens: Sequence[Token]) -> list[int]:
    """Where the years stand."""
    numbers = [at for at, token in enumerate(tokens) if token.kind == "number" and len(token.text) == 4]
    return [at for at in numbers if cls(tokens[at]) == "Y"]


@lru_cache(maxsize=32)
def listed(name: str) -> frozenset[str]:
    """A list of `recogniser-words.toml`."""
    return frozenset(read_toml("recogniser-words.toml")[name])


def joined(tokens: Sequence[Token], at: int, mark: str, kind: str) -> bool:
    """Whether `mark` stands at `at` and a token of `kind` after it, both without a space before them."""
    return (
        at + 1 < len(tokens)
        and tokens[at].text == mark
        and not tokens[at].spaced
        and tokens[at + 1].kind == kind
        and not tokens[at + 1].spaced
    )


def runs(labels: Sequence[str], field: str) -> Iterator[tuple[int, int]]:
    """The unbroken stretches of `field`, as half-open ranges."""
    at = 0
    while at < len(labels):
        if labels[at] != field:
            at += 1
            continue
        stop = at + 1
        while stop < len(labels) and labels[stop] == field:
            stop += 1
        yield at, stop
        at = stop
