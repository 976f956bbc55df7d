"""Word documents (.docx): read every story into one text, change characters in place, write live links.

In: the bytes of the file. Out: a Document whose pieces know their bytes, or the same file with the edited runs changed.
"""

from __future__ import annotations

from kzcite.formats.document.docx.live import live
from kzcite.formats.document.docx.parts import Parts
from kzcite.formats.document.docx.patch import patch
from kzcite.formats.document.docx.story import Story
from kzcite.model import Document

__all__ = ["live", "patch", "read"]


def read(data: bytes, source: str = "") -> Document:
    """The text of every story: body, tables, text boxes, footnotes, endnotes, headers and footers.

    Raises InputError for what is no docx, LimitError for one that unpacks to too much.
    """
    parts = Parts.open(data, source)
    story = Story(parts)
    document = story.read(source)
    if story.unbalanced or story.fields.in_code:
        document = Story(parts, lenient=True).read(source)
    return document
