"""Rendered in a GOST profile and parsed again, an item keeps its core fields."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

from kzcite import parser, renderer
from kzcite.model import Item, Library

STYLES = ("gost-7.1-2003", "gost-7.0.5-2008", "gost-kz", "gost-r-7.0.100-2018")
LEAST = 0.97
"""The share of the printed core fields that must come back."""


def _scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "eval" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def share(style: str, shared: Path) -> tuple[float, list[str]]:
    """The share of the dev gold's core fields, as far as the style prints them, that come back; and which do not."""
    score = _scorer(shared)
    lines = (shared / "eval" / "dev.jsonl").read_text("utf-8").splitlines()
    golds = [one["gold"] for one in map(json.loads, lines) if one["gold"]]
    items = [Item.from_csl(gold | {"id": f"e{number}"}) for number, gold in enumerate(golds, 1)]
    printed = [re.sub(r"^\d+\.\s*", "", one.text) for one in renderer.render(Library(tuple(items)), style)]
    good = total = 0
    lost: list[str] = []
    for gold, line, item in zip(golds, printed, parser.parse_lines(printed), strict=True):
        want, got = score.fields(gold), score.fields(item.to_csl() if item else None)
        for name in score.CORE:
            if name in want and _prints(score.fold(line), want[name].split("|")[0].split("; ")[0]):
                total += 1
                good += want[name] == got.get(name)
                if want[name] != got.get(name):
                    lost.append(f"{name}: {want[name]} | {got.get(name)} | {line}")
    return good / total, lost


def _prints(line: str, words: str) -> bool:
    """Whether the style prints the (first) value at all: some leave a publisher out or write a place in full."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", line) is not None


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES)
def test_core_fields_come_back(style: str, shared: Path) -> None:
    found, lost = share(style, shared)
    print(style, round(found, 4), *lost[:40], sep="\n")
    assert found >= LEAST
