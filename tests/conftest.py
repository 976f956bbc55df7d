"""What all tests share: where the evaluation material lies, which outside programs there are."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The evaluation material beside the checkout; a test that needs it skips where it is not there."""
    path = Path(os.environ.get("KZCITE_SHARED", ROOT.parent / "shared"))
    if not (path / "eval").is_dir():
        pytest.skip(f"the evaluation material is not at {path} (set KZCITE_SHARED)")
    return path


@pytest.fixture(scope="session")
def program() -> Callable[[str], str]:
    """The path of an outside program; a test that needs it skips where it is not installed."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            pytest.skip(f"{name} is not installed")
        return path

    return find
