"""Compare a read item with its annotation: the figures that every table of the bench shows.

A field agrees where letters, digits and their order agree after folding case, dashes, quotation marks, spaces and
punctuation at the edges; a list of names where it names the same people in the same order by family name and initials.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Any

CORE = frozenset(
    """author title container-title year volume issue page number-of-pages publisher publisher-place DOI URL""".split()
)
NAMES = frozenset(("author", "editor", "translator", "compiler"))
_SAME = str.maketrans(dict.fromkeys("–—−‑‐", "-") | {"ə": "ә", "ё": "е", "’": "'", "ʼ": "'", "`": "'"})
_LOOKALIKE = str.maketrans("aeopcxyihk", "аеорсхуіһк")


def fold(value: object) -> str:
    text = unicodedata.normalize("NFKC", str(value)).casefold().translate(_SAME)
    text = re.sub(r"[«»“”„\"'‹›\u00ad\u200b]", "", text)
    text = re.sub(r"\s*-\s*", "-", text)
    text = re.sub(r"[^\w\s\-/:&+]", " ", text)
    text = re.sub(r"\s*([:/])\s*", r" \1 ", text)
    words = re.sub(r"\s+", " ", text).strip(" -:/").split(" ")
    return " ".join(
        one.translate(_LOOKALIKE) if re.search("[а-яәғқңөұүһі]", one) and re.search("[a-z]", one) else one
        for one in words
    )


def person(name: dict[str, str]) -> str:
    if name.get("literal"):
        return fold(name["literal"])
    letters = "".join(part[0] for part in re.split(r"[\s.\-]+", fold(name.get("given", ""))) if part)
    return f"{fold(name.get('family', ''))}|{letters}"


def comparable(item: dict[str, Any] | None) -> dict[str, str]:
    """The fields of a CSL item as they are compared; `year` is apart from the whole date."""
    out: dict[str, str] = {}
    for key, value in (item or {}).items():
        if key in ("id", "custom"):
            continue
        if key in NAMES:
            out[key] = "; ".join(person(one) for one in value)
        elif isinstance(value, dict):
            parts = value.get("date-parts") or [[]]
            date = "-".join(str(part) for part in parts[0])
            if key == "issued":
                out["year"] = date[:4]
                if date == out["year"]:
                    continue
            out[key] = date
        elif key in ("DOI", "URL"):
            text = re.sub(r"^(https?://)?(dx\.)?doi\.org/", "", str(value).strip().casefold())
            out[key] = re.sub(r"[\s.,;/]+$", "", re.sub(r"^https?://(www\.)?|^doi:\s*", "", text))
        elif key in ("ISBN", "ISSN"):
            out[key] = re.sub(r"[^0-9xх]", "", fold(value))
        else:
            out[key] = str(value).casefold() if key in ("type", "language") else fold(value)
    return {key: value for key, value in out.items() if value}


def settled(gold: dict[str, str], read: dict[str, str]) -> dict[str, str]:
    """Kind words after a title count as subtitle or as genre alike."""

    def letters(fields: dict[str, str]) -> str:
        return " ".join(re.findall(r"\w+", f"{fields.get('title', '')} {fields.get('genre', '')}"))

    if letters(gold) and letters(gold) == letters(read) and ("genre" in gold) != ("genre" in read):
        rest = {key: value for key, value in read.items() if key not in ("title", "genre")}
        return rest | {key: gold[key] for key in ("title", "genre") if key in gold}
    return read


class Tally:
    """Counts of lines and fields; F1 over all fields (micro) or the core ones."""

    def __init__(self) -> None:
        self.hit: Counter[str] = Counter()
        self.gold: Counter[str] = Counter()
        self.read: Counter[str] = Counter()
        self.lines = self.exact = self.core_exact = 0

    def add(self, gold: dict[str, str], read: dict[str, str]) -> dict[str, bool]:
        """Count one line; says for each field read whether it is right."""
        read = settled(gold, read)
        self.lines += 1
        self.gold.update(gold.keys())
        self.read.update(read.keys())
        right = {key: gold.get(key) == value for key, value in read.items()}
        self.hit.update(key for key, is_right in right.items() if is_right)
        self.exact += gold == read
        self.core_exact += all(gold.get(key) == read.get(key) for key in CORE)
        return right

    def f1(self, keys: Iterable[str] | None = None) -> float:
        names = set(self.gold | self.read) if keys is None else set(keys)
        hit, gold, read = (sum(count[name] for name in names) for count in (self.hit, self.gold, self.read))
        return 2 * hit / (gold + read) if gold + read else 0.0

    def row(self) -> str:
        lines = self.lines or 1
        return (
            f"{self.lines:>5}  micro {self.f1():.3f}  core {self.f1(CORE):.3f}"
            f"  exact {self.exact / lines:.3f}  core exact {self.core_exact / lines:.3f}"
        )
