"""Settings of `kzcite check`: `kzcite.toml`, or `[tool.kzcite]` of pyproject.toml, nearest above the working directory.

select = ["LNK", "LST"]           # codes, prefixes or names
ignore = ["STY009"]
profile = "nscedi"                # or the path of a .toml file, from the directory of this file
fail-on = "error"
lang = "kk"
[per-file-ignores]                # shell patterns of file names
"*.bib" = ["STY"]
[[suppress]]                      # one entry of one file, for containers that hold no comments
file = "thesis.docx"
entry = "5"
codes = ["FLD012"]
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from kzcite.model import Finding, UsageError

_KEYS: dict[str, type] = {
    "select": list,
    "ignore": list,
    "profile": str,
    "fail-on": str,
    "lang": str,
    "per-file-ignores": dict,
    "suppress": list,
}


@dataclass(frozen=True, slots=True)
class Suppression:
    """Codes to ignore at one entry (its number or id) of one file."""

    file: str
    entry: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Config:
    """What the nearest settings file says; empty where there is none."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: str | None = None
    fail_on: str | None = None
    lang: str | None = None
    per_file: dict[str, tuple[str, ...]] = field(default_factory=dict)
    suppress: tuple[Suppression, ...] = ()

    def ignored_in(self, source: str) -> tuple[str, ...]:
        """Codes that the settings ignore in the file `source`."""
        name = Path(source).name
        return tuple(
            code
            for pattern, codes in self.per_file.items()
            if fnmatch(source, pattern) or fnmatch(name, pattern)
            for code in codes
        )

    def keeps(self, finding: Finding, source: str) -> bool:
        """Whether no `[[suppress]]` covers the finding."""
        own = (finding.entry or "", finding.params.get("number", ""))
        return not any(
            (fnmatch(source, one.file) or fnmatch(Path(source).name, one.file))
            and one.entry in own
            and (not one.codes or finding.code.startswith(one.codes))
            for one in self.suppress
        )


def read_config(start: Path | None = None) -> Config:
    """The settings nearest above `start` (default: the working directory). Raises UsageError for bad ones."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        own = folder / "kzcite.toml"
        if own.is_file():
            return _config(_toml(own), own)
        shared = folder / "pyproject.toml"
        if shared.is_file():
            table = _toml(shared).get("tool", {}).get("kzcite")
            if table is not None:
                return _config(table, shared)
    return Config()


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"settings cannot be read: {error}", where=str(path)) from error


def _config(table: dict[str, Any], path: Path) -> Config:
    for key, value in table.items():
        if key not in _KEYS:
            raise UsageError(f"unknown setting {key!r}", where=str(path), hint="there are " + ", ".join(_KEYS))
        if not isinstance(value, _KEYS[key]):
            raise UsageError(f"{key} is no {_KEYS[key].__name__}", where=str(path))
    profile = table.get("profile")
    if profile and profile.endswith(".toml"):
        profile = str(path.parent / profile)
    try:
        suppress = tuple(
            Suppression(one["file"], str(one["entry"]), tuple(one.get("codes", ())))
            for one in table.get("suppress", ())
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise UsageError("[[suppress]] needs file, entry and codes", where=str(path)) from error
    return Config(
        select=tuple(table.get("select", ())),
        ignore=tuple(table.get("ignore", ())),
        profile=profile,
        fail_on=table.get("fail-on"),
        lang=table.get("lang"),
        per_file={pattern: tuple(codes) for pattern, codes in table.get("per-file-ignores", {}).items()},
        suppress=suppress,
    )
