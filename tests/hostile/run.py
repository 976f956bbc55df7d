"""Run kzcite on every hostile file: exit code, seconds of processor time, peak memory, what it said.

`make bench-hostile` prints the table.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.hostile.files import LIST
from tests.hostile.repeats import ALL

SECONDS = 5.0
MEGABYTES = 512
BOUND = 60
"""After so many seconds a call is stopped, to see the rest of the table."""


@dataclass(frozen=True)
class Outcome:
    file: str
    call: str
    size: int
    exit: int
    seconds: float
    megabytes: float
    said: str

    @property
    def is_good(self) -> bool:
        return (
            self.exit in (0, 1, 2, 3, 4, 5)
            and self.seconds <= SECONDS
            and self.megabytes <= MEGABYTES
            and "Traceback" not in self.said
        )


def outcomes(only: str = "") -> Iterator[Outcome]:
    """Every call on every file, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "list.txt").write_text(LIST, encoding="utf-8")
        for name, (make, calls) in ALL.items():
            if only and only not in name:
                continue
            data = make()
            (here / name).write_bytes(data)
            for call in calls:
                yield measure(here, name, len(data), [one.replace("@", name) for one in call])
            (here / name).unlink()
            assert not (here / "evil").exists()


def measure(here: Path, name: str, size: int, arguments: list[str]) -> Outcome:
    """One call as a child process, its time and its own peak memory."""
    said = here / "said"
    child = os.fork()
    if child == 0:
        os.chdir(here)
        nothing = os.open(os.devnull, os.O_RDWR)
        errors = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(nothing, 0)
        os.dup2(nothing, 1)
        os.dup2(errors, 2)
        signal.alarm(BOUND)
        os.execv(sys.executable, [sys.executable, "-m", "kzcite", *arguments])
    _, status, usage = os.wait4(child, 0)
    seconds = usage.ru_utime + usage.ru_stime
    words = said.read_text("utf-8", "replace").strip()
    line = words.splitlines()[-1] if words else ""
    if "Traceback" in words:
        line = f"Traceback: {line}"
    return Outcome(
        name, " ".join(arguments), size, os.waitstatus_to_exitcode(status), seconds, usage.ru_maxrss / 1024, line
    )


HEAD = """# Hostile and broken files

Written by `make bench-hostile`: every file is made by `tests/hostile/files.py` or `repeats.py`, every call is a process
of its own. `s` is its processor time, so that other work on the machine does not count; `MB` its peak memory. A call
must end within {seconds:g} s and {megabytes} MB, with an exit code of the contract, without a traceback.

"""


def row(one: Outcome) -> str:
    said = one.said.replace("|", "\\|").replace("<", "&lt;")[:110]
    cells = (
        one.file,
        f"{one.size / 1024:.0f}",
        f"`{one.call}`",
        one.exit,
        f"{one.seconds:.1f}",
        f"{one.megabytes:.0f}",
    )
    return "| " + " | ".join(map(str, cells)) + f" | {said}{'' if one.is_good else ' **over**'} |"


def main() -> int:
    """`run.py [PART-OF-NAME] [-o FILE]`: the table on standard output, and whole in FILE."""
    arguments = sys.argv[1:]
    target = Path(arguments.pop()) if arguments[-2:-1] == ["-o"] else None
    if target:
        arguments.pop()
    lines = ["| file | KB | call | exit | s | MB | said |", "| --- | ---: | --- | ---: | ---: | ---: | --- |"]
    print("\n".join(lines), flush=True)
    bad = 0
    for one in outcomes(arguments[0] if arguments else ""):
        bad += not one.is_good
        lines.append(row(one))
        print(lines[-1], flush=True)
    lines.append(f"\n{len(lines) - 2} calls, {bad} over {SECONDS:g} s, {MEGABYTES} MB or without a clean end.\n")
    print(lines[-1])
    if target:
        target.write_text(HEAD.format(seconds=SECONDS, megabytes=MEGABYTES) + "\n".join(lines), encoding="utf-8")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
