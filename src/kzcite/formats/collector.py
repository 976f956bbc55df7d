"""Large files without the garbage collector, which looks again and again at records that hold no cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for cycles inside: items are trees, and of 50,000 the search took near half of the time of reading.

    What was made inside stays young for the collector: moved among the old it would be searched only by a full search,
    which is not due for it, and a process that reads many small files would keep the cycles of all of them.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
