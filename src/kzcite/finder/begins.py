"""Whether a line of a wrapped list without numbers begins an entry: a logistic model of how entries end and begin.

In: the entry so far, the line, the width of the list. Out: a number, above 0 where an entry begins. The weights are
fitted by `tools/finder/fit_begins.py` on the lines of `fixtures/corpus`, wrapped at several widths. Table:
`citing/begins.toml`.
"""

from __future__ import annotations

import re

from kzcite.finder.likeness import LIKELY, likeness
from kzcite.finder.rows import DATED, FINISHED, GOES_ON
from kzcite.tables.citing import begin_weights

_HEADED = re.compile(r"\W{0,2}[^\W\d_][^\W\d_'’-]+,?\s(?:[^\W\d_]\.\s?){1,3}")
_INITIALS_FIRST = re.compile(r"\W{0,2}(?:[^\W\d_]\.\s?){1,2}[^\W\d_]{2,}")
_CLOSED = re.compile(
    r"(?:(?<!\d)(?:1[5-9]|20)\d\d(?:\s?[жг]\.?)?|\d\s?-?(?:б|бет|с|p|pp|стр)|(?:С|Б|P|pp?|с|б)\.\s?\d[\d\s–-]*|\))\.?\s*$",
    re.IGNORECASE,
)
_ADDRESS_END = re.compile(r"(?:https?:|www\.|doi|10\.\d{4})\S*\s*$", re.IGNORECASE)
_ADDRESS = re.compile(r"\W{0,2}(?:https?:|www\.|doi\b|URL\b|ISBN|ISSN)", re.IGNORECASE)
_INITIAL_END = re.compile(r"(?<![^\W\d_])[^\W\d_]\.\s*$")
_INITIALS_WAIT = re.compile(r"(?:[/;]|(?:ред|пер|сост|ed|eds)\.)\s*(?:[^\W\d_]\.\s?){1,3}$", re.IGNORECASE)
_WAITS = re.compile(
    r"(?<![^\W\d_])(?:вып|т|том|ч|кн|vol|no|шығ|сер|изд|ред|сост|под|и|и др|және|and|in|of|the|№|с|б|p|pp)\.?\s*$",
    re.IGNORECASE,
)
_OPEN = re.compile(r"[,:;/–—(«-]\s*$")
_PUBLISHED = re.compile(r"\W{0,2}(?:[^\W\d_]{1,12}\.?\s?:|№|\d)")
_PAGES = re.compile(r"\W{0,2}(?:С|Б|P|pp?|с|б)\.?\s?\d")
_MOST_READ, _WINDOW = 1_500, 200


def begins(entry: str, line: str, previous: int, width: int) -> float:
    """The score of `line` after the `entry` so far, whose last line is `previous` characters long; `width` is that of
    the longest usual line."""
    weights = begin_weights()
    return sum(weights[name] * value for name, value in signs(entry, line, previous, width).items())


def signs(entry: str, line: str, previous: int, width: int) -> dict[str, float]:
    """What speaks for and against an entry beginning here, by name."""
    before = entry[-_MOST_READ:]
    end = before[-_WINDOW:]
    word = line.split(maxsplit=1)[0] if line.strip() else ""
    free = (width - previous - 1 - len(word)) / max(1, width)
    alike = likeness(before)
    out = {
        "always": 1.0,
        "word would have fitted": float(free >= 0),
        "free space": max(0.0, min(0.5, free)),
        "sentence ends": float(bool(FINISHED.search(end))),
        "point ends": float(end.rstrip().endswith(".")),
        "closed by year or pages": float(bool(_CLOSED.search(end))),
        "address ends": float(bool(_ADDRESS_END.search(end))),
        "initial ends": float(bool(_INITIAL_END.search(end))),
        "word that waits ends": float(bool(_WAITS.search(end[-12:]))),
        "open sign ends": float(bool(_OPEN.search(end))),
        "has year": float(bool(DATED.search(before))),
        "like a reference": alike,
        "surely like a reference": float(alike >= LIKELY),
        "goes on": float(bool(GOES_ON.match(line))),
        "name first": float(bool(_HEADED.match(line))),
        "initials first": float(bool(_INITIALS_FIRST.match(line))),
        "capital first": float(line.lstrip(' "«“[(')[:1].isupper()),
        "address first": float(bool(_ADDRESS.match(line))),
        "number or place first": float(bool(_PUBLISHED.match(line))),
        "pages first": float(bool(_PAGES.match(line))),
        "initials wait": float(bool(_INITIALS_WAIT.search(end))),
        "initial ends and name": float(bool(_INITIAL_END.search(end)) and bool(_HEADED.match(line))),
        "line like a reference": likeness(line),
    }
    out["closed and name"] = out["closed by year or pages"] * max(out["name first"], out["initials first"])
    out["finished and capital"] = out["sentence ends"] * out["capital first"]
    out["dated, closed and capital"] = out["has year"] * out["closed by year or pages"] * out["capital first"]
    out["fitted and finished"] = out["word would have fitted"] * out["sentence ends"]
    return out
