"""Plain text: a line an entry."""

from __future__ import annotations

from collections.abc import Sequence

from kzcite.formats.compose.lines import clean, lines_of
from kzcite.formats.registry import ComposeOptions
from kzcite.model import Rich


def compose(lines: Sequence[Rich], options: ComposeOptions) -> bytes:
    """UTF-8 text, `label entry` a line, the title above unless a fragment is wanted."""
    out = [f"{line.label} {line.text}".strip() for line in lines_of(lines, options)]
    if options.title and not options.fragment:
        out = [clean(options.title), "", *out]
    return "".join(f"{line}\n" for line in out).encode()
