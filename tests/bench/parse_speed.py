"""Lines a second and peak memory of `kzcite parse --lines -t jsonl`, whole process, at several sizes.

    python tests/bench/parse_speed.py [lines ...]

The lines are those of the corpus, each made different so that nothing is remembered from one repetition to the next.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools" / "model")]

SIZES = (1_000, 10_000, 100_000)


def lines() -> Iterator[str]:
    """Corpus lines without end, the repetition's number put into each round's words."""
    from corpus import read

    printed = [line.raw for path in sorted((ROOT / "fixtures" / "corpus").glob("*.tsv")) for line in read(path)]
    for round_ in count():
        for one in printed:
            yield (
                one
                if not round_
                else one.replace("е", f"е{round_ % 7 * 'н'}", 1).replace("о", f"о{round_ // 7 * 'р'}", 1)
            )


def measure(size: int) -> tuple[float, float, float]:
    """Processor seconds, seconds on the clock and peak MB of one call."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lines.txt"
        path.write_text("".join(f"{one}\n" for one in islice(lines(), size)), encoding="utf-8")
        began = time.perf_counter()
        child = os.fork()
        if child == 0:
            nothing = os.open(os.devnull, os.O_RDWR)
            os.dup2(nothing, 1)
            os.environ["PYTHONPATH"] = str(ROOT / "src")
            os.execv(sys.executable, [sys.executable, "-m", "kzcite", "parse", "--lines", "-t", "jsonl", str(path)])
        _, status, usage = os.wait4(child, 0)
        if status:
            raise SystemExit(f"kzcite ended with {status}")
        return usage.ru_utime + usage.ru_stime, time.perf_counter() - began, usage.ru_maxrss / 1024


def main() -> None:
    print(f"{'lines':>8} {'CPU s':>8} {'s':>8} {'lines per CPU s':>16} {'peak MB':>8}")
    for size in [int(one) for one in sys.argv[1:]] or SIZES:
        cpu, clock, memory = measure(size)
        print(f"{size:>8} {cpu:>8.2f} {clock:>8.2f} {size / cpu:>16.0f} {memory:>8.0f}", flush=True)


if __name__ == "__main__":
    main()
