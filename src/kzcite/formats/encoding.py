"""Bytes → text: which encoding a text file is in, said where it had to be guessed."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from kzcite.model import InputError, Notice

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the Python name of its encoding, and a notice where that is not UTF-8."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def decode(data: bytes, where: str = "") -> Decoded:
    """The text in `data`. Raises InputError for binary data."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, where)
    if b"\0" in data[:65536]:
        raise InputError("this is a binary file, not text", where=where)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _strict(data, "cp1251", where)


def _strict(data: bytes, encoding: str, where: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"not readable as {encoding}: {error.reason} at byte {error.start}", where=where) from error
    notices = () if encoding.startswith("utf-8") else (Notice("encoding", {"encoding": encoding}),)
    return Decoded(text, encoding, notices)
