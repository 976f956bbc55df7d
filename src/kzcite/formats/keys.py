"""Citation keys: stable, unique, ASCII, readable: `abdizhapparov2023`, `qr-konstitutsiyasy1995`, suffixes a, b, c.

A key is made only where an item has none of its own: its id was made by a program (`e1`, `item-2`) or cannot be a key.
The pattern is text with `{author}`, `{title}` (first words), `{year}`, `{type}`, `{id}`.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from kzcite.model import Item, Library, UsageError
from kzcite.text.romanise import romanise

PATTERN = "{author}{year}"
"""The default: first family name and year; an item without author has its title's first words."""

_MADE = re.compile(r"(?:e|item|ref|cite)[-_]?\d+(?:-\d+)?")
_KEY = re.compile(r"[A-Za-z0-9_:.+/-]+")
_NOT_ASCII = re.compile(r"[^a-z0-9]+")
_SYSTEMS = {"kk": "passport-kk", "": "bgn-ascii-ru"}
_PARTS = ("author", "title", "year", "type", "id")
_TITLE_LETTERS = 20


def keyed(library: Library, pattern: str = "", *, all: bool = False) -> Library:
    """The library with a key as every item's id; ids that are keys already stay unless `all`.

    Raises UsageError for a pattern with an unknown part.
    """
    pattern = pattern or PATTERN
    _check(pattern)
    taken = set() if all else {item.id for item in library if not needs_key(item)}
    series: dict[str, Iterator[str]] = {}
    out: list[Item] = []
    for item in library:
        if not all and not needs_key(item):
            out.append(item)
            continue
        given = item.text("citation-key")
        base = given if not all and _KEY.fullmatch(given) else make_key(item, pattern)
        free = series.setdefault(base, _suffixed(base))  # goes on where the last item of this base stopped
        key = next(one for one in free if one not in taken)
        taken.add(key)
        out.append(replace(item, id=key))
    return Library(tuple(out))


def needs_key(item: Item) -> bool:
    """Whether the id was made by a program or has letters that no key may have."""
    return bool(_MADE.fullmatch(item.id)) or not _KEY.fullmatch(item.id)


def make_key(item: Item, pattern: str = PATTERN) -> str:
    """The key of one item, not yet made unique.

    >>> from kzcite.model import Item
    >>> make_key(Item.from_csl({"id": "e1", "language": "kk", "author": [{"family": "Әбдіжаппаров"}],
    ...     "issued": {"date-parts": [[2023]]}}))
    'abdizhapparov2023'
    """
    issued = item.date("issued")
    year = str(issued.year) if issued and issued.year else ""
    language = item.language[:2]
    author = next((_author(item, role) for role in ("author", "editor", "compiler") if item.names(role)), "")
    title = _title(item.text("title"), language)
    parts = {
        "author": ascii_word(author, language) or title,
        "title": title,
        "year": year,
        "type": item.type,
        "id": ascii_word(item.id, language),
    }
    return pattern.format(**parts).strip("-_:.") or "item"


def _author(item: Item, role: str) -> str:
    first = item.names(role)[0]
    return first.family or _first_words(first.literal, 2)


def _first_words(text: str, count: int) -> str:
    return " ".join(re.findall(r"\w+", text)[:count])


def _title(title: str, language: str) -> str:
    """The title's first words: a leading «Қазақстан Республикасының» is `qr`, «Республика Казахстан» is `rk`."""
    title = re.sub(r"^Қазақстан Республикасы(?:ның)? ", "QR ", title)
    title = re.sub(r"(?i) ?Республик[аи] Казахстан", " РК", title)
    words: list[str] = []
    for word in re.findall(r"\w+", title):
        made = ascii_word(word, language)
        if len("-".join([*words, made])) > _TITLE_LETTERS and words:
            break
        if made:
            words.append(made[:_TITLE_LETTERS])
        if len(words) == 3:
            break
    return "-".join(words)


def ascii_word(text: str, language: str = "") -> str:
    """Small ASCII letters and digits of a text, Cyrillic romanised by the passport table (kk) or plain BGN.

    >>> ascii_word("Қазақстан", "kk"), ascii_word("Щедрин", "ru"), ascii_word("Müller")
    ('kazakstan', 'shchedrin', 'muller')
    """
    if not text.isascii():
        text = romanise(text, _SYSTEMS.get(language, _SYSTEMS["kk" if _KAZAKH.search(text) else ""]))
        text = romanise(text, _SYSTEMS[""])
        text = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in text if not unicodedata.combining(char))
    return _NOT_ASCII.sub("", text.lower().translate(_LATIN))


_KAZAKH = re.compile(r"[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
_LATIN = str.maketrans({"ı": "i", "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "þ": "th", "ð": "d"})


def _suffixed(base: str) -> Iterator[str]:
    """The base, then base + a, b, ..., z, aa, ab, ..."""
    yield base
    letters = string.ascii_lowercase
    number = 0
    while True:
        suffix, rest = "", number
        while True:
            suffix = letters[rest % 26] + suffix
            rest = rest // 26 - 1
            if rest < 0:
                break
        yield base + suffix
        number += 1


def _check(pattern: str) -> None:
    try:
        parts = [one for one in string.Formatter().parse(pattern) if one[1] is not None]
    except ValueError as error:
        raise UsageError(f"bad key pattern {pattern!r}: {error}") from error
    used = {(name or "") + (f":{spec}" if spec else "") + (f"!{how}" if how else "") for _, name, spec, how in parts}
    if used - set(_PARTS):
        raise UsageError(
            f"unknown part in the key pattern: {', '.join(sorted(used - set(_PARTS)))}",
            hint="known: " + ", ".join(f"{{{one}}}" for one in _PARTS),
        )
    if not _KEY.fullmatch(re.sub(r"\{\w+\}", "", pattern) or "x"):
        raise UsageError("a key pattern may have ASCII letters, digits and _ : . + / - beside its parts")
