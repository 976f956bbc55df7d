"""`cs:sort`: keys by variable or macro, compared by the alphabet of the list's language (CSL 1.0.2, "Sorting")."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from lxml import etree

from kzcite.renderer.csl.context import Context
from kzcite.renderer.csl.dates import sort_key as date_key
from kzcite.renderer.csl.elements import Compiler
from kzcite.renderer.csl.labels import citation_label
from kzcite.renderer.csl.names import NameList
from kzcite.renderer.csl.record import Record
from kzcite.renderer.csl.terms import CSL
from kzcite.renderer.csl.tokens import Tokens, plain
from kzcite.text.order import sort_key

Value = Callable[[Context], str]


class Key:
    """One `cs:key`. Empty values come last in either direction."""

    def __init__(self, element: etree._Element, compiler: Compiler) -> None:
        self.descending = element.get("sort") == "descending"
        self.numeric = False
        self.names: tuple[int, int, bool] | None = None
        if element.get("names-min") or element.get("names-use-first"):
            self.names = (
                int(element.get("names-min") or 0),
                int(element.get("names-use-first") or 1),
                element.get("names-use-last") == "true",
            )
        macro = element.get("macro")
        if macro is not None:
            evaluate = compiler.macro(macro, element)

            def by_macro(context: Context) -> str:
                out: Tokens = []
                evaluate(context, out)
                return plain(out)

            self.value: Value = by_macro
        else:
            self.value = self._by_variable(str(element.get("variable", "")), compiler)
        self.language = compiler.terms.language

    def _by_variable(self, name: str, compiler: Compiler) -> Value:
        people = NameList(None, None, compiler)
        people.person.form = "long"
        people.person.mark = None

        def value(context: Context) -> str:
            record = context.record
            if name == "citation-number":
                return context.number
            if name == "citation-label":
                return citation_label(record)
            if name in record.names:
                out: Tokens = []
                people.write(name, record.names[name], context, out)
                return plain(out)
            if name in record.dates:
                date = record.dates[name]
                return date_key(date, []) if date.parts else date.literal
            text = record.text(name)
            return text if isinstance(text, str) else plain(text)

        return value

    def of(self, record: Record, year_suffix: str = "") -> str:
        """What a record is sorted by."""
        context = Context(record)
        context.year_suffix = year_suffix
        context.sorting = True
        context.sort_names = self.names
        return self.value(context).strip()


def compile_sort(area: etree._Element | None, compiler: Compiler) -> list[Key]:
    """The keys of an area's `cs:sort`, none where it has none."""
    sort = area.find(f"{CSL}sort") if area is not None else None
    return [Key(one, compiler) for one in sort] if sort is not None else []


_NUMBER = re.compile(r"-?\d{1,15}")


def sort_records(
    records: Sequence[Record], keys: Sequence[Key], language: str, suffixes: Mapping[str, str] | None = None
) -> list[Record]:
    """Records in the order of the keys; equal ones keep their order. `suffixes`: year suffixes by id, for cites."""
    known = suffixes or {}
    out = list(records)
    base = language.split("-")[0]
    cyrillic_first = base in _CYRILLIC
    # A Russian list with Kazakh entries is one sequence in Kazakh order, where Қ follows К and not Я.
    base = "kk" if base == "ru" and any(record.language.startswith("kk") for record in records) else base
    for key in reversed(keys):
        values = [key.of(record, known.get(record.id, "")) for record in out]
        full = [(value, record) for value, record in zip(values, out, strict=True) if value]
        empty = [record for value, record in zip(values, out, strict=True) if not value]
        if all(_NUMBER.fullmatch(value) for value, _ in full):
            order = sorted(full, key=lambda pair: int(pair[0]), reverse=key.descending)
        else:
            order = sorted(
                full,
                key=lambda pair: sort_key(pair[0], base, cyrillic_first, articles=False),
                reverse=key.descending,
            )
        out = [record for _, record in order] + empty
    return out


_CYRILLIC = frozenset("kk ru uk be bg sr mk mn ky tg tt ba cv".split())
