"""EndNote's tagged format (Refer/BibIX): `%A Author`, records apart by an empty line.

Mapping: data/mappings/enw.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kzcite.formats.encoding import lines_of
from kzcite.formats.library.biblatex import COMMON
from kzcite.formats.library.endnotexml import CONVERTERS as ENDNOTE
from kzcite.formats.library.faults import Faults
from kzcite.formats.library.pairs import SHARED
from kzcite.formats.library.people import PEOPLE
from kzcite.formats.library.ris import joined
from kzcite.formats.mapped import Mapped, Pair, engine, one_line
from kzcite.formats.registry import Reading, Writing
from kzcite.model import Item, Library, Loss
from kzcite.tables.mappings import Mapping, mapping

_LINE = re.compile(r"(%\S)(?:[ \t](.*))?$", re.DOTALL)


def read(data: bytes, source: str = "") -> Reading:
    """The records of an .enw or Refer file."""
    faults = Faults(source)
    return Reading(faults.unique(records(faults.text(data), faults)), faults.findings)


def records(text: str, faults: Faults) -> Iterator[Item]:
    """The items of an .enw or Refer text, one after the other."""
    mapped = _engine()
    for number, (line, pairs) in enumerate(_records(text, faults), 1):
        kind = next((text for key, text in pairs if key == "%0"), "")
        kept = [pair for pair in pairs if pair[0] != "%0"]
        id = next((text for key, text in kept if key == "%F"), "") or f"e{number}"
        if kind and mapped.table.csl_type(kind) is None:
            faults.add("PRS107", line, kind, expected=mapped.csl_type(kind), entry=id)
        csl_type = mapped.csl_type(kind) if kind else _guess({key for key, _ in kept})
        kept = [pair for pair in kept if pair[0] != "%F"]
        yield mapped.read(id, csl_type, kept)


def _guess(keys: set[str]) -> str:
    """The type of a Refer record without %0, by the rules of refer(1)."""
    if "%J" in keys:
        return "article-journal"
    if "%B" in keys:
        return "chapter"
    if "%R" in keys and "%I" not in keys:
        return "report"
    return "book" if "%I" in keys else "document"


def _records(text: str, faults: Faults) -> Iterator[tuple[int, list[Pair]]]:
    """Line number and tagged lines of each record; a line without a tag continues the one before."""
    pairs: list[Pair] = []
    start = 0
    for number, line in enumerate(lines_of(text), 1):
        stripped = line.strip().lstrip("\ufeff")
        if not stripped:
            if pairs:
                yield start, joined(pairs)
            pairs = []
            continue
        found = _LINE.match(stripped)
        if found is None:
            if pairs:
                pairs.append(("", stripped))
            else:
                faults.add("PRS108", number, stripped)
            continue
        if found[1] == "%0" and any(key == "%0" for key, _ in pairs):
            faults.add("PRS103", start, pairs[0][1])
            yield start, joined(pairs)
            pairs = []
        if not pairs:
            start = number
        value = (found[2] or "").strip()
        if value:
            pairs.append((found[1], value))
    if pairs:
        yield start, joined(pairs)


def write(library: Library) -> Writing:
    """The library as EndNote's import reads it, and what it cannot hold."""
    losses: list[Loss] = []
    return Writing(b"".join(pieces(library, losses)), tuple(losses))


def pieces(items: Iterable[Item], losses: list[Loss]) -> Iterator[bytes]:
    """The records of items, one after the other; what the format cannot hold is added to `losses`."""
    mapped = _engine()
    for number, item in enumerate(items):
        pairs = mapped.write(item)
        losses += mapped.losses(item, pairs)
        lines = "".join([f"{key} {value}\r\n" for key, value in pairs])
        text = f"%0 {mapped.type_key(item.type)}\r\n{lines}%F {one_line(item.id)}\r\n"
        yield (f"\r\n{text}" if number else text).encode(errors="replace")


CONVERTERS = {**SHARED, "doi": COMMON["doi"], "people": PEOPLE, "date": ENDNOTE["date"]}


def _engine() -> Mapped:
    return engine(mapping("enw"), _make)


def _make(table: Mapping) -> Mapped:
    return Mapped(table, CONVERTERS, one_line)
