"""Run a mapping table in either direction, and find what was lost by reading back what is written.

A format's record is a list of pairs (key, payload): RIS tags, BibTeX fields, paths of XML elements. A payload is a
string, or a value that a converter understands. A field of the record that no row knows travels in the item's `custom`,
under the format's name, and is written again into the same format.

What a format cannot hold is not predicted but measured: the pairs of each item are read back, and every variable that
does not return as it was is a Loss.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kzcite.model import Field, Item, Loss, Name, Origin
from kzcite.model.item import Value
from kzcite.tables import mappings

Pair = tuple[str, Any]
"""A key of the format and its payload."""

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Converter:
    """A pair of functions, there and back.

    `write(value, keys)` gives the pairs that hold a value; `read(pairs, keys)` the value that pairs of these keys hold,
    or None where it cannot be read. With `many` a key may stand several times; else its repetition is kept aside.
    """

    write: Callable[[Any, Keys], Iterable[Pair]]
    read: Callable[[Sequence[Pair], Keys], Value | None]
    many: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    keys: Keys
    shape: Callable[[str], object] | None
    converter: Converter | None


class Mapped:
    """A mapping table with its converters, ready to run."""

    def __init__(
        self,
        table: mappings.Mapping,
        converters: Mapping[str, Converter],
        clean: Callable[[str], str] | None = None,
        custom: str = "",
        *,
        keeps_type: bool = False,
    ) -> None:
        self.table = table
        self.custom = custom or table.name
        self._keeps_type = keeps_type  # the format holds CSL's type itself, whatever the table says
        self._converters = converters
        self._clean = clean
        self._origin = Origin((), "given", table.name)
        self._readers: dict[str, dict[str, tuple[_Row, ...]]] = {}
        self._writers: dict[str, tuple[tuple[_Row, tuple[_Row, ...]], ...]] = {}
        self._types_read: dict[str, str] = {}
        self._types_written: dict[str, str] = {}
        for row in table.types:
            self._types_read.setdefault(row.key, row.csl)
            self._types_written.setdefault(row.csl, row.key)
        self._is_key = re.compile(table.key_shape or ".*").fullmatch

    # --- types ---------------------------------------------------------------------------------------------------

    def csl_type(self, *keys: str) -> str:
        """The CSL type of the first of `keys` that the table knows, else that of the default type."""
        for key in keys:
            found = self._types_read.get(key)
            if found:
                return found
        return self._types_read.get(self.table.default_type, "document")

    def type_key(self, csl_type: str) -> str:
        """The format's type for a CSL type."""
        return self._types_written.get(csl_type) or self.table.default_type

    # --- reading -------------------------------------------------------------------------------------------------

    def read(self, id: str, csl_type: str, pairs: Iterable[Pair], custom: dict[str, Any] | None = None) -> Item:
        """The item that the pairs of one record hold."""
        rows = self._reader(csl_type)
        texts: dict[str, Any] = {"type": csl_type}
        gathered: dict[str, tuple[_Row, list[Pair]]] = {}
        unknown: dict[str, list[Any]] = {}
        for pair in pairs:
            key, payload = pair
            row = _choose(rows.get(key, ()), payload)
            if row is None:
                unknown.setdefault(key, []).append(payload)
            elif row.converter is not None:
                entry = gathered.get(row.name)
                if entry is None:
                    gathered[row.name] = (row, [pair])
                    texts.setdefault(row.name, None)
                elif row.converter.many or all(key != one for one, _ in entry[1]):
                    entry[1].append(pair)
                elif pair not in entry[1]:
                    unknown.setdefault(key, []).append(payload)
            elif row.name not in texts:
                texts[row.name] = payload
            elif texts[row.name] != payload:
                unknown.setdefault(key, []).append(payload)
        for name, (row, several) in gathered.items():
            value = row.converter.read(several, row.keys) if row.converter else None
            if value is None or value == ():
                if texts[name] is None:
                    del texts[name]
                for key, payload in several:
                    unknown.setdefault(key, []).append(payload)
            elif texts[name] is None:
                texts[name] = value
            else:
                for key, payload in several:
                    unknown.setdefault(key, []).append(payload)
        return self._item(id, texts, unknown, custom)

    def _item(
        self, id: str, values: dict[str, Any], unknown: dict[str, list[Any]], custom: dict[str, Any] | None
    ) -> Item:
        origin = self._origin
        extra = dict(custom) if custom else {}
        fields = []
        for name, value in values.items():
            if name.startswith("custom."):
                extra[name[7:]] = value
            elif value != "":
                fields.append(Field(name, value, origin))
        kept = {key: [one for one in payloads if isinstance(one, str) and one] for key, payloads in unknown.items()}
        kept = {key: payloads for key, payloads in kept.items() if payloads}
        if kept:
            extra[self.custom] = kept
        return Item(id, tuple(fields), custom=extra)

    def _reader(self, csl_type: str) -> dict[str, tuple[_Row, ...]]:
        found = self._readers.get(csl_type)
        if found is None:
            gathered: dict[str, list[_Row]] = {}
            for field in self.table.fields:
                if field.types is None or csl_type in field.types:
                    row = self._row(field)
                    for key in (*field.keys, *field.also):
                        gathered.setdefault(key, []).append(row)
            found = self._readers[csl_type] = {key: tuple(rows) for key, rows in gathered.items()}
        return found

    def _row(self, field: mappings.FieldRow) -> _Row:
        converter = self._converters[field.convert] if field.convert else None
        shape = re.compile(field.shape).fullmatch if field.shape else None
        return _Row(field.csl, field.keys, shape, converter)

    # --- writing -------------------------------------------------------------------------------------------------

    def write(self, item: Item) -> list[Pair]:
        """The pairs that hold what the format can hold of an item, in the order of the table."""
        values: dict[str, Any] = {one.name: one.value for one in item.fields}
        for name, value in item.custom.items():
            values[f"custom.{name}"] = value
        clean = self._clean
        pairs: list[Pair] = []
        for row, rivals in self._writer(item.type):
            value = values.get(row.name)
            if value is None:
                continue
            if row.converter is not None:
                for key, payload in row.converter.write(value, row.keys):
                    if isinstance(payload, str):
                        payload = clean(payload) if clean else payload
                        if not payload:
                            continue
                    pairs.append((key, payload))
            elif isinstance(value, str):
                payload = clean(value) if clean else value
                if payload and (not rivals or getattr(_choose(rivals, payload), "name", "") == row.name):
                    pairs.append((row.keys[0], payload))
        kept = item.custom.get(self.custom)
        if isinstance(kept, dict):
            pairs += self._kept(kept)
        return pairs

    def _kept(self, kept: dict[str, Any]) -> Iterable[Pair]:
        for key, payloads in kept.items():
            if self._is_key(str(key)) and isinstance(payloads, list):
                for payload in payloads:
                    if isinstance(payload, str):
                        payload = self._clean(payload) if self._clean else payload
                        if payload:
                            yield key, payload

    def _writer(self, csl_type: str) -> tuple[tuple[_Row, tuple[_Row, ...]], ...]:
        """The rows of a type, each with the rows that would read what it writes where these are not it alone.

        A value that would be read as another variable is not written: a loss does less harm than a false value.
        """
        found = self._writers.get(csl_type)
        if found is None:
            readers = self._reader(csl_type if self._keeps_type else self.csl_type(self.type_key(csl_type)))
            rows = [self._row(one) for one in self.table.fields if one.types is None or csl_type in one.types]
            paired = [(row, readers.get(row.keys[0], ())) for row in rows]
            found = self._writers[csl_type] = tuple(
                (row, () if [one.name for one in rivals] == [row.name] and row.shape is None else rivals)
                for row, rivals in paired
            )
        return found

    def back(self, item: Item, pairs: Iterable[Pair]) -> Item:
        """What the written pairs of `item` will be read as."""
        return self.read(item.id, self.csl_type(self.type_key(item.type)), pairs)

    def losses(self, item: Item, pairs: Iterable[Pair]) -> list[Loss]:
        """What does not come back from the written pairs."""
        return losses_between(item, self.back(item, pairs))


@lru_cache(maxsize=64)
def engine(table: mappings.Mapping, make: Callable[[mappings.Mapping], Mapped]) -> Mapped:
    """The engine that `make` builds of a table, built once for each table (a user's tables may be laid over ours)."""
    return make(table)


def _choose(rows: tuple[_Row, ...], payload: Any) -> _Row | None:
    for row in rows:
        if row.shape is None or (isinstance(payload, str) and row.shape(payload)):
            return row
    return None


def losses_between(item: Item, back: Item, ignore: frozenset[str] = frozenset()) -> list[Loss]:
    """Every variable and custom value of `item` that `back` does not hold as it was."""
    found: list[Loss] = []
    have = {one.name: one.value for one in back.fields}
    for one in item.fields:
        got = have.get(one.name)
        if got != one.value and one.name not in ignore:
            if one.name == "type" and one.value == "document" and got is None:
                continue
            found.append(Loss(item.id, one.name, as_text(one.value), _reason(got)))
    for name, value in item.custom.items():
        if back.custom.get(name) != value:
            found.append(Loss(item.id, f"custom.{name}", str(value), _reason(back.custom.get(name))))
    return found


def _reason(got: Any) -> str:
    return "the format has no field for it" if got is None else f"the format holds only: {as_text(got)}"


def as_text(value: Any) -> str:
    """A value of any kind as a short text for a message."""
    if isinstance(value, tuple):
        return "; ".join(_person(name) for name in value)
    return str(value)


def _person(name: Name) -> str:
    if name.literal:
        return f"{name.literal} (a body)"
    family = " ".join(filter(None, (name.dropping_particle, name.non_dropping_particle, name.family)))
    return ", ".join(filter(None, (family, name.given, name.suffix)))


_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def one_line(text: str) -> str:
    """Text that can start no new line or record in any reader: control and line characters become one space.

    >>> one_line("Title\\nER  - \\nTY  - JOUR")
    'Title ER  - TY  - JOUR'
    """
    text = text.strip()
    if not _BREAKS.search(text):
        return text
    return " ".join(filter(None, (part.strip() for part in _BREAKS.split(text))))
