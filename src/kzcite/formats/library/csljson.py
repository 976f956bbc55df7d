"""CSL-JSON: the native form of the model. https://github.com/citation-style-language/schema (csl-data.json, 1.0.2)

Reads an array, a single item, `{"items": [...]}`, and one item a line. A file that breaks off gives its good items and
a finding for the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from kzcite.formats.encoding import decode
from kzcite.formats.library.faults import Faults
from kzcite.formats.mapped import losses_between
from kzcite.formats.registry import Reading, Writing
from kzcite.model import InputError, Item, Library, Loss
from kzcite.model.limits import current


def read(data: bytes, source: str = "") -> Reading:
    """The items of a CSL-JSON file."""
    text = decode(data, source).text
    faults = Faults(source)
    try:
        items = _items(json.loads(text))
    except (ValueError, RecursionError):
        items = list(_one_by_one(text, faults))
        if not items:
            raise InputError("no CSL-JSON item in it", where=source) from None
    current().check("entries", len(items), source)
    return Reading(library_of(items, faults), faults.findings)


def library_of(values: list[Any], faults: Faults) -> Library:
    """Items from JSON-like objects; what is no object is a fault."""
    items: list[Item] = []
    for number, value in enumerate(values, 1):
        if value is None:
            continue
        if not isinstance(value, dict):
            faults.add("PRS102", f"#{number}", str(value)[:80])
            continue
        items.append(from_json(value, str(value.get("id") or value.get("citation-key") or f"e{number}")))
    return faults.unique(items)


def _items(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        for key in ("items", "references"):
            if isinstance(value.get(key), list):
                return list(value[key])
        return [value]
    return [value]


_SKIP = re.compile(r"[\s,\[\]]*")


def _one_by_one(text: str, faults: Faults) -> Iterator[Any]:
    """The objects of a broken array, or of one object a line; a broken one is passed over to the next."""
    decoder = json.JSONDecoder()
    at = end = _SKIP.match(text).end()  # type: ignore[union-attr]
    found = False
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
                return
            at = again.start(1)
            continue
        found = True
        yield value
        at = _SKIP.match(text, end).end()  # type: ignore[union-attr]


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
    values = [to_json(item) for item in library]
    lines = ",\n".join(json.dumps(value, ensure_ascii=False) for value in values)
    return Writing(f"[\n{lines}\n]\n".encode(errors="replace") if lines else b"[]\n", losses(library, values))


def losses(library: Library, values: list[dict[str, Any]]) -> tuple[Loss, ...]:
    """What does not come back from CSL-JSON objects."""
    pairs = zip(library, values, strict=True)
    return tuple(loss for item, value in pairs for loss in losses_between(item, from_json(value)))
