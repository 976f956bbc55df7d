"""The in-text citations of a document as a style makes them, in the order of the text."""

from __future__ import annotations

from pathlib import Path

from kzcite.model import Document, Item, Library, Locator, Rich, Stage
from kzcite.renderer.engine import load_style, render_citations
from kzcite.tables.styles import find_locale


def render_markers(document: Document, style: str | Path, *, locale: str = "auto") -> tuple[Rich, ...]:
    """One `Rich` a marker of a LINKED document, with its places in the works; numbers are those of the list.

    `locale` is the language of the terms; `auto` takes that of the paper, and in footnotes each item's own. A marker
    with a cite that no entry answers comes back as printed. Raises StageError for a document that is not linked.
    """
    document.need(Stage.LINKED)
    entries = [entry for one in document.lists if one.role == "native" for entry in one.entries]
    # An entry that was not understood keeps its number and has nothing else.
    library = Library(
        tuple(Item(one.id, one.item.fields, custom=one.item.custom) if one.item else Item(one.id) for one in entries)
    )
    understood = {one.id for one in entries if one.item is not None}
    answers = {link.cite: link.entry for link in document.links}
    clusters: dict[str, list[tuple[str, Locator | None]]] = {}
    for marker in document.markers:
        cited = [(answers.get(cite.id) or "", cite.locator) for cite in marker.cites]
        if cited and all(entry in understood for entry, _ in cited):
            clusters[marker.id] = cited
    if locale == "auto" and not load_style(style).is_note and document.language and find_locale(document.language):
        locale = document.language
    made = dict(zip(clusters, render_citations(library, list(clusters.values()), style, locale=locale), strict=True))
    return tuple(made.get(one.id) or Rich.of(one.span.cut(document.text)) for one in document.markers)
