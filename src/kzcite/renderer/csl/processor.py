"""A style at work on a list of items: languages, order, numbers, disambiguation, entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kzcite.model import Item
from kzcite.renderer.csl.context import Context, Hints
from kzcite.renderer.csl.disambiguate import Disambiguation
from kzcite.renderer.csl.finish import join_signs
from kzcite.renderer.csl.layout import Layout, compiled
from kzcite.renderer.csl.record import Record
from kzcite.renderer.csl.sorting import sort_records
from kzcite.renderer.csl.style import Style
from kzcite.renderer.csl.tokens import CLOSE, Open, Tokens, plain
from kzcite.renderer.prepare import prepare
from kzcite.tables.styles import find_locale, primary_dialect

_NOTHING: frozenset[str] = frozenset()


class Processor:
    """Items of a list with one style.

    `locale` is the language of all terms, or `auto` for each item's own; `main` is the language of the list (its
    alphabet, and the terms of items whose language is unknown).
    """

    def __init__(self, style: Style, items: Sequence[Item], *, locale: str = "auto", main: str = "") -> None:
        self.style = style
        self.locale = locale
        self.main = (main or style.default_locale or "en") if locale == "auto" else locale
        self._languages: dict[str, str] = {}
        self._layouts: dict[tuple[str, str], Layout] = {}
        self.records = [self._record(item, number) for number, item in enumerate(items, 1)]
        self.by_id = {record.id: record for record in self.records}
        self.hints: dict[str, Hints] = {}
        self.suffixes: dict[str, str] = {}

    def _record(self, item: Item, number: int) -> Record:
        language = self.language_of(item.language)
        quotes, row = self.style.terms(language).quotes, self.style.preparation
        if row is not None:
            prepared = prepare(item, row)
            if row.is_description:
                # Titles are given letter for letter (ГОСТ 7.1-2003, 4.6).
                quotes = replace(quotes, as_printed=True)
        else:
            prepared = item
        record = Record(prepared, language, quotes, number)
        record.item = item
        # Title case asks for the item's own language, and takes the list's where the item has none.
        record.language = item.language or self.main
        return record

    def language_of(self, tag: str) -> str:
        """The output language for an item: its own under `auto`, where there is a locale for it."""
        if self.locale != "auto":
            return self.main
        if tag not in self._languages:
            own = "en" if tag.endswith("-Latn") else tag
            self._languages[tag] = own if own and find_locale(primary_dialect(own)) else self.main
        return self._languages[tag]

    def layout(self, area: str, record: Record | None = None) -> Layout:
        """The compiled layout for a record's language, or for the list's."""
        language = self.main if record is None else self.language_of(record.item.language)
        key = (area, language)
        if key not in self._layouts:
            self._layouts[key] = compiled(self.style, language, area)
        return self._layouts[key]

    # --- order

    def sort(self) -> None:
        """Put the records in the order of the style's bibliography and number them."""
        keys = self.layout("bibliography").keys() if self.has_bibliography else []
        if keys:
            self.records = sort_records(self.records, keys, self.main)
        self.number()

    def number(self) -> None:
        for number, record in enumerate(self.records, 1):
            record.number = number

    @property
    def has_bibliography(self) -> bool:
        return self.style.bibliography is not None

    def disambiguate(self) -> None:
        """Settle names, conditions and year suffixes, where the style asks for any."""
        done = Disambiguation(self)
        done.run()
        self.hints, self.suffixes = done.hints, done.suffixes

    # --- entries

    def context(self, record: Record, *, in_text: bool) -> Context:
        context = Context(record)
        context.year_suffix = self.suffixes.get(record.id, "")
        if in_text:
            hints = self.hints.get(record.id)
            if hints is not None:
                context.hints = hints
                context.disambiguate = hints.condition
        else:
            context.position = _NOTHING
            hints = self.hints.get(record.id)
            context.disambiguate = hints.condition if hints is not None else 0
        return context

    def entries(self) -> list[tuple[Tokens, Tokens]]:
        """(label, entry) of each record in order, signs at seams settled."""
        scope = self.style.bibliography
        substitute = scope.get("subsequent-author-substitute") if scope is not None else None
        rule = (scope.get("subsequent-author-substitute-rule") if scope is not None else None) or "complete-all"
        out: list[tuple[Tokens, Tokens]] = []
        previous: list[str] = []
        for record in self.records:
            layout = self.layout("bibliography", record)
            context = self.context(record, in_text=False)
            context.want_slot = substitute is not None
            label, tokens = layout.entry(context)
            if substitute is not None:
                slot = context.slot
                if slot is None:
                    previous = []
                else:
                    names = [plain(tokens[start:end]) for start, end in slot.names]
                    replace_names(tokens, slot.start, slot.end, slot.names, names, previous, substitute, rule)
                    previous = names
            quotes = layout.terms.quotes
            out.append((join_signs(label, quotes), join_signs(tokens, quotes)))
        return out

    def labels(self) -> list[Tokens]:
        """The label of each entry alone."""
        out: list[Tokens] = []
        for record in self.records:
            layout = self.layout("bibliography", record)
            out.append(join_signs(layout.label(self.context(record, in_text=False)), layout.terms.quotes))
        return out

    def first_citations(self) -> list[Tokens]:
        """Each item as it is cited first, in its own language."""
        out: list[Tokens] = []
        for record in self.records:
            layout = self.layout("citation", record)
            context = self.context(record, in_text=True)
            context.begins = self.style.is_note
            out.append(join_signs(layout.around(layout.cite(context)), layout.terms.quotes))
        return out


def replace_names(
    tokens: Tokens,
    start: int,
    end: int,
    places: list[tuple[int, int]],
    names: list[str],
    previous: list[str],
    substitute: str,
    rule: str,
) -> None:
    """`subsequent-author-substitute` (CSL 1.0.2, "Reference grouping"): replace names that the entry before had."""
    if rule in ("complete-all", "complete-each"):
        if names != previous:
            return
        if rule == "complete-all":
            if substitute:
                tokens[start:end] = [substitute]
                return
            # With nothing in their place, what was opened around the names goes as well.
            while start and end < len(tokens) and isinstance(tokens[start - 1], Open) and tokens[end] is CLOSE:
                start, end = start - 1, end + 1
            del tokens[start:end]
            return
        same = len(names)
    else:
        same = 0
        while same < min(len(names), len(previous)) and names[same] == previous[same]:
            same += 1
        if rule == "partial-first":
            same = min(same, 1)
    for first, last in reversed(places[:same]):
        tokens[first:last] = [substitute] if substitute else []
