"""`kzcite parse`: reference lines → bibliographic data."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import islice

import click

from kzcite import jobs
from kzcite.cli import options
from kzcite.cli.progress import track
from kzcite.cli.say import say_notices, say_reading, visible
from kzcite.cli.shapes import dump, entry_line
from kzcite.model import Item, Library
from kzcite.model.limits import current

CHUNK = 500
"""Lines given to one process at a time."""


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
    target = output_format or _by_suffix(output) or "csljson"
    found: Iterable[Line] = _lines(file, workers) if lines else _entries(file, input_format)
    if min_confidence is not None:
        found = _doubtful(found, min_confidence)
    _write(found, target, output)


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
    """The lines of the file, read and bounded at once, parsed as they are asked for."""
    from kzcite.formats.encoding import decode
    from kzcite.formats.files import read_bytes

    decoded = decode(read_bytes(file), file)
    say_notices(file, decoded.notices)
    end = "\n" if "\n" in decoded.text else "\r"
    lines = decoded.text.removesuffix(end).split(end) if decoded.text else []
    limits = current()
    for number, line in enumerate(lines, 1):
        limits.check("line_length", len(line), f"{file}:{number}")
    return _placed(lines, workers)


def _placed(lines: list[str], workers: int) -> Iterator[Line]:
    at = 0
    for number, (printed, item) in enumerate(_parsed(track(lines, "parse"), workers), 1):
        raw = printed.removesuffix("\r")
        yield raw, item, f"e{number}", "", (at, at + len(raw))
        at += len(printed) + 1


def _parsed(lines: Iterable[str], workers: int) -> Iterator[tuple[str, Item | None]]:
    """Lines with their items, in order, whatever the number of processes."""
    if workers == 1:
        for job in _chunks(lines):
            yield from zip(*_parse_chunk(job), strict=True)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(workers) as pool:
        for chunk, items in pool.map(_parse_chunk, _chunks(lines)):
            yield from zip(chunk, items, strict=True)


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
    if output == "-":
        for line in lines:
            sys.stdout.write(line + "\n")
        sys.stdout.flush()
        return
    from kzcite.formats.files import write_bytes

    write_bytes(output, "".join(line + "\n" for line in lines).encode())
