"""What fuzzing found stays found: every seed of fuzz/seeds and every case of fixtures/hostile goes through its target.

A case is a file `fixtures/hostile/TARGET/what-it-was`; the targets are those of `fuzz/targets.py`.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted(one for one in (ROOT / "fixtures" / "hostile").glob("*/*") if one.is_file())


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz_targets", ROOT / "fuzz" / "targets.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


targets = load()


@pytest.mark.parametrize("name", targets.TARGETS)
def test_seeds(name: str) -> None:
    for data in (*targets.seeds(name), b"", b"\0", b"\xff\xfe"):
        targets.TARGETS[name](data)


@pytest.mark.parametrize("path", CASES, ids=[f"{one.parent.name}/{one.name}" for one in CASES])
def test_cases(path: Path) -> None:
    targets.TARGETS[path.parent.name](path.read_bytes())


def test_every_case_and_seed_has_a_target() -> None:
    folders = {one.parent.name for one in CASES} | {one.name for one in (ROOT / "fuzz" / "seeds").iterdir()}
    assert folders <= set(targets.TARGETS)
