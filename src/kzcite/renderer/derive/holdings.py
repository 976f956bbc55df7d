"""What tables know of an archive, an encyclopedia or a journal that an item names.

Tables: `archives.csv` (abbreviation, full name), `columns.csv` (works that number columns instead of pages),
`journals.csv` (scholarly journals with their ISSN), `wording.toml` (labels and kinds).
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from kzcite.model import Item
from kzcite.tables import loader

_RANGE = re.compile(r"\d+(?:[-–—]\d+)?")


def archive_name(item: Item) -> Item:
    """The full name of an archive before its abbreviation, as a description gives it: `… (ЦГА РК)`."""
    short = item.text("archive")
    if not short:
        return item
    full = _archives(loader.overlays()).get((short, item.language))
    return item.with_field("archive", f"{full} ({short})") if full else item


def columns(item: Item) -> Item:
    """Pages of an encyclopedia that numbers its columns become columns with their label (7.1-2003, 5.6)."""
    page = item.text("page")
    if not page or not item.type.startswith("entry-") or not _RANGE.fullmatch(page):
        return item
    label = loader.read_toml("wording.toml")["columns"].get(item.language)
    host = re.split(r"[:.(]", item.text("container-title"), maxsplit=1)[0].strip()
    if not label or (host, item.language) not in _numbered_by_column(loader.overlays()):
        return item
    return item.without("page").with_field("section", label.format(re.sub("[-—]", "–", page)))


def journal_kind(item: Item) -> Item:
    """A serial as a whole whose ISSN is that of a scholarly journal of `journals.csv` is called one."""
    if item.type != "periodical" or item.text("genre") or not item.text("ISSN"):
        return item
    kind = loader.read_toml("wording.toml")["journal"].get(item.language)
    return item.with_field("genre", kind) if kind and item.text("ISSN") in _journals(loader.overlays()) else item


@lru_cache(maxsize=8)
def _archives(over: tuple[Path, ...]) -> dict[tuple[str, str], str]:
    return {(row["printed"], row["language"]): row["full"] for row in loader.read_rows("archives.csv")}


@lru_cache(maxsize=8)
def _numbered_by_column(over: tuple[Path, ...]) -> frozenset[tuple[str, str]]:
    return frozenset((row["title"], row["language"]) for row in loader.read_rows("columns.csv"))


@lru_cache(maxsize=8)
def _journals(over: tuple[Path, ...]) -> frozenset[str]:
    return frozenset(row["issn"] for row in loader.read_rows("journals.csv") if row["issn"])
