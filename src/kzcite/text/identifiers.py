"""DOI, URL, ISBN, ISSN: printed strings → values; check digits by python-stdnum."""

from __future__ import annotations

import re

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\s?\S+")
_EDGE = ".,;:)]}>»”\"' "


def doi_value(text: str) -> str:
    """The bare DOI, `""` where there is none.

    >>> doi_value("https://doi.org/10.58805/kazutb.v.2.27-740."), doi_value("doi: 10.1000/xyz(1)")
    ('10.58805/kazutb.v.2.27-740', '10.1000/xyz(1)')
    """
    found = _DOI.search(text)
    if not found:
        return ""
    doi = re.sub(r"\s", "", found[0])
    while doi and doi[-1] in _EDGE:
        if doi[-1] == ")" and doi.count("(") >= doi.count(")"):
            break
        doi = doi[:-1]
    return doi


def url_value(text: str) -> str:
    """A URL without the white space and line-break hyphens that cut it.

    >>> url_value("https://dergipark.org.tr/en/download /article-file/2375968")
    'https://dergipark.org.tr/en/download/article-file/2375968'
    """
    url = re.sub(r"-\s+(?=[a-z])|\s+", "", text)
    return url.rstrip(".,;»”\"'")


def isbn_value(text: str) -> str:
    """The ISBN as printed, digits, hyphens and X.

    >>> isbn_value("ISBN 978-601-217-425-0.")
    '978-601-217-425-0'
    """
    found = re.search(r"[\dOО][\dOО\s\-–‑]{7,20}[\dXxХх]", text)
    return re.sub(r"\s*[–‑-]\s*", "-", found[0]).strip() if found else ""


def issn_value(text: str) -> str:
    """
    >>> issn_value("ISSN 1563–0285")
    '1563-0285'
    """
    found = re.search(r"\d{4}\s*(?:[–‑-]\s*)?\d{3}[\dXxХх]", text)
    return re.sub(r"\s*[–‑-]\s*", "-", found[0]) if found else ""


def is_valid_isbn(isbn: str) -> bool:
    """Whether the check digit of an ISBN-10 or -13 is right."""
    from stdnum import isbn as rules

    return bool(rules.is_valid(isbn.replace("Х", "X").replace("х", "X")))


def is_valid_issn(issn: str) -> bool:
    """Whether the check digit of an ISSN is right."""
    from stdnum import issn as rules

    return bool(rules.is_valid(issn.replace("Х", "X").replace("х", "X")))
