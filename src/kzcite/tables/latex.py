"""LaTeX's commands for letters and accents. Table: `mappings/latex.toml`."""

from __future__ import annotations

from functools import lru_cache

from kzcite.tables.loader import overlays, read_toml


def accents() -> dict[str, str]:
    """Accent command → combining character: `'` → U+0301."""
    return _table(overlays())[0]


def letters() -> dict[str, str]:
    """Command → what it prints: `ss` → ß, `textendash` → –."""
    return _table(overlays())[1]


@lru_cache(maxsize=4)
def _table(_over: object) -> tuple[dict[str, str], dict[str, str]]:
    table = read_toml("mappings/latex.toml")
    return {mark: chr(int(code, 16)) for mark, code in table["accents"].items()}, dict(table["letters"])
