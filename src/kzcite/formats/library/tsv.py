"""Tables: TSV, for spreadsheets and scripts. As CSV, with tabs and no byte order mark; read by the same reader."""

from __future__ import annotations

from kzcite.formats.library.csv import read, records, to_text
from kzcite.formats.registry import Writing
from kzcite.model import Library

__all__ = ["read", "records", "write"]


def write(library: Library) -> Writing:
    """The library as TSV, and what a table cannot hold."""
    text, losses = to_text(library, "\t", "\n")
    return Writing(text.encode(errors="replace"), losses)
