"""Items rendered per CPU second, whole process, beside citeproc-js on node in the same run.

python -m tests.bench.render_speed ITEMS.jsonl [N ...]     (rows with a CSL item, or with one under "gold")

Each figure is the better of two runs. Both sides read the same JSON, sort as the style sorts, tell alike cites apart
and make every entry. citeproc-js (npm `citeproc`) has a dash where node or tests/clients is not installed (npm
install). At the end, a list of 100 entries from the shell.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from kzcite.tables.styles import find_locale, find_style

CLIENTS = Path(__file__).resolve().parent.parent / "clients"
STYLES = ("gost-7.1-2003", "gost-kz", "gost-r-7-0-5-2008-numeric", "apa")
SHORT = 100
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


LAUNCH = """
import os, sys
quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, used = os.wait4(child, 0)
print(used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, os.waitstatus_to_exitcode(status))
"""
"""A process begins with the peak of the one that starts it, so that a large one (pytest) starts it by a small one."""


def measure(command: list[str], source: Path | None = None) -> tuple[float, int]:
    """(CPU seconds of the whole process, peak memory in MB)."""
    with open(source or os.devnull, "rb") as stdin:
        launched = [sys.executable, "-S", "-c", LAUNCH, *command]
        done = subprocess.run(launched, stdin=stdin, stdout=subprocess.PIPE, text=True, check=True)
    seconds, megabytes, status = done.stdout.split()
    if int(status):
        raise SystemExit(f"{command[0]} failed with {status}")
    return float(seconds), int(megabytes)


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


def from_the_shell(rows: list[dict[str, Any]], style: str, directory: Path) -> float:
    """CPU seconds of `kzcite render` for a list of 100 entries, the best of three runs."""
    path = directory / "short.json"
    path.write_text(json.dumps(job(rows, style, SHORT)["items"]), encoding="utf-8")
    command = [sys.executable, "-m", "kzcite", "render", str(path), "--style", style]
    return min(measure(command)[0] for _ in range(3))


def side_by_side(found: dict[str, tuple[float, int]]) -> str:
    """The cells of one row: both engines, how many times as fast, peak memory of both."""
    rate, memory = found["kzcite"]
    if "citeproc-js" not in found:
        return f"{rate:,.0f} | – | – | {memory}"
    other, other_memory = found["citeproc-js"]
    return f"{rate:,.0f} | {other:,.0f} | {rate / other:.1f} | {memory} against {other_memory}"


def main(arguments: list[str]) -> None:
    rows = read_items(Path(arguments[0]))
    counts = [int(one) for one in arguments[1:]] or [1000, 5000, 20000]
    print("Items rendered per CPU second, whole process\n")
    print("| style | items | kzcite | citeproc-js | times as fast | peak MB |\n| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        for style in STYLES:
            for count in counts:
                print(f"| {style} | {count:,} | {side_by_side(compare(rows, style, count, directory))} |", flush=True)
        print(f"\n`kzcite render` of {SHORT} entries:")
        for style in STYLES:
            print(f"  {style}: {from_the_shell(rows, style, directory):.2f} s of CPU", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
