"""A text file line by line, in memory that does not grow with it: one pass to know it, one to give its lines."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kzcite.formats.encoding import guess_from_blocks
from kzcite.formats.files import open_bytes
from kzcite.model import InputError, Notice
from kzcite.model.limits import current
from kzcite.text.legacy import Layout, detect_layout

BLOCK = 1 << 18
"""Bytes that are read at a time; stand-in letters are looked for in the first of them."""


@dataclass(frozen=True, slots=True)
class Lines:
    """`count` lines that can be gone through once, and notices where anything was guessed."""

    lines: Iterator[str]
    count: int
    notices: tuple[Notice, ...] = ()


def read_lines(path: str | Path) -> Lines:
    """The lines of a text file, or of standard input for ``-``, without their ends.

    A line ends with LF (a CR before it is left to the caller), in a file without LF with CR. Encoding and bounds are
    known before the first line is given. Raises InputError for binary data and what cannot be read, LimitError for a
    file or a line that is too large.
    """
    where = str(path)
    with ExitStack() as stack:
        handle = stack.enter_context(open_bytes(path))

        def blocks(start: int = 0) -> Iterator[bytes]:
            return _blocks(handle, start, where)

        encoding, mark = guess_from_blocks(blocks, where)

        def text() -> Iterator[str]:
            return _decoded(blocks(len(mark)), encoding, where)

        layout = detect_layout(next(text(), ""))
        end = "\n" if any("\n" in block for block in text()) else "\r"
        bound = current().line_length
        count = 0
        for count, line in enumerate(_split(text(), end, where), 1):
            if len(line) > bound:
                current().check("line_length", len(line), f"{where}:{count}")
        stack.pop_all()
    notices: tuple[Notice, ...] = ()
    if encoding != "utf-8":
        notices += (Notice("encoding", {"encoding": encoding}),)
    if layout:
        notices += (Notice("legacy-letters", {"layout": layout.title}),)
    return Lines(_given(handle, _restored(_split(text(), end, where), layout)), count, notices)


def _given(handle: BinaryIO, lines: Iterable[str]) -> Iterator[str]:
    with handle:
        yield from lines


def _restored(lines: Iterable[str], layout: Layout | None) -> Iterable[str]:
    return map(layout.restore, lines) if layout else lines


def _blocks(handle: BinaryIO, start: int, where: str) -> Iterator[bytes]:
    """The bytes from `start` on, never more than the bound `input_bytes` in all."""
    size = start
    try:
        handle.seek(start)
        while block := handle.read(BLOCK):
            size += len(block)
            current().check("input_bytes", size, where)
            yield block
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", where=where) from error


def _decoded(blocks: Iterable[bytes], encoding: str, where: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for block in blocks:
            yield decoder.decode(block)
        yield decoder.decode(b"", True)
    except UnicodeDecodeError as error:
        raise InputError(f"not readable as {encoding}: {error.reason}", where=where) from error


def _split(blocks: Iterable[str], end: str, where: str) -> Iterator[str]:
    rest = ""
    bound = current().line_length
    number = 0
    for block in blocks:
        *lines, rest = (rest + block).split(end)
        yield from lines
        number += len(lines)
        if len(rest) > bound:
            current().check("line_length", len(rest), f"{where}:{number + 1}")
    if rest:
        yield rest
