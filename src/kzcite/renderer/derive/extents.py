"""Extents in the words of the description of maps and electronic resources (`wording.toml`)."""

from __future__ import annotations

import re

from kzcite.model import Item
from kzcite.tables import loader

_DISK = re.compile(r"(\d{1,4}) ((?:CD|DVD)(?:-(?:ROM|R|RW))?)\Z")


def atlas(item: Item) -> Item:
    """The pages of an atlas stand in brackets after its count: `1 атл. (125 с.)` (ГОСТ 7.18-79)."""
    pages = item.text("number-of-pages")
    if item.type != "map" or not pages.isdigit() or item.text("dimensions"):
        return item
    table = loader.read_toml("wording.toml")["atlas"]
    if item.language not in table or not set(re.findall(r"\w+", item.text("title").casefold())) & set(table["words"]):
        return item
    return item.without("number-of-pages").with_field("dimensions", table[item.language].format(pages))


def carrier(item: Item) -> Item:
    """A disk by the words of ГОСТ 7.82-2001, 5.6, and the kind of its data, area 3 (`scale`), by 5.4."""
    found = _DISK.match(item.text("dimensions"))
    words = loader.read_toml("wording.toml")["carrier"].get(item.language)
    if not found or not words or not item.text("medium"):
        return item
    if item.type in ("book", "dataset") and "scale" not in item:
        item = item.with_field("scale", words["data"])
    count = int(found[1])
    form = "many" if count % 10 in (0, 5, 6, 7, 8, 9) or count % 100 in range(11, 15) else "few"
    phrase = words.get("disk" if count % 10 == 1 and count % 100 != 11 else form, words.get("disk"))
    return item.with_field("dimensions", phrase.format(found[1], found[2])) if phrase else item
