"""The characters between two tags of a docx while they are being changed."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from kzcite.formats.placedxml import Text
from kzcite.formats.splices import ByteCount
from kzcite.model import Piece


@dataclass(slots=True)
class Chunk:
    """What happens to the characters between two tags."""

    text: Text
    piece: Piece
    cuts: list[tuple[int, int]] = field(default_factory=list)
    puts: list[tuple[int, bytes]] = field(default_factory=list)
    """Bytes to stand before the character with the number given: escaped characters, or mark-up that splits the run."""
    split: bool = False

    @property
    def is_gone(self) -> bool:
        return not self.puts and sum(end - start for start, end in self.cuts) == self.piece.span.length

    def is_cut(self, start: int, end: int) -> bool:
        """Whether all characters from `start` to `end` are cut."""
        at = max(0, bisect_right(self.cuts, (start, self.piece.span.length)) - 1)
        while start < end and at < len(self.cuts) and self.cuts[at][0] <= start:
            start = max(start, self.cuts[at][1])
            at += 1
        return start >= end

    def rewritten(self, raw: bytes) -> bytes:
        """The characters after the change; `raw` is their source, of which what stays is taken as it is."""
        count, skip = ByteCount(raw), self.piece.handle.skip
        events = [(start, 1, end, b"") for start, end in self.cuts]
        events += [(place, 0, place, new) for place, new in self.puts]
        events.sort(key=lambda one: one[:2])
        out: list[bytes] = []
        at = 0
        for start, _, end, new in [*events, (self.piece.span.length, 2, self.piece.span.length, b"")]:
            if start > at:
                out.append(raw[count.of(skip + at) : count.of(skip + start)])
                at = start
            out.append(new)
            at = max(at, end)
        return b"".join(out)
