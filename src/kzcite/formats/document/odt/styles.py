"""What the styles of an odt say (ODF 1.3 part 3, 16): marks of text, list levels, kinds of paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kzcite.formats.document.numerals import format_number
from kzcite.formats.placedxml import Element
from kzcite.model.values import whole_number

_CODE = re.compile(r"code|verbatim|preformatted|teletype|листинг", re.IGNORECASE)
_FORMATS = {"1": "decimal", "i": "lowerRoman", "I": "upperRoman", "a": "lowerLetter", "A": "upperLetter", "": "none"}
_CYRILLIC = {"а": "russianLower", "А": "russianUpper"}
_FOLLOWED = {"listtab": "\t", "space": " ", "nothing": "", "newline": "\n"}
_PLACE = re.compile(r"%(\d+)%")
_LEVELS = 10
_BULLETS = "-‐‑‒–—−*"


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list style. `pattern` (`%1%.`) is used where the file has one, else prefix, number and suffix."""

    format: str = "none"
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    display: int = 1
    bullet: str = ""
    followed: str = "\t"
    pattern: str = ""


class Styles:
    """The styles of one part and the common ones."""

    def __init__(self, containers: Iterable[Element]) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._defaults: dict[str, Element] = {}
        self._lists: dict[str, tuple[ListLevel, ...]] = {}
        self._marks: dict[tuple[str, str], dict[str, bool]] = {}
        self.outline: tuple[ListLevel, ...] = ()
        for container in containers:
            for one in container:
                if one.tag == "style:style":
                    self._styles[one.get("style:family"), one.get("style:name")] = one
                elif one.tag == "style:default-style":
                    self._defaults[one.get("style:family")] = one
                elif one.tag == "text:list-style":
                    self._lists[one.get("style:name")] = _levels(one)
                elif one.tag == "text:outline-style":
                    self.outline = _levels(one)

    def chain(self, family: str, name: str) -> Iterator[Element]:
        """The style and what it inherits from, nearest first."""
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            one = self._styles.get((family, name))
            if one is None:
                return
            yield one
            name = one.get("style:parent-style-name")

    def marks(self, family: str, name: str) -> dict[str, bool]:
        """What a style of the family `paragraph` or `text` says of each mark; silent on those it leaves."""
        key = (family, name)
        if key not in self._marks:
            found: dict[str, bool] = {}
            ends = [self._defaults[family]] if family in self._defaults else []
            for one in [*ends, *reversed(tuple(self.chain(family, name)))]:
                properties = one.find("style:text-properties")
                if properties is not None:
                    _read_marks(properties, found)
            self._marks[key] = found
        return self._marks[key]

    def is_code(self, family: str, name: str) -> bool:
        return any(_CODE.search(one.get("style:name")) for one in self.chain(family, name)) or bool(_CODE.search(name))

    def is_title(self, name: str) -> bool:
        return any(one.get("style:name") in ("Title", "Contents_20_Heading") for one in self.chain("paragraph", name))

    def levels(self, name: str) -> tuple[ListLevel, ...]:
        return self._lists.get(name, ())


def _read_marks(properties: Element, into: dict[str, bool]) -> None:
    if slant := properties.get("fo:font-style"):
        into["italic"] = slant in ("italic", "oblique")
    if weight := properties.get("fo:font-weight"):
        into["bold"] = weight == "bold" or (whole_number(weight) or 0) >= 600
    if variant := properties.get("fo:font-variant"):
        into["small-caps"] = variant == "small-caps"
    if position := properties.get("style:text-position"):
        first = position.partition(" ")[0]
        into["sup"] = first == "super" or (first.endswith("%") and not first.startswith(("-", "0%")))
        into["sub"] = first == "sub" or first.startswith("-")
    if display := properties.get("text:display"):
        into["hidden"] = display == "none"


def _levels(style: Element) -> tuple[ListLevel, ...]:
    levels = [ListLevel() for _ in range(_LEVELS)]
    for one in style:
        number = whole_number(one.get("text:level"))
        if number is None or not 1 <= number <= _LEVELS:
            continue
        aligned = one.find("style:list-level-properties", "style:list-level-label-alignment")
        followed = _FOLLOWED.get(aligned.get("text:label-followed-by"), "\t") if aligned is not None else "\t"
        if one.tag == "text:list-level-style-bullet":
            levels[number - 1] = ListLevel("bullet", bullet=one.get("text:bullet-char", "•"), followed=followed)
        elif one.tag in ("text:list-level-style-number", "text:outline-level-style"):
            pattern = next((value for key, value in one.attributes.items() if key.endswith("num-list-format")), "")
            levels[number - 1] = ListLevel(
                number_format(one.get("style:num-format")),
                one.get("style:num-prefix"),
                one.get("style:num-suffix"),
                whole(one.get("text:start-value"), 1),
                whole(one.get("text:display-levels"), 1),
                followed=followed,
                pattern=pattern,
            )
    return tuple(levels)


def number_format(name: str) -> str:
    """ODF's number format as the name that `numerals` knows; LibreOffice lists the letters (`А, Б, .., Аа`)."""
    return _FORMATS.get(name) or _CYRILLIC.get(name[:1]) or "decimal"


def whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


class Counters:
    """The numbers of one list, level by level."""

    def __init__(self) -> None:
        self.values: list[int | None] = [None] * _LEVELS

    def label(self, levels: tuple[ListLevel, ...], depth: int, start: str = "") -> str:
        """Count an item at `depth` (from 0) and give its label with what follows it; "" where none is printed."""
        depth = min(depth, _LEVELS - 1)
        level = levels[depth] if depth < len(levels) else ListLevel()
        if level.format == "bullet":
            glyph = level.bullet.strip()
            return (glyph if glyph and all(one in _BULLETS for one in glyph) else "•") + level.followed
        before = self.values[depth]
        self.values[depth] = whole(start, 0) if start else level.start if before is None else before + 1
        self.values[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        text = self._text(levels, depth)
        return text + level.followed if text else ""

    def _text(self, levels: tuple[ListLevel, ...], depth: int) -> str:
        level = levels[depth] if depth < len(levels) else ListLevel()

        def number(place: int) -> str:
            value = self.values[place]
            return format_number(levels[place].start if value is None else value, levels[place].format)

        if level.format == "none":
            return ""
        if level.pattern:
            return _PLACE.sub(lambda found: number(min(max(int(found[1]) - 1, 0), depth)), level.pattern)
        shown = range(max(0, depth + 1 - level.display), depth + 1)
        return level.prefix + ".".join(filter(None, (number(place) for place in shown))) + level.suffix
