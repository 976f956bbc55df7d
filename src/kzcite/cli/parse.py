"""`kzcite parse`: reference lines → bibliographic data."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from itertools import islice, tee

import click

from kzcite import jobs
from kzcite.cli import options
from kzcite.cli.progress import track
from kzcite.cli.say import say_notices, say_reading, visible
from kzcite.cli.shapes import dump, entry_line
from kzcite.model import Item, Library

CHUNK = 1024
"""Lines given at a time to one of several processes."""

_BLOCK = 50_000  # characters of output that are written at once


@click.command(
    "parse", epilog="\b\nkzcite parse paper.docx -t bibtex -o refs.bib\nkzcite parse --lines -t jsonl < refs.txt"
)
@click.argument("file", metavar="FILE")
@options.input_format
@options.output_format("csljson")
@options.output_file
@options.workers
@click.option("--lines", is_flag=True, help="Every input line is one reference and gives one result, in order.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), help="Name on standard error what to look at.")
def parse_command(
    file: str,
    input_format: str | None,
    output_format: str | None,
    output: str,
    workers: int,
    lines: bool,
    min_confidence: float | None,
) -> None:
    """Find the reference list in FILE (text, Markdown, HTML, LaTeX, docx ... or - for standard input), cut it into
    entries, and read each into bibliographic data: csljson, jsonl (with spans and confidence), bibtex, ris ..."""
    from kzcite.formats.collector import uncollected

    target = output_format or _by_suffix(output) or "csljson"
    with uncollected() if lines else nullcontext():
        found: Iterable[Line] = _lines(file, workers) if lines else _entries(file, input_format)
        if min_confidence is not None:
            found = _doubtful(found, min_confidence)
        _write(found, target, output)
        if lines:
            gc.freeze()  # what the parser remembers lives until the process ends: it is not searched for cycles


Line = tuple[str, Item | None, str, str, tuple[int, int]]
"""raw, item, id, label, span."""


def _by_suffix(output: str) -> str | None:
    from kzcite.formats.registry import LIBRARY_FORMATS, by_suffix

    if output.endswith(".jsonl"):
        return "jsonl"
    found = by_suffix(output, LIBRARY_FORMATS, "write")
    return found.name if found else None


def _entries(file: str, input_format: str | None) -> list[Line]:
    document = say_reading(jobs.parse_document(jobs.read_document(file, input_format)))
    if not document.entries:
        click.echo(f"kzcite: {file}: no reference list found (use --lines where each line is one reference)", err=True)
    return [(entry.printed(document.text), entry.item, entry.id, entry.label, entry.span) for entry in document.entries]


def _lines(file: str, workers: int) -> Iterator[Line]:
    """The lines of the file, bounded before the first is read, parsed as they are asked for."""
    from kzcite.formats.lines import read_lines

    source = read_lines(file)
    say_notices(file, source.notices)
    return _placed(track(range(source.count), "parse", source.lines), workers)


def _placed(lines: Iterable[str], workers: int) -> Iterator[Line]:
    at = 0
    for number, (printed, item) in enumerate(_parsed(lines, workers), 1):
        raw = printed.removesuffix("\r")
        yield raw, item, f"e{number}", "", (at, at + len(raw))
        at += len(printed) + 1


def _parsed(lines: Iterable[str], workers: int) -> Iterator[tuple[str, Item | None]]:
    """Lines with their items, in order, whatever the number of processes."""
    if workers == 1:
        from kzcite.parser import parse_lines

        printed, read = tee(lines)
        yield from zip(printed, parse_lines(read), strict=True)
        return
    from concurrent.futures import Future, ProcessPoolExecutor

    waiting: deque[Future[tuple[list[str], list[Item | None]]]] = deque()
    with ProcessPoolExecutor(workers) as pool:
        for job in _chunks(lines):
            waiting.append(pool.submit(_parse_chunk, job))
            if len(waiting) > 2 * workers:  # what is done is taken before more is given: memory stays flat
                yield from zip(*waiting.popleft().result(), strict=True)
        while waiting:
            yield from zip(*waiting.popleft().result(), strict=True)


def _chunks(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    source, first = iter(lines), 1
    while chunk := list(islice(source, CHUNK)):
        yield first, chunk
        first += len(chunk)


def _parse_chunk(job: tuple[int, list[str]]) -> tuple[list[str], list[Item | None]]:
    from kzcite.parser import parse_lines

    first, lines = job
    return lines, list(parse_lines(lines, first))


def _doubtful(found: Iterable[Line], least: float) -> Iterator[Line]:
    """Pass everything on, and name the entries and fields below `least` on standard error."""
    for line in found:
        raw, item, id, *_ = line
        if item is None:
            if raw.strip():
                click.echo(f"{id}: no reference: {visible(raw.strip()[:80])}", err=True)
        else:
            weak = [f"{one.name} {one.origin.confidence:.2f}" for one in item.fields if one.origin.confidence < least]
            if weak or item.confidence < least:
                click.echo(f"{id}: {item.confidence:.2f} {', '.join(weak)}: {visible(raw.strip()[:80])}", err=True)
        yield line


def _write(found: Iterable[Line], target: str, output: str) -> None:
    if target == "jsonl":
        from kzcite.parser import scheme

        _stream(
            (
                entry_line(raw, item, id=id, label=label, span=span, scheme=scheme(raw) if item else "")
                for raw, item, id, label, span in found
            ),
            output,
        )
        return
    if target == "csljson":
        from kzcite.formats.library.csljson import to_json

        _stream(_array(dump(to_json(item) if item else None) for _, item, *_ in found), output)
        return
    from kzcite.formats.files import write_bytes

    read = [(item, raw.strip()) for raw, item, *_ in found if item is not None]
    library = Library.of(item for item, _ in read)
    writing = jobs.library_to_bytes(library, target, lines=[raw for _, raw in read])
    write_bytes(output, writing.data)
    for loss in writing.losses:
        click.echo(f"{visible(loss.item)}: {loss.name} not written: {visible(loss.reason)}", err=True)


def _array(values: Iterable[str]) -> Iterator[str]:
    """The lines of a JSON array, one element a line, without holding them all."""
    last = None
    yield "["
    for value in values:
        if last is not None:
            yield last + ","
        last = value
    if last is not None:
        yield last
    yield "]"


def _stream(lines: Iterable[str], output: str) -> None:
    """Lines to a file (whole or not at all) or, as they come, to standard output."""
    from kzcite.formats.files import STANDARD, write_pieces, write_standard

    if output == STANDARD:
        for block in _blocks(lines):
            if not write_standard(block):
                return
    else:
        write_pieces(output, _blocks(lines))


def _blocks(lines: Iterable[str]) -> Iterator[bytes]:
    """Lines as UTF-8, as many together as make a block."""
    block: list[str] = []
    size = 0
    for line in lines:
        block.append(line)
        size += len(line)
        if size > _BLOCK:
            yield "\n".join((*block, "")).encode("utf-8", "backslashreplace")
            block, size = [], 0
    if block:
        yield "\n".join((*block, "")).encode("utf-8", "backslashreplace")
