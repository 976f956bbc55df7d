"""hayagriva, the bibliography format of Typst (YAML). Mapping: data/mappings/hayagriva.toml; docs/file-format.md, 0.8.

An entry's parents are flattened into paths, `parent/title`, as XML formats are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kzcite.formats import keys
from kzcite.formats.library import yamlsafe
from kzcite.formats.library.biblatex import COMMON
from kzcite.formats.library.faults import Faults
from kzcite.formats.library.pairs import SHARED
from kzcite.formats.library.people import format_person, parse_person
from kzcite.formats.library.xmltree import flat
from kzcite.formats.mapped import Converter, Keys, Mapped, Pair, engine, losses_between, one_line
from kzcite.formats.registry import Reading, Writing
from kzcite.model import InputError, Item, Library, Loss, Name
from kzcite.model.limits import current
from kzcite.tables.mappings import Mapping, mapping

_PEOPLE = ("author", "editor")


def read(data: bytes, source: str = "") -> Reading:
    """The entries of a hayagriva file."""
    faults = Faults(source)
    value = yamlsafe.load(faults.text(data), source)
    if not isinstance(value, dict):
        raise InputError("no hayagriva file: keys with entries expected", where=source)
    items: list[Item] = []
    for number, (key, entry) in enumerate(value.items(), 1):
        current().check("entries", number, source)
        if isinstance(entry, dict):
            items.append(_item(entry, str(key)))
        else:
            faults.add("PRS102", f"#{number}", f"{key}: {entry}")
    return Reading(faults.unique(items), faults.findings)


def _item(entry: dict[str, Any], id: str) -> Item:
    mapped = _engine()
    kind = str(entry.get("type", "misc")).lower()
    parent = entry.get("parent")
    if isinstance(parent, list):
        parent = parent[0] if parent else None
    above = str(parent.get("type", "")).lower() if isinstance(parent, dict) else ""
    pairs = [pair for pair in _flat(entry, "") if pair[0].rsplit("/", 1)[-1] != "type"]
    return mapped.read(id, mapped.csl_type(f"{kind}/{above}", kind), pairs)


def _flat(entry: dict[str, Any], prefix: str) -> Iterator[Pair]:
    for key, value in entry.items():
        path = f"{prefix}{key}"
        if key in _PEOPLE:
            yield path, tuple(_people(value))
        elif key == "affiliated":
            for group in value if isinstance(value, list) else [value]:
                if isinstance(group, dict):
                    yield f"{prefix}affiliated[{group.get('role', '')}]", tuple(_people(group.get("names")))
        elif isinstance(value, dict):
            yield from _flat(value, f"{path}/")
        elif isinstance(value, list):
            for one in value:
                if isinstance(one, dict):
                    yield from _flat(one, f"{path}/")
                elif one is not None:
                    yield path, str(one)
        elif value is not None:
            yield path, flat(str(value))


def _people(value: Any) -> Iterator[Name]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            name = Name(
                family=str(one.get("name", "")),
                given=str(one.get("given-name", "")),
                suffix=str(one.get("suffix", "")),
                non_dropping_particle=str(one.get("prefix", "")),
            )
            if name != Name():
                yield name
        elif one:
            yield parse_person(str(one))


def write(library: Library) -> Writing:
    """The library as a hayagriva file, and what it cannot hold."""
    mapped = _engine()
    out: dict[str, Any] = {}
    losses: list[Loss] = []
    for item in keys.keyed(library):
        kind, _, above = mapped.type_key(item.type).partition("/")
        entry: dict[str, Any] = {"type": kind}
        if above:
            entry["parent"] = {"type": above}
        for key, payload in mapped.write(item):
            _put(entry, key, payload)
        _complete(entry)
        losses += losses_between(item, _item(entry, item.id))
        out[item.id] = entry
    return Writing(yamlsafe.dump(out).encode(errors="replace"), tuple(losses))


def _put(entry: dict[str, Any], path: str, payload: Any) -> None:
    *above, last = path.split("/")
    for step in above:
        inner = entry.setdefault(step, {})
        if not isinstance(inner, dict):
            return
        entry = inner
    if last.startswith("affiliated["):
        group = {"role": last[11:-1], "names": [_person(one) for one in payload]}
        entry.setdefault("affiliated", []).append(group)
    elif isinstance(payload, tuple):
        entry[last] = [_person(one) for one in payload]
    else:
        entry.setdefault(last, payload)


def _person(name: Name) -> str | dict[str, str]:
    """A person as one string; what that cannot say, as fields."""
    if name.literal or not (name.non_dropping_particle or name.dropping_particle):
        return one_line(format_person(name))
    prefix = " ".join(filter(None, (name.dropping_particle, name.non_dropping_particle)))
    parts = {"name": name.family, "given-name": name.given, "prefix": prefix, "suffix": name.suffix}
    return {key: one_line(value) for key, value in parts.items() if value}


def _complete(entry: dict[str, Any]) -> None:
    """A parent needs a type: a series of a book is an anthology."""
    parent = entry.get("parent")
    if isinstance(parent, dict):
        entry["parent"] = parent if "type" in parent else {"type": "anthology", **parent}
        _complete(entry["parent"])


def _read_names(pairs: Sequence[Pair], keys: Keys) -> tuple[Name, ...]:
    return tuple(name for _, names in pairs for name in names)


def _write_names(value: tuple[Name, ...], keys: Keys) -> Iterable[Pair]:
    return ((keys[0], value),)


CONVERTERS = {**SHARED, "doi": COMMON["doi"], "names": Converter(_write_names, _read_names, many=True)}


def _engine() -> Mapped:
    return engine(mapping("hayagriva"), _make)


def _make(table: Mapping) -> Mapped:
    return Mapped(table, CONVERTERS, one_line)
