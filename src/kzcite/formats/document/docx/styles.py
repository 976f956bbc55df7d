"""What styles say (ECMA-376 part 1, 17.7): the marks of a run, the depth of a heading, the list a paragraph is in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kzcite.formats.document.docx.parts import is_on, number
from kzcite.formats.placedxml import Element, Tree

_HEADING = re.compile(r"heading (\d)$|title$|toc heading$", re.IGNORECASE)
_CODE = re.compile(r"code|verbatim|preformatted|macro text|листинг|код программы", re.IGNORECASE)
_RAISED = 4
"""Half-points above the line from which a raised run reads as a superscript."""
_SWITCHES = {"w:i": "italic", "w:b": "bold", "w:smallCaps": "small-caps", "w:vanish": "hidden"}


@dataclass(frozen=True, slots=True)
class NumberingRef:
    """Which list (`num`) and level of it a paragraph belongs to."""

    num: str
    level: int


class Styles:
    """The styles part, asked by style ids. Chains of `basedOn` are followed once each, so a ring does no harm."""

    def __init__(self, tree: Tree | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default_paragraph = ""
        self._defaults: Element | None = None
        self._marks: dict[tuple[str, str], dict[str, bool]] = {}
        self._looks: dict[tuple[str, str], tuple[str, int]] = {}
        if tree is None:
            return
        self._defaults = tree.root.find("w:docDefaults", "w:rPrDefault", "w:rPr")
        for one in tree.root:
            if one.tag != "w:style":
                continue
            self._styles[one.get("w:styleId")] = one
            if one.get("w:type") == "paragraph" and one.get("w:default") in ("1", "true", "on"):
                self._default_paragraph = one.get("w:styleId")

    def _chain(self, style: str) -> Iterator[Element]:
        """The style and what it is based on, nearest first."""
        seen: set[str] = set()
        while style and style not in seen:
            seen.add(style)
            one = self._styles.get(style)
            if one is None:
                return
            yield one
            based = one.find("w:basedOn")
            style = based.get("w:val") if based is not None else ""

    def marks(self, paragraph: Element | None, run: Element | None) -> frozenset[str]:
        """The marks of a run: `run` is its `w:rPr`, `paragraph` the `w:pPr` round it."""
        found = dict(self._from_styles(style_of(paragraph, "w:pStyle"), style_of(run, "w:rStyle")))
        if run is not None:
            _read_marks(run, found)
        return frozenset(mark for mark, on in found.items() if on)

    def _from_styles(self, paragraph: str, character: str) -> dict[str, bool]:
        key = (paragraph, character)
        if key not in self._marks:
            found: dict[str, bool] = {}
            if self._defaults is not None:
                _read_marks(self._defaults, found)
            for style in (paragraph or self._default_paragraph, character):
                for one in reversed(tuple(self._chain(style))):
                    properties = one.find("w:rPr")
                    if properties is not None:
                        _read_marks(properties, found)
            self._marks[key] = found
        return self._marks[key]

    def look(self, properties: Element | None) -> tuple[str, int]:
        """Kind of block and depth by a paragraph's `w:pPr`: ("section-title", 1), ("code", 0) or ("paragraph", 0)."""
        outline = properties.find("w:outlineLvl") if properties is not None else None
        own = outline.get("w:val") if outline is not None else ""
        key = (style_of(properties, "w:pStyle") or self._default_paragraph, own)
        if key not in self._looks:
            self._looks[key] = self._look(*key)
        return self._looks[key]

    def _look(self, style: str, own: str) -> tuple[str, int]:
        if own:
            return ("section-title", number(own) + 1) if number(own, 9) < 9 else ("paragraph", 0)
        for one in self._chain(style):
            name = one.find("w:name")
            found = _HEADING.match(name.get("w:val")) if name is not None else None
            if found:
                return "section-title", number(found[1] or "1", 1)
            if name is not None and _CODE.search(name.get("w:val")):
                return "code", 0
            outline = one.find("w:pPr", "w:outlineLvl")
            if outline is not None and number(outline.get("w:val"), 9) < 9:
                return "section-title", number(outline.get("w:val")) + 1
        return "paragraph", 0

    def is_code(self, run: Element | None) -> bool:
        """Whether a run's character style is one for code."""
        style = style_of(run, "w:rStyle")
        if not style:
            return False
        one = self._styles.get(style)
        name = one.find("w:name") if one is not None else None
        return bool(_CODE.search(name.get("w:val") if name is not None else style))

    def numbering(self, properties: Element | None) -> NumberingRef | None:
        """The list that the paragraph or its style names; level -1 where only the list's own table says which."""
        num, level = _numbering(properties)
        style = style_of(properties, "w:pStyle") or self._default_paragraph
        if num is None:
            for one in self._chain(style):
                num, from_style = _numbering(one.find("w:pPr"))
                level = from_style if level is None else level
                if num is not None:
                    break
        if num is None or num == "0":
            return None
        return NumberingRef(num, -1 if level is None else level)


def style_of(properties: Element | None, tag: str) -> str:
    """The style id that a `w:pPr` or `w:rPr` names, or ""."""
    one = properties.find(tag) if properties is not None else None
    return one.get("w:val") if one is not None else ""


def _numbering(properties: Element | None) -> tuple[str | None, int | None]:
    one = properties.find("w:numPr") if properties is not None else None
    if one is None:
        return None, None
    num, level = one.find("w:numId"), one.find("w:ilvl")
    return (
        num.get("w:val") if num is not None else None,
        min(max(number(level.get("w:val")), 0), 8) if level is not None else None,
    )


def _read_marks(properties: Element, into: dict[str, bool]) -> None:
    for one in properties:
        mark = _SWITCHES.get(one.tag)
        if mark:
            into[mark] = bool(is_on(one))
        elif one.tag == "w:vertAlign":
            value = one.get("w:val")
            into["sup"], into["sub"] = value == "superscript", value == "subscript"
        elif one.tag == "w:position" and number(one.get("w:val")) >= _RAISED:
            into["sup"] = True
