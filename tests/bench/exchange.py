"""Round trips and speed of every exchange format over the annotated lines: writes docs/reference/exchange.md.

`python tests/bench/exchange.py` measures and writes the page; `--print` only prints it. Seconds are processor time of
one core; a speed is the best of three over the annotated lines repeated to 5,160 items; growth is the time for eight
times as many items, divided by eight.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kzcite.formats.registry import LIBRARY_FORMATS, Format
from kzcite.model import Item, Library
from kzcite.tables import mappings

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = Path(os.environ.get("KZCITE_SHARED", ROOT.parent / "shared"))
PAGE = ROOT / "docs" / "reference" / "exchange.md"
SLOW = {"xlsx"}


def gold() -> list[Item]:
    lines = (SHARED / "eval" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    return [Item.from_csl({**one["gold"], "id": one["id"]}) for one in found if one["gold"]]


def repeated(items: list[Item], times: int) -> Library:
    return Library(tuple(replace(item, id=f"{item.id}-r{n}") for n in range(times) for item in items))


def seconds(job: Callable[[], object], times: int = 3) -> float:
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        job()
        best = min(best, time.process_time() - start)
    return best


def row(one: Format, items: list[Item]) -> str:
    module = one.load()
    library = Library(tuple(items))
    if "read" not in one.can:
        return f"| {one.title} | `{one.name}` | {one.suffixes[0]} | written only | | | |"
    writing = module.write(library)
    back = module.read(writing.data, "x").library
    same = module.write(back).data == writing.data
    total = sum(len(item.fields) for item in items)
    lost = Counter(loss.name for loss in writing.losses)
    kept = f"{100 * (total - sum(lost.values())) / total:.1f} %"
    names = ", ".join(f"{name} {count}" for name, count in lost.most_common()) or "nothing"
    many = repeated(items, 12)
    data = module.write(many).data
    write, read = (len(many) / seconds(job) for job in (lambda: module.write(many), lambda: module.read(data, "x")))
    growth = ""
    if one.name not in SLOW:
        large = module.write(repeated(items, 96)).data
        growth = f"{seconds(lambda: module.read(large, 'x'), 1) / 8 * read / len(many):.2f}"
    return (
        f"| {one.title} | `{one.name}` | {one.suffixes[0]} | {kept}: {names} | {'yes' if same else 'no'} "
        f"| {read:,.0f} / {write:,.0f} | {growth} |"
    )


def page(items: list[Item]) -> str:
    rows = [row(one, items) for one in LIBRARY_FORMATS]
    sources = [f"- `{name}`: {mappings.mapping(name).source}" for name in mappings.names()]
    return "\n".join([HEAD.format(count=len(items)), *rows, MIDDLE, *sources, ""])


HEAD = """# Exchange formats

<!-- written by tests/bench/exchange.py; measured, so not part of `make docs` -->

`kzcite convert IN OUT` and `kzcite parse -t FORMAT` read and write these. **Kept** is the share of the {count}
annotated lines' fields that come back identical after writing and reading again; what does not is named, with how
often, and `convert` tells each by entry, field, value and reason. **Same** says whether a second round trip gives the
same bytes. **Items/s** are read / written on one core, the search for losses included. **Growth** is the time an item
takes in a file eight times as long.

| format | name | suffix | kept, lost | same | items/s | growth |
| --- | --- | --- | --- | --- | --- | --- |"""

MIDDLE = """
## What stands where

Each format is a table in `src/kzcite/data/mappings`: a CSL variable, the format's field, for which types, by which
converter. Change a row in a directory of your own and lay it over ours with `--tables DIR`.

- Fields of the input that no row knows travel in CSL-JSON's `custom`, under the format's name, and return into that
  format.
- RIS and EndNote: a body ends in a comma. The fields that are left to the user hold in RIS: U1 medium, U2 part number,
  U3 compiler, U4 number in the series of a part, U5 number of a book; in EndNote XML: custom 1 medium, 2 part number,
  3 number of a part, 4 number in a series, 5 compilers, 6 name of a conference, 7 its date.
- BibTeX and BibLaTeX: UTF-8; `entrysubtype` tells CSL types apart that share an entry type; words with capitals in
  titles are braced; people are always `Family, Given`, bodies in braces.
- JATS: with `custom.printed`, the line as printed stands beside the structured citation as `mixed-citation`.
- Crossref: written only, the whole line always as `unstructured_citation`.
- Tables: a cell that a spreadsheet would run begins with an apostrophe, which reading takes off.

## Sources of the tables
"""


if __name__ == "__main__":
    text = page(gold())
    if "--print" in sys.argv:
        print(text)
    else:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(text, encoding="utf-8")
