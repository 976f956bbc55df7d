"""Reports: their kind, and the roles of those who made a research report (`wording.toml`)."""

from __future__ import annotations

import re

from kzcite.model import Item, Name
from kzcite.tables import loader


def kind(item: Item) -> Item:
    """A body's report whose title and genre do not say what it is takes the word for it (7.1-2003, 5.2.5)."""
    if item.type != "report" or item.text("genre") or item.text("container-title"):
        return item
    table = loader.read_toml("wording.toml")["report"]
    authors = item.names("author")
    if item.language not in table or not authors or not all(one.is_body for one in authors):
        return item
    words = re.findall(r"\w+", item.text("title").casefold())
    silent = tuple(table["silent"])
    return item if any(word.startswith(silent) for word in words) else item.with_field("genre", table[item.language])


def roles(item: Item) -> Item:
    """A research report stands under its title; the body, the head of the work and the others follow the slash."""
    return _responsible(item, with_members=True)


def leader(item: Item) -> Item:
    """As `roles`, the head of the work alone."""
    return _responsible(item, with_members=False)


def _responsible(item: Item, *, with_members: bool) -> Item:
    table = loader.read_toml("wording.toml")["research-report"]
    words = table.get(item.language)
    people = item.names("author")
    if item.type != "report" or not words or not item.text("genre").casefold().startswith(tuple(table["genre"])):
        return item
    if not people or any(one.is_body for one in people) or "contributor" in item:
        return item
    statements = [item.text("publisher")] if item.text("publisher") else []
    statements.append(f"{words['leader']} {_inverted(people[0])}")
    if with_members and len(people) > 1:
        statements.append(f"{words['members']} " + ", ".join(_inverted(one) for one in people[1:]))
    return item.without("author", "publisher").with_field("contributor", (Name(literal=" ; ".join(statements)),))


def _inverted(name: Name) -> str:
    initials = re.sub(r"\.(?=\w)", ". ", name.given)
    return f"{name.family} {initials}".strip()
