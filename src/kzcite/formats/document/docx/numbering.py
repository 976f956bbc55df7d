"""Automatic list numbers as Word prints them (ECMA-376 part 1, 17.9): levels, formats, restarts, start overrides."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kzcite.formats.document.docx.parts import is_on, number
from kzcite.formats.document.docx.styles import NumberingRef
from kzcite.formats.document.docx.symbols import bullet
from kzcite.formats.document.numerals import format_number
from kzcite.formats.placedxml import Element, Tree

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_SUFFIXES = {"space": " ", "nothing": "", "tab": "\t"}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `restart`: None after any higher level, 0 never, k after level k (counted from 1)."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "\t"
    legal: bool = False
    restart: int | None = None
    style: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """What Word prints before a paragraph: the label, and what parts it from the text (tab, space or nothing)."""

    text: str
    suffix: str
    level: int
    is_bullet: bool


class Numbering:
    """The numbering part with its counters; `label` must be called for every numbered paragraph in document order."""

    def __init__(self, tree: Tree | None) -> None:
        self._abstract: dict[str, tuple[Level, ...]] = {}
        self._of_num: dict[str, tuple[str, tuple[Level, ...], dict[int, int]]] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        if tree is not None:
            self._read(tree.root)

    def _read(self, root: Element) -> None:
        by_style: dict[str, str] = {}
        linked: dict[str, str] = {}
        nums = [one for one in root if one.tag == "w:num"]
        for one in root:
            if one.tag != "w:abstractNum":
                continue
            id = one.get("w:abstractNumId")
            self._abstract[id] = _levels(one)
            if (style := one.find("w:styleLink")) is not None:
                by_style[style.get("w:val")] = id
            if (link := one.find("w:numStyleLink")) is not None:
                linked[id] = link.get("w:val")
        for one in nums:
            named = one.find("w:abstractNumId")
            id = named.get("w:val") if named is not None else ""
            id = by_style.get(linked.get(id, ""), id)
            levels = list(self._abstract.get(id, ()))
            starts: dict[int, int] = {}
            for override in one:
                if override.tag != "w:lvlOverride" or not levels:
                    continue
                at = min(max(number(override.get("w:ilvl")), 0), _LEVELS - 1)
                if (start := override.find("w:startOverride")) is not None:
                    starts[at] = number(start.get("w:val"), 1)
                if (level := override.find("w:lvl")) is not None:
                    levels[at] = _level(level)
            self._of_num[one.get("w:numId")] = (id, tuple(levels), starts)

    def label(self, ref: NumberingRef, style: str = "") -> Label | None:
        """Count the paragraph and give its label; `style` is its paragraph style. None for no list or no number."""
        id, levels, starts = self._of_num.get(ref.num, ("", (), {}))
        if not levels:
            return None
        at = ref.level
        if at < 0:
            at = next((n for n, one in enumerate(levels) if one.style and one.style == style), 0)
        level = levels[at]
        counters = self._counters.setdefault(id, [None] * _LEVELS)
        self._count(ref.num, at, counters, levels, starts)
        if level.format == "bullet":
            return Label(bullet(level.text), level.suffix, at, True) if level.text.strip() else None
        text = self._text(at, counters, levels)
        return Label(text, level.suffix, at, False) if text else None

    def _count(
        self, num: str, at: int, counters: list[int | None], levels: tuple[Level, ...], starts: dict[int, int]
    ) -> None:
        for n, start in starts.items():
            if n <= at and (num, n) not in self._begun:
                self._begun.add((num, n))
                counters[n] = start if n < at else start - 1
        before = counters[at]
        counters[at] = levels[at].start if before is None else before + 1
        for deeper in range(at + 1, _LEVELS):
            restart = levels[deeper].restart
            if at < (deeper if restart is None else restart):
                counters[deeper] = None

    def _text(self, at: int, counters: list[int | None], levels: tuple[Level, ...]) -> str:
        def one(found: re.Match[str]) -> str:
            n = int(found[1]) - 1
            value = counters[n]
            kind = "decimal" if levels[at].legal and n < at else levels[n].format
            return format_number(levels[n].start if value is None else value, kind)

        return _PLACE.sub(one, levels[at].text)


def _levels(abstract: Element) -> tuple[Level, ...]:
    levels = [Level() for _ in range(_LEVELS)]
    for one in abstract:
        if one.tag == "w:lvl" and 0 <= (at := number(one.get("w:ilvl"))) < _LEVELS:
            levels[at] = _level(one)
    return tuple(levels)


def _level(one: Element) -> Level:
    def value(tag: str, default: str = "") -> str:
        found = one.find(tag)
        return found.get("w:val", default) if found is not None else default

    restart = one.find("w:lvlRestart")
    return Level(
        number(value("w:start", "0")),
        _format(one),
        value("w:lvlText"),
        _SUFFIXES.get(value("w:suff", "tab"), "\t"),
        bool(is_on(one.find("w:isLgl"))),
        number(restart.get("w:val")) if restart is not None else None,
        value("w:pStyle"),
    )


def _format(one: Element) -> str:
    """The level's number format; Word 2010's wrapped custom formats fall back to the plain one beside them."""
    for child in one.walk():
        if child.tag == "w:numFmt" and child.get("w:val") != "custom":
            return child.get("w:val", "decimal")
    return "decimal"
