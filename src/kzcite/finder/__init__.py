"""Find reference lists, their entries and in-text citations: works on text and blocks only."""

from __future__ import annotations

from kzcite.finder.find import find

__all__ = ["find"]
