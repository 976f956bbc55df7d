"""Acts: the kind that a title or a number states, the sentence of an international body, the place (`acts.toml`)."""

from __future__ import annotations

import datetime
import re
from typing import Any

from kzcite.model import Date, Item
from kzcite.tables import loader

ACTS = frozenset({"legislation", "bill", "regulation", "treaty", "legal_case", "hearing"})
"""Types that the styles describe as acts."""


def kind(item: Item) -> Item:
    """`genre` of a code or a law of Kazakhstan that gives none: its title or its number tells (7.1-2003, 5.2.5)."""
    found, _ = _kind(item)
    return item.with_field("genre", found) if found else item


def kind_unmarked(item: Item) -> Item:
    """As `kind`, but not where the number says by its mark that the act is a law (`ҚРЗ`, `ЗРК`)."""
    found, marked = _kind(item)
    return item.with_field("genre", found) if found and not marked else item


def _kind(item: Item) -> tuple[str, bool]:
    """The kind, `""` where none is sure, and whether the number has the mark of a law."""
    if item.type not in ACTS or item.text("genre") or item.text("authority") or not item.text("number"):
        return "", False
    row = _table("kind").get(item.language)
    if row is None or _day(item) is None:
        return "", False
    marked = bool("number" in row and re.search(row["number"], item.text("number")))
    if re.search(row["title"], item.text("title")):
        return str(row["code"]), marked
    return (str(row["law"]), marked) if marked else ("", False)


def adopted_by(item: Item) -> Item:
    """The whole sentence of an international body's act as `references`: «принят резолюцией 2200 А (XXI) …»."""
    return _sentence(item, "long")


def act_of_body(item: Item) -> Item:
    """The sentence as a reference gives it: «БҰҰ Бас Ассамблеясының … қарары»."""
    return _sentence(item, "short")


def _sentence(item: Item, form: str) -> Item:
    if item.type in ACTS and "references" in item:
        item = item.without("references")  # the style prints it as the sentence made here
    words, phrase, day = body(item), _table("phrase").get(item.language), _day(item)
    if words is None or phrase is None or day is None or not item.text("number") or item.text("genre"):
        return item
    months = _table("months")
    filled = {
        "number": item.text("number"),
        "body": words["printed"],
        "kind": words.get("kind", ""),
        "kind_by": words.get("kind_by", ""),
        "year": str(day.year),
        "day": str(day.day),
        "month": months.get(item.language, [""] * 12)[day.month - 1],
        "month_in": months["kk_in"][day.month - 1],
        "month_of": months["kk_of"][day.month - 1],
        "adopted": _adopted(item.text("title")),
    }
    return item.with_field("references", phrase.get(form, phrase["long"]).format_map(filled))


def body(item: Item) -> dict[str, str] | None:
    """The row of an international body in the item's language, `since` among its values; None where it is none."""
    authority = item.text("authority")
    if item.type not in ACTS or not authority:
        return None
    for row in _table("body"):
        words = row.get(item.language)
        if words is not None and authority in words["names"]:
            return {**words, "since": row["since"]}
    return None


def imprint(item: Item) -> Item:
    """Place and publisher of an act that gives neither and no electronic medium.

    A law, code or decree of Kazakhstan has the capital of its day, an act of an international body that body and, since
    it sits there, its seat.
    """
    day = _day(item)
    if (
        item.type not in ACTS
        or day is None
        or any(item.text(one) for one in ("medium", "container-title", "publisher"))
    ):
        return item
    words = body(item)
    if words is not None and "publisher-place" not in item:
        since: Any = words["since"]
        item = item.with_field("publisher", words["publisher"])
        return item.with_field("publisher-place", words["place"]) if day >= since else item
    place = _capital(item, day)
    return item.with_field("publisher-place", place) if place and "publisher-place" not in item else item


def _capital(item: Item, day: datetime.date) -> str:
    row = _table("place").get(item.language)
    if row is None:
        return ""
    genre = item.text("genre").casefold()
    told = (item.text("title"), item.text("genre"), item.text("number"))
    if not any(re.search(pattern, text) for pattern in row["state"] for text in told):
        return ""
    if not set(re.findall(r"\w+", genre)) & set(row["signed"]):
        return ""
    held = [one for one in _table("capital") if one["from"] <= day]
    return str(held[-1][item.language]) if held else ""


def _adopted(title: str) -> str:
    table = _table("adopted")
    for word in re.findall(r"\w+", title.casefold()):
        for form, nouns in table.items():
            if form != "otherwise" and word in nouns:
                return str(form)
    return str(table["otherwise"])


def _day(item: Item) -> datetime.date | None:
    """The day of adoption, None where the date has no day or is none."""
    date = item.date("issued")
    if not isinstance(date, Date) or len(date.parts) != 3 or date.until:
        return None
    try:
        return datetime.date(*date.parts)
    except ValueError:
        return None


def _table(name: str) -> Any:
    return loader.read_toml("acts.toml")[name]
