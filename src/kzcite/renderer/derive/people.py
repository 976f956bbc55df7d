"""The genitive of Russian family names after «пер.» (`names/genitive.csv`)."""

from __future__ import annotations

import re
from dataclasses import replace

from kzcite.model import Item, Name
from kzcite.tables import loader

_CYRILLIC = re.compile(r"[А-ЯЁа-яё]+\Z")
_INITIALS = re.compile(r"(?:[А-ЯЁ][а-яё]{0,2}\.[\s-]*)*\Z")


def translator(item: Item) -> Item:
    """Translators of a Russian entry in the genitive, where that is sure of each of them.

    The endings of the table are a man's and of the nominative alone; a list with any other name stays as it is, for a
    printed line may hold the genitive already (`Красикова`) or a name that is not declined (`Шевчук`).
    """
    names = item.names("translator")
    if item.language != "ru" or not names:
        return item
    declined = tuple(genitive(name) for name in names)
    return item if None in declined else item.with_field("translator", tuple(one for one in declined if one))


def genitive(name: Name) -> Name | None:
    """The name with its family name in the genitive, None where that is not sure or a given name stands in full.

    >>> genitive(Name(family="Иванов", given="Вяч. Вс.")).family
    'Иванова'
    """
    if name.literal or not _CYRILLIC.match(name.family) or not _INITIALS.match(name.given):
        return None
    for row in loader.read_rows("names/genitive.csv"):
        stem = name.family.removesuffix(row["ending"])
        if stem != name.family and len(stem) > 1:
            return replace(name, family=stem + row["genitive"])
    return None
