"""A style read by citeproc-py: safe XML in its element classes, checked against its schema, with its locale list.

citeproc-py reads CSL into an object tree (`citeproc.model`), knows the schema and the locales. What it leaves open is
closed here: an invalid style raises instead of warning, entities and networks are off, expansion is bounded, the
locales of kzcite come before its own, and several locales of one language in a style do not raise.
"""

from __future__ import annotations

import copy
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from citeproc import SCHEMA_PATH, model
from citeproc.frontend import CitationStylesXML
from lxml import etree

from kzcite.model import InputError, TableError, limits
from kzcite.renderer.csl.terms import CSL, LANG, Terms
from kzcite.renderer.prepare import preparation
from kzcite.tables.loader import overlays
from kzcite.tables.styles import find_locale, primary_dialect
from kzcite.tables.xmlsafe import parse_xml

if TYPE_CHECKING:
    from kzcite.renderer.csl.layout import Layout


class SafeXML(CitationStylesXML):  # type: ignore[misc]
    """citeproc-py's object tree of a CSL document, from a safe parser; raises TableError instead of warning."""

    def __init__(self, data: bytes, where: str = "", *, validate: bool = True) -> None:
        bounds = limits.current()
        bounds.check("style_bytes", len(data), where)
        lookup = etree.ElementNamespaceClassLookup()
        classes = lookup.get_namespace(CSL[1:-1])
        classes[None] = model.CitationStylesElement
        for one in model.CitationStylesElement.__subclasses__():
            classes[one.__name__.replace("_", "-").lower()] = one
        try:
            self.root = parse_xml(data, where, classes=lookup, remove_comments=True)
        except InputError as error:
            if type(error) is not InputError:
                raise
            raise TableError(error.message, where=where) from error
        self.xml = self.root.getroottree()
        if validate:
            _validate(self.root, where)


class Style:
    """A CSL style: its tree (`root`, a `citeproc.model.Style`) and the terms of any language it is asked for."""

    def __init__(self, data: bytes, where: str = "", *, validate: bool = True) -> None:
        self.where = where
        self.root: etree._Element = SafeXML(data, where, validate=validate).root
        if self.root.tag != f"{CSL}style":
            raise TableError("not a CSL style", where=where)
        self.macros = {one.get("name", ""): one for one in self.root.findall(f"{CSL}macro")}
        self.citation = self.root.find(f"{CSL}citation")
        self.bibliography = self.root.find(f"{CSL}bibliography")
        self.default_locale = self.root.get("default-locale", "")
        self.preparation = preparation(*_ids(self.root), Path(where).stem)
        self.layouts: dict[tuple[str, str, limits.Limits], Layout] = {}  # kept by `layout.compiled`
        self._terms: dict[str, Terms] = {}

    @classmethod
    def load(cls, path: Path) -> Style:
        """The style in a file; read once a process while the file stays as it is."""
        stat = path.stat()
        limits.current().check("style_bytes", stat.st_size, str(path))
        return _load(path, stat.st_mtime_ns, stat.st_size, overlays())

    @property
    def parent(self) -> str:
        """The name of the style that a dependent one points to, `""` for an independent one."""
        link = self.root.find(f"{CSL}info/{CSL}link[@rel='independent-parent']")
        name = str(link.get("href", "")).rstrip("/").rsplit("/", 1)[-1].removesuffix(".csl") if link is not None else ""
        # Only a plain name: an address is never followed, nor a path.
        return name if re.fullmatch(r"\w[\w.-]*", name) else ""

    @property
    def is_note(self) -> bool:
        return self.root.get("class") == "note"

    def terms(self, language: str) -> Terms:
        """The localised matter for an output language such as `kk`, `ru-RU`."""
        dialect = primary_dialect(language)
        if dialect not in self._terms:
            self._terms[dialect] = Terms.layered(dialect, self._locales(dialect))
        return self._terms[dialect]

    def _locales(self, dialect: str) -> list[etree._Element]:
        base = dialect.split("-")[0]
        own = self.root.findall(f"{CSL}locale")
        out = [one for one in own if one.get(LANG) == dialect]
        out += [one for one in own if one.get(LANG) == base and base != dialect]
        out += [one for one in own if not one.get(LANG)]
        for name in dict.fromkeys((dialect, primary_dialect(base), "en-US")):
            path = find_locale(name)
            if path is not None:
                out.append(_locale(path, path.stat().st_mtime_ns))
        return out


@lru_cache(maxsize=16)
def _load(path: Path, changed: int, size: int, over: tuple[Path, ...]) -> Style:
    return Style(path.read_bytes(), str(path))


@lru_cache(maxsize=64)
def _locale(path: Path, changed: int) -> etree._Element:
    root: etree._Element = SafeXML(path.read_bytes(), str(path)).root
    return root


@lru_cache(maxsize=1)
def _schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMA_PATH))


def _ids(root: etree._Element) -> list[str]:
    """The style's id and that of its template, the nearest first."""
    template = root.find(f"{CSL}info/{CSL}link[@rel='template']")
    return [root.findtext(f"{CSL}info/{CSL}id") or "", template.get("href", "") if template is not None else ""]


def _validate(root: etree._Element, where: str) -> None:
    """Raise TableError, naming the line, for a document that is not CSL 1.0.2 or CSL-M's `<layout locale>`."""
    checked = root
    if root.find(f".//{CSL}layout[@locale]") is not None:
        checked = copy.deepcopy(root)
        for layout in checked.findall(f".//{CSL}layout[@locale]"):
            parent = layout.getparent()
            if parent is not None:
                parent.remove(layout)
    schema = _schema()
    if not schema.validate(checked):
        first = schema.error_log[0]
        raise TableError(f"not valid CSL 1.0.2: {first.message}", where=f"{where}:{first.line}")
