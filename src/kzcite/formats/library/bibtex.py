"""BibTeX: Patashnik's entry types and fields. Mapping: data/mappings/bibtex.toml. Entries of BibLaTeX are read too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kzcite.formats.library import bibfile, biblatex
from kzcite.formats.library.faults import Faults
from kzcite.formats.library.pairs import SHARED, format_date, parse_date
from kzcite.formats.mapped import Converter, Keys, Mapped, Pair, engine
from kzcite.formats.registry import Reading, Writing
from kzcite.model import Date, Library
from kzcite.model.values import whole_number
from kzcite.tables.mappings import Mapping, mapping
from kzcite.text.dates import month

_BIBLATEX_FIELDS = frozenset("date journaltitle location langid institution maintitle editora".split())


def read(data: bytes, source: str = "") -> Reading:
    """The entries of a .bib file, each in the dialect that its fields show."""
    faults = Faults(source)
    classic, modern = _dialect(), biblatex.dialect()
    items = []
    for number, entry in enumerate(bibfile.entries(data, faults), 1):
        is_modern = "year" not in entry.fields and not _BIBLATEX_FIELDS.isdisjoint(entry.fields)
        dialect = modern if is_modern and entry.type != "techreport" else classic
        items.append(bibfile.to_item(entry, dialect, entry.key or f"e{number}"))
    return Reading(faults.unique(items), faults.findings)


def write(library: Library) -> Writing:
    """The library as BibTeX, and what it cannot hold."""
    return bibfile.write_entries(library, _dialect())


def _write_date(value: Date, keys: Keys) -> Iterable[Pair]:
    """year, month, day; a range, a season or words stand in `year` as biblatex writes them in `date`."""
    if not value.parts or value.until or value.season or value.circa:
        return ((keys[0], format_date(value)),)
    return [
        (key, f"{part}" if at else f"{part:04d}") for at, (key, part) in enumerate(zip(keys, value.parts, strict=False))
    ]


def _read_date(pairs: Sequence[Pair], keys: Keys) -> Date | None:
    found = {key: text.strip() for key, text in reversed(pairs)}
    year = found.get("year", "") or found.get("date", "")
    date = parse_date(year)
    if date is None or len(date.parts) != 1 or date.until or date.season or date.circa or "month" not in found:
        return date
    number, day = read_month(found["month"])
    if number is None:
        return Date(literal=f"{found['month']} {year}")
    return Date(parts=(date.parts[0], number, *day_of_month(found.get("day", "") or day)))


def read_month(text: str) -> tuple[int | None, str]:
    """The month's number and a day that stands beside it: `7`, `July`, `шілде`, `5~7` (from `"5~" # jul`).

    >>> read_month("шілде"), read_month("5\u00a07")
    ((7, ''), (7, '5'))
    """
    words = text.replace("\u00a0", " ").replace(",", " ").split()
    months = [word for word in words if not word.isdecimal()]
    numbers = [word for word in words if word.isdecimal()]
    if months:
        return month(months[0]), numbers[0] if numbers else ""
    last = whole_number(numbers[-1]) if numbers else None
    if not last or last > 12:
        return None, ""
    return last, numbers[0] if len(numbers) > 1 else ""


def day_of_month(text: str) -> tuple[int, ...]:
    """The day as the end of a date's parts, () where it is none."""
    number = whole_number(text)
    return (number,) if number and number <= 31 else ()


CONVERTERS = {
    **SHARED,
    **biblatex.COMMON,
    "year-month": Converter(_write_date, _read_date),
}


def _dialect() -> bibfile.Dialect:
    return bibfile.Dialect(engine(mapping("bibtex"), _make))


def _make(table: Mapping) -> Mapped:
    return Mapped(table, CONVERTERS)
