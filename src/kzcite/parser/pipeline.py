"""A reference line → an Item. Read it top to bottom: tokens → labels → type → fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kzcite.model import Item
from kzcite.parser.assemble import assemble_all
from kzcite.parser.candidate import Explanation
from kzcite.parser.kind import decide
from kzcite.parser.labeller import labeller
from kzcite.parser.model import load
from kzcite.parser.recognise import settle
from kzcite.parser.rivals import find_rivals
from kzcite.parser.scheme import scheme
from kzcite.text.tokens import tokenise

_TOGETHER = 512
_TOGETHER_CHARACTERS = 100_000
_READABLE = frozenset(("word", "initials", "url", "doi"))


def parse_lines(lines: Iterable[str], first: int = 1) -> Iterator[Item | None]:
    """One item (or None for a line that is no reference) a line, in order, with ids `e1`, `e2`, … from `first` on.

    Lines are read a few hundred at a time, so memory does not grow with their number.
    """
    number = first
    for batch in _batches(lines):
        tokens = [tokenise(raw) for raw in batch]
        asked = [at for at, own in enumerate(tokens) if any(token.kind in _READABLE for token in own)]
        read = [tokens[at] for at in asked]
        ids = [f"e{number + at}" for at in asked]
        items = assemble_all([batch[at] for at in asked], read, labeller().label(read), load()["kind"], ids)
        number += len(batch)
        found: list[Item | None] = [None] * len(batch)
        for at, item in zip(asked, items, strict=True):
            found[at] = item
        yield from found


def _batches(lines: Iterable[str]) -> Iterator[list[str]]:
    """Lines that are read together: a few hundred, or fewer long ones."""
    batch: list[str] = []
    size = 0
    for line in lines:
        batch.append(line)
        size += len(line)
        if len(batch) == _TOGETHER or size >= _TOGETHER_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def parse_line(raw: str, id: str = "e1") -> Item | None:
    """The item that a reference line prints, or None where the line is no reference.

    >>> item = parse_line("Сыздық Р. Абай шығармаларының тілі. – Алматы: Ғылым, 1968. – 334 б.")
    >>> item["title"], item["publisher-place"], item["number-of-pages"], item.type
    ('Абай шығармаларының тілі', 'Алматы', '334', 'book')
    """
    for item in parse_lines((raw,)):
        if item is None:
            return None
        return item if id == item.id else Item(id, item.fields, item.leftovers, item.custom, item.confidence)
    return None


def explain(raw: str) -> Explanation:
    """How `raw` was read: the item with spans, sources and confidence, and the readings that lost."""
    item = parse_line(raw)
    if item is None:
        return Explanation(raw, None, scheme(raw))
    tokens = tokenise(raw)
    labelled = labeller().label([tokens])[0]
    kinds = decide(load()["kind"], tokens, settle(tokens, labelled.labels))
    return Explanation(raw, item, scheme(raw), find_rivals(raw, tokens, labelled, kinds, item))
