"""Every bound on untrusted input, in one place. A reader asks `check`, which names the limit in its error.

The limits in force are a context variable: `with using(limits): ...` holds for one call and one thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields, replace

from kzcite.model.errors import LimitError, UsageError
from kzcite.model.values import whole_number


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds; sizes in bytes or characters, time in seconds."""

    input_bytes: int = 64_000_000
    unpacked_bytes: int = 256_000_000
    pack_ratio: int = 200
    archive_parts: int = 5_000
    xml_depth: int = 256
    xml_text: int = 20_000_000
    xml_elements: int = 1_500_000
    document_elements: int = 400_000
    expanded_text: int = 5_000_000
    line_length: int = 100_000
    entries: int = 250_000
    markers: int = 30_000
    style_bytes: int = 2_000_000
    style_expansions: int = 20_000
    style_depth: int = 64
    seconds: int = 600

    def check(self, name: str, actual: float, where: str = "") -> None:
        """Raise LimitError when `actual` is over the bound called `name`."""
        bound = getattr(self, name)
        if actual > bound:
            raise LimitError(name, bound, where=where, actual=actual)

    def with_settings(self, settings: dict[str, str]) -> Limits:
        """These limits with some changed, values as a user types them."""
        known = {one.name for one in fields(self)}
        changed: dict[str, int] = {}
        for name, value in settings.items():
            if name not in known:
                raise UsageError(f"unknown limit {name!r}", hint="known: " + ", ".join(sorted(known)))
            if not whole_number(value, 15):
                raise UsageError(f"limit {name} needs a whole number above zero, not {value!r}")
            changed[name] = int(value)
        return replace(self, **changed)


DEFAULT = Limits()
_current: ContextVar[Limits] = ContextVar("limits")


def current() -> Limits:
    """The limits in force."""
    return _current.get(DEFAULT)


@contextmanager
def using(limits: Limits) -> Iterator[Limits]:
    """Put `limits` in force inside the block."""
    token = _current.set(limits)
    try:
        yield limits
    finally:
        _current.reset(token)
