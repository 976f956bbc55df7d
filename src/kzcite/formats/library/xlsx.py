"""Tables: XLSX, through openpyxl (extra `xlsx`). Cells are text, never formulas; the first sheet is read."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import IO, Any

from kzcite.formats.library.csv import items_of, rows_of
from kzcite.formats.library.faults import Faults
from kzcite.formats.registry import Reading, Writing
from kzcite.model import InputError, Library, LimitError, UsageError
from kzcite.model.limits import current


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError as error:
        raise UsageError("XLSX needs openpyxl", hint="pip install 'kzcite[xlsx]'") from error
    return openpyxl


def read(data: bytes, source: str = "") -> Reading:
    """The rows of the first sheet; formulas are read as the values last computed."""
    _check_parts(data, source)
    try:
        book = _openpyxl().load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        faults = Faults(source)
        return Reading(faults.unique(items_of(_rows(book.worksheets[0]), faults)), faults.findings)
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        IndexError,
        SyntaxError,
        EOFError,
        TypeError,
        OSError,
        zlib.error,
    ) as error:
        if isinstance(error, LimitError):
            raise
        raise InputError(f"not a readable XLSX file: {error}", where=source) from error


def _check_parts(data: bytes, source: str) -> None:
    limits = current()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            limits.check("archive_parts", len(parts), source)
            limits.check("unpacked_bytes", sum(one.file_size for one in parts), source)
            for one in parts:
                if one.compress_size:
                    limits.check("pack_ratio", one.file_size / one.compress_size, source)
            for one in parts:
                with archive.open(one) as part:
                    if _declares_a_type(part):
                        raise InputError("XML with a document type declaration is not read", where=source)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error) as error:
        raise InputError(f"not an XLSX file: {error}", where=source) from error


def _declares_a_type(part: IO[bytes]) -> bool:
    """Whether `<!DOCTYPE` stands anywhere in a part, in UTF-8 or UTF-16: a comment of any length may precede it."""
    rest = b""
    while chunk := part.read(1 << 20):
        seen = rest + chunk.replace(b"\0", b"")
        if b"<!DOCTYPE" in seen:
            return True
        rest = seen[-16:]
    return False


def _rows(sheet: Any) -> Iterator[Sequence[str]]:
    for row in sheet.iter_rows(values_only=True):
        yield ["" if cell is None else _text(cell) for cell in row]


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return re.sub(r" 00:00:00$", "", str(cell))


_NOT_XLSX = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write(library: Library) -> Writing:
    """The library as a workbook of one sheet, and what a table cannot hold."""
    rows, losses = rows_of(library)
    openpyxl = _openpyxl()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "references"
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            if text:
                cell = sheet.cell(number, column)
                cell.value = _NOT_XLSX.sub("\ufffd", text)
                cell.data_type = "s"
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.properties.creator = "kzcite"
    book.save(out)
    return Writing(_timeless(out.getvalue()), tuple(losses))


_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def _timeless(data: bytes) -> bytes:
    """The workbook without the time of its making: the same library always gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", part)
            new.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()
