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
from kzcite.tables.loader import overlays
from kzcite.text.tokens import Token, tokenise

_TOGETHER = 4096  # the labeller puts lines of one length side by side: the more there are, the better
_TOGETHER_CHARACTERS = 600_000
_READABLE = frozenset(("word", "initials", "url", "doi"))
_KEPT = 2_000
_KEPT_LENGTH = 1_000

_seen: dict[str, Item | None] = {}
_seen_with: list[object] = []  # the tables that were in force


def parse_lines(lines: Iterable[str], first: int = 1) -> Iterator[Item | None]:
    """One item (or None for a line that is no reference) a line, in order, with ids `e1`, `e2`, … from `first` on.

    Lines are read some thousands at a time, so memory does not grow with their number. The last lines are remembered:
    in a volume of papers many references come back.
    """
    number = first
    for batch in _batches(lines):
        if _seen_with != [overlays()]:
            _seen.clear()
            _seen_with[:] = [overlays()]
        found = {raw: _seen[raw] for raw in batch if raw in _seen}
        new: dict[str, str] = {}
        for at, raw in enumerate(batch, number):
            if raw not in found:
                new.setdefault(raw, f"e{at}")
        found |= _read(new)
        _remember(found, new)
        for at, raw in enumerate(batch, number):
            item, id = found[raw], f"e{at}"
            yield item if item is None or item.id == id else _with_id(item, id)
        number += len(batch)


def _read(lines: dict[str, str]) -> dict[str, Item | None]:
    """The items of lines, each of which comes with an id."""
    found: dict[str, Item | None] = dict.fromkeys(lines)
    asked: list[str] = []
    tokens: list[list[Token]] = []
    for raw in lines:
        own = tokenise(raw)
        if any(token.kind in _READABLE for token in own):
            asked.append(raw)
            tokens.append(own)
    ids = [lines[raw] for raw in asked]
    found.update(zip(asked, assemble_all(asked, tokens, labeller().label(tokens), load()["kind"], ids), strict=True))
    return found


def _remember(found: dict[str, Item | None], new: Iterable[str]) -> None:
    if len(_seen) > _KEPT:
        _seen.clear()
    _seen.update((raw, found[raw]) for raw in list(new)[-_KEPT:] if len(raw) <= _KEPT_LENGTH)


def _with_id(item: Item, id: str) -> Item:
    return Item(id, item.fields, item.leftovers, dict(item.custom), item.confidence)


def _batches(lines: Iterable[str]) -> Iterator[list[str]]:
    """Lines that are read together: some thousands, or fewer long ones."""
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
        return item if id == item.id else _with_id(item, id)
    return None


def explain(raw: str) -> Explanation:
    """How `raw` was read: the item with spans, sources and confidence, and the readings that lost."""
    item = parse_line(raw)
    if item is None:
        return Explanation(raw, None, scheme(raw))
    tokens = tokenise(raw)
    labelled = labeller().label([tokens], rivals=True)[0]
    kinds = decide(load()["kind"], tokens, settle(tokens, labelled.labels))
    return Explanation(raw, item, scheme(raw), find_rivals(raw, tokens, labelled, kinds, item))
