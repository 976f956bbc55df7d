"""What journals ask of a reference list: the tables of `data/profiles`, one file a journal.

A table states only what the journal's own page (`url`) states; everything else is left out and checked by no rule.

- `title`, `url` (the pages read), `surveyed` (year-month), optionally `note`;
- `[list]` `order` mention | alphabetical, `numbered`, `headings` (language → headings), `style` (a style's name),
  `least` and `most` entries, `english-share` (0 to 1, the least), `recent-years` with `recent-share`,
  `doi` required, `initials` spaced | joined;
- `[markers]` `form` square | round | author-date | footnote;
- `[twin]` `required` always | cyrillic | never, `style`, `title` both | transliteration | translation,
  `marks` (language marks wanted), `foreign` (entries in Latin letters are repeated), `[twin.systems]` language → id.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from kzcite.model import TableError, UsageError
from kzcite.tables import loader

_FOLDER = "profiles"
_TOP = {"title": str, "url": list, "surveyed": str, "note": str, "list": dict, "markers": dict, "twin": dict}
_LIST = {
    "order": ("mention", "alphabetical"),
    "numbered": bool,
    "headings": dict,
    "style": str,
    "least": int,
    "most": int,
    "english-share": float,
    "recent-years": int,
    "recent-share": float,
    "doi": bool,
    "initials": ("spaced", "joined"),
}
_MARKERS = {"form": ("square", "round", "author-date", "footnote")}
_TWIN = {
    "required": ("always", "cyrillic", "never"),
    "style": str,
    "title": ("both", "transliteration", "translation"),
    "marks": bool,
    "foreign": bool,
    "systems": dict,
}


@dataclass(frozen=True, slots=True)
class Profile:
    """A journal's demands; None (or an empty value) where its page is silent."""

    name: str
    title: str
    url: tuple[str, ...] = ()
    surveyed: str = ""
    note: str = ""
    order: str | None = None
    numbered: bool | None = None
    headings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    style: str | None = None
    least: int | None = None
    most: int | None = None
    english_share: float | None = None
    recent_years: int | None = None
    recent_share: float | None = None
    doi: bool | None = None
    initials: str | None = None
    markers: str | None = None
    twin_required: str | None = None
    twin_style: str | None = None
    twin_title: str | None = None
    twin_marks: bool | None = None
    twin_foreign: bool | None = None
    systems: dict[str, str] = field(default_factory=dict)


def profiles() -> tuple[Profile, ...]:
    """Every profile there is, by name."""
    return tuple(find_profile(name) for name in loader.names(_FOLDER))


def find_profile(name: str | Path) -> Profile:
    """The profile called `name`, or the one in the TOML file of that path.

    Raises UsageError where there is none, TableError where the table is bad.
    """
    if str(name).endswith(".toml"):
        return _from_file(Path(name))
    if str(name) not in loader.names(_FOLDER):
        raise UsageError(f"no profile {str(name)!r}", hint="kzcite list profiles, or give a .toml file of your own")
    return _load(str(name), loader.overlays())


@lru_cache(maxsize=128)
def _load(name: str, _over: object) -> Profile:
    where = f"{_FOLDER}/{name}.toml"
    return _profile(name, loader.read_toml(where), where)


def _from_file(path: Path) -> Profile:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror or error}", where=str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TableError(str(error), where=str(path)) from error
    return _profile(path.stem, table, str(path))


def _profile(name: str, table: dict[str, Any], where: str) -> Profile:
    _check(table, _TOP, where)
    of_list, of_markers, of_twin = (table.get(one, {}) for one in ("list", "markers", "twin"))
    for section, known, title in (
        (of_list, _LIST, "list"),
        (of_markers, _MARKERS, "markers"),
        (of_twin, _TWIN, "twin"),
    ):
        _check(section, known, f"{where}: [{title}]")
    if "title" not in table:
        raise TableError("no title", where=where)
    return Profile(
        name=name,
        title=table["title"],
        url=tuple(table.get("url", ())),
        surveyed=table.get("surveyed", ""),
        note=table.get("note", ""),
        order=of_list.get("order"),
        numbered=of_list.get("numbered"),
        headings={language: tuple(words) for language, words in of_list.get("headings", {}).items()},
        style=of_list.get("style"),
        least=of_list.get("least"),
        most=of_list.get("most"),
        english_share=of_list.get("english-share"),
        recent_years=of_list.get("recent-years"),
        recent_share=of_list.get("recent-share"),
        doi=of_list.get("doi"),
        initials=of_list.get("initials"),
        markers=of_markers.get("form"),
        twin_required=of_twin.get("required"),
        twin_style=of_twin.get("style"),
        twin_title=of_twin.get("title"),
        twin_marks=of_twin.get("marks"),
        twin_foreign=of_twin.get("foreign"),
        systems=dict(of_twin.get("systems", {})),
    )


def _check(table: dict[str, Any], known: dict[str, Any], where: str) -> None:
    for key, value in table.items():
        kind = known.get(key)
        if kind is None:
            raise TableError(f"unknown key {key!r}", where=where, hint="there are " + ", ".join(known))
        if isinstance(kind, tuple):
            if value not in kind:
                raise TableError(f"{key} is {value!r}", where=where, hint="one of " + ", ".join(kind))
        elif not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise TableError(f"{key} is no {kind.__name__}", where=where)
