"""CSL-JSON: the native form of the model. https://github.com/citation-style-language/schema (csl-data.json, 1.0.2)

Reads an array, a single item, `{"items": [...]}`, and one item a line. A file that breaks off gives its good items and
a finding for the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from kzcite.formats.library.faults import Faults
from kzcite.formats.mapped import losses_between
from kzcite.formats.registry import Reading, Writing
from kzcite.model import InputError, Item, Library, Loss


def read(data: bytes, source: str = "") -> Reading:
    """The items of a CSL-JSON file."""
    faults = Faults(source)
    return Reading(faults.unique(records(faults.text(data), faults)), faults.findings)


def records(text: str, faults: Faults) -> Iterator[Item]:
    """The items of a CSL-JSON text, one after the other. Raises InputError where there is no JSON in it."""
    return items_of(_values(text, faults), faults)


def items_of(values: Iterable[Any], faults: Faults) -> Iterator[Item]:
    """Items from JSON-like objects; what is no object is a fault."""
    for number, value in enumerate(values, 1):
        if value is None:
            continue
        if not isinstance(value, dict):
            faults.add("PRS102", f"#{number}", str(value)[:80])
            continue
        yield from_json(value, str(value.get("id") or value.get("citation-key") or f"e{number}"))


_SPACE = re.compile(r"[ \t\n\r]*")
_BETWEEN = re.compile(r"[ \t\n\r]*([,\]]?)[ \t\n\r]*")


def _values(text: str, faults: Faults) -> Iterator[Any]:
    """The values of an array, of an object's `items` or `references`, or of one object a line."""
    at = _SPACE.match(text).end()  # type: ignore[union-attr]
    if not text.startswith("[", at):
        try:
            whole = json.loads(text)
        except (ValueError, RecursionError):
            yield from _one_by_one(text, faults)
        else:
            yield from _items(whole)
        return
    # One value after the other, so that no second copy of the whole file stands in memory.
    at = start = _SPACE.match(text, at + 1).end()  # type: ignore[union-attr]
    scan = json.JSONDecoder().raw_decode
    sign = ","
    if text.startswith("]", at):
        sign, at = "]", _SPACE.match(text, at + 1).end()  # type: ignore[union-attr]
    while sign == "," and at < len(text):
        try:
            value, end = scan(text, at)
        except (ValueError, RecursionError):
            break
        yield value
        found = _BETWEEN.match(text, end)
        sign, at = found[1], found.end()  # type: ignore[index, union-attr]
    if sign != "]" or at < len(text):  # broken: the rest with more patience
        yield from _one_by_one(text, faults, at, at > start)


def _items(value: Any) -> list[Any]:
    if isinstance(value, dict):
        for key in ("items", "references"):
            if isinstance(value.get(key), list):
                return list(value[key])
    return [value]


_SKIP = re.compile(r"[\s,\[\]]*")


def _one_by_one(text: str, faults: Faults, at: int = 0, found: bool = False) -> Iterator[Any]:
    """The objects of a broken array, or of one object a line; a broken one is passed over to the next.

    Raises InputError where there is none from `at` on, and none was `found` before.
    """
    decoder = json.JSONDecoder()
    at = end = _SKIP.match(text, at).end()  # type: ignore[union-attr]
    line, counted = 1, 0
    while at < len(text):
        try:
            value, end = _decode(decoder, text, at)
        except (ValueError, RecursionError) as error:
            if not found and text[at] != "{":
                raise InputError(f"not JSON: {error}", where=faults.source) from error
            line += text.count("\n", counted, at)
            counted = at
            faults.add("PRS101", line, text[at : at + 80])
            again = _NEXT.search(text, at + 1)
            if again is None:
                break
            at = again.start(1)
            continue
        found = True
        yield value
        at = _SKIP.match(text, end).end()  # type: ignore[union-attr]
    if not found:
        raise InputError("no CSL-JSON item in it", where=faults.source)


_WINDOW = 65_536


def _decode(decoder: json.JSONDecoder, text: str, at: int) -> tuple[Any, int]:
    """The value at a place and where it ends.

    It is looked for in a window: an error of the decoder counts all lines before it, which in a file of errors would
    cost its square. A value longer than the window is in a file that has only a few such.
    """
    try:
        value, end = decoder.raw_decode(text[at : at + _WINDOW])
    except json.JSONDecodeError as error:
        if at + _WINDOW >= len(text) or (error.pos < _WINDOW - 100 and not error.msg.startswith("Unterminated")):
            raise
        return decoder.raw_decode(text, at)
    return value, at + end


_NEXT = re.compile(r"(?:\n|\},?)[ \t]*(\{[ \t\n]*\"(?:id|type)\")")


# Variables of CSL 1.0.2 that its JSON schema spells otherwise, and those that it has no place for.
_SCHEMA_NAMES = {"part-number": "part", "printing-number": "printing", "supplement-number": "supplement"}
_NOT_IN_SCHEMA = ("editor-translator", "license")


def to_json(item: Item) -> dict[str, Any]:
    """A CSL-JSON item that is valid by csl-data.json: other names where the schema has them, the rest in `custom`."""
    value = item.to_csl()
    for name, other in _SCHEMA_NAMES.items():
        if name in value:
            value[other] = value.pop(name)
    aside = {name: value.pop(name) for name in _NOT_IN_SCHEMA if name in value}
    if aside:
        value["custom"] = {**value.get("custom", {}), **aside}
    return value


def from_json(value: dict[str, Any], id: str | None = None) -> Item:
    """The item of a CSL-JSON object, as `to_json` and others write it."""
    custom = value.get("custom")
    if isinstance(custom, dict) and any(name in custom for name in _NOT_IN_SCHEMA):
        kept = {name: one for name, one in custom.items() if name not in _NOT_IN_SCHEMA}
        back = {name: custom[name] for name in _NOT_IN_SCHEMA if name in custom}
        value = {**value, **back, "custom": kept}
    return Item.from_csl(value, id)


def write(library: Library) -> Writing:
    """A CSL-JSON array, one item a line; only what is empty or no Unicode is lost."""
    losses: list[Loss] = []
    return Writing(b"".join(pieces(library, losses)), tuple(losses))


def pieces(items: Iterable[Item], losses: list[Loss]) -> Iterator[bytes]:
    """The array item by item; what does not come back from it is added to `losses`."""
    before = "[\n"
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for item in items:
        value = to_json(item)
        losses += losses_between(item, from_json(value))
        yield f"{before}{encode(value)}".encode(errors="replace")
        before = ",\n"
    yield b"[]\n" if before == "[\n" else b"\n]\n"


def losses(library: Library, values: list[dict[str, Any]]) -> tuple[Loss, ...]:
    """What does not come back from CSL-JSON objects."""
    pairs = zip(library, values, strict=True)
    return tuple(loss for item, value in pairs for loss in losses_between(item, from_json(value)))
