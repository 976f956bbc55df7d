"""The fuzzer keeps no results of comparisons: `fuzz/tracing.py` beside atheris' own function."""

from __future__ import annotations

import operator
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

FUZZ = Path(__file__).resolve().parents[2] / "fuzz"
sys.path.append(str(FUZZ))

from tracing import OPERATORS, without_leak  # noqa: E402

MEASURE = """
import os
import sys
import atheris
import numpy as np
from tracing import mended

def equal(left, right):
    return left == right

equal = atheris.instrument_func(equal)
left = np.arange(10)

def measure(_):
    equal(left, left)
    before = sys.getallocatedblocks()
    for _ in range(2000):
        equal(left, left)
    print(sys.getallocatedblocks() - before, flush=True)

def target(data):
    measure(data)
    mended(measure)(data)
    os._exit(0)

atheris.Setup(["x", "-runs=1"], target)
atheris.Fuzz()
"""


@pytest.mark.parametrize("shift", [0, 4])
def test_arrays_are_compared_and_plain_values_are_traced(shift: int) -> None:
    asked: list[tuple[Any, Any, int]] = []

    def trace(left: Any, right: Any, number: int, place: int, is_constant: bool) -> Any:
        asked.append((left, right, number))
        return OPERATORS[number >> shift](left, right)

    compare = without_leak(trace, shift)
    names = ("lt", "le", "eq", "ne", "gt", "ge")
    left, right = np.array([1, 2, 3]), np.array([3, 2, 1])
    for at, name in enumerate(names):
        expected = getattr(operator, name)
        assert compare(left, right, at << shift, 0, False).tolist() == expected(left, right).tolist()
        assert compare(left, 2, at << shift, 0, True).tolist() == expected(left, 2).tolist()
    assert asked == []
    for at, name in enumerate(names):
        for one, other in ((1, 2), ("а", "б"), (b"a", b"a")):
            assert compare(one, other, at << shift, 0, False) is getattr(operator, name)(one, other)
            assert asked[-1] == (one, other, at << shift)


@pytest.mark.skipif(find_spec("atheris") is None, reason="needs atheris (the extra `fuzz`)")
def test_no_array_is_kept() -> None:
    """atheris itself keeps one a comparison; the day it does not, this fails and fuzz/tracing.py may go."""
    call = [sys.executable, "-c", MEASURE]
    done = subprocess.run(call, cwd=FUZZ, capture_output=True, text=True, check=True)
    leaking, mended = (int(one) for one in done.stdout.split())
    assert leaking >= 2000
    assert mended < 20
