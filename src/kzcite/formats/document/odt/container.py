"""The zip container of an odt and its two parts that hold text."""

from __future__ import annotations

from dataclasses import dataclass, field

from kzcite.formats.package import Package, open_package
from kzcite.formats.placedxml import Tree, parse_placed
from kzcite.model import InputError

_MANIFEST = "META-INF/manifest.xml"


@dataclass(slots=True)
class OdtFile:
    """A checked odt, its parts parsed when first asked for."""

    package: Package
    _trees: dict[str, Tree] = field(default_factory=dict)

    def tree(self, name: str) -> Tree:
        if name not in self._trees:
            self._trees[name] = parse_placed(self.package.read(name), f"{self.package.source}:{name}")
        return self._trees[name]

    @property
    def common(self) -> Tree | None:
        """styles.xml, which holds the common styles and the headers."""
        return self.tree("styles.xml") if "styles.xml" in self.package else None


def open_odt(data: bytes, source: str) -> OdtFile:
    """The odt in `data`. Raises InputError for another document and for an encrypted one."""
    package = open_package(data, source, "an odt")
    if "content.xml" not in package:
        raise InputError("no OpenDocument text: content.xml is missing", where=source, hint="is this an .odt?")
    if _MANIFEST in package:
        manifest = parse_placed(package.read(_MANIFEST), f"{source}:{_MANIFEST}", ())
        if any(one.tag == "manifest:encryption-data" for one in manifest.root.walk()):
            raise InputError("the document is encrypted", where=source, hint="save it without a password")
    file = OdtFile(package)
    if file.tree("content.xml").root.find("office:body", "office:text") is None:
        raise InputError("the document holds no text", where=source, hint="a spreadsheet or a presentation?")
    return file
