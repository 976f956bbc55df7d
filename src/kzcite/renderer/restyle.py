"""A document's list and markers in another style, order or form, as edits: everything else stays as it was.

The edits count in the text of the document and know nothing of its container, so they work for every format that can
be patched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from kzcite.model import (
    Applicability,
    Cite,
    Document,
    Edit,
    Entry,
    Item,
    Library,
    ReferenceList,
    Rich,
    Stage,
    UsageError,
)
from kzcite.renderer.engine import alphabet_key, labels, render
from kzcite.renderer.recite import NUMERIC, answers_of, first_mentions, to_names, to_numbers
from kzcite.renderer.renumber import manner_of, renumber, without
from kzcite.renderer.slots import REASON, Filling, fill, place_text, printed_rich
from kzcite.text.order import sort_key

Markers = Literal["keep", "numeric", "author-date"]
ORDERS = ("as-is", "mention", "alphabet")
_NAMES_STYLE = "apa"
_SURE = 0.6


def restyle(
    document: Document,
    *,
    style: str | Path | None = None,
    markers: Markers = "keep",
    order: str = "as-is",
    locale: str = "auto",
    insert: Sequence[tuple[int, Item]] = (),
    delete: Iterable[str] = (),
) -> tuple[Edit, ...]:
    """The edits that put the list and the markers of a LINKED document into another form.

    `style`: the entries are rendered in it; None: their printed texts stay, and a new item is put in as its
    `custom.printed` has it, else in the style gost-kz. An entry that was not understood stays as printed. `order`:
    `as-is`, `mention` (first mentioned first, uncited ones last) or `alphabet`. `insert`: (place from 0, item) of new
    entries, those of one place in their order; `delete`: ids of entries to drop; the markers follow. A romanised list
    with as many entries goes along. Edits of entries that were read with doubt are `unsafe`.

    Raises StageError for a document that is not linked, UsageError for an unknown style, order or form of markers.
    """
    document.need(Stage.LINKED)
    if order not in ORDERS:
        raise UsageError(f"unknown order {order!r}", hint="one of " + ", ".join(ORDERS))
    if markers not in ("keep", "numeric", "author-date"):
        raise UsageError(f"unknown form of markers {markers!r}", hint="keep, numeric or author-date")
    dropped = frozenset(delete)
    renumbered = order != "as-is" or bool(insert) or bool(dropped)
    edits: list[Edit] = []
    numbers: dict[str, int] = {}
    items: dict[str, Item] = {}
    grown = 0
    for one in (one for one in document.lists if one.entries and one.role == "native"):
        new = _new_order(document, one, order, insert if not numbers else (), dropped)
        grown += len(new) - len(one.entries)
        for place, (entry, item) in enumerate(new, _first_number(one)):
            if entry is not None:
                numbers[entry.id] = place if renumbered or not entry.label.isdecimal() else int(entry.label)
                if item is not None:
                    items[entry.id] = replace(item, id=entry.id)
        printed = [
            str(numbers[entry.id]) if entry else str(at) for at, (entry, _) in enumerate(new, _first_number(one))
        ]
        edits += _list_edits(document, one, new, printed, style, markers, locale, dropped)
        permutation = [one.entries.index(entry) for entry, _ in new if entry is not None]
        edits += _along(document, one, permutation, dropped)
    edits += _marker_edits(document, numbers, items, style, markers, dropped, grown)
    return tuple(sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)))


_Row = tuple[Entry | None, Item | None]


def _first_number(one: ReferenceList) -> int:
    label = one.entries[0].label
    return int(label) if label.isdecimal() else 1


def _new_order(
    document: Document, one: ReferenceList, order: str, insert: Sequence[tuple[int, Item]], dropped: frozenset[str]
) -> list[_Row]:
    rows: list[_Row] = [(entry, entry.item) for entry in one.entries if entry.id not in dropped]
    for place, item in sorted(insert, key=lambda pair: pair[0])[::-1]:
        rows.insert(min(max(place, 0), len(rows)), (None, item))
    if order == "mention":
        first = first_mentions(document)
        rows.sort(key=lambda row: first.get(row[0].id, len(document.links)) if row[0] else len(document.links))
    elif order == "alphabet":
        rows.sort(key=lambda row: _alphabet(document, row))
    return rows


def _alphabet(document: Document, row: _Row) -> tuple[object, ...]:
    entry, item = row
    if item is not None:
        return alphabet_key(item)
    printed = sort_key(entry.printed(document.text) if entry else "")
    return (printed, printed, (), printed)


def _list_edits(
    document: Document,
    one: ReferenceList,
    new: Sequence[_Row],
    numbers: Sequence[str],
    style: str | Path | None,
    markers: Markers,
    locale: str,
    dropped: frozenset[str],
) -> list[Edit]:
    lines = _lines(document, new, style, locale)
    fillings = [Filling(line, entry) for line, (entry, _) in zip(lines, new, strict=True)]
    edits = fill(document, one, fillings, _labels(one, new, numbers, style, markers), dropped)
    doubtful = {
        entry.span
        for entry, item in new
        if style is not None and entry is not None and item is not None and item.confidence < _SURE
    }
    return [replace(edit, applicability=Applicability.UNSAFE) if edit.span in doubtful else edit for edit in edits]


def _lines(document: Document, new: Sequence[_Row], style: str | Path | None, locale: str) -> list[Rich]:
    rendered: dict[int, Rich] = {}
    if style is not None or any(entry is None for entry, _ in new):
        understood = [place for place, (_, item) in enumerate(new) if item is not None]
        library = Library(
            tuple(replace(item, id=f"n{place}") for place, (_, item) in enumerate(new) if item is not None)
        )
        made = render(library, style or "gost-kz", locale=locale)
        rendered = dict(zip(understood, made, strict=True))
    out: list[Rich] = []
    for place, (entry, item) in enumerate(new):
        line = rendered.get(place, Rich())
        stays = entry is not None and (style is None or place not in rendered)
        if entry is None and style is None and item is not None and item.custom.get("printed"):
            line = Rich.of(str(item.custom["printed"]))
        if entry is not None and (stays or line.text == place_text(document, entry)):
            line = printed_rich(document, entry)
        out.append(line)
    return out


def _labels(
    one: ReferenceList, new: Sequence[_Row], numbers: Sequence[str], style: str | Path | None, markers: Markers
) -> list[str]:
    """The number of each place: none where the markers are names and the style prints none."""
    numbered = any(entry.label_span is not None for entry in one.entries)
    if markers == "author-date" and numbered:
        library = Library(tuple(replace(item, id=f"n{at}") for at, (_, item) in enumerate(new) if item is not None))
        numbered = style is not None and any(labels(library, style))
    elif markers == "numeric":
        numbered = True
    return list(numbers) if numbered else [""] * len(numbers)


def _along(document: Document, native: ReferenceList, permutation: list[int], dropped: frozenset[str]) -> list[Edit]:
    """The romanised list that mirrors `native`, in the same new order."""
    mirrors = [
        one
        for one in document.lists
        if one.role == "romanised" and len(one.entries) == len(native.entries) and one.span.start > native.span.end
    ]
    if not mirrors or permutation == list(range(len(native.entries))):
        return []
    mirror = mirrors[0]
    gone = frozenset(
        other.id for entry, other in zip(native.entries, mirror.entries, strict=True) if entry.id in dropped
    )
    fillings = [Filling(printed_rich(document, mirror.entries[at]), mirror.entries[at]) for at in permutation]
    numbered = any(entry.label_span is not None for entry in mirror.entries)
    first = _first_number(mirror)
    return fill(document, mirror, fillings, [str(first + at) if numbered else "" for at in range(len(fillings))], gone)


def _marker_edits(
    document: Document,
    numbers: Mapping[str, int],
    items: Mapping[str, Item],
    style: str | Path | None,
    markers: Markers,
    dropped: frozenset[str],
    grown: int,
) -> list[Edit]:
    answers = answers_of(document)
    if markers == "author-date":
        return to_names(document, items, answers, style or _NAMES_STYLE)
    edits = to_numbers(document, numbers, answers) if markers == "numeric" else []
    manner = manner_of(document)
    last = max((int(one.label) for one in document.entries if one.label.isdecimal()), default=0)

    def number_of(cite: Cite) -> int | None:
        entry = answers.get(cite.id)
        if entry is None:  # a number beyond the list must not come to mean an entry of the longer list
            number = int(cite.label)
            return number + grown if last < number <= last + grown else number
        return None if entry in dropped else numbers.get(entry, int(cite.label))

    for marker in document.markers:
        if marker.kind in NUMERIC and all(cite.label.isdecimal() for cite in marker.cites):
            made = renumber(document, marker, number_of, manner)
            edits += [without(document.text, marker)] if made is None else made
        elif dropped and all(answers.get(cite.id) in dropped for cite in marker.cites):
            edits.append(replace(without(document.text, marker), applicability=Applicability.UNSAFE))
    return edits


__all__ = ["REASON", "restyle"]
