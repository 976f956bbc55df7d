r"""A typed list and its typed markers as LaTeX's own: `thebibliography` and `\cite`."""

from __future__ import annotations

import re

from kzcite.formats.document.latex.escape import encode
from kzcite.formats.encoding import decode
from kzcite.formats.source import Place
from kzcite.model import Document, ReferenceList, Rich, Span


def live(data: bytes, document: Document, *, zotero: bool = False, style: str = "") -> bytes:
    r"""The file with every typed marker as `\cite` and the typed list as a `thebibliography`.

    Markers and lists that are LaTeX's own already stay as they are. Zotero fields are a matter of Word files.
    """
    decoded = decode(data, document.source)
    source = decoded.text
    answers = {one.cite: one.entry for one in document.links}
    changes: list[tuple[int, int, str]] = []
    for marker in document.markers:
        place = _place(document, marker.span)
        cites = [(answers.get(one.id), one.locator) for one in marker.cites]
        if place and all(entry for entry, _ in cites):
            parts: list[str] = []
            bare: list[str] = []
            ends = [*(one.span.start for one in marker.cites[1:]), marker.span.end]
            for (entry, locator), printed, end in zip(cites, marker.cites, ends, strict=True):
                if locator is None:
                    bare.append(str(entry))
                    continue
                words = (
                    document.text[printed.span.start : end].strip(" ,;])").partition(",")[2].strip() or locator.value
                )
                parts += [f"\\cite{{{','.join(bare)}}}"] if bare else []
                parts.append(f"\\cite[{encode(Rich.of(words), '').replace(' ', '~')}]{{{entry}}}")
                bare = []
            parts += [f"\\cite{{{','.join(bare)}}}"] if bare else []
            changes.append((*place, ", ".join(parts)))
    for one in document.lists:
        changes += _bibliography(source, document, one)
    for start, end, new in sorted(changes, reverse=True):
        source = source[:start] + new + source[end:]
    return decoded.mark + decoded.encode(source)


def _bibliography(source: str, document: Document, one: ReferenceList) -> list[tuple[int, int, str]]:
    """The source of a typed list as a `thebibliography`; nothing where it is one already."""
    places = [_place(document, entry.span) for entry in one.entries]
    known = [place for place in places if place]
    if not known or len(known) < len(places) or "\\bibitem" in source[known[0][0] - 200 : known[0][0]]:
        return []
    first = one.entries[0]
    label = _place(document, first.label_span) if first.label_span else None
    start, end = (label or known[0])[0], known[-1][1]
    opened = re.search(r"\\begin\{enumerate\}(?:(?!\\item).)*(?:\\item\s*)?$", source[:start][-300:], re.DOTALL)
    closed = re.match(r"\s*\\end\{enumerate\}", source[end:])
    if opened and closed:
        start -= len(source[:start][-300:]) - opened.start()
        end += closed.end()
    items = "\n".join(
        f"\\bibitem{{{entry.id}}} {source[place[0] : place[1]].strip()}"
        for entry, place in zip(one.entries, known, strict=True)
    )
    return [(start, end, f"\\begin{{thebibliography}}{{{len(known)}}}\n{items}\n\\end{{thebibliography}}")]


def _place(document: Document, span: Span) -> tuple[int, int] | None:
    """The stretch of source that a text span stands for; None where any of it is computed."""
    touched = [piece for piece in document.pieces if piece.span.overlaps(span)]
    if not touched or not all(piece.editable for piece in touched):
        return None
    first, last = touched[0], touched[-1]
    start, end = first.handle, last.handle
    assert isinstance(start, Place)
    left = start.start + span.start - first.span.start if start.verbatim else start.start
    right = end.end - (last.span.end - span.end) if end.verbatim else end.end
    return left, right
