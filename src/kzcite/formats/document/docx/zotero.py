"""Zotero's own fields in a docx: a plain paper becomes one that Zotero's Word plug-in goes on with.

Each in-text citation becomes a field `ADDIN ZOTERO_ITEM CSL_CITATION {...}` with the cited items embedded, the
reference list the field `ADDIN ZOTERO_BIBL`, and the document's preferences (style, kind of fields) are set. What is
printed stays as it is until Zotero refreshes it. Source: the fields that Zotero itself writes, and the citation schema
of CSL (csl-citation.json).
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

from kzcite.formats.document.docx.parts import Parts
from kzcite.formats.placedxml import Tree, parse_placed
from kzcite.formats.splices import Splice, escape, escape_attribute, splice
from kzcite.model import Block, Cite, Entry, Marker, ReferenceList
from kzcite.model.values import whole_number

if TYPE_CHECKING:
    from kzcite.formats.document.docx.live import LiveParts

SCHEMA = "https://github.com/citation-style-language/schema/raw/master/csl-citation.json"
_KEY_LETTERS = "23456789ABCDEFGHIJKLMNPQRSTUVWXYZ"
_LIBRARY = "http://zotero.org/users/local/kzcite01"
_CHUNK = 255
"""The longest value of a document property that Zotero writes."""
_CUSTOM = "docProps/custom.xml"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_WORD = re.compile(r"[^\W\d_]{3,}")


class ZoteroFields:
    """Writes the fields of one document."""

    def __init__(self, work: LiveParts) -> None:
        self.work, self.document = work, work.document
        self.entries = {one.id: one for one in self.document.entries if one.item is not None}
        self.notes = [one for one in self.document.blocks if one.kind == "note" and whole_number(one.label) is not None]

    def write(self) -> None:
        """All citations, then the bibliography; in the order of the text, so that fields never cross."""
        targets = self.work.targets()
        bibliography = self._bibliography()
        done = bibliography is None
        for marker in sorted(self.document.markers, key=lambda one: one.span):
            if bibliography is not None and not done and marker.span.start >= bibliography.span.start:
                self._write_bibliography(bibliography, set(targets.values()))
                done = True
            cited = [(cite, self.entries.get(targets.get(cite.id, ""))) for cite in marker.cites]
            inside = bibliography is not None and bibliography.span.contains(marker.span)
            if cited and not inside and all(entry is not None for _, entry in cited):
                self._write_citation(marker, [(cite, entry) for cite, entry in cited if entry is not None])
        if bibliography is not None and not done:
            self._write_bibliography(bibliography, set(targets.values()))

    def _write_citation(self, marker: Marker, cited: list[tuple[Cite, Entry]]) -> None:
        stretches = self.work.stretches(marker.span)
        pieces = [self.work.pieces[index] for index, _, _ in stretches]
        if not pieces or any(
            one.link or one.handle.field or one.handle.part != pieces[0].handle.part for one in pieces
        ):
            return
        printed = marker.span.cut(self.document.text)
        if "\n" in printed:
            return
        citation = {
            "citationID": _key(f"{marker.id} {printed} {marker.span.start}", 8),
            "properties": {"formattedCitation": printed, "plainCitation": printed, "noteIndex": self._note(marker)},
            "citationItems": [self._item(cite, entry, printed) for cite, entry in cited],
            "schema": SCHEMA,
        }
        code = " ADDIN ZOTERO_ITEM CSL_CITATION " + json.dumps(citation, ensure_ascii=False) + " "
        self._field(stretches, code)

    def _item(self, cite: Cite, entry: Entry, printed: str) -> dict[str, Any]:
        assert entry.item is not None  # the entries without an item are left out
        address = self.address(entry)
        out: dict[str, Any] = {
            "id": entry.item.id,
            "uris": [address],
            "itemData": entry.item.to_csl(),
        }
        if cite.locator is not None:
            out["locator"], out["label"] = cite.locator.value, cite.locator.label
        if not _WORD.search(printed) and not cite.label.isdigit():
            out["suppress-author"] = True
        return out

    def address(self, entry: Entry) -> str:
        """The entry's address in a library that no Zotero has: it takes the embedded item then."""
        return f"{_LIBRARY}/items/{_key(' '.join(entry.printed(self.document.text).split()), 8)}"

    def _note(self, marker: Marker) -> int:
        """The number of the note that the marker stands in, 0 for the text."""
        inside = (one for one in self.notes if one.span.contains(marker.span))
        block: Block | None = next(inside, None)
        return int(block.label) if block is not None else 0

    def _bibliography(self) -> ReferenceList | None:
        """The list that becomes the bibliography: the longest native one, if it stands in one container."""
        lists = [one for one in self.document.lists if one.role == "native" and one.entries]
        chosen = max(lists, key=lambda one: len(one.entries), default=None)
        if chosen is None:
            return None
        stretches = self.work.stretches(chosen.span)
        if not stretches or any(self.work.pieces[index].handle.field for index, _, _ in stretches):
            return None
        first, last = (self.work.pieces[stretches[at][0]].handle for at in (0, -1))
        if first.part != self.work.parts.main or last.part != first.part:
            return None
        texts = self.work.patch(first.part).texts
        one, other = (texts[handle.place].parent.above("w:p") for handle in (first, last))
        return chosen if one is not None and other is not None and one.parent is other.parent else None

    def _write_bibliography(self, chosen: ReferenceList, cited: set[str]) -> None:
        entries = [one for one in chosen.entries if one.id in self.entries]
        settings = {
            "uncited": [[self.address(one)] for one in entries if one.id not in cited],
            "omitted": [],
            "custom": [],
        }
        code = " ADDIN ZOTERO_BIBL " + json.dumps(settings, ensure_ascii=False) + " CSL_BIBLIOGRAPHY "
        self._field(self.work.stretches(chosen.span), code)

    def _field(self, stretches: list[tuple[int, int, int]], code: str) -> None:
        """A complex field round some text, which stays as its result (ECMA-376 part 1, 17.16.18)."""
        writer = self.work.patch(self.work.pieces[stretches[0][0]].handle.part).writer

        def run(inner: bytes) -> bytes:
            return writer.open(b"r") + inner + writer.close(b"r")

        def character(kind: str) -> bytes:
            return run(writer.tagged(b"fldChar", fldCharType=kind))

        instruction = writer.open(b"instrText", b' xml:space="preserve"') + escape(code) + writer.close(b"instrText")
        before = character("begin") + run(instruction) + character("separate")
        self.work.wrap(stretches, before, character("end"))


def _key(text: str, size: int) -> str:
    """A key in Zotero's alphabet, the same for the same text."""
    value = int.from_bytes(hashlib.sha256(text.encode()).digest()[:16], "big")
    letters = []
    for _ in range(size):
        value, place = divmod(value, len(_KEY_LETTERS))
        letters.append(_KEY_LETTERS[place])
    return "".join(letters)


# --- the document's preferences ------------------------------------------------------------------------------------


def preferences(style: str) -> str:
    """Zotero's preferences of a document, as it writes them (data version 3)."""
    name = escape_attribute(style_address(style)).decode()
    return (
        f'<data data-version="3" zotero-version="7.0.0"><session id="{_key(style, 8)}"/>'
        f'<style id="{name}" hasBibliography="1" bibliographyStyleHasBeenSet="0"/><prefs>'
        '<pref name="fieldType" value="Field"/><pref name="automaticJournalAbbreviations" value="false"/>'
        '<pref name="noteType" value="0"/></prefs></data>'
    )


def style_address(style: str) -> str:
    """The `id` of the CSL style called `style`, which is how Zotero knows it."""
    from kzcite.tables.styles import find_style
    from kzcite.tables.xmlsafe import parse_xml

    path = find_style(style or "gost-kz")
    root = parse_xml(path.read_bytes(), str(path))
    found = root.findtext("{*}info/{*}id")
    return (found or "").strip() or f"http://www.zotero.org/styles/{path.stem}"


def add_preferences(parts: Parts, style: str) -> dict[str, bytes]:
    """The parts that change when the document gets Zotero's preferences; none where it has some already."""
    package = parts.package
    name = next((one.target for one in parts.relations("") if one.kind == "custom-properties"), _CUSTOM)
    text = preferences(style)
    chunks = [text[at : at + _CHUNK] for at in range(0, len(text), _CHUNK)]
    if name in package:
        tree = parse_placed(package.read(name), name)
        properties = [one for one in tree.root if one.tag == "cp:property"]
        if any(one.get("name").startswith("ZOTERO_PREF") for one in properties):
            return {}
        taken = [int(one.get("pid")) for one in properties if whole_number(one.get("pid")) is not None]
        first = max([1, *taken]) + 1
        return {name: _before_end(tree, _properties(chunks, first))}
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006"
    root = f'<Properties xmlns="{kinds}/custom-properties" xmlns:vt="{kinds}/docPropsVTypes">'.encode()
    changed = {name: head + root + _properties(chunks, 2) + b"</Properties>"}
    types = parse_placed(package.read("[Content_Types].xml"), "[Content_Types].xml")
    override = (
        f'<Override PartName="/{name}" '
        'ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>'
    )
    changed["[Content_Types].xml"] = _before_end(types, override.encode())
    relations = parse_placed(package.read("_rels/.rels"), "_rels/.rels")
    used = {one.id for one in parts.relations("")}
    id = next(f"rIdKz{n}" for n in range(1, len(used) + 2) if f"rIdKz{n}" not in used)
    relation = f'<Relationship Id="{id}" Type="{kinds}/relationships/custom-properties" Target="{name}"/>'
    changed["_rels/.rels"] = _before_end(relations, relation.encode())
    return changed


def _properties(chunks: list[str], first: int) -> bytes:
    kinds = b"http://schemas.openxmlformats.org/officeDocument/2006"
    return b"".join(
        b'<property xmlns="' + kinds + b'/custom-properties" xmlns:vt="' + kinds + b'/docPropsVTypes" '
        b'fmtid="' + _FORMAT_ID.encode() + b'" pid="' + str(first + n).encode() + b'" '
        b'name="ZOTERO_PREF_' + str(n + 1).encode() + b'"><vt:lpwstr>' + escape(chunk) + b"</vt:lpwstr></property>"
        for n, chunk in enumerate(chunks)
    )


def _before_end(tree: Tree, data: bytes) -> bytes:
    """The part with `data` as the last child of its root."""
    if tree.is_empty_tag(tree.root):
        opened = tree.start_tag(tree.root) + data + tree.end_tag(tree.root)
        return splice(tree.data, [Splice(tree.root.start, tree.end(tree.root), 0, opened)])
    return splice(tree.data, [Splice(tree.root.mark, tree.root.mark, 0, data)])
