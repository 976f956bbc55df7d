"""The JSON shapes of the outer contract, made from the model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from json.encoder import encode_basestring as _quote
from typing import Any

from kzcite.model import Date, Document, Entry, Item, ReferenceList, Span, hull
from kzcite.model.item import Value


def dump(value: Any, indent: int | None = None) -> str:
    """JSON as kzcite prints it: letters as they are, keys in order."""
    return json.dumps(value, ensure_ascii=False, indent=indent) if indent else _encode(value)


_encode = json.JSONEncoder(ensure_ascii=False).encode


def entry_line(raw: str, item: Item | None, *, id: str, label: str, span: tuple[int, int], scheme: str) -> str:
    """One line of `parse -t jsonl`; `fields[].spans` and `leftovers` count in `raw`.

    It is written straight out, since a volume has thousands of them: `dump` of the same object takes three times as
    long. An item's parts come from the parser, whose confidences have three decimals.
    """
    head = f'{{"id": {_quote(id)}, "label": {_quote(label)}, "raw": {_quote(raw)}, "span": [{span[0]}, {span[1]}]'
    if item is None:
        return f'{head}, "scheme": {_quote(scheme)}, "confidence": null, "csl": null, "fields": {{}}, "leftovers": []}}'
    csl: list[str] = []
    fields: list[str] = []
    type = _quote(item.type)
    for name, value, origin in [(one.name, one.value, one.origin) for one in item.fields]:
        if name == "type":
            written = type
        else:
            written = _value(value)
            csl.append(f', "{name}": {written}')
        fields.append(
            f'"{name}": {{"value": {written}, "spans": {_spans(origin.spans)}, "how": "{origin.how}", '
            f'"by": {_quote(origin.by)}, "confidence": {_number(origin.confidence)}}}'
        )
    return (
        f'{head}, "scheme": {_quote(scheme)}, "confidence": {item.confidence!r}, '
        f'"csl": {{"id": {_quote(item.id)}, "type": {type}{"".join(csl)}}}, '
        f'"fields": {{{", ".join(fields)}}}, "leftovers": {_spans(item.leftovers)}}}'
    )


_number = lru_cache(maxsize=2048, typed=True)(repr)  # three decimals: there are a thousand of them


def _spans(spans: tuple[Span, ...]) -> str:
    if len(spans) == 1:
        return f"[[{spans[0][0]}, {spans[0][1]}]]"
    return f"[{', '.join([f'[{start}, {end}]' for start, end in spans])}]"


def _value(value: Value) -> str:
    if isinstance(value, str):
        return _quote(value)
    if isinstance(value, Date):
        if value.until or value.literal or value.season or value.circa:
            return _encode(value.to_csl())
        return f'{{"date-parts": [[{", ".join(map(str, value.parts))}]]}}'
    people = [
        ", ".join([f'"{key}": {_quote(part) if part is not True else "true"}' for key, part in name.to_csl().items()])
        for name in value
    ]
    return f"[{', '.join([f'{{{one}}}' for one in people])}]"


def linked(document: Document) -> dict[str, Any]:
    """The object of `link -t json`."""
    answers = {one.cite: one.entry for one in document.links}
    return {
        "source": document.source,
        "lists": [_list(document, one) for one in document.lists],
        "markers": [
            {
                "id": marker.id,
                "span": list(marker.span),
                "text": marker.span.cut(document.text),
                "cites": [
                    {
                        "label": cite.label,
                        "entry": answers.get(cite.id),
                        "locator": {"label": cite.locator.label, "value": cite.locator.value} if cite.locator else None,
                    }
                    for cite in marker.cites
                ],
            }
            for marker in document.markers
        ],
    }


def _list(document: Document, one: ReferenceList) -> dict[str, Any]:
    return {
        "id": one.id,
        "role": one.role,
        "title": one.title,
        "span": list(one.span),
        "entries": [_entry(document, entry) for entry in one.entries],
    }


def _entry(document: Document, entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "label": entry.label,
        "span": list(hull([entry.label_span, entry.span]) if entry.label_span else entry.span),
        "raw": entry.printed(document.text),
        "csl": entry.item.to_csl() if entry.item else None,
    }


def structure(document: Document) -> Iterator[str]:
    """The lines of `show`: what was found, for a person to read."""
    line, _ = document.line_column(len(document.text))
    yield f"{document.source or '-'}: {document.format}, {len(document.text)} characters, {line} lines"
    for notice in document.notices:
        yield f"  note {notice.code} " + " ".join(f"{k}={v}" for k, v in notice.params.items())
    for one in document.lists:
        at, _ = document.line_column(one.span.start)
        yield f"list {one.id} ({one.role}) «{one.title}», line {at}: {len(one.entries)} entries"
        for entry in one.entries:
            yield f"  {entry.id:<5}{entry.label or '-':<5}{_short(entry.span.cut(document.text))}"
    answers = {link.cite: link.entry for link in document.links}
    yield f"markers: {len(document.markers)}"
    for marker in document.markers:
        at, column = document.line_column(marker.span.start)
        targets = ", ".join(answers.get(cite.id) or f"{cite.label}?" for cite in marker.cites)
        yield f"  {at}:{column:<5} {marker.span.cut(document.text)} → {targets}"


def _short(text: str, width: int = 96) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 1] + "…"
