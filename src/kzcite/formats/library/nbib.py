"""The PubMed format (.nbib, MEDLINE): tags of four places, `- `, continued by six spaces.

Mapping: data/mappings/nbib.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kzcite.formats.encoding import lines_of
from kzcite.formats.library.faults import Faults
from kzcite.formats.library.pairs import SHARED, format_date, language_code, language_row
from kzcite.formats.library.people import format_person, parse_person
from kzcite.formats.library.ris import joined
from kzcite.formats.mapped import Converter, Keys, Mapped, Pair, engine, one_line
from kzcite.formats.registry import Reading, Writing
from kzcite.model import Date, Item, Library, Loss, Name
from kzcite.model.values import whole_number
from kzcite.tables.mappings import Mapping, mapping
from kzcite.text.dates import month

_LINE = re.compile(r"([A-Z]{2,4}) {0,3}- ?(.*)$", re.DOTALL)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def read(data: bytes, source: str = "") -> Reading:
    """The records of a PubMed export."""
    faults = Faults(source)
    return Reading(faults.unique(records(faults.text(data), faults)), faults.findings)


def records(text: str, faults: Faults) -> Iterator[Item]:
    """The items of a PubMed export, one after the other."""
    mapped = _engine()
    for number, pairs in enumerate(_records(text, faults), 1):
        full = any(key == "FAU" for key, _ in pairs)
        kinds = [text for key, text in pairs if key == "PT"]
        kind = next((one for one in kinds if mapped.table.csl_type(one)), "Miscellaneous" if not kinds else "")
        kept = [
            pair for pair in pairs
            if not (pair[0] == "AU" and full) and pair != ("PT", kind) and pair[0] != "OID"
        ]  # fmt: skip
        id = next((text for key, text in pairs if key == "OID"), "") or f"e{number}"
        yield mapped.read(id, mapped.csl_type(kind or "Journal Article"), kept)


def _records(text: str, faults: Faults) -> Iterator[list[Pair]]:
    pairs: list[Pair] = []
    for number, line in enumerate(lines_of(text), 1):
        if not line.strip():
            if pairs:
                yield joined(pairs)
            pairs = []
        elif line.startswith("      ") and pairs:
            pairs.append(("", line.strip()))
        elif found := _LINE.match(line.lstrip("\ufeff")):
            value = found[2].strip()
            if value:
                pairs.append((found[1], value))
        else:
            faults.add("PRS108", number, line)
    if pairs:
        yield joined(pairs)


def write(library: Library) -> Writing:
    """The library in the PubMed format, and what it cannot hold."""
    losses: list[Loss] = []
    return Writing(b"".join(pieces(library, losses)), tuple(losses))


def pieces(items: Iterable[Item], losses: list[Loss]) -> Iterator[bytes]:
    """The records of items, one after the other; what the format cannot hold is added to `losses`."""
    mapped = _engine()
    for number, item in enumerate(items):
        pairs = mapped.write(item)
        losses += mapped.losses(item, pairs)
        lines = [("OID", one_line(item.id)), *pairs, ("PT", mapped.type_key(item.type))]
        text = "".join([f"{key:<4}- {value}\n" for key, value in lines])
        yield (f"\n{text}" if number else text).encode(errors="replace")


# --- converters ----------------------------------------------------------------------------------------------------


def _write_people(value: Sequence[Name], keys: Keys) -> Iterable[Pair]:
    """Bodies have a tag of their own, in their place among the people."""
    return [
        (keys[-1], one.literal) if one.literal and len(keys) > 1 else (keys[0], format_person(one)) for one in value
    ]


def _read_people(pairs: Sequence[Pair], keys: Keys) -> tuple[Name, ...]:
    out: list[Name] = []
    for key, text in pairs:
        if key == "CN":
            out.append(Name(literal=text))
        elif key in ("AU", "ED") and "," not in text and " " in text:
            family, _, given = text.rpartition(" ")  # `Smith JA`
            out.append(Name(family, given))
        else:
            out.append(parse_person(text))
    return tuple(out)


def _write_date(value: Date, keys: Keys) -> Iterable[Pair]:
    """`2014 Jul 5`; what that cannot say, in EDTF."""
    if (
        not value.parts
        or value.until
        or value.circa
        or value.season
        or (len(value.parts) > 1 and not 1 <= value.parts[1] <= 12)
    ):
        return ((keys[0], format_date(value)),)
    year, *rest = value.parts
    words = [f"{year:04d}", *([_MONTHS[rest[0] - 1]] if rest else []), *(str(one) for one in rest[1:])]
    return ((keys[0], " ".join(words)),)


def _read_date(pairs: Sequence[Pair], keys: Keys) -> Date | None:
    from kzcite.formats.library.pairs import parse_date

    text = pairs[0][1]
    words = text.split()
    if not words or not re.fullmatch(r"\d{4}", words[0]):
        return parse_date(text)
    number = month(words[1].partition("-")[0]) if len(words) > 1 else None
    if number is None:
        return Date(parts=(int(words[0]),)) if len(words) == 1 else Date(literal=text)
    day = whole_number(words[2]) if len(words) > 2 else None
    return Date(parts=(int(words[0]), number, *([day] if day and day <= 31 else [])))


def _read_doi(pairs: Sequence[Pair], keys: Keys) -> str | None:
    """`10.1000/x [doi]`; a publisher's item number beside it is none."""
    return next((text.removesuffix("[doi]").strip() for _, text in pairs if text.startswith("10.")), None)


def _write_language(value: str, keys: Keys) -> Iterable[Pair]:
    row = language_row(value)
    return ((keys[0], row.iso3 if row and row.iso3 else value),)


CONVERTERS = {
    **SHARED,
    "people": Converter(_write_people, _read_people, many=True),
    "date": Converter(_write_date, _read_date),
    "doi": Converter(lambda value, keys: ((keys[0], f"{value} [doi]"),), _read_doi, many=True),
    "iso3": Converter(_write_language, lambda pairs, keys: language_code(pairs[0][1])),
}


def _engine() -> Mapped:
    return engine(mapping("nbib"), _make)


def _make(table: Mapping) -> Mapped:
    return Mapped(table, CONVERTERS, one_line)
