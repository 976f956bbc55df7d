"""Zip containers (docx, odt): checked before anything is unpacked, written again with all untouched parts as they were.

The checks come from the central directory and are made again on what really unpacks: the number of parts, their size in
sum, the ratio to the packed size, names that are absolute, climb or stand twice, encryption. Archives inside are never
opened. `rewrite` copies the packed bytes of untouched parts, so their order, compression and time stamps stay.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from kzcite.model import InputError
from kzcite.model.limits import current

_RATIO_FLOOR = 1_000_000
"""A part smaller than this may be packed as well as it likes: a page of spaces is no attack."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_ENCRYPTED, _DESCRIPTOR, _UTF8 = 0x1, 0x8, 0x800


@dataclass(frozen=True, slots=True)
class Package:
    """A checked container. `read` unpacks one part; nothing is unpacked before."""

    data: bytes
    source: str
    archive: zipfile.ZipFile
    infos: Mapping[str, zipfile.ZipInfo]

    def __contains__(self, name: str) -> bool:
        return name in self.infos

    def read(self, name: str) -> bytes:
        """The unpacked bytes of a part. Raises InputError for a broken one, LimitError for one that grows too large."""
        where = f"{self.source}:{name}"
        info = self.infos.get(name)
        if info is None:
            raise InputError(f"the part {name} is missing", where=self.source)
        bound = min(current().unpacked_bytes, info.file_size)
        try:
            with self.archive.open(info) as handle:
                data = handle.read(bound + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
            raise InputError(f"the part cannot be unpacked: {error}", where=where) from error
        current().check("unpacked_bytes", len(data), where)
        return data


def open_package(data: bytes, source: str, kind: str) -> Package:
    """The container in `data`; `kind` ("a docx") is for messages.

    Raises InputError for what is no zip archive, is encrypted or has unsafe names, LimitError for one that is too big.
    """
    if data.startswith(_OLE):
        raise InputError(
            f"not {kind}: an encrypted or an old binary document",
            where=source,
            hint="open it with its password and save it as .docx",
        )
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error) as error:
        raise InputError(f"not {kind}: {error}", where=source) from error
    members = archive.infolist()
    limits = current()
    limits.check("archive_parts", len(members), source)
    total = 0
    infos: dict[str, zipfile.ZipInfo] = {}
    for info in members:
        _check_name(info, infos, source)
        total += info.file_size
        limits.check("unpacked_bytes", total, source)
        if info.file_size > _RATIO_FLOOR:
            limits.check("pack_ratio", info.file_size / max(info.compress_size, 1), f"{source}:{info.filename}")
        infos[info.filename] = info
    if total > _RATIO_FLOOR:
        limits.check("pack_ratio", total / max(len(data), 1), source)
    return Package(data, source, archive, infos)


def _check_name(info: zipfile.ZipInfo, seen: Mapping[str, zipfile.ZipInfo], source: str) -> None:
    name = info.orig_filename
    if info.flag_bits & _ENCRYPTED:
        raise InputError(f"the part {name} is encrypted", where=source, hint="save it without a password")
    if name in seen:
        raise InputError(f"the part {name} stands twice in the archive", where=source)
    if name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/") or name[1:2] == ":":
        raise InputError(f"the archive holds the unsafe name {name!r}", where=source)


def rewrite(package: Package, changed: Mapping[str, bytes]) -> bytes:
    """The container with the parts `changed` (name → bytes) exchanged or, where new, added at its end.

    With nothing changed the result is the very same bytes.
    """
    if all(name in package and package.read(name) == data for name, data in changed.items()):
        return package.data
    infos = sorted(package.infos.values(), key=lambda one: one.header_offset)
    ends = [one.header_offset for one in infos[1:]] + [package.archive.start_dir]
    out = BytesIO()
    at: dict[str, tuple[int, bytes]] = {}
    for info, end in zip(infos, ends, strict=True):
        offset = out.tell()
        if info.filename in changed:
            header = _write_part(out, info, changed[info.filename])
        else:
            out.write(package.data[info.header_offset : end])
            header = _central(info, offset)
        at[info.filename] = (offset, header)
    order = [at[one.filename][1] for one in package.archive.infolist()]
    for name in changed:
        if name not in package:
            new = zipfile.ZipInfo(name)
            new.compress_type = zipfile.ZIP_DEFLATED
            order.append(_write_part(out, new, changed[name]))
    start = out.tell()
    out.write(b"".join(order))
    comment = package.archive.comment
    size = out.tell() - start
    out.write(_END.pack(b"PK\5\6", 0, 0, len(order), len(order), size, start, len(comment)) + comment)
    return out.getvalue()


def _write_part(out: BytesIO, old: zipfile.ZipInfo, data: bytes) -> bytes:
    """Write a part with `old`'s name, method and time stamp; returns its line of the central directory."""
    stored = old.compress_type == zipfile.ZIP_STORED
    packed = data if stored else _deflate(data)
    info = zipfile.ZipInfo(old.filename, old.date_time)
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    info.create_system, info.create_version = old.create_system, old.create_version
    info.external_attr, info.internal_attr, info.comment = old.external_attr, old.internal_attr, old.comment
    info.flag_bits = old.flag_bits & ~_DESCRIPTOR & ~0x6
    info.CRC, info.file_size, info.compress_size = zlib.crc32(data), len(data), len(packed)
    name = _name(info)
    day, hour = _dos_time(info)
    offset = out.tell()
    out.write(
        _LOCAL.pack(
            b"PK\3\4",
            20,
            info.flag_bits,
            info.compress_type,
            hour,
            day,
            info.CRC,
            info.compress_size,
            info.file_size,
            len(name),
            0,
        )
    )
    out.write(name + packed)
    return _central(info, offset)


def _deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def _central(info: zipfile.ZipInfo, offset: int) -> bytes:
    name = _name(info)
    day, hour = _dos_time(info)
    return (
        _CENTRAL.pack(
            b"PK\1\2",
            info.create_version | info.create_system << 8,
            20,
            info.flag_bits,
            info.compress_type,
            hour,
            day,
            info.CRC,
            info.compress_size,
            info.file_size,
            len(name),
            len(info.extra) if not _has_zip64(info.extra) else 0,
            len(info.comment),
            0,
            info.internal_attr,
            info.external_attr,
            offset,
        )
        + name
        + (b"" if _has_zip64(info.extra) else info.extra)
        + info.comment
    )


def _has_zip64(extra: bytes) -> bool:
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == 1:
            return True
        at += 4 + size
    return False


def _name(info: zipfile.ZipInfo) -> bytes:
    """The name as the archive spells it: UTF-8 where the flag says so, else the zip format's old code page."""
    name = info.orig_filename
    return name.encode("utf-8") if info.flag_bits & _UTF8 else name.encode("cp437")


def _dos_time(info: zipfile.ZipInfo) -> tuple[int, int]:
    year, month, day, hour, minute, second = info.date_time
    return (year - 1980) << 9 | month << 5 | day, hour << 11 | minute << 5 | second // 2
