"""Progress of long work on standard error: silent when that is no terminal or the work is short."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")

LONG = 2000
"""Fewer things than this are done before a bar could be read."""


def track(things: Sequence[Thing], what: str) -> Iterator[Thing]:
    """The things one by one, with a bar where a person is watching."""
    if len(things) < LONG or not sys.stderr.isatty():
        yield from things
        return
    from rich.console import Console
    from rich.progress import track as bar

    yield from bar(things, description=what, console=Console(stderr=True), transient=True)
