"""New characters in the mark-up of an odt: white space that stays, spans with automatic styles for new looks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kzcite.formats.placedxml import Tree
from kzcite.formats.splices import Splice, escape
from kzcite.model import Run

_GAPS = re.compile(r"( +|\t)")
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
_FO = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
_PROPERTIES = {
    "italic": ('fo:font-style="italic"', 'fo:font-style="normal"'),
    "bold": ('fo:font-weight="bold"', 'fo:font-weight="normal"'),
    "small-caps": ('fo:font-variant="small-caps"', 'fo:font-variant="normal"'),
    "sup": ('style:text-position="super 58%"', 'style:text-position="0% 100%"'),
    "sub": ('style:text-position="sub 58%"', 'style:text-position="0% 100%"'),
}


class Spans:
    """Writes for one part and gathers the styles that what it wrote needs."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.prefix = next((tree.prefix(one) for one in tree.root.walk() if one.tag in ("text:p", "text:h")), b"text:")
        self.styles: dict[tuple[frozenset[str], frozenset[str]], str] = {}
        self._taken = {one.get("style:name") for one in tree.root.walk() if one.tag == "style:style"}

    def runs(self, runs: Iterable[Run], has: frozenset[str], space: bool) -> tuple[bytes, bool]:
        out = b""
        for run in runs:
            new = self.characters(run.text)
            space = False
            if run.marks != has:
                style = self._style(has, run.marks)
                opened = b"<" + self.prefix + b"span " + self.prefix + b'style-name="' + style.encode() + b'">'
                new = opened + new + b"</" + self.prefix + b"span>"
            out += new
        return out, space

    def _style(self, has: frozenset[str], wants: frozenset[str]) -> str:
        """The name of the automatic style that makes one look of another; no name that the part uses."""
        if (has, wants) not in self.styles:
            name = next(f"KZ{n}" for n in range(1, len(self._taken) + 2) if f"KZ{n}" not in self._taken)
            self._taken.add(name)
            self.styles[has, wants] = name
        return self.styles[has, wants]

    def characters(self, text: str) -> bytes:
        """Characters; spaces at either end and doubled ones as elements, which never collapse."""
        out = b""
        parts = [one for one in _GAPS.split(text) if one]
        for number, one in enumerate(parts):
            if one == "\t":
                out += b"<" + self.prefix + b"tab/>"
            elif one.startswith(" "):
                edge = number in (0, len(parts) - 1) or parts[number - 1] == "\t" or parts[number + 1] == "\t"
                out += self.spaces(len(one)) if edge else b" " + self.spaces(len(one) - 1)
            else:
                out += escape(one)
        return out

    def spaces(self, count: int) -> bytes:
        if count < 1:
            return b""
        return b"<" + self.prefix + b's %sc="%d"/>' % (self.prefix, count)

    def definitions(self) -> Splice | None:
        """What adds the automatic styles of the new spans to the part."""
        if not self.styles:
            return None
        root = self.tree.root
        new = b"".join(_style(name, has, wants) for (has, wants), name in self.styles.items())
        automatic = root.find("office:automatic-styles")
        if automatic is None:
            place = next(one for one in root if one.tag in ("office:master-styles", "office:body"))
            prefix = self.tree.prefix(place)
            opened = b"<" + prefix + b"automatic-styles>" + new + b"</" + prefix + b"automatic-styles>"
            return Splice(place.start, place.start, 0, opened)
        if self.tree.is_empty_tag(automatic):
            data = self.tree.start_tag(automatic) + new + self.tree.end_tag(automatic)
            return Splice(automatic.start, self.tree.end(automatic), 0, data)
        return Splice(automatic.mark, automatic.mark, 0, new)


def _style(name: str, has: frozenset[str], wants: frozenset[str]) -> bytes:
    shown = {_PROPERTIES[mark][0 if mark in wants else 1] for mark in sorted((has ^ wants) & _PROPERTIES.keys())}
    if {"sup", "sub"} & wants:
        shown.discard('style:text-position="0% 100%"')
    return (
        f'<style:style xmlns:style="{_STYLE}" xmlns:fo="{_FO}" style:name="{name}" style:family="text">'
        f"<style:text-properties {' '.join(sorted(shown))}/></style:style>"
    ).encode()
