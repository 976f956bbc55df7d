"""BibLaTeX: biblatex's data model, for biber. Mapping: data/mappings/biblatex.toml; manual 3.20, section 2."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kzcite.formats.library import bibfile
from kzcite.formats.library.faults import Faults
from kzcite.formats.library.pairs import (
    SHARED,
    format_date,
    language_code,
    language_row,
    parse_date,
    plain_dashes,
)
from kzcite.formats.mapped import Converter, Keys, Mapped, Pair, engine
from kzcite.formats.registry import Reading, Writing
from kzcite.model import Date, Library
from kzcite.tables.mappings import Mapping, mapping


def read(data: bytes, source: str = "") -> Reading:
    """The entries of a .bib file as BibLaTeX understands them."""
    faults = Faults(source)
    found = bibfile.entries(data, faults)
    items = [bibfile.to_item(one, dialect(), one.key or f"e{number}") for number, one in enumerate(found, 1)]
    return Reading(faults.unique(items), faults.findings)


def write(library: Library) -> Writing:
    """The library as BibLaTeX, and what it cannot hold."""
    return bibfile.write_entries(library, dialect())


# --- converters ----------------------------------------------------------------------------------------------------


def _read_title(pairs: Sequence[Pair], keys: Keys) -> str | None:
    """Title and subtitle joined as CSL wants them; written as one."""
    title = next((text for key, text in pairs if key != keys[-1]), "")
    subtitle = next((text for key, text in pairs if key == keys[-1]), "")
    if not subtitle:
        return title or None
    return f"{title}{'' if title[-1:] in ':?!.' else ':'} {subtitle}" if title else subtitle


def _write_date(value: Date, keys: Keys) -> Iterable[Pair]:
    """`date`; words that are no date stand in `year`."""
    if not value.parts:
        return ((keys[1], value.literal),)
    return ((keys[0], format_date(value)),)


def _read_date(pairs: Sequence[Pair], keys: Keys) -> Date | None:
    found = {key: text.strip() for key, text in reversed(pairs)}
    if found.get("date"):
        return parse_date(found["date"])
    date = parse_date(found.get("year", ""))
    if date and len(date.parts) == 1 and found.get("month"):
        from kzcite.formats.library.bibtex import day_of_month, read_month

        number, day = read_month(found["month"])
        if number:
            return Date(parts=(date.parts[0], number, *day_of_month(found.get("day", "") or day)))
    return date


def _write_langid(value: str, keys: Keys) -> Iterable[Pair]:
    """`langid` by babel's name; a romanised text has its script in `langidopts`; else the code in `language`."""
    code, _, script = value.partition("-")
    row = language_row(code)
    if row is None or not row.babel or (script and script != "Latn"):
        return ((keys[2], value),)
    if script:
        return ((keys[0], row.babel), (keys[1], "script=Latn"))
    return ((keys[0], row.babel),)


def _read_langid(pairs: Sequence[Pair], keys: Keys) -> str | None:
    found = {key: text.strip() for key, text in reversed(pairs)}
    code = language_code(found.get("langid", "") or found.get("hyphenation", "") or found.get("language", ""))
    return f"{code}-Latn" if found.get("langidopts") == "script=Latn" and "-" not in code else code or None


_DOI = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)

COMMON = {
    "names": Converter(lambda value, keys: ((keys[0], value),), bibfile.people, many=True),
    "title": Converter(lambda value, keys: ((keys[0], value),), _read_title),
    "doi": Converter(lambda value, keys: ((keys[0], value),), lambda pairs, keys: _DOI.sub("", pairs[0][1])),
    "keywords-inline": Converter(
        lambda value, keys: ((keys[0], value),),
        lambda pairs, keys: pairs[0][1],
    ),
    "pages": Converter(
        lambda value, keys: ((keys[0], value),),
        lambda pairs, keys: plain_dashes(pairs[0][1]),
    ),
}

CONVERTERS = {
    **SHARED,
    **COMMON,
    "date": Converter(_write_date, _read_date),
    "langid": Converter(_write_langid, _read_langid),
    "genre": Converter(lambda value, keys: ((keys[0], value),), lambda pairs, keys: pairs[0][1]),
}


LISTS = frozenset("publisher location institution organization origpublisher origlocation language".split())


def dialect() -> bibfile.Dialect:
    """biblatex's table and its literal lists."""
    return bibfile.Dialect(engine(mapping("biblatex"), _make), LISTS)


def _make(table: Mapping) -> Mapped:
    return Mapped(table, CONVERTERS, custom="bibtex")
