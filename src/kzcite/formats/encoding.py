"""Bytes → text and back: which encoding a text file is in, said where it had to be guessed.

UTF-8, UTF-16 and UTF-32 are known by their marks or by being well-formed; eight-bit encodings are weighed by how little
in the text looks out of place. Stand-in letters of pre-Unicode Kazakh fonts are restored (`text/legacy.py`).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kzcite.model import InputError, Notice
from kzcite.text.legacy import Layout, detect_layout

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

EIGHT_BIT = ("cp1251", "kz1048", "ptcp154", "koi8-r", "cp866", "cp1252")
"""In this order where two fit equally well: a Russian text reads alike in the first three."""

SAMPLE = 200_000
"""Bytes that are enough to tell one encoding from another."""

# A letter of no Kazakh, Russian or English word; a sign inside a word; a capital after a small letter.
_ODD = re.compile(
    r"[^\W\d_A-Za-zА-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі]"
    r"|(?<=[^\W\d_])[^\w\s.,;:!?()\[\]{}«»„“”\"'’/\\\-–—+=*&#@%<>|~№°§…$^`]+(?=[^\W\d_])"
    r"|(?<=[а-яәғқңөұүһі])[А-ЯӘҒҚҢӨҰҮҺІ]"
    r"|[\x80-\x9f\x00-\x08\x0e-\x1f]"
)


# A Latin letter beside a Cyrillic one: `Dйfenseur` is a French word read as Windows-1251.
_MIXED = re.compile(r"[A-Za-z](?=[\u0400-\u04ff])|[\u0400-\u04ff](?=[A-Za-z])")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the Python name of its encoding, the byte order mark before it, the layout of restored letters, notices
    where anything was guessed."""

    text: str
    encoding: str
    mark: bytes = b""
    layout: Layout | None = None
    notices: tuple[Notice, ...] = ()

    def encode(self, text: str) -> bytes:
        """Text that stands in the same file: in its encoding and letters.

        A character that the encoding lacks becomes the nearest it has (a dash a hyphen), else a question mark.
        """
        if self.layout:
            text = self.layout.disguise(text)
        try:
            return text.encode(self.encoding)
        except UnicodeEncodeError:
            return text.translate(_NEAR).encode(self.encoding, "replace")


def decode(data: bytes, where: str = "", *, damaged: bool = False) -> Decoded:
    """The text in `data`. Raises InputError for binary data.

    With `damaged`, a UTF-8 text with a few bytes that are none, or cut in its last letter, is one with U+FFFD there:
    for what is read and never written back in its own bytes.
    """
    encoding, mark = guess_encoding(data, where)
    notices: tuple[Notice, ...] = ()
    if damaged and encoding in EIGHT_BIT and _is_damaged(data):
        encoding = "utf-8"
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        if not damaged or encoding != "utf-8":
            raise InputError(
                f"not readable as {encoding}: {error.reason} at byte {error.start}", where=where
            ) from error
        text = data[len(mark) :].decode(encoding, "replace")
        notices += (Notice("damaged-text", {"count": str(text.count("\ufffd"))}),)
    if encoding != "utf-8":
        notices += (Notice("encoding", {"encoding": encoding}),)
    layout = detect_layout(text)
    if layout:
        notices += (Notice("legacy-letters", {"layout": layout.title}),)
        text = layout.restore(text)
    return Decoded(text, encoding, mark, layout, notices)


def lines_of(text: str) -> Iterator[str]:
    """The lines of a text, whatever ends them, a stretch at a time: a list of them all would take more than the text.

    >>> list(lines_of("a\\r\\nb\\rc\\n"))
    ['a', 'b', 'c', '']
    """
    at = 0
    while (cut := text.find("\n", at + _STRETCH)) >= 0:
        yield from _one_end(text[at : cut + 1])[:-1].split("\n")
        at = cut + 1
    yield from _one_end(text[at:]).split("\n")


_STRETCH = 100_000


def _one_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def guess_encoding(data: bytes, where: str = "") -> tuple[str, bytes]:
    """The Python name of the encoding of `data`, and its byte order mark. Raises InputError for binary data."""
    return guess_from_blocks(lambda: (data,), where)


_GOOD = 10
"""So many letters for each damaged place make a file UTF-8: in an eight-bit text next to none would be."""


def _is_damaged(data: bytes) -> bool:
    """Whether bytes are UTF-8 but for a few, or but for a last letter that was cut."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    return good >= _GOOD * bad or (bad == 1 and good > 0 and text.endswith("\ufffd"))


def guess_from_blocks(blocks: Callable[[], Iterable[bytes]], where: str = "") -> tuple[str, bytes]:
    """`guess_encoding` of data that come in blocks, the first of SAMPLE bytes at least where there are more."""
    head = next(iter(blocks()), b"")[:SAMPLE]
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, mark
    if b"\0" in head:
        wide = _wide(head)
        if wide is None:
            raise InputError("this is a binary file, not text", where=where, hint="name its format with -f")
        return wide, b""
    if _decodes(blocks(), "utf-8"):
        return "utf-8", b""
    able = [one for one in EIGHT_BIT if _decodes(blocks(), one)]
    return min(able, key=lambda one: (_oddness(head, one), able.index(one))), b""


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: zero (or U+04xx) bytes on one side only."""
    even, odd = head[::2], head[1::2]
    for high, name in ((odd, "utf-16-le"), (even, "utf-16-be")):
        if len(high) > 1 and sum(one in (0, 4, 0x20) for one in high) > 0.9 * len(high):
            return name
    return None


def _decodes(blocks: Iterable[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for block in blocks:
            decoder.decode(block)
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def _oddness(head: bytes, encoding: str) -> int:
    text = head.decode(encoding)
    return len(_ODD.findall(text)) + len(_MIXED.findall(text))


_NEAR = str.maketrans({"‐": "-", "‑": "-", "−": "–", "\u202f": "\u00a0", "’": "'", "ʼ": "'"})
