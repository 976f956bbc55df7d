"""Which description scheme a line follows: `gost-kz`, `gost`, `apa`, `chicago`, `vancouver` or `free`."""

from __future__ import annotations

import re

_APA = re.compile(r"[^()]{3,300}\(\s?\d{4}[a-zа-я]?(?:,[^()]{0,20})?\)")
_AREA = re.compile(r"[.,]\s?[–—-]{1,3}\s")
# A pattern with two branches tries both at every letter: these are asked one by one, where their sign is there.
_KAZAKH_EXTENT, _KAZAKH_PAGES = re.compile(r"\d\s?-?(?:б|бет|бб)\b"), re.compile(r"(?<!\w)Б\.\s?\d")
_YEAR_AND_VOLUME, _ISSUE_AND_PAGES = re.compile(r"\d{4}\s?;\s?\d"), re.compile(r"\d\s?\(\d+\)\s?:\s?\d")
_HOST = re.compile(r"[^:]//")
_SIGNS_OF_CHICAGO = ("no. ", "): ", "вып. ", ", http")  # one of which every match below has in it
_CHICAGO = re.compile(r"\bno\. \d+ \(|\(\w+ \d{1,2}, \d{4}\): \d|\bт\. \d+, вып\. \d+|\bpp\. \d+-\d+, http")


def scheme(raw: str) -> str:
    """The scheme by the marks that it alone prints.

    >>> scheme("Омаров К.Т. Тіл. – Алматы: Ғылым, 1968. – 334 б."), scheme("Allen, J. (2003). Power. Blackwell.")
    ('gost-kz', 'apa')
    """
    head = raw[:2000]
    if "(" in head and _APA.match(head) and "//" not in head.split("http")[0]:
        return "apa"
    if any(sign in head for sign in _SIGNS_OF_CHICAGO) and _CHICAGO.search(head):
        return "chicago"
    if ("//" in head and _HOST.search(head)) or _AREA.search(head):
        return "gost-kz" if _has_kazakh_pages(head) else "gost"
    if (";" in head and _YEAR_AND_VOLUME.search(head)) or (")" in head and _ISSUE_AND_PAGES.search(head)):
        return "vancouver"
    return "free"


def _has_kazakh_pages(head: str) -> bool:
    return bool(("б" in head and _KAZAKH_EXTENT.search(head)) or ("Б." in head and _KAZAKH_PAGES.search(head)))
