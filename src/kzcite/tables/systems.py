"""Romanisation systems: the tables of `data/systems`, one file a system.

A table holds `title`, `languages`, `authority`, `year`, `url`, `reversible`, `note`, optionally `aliases` and `lossy`
(sequences that do not come back although the system is reversible), and

- `[letters]` small Cyrillic letter → Latin;
- `[borrowed]` letters that the authority's table does not have, written as practice does;
- `[capitals]` Latin small letters whose capital is not the usual one (`i` → `İ`);
- `[[contexts]]` `letter`, `latin`, and `after` and/or `before`: letters in a row, `^` the edge of a word;
- `[[examples]]` `cyrillic`, `latin`; the tests execute them.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kzcite.model import TableError, UsageError
from kzcite.tables import loader

_FOLDER = "systems"
_KEYS = frozenset(
    "title languages authority year url reversible note aliases lossy letters borrowed capitals contexts "
    "examples".split()
)


@dataclass(frozen=True, slots=True)
class Context:
    """`letter` becomes `latin` after one of `after` and before one of `before`.

    An empty set means anywhere, `^` in it the edge of a word.
    """

    letter: str
    latin: str
    after: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class System:
    """One romanisation system. `letters` includes the borrowed ones; Latin values are in NFC."""

    id: str
    title: str
    languages: tuple[str, ...]
    authority: str
    year: int
    url: str
    reversible: bool
    note: str
    aliases: tuple[str, ...]
    lossy: tuple[str, ...]
    letters: dict[str, str]
    borrowed: frozenset[str]
    capitals: dict[str, str]
    contexts: tuple[Context, ...]
    examples: tuple[tuple[str, str], ...]

    @property
    def language(self) -> str:
        """The languages in one string, for a list of systems."""
        return ", ".join(self.languages)


def systems() -> tuple[System, ...]:
    """All systems, by id."""
    return tuple(system(name) for name in names())


def names() -> tuple[str, ...]:
    """The ids of all systems, sorted."""
    return loader.names(_FOLDER)


def system(name: str) -> System:
    """The system called `name`, by its id or an alias of it.

    Raises UsageError for an unknown name and TableError for a table that is not whole.
    """
    return _system(name, loader.overlays())


@lru_cache(maxsize=128)
def _system(name: str, over: tuple[Path, ...]) -> System:
    known = names()
    if name not in known:
        for one in known:
            if name in loader.read_toml(f"{_FOLDER}/{one}.toml").get("aliases", ()):
                name = one
                break
        else:
            raise UsageError(f"no romanisation system {name!r}", hint="there are " + ", ".join(known))
    return _read(name, loader.read_toml(f"{_FOLDER}/{name}.toml"))


def _read(name: str, table: dict[str, Any]) -> System:
    where = f"{_FOLDER}/{name}.toml"
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        raise TableError("unknown keys " + ", ".join(unknown), where=where)
    try:
        letters = _latin(table["letters"], where)
        borrowed = _latin(table.get("borrowed", {}), where)
        return System(
            id=name,
            title=str(table["title"]),
            languages=tuple(table["languages"]),
            authority=str(table["authority"]),
            year=int(table["year"]),
            url=str(table["url"]),
            reversible=bool(table["reversible"]),
            note=str(table["note"]),
            aliases=tuple(table.get("aliases", ())),
            lossy=tuple(table.get("lossy", ())),
            letters={**borrowed, **letters},
            borrowed=frozenset(set(borrowed) - set(letters)),
            capitals=dict(table.get("capitals", {})),
            contexts=tuple(_context(one) for one in table.get("contexts", ())),
            examples=tuple((str(one["cyrillic"]), _nfc(str(one["latin"]))) for one in table["examples"]),
        )
    except KeyError as error:
        raise TableError(f"{error.args[0]!r} is missing", where=where) from error


def _latin(letters: dict[str, str], where: str) -> dict[str, str]:
    for key, value in letters.items():
        if len(key) != 1 or key != key.lower() or not isinstance(value, str):
            raise TableError(f"a small letter and a string expected, not {key!r} = {value!r}", where=where)
    return {key: _nfc(value) for key, value in letters.items()}


def _context(row: dict[str, str]) -> Context:
    return Context(
        row["letter"],
        _nfc(row["latin"]),
        frozenset(row.get("after", "").split()),
        frozenset(row.get("before", "").split()),
    )


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
