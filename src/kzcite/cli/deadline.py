"""The bound `seconds`: a verb that runs longer ends with a LimitError, wherever it is."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from kzcite.model.errors import LimitError


@contextmanager
def deadline(seconds: int) -> Iterator[None]:
    """Raise LimitError in the block once `seconds` are over.

    By the timer signal of Unix in the main thread; elsewhere (Windows) the other bounds must do, and nothing is raised.
    """
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> NoReturn:
        raise LimitError("seconds", seconds)

    before = signal.signal(signal.SIGALRM, stop)
    # Again every second: an exception raised inside a destructor is swallowed by the interpreter.
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
