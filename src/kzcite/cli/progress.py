"""Progress of long work on standard error: silent when that is no terminal or the work is short."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

Thing = TypeVar("Thing")

LONG = 2000
"""Fewer things than this are done before a bar could be read."""


def track(
    things: Sequence[Thing], what: str, results: Iterable[Any] | None = None, *, least: int = LONG
) -> Iterator[Any]:
    """The things one by one (or the `results` that are made from them), with a bar where a person is watching.

    Fewer than `least` things bring no bar.
    """
    made = things if results is None else results
    if len(things) < least or not sys.stderr.isatty():
        yield from made
        return
    from rich.console import Console
    from rich.progress import track as bar

    yield from bar(made, description=what, total=len(things), console=Console(stderr=True), transient=True)
