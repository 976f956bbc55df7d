"""Items rendered per CPU second, whole process, beside citeproc-js on node in the same run.

python -m tests.bench.render_speed ITEMS.jsonl [N ...]     (rows with a CSL item, or with one under "gold")

Each line is the better of two runs. Both sides read the same JSON, sort as the style sorts, tell alike cites apart and
make every entry. citeproc-js (npm `citeproc`) is left out where tests/clients has not been installed.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from kzcite.tables.styles import find_locale, find_style

CLIENTS = Path(__file__).resolve().parent.parent / "clients"
STYLES = ("gost-r-7-0-5-2008-numeric", "gost-kz", "apa")
OURS = """
import json, sys
from kzcite.model import Item, Library
from kzcite.renderer import render
job = json.load(open(sys.argv[1], encoding="utf-8"))
library = Library(tuple(Item.from_csl(one) for one in job["items"]))
lines = render(library, job["name"], order="style")
assert len(lines) == len(job["items"])
"""


def job(rows: list[dict[str, Any]], style: str, count: int) -> dict[str, Any]:
    """`count` items, the rows over and over with a volume of their own."""
    items = [{**rows[at % len(rows)], "id": f"x{at}", "collection-number": str(at)} for at in range(count)]
    locales = {one: find_locale(one) for one in ("en-US", "ru-RU", "kk-KZ")}
    return {
        "name": style,
        "style": find_style(style).read_text(encoding="utf-8"),
        "locales": {one: path.read_text(encoding="utf-8") for one, path in locales.items() if path},
        "lang": "ru-RU",
        "items": items,
    }


def measure(command: list[str], source: Path | None = None) -> tuple[float, int]:
    """(CPU seconds of the whole process, peak memory in MB)."""
    with open(source or os.devnull, "rb") as stdin:
        process = subprocess.Popen(command, stdin=stdin, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} failed with {process.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def compare(
    rows: list[dict[str, Any]], style: str, count: int, directory: Path, *, others: bool = True
) -> dict[str, tuple[float, int]]:
    """engine → (items per CPU second, peak MB); without the `others`, kzcite alone."""
    path = directory / f"{style}-{count}.json"
    path.write_text(json.dumps(job(rows, style, count)), encoding="utf-8")
    commands: dict[str, tuple[list[str], Path | None]] = {"kzcite": ([sys.executable, "-c", OURS, str(path)], None)}
    node = shutil.which("node")
    if others and node and (CLIENTS / "node_modules" / "citeproc").is_dir():
        commands["citeproc-js"] = ([node, str(CLIENTS / "citeproc.js")], path)
    out: dict[str, tuple[float, int]] = {}
    for name, (command, source) in commands.items():
        seconds, memory = min(measure(command, source) for _ in range(2))
        out[name] = (count / seconds, memory)
    return out


def read_items(path: Path) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    items = [row.get("gold", row) for row in rows]
    return [one for one in items if one]


def main(arguments: list[str]) -> None:
    rows = read_items(Path(arguments[0]))
    print("| style | items | engine | items per CPU second | peak MB |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as directory:
        for style in STYLES:
            for count in [int(one) for one in arguments[1:]] or [1000, 5000, 20000]:
                for engine, (rate, memory) in compare(rows, style, count, Path(directory)).items():
                    print(f"| {style} | {count} | {engine} | {rate:.0f} | {memory} |", flush=True)
    print(f"\nthis process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime:.0f} s of CPU in all")


if __name__ == "__main__":
    main(sys.argv[1:])
