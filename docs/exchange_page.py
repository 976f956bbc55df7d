"""docs/reference/exchange.md: what each exchange format keeps, who else reads it, how quickly.

The figures are those of docs/reference/exchange.json, which `make bench-exchange` alone writes: measured, not computed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FIGURES = Path(__file__).resolve().parent / "reference" / "exchange.json"
SIZES = (10_000, 50_000, 200_000)

CLIENTS = {
    "endnotexml": "pandoc 3, bibutils",
    "mods": "bibutils, MODS schema 3.4",
    "jats": "JATS DTD 1.1",
    "tei": "TEI schema",
    "csljson": "pandoc, citation.js, CSL schema",
    "ris": "pandoc 3, bibutils, citation.js",
    "enw": "bibutils",
    "bibtex": "pandoc, bibutils, citation.js",
    "biblatex": "biber, LuaLaTeX, pandoc, bibutils, citation.js",
}
"""What tests/parity runs on the file: test_exchange_clients.py, test_latex.py."""


def page() -> str:
    """The page in Markdown."""
    from kzcite.formats.registry import LIBRARY_FORMATS
    from kzcite.tables import mappings

    figures: dict[str, dict[str, Any]] = json.loads(FIGURES.read_text(encoding="utf-8"))
    rows = [_row(one, figures.get(one.name)) for one in LIBRARY_FORMATS]
    sources = [f"- `{name}`: {mappings.mapping(name).source}" for name in mappings.names()]
    count = max(one["items"] for one in figures.values())
    through = _pace(figures["ris"], "through")
    return "\n".join([HEAD.format(count=count), *rows, MIDDLE.format(through=through), *sources, ""])


def _row(one: Any, known: dict[str, Any] | None) -> str:
    names = f"| {one.title} | `{one.name}` | {one.suffixes[0]} "
    if known is None:
        return f"{names}| written only | | {CLIENTS.get(one.name, '')} | | | |"
    lost = ", ".join(f"{name} {count}" for name, count in known["lost"].items()) or "nothing"
    cells = [
        f"{known['kept']:.1f} %: {lost}",
        "yes" if known["same"] else "no",
        CLIENTS.get(one.name, ""),
        *(" / ".join(_cell(known, job, size, "items a second") for job in ("read", "write")) for size in SIZES[:1]),
        " / ".join(_slower(known, job) for job in ("read", "write")),
        " / ".join(_cell(known, job, SIZES[1], "kilobytes an item") for job in ("read", "write")),
    ]
    return f"{names}| {' | '.join(cells)} |"


def _cell(known: dict[str, Any], job: str, size: int, unit: str) -> str:
    found = known.get(f"{job} {size}")
    if found is None:
        return "–"
    return f"{found[unit]:,}" if unit == "items a second" else f"{found[unit]:.1f}"


def _slower(known: dict[str, Any], job: str) -> str:
    """The time an item takes at 50,000 and at 200,000 items, that at 10,000 being one."""
    first = known.get(f"{job} {SIZES[0]}")
    found = [known.get(f"{job} {size}") for size in SIZES[1:]]
    if first is None:
        return "–"
    pace = first["items a second"]
    return ", ".join(f"{pace / one['items a second']:.2f}" if one else "–" for one in found)


def _pace(known: dict[str, Any], job: str) -> str:
    """The figures of a job at each size as a sentence's end."""
    parts = [
        f"{found['items a second']:,} items a second and {found['kilobytes an item']:.2f} KB an item at {size:,} items"
        for size in SIZES
        if (found := known.get(f"{job} {size}"))
    ]
    return "; ".join(parts) or "not measured"


HEAD = """# Exchange formats

<!-- written by docs/generate.py; the figures are measured by `make bench-exchange` -->

`kzcite convert IN OUT` and `kzcite parse -t FORMAT` read and write these.

- **Kept** is the share of the {count} annotated lines' fields that come back identical after writing and reading
  again; what does not is named, with how often, and `convert` tells each by entry, field, value and reason.
- **Same**: a second round trip gives the same bytes.
- **Read by**: programs and schemas that read our file of all these lines in the tests without an error and hold the
  same authors, title, year, host and pages; what a program itself cannot hold stands as an exception, with its reason,
  in `tests/parity/test_exchange_clients.py` and `test_latex.py`.
- **Items/s**: read / written, processor seconds of one core, 10,000 items, the search for losses included.
- **Growth**: the time an item takes in a file of 50,000 and of 200,000 items, that in one of 10,000 being 1: read /
  written.
- **KB an item**: memory while reading (the library that is made is most of it) / while writing, beside what was held
  before, at 50,000 items.

| format | name | suffix | kept, lost | same | read by | items/s | growth | KB an item |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |"""

MIDDLE = """
## Large files

RIS, PubMed, EndNote tagged and CSL-JSON are converted into each other item by item (CSV and TSV are read so): no
library is held, only the file's text and the keys. RIS into CSL-JSON: {through}. Repeated keys, findings, losses and
limits are the same as with a whole library. Several inputs, `--dedupe` and `--keys` need all items at once.

The other formats are held whole, at the figures of the table: BibTeX looks for macros, `crossref` and free keys in the
whole file; a table's columns are known after its last row; YAML is read and written as a tree. XML is written as a
tree and read record by record, but for Zotero RDF, whose records point to each other.

A file of 200,000 items passes the default limits as RIS, PubMed, EndNote tagged and BibTeX where its records are as
short as these lines; for longer ones, for XML, and for Zotero RDF (1,500,000 tags and attributes) raise them:
`kzcite --limit input_bytes=400000000 --limit unpacked_bytes=400000000 --limit xml_elements=40000000 convert ...`.

## What stands where

Each format is a table in `src/kzcite/data/mappings`: a CSL variable, the format's field, for which types, by which
converter. Change a row in a directory of your own and lay it over ours with `--tables DIR`.

- Fields of the input that no row knows travel in CSL-JSON's `custom`, under the format's name, and return into that
  format.
- A BibTeX entry that cannot be read is told and travels whole in `custom.unread-bibtex`; BibTeX gets it back as it
  stood, after the good entries; every other format that has no `custom` tells it as lost.
- RIS and EndNote: a body ends in a comma. The fields that are left to the user hold in RIS: U1 medium, U2 part number,
  U3 compiler, U4 number in the series of a part, U5 number of a book; in EndNote XML: custom 1 medium, 2 part number,
  3 number of a part, 4 number in a series, 5 compilers, 6 name of a conference, 7 its date.
- BibTeX and BibLaTeX: UTF-8; `entrysubtype` tells CSL types apart that share an entry type; words with capitals in
  titles are braced; people are always `Family, Given`, bodies in braces. In BibLaTeX the publisher of a page, an act or
  a standard is its `organization`, which the drivers of `@online` and `@misc` print.
- JATS: with `custom.printed`, the line as printed stands beside the structured citation as `mixed-citation`.
- Crossref: written only, the whole line always as `unstructured_citation`.
- Tables: a cell that a spreadsheet would run begins with an apostrophe, which reading takes off.
- LibreOffice has no import of bibliographies that a program can call: its bibliography is a database table filled in
  its own window, and no filter of LibreOffice 7.4 (Debian 12) names BibTeX, RIS or EndNote (`grep -i bibtex` over
  `share/registry/*.xcd` finds none). Papers for it are written as docx, which it reads in our tests; a library reaches
  it through Zotero or JabRef, which read the formats above.

## Sources of the tables
"""
