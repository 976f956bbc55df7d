"""OpenDocument texts (.odt): read every story into one text, change characters in place."""

from __future__ import annotations

from kzcite.formats.document.odt.container import open_odt
from kzcite.formats.document.odt.patch import patch
from kzcite.formats.document.odt.story import Story
from kzcite.model import Document

__all__ = ["patch", "read"]


def read(data: bytes, source: str = "") -> Document:
    """The text of the body, tables, notes, text boxes, headers and footers.

    Raises InputError for what is no odt or is encrypted, LimitError for one that unpacks to too much.
    """
    file = open_odt(data, source)
    return Story(file.tree("content.xml"), file.common).read(source)
