"""Library + style → formatted lines, citations, edits, and the romanised twin list."""

from __future__ import annotations

from kzcite.renderer.engine import labels, ordered, render, render_citations
from kzcite.renderer.markers import render_markers
from kzcite.renderer.restyle import restyle
from kzcite.renderer.twin import twin, twin_options

__all__ = ["labels", "ordered", "render", "render_citations", "render_markers", "restyle", "twin", "twin_options"]
