"""Files in and out: bounded reading with clear errors, and writing that never leaves half a file behind."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from kzcite.model.errors import InputError, OutputError
from kzcite.model.limits import current

STANDARD = "-"
"""The name that means standard input or output."""


def read_bytes(path: str | Path) -> bytes:
    """The content of a file, or of standard input for ``-``.

    Raises InputError for what is missing, a directory, no regular file or unreadable; LimitError for what is too large.
    """
    bound = current().input_bytes
    if str(path) == STANDARD:
        data = sys.stdin.buffer.read(bound + 1)
    else:
        with _reading(path), open(path, "rb") as handle:
            size = os.fstat(handle.fileno()).st_size or bound  # what is asked for is set aside at once
            data = handle.read(min(size, bound) + 1)
    current().check("input_bytes", len(data), str(path))
    return data


def open_bytes(path: str | Path) -> BinaryIO:
    """A file for reading more than once; standard input and pipes go through a temporary file. Raises as `read_bytes`.

    The caller closes it.
    """
    if str(path) == STANDARD:
        return _spooled(sys.stdin.buffer, STANDARD)
    with _reading(path):
        handle = open(path, "rb")  # noqa: SIM115
        if handle.seekable():
            return handle
        with handle:
            return _spooled(handle, str(path))


_SPOOL = 8_000_000


def _spooled(source: BinaryIO, where: str) -> BinaryIO:
    """What `source` gives, in memory up to some size and else on disk."""
    spool = tempfile.SpooledTemporaryFile(max_size=_SPOOL)  # noqa: SIM115
    size = 0
    while block := source.read(1 << 18):
        size += len(block)
        current().check("input_bytes", size, where)
        spool.write(block)
    return cast(BinaryIO, spool)


@contextlib.contextmanager
def _reading(path: str | Path) -> Iterator[None]:
    """Errors of reading a file as InputError."""
    try:
        if stat.S_ISDIR(os.stat(path).st_mode):
            raise InputError("this is a directory, not a file", where=str(path), hint="name the files inside it")
        yield
    except FileNotFoundError:
        raise InputError("no such file", where=str(path)) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", where=str(path)) from error


def write_bytes(path: str | Path, data: bytes) -> None:
    """Write a file whole or not at all: into a temporary file beside it, then renamed over it.

    A symbolic link is replaced, never followed. ``-`` means standard output. Raises OutputError.
    """
    if str(path) == STANDARD:
        write_standard(data)
    else:
        write_pieces(path, (data,))


def write_pieces(path: str | Path, pieces: Iterable[bytes]) -> None:
    """As `write_bytes`, what is written made piece by piece: nothing is written where making one of them fails."""
    if str(path) == STANDARD:
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spool:
            spool.writelines(pieces)
            spool.seek(0)
            while (chunk := spool.read(_CHUNK)) and write_standard(chunk):
                pass
        return
    target = Path(path)
    if target.is_dir():
        raise OutputError("this is a directory, not a file", where=str(path))
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent or Path("."))
    except OSError as error:
        raise OutputError(f"cannot be written: {error.strerror or error}", where=str(path)) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(pieces)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, _mode(target))
        os.replace(temporary, target)
    except OSError as error:
        raise OutputError(f"cannot be written: {error.strerror or error}", where=str(path)) from error
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)


_IN_MEMORY = 16_000_000
_CHUNK = 1_000_000
"""Bytes of an output that are held before it goes into a temporary file; bytes written at once."""


def write_standard(data: bytes) -> bool:
    """Write to standard output as bytes, whatever the terminal's encoding; whether anybody still reads.

    A reader that hangs up (`| head`) ends the output in silence, as in other Unix tools.
    """
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    except OSError as error:
        raise OutputError(f"cannot be written: {error.strerror or error}", where="standard output") from error
    return True


def _mode(target: Path) -> int:
    """The mode of the file that is replaced, else what the umask leaves of a new one."""
    with contextlib.suppress(OSError):
        if not target.is_symlink():
            return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
