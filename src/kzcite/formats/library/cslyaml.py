"""CSL-YAML: CSL-JSON's items under `references:`, as pandoc reads and writes them."""

from __future__ import annotations

from typing import Any

from kzcite.formats.library import csljson, yamlsafe
from kzcite.formats.library.faults import Faults
from kzcite.formats.registry import Reading, Writing
from kzcite.model import Library, csl
from kzcite.model.limits import current


def read(data: bytes, source: str = "") -> Reading:
    """The items under `references`, or of a bare list."""
    faults = Faults(source)
    text = faults.text(data).strip()
    value = yamlsafe.load(text.removesuffix("---").removesuffix("..."), source)
    items = value.get("references") if isinstance(value, dict) else value
    items = items if isinstance(items, list) else [value] if value else []
    current().check("entries", len(items), source)
    return Reading(faults.unique(csljson.items_of(map(_usual, items), faults)), faults.findings)


def _usual(item: Any) -> Any:
    """An item with dates as CSL-JSON has them: pandoc also writes `year:`, `month:`, `day:` or an ISO string."""
    if not isinstance(item, dict):
        return item
    item = {str(key): value for key, value in item.items()}
    for name in csl.DATE_VARIABLES:
        value = item.get(name)
        if isinstance(value, int | str):
            item[name] = {"raw": str(value)}
        elif isinstance(value, list) or (isinstance(value, dict) and "year" in value):
            ends = value if isinstance(value, list) else [value]
            parts = [
                [end[one] for one in ("year", "month", "day") if one in end] for end in ends if isinstance(end, dict)
            ]
            item[name] = {"date-parts": parts}
    return item


def write(library: Library) -> Writing:
    """The library under `references:`; only what is empty is lost."""
    values = [csljson.to_json(item) for item in library]
    return Writing(yamlsafe.dump({"references": values}).encode(errors="replace"), csljson.losses(library, values))
