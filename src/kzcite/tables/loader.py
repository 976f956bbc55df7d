"""Find and read tables: TOML and CSV files of `kzcite/data`, with a user's own directories laid over them.

A table is named by its path below the data directory, `terms/kk.toml`. A file in an overlay directory with the same
path replaces (CSV: adds rows to; TOML: merges keys into) the packaged one. Errors name file and line.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from kzcite.model.errors import TableError

DATA = Path(__file__).resolve().parent.parent / "data"

_overlays: ContextVar[tuple[Path, ...]] = ContextVar("overlays", default=())


def overlays() -> tuple[Path, ...]:
    """The user's table directories in force, the strongest last."""
    return _overlays.get()


@contextmanager
def overlaid(*directories: Path) -> Iterator[None]:
    """Lay `directories` over the packaged tables inside the block."""
    for one in directories:
        if not one.is_dir():
            raise TableError("no such directory of tables", where=str(one))
    token = _overlays.set((*_overlays.get(), *directories))
    try:
        yield
    finally:
        _overlays.reset(token)


@contextmanager
def packaged_only() -> Iterator[None]:
    """Read without any user's directory inside the block."""
    token = _overlays.set(())
    try:
        yield
    finally:
        _overlays.reset(token)


def read_toml(name: str) -> dict[str, Any]:
    """The merged TOML table `name`. The result is shared: do not change it."""
    return _read_toml(name, overlays())


def read_rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the CSV table `name`, one dict a row by the header line; overlays add rows at the end.

    Lines before the header that begin with `#` say what the table rests on.
    """
    return _read_rows(name, overlays())


def read_columns(name: str, *columns: str) -> Iterator[tuple[str, ...]]:
    """The cells of some columns of the CSV table `name`, row by row, for tables of many thousand rows."""
    for path in _layers(name, overlays()):
        header, rows = _read_csv(path)
        for column in columns:
            if column not in header:
                raise TableError(f"no column {column!r}", where=str(path))
        yield from zip(*(map(itemgetter(header.index(column)), rows) for column in columns), strict=True)


def names(folder: str, suffix: str = ".toml") -> tuple[str, ...]:
    """The stems of the tables in `folder`, sorted."""
    roots = (DATA, *overlays())
    return tuple(sorted({path.stem for root in roots for path in (root / folder).glob(f"*{suffix}")}))


def find(name: str) -> Path | None:
    """The file of a table that is used whole (the strongest overlay first), or None."""
    for root in (*reversed(overlays()), DATA):
        if (root / name).is_file():
            return root / name
    return None


@lru_cache(maxsize=256)
def _read_toml(name: str, over: tuple[Path, ...]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for path in _layers(name, over):
        try:
            merged = _merge(merged, tomllib.loads(path.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise TableError(str(error), where=str(path)) from error
    return merged


@lru_cache(maxsize=64)
def _read_rows(name: str, over: tuple[Path, ...]) -> tuple[dict[str, str], ...]:
    return tuple(
        dict(zip(header, row, strict=True)) for header, rows in map(_read_csv, _layers(name, over)) for row in rows
    )


def _read_csv(path: Path) -> tuple[list[str], list[list[str]]]:
    """The header and the rows of a file, each as long as the header."""
    try:
        reader = csv.reader(io.StringIO(path.read_text(encoding="utf-8")), strict=True)
        header = next(reader, [])
        while header and header[0].startswith("#"):
            header = next(reader, [])
        rows: list[list[str]] = []
        for row in reader:
            if row and len(row) != len(header):
                raise TableError(f"{len(header)} columns expected", where=f"{path}:{reader.line_num}")
            if row:
                rows.append(row)
    except (csv.Error, UnicodeDecodeError) as error:
        raise TableError(str(error), where=str(path)) from error
    return header, rows


def _layers(name: str, over: tuple[Path, ...]) -> list[Path]:
    paths = [root / name for root in (DATA, *over) if (root / name).is_file()]
    if not paths:
        raise TableError(f"no table {name!r}", hint="a table is looked for in kzcite/data and in --tables directories")
    return paths


def _merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    out = dict(below)
    for key, value in above.items():
        old = out.get(key)
        out[key] = _merge(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return out
