"""Files are read with bounds and written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kzcite.formats.files import read_bytes, write_bytes
from kzcite.model import InputError, LimitError, OutputError
from kzcite.model.limits import DEFAULT, using


def test_what_is_missing_or_a_directory_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_bytes(tmp_path / "none.txt")
    with pytest.raises(InputError, match="directory"):
        read_bytes(tmp_path)


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"x" * 101)
    with using(DEFAULT.with_settings({"input_bytes": "100"})), pytest.raises(LimitError, match="input_bytes=100"):
        read_bytes(tmp_path / "big")


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "refs.bib"
    target.write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        write_bytes(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_symbolic_link_is_replaced_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"mine")
    link = tmp_path / "link"
    link.symlink_to(elsewhere)
    write_bytes(link, b"new")
    assert elsewhere.read_bytes() == b"mine"
    assert link.read_bytes() == b"new"
    assert not link.is_symlink()


def test_a_new_file_gets_the_usual_mode_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    new = tmp_path / "new"
    write_bytes(new, b"1")
    mask = os.umask(0)
    os.umask(mask)
    assert new.stat().st_mode & 0o777 == 0o666 & ~mask
    new.chmod(0o600)
    write_bytes(new, b"2")
    assert new.stat().st_mode & 0o777 == 0o600


def test_a_directory_is_no_target(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        write_bytes(tmp_path, b"")
    with pytest.raises(OutputError):
        write_bytes(tmp_path / "none" / "file", b"")
