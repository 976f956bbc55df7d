"""Changing a source text by its bytes: splices, the bytes of characters, characters as XML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

_TOKEN = re.compile(r"&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|(amp|lt|gt|quot|apos));|\r\n?|[\s\S]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class ByteCount:
    """How many bytes of the source characters `raw` stand for its first n characters; quick for rising n.

    >>> ByteCount(b"a&amp;b").of(2)
    6
    """

    __slots__ = ("_bytes", "_characters", "_plain", "_text", "_tokens")

    def __init__(self, raw: bytes) -> None:
        self._text = raw.decode("utf-8")
        self._plain = "&" not in self._text and "\r" not in self._text
        self._rewind()

    def _rewind(self) -> None:
        self._characters = self._bytes = 0
        self._tokens = _TOKEN.finditer(self._text)

    def of(self, characters: int) -> int:
        if characters < self._characters:
            self._rewind()
        if self._plain:
            self._bytes += len(self._text[self._characters : characters].encode("utf-8"))
        else:
            for token in islice(self._tokens, characters - self._characters):
                self._bytes += len(token[0].encode("utf-8"))
        self._characters = characters
        return self._bytes


def escape(text: str) -> bytes:
    """Characters as XML content in UTF-8; what XML cannot hold becomes a space.

    >>> escape("a < b & c")
    b'a &lt; b &amp; c'
    """
    text = _UNPRINTABLE.sub(" ", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode("utf-8")


def escape_attribute(text: str) -> bytes:
    """Characters as the value of an attribute in double quotes."""
    return (
        escape(text).replace(b'"', b"&quot;").replace(b"\t", b"&#9;").replace(b"\n", b"&#10;").replace(b"\r", b"&#13;")
    )


class Splice(NamedTuple):
    """Put `data` where the bytes `start` to `end` stand. `order` tells insertions at one place apart."""

    start: int
    end: int
    order: int
    data: bytes


def splice(data: bytes, splices: Iterable[Splice]) -> bytes:
    """The source with the splices carried out; of two that overlap, the one that covers more wins."""
    out: list[bytes] = []
    at = 0
    for one in sorted(set(splices), key=lambda s: (s.start, s.start != s.end, s.order, -s.end)):
        if one.end <= at and one.start < at:
            continue
        out += [data[at : one.start], one.data]
        at = max(at, one.end)
    return b"".join([*out, data[at:]])
