"""Which part of a docx is which: the main document, its notes, headers, styles, by relationships (ECMA-376 part 2, 9).

External targets are read as strings for `Piece.link` and never opened.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from kzcite.formats.package import Package, open_package
from kzcite.formats.placedxml import Element, Tree, parse_placed
from kzcite.model import InputError

_TEXT = frozenset({"w:t", "m:t", "w:instrText"})
_MAIN = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Relation:
    """A line of a `.rels` part. `target` is a part's name, or an address where `external`."""

    id: str
    kind: str
    target: str
    external: bool


class Parts:
    """The parts of one docx, each parsed when it is first asked for."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._trees: dict[str, Tree] = {}
        self._relations: dict[str, tuple[Relation, ...]] = {}

    @classmethod
    def open(cls, data: bytes, source: str) -> Parts:
        """The parts of a docx. Raises InputError where there is no main document."""
        parts = cls(open_package(data, source, "a docx"))
        if parts.main not in parts.package:
            raise InputError(
                "no Word document: the archive holds no main document part", where=source, hint="is this a .docx?"
            )
        return parts

    @cached_property
    def main(self) -> str:
        for one in self.relations(""):
            if one.kind == "officeDocument" and not one.external:
                return one.target
        return _MAIN

    def tree(self, name: str) -> Tree:
        if name not in self._trees:
            self._trees[name] = parse_placed(self.package.read(name), f"{self.package.source}:{name}", _TEXT)
        return self._trees[name]

    def related(self, kind: str) -> Tree | None:
        """The first part that the main document calls its `kind` (styles, numbering, footnotes, ...)."""
        name = self.related_name(kind)
        return self.tree(name) if name else None

    def related_name(self, kind: str) -> str:
        for one in self.relations(self.main):
            if one.kind == kind and not one.external and one.target in self.package:
                return one.target
        return ""

    def relations(self, part: str) -> tuple[Relation, ...]:
        """The relationships of a part; of the whole package for the name ""."""
        if part not in self._relations:
            self._relations[part] = self._read_relations(part)
        return self._relations[part]

    def _read_relations(self, part: str) -> tuple[Relation, ...]:
        folder = posixpath.dirname(part)
        name = relations_name(part)
        if name not in self.package:
            return ()
        out = []
        for one in parse_placed(self.package.read(name), f"{self.package.source}:{name}", ()).root:
            external = one.get("TargetMode") == "External"
            target = one.get("Target")
            if not external:
                target = posixpath.normpath(posixpath.join("/" + folder, unquote(target))).lstrip("/")
            out.append(Relation(one.get("Id"), one.get("Type").rpartition("/")[2], target, external))
        return tuple(out)


def relations_name(part: str) -> str:
    """Where the relationships of a part stand.

    >>> relations_name("word/document.xml")
    'word/_rels/document.xml.rels'
    """
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def is_on(one: Element | None) -> bool | None:
    """An on/off property (17.17.4): None where it is absent."""
    if one is None:
        return None
    return one.get("w:val", "true") not in ("0", "false", "off")


def number(text: str, default: int = 0) -> int:
    """A whole number as Word writes it; `default` for what is none or absurdly long."""
    body = text.strip().removeprefix("-")
    return int(text) if body.isascii() and body.isdigit() and len(body) < 10 else default
