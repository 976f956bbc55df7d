"""What a style asks of an item before CSL can set it.

A CSL style cannot count authors, tell a body from a person, look inside a title or know whether a date has a day. The
table `preparation.toml` says which style wants what; `prepare` moves and derives variables accordingly. Items for other
styles come back as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from kzcite.model import Date, Item, TableError
from kzcite.renderer.derive import DERIVATIONS
from kzcite.renderer.derive.acts import ACTS
from kzcite.tables import loader
from kzcite.tables.places import full_place

DATED = (
    frozenset(
        {
            "article-newspaper",
            "article-magazine",
            "review",
            "review-book",
            "interview",
            "webpage",
            "post",
            "post-weblog",
        }
    )
    | ACTS
)
WHOLE = frozenset({"book", "map", "standard", "webpage", "software", "dataset", "motion_picture", "graphic"})

# After a number (Ф. 81. Оп. 1) or a postposed label (81-қ. 1-т.), not after a label that precedes its number.
_PARTS = re.compile(r"(\d|-\w{1,4})\.\s+(?=\w)")
# A location with a label of its own, columns for instance: Стб. 826–831.
_LABELLED = re.compile(r"[^\W\d_]{2,}\.?\s+\d")
_FORMS = ("-alphabetical", "-author-date", "-note", "-superscript")


@dataclass(frozen=True, slots=True)
class Preparation:
    """One row of `preparation.toml`; `heading_names` 0 means that all authors stand in the heading.

    `is_description` is false where the style wants nothing of GOST but what `derive` names.
    """

    derive: tuple[str, ...]
    is_description: bool = False
    heading_names: int = 0
    body_heading: bool = True
    body_after: frozenset[str] = frozenset()
    colon: str = ": "
    archive_sign: str = ""
    full_places: bool = False


def preparation(*style_ids: str) -> Preparation | None:
    """The preparation for a style by its id, its template's id or its file name; None where none is needed.

    >>> preparation("https://kzcite.org/styles/gost-kz-alphabetical").heading_names
    0
    """
    table = loader.read_toml("preparation.toml")
    for one in style_ids:
        stem = one.rstrip("/").rsplit("/", 1)[-1].removesuffix(".csl")
        for form in ("", *_FORMS):
            row = table.get(stem.removesuffix(form) if form else stem)
            if row is not None and "colon" not in row:
                return Preparation(_derivations(row))
            if row is not None:
                return Preparation(
                    _derivations(row),
                    True,
                    int(row["heading-names"]),
                    bool(row["body-heading"]),
                    frozenset(row["body-after"]),
                    str(row["colon"]),
                    str(row["archive-sign"]),
                    bool(row["full-places"]),
                )
    return None


def _derivations(row: dict[str, Any]) -> tuple[str, ...]:
    """Raises TableError for a name that there is not."""
    unknown = [one for one in row["derive"] if one not in DERIVATIONS]
    if unknown:
        raise TableError(f"no derivation {unknown[0]!r}", where="preparation.toml")
    return tuple(row["derive"])


def prepare(item: Item, row: Preparation) -> Item:
    """`item` as the style wants it; the same object where nothing is to be done."""
    for name in row.derive:
        item = DERIVATIONS[name](item)
    if not row.is_description:
        return item
    item = _heading(item, row)
    item = _dates(item)
    item = _titles(item, row.colon)
    if row.full_places and item.text("publisher-place").endswith("."):
        item = item.with_field("publisher-place", full_place(item.text("publisher-place"), item.language))
    if _LABELLED.match(item.text("page")) and "section" not in item:
        item = item.without("page").with_field("section", re.sub(r"(?<=\d)-(?=\d)", "–", item.text("page")))
    if re.search(r"\d-\d", item.text("number")):
        # The number of an act, a case or a standard is no range: its hyphen stays.
        item = item.with_field("number", re.sub(r"(?<=\d)-(?=\d)", r"\\-", item.text("number")))
    location = item.text("archive_location")
    if location:
        item = item.with_field("archive_location", _PARTS.sub(rf"\1{row.archive_sign}", location.rstrip(". ")))
    return item


def _heading(item: Item, row: Preparation) -> Item:
    authors = item.names("author")
    if not authors:
        return item
    bodies = all(one.is_body for one in authors)
    under_title = bool(row.heading_names) and len(authors) > row.heading_names
    if bodies:
        under_title = under_title or not row.body_heading or item.type in row.body_after
    if not under_title or not item.text("title") or "contributor" in item:
        return item
    return item.without("author").with_field("contributor", authors)


def _dates(item: Item) -> Item:
    """Mark a date that has a month: `original-date` of an act (its adoption), `available-date` of a day's issue."""
    issued = item.date("issued")
    if item.type not in DATED or not isinstance(issued, Date) or len(issued.parts) < 2:
        return item
    name = "original-date" if item.type in ACTS else "available-date"
    if item.type in ACTS and item.text("container-title"):
        item = item.with_field("available-date", issued)
    return item if name in item else item.with_field(name, issued)


def _titles(item: Item, colon: str) -> Item:
    if colon == ": ":
        return item
    names = ["container-title"] if item.text("container-title") else []
    if not names and item.type in WHOLE:
        names = ["title"]
    if item.text("reviewed-title"):
        names.append("reviewed-title")
    for name in names:
        title = item.text(name)
        if item.type == "standard" and name == "title":
            changed = re.sub(r"(?<=[^\s\d:]): (?=\S)", colon, title)
        else:
            changed = _last_colon(title, colon)
        if changed != title:
            item = item.with_field(name, changed)
    return _designated(item, colon)


def _designated(item: Item, colon: str) -> Item:
    """The material designation follows the main title (7.1-2003, 5.2.3), so what comes after it becomes `genre`."""
    if not item.text("medium") or item.text("container-title") or item.type not in WHOLE - {"standard"}:
        return item
    title, found, rest = item.text("title").partition(colon)
    if not found:
        return item
    genre = item.text("genre")
    return item.with_field("title", title).with_field("genre", rest + (colon + genre if genre else ""))


def _last_colon(title: str, colon: str) -> str:
    """The last colon that no quotation marks hold becomes the sign of other title information.

    >>> _last_colon("Жастар және ғылым: бүгіні мен болашағы: жинақ", " : ")
    'Жастар және ғылым: бүгіні мен болашағы : жинақ'
    """
    depth, last = 0, -1
    for index, char in enumerate(title):
        depth += (char in "«„“(") - (char in "»)")
        depth = max(depth, 0)
        if char == ":" and not depth and title[index + 1 : index + 2] == " " and title[index - 1 : index].strip():
            last = index
    if last < 1:
        return title
    return title[:last] + colon + title[last + 2 :]
