"""Zip containers: what is refused before anything unpacks, and what a rewriting keeps."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

import pytest

from kzcite.formats.document import docx
from kzcite.formats.package import open_package, rewrite
from kzcite.model import InputError, LimitError, Limits
from kzcite.model.limits import using

from .document.wordfiles import NAMESPACES, paragraph, word_file, zipped


def archive(**files: bytes) -> bytes:
    return zipped(dict(files))


def test_a_bomb_is_refused_by_its_own_figures() -> None:
    data = archive(bomb=b"\0" * 50_000_000)
    assert len(data) < 100_000
    with pytest.raises(LimitError, match="pack_ratio"):
        open_package(data, "x.docx", "a docx")


def test_a_bomb_that_lies_about_its_size_is_refused_while_it_unpacks() -> None:
    size = 20_000_000
    data = bytearray(archive(bomb=b"\0" * size))
    honest, lie = struct.pack("<L", size), struct.pack("<L", 100)
    for at in range(len(data) - 4):
        if data[at : at + 4] == honest:
            data[at : at + 4] = lie
    package = open_package(bytes(data), "x.docx", "a docx")
    with pytest.raises(InputError):
        package.read("bomb")


def test_a_bomb_of_elements_ends_in_a_limit() -> None:
    data = word_file("<w:p/>" * 400_000)
    with (
        using(Limits(document_elements=100_000, pack_ratio=10_000)),
        pytest.raises(LimitError, match="document_elements"),
    ):
        docx.read(data)


def test_a_docx_that_unpacks_to_hundreds_of_megabytes_is_refused() -> None:
    body = paragraph("Мәтін мәтін мәтін [1].") * 30
    files = {
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>".encode(),
        "word/media/image.xml": b" " * 300_000_000,
    }
    with pytest.raises(LimitError):
        docx.read(zipped(dict(files)), "bomb.docx")


def test_deep_mark_up_is_refused() -> None:
    with pytest.raises(LimitError, match="xml_depth"):
        docx.read(word_file("<w:sdt>" * 400 + "</w:sdt>" * 400))


@pytest.mark.parametrize("name", ["../up", "/absolute", "a/../../b", "C:/x", "a\\b"])
def test_unsafe_names_are_refused(name: str) -> None:
    with pytest.raises(InputError, match="unsafe name"):
        open_package(zipped({name: b"x"}), "x.docx", "a docx")


def test_a_name_that_stands_twice_is_refused() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr("a", "2")
    with pytest.raises(InputError, match="twice"):
        open_package(out.getvalue(), "x.docx", "a docx")


def test_encrypted_and_damaged_parts_are_refused() -> None:
    data = bytearray(zipped({"a": b"text " * 100}))
    at = data.index(b"PK\1\2")
    encrypted = bytes(data[: at + 8]) + b"\1" + bytes(data[at + 9 :])
    with pytest.raises(InputError, match="encrypted"):
        open_package(encrypted, "x.docx", "a docx")
    data[35] ^= 0xFF
    with pytest.raises(InputError, match="cannot be unpacked"):
        open_package(bytes(data), "x.docx", "a docx").read("a")


def test_too_many_parts_are_refused() -> None:
    data = zipped({f"part{n}": b"" for n in range(50)})
    with using(Limits(archive_parts=20)), pytest.raises(LimitError, match="archive_parts"):
        open_package(data, "x.docx", "a docx")


def test_a_rewriting_keeps_order_comment_and_all_other_bytes() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.comment = "түсінік".encode()
        for name, method in (("б.xml", zipfile.ZIP_STORED), ("a.xml", zipfile.ZIP_DEFLATED), ("c", zipfile.ZIP_BZIP2)):
            info = zipfile.ZipInfo(name, (2001, 2, 3, 4, 5, 6))
            info.compress_type = method
            info.external_attr = 0o640 << 16
            info.comment = b"of a part"
            file.writestr(info, b"text " * 50)
    package = open_package(out.getvalue(), "x", "a docx")
    assert rewrite(package, {}) == out.getvalue()
    assert rewrite(package, {"a.xml": b"text " * 50}) == out.getvalue()
    data = rewrite(package, {"a.xml": b"other", "new/part.xml": b"<a/>"})
    with zipfile.ZipFile(BytesIO(data)) as file:
        assert file.testzip() is None
        assert file.comment == "түсінік".encode()
        assert file.namelist() == ["б.xml", "a.xml", "c", "new/part.xml"]
        assert (file.read("a.xml"), file.read("c"), file.read("new/part.xml")) == (b"other", b"text " * 50, b"<a/>")
        assert [one.compress_type for one in file.infolist()] == [
            zipfile.ZIP_STORED,
            zipfile.ZIP_DEFLATED,
            zipfile.ZIP_BZIP2,
            zipfile.ZIP_DEFLATED,
        ]
        assert all(one.date_time == (2001, 2, 3, 4, 5, 6) for one in file.infolist()[:3])
        assert file.infolist()[1].external_attr == 0o640 << 16


def test_a_file_written_as_a_stream_is_rewritten() -> None:
    class Stream(BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise OSError

        def tell(self) -> int:
            raise OSError

    out = Stream()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a", b"one " * 20)
        file.writestr("b", b"two " * 20)
    data = rewrite(open_package(out.getvalue(), "x", "a docx"), {"a": b"new"})
    with zipfile.ZipFile(BytesIO(data)) as file:
        assert file.testzip() is None
        assert (file.read("a"), file.read("b")) == (b"new", b"two " * 20)
    assert zlib.crc32(b"two " * 20) in [one.CRC for one in zipfile.ZipFile(BytesIO(data)).infolist()]
