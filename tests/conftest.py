"""What all tests share: where the evaluation material lies, which outside programs there are."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

# A run that decides over a change draws the same examples each time; a developer's run looks for new ones.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the cases of fixtures with what is read now")


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


LOCAL = ("127.0.0.1", "localhost", "::1", "0.0.0.0", "", None)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test may reach beyond this machine: a connection, a datagram or a look-up of a name elsewhere fails."""

    def guarded(name: str) -> Callable[..., object]:
        real = getattr(socket.socket, name)

        def local_only(self: socket.socket, *arguments: object) -> object:
            address = arguments[-1]
            internet = self.family in (socket.AF_INET, socket.AF_INET6)
            if internet and (not isinstance(address, tuple) or address[0] not in LOCAL):
                raise AssertionError(f"a socket was opened to {address!r}")
            return real(self, *arguments)

        return local_only

    look_up = socket.getaddrinfo

    def local_names(host: object, *arguments: Any, **options: Any) -> object:
        if host not in LOCAL:
            raise AssertionError(f"a name was looked up: {host!r}")
        return look_up(host, *arguments, **options)  # type: ignore[arg-type]

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, guarded(name))
    monkeypatch.setattr(socket, "getaddrinfo", local_names)
