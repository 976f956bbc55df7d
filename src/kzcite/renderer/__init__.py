"""Library + style → formatted lines, citations, edits, and the romanised twin list."""

from __future__ import annotations

from kzcite.renderer.engine import labels, ordered, render, render_citations

__all__ = ["labels", "ordered", "render", "render_citations"]
