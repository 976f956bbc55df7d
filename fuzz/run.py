"""Fuzz kzcite with atheris: `python fuzz/run.py [TARGET ...] [--seconds N] [--table FILE]`.

Each target runs in a process of its own with coverage of the package, for N seconds of processor time each (at most
four times as long by the clock), and ends at its first crash, at a call over 10 s of processor time (300 s by the
clock) or over 1 GB. What it finds lands in fuzz/crashes; the inputs it thought worth keeping are reused by the next run
(fuzz/found). Needs the extra `fuzz`.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

HERE = Path(__file__).resolve().parent
TIMEOUT = 10
"""Seconds of processor time that a call may take: other work on the machine must not look like a hang."""
STANDSTILL = 300
"""Seconds by the clock, for what waits or hangs outside of Python, where no signal is seen."""
PATIENCE = 4
"""How many times its processor time a target may take by the clock, on a machine that has other work."""
MEGABYTES = 1024
LONGEST = 6000
LONGEST_OF = {"line": 1000}
"""Bytes of an input; a call of the parser takes time in proportion, and real lines are shorter still."""


def hang(_signal: int, _frame: FrameType | None) -> None:
    """Make a crash of a call that takes too long."""
    raise AssertionError(f"HangError: over {TIMEOUT} s of processor time")


def timed(target: Callable[[bytes], None], seconds: int) -> Callable[[bytes], None]:
    """The target, each call of it bounded in processor time, and all together: libFuzzer ends in order at SIGUSR1."""

    def call(data: bytes) -> None:
        if time.process_time() > seconds:
            signal.raise_signal(signal.SIGUSR1)
            return
        signal.setitimer(signal.ITIMER_PROF, TIMEOUT)
        try:
            target(data)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    return call


def child(name: str, seconds: int, arguments: list[str]) -> None:
    """Run one target under libFuzzer in this process, for so much processor time, start-up included."""
    import atheris
    from tracing import mended

    with atheris.instrument_imports(include=["kzcite"]):
        from targets import PACKAGES, TARGETS

        import kzcite

        for package in ("model", "text", "tables", *PACKAGES.get(name, ())):
            for one in pkgutil.walk_packages([f"{kzcite.__path__[0]}/{package}"], f"kzcite.{package}."):
                importlib.import_module(one.name)
        from kzcite.formats.registry import DOCUMENT_FORMATS, LIBRARY_FORMATS

        for form in DOCUMENT_FORMATS if name.startswith("document-") else LIBRARY_FORMATS:
            if {"read", "write"} & form.can:
                form.load()

    signal.signal(signal.SIGPROF, hang)
    atheris.Setup([sys.argv[0], *arguments], mended(timed(TARGETS[name], seconds)))
    atheris.Fuzz()


def fuzz(name: str, seconds: int) -> tuple[int, float, float, str]:
    """Fuzz one target: executions, seconds by the clock and of processor time, the last word of a crash ("": none)."""
    from targets import seeds

    found = HERE / "found" / name
    crashes = HERE / "crashes" / name
    found.mkdir(parents=True, exist_ok=True)
    crashes.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(seeds(name)):
            (Path(folder) / f"seed{number}").write_bytes(data)
        began, used = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [
                sys.executable,
                __file__,
                "--child",
                name,
                str(seconds),
                str(found),
                folder,
                f"-max_total_time={PATIENCE * seconds}",
                f"-timeout={STANDSTILL}",
                f"-rss_limit_mb={MEGABYTES}",
                f"-max_len={LONGEST_OF.get(name, LONGEST)}",
                f"-artifact_prefix={crashes}/",
                "-print_final_stats=1",
                "-verbosity=0",
            ],
            capture_output=True,
            text=True,
            errors="replace",
        )
    took, now = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
    count = re.search(r"number_of_executed_units:\s*(\d+)", done.stderr)
    crash = ""
    if done.returncode:
        lines = [one for one in (done.stderr + done.stdout).splitlines() if one.strip()]
        (crashes / "log.txt").write_text("\n".join(lines[-200:]), encoding="utf-8")
        named = [one for one in lines if re.match(r"\s*(\w+Error|\w+Exception|ALARM|==\d+== ERROR)\b", one)]
        crash = (named or lines or ["ended without a word"])[-1][:160]
    return (int(count[1]) if count else 0), took, cpu, crash


def main() -> int:
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], int(sys.argv[3]), sys.argv[4:])
        return 0
    from targets import TARGETS

    options = argparse.ArgumentParser(description="Fuzz the readers, the parser, the finder and the style loader.")
    options.add_argument("target", nargs="*", choices=[[], *TARGETS], help="all of them when none is named")
    options.add_argument("--seconds", type=int, default=60, help="of processor time for each target")
    options.add_argument("--table", type=Path, help="add a line for each target to this file")
    chosen = options.parse_args()
    bad = 0
    for name in chosen.target or TARGETS:
        count, took, cpu, crash = fuzz(name, chosen.seconds)
        bad += bool(crash)
        line = f"| {name} | {took:.0f} | {cpu:.0f} | {count:,} | {crash or 'no crash, no hang'} |"
        print(line, flush=True)
        if chosen.table:
            with chosen.table.open("a", encoding="utf-8") as out:
                out.write(line + "\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
