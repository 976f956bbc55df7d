"""The JSON shapes of the outer contract, made from the model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kzcite.model import Document, Entry, Item, ReferenceList, hull


def dump(value: Any, indent: int | None = None) -> str:
    """JSON as kzcite prints it: letters as they are, keys in order."""
    return json.dumps(value, ensure_ascii=False, indent=indent)


def entry_line(
    raw: str, item: Item | None, *, id: str, label: str, span: tuple[int, int], scheme: str
) -> dict[str, Any]:
    """One object of `parse -t jsonl`; `fields[].spans` and `leftovers` count in `raw`."""
    return {
        "id": id,
        "label": label,
        "raw": raw,
        "span": list(span),
        "scheme": scheme,
        "confidence": round(item.confidence, 3) if item else None,
        "csl": item.to_csl() if item else None,
        "fields": _fields(item) if item else {},
        "leftovers": [list(one) for one in item.leftovers] if item else [],
    }


def _fields(item: Item) -> dict[str, Any]:
    values = item.to_csl()
    return {
        one.name: {
            "value": values[one.name],
            "spans": [list(span) for span in one.origin.spans],
            "how": one.origin.how,
            "by": one.origin.by,
            "confidence": round(one.origin.confidence, 3),
        }
        for one in item.fields
    }


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
