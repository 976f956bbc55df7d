"""Case files of `fixtures/parse`: a line and what it means, one field a line, readable without Python.

    # Бір авторлы кітап (ГОСТ 7.1)
    Сыздық Р. Абай шығармаларының тілі. – Алматы: Ғылым, 1968. – 334 б.
    ---
    type: book
    author: Сыздық, Р.
    title: Абай шығармаларының тілі

People stand as «family, given», one after another with `; `, bodies as `= name`; dates as `1968-03-21`. A line that is
no reference has `none` below the dashes.
"""

from __future__ import annotations

from kzcite.model import Item, Name
from kzcite.model.item import Value


def to_case(raw: str, item: Item | None, title: str = "") -> str:
    """The case file of a line as it was read."""
    head = f"# {title}\n" if title else ""
    lines = [f"{one.name}: {to_text(one.value)}" for one in item.fields] if item else ["none"]
    return f"{head}{raw}\n---\n" + "\n".join(lines) + "\n"


def read_case(text: str) -> tuple[str, str, dict[str, str]]:
    """The title, the line and its fields as text; the fields of a line that is no reference are empty.

    >>> read_case("# t\\nАбай. Өлеңдер.\\n---\\ntitle: Өлеңдер\\n")
    ('t', 'Абай. Өлеңдер.', {'title': 'Өлеңдер'})
    """
    head, _, body = text.partition("\n---\n")
    lines = head.split("\n")
    title = lines.pop(0)[1:].strip() if lines[0].startswith("#") else ""
    fields: dict[str, str] = {}
    for line in body.splitlines():
        name, colon, value = line.partition(": ")
        if colon:
            fields[name] = value
    return title, "\n".join(lines), fields


def to_text(value: Value) -> str:
    """
    >>> from kzcite.model import Date
    >>> to_text((Name(family="Сыздық", given="Р."), Name(literal="ЮНЕСКО"))), to_text(Date((1968, 3, 21)))
    ('Сыздық, Р.; = ЮНЕСКО', '1968-03-21')
    """
    if isinstance(value, tuple):
        return "; ".join(_person(name) for name in value)
    return str(value)


def _person(name: Name) -> str:
    if name.literal:
        return f"= {name.literal}"
    return ", ".join(part for part in (name.family, name.given) if part)
