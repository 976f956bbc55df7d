"""Link cites to entries, and entries to their romanised twins."""

from __future__ import annotations

from kzcite.linker.resolve import link
from kzcite.linker.twins import twins

__all__ = ["link", "twins"]
