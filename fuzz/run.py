"""Fuzz kzcite with atheris: `python fuzz/run.py [TARGET ...] [--seconds N] [--table FILE]`.

Each target runs in a process of its own with coverage of the package, for N seconds each, and ends at its first crash,
at a call over 10 s or over 1 GB. What it finds lands in fuzz/crashes; the inputs it thought worth keeping are reused
by the next run (fuzz/found). Needs the extra `fuzz`.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
TIMEOUT = 10
MEGABYTES = 1024
LONGEST = 6000


def child(name: str, arguments: list[str]) -> None:
    """Run one target under libFuzzer in this process."""
    import atheris

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

    atheris.Setup([sys.argv[0], *arguments], TARGETS[name])
    atheris.Fuzz()


def fuzz(name: str, seconds: int) -> tuple[int, float, str]:
    """Fuzz one target: executions, seconds, and the last word of a crash ("" for none)."""
    from targets import seeds

    found = HERE / "found" / name
    crashes = HERE / "crashes" / name
    found.mkdir(parents=True, exist_ok=True)
    crashes.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(seeds(name)):
            (Path(folder) / f"seed{number}").write_bytes(data)
        began = time.monotonic()
        done = subprocess.run(
            [
                sys.executable,
                __file__,
                "--child",
                name,
                str(found),
                folder,
                f"-max_total_time={seconds}",
                f"-timeout={TIMEOUT}",
                f"-rss_limit_mb={MEGABYTES}",
                f"-max_len={LONGEST}",
                f"-artifact_prefix={crashes}/",
                "-print_final_stats=1",
                "-verbosity=0",
            ],
            capture_output=True,
            text=True,
            errors="replace",
        )
    took = time.monotonic() - began
    count = re.search(r"number_of_executed_units:\s*(\d+)", done.stderr)
    crash = ""
    if done.returncode:
        lines = [one for one in (done.stderr + done.stdout).splitlines() if one.strip()]
        (crashes / "log.txt").write_text("\n".join(lines[-200:]), encoding="utf-8")
        named = [one for one in lines if re.match(r"\s*(\w+Error|\w+Exception|ALARM|==\d+== ERROR)\b", one)]
        crash = (named or lines or ["ended without a word"])[-1][:160]
    return (int(count[1]) if count else 0), took, crash


def main() -> int:
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], sys.argv[3:])
        return 0
    from targets import TARGETS

    options = argparse.ArgumentParser(description="Fuzz the readers, the parser, the finder and the style loader.")
    options.add_argument("target", nargs="*", choices=[[], *TARGETS], help="all of them when none is named")
    options.add_argument("--seconds", type=int, default=60, help="for each target")
    options.add_argument("--table", type=Path, help="add a line for each target to this file")
    chosen = options.parse_args()
    bad = 0
    for name in chosen.target or TARGETS:
        count, took, crash = fuzz(name, chosen.seconds)
        bad += bool(crash)
        line = f"| {name} | {took:.0f} | {count:,} | {crash or 'no crash, no hang'} |"
        print(line, flush=True)
        if chosen.table:
            with chosen.table.open("a", encoding="utf-8") as out:
                out.write(line + "\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
