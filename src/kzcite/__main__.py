"""`python -m kzcite`."""

from __future__ import annotations

from kzcite.cli.main import run

if __name__ == "__main__":
    run()
