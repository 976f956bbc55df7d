"""Speed and memory of the checks: bytes of papers checked per second of one core, alone and with finding and parsing.

python -m tests.bench.check_speed DIRECTORY_OF_PAPERS [PAPERS]   (default 100 papers: those of the directory, repeated)

Prints the growth from a tenth of the papers to all of them: 10 is linear. Memory is the largest resident set. A paper
that comes again costs less (the parser remembers its last lines), so the papers are also timed met for the first time.
"""

from __future__ import annotations

import resource
import sys
import time
from datetime import date
from pathlib import Path

from kzcite import checks, jobs, linker, parser

TODAY = date(2026, 11, 22)


def main(folder: str, papers: int = 100) -> None:
    """Measure on the *.txt and *.md files of `folder`."""
    paths = sorted([*Path(folder).glob("*.txt"), *Path(folder).glob("*.md")])
    sizes = [path.stat().st_size for path in paths]
    parser.parse_line("Омаров К.Т. Еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.")  # loads the model
    began = time.process_time()
    for path in paths:
        jobs.check_bytes(path.read_bytes(), str(path), today=TODAY)
    first = time.process_time() - began
    began = time.process_time()
    for at in range(papers):
        jobs.check_bytes(paths[at % len(paths)].read_bytes(), str(paths[at % len(paths)]), today=TODAY).slim()
    call = time.process_time() - began
    began = time.process_time()
    linked = [jobs.link(jobs.read_document(path)) for path in paths]
    again = time.process_time() - began
    twins = [linker.twins(document) for document in linked]

    def run(count: int) -> tuple[float, int]:
        started = time.process_time()
        found = sum(
            len(checks.check(linked[at % len(linked)], twins=twins[at % len(linked)], today=TODAY))
            for at in range(count)
        )
        return time.process_time() - started, found

    run(len(linked))
    few, _ = run(papers // 10)
    before = _memory()
    many, found = run(papers)
    bytes_read = sum(sizes[at % len(sizes)] for at in range(papers))
    print(f"{papers} papers, {bytes_read / 1e6:.1f} MB, {found} findings")
    print(f"one call, from bytes to findings, {bytes_read / 1e6 / call:.2f} MB/s")
    print(f"checks alone: {bytes_read / 1e6 / many:.2f} MB/s; growth from {papers // 10} papers: {many / few:.1f}")
    print(f"reading, finding, linking, lines remembered: {sum(sizes) / 1e6 / again:.2f} MB/s")
    print(f"each paper met for the first time: {sum(sizes) / 1e6 / first:.2f} MB/s")
    print(f"memory: {before} MB before, {_memory()} MB after")


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main(sys.argv[1], *(int(one) for one in sys.argv[2:]))
