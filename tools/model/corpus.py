"""Read annotated lines in inline form (fixtures/corpus/*.tsv)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kzcite.parser.segment import NO_FIELD
from kzcite.text.tokens import Token, tokenise

FIELDS = (
    "author editor translator compiler title container-title issued volume issue number-of-volumes page "
    "number-of-pages publisher publisher-place edition collection-title collection-number genre number part-number "
    "event-title event-place event-date DOI ISBN ISSN URL accessed archive archive_location medium"
).split()
_TAG = re.compile(rf"<(/?)({'|'.join(FIELDS)})>")


class Line(NamedTuple):
    type: str
    language: str
    raw: str
    spans: tuple[tuple[str, int, int], ...]  # field, start, end in raw
    source: str
    where: str

    @property
    def tokens(self) -> list[Token]:
        return tokenise(self.raw)

    def labels(self, tokens: list[Token]) -> list[str]:
        """The label of each token: the field of the span that holds most of it."""
        char: list[str] = [NO_FIELD] * len(self.raw)
        for field, start, end in self.spans:
            char[start:end] = [field] * (end - start)
        out = []
        for token in tokens:
            own = list(char[token.start : token.end])
            best = max(set(own), key=lambda f: (own.count(f), f != NO_FIELD))
            if best == NO_FIELD:
                named = [c for c in own if c != NO_FIELD]
                best = named[0] if named else NO_FIELD
            out.append(best)
        return out


def parse_tagged(text: str) -> tuple[str, tuple[tuple[str, int, int], ...]]:
    """Tagged line → raw line and spans; tags must be paired and never nest."""
    raw: list[str] = []
    spans: list[tuple[str, int, int]] = []
    size = at = 0
    current: tuple[str, int] | None = None
    for tag in _TAG.finditer(text):
        raw.append(text[at : tag.start()])
        size += tag.start() - at
        at = tag.end()
        if tag[1]:
            if current is None or current[0] != tag[2]:
                raise ValueError(f"</{tag[2]}> closes nothing: {text[:80]}")
            spans.append((current[0], current[1], size))
            current = None
        else:
            if current is not None:
                raise ValueError(f"<{tag[2]}> inside <{current[0]}>: {text[:80]}")
            current = (tag[2], size)
    if current is not None:
        raise ValueError(f"<{current[0]}> is not closed: {text[:80]}")
    raw.append(text[at:])
    return "".join(raw), tuple(spans)


def read(path: Path) -> Iterator[Line]:
    for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not row.strip() or row.startswith("#"):
            continue
        columns = row.split("\t")
        if len(columns) < 3:
            raise ValueError(f"{path.name}:{number}: three columns expected")
        try:
            raw, spans = parse_tagged(columns[2])
        except ValueError as error:
            raise ValueError(f"{path.name}:{number}: {error}") from error
        source = columns[3].split("-")[0] if len(columns) > 3 else f"{path.stem}{number}"
        yield Line(
            columns[0], columns[1], raw, spans, source, columns[3] if len(columns) > 3 else f"{path.stem}:{number}"
        )
