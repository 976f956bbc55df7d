"""Round trips, speed and memory of every exchange format over the annotated lines: docs/reference/exchange.json.

`python tests/bench/exchange.py [NAME ...] [SIZE ...]` measures the formats named (else all) at the sizes named (else
10,000, 50,000 and 200,000 items: the annotated lines repeated) and writes each figure into that file, from which
`docs/generate.py` makes docs/reference/exchange.md. Each reading and writing is a process of its own; seconds are
processor time of one core, the better of two at the smallest size; memory is the peak beside what the process held
before.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from kzcite import jobs
from kzcite.formats.registry import LIBRARY_FORMATS, Format
from kzcite.model import Item, Library
from kzcite.model.limits import Limits, using

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = Path(os.environ.get("KZCITE_SHARED", ROOT.parent / "shared"))
FIGURES = ROOT / "docs" / "reference" / "exchange.json"
SIZES = (10_000, 50_000, 200_000)
NO_LIMITS = Limits(*[2**40] * 15)


def gold() -> list[Item]:
    """The items of the annotated lines."""
    lines = (SHARED / "eval" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    return [Item.from_csl({**one["gold"], "id": one["id"]}) for one in found if one["gold"]]


def repeated(items: list[Item], count: int) -> Iterator[Item]:
    """So many items, ids unique."""
    for number in range(count):
        item = items[number % len(items)]
        yield replace(item, id=f"{item.id}-r{number // len(items)}")


# --- one measurement, in its own process ----------------------------------------------------------------------------


def megabytes(key: str) -> float:
    """VmRSS or VmHWM of this process."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(key)) / 1024


def measure(job: str, name: str, count: int, path: str) -> dict[str, float]:
    """Seconds and megabytes of a job: `read` or `write` of a format, or `through`: from a RIS file into CSL-JSON."""
    library = Library(tuple(repeated(gold(), count))) if job == "write" else Library()
    data = Path(path).read_bytes() if job == "read" else b""
    next(one for one in LIBRARY_FORMATS if one.name == name).load()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before, start = megabytes("VmRSS"), time.process_time()
    with using(NO_LIMITS):
        if job == "write":
            written = jobs.library_to_bytes(library, name).data
        elif job == "read":
            assert len(jobs.references_from_bytes(data, "x", name).library) == count
        else:
            jobs.convert(path, path + ".json", read="ris", write="csljson")
    found = {"seconds": time.process_time() - start, "megabytes": megabytes("VmHWM") - before}
    if job == "write":
        Path(path).write_bytes(written)
    return found


def measured(job: str, name: str, count: int, path: Path) -> dict[str, float]:
    """The same in a process of its own; of two where they are short, the quicker."""
    command = [sys.executable, __file__, "--measure", job, name, str(count), str(path)]
    runs = [json.loads(subprocess.check_output(command)) for _ in range(2 if count == SIZES[0] else 1)]
    return min(runs, key=lambda one: one["seconds"])


# --- a format's figures ---------------------------------------------------------------------------------------------


def round_trip(one: Format, items: list[Item]) -> dict[str, Any]:
    """How many fields come back, which do not, and whether a second trip gives the same bytes."""
    module = one.load()
    writing = module.write(Library(tuple(items)))
    back = module.read(writing.data, "x").library
    total = sum(len(item.fields) for item in items)
    lost = Counter(loss.name for loss in writing.losses)
    return {
        "items": len(items),
        "kept": round(100 * (total - sum(lost.values())) / total, 1),
        "lost": dict(lost.most_common()),
        "same": module.write(back).data == writing.data,
    }


def main(arguments: list[str]) -> None:
    items = gold()
    names = [one for one in arguments if not one.isdecimal()]
    sizes = [int(one) for one in arguments if one.isdecimal()] or SIZES
    chosen = [one for one in LIBRARY_FORMATS if "read" in one.can and (not names or one.name in names)]
    for one in chosen:
        save(one.name, round_trip(one, items))
    for count in sizes:
        for one in chosen:
            with tempfile.TemporaryDirectory() as folder:
                for job in ("write", "read", "through") if one.name == "ris" else ("write", "read"):
                    found = measured(job, one.name, count, Path(folder) / "x")
                    speed, size = round(count / found["seconds"]), round(found["megabytes"] * 1024 / count, 2)
                    save(one.name, {f"{job} {count}": {"items a second": speed, "kilobytes an item": size}})
                    print(one.name, job, count, f"{speed:,}/s, {size} KB", flush=True)


def save(name: str, figures: dict[str, Any]) -> None:
    """Put figures of a format into the file, in the order of the formats."""
    known = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.is_file() else {}
    known[name] = {**known.get(name, {}), **figures}
    kept = {one.name: known[one.name] for one in LIBRARY_FORMATS if one.name in known}
    FIGURES.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        _, _, job, name, count, path = sys.argv
        print(json.dumps(measure(job, name, int(count), path)))
    else:
        main(sys.argv[1:])
