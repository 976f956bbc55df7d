"""Footnotes and endnotes: which note a mark means and the number that Word prints for it (ECMA-376 part 1, 17.11)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kzcite.formats.document.docx.parts import Parts, number
from kzcite.formats.document.numerals import format_number, superscript
from kzcite.formats.placedxml import Element

_DEFAULT_FORMAT = {"footnote": "decimal", "endnote": "lowerRoman"}


@dataclass(frozen=True, slots=True)
class Note:
    """A note that the text refers to: its mark as printed ("" where the author typed one) and its element.

    `again` where the text referred to it before: its words are read once, else a short file could repeat a long note,
    or one that refers to itself, without end.
    """

    kind: str
    id: str
    mark: str
    element: Element
    custom: bool = False
    again: bool = False

    @property
    def raised(self) -> str:
        return superscript(self.mark)

    @property
    def link(self) -> str:
        """What the pieces of both marks of a note bear, in the text and at the note."""
        return f"#{self.kind}{self.id}"


class Notes:
    """All notes of a docx, numbered in the order in which the text refers to them."""

    def __init__(self, parts: Parts) -> None:
        self._elements: dict[tuple[str, str], Element] = {}
        self._format: dict[str, str] = {}
        self._next: dict[str, int] = {}
        self._ended: list[Note] = []
        self._referred: set[tuple[str, str]] = set()
        self.current: Note | None = None
        settings = parts.related("settings")
        for kind in ("footnote", "endnote"):
            self._format[kind], self._next[kind] = _DEFAULT_FORMAT[kind], 1
            for root in (settings.root if settings else None, _last_section(parts)):
                self._read_settings(root.find(f"w:{kind}Pr") if root is not None else None, kind)
            tree = parts.related(f"{kind}s")
            for one in tree.root if tree else ():
                if one.tag == f"w:{kind}" and one.get("w:type", "normal") == "normal":
                    self._elements[kind, one.get("w:id")] = one

    def _read_settings(self, settings: Element | None, kind: str) -> None:
        if settings is None:
            return
        if (form := settings.find("w:numFmt")) is not None:
            self._format[kind] = form.get("w:val", "decimal")
        if (start := settings.find("w:numStart")) is not None:
            self._next[kind] = number(start.get("w:val"), 1)

    def refer(self, reference: Element) -> Note | None:
        """The note that a `w:footnoteReference` or `w:endnoteReference` means; counts it."""
        kind = reference.tag.removeprefix("w:").removesuffix("Reference")
        element = self._elements.get((kind, reference.get("w:id")))
        if element is None:
            return None
        custom = reference.get("w:customMarkFollows") in ("1", "true", "on")
        mark = ""
        if not custom:
            mark = format_number(self._next[kind], self._format[kind])
            self._next[kind] += 1
        key = kind, reference.get("w:id")
        note = Note(*key, mark, element, custom, key in self._referred)
        self._referred.add(key)
        if kind == "endnote" and not note.again:
            self._ended.append(note)
        return note

    def ending(self) -> Iterator[Note]:
        """The endnotes referred to so far, and those that endnotes refer to."""
        at = 0
        while at < len(self._ended):
            yield self._ended[at]
            at += 1


def _last_section(parts: Parts) -> Element | None:
    return parts.tree(parts.main).root.find("w:body", "w:sectPr")
