"""LibreOffice as the tests of documents call it: one profile for the session, several files in one call."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

Office = Callable[[Sequence[Path], str, Path], list[Path]]
"""Files, the target format (a suffix, or `suffix:filter`), the folder to write to → the new files."""


@pytest.fixture(scope="session")
def office_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="session")
def office(office_home: Path, program: Callable[[str], str]) -> Office:
    """Converts files with LibreOffice; a test that needs it skips where it is not installed."""
    soffice = program("soffice")

    def convert(files: Sequence[Path], target: str, folder: Path) -> list[Path]:
        home = f"-env:UserInstallation=file://{office_home}"
        call = [soffice, home, "--headless", "--convert-to", target, "--outdir", str(folder), *map(str, files)]
        subprocess.run(call, check=True, capture_output=True, timeout=180)
        return [folder / f"{one.stem}.{target.partition(':')[0]}" for one in files]

    return convert


@pytest.fixture
def office_text(office: Office, tmp_path: Path) -> Callable[..., list[str]]:
    """The plain text that LibreOffice sees in files of one suffix, given as bytes."""

    def texts(suffix: str, *files: bytes) -> list[str]:
        paths = []
        for number, data in enumerate(files):
            paths.append(tmp_path / f"in{number}.{suffix}")
            paths[-1].write_bytes(data)
        made = office(paths, "txt:Text (encoded):UTF8", tmp_path / "out")
        return [one.read_text("utf-8-sig") for one in made]

    return texts
