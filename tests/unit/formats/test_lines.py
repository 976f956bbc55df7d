"""Files of lines, read block by block."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from kzcite.formats.encoding import decode
from kzcite.formats.lines import BLOCK, read_lines
from kzcite.model.errors import InputError, LimitError
from kzcite.model.limits import DEFAULT, using

KAZAKH = "Омаров К.Т. Сотталғандардың еңбек құқықтары. – Алматы, 2004."
RUSSIAN = "Иванов И.И. Теория языка. - М.: Наука, 1990. - 200 с."


def _whole(data: bytes) -> list[str]:
    """The lines as one reading of the whole file gives them."""
    text = decode(data).text
    end = "\n" if "\n" in text else "\r"
    return text.removesuffix(end).split(end) if text else []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"\n\n",
        KAZAKH.encode(),
        f"{KAZAKH}\n".encode(),
        f"{KAZAKH}\n\n{KAZAKH}\r\n".encode(),
        f"{KAZAKH}\r{KAZAKH}\r".encode(),
        f"\ufeff{KAZAKH}\n{KAZAKH}".encode(),
        f"{KAZAKH}\n{KAZAKH}\n".encode("utf-16"),
        f"{RUSSIAN}\n{RUSSIAN}\n".encode("cp1251"),
        f"{RUSSIAN}\n{RUSSIAN}".encode("koi8-r"),
        "Сотталѓандардыѕ еѕбек ќўќыќтары ќазаќ тїрї\n".encode() * 3,
        f"{KAZAKH}\n".encode() * (3 * BLOCK // len(KAZAKH)),
        f"{KAZAKH}\n".encode("utf-16-le") * (3 * BLOCK // len(KAZAKH)),
    ],
)
def test_blocks_give_the_lines_of_the_whole(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(data)
    read = read_lines(path)
    lines = list(read.lines)
    assert lines == _whole(data)
    assert read.count == len(lines)
    assert read.notices == decode(data).notices


def test_a_letter_outside_ascii_may_stand_across_two_blocks(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"a" * (BLOCK - 1) + "ә\nб".encode())
    with using(DEFAULT.with_settings({"line_length": str(2 * BLOCK)})):
        assert [one[-1] for one in read_lines(path).lines] == ["ә", "б"]


def test_one_byte_far_behind_decides_on_the_encoding(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"plain\n" * BLOCK + RUSSIAN.encode("cp1251"))
    read = read_lines(path)
    assert [one.params["encoding"] for one in read.notices] == ["cp1251"]
    assert list(read.lines)[-1] == RUSSIAN


def test_bounds_are_known_before_the_first_line(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"short\n" * 100 + b"a" * 2000)
    with using(DEFAULT.with_settings({"line_length": "1000"})), pytest.raises(LimitError, match=r"txt:101"):
        read_lines(path)
    with using(DEFAULT.with_settings({"input_bytes": "1000"})), pytest.raises(LimitError, match="input_bytes"):
        read_lines(path)


def test_what_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(bytes(range(256)) * 40)
    with pytest.raises(InputError, match="binary"):
        read_lines(path)
    with pytest.raises(InputError, match="no such file"):
        read_lines(tmp_path / "y.txt")


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        path = tmp_path / f"{count}.txt"
        path.write_text(f"{KAZAKH}\n" * count, "utf-8")
        tracemalloc.start()
        assert sum(1 for _ in read_lines(path).lines) == count
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(80_000) < 1.5 * peak(10_000)
