"""Mappings: how CSL types and variables are spelt in each exchange format, read in both directions.

A mapping is a table `data/mappings/NAME.toml`:

- `[format]`: `key` (the column that holds the format's own names), `source` (the format's definition), `default-type`,
  `key-shape` (a regular expression that a key of the format matches), `vocabulary` (the keys that
  the definition knows, with spaces between);
- `[sets]`: named sets of CSL types for `when`;
- `type` rows: `csl` and the format's type; the first row with a CSL type is written, the first with a format's type
  read;
- `field` rows: `csl` (a CSL variable, or `custom.NAME`), the format's key or keys, `also` (keys that are only read),
  `when` (a named set, or `not` and a named set), `shape` (a regular expression that the value must match), `convert` (a
  converter's name).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kzcite.model import csl
from kzcite.model.errors import TableError
from kzcite.tables import loader


@dataclass(frozen=True, slots=True)
class TypeRow:
    """A CSL type and the format's spelling of it."""

    csl: str
    key: str


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A CSL variable and the keys that hold it for items whose type is in `types` (None: every type)."""

    csl: str
    keys: tuple[str, ...]
    also: tuple[str, ...] = ()
    types: frozenset[str] | None = None
    shape: str = ""
    convert: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Mapping:
    """One exchange format's table; equal to itself alone, so that what is made of it is found without reading it."""

    name: str
    source: str
    default_type: str
    key_shape: str
    vocabulary: frozenset[str]
    types: tuple[TypeRow, ...]
    fields: tuple[FieldRow, ...]

    def type_key(self, csl_type: str) -> str:
        """The format's type for a CSL type; the default where there is none."""
        for row in self.types:
            if row.csl == csl_type:
                return row.key
        return self.default_type

    def csl_type(self, key: str) -> str | None:
        """The CSL type that a format's type is read as."""
        for row in self.types:
            if row.key == key:
                return row.csl
        return None


def names() -> tuple[str, ...]:
    """The mappings there are."""
    return tuple(one for one in loader.names("mappings") if one not in ("languages", "latex"))


def mapping(name: str) -> Mapping:
    """The mapping of a format. Raises TableError for one that is not well-formed."""
    return _mapping(name, loader.overlays())


@lru_cache(maxsize=64)
def _mapping(name: str, over: tuple[Path, ...]) -> Mapping:
    table = loader.read_toml(f"mappings/{name}.toml")
    where = f"mappings/{name}.toml"
    try:
        head = table["format"]
        key = head.get("key", name)
        sets = {one: frozenset(types) for one, types in table.get("sets", {}).items()}
        return Mapping(
            name=name,
            source=head["source"],
            default_type=head.get("default-type", ""),
            key_shape=head.get("key-shape", ""),
            vocabulary=frozenset(head.get("vocabulary", "").split()),
            types=tuple(TypeRow(one["csl"], one[key]) for one in table.get("type", ())),
            fields=tuple(_field(one, key, sets) for one in table.get("field", ())),
        )
    except KeyError as error:
        raise TableError(f"no {error} in the table", where=where) from error


def _field(row: dict[str, Any], key: str, sets: dict[str, frozenset[str]]) -> FieldRow:
    keys = row[key]
    return FieldRow(
        csl=row["csl"],
        keys=(keys,) if isinstance(keys, str) else tuple(keys),
        also=tuple(row.get("also", ())),
        types=_types(row.get("when", ""), sets),
        shape=row.get("shape", ""),
        convert=row.get("convert", ""),
    )


def _types(when: str, sets: dict[str, frozenset[str]]) -> frozenset[str] | None:
    if not when:
        return None
    negated, _, name = when.rpartition(" ")
    return csl.TYPES - sets[name] if negated == "not" else sets[name]


def problems(one: Mapping) -> Iterator[str]:
    """What is wrong with a mapping: names that CSL or the format does not know, patterns that do not compile."""
    for row in one.types:
        if row.csl not in csl.TYPES:
            yield f"{one.name}: no CSL type {row.csl!r}"
    for field in one.fields:
        if field.csl not in csl.KIND and not field.csl.startswith("custom."):
            yield f"{one.name}: no CSL variable {field.csl!r}"
        unknown_types = (field.types or frozenset()) - csl.TYPES
        if unknown_types:
            yield f"{one.name}: {field.csl}: no CSL types {', '.join(sorted(unknown_types))}"
        for key in (*field.keys, *field.also):
            if one.vocabulary and key not in one.vocabulary:
                yield f"{one.name}: {field.csl}: {key!r} is not in the format's vocabulary"
        try:
            re.compile(field.shape)
        except re.error as error:
            yield f"{one.name}: {field.csl}: {error}"
    if one.types and not one.csl_type(one.default_type):
        yield f"{one.name}: the default type {one.default_type!r} is in no row"


@dataclass(frozen=True, slots=True)
class Language:
    """The names of a language: BCP 47 code, babel's name, ISO 639-2/B code, LCID, names in words that files carry."""

    code: str
    babel: str
    iso3: str
    lcid: str
    words: tuple[str, ...]


def languages() -> tuple[Language, ...]:
    """The languages whose names are known, by `mappings/languages.toml`."""
    table = loader.read_toml("mappings/languages.toml")
    return tuple(
        Language(code, row.get("babel", ""), row.get("iso3", ""), str(row.get("lcid", "")), tuple(row.get("words", ())))
        for code, row in table.items()
    )
