"""Say what is wrong with a directory of tables, before it is laid over ours.

A table is held against the packaged one of the same path, or against its neighbours where a folder may hold any number
of them (systems, profiles, terms, mappings): the same columns, the same kinds of values under the same keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kzcite.model.errors import TableError
from kzcite.tables import loader, profiles, styles, systems

OPEN_FOLDERS = ("systems", "profiles", "terms", "mappings")
"""Folders to which a user may add tables of his own names."""

_KINDS = {str: "text", bool: "true or false", int: "a whole number", float: "a number", list: "a list", dict: "a table"}


def problems(directory: Path) -> Iterator[str]:
    """One sentence a problem, naming file and key; nothing where all is good. Raises TableError for no directory."""
    with loader.overlaid(directory):
        tables = sorted(path for path in directory.rglob("*") if path.suffix in (".toml", ".csv"))
        if not tables:
            yield f"{directory}: no .toml or .csv table in it"
        for path in tables:
            name = path.relative_to(directory).as_posix()
            try:
                yield from (f"{path}: {one}" for one in _table_problems(name))
            except TableError as error:
                yield str(error)


def _table_problems(name: str) -> Iterator[str]:
    folder, _, _ = name.rpartition("/")
    packaged = (loader.DATA / name).is_file()
    if not packaged and folder not in OPEN_FOLDERS:
        yield "no packaged table has this path, so nothing would read it"
    elif name.endswith(".csv"):
        loader.read_rows(name)
    else:
        models = [name] if packaged else [f"{folder}/{path.name}" for path in (loader.DATA / folder).glob("*.toml")]
        with loader.packaged_only():
            known = [loader.read_toml(one) for one in models]
        yield from _differences(loader.read_toml(name), known)
        if folder == "profiles":
            yield from _profile_problems(Path(name).stem)


def _profile_problems(name: str) -> Iterator[str]:
    """What a journal profile names that there is not. TableError for a key or value that no profile has."""
    profile = profiles.find_profile(name)
    if not profile.url:
        yield "a profile names the pages that it states: url"
    for system in profile.systems.values():
        if system not in systems.names():
            yield f"no romanisation system {system!r}; `kzcite list systems`"
    known = [one.name for one in styles.styles()]
    for style in (profile.style, profile.twin_style):
        if style is not None and style not in known:
            yield f"no style {style!r}; `kzcite list styles`"


def _differences(table: dict[str, Any], models: list[dict[str, Any]], path: str = "") -> Iterator[str]:
    """Keys whose values are of another kind than the models' under the same key."""
    for key, value in table.items():
        others = [one[key] for one in models if key in one]
        where = f"{path}{key}"
        if others and type(value) not in {type(one) for one in others}:
            kinds = " or ".join(sorted({_KINDS.get(type(one), "another kind") for one in others}))
            yield f"{where} is {_KINDS.get(type(value), 'another kind')}, {kinds} is expected"
        elif isinstance(value, dict):
            yield from _differences(value, [one for one in others if isinstance(one, dict)], f"{where}.")
