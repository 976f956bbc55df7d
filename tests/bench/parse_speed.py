"""Lines a second and peak memory of `kzcite parse --lines -t jsonl`, whole process.

    python tests/bench/parse_speed.py [lines ...]

The lines are those of the corpus, each made different so that no line is remembered from one repetition to the next;
then 10,000 lines of which only a tenth are different, as in a volume of papers; then single lines of growing length.
Modules are compiled beforehand, as they are in an installed package.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import count, cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools" / "model")]

SIZES = (1_000, 10_000, 100_000)
LENGTHS = (1_000, 10_000, 100_000)
_LONGER = {"е": "н", "о": "р", "e": "n", "o": "r"}  # a letter → the letter put after it


def lines() -> Iterator[str]:
    """Corpus lines without end, all different: each round puts letters into two words."""
    from corpus import read

    printed = [line.raw for path in sorted((ROOT / "fixtures" / "corpus").glob("*.tsv")) for line in read(path)]
    printed = list(dict.fromkeys(printed))
    for round_ in count():
        for one in printed:
            yield _changed(one, round_) if round_ else one


def _changed(line: str, round_: int) -> str:
    for letters, times in (("[еe]", round_ % 7), ("[оo]", round_ // 7)):
        if not re.search(letters, line):
            return f"{line} [{round_}]"
        line = re.sub(letters, lambda found, times=times: found[0] + times * _LONGER[found[0]], line, count=1)
    return line


def long_line(length: int) -> str:
    return "; ".join(islice(lines(), length // 40))[:length]


def measure(text: Iterable[str]) -> tuple[float, float, float]:
    """Processor seconds, seconds on the clock and peak MB of one call."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lines.txt"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(f"{one}\n" for one in text)
        began = time.perf_counter()
        child = os.fork()
        if child == 0:
            nothing = os.open(os.devnull, os.O_RDWR)
            os.dup2(nothing, 1)
            environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
            environment |= {"PYTHONPATH": str(ROOT / "src"), "PYTHONPYCACHEPREFIX": _COMPILED.name}
            command = [sys.executable, "-m", "kzcite", "parse", "--lines", "-t", "jsonl", str(path)]
            os.execve(sys.executable, command, environment)
        _, status, usage = os.wait4(child, 0)
        if status:
            raise SystemExit(f"kzcite ended with {status}")
        return usage.ru_utime + usage.ru_stime, time.perf_counter() - began, usage.ru_maxrss / 1024


_COMPILED = tempfile.TemporaryDirectory()


def main() -> None:
    measure(islice(lines(), 1))
    print(f"{'lines':>28} {'CPU s':>8} {'s':>8} {'lines per CPU s':>16} {'peak MB':>8}")
    sizes = [int(one) for one in sys.argv[1:]]

    def row(name: str, size: int, text: Iterable[str]) -> None:
        cpu, clock, memory = measure(text)
        print(f"{name:>28} {cpu:>8.2f} {clock:>8.2f} {size / cpu:>16.0f} {memory:>8.0f}", flush=True)

    for size in sizes or SIZES:
        row(str(size), size, islice(lines(), size))
    if not sizes:
        row("10000, 1000 of them different", 10_000, islice(cycle(list(islice(lines(), 1_000))), 10_000))
        for length in LENGTHS:
            row(f"one of {length} characters", 1, [long_line(length)])


if __name__ == "__main__":
    main()
