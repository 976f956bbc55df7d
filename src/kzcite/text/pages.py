"""Pages: printed strings → the values of `page` and `number-of-pages`."""

from __future__ import annotations

import re

_DASH = re.compile(r"\s*[-‐‑‒–—―−]+\s*")
_PLAIN = re.compile(r"\d+(?:[-–]\d+)?")
_LABEL = re.compile(r"-?[А-Яа-яA-Za-z]{1,6}\.?\s+(?=\d)")
_EXTENT = re.compile(r"\d{1,2}\s\d{3}(?!\d)|\d+")
_SEPARATOR = re.compile(r"\s*[,;]\s*(?:(?:и|және|and)\s+)?|\s+(?:и|және|and)\s+")


def page_value(text: str) -> str:
    """The pages of a part, en dashes written `-`, several ranges joined with `, `.

    >>> page_value("89 – 98"), page_value("1,3"), page_value("583–00"), page_value("12-15; 20")
    ('89-98', '1, 3', '583-00', '12-15, 20')
    """
    if _PLAIN.fullmatch(text):
        return text.replace("–", "-")
    text = _DASH.sub("-", " ".join(text.split()).strip(" .,;:()[]"))
    text = _LABEL.sub("", text) if text[:1].isalpha() and len(text) > 4 else text
    return _SEPARATOR.sub(", ", text).strip(" -,")


def extent_value(text: str) -> str:
    """The number of pages of a whole work, digits alone.

    >>> extent_value("145 б."), extent_value("1 152 с.")
    ('145', '1152')
    """
    found = _EXTENT.search(text)
    return "".join(found[0].split()) if found else ""
