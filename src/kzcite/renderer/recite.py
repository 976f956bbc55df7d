"""Markers in the other form: numbers for names, names for numbers, in the language of the paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from kzcite.model import Cite, Document, Edit, Item, Library, Locator, Marker, Rich, Span
from kzcite.renderer.engine import render_citations
from kzcite.renderer.slots import REASON
from kzcite.tables.citing import locator_terms
from kzcite.tables.styles import find_locale

NUMERIC = ("square", "round", "slash", "superscript")


def to_numbers(document: Document, numbers: Mapping[str, int], answers: Mapping[str, str | None]) -> list[Edit]:
    """Author–date markers as `[2, 45 б.]`; the names of a narrative citation stay, its bracket changes."""
    edits: list[Edit] = []
    for marker in document.markers:
        if marker.kind != "author-date":
            continue
        parts: list[str] = []
        for cite in marker.cites:
            number = numbers.get(answers.get(cite.id) or "")
            if number is None:
                break
            place = f", {_place(cite.locator, document.language)}" if cite.locator else ""
            parts.append(f"{number}{place}")
        else:
            text = marker.span.cut(document.text)
            opening = max(text.rfind("("), text.rfind("["))
            span = Span(marker.span.start + opening, marker.span.end) if opening >= 0 else marker.span
            joiner = "; " if any("," in part for part in parts) else ", "
            edits.append(Edit(span, Rich.of(f"[{joiner.join(parts)}]"), reason=REASON))
    return edits


def _place(locator: Locator, language: str) -> str:
    return locator_terms().write(locator.label, locator.value, language)


def to_names(
    document: Document, items: Mapping[str, Item], answers: Mapping[str, str | None], style: str | Path
) -> list[Edit]:
    """Numeric markers as the style's citations; markers that touch each other become one.

    A marker with a cite that no entry answers stays as it is.
    """
    clusters: list[tuple[Span, list[tuple[str, Locator | None]]]] = []
    for group in _touching(document):
        cited: list[tuple[str, Locator | None]] = []
        for cite in (one for marker in group for one in marker.cites):
            entry = answers.get(cite.id)
            if entry is None or entry not in items:
                break
            cited.append((entry, cite.locator))
        else:
            clusters.append((Span(group[0].span.start, group[-1].span.end), cited))
    if not clusters:
        return []
    library = Library(tuple(items.values()))
    language = document.language if document.language and find_locale(document.language) else "auto"
    made = render_citations(library, [cited for _, cited in clusters], style, locale=language)
    return [_spaced(document.text, span, rich) for (span, _), rich in zip(clusters, made, strict=True)]


def _spaced(text: str, span: Span, rich: Rich) -> Edit:
    """A marker glued to the word before it (or a superscript) gets a space before the names."""
    glued = span.start > 0 and text[span.start - 1].isalnum() and rich.text[:1] == "("
    return Edit(span, Rich.of(" ") + rich if glued else rich, reason=REASON)


def _touching(document: Document) -> list[list[Marker]]:
    out: list[list[Marker]] = []
    for marker in document.markers:
        if marker.kind not in NUMERIC:
            continue
        if out and _between(document, out[-1][-1], marker) in ("", " ", ",", ", "):
            out[-1].append(marker)
        else:
            out.append([marker])
    return out


def _between(document: Document, one: Marker, other: Marker) -> str:
    return document.text[one.span.end : other.span.start]


def answers_of(document: Document) -> dict[str, str | None]:
    """Cite id → entry id."""
    return {link.cite: link.entry for link in document.links}


def first_mentions(document: Document, cites: Sequence[Cite] = ()) -> dict[str, int]:
    """Entry id → place of its first mention among the document's links."""
    out: dict[str, int] = {}
    for place, link in enumerate(document.links):
        if link.entry is not None:
            out.setdefault(link.entry, place)
    return out
