"""Align a gold item with its printed line: CSL values → inline tags (the form of fixtures/corpus)."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from kzcite.text import dates

_LOOK = str.maketrans("aeopcxyihkmtbəүң", "аеорсхуіһкмтвәуњ")
_EXTRA = {"ё": "е", "ǵ": "ǵ"}

NAME_FIELDS = ("author", "editor", "translator", "compiler")
ORDER = """URL DOI ISBN ISSN accessed title container-title archive_location archive collection-title event-title genre
publisher edition medium event-date event-place publisher-place author editor translator compiler number issued issue
volume page number-of-pages number-of-volumes part-number collection-number""".split()

BEFORE = {
    "page": r"(?:[СCБBРPсcбpsS]|[Pp]p|стр|[Сс]с|[:,]|бет|беттер|Стр|№)\W{0,4}$",
    "number-of-pages": r"(?:[\-–—:,.]|[сpс]\.)\s*$",
    "volume": r"(?:Т|том|Том|Vol|V|T|т|vol|вип|TOM|tom|Tom|кн|Кн|К)\W{0,3}$",
    "issue": r"(?:№|No|N|[Вв]ып|вип|no|Iss?|issue|шығ|\(|number)\W{0,3}$",
    "number": r"(?:№|No|N|Nr|ГОСТ|СТ|ISO|RU|US)\W{0,3}$",
    "publisher-place": r"(?:[\-–—.,/])\s*$",
    "number-of-volumes": r"(?:в|В|in)\s*$",
}
AFTER = {
    "page": r"^\W{0,3}(?:[бБсСcC]|[Pp]|бет|стр|pages?)?\b",
    "number-of-pages": r"^\W{0,3}(?:[бсcpsлSССБ6]|pp|стр|бет|page|бб|S)\b",
    "volume": r"^\s*(?:-?\s*(?:ші|шы)?\s*(?:т|том|кітап|т\.)\b|\()",
    "issue": r"^\s*(?:\)|-?шығ)",
    "publisher-place": r"^\s*[.]?\s*[:,]",
    "number-of-volumes": r"^\W{0,3}(?:ти|х|т|том|кн|vol|кітап)",
    "issued": r"^\s*(?:ж|г|жыл|\)|\.|$)",
}


def skeleton(text: str) -> tuple[str, list[int]]:
    """Letters and digits only, look-alikes unified, with the offset of each."""
    out: list[str] = []
    where: list[int] = []
    for offset, char in enumerate(text):
        for one in unicodedata.normalize("NFKD", char).casefold():
            if one.isalnum():
                out.append(_EXTRA.get(one, one).translate(_LOOK))
                where.append(offset)
    return "".join(out), where


def occurrences(value: str, skel: tuple[str, list[int]]) -> list[tuple[int, int]]:
    want = skeleton(value)[0]
    text, where = skel
    found: list[tuple[int, int]] = []
    if not want:
        return found
    at = text.find(want)
    while at >= 0:
        end = at + len(want)
        start_offset, end_offset = where[at], where[end - 1] + 1
        digits = want[0].isdigit() and at and text[at - 1].isdigit() and where[at] - where[at - 1] == 1
        digits = digits or (
            want[-1].isdigit() and end < len(text) and text[end].isdigit() and where[end] - where[end - 1] == 1
        )
        if not digits:
            found.append((start_offset, end_offset))
        at = text.find(want, at + 1)
    return found


def whole_word(raw: str, span: tuple[int, int]) -> bool:
    before = raw[span[0] - 1 : span[0]]
    after = raw[span[1] : span[1] + 1]
    return not (before.isalpha() and raw[span[0]].isalpha()) and not (after.isalpha() and raw[span[1] - 1].isalpha())


class Aligner:
    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.skel = skeleton(raw)
        self.label: list[str | None] = [None] * len(raw)
        self.missing: list[tuple[str, str]] = []

    def free(self, span: tuple[int, int]) -> bool:
        return all(one is None for one in self.label[span[0] : span[1]])

    def put(self, field: str, span: tuple[int, int]) -> None:
        for at in range(*span):
            if self.label[at] is None:
                self.label[at] = field

    def choose(self, field: str, spans: list[tuple[int, int]]) -> tuple[int, int] | None:
        best: tuple[float, tuple[int, int]] | None = None
        for span in spans:
            if not self.free(span):
                continue
            score = 0.0
            if whole_word(self.raw, span):
                score += 4
            if field in BEFORE and re.search(BEFORE[field], self.raw[max(0, span[0] - 12) : span[0]]):
                score += 3
            if field in AFTER and re.search(AFTER[field], self.raw[span[1] : span[1] + 12]):
                score += 2
            if field in ("publisher-place", "publisher", "issued", "page", "number-of-pages"):
                score += span[0] / max(1, len(self.raw))
            else:
                score -= span[0] / max(1, len(self.raw))
            if best is None or score > best[0]:
                best = (score, span)
        return best[1] if best else None

    def text(self, field: str, value: str) -> bool:
        spans = occurrences(value, self.skel)
        best = self.choose(field, spans)
        if best:
            self.put(field, best)
            return True
        return False

    def parts(self, field: str, value: str) -> bool:
        """A value joined from several printed pieces: place greedily the longest runs in order."""
        pieces = [p for p in re.split(r"\s*;\s*|,\s+|\.\s+|:\s+|\s+", value) if p]
        at = 0
        done = True
        while at < len(pieces):
            for stop in range(len(pieces), at, -1):
                if self.text(field, " ".join(pieces[at:stop])):
                    at = stop
                    break
            else:
                done = False
                at += 1
        return done

    def fuzzy(self, field: str, value: str) -> bool:
        """A repaired value: the window of the line most like it."""
        want = skeleton(value)[0]
        text, where = self.skel
        best = (0.0, 0, 0)
        for size in {len(want), len(want) + 1, max(1, len(want) - 1)}:
            for at in range(len(text) - size + 1):
                if not self.free((where[at], where[at + size - 1] + 1)):
                    continue
                ratio = SequenceMatcher(None, want, text[at : at + size]).ratio()
                if ratio > best[0]:
                    best = (ratio, where[at], where[at + size - 1] + 1)
        if best[0] >= 0.72:
            self.put(field, best[1:])
            return True
        return False

    def people(self, field: str, names: list[dict[str, str]]) -> None:
        spans: list[tuple[int, int]] = []
        for name in names:
            literal = name.get("literal")
            family = " ".join(p for p in (name.get("non-dropping-particle"), name.get("family")) if p)
            given = " ".join(p for p in (name.get("given"), name.get("dropping-particle")) if p)
            variants = [literal] if literal else [f"{family} {given}", f"{given} {family}"]
            found: list[tuple[int, int]] = []
            for one in variants:
                found += [s for s in occurrences(str(one), self.skel) if whole_word(self.raw, s) and self.free(s)]
            found = sorted(set(found))
            if not found and family:
                found = [s for s in occurrences(family, self.skel) if whole_word(self.raw, s) and self.free(s)][:1]
                if found and given:
                    self.missing.append((field, f"{given} {family} (given only)"))
            if not found:
                self.missing.append((field, str(variants[0])))
            if given:  # the same person with the given name spelt out (`/ Горянов Алексей Викторович`)
                pass
            spans += [(a, self.dot(b)) for a, b in found]
        spans.sort()
        for span in spans:
            self.put(field, span)
        for (_, one), (two, _) in pairwise(spans):
            gap = self.raw[one:two]
            if len(gap) < 12 and re.fullmatch(r"[\s,.;&]*(?:(?:и|и\.|and|және|і|та|мен|пен)\b)?[\s,.;&]*", gap):
                self.put(field, (one, two))

    def dot(self, end: int) -> int:
        return end + 1 if self.raw[end : end + 1] == "." and self.raw[end - 1 : end].isupper() else end

    def date(self, field: str, value: dict[str, Any]) -> None:
        want = tuple(value["date-parts"][0])
        year = str(want[0])
        if len(want) == 1:
            if not self.text(field, year) and not self.text(field, year[2:]):
                self.missing.append((field, year))
            return
        best: tuple[int, int] | None = None
        pattern = re.compile(
            r"\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}|\d{4}-\d\d-\d\d"
            r"|(?:от )?\d{4}\W{0,2}\s*(?:жылғы|жылѓы|ж\.?|г\.?|jyl\w*)?\s*\d{1,2}\W{0,2}\s*[^\W\d_]+"
            r"|\d{1,2}(?:st|th|nd|rd)?\W{0,3}\s*(?:of )?[^\W\d_]{3,}\.?\W{0,2}\s*\d{4}"
            r"|[^\W\d_]{3,}\.?,? \d{1,2},? \d{4}|\d{4}\W{0,4}[^\W\d_]{3,} \d{1,2}\b"
            r"|[^\W\d_]{3,}\.?,? \d{4}|\d{4},? [^\W\d_]{3,}"
        )
        for start in range(len(self.raw)):
            found = pattern.match(self.raw, start)
            if not found or (start and self.raw[start - 1].isalnum()):
                continue
            text = found[0]
            read = dates.parse_date(text)
            span = (start, found.end())
            fits = read and read.parts == want and self.free(span)
            if fits and (best is None or (field == "accessed" and start > best[1])):
                best = span
        if best:
            if self.raw[best[0] :].startswith("от "):
                best = (best[0] + 3, best[1])
            self.put(field, best)
            return
        # day and month apart from the year
        ok = self.text(field, year)
        placed = False
        for found in re.finditer(
            r"(?<!\d)(\d{1,2})\s+([^\W\d_]{3,})|([^\W\d_]{3,})\s+(\d{1,2})(?!\d)|([^\W\d_]{3,})", self.raw
        ):
            words = [g for g in found.groups() if g]
            read_month = next((dates.month(w) for w in words if not w.isdigit() and dates.month(w)), None)
            day = next((int(w) for w in words if w.isdigit()), None)
            if read_month == want[1] and (len(want) < 3 or day == want[2]) and self.free(found.span()):
                self.put(field, found.span())
                placed = True
                break
        if not (ok and placed):
            self.missing.append((field, str(want)))


def align(raw: str, gold: dict[str, Any]) -> tuple[str, list[tuple[str, str]]]:
    """The line with tags, and what could not be placed."""
    one = Aligner(raw)
    for field in sorted((f for f in gold if f in ORDER), key=ORDER.index):
        value = gold[field]
        if field in NAME_FIELDS:
            one.people(field, value)
        elif isinstance(value, dict):
            one.date(field, value)
        elif not one.text(field, str(value)):
            before = list(one.label)
            if field in (
                "publisher-place",
                "page",
                "issue",
                "archive_location",
                "genre",
                "title",
                "URL",
                "publisher",
            ) and one.parts(field, str(value)):
                continue
            one.label = before
            if not one.fuzzy(field, str(value)):
                one.missing.append((field, str(value)))
    return tagged(raw, one.label), one.missing


def tagged(raw: str, label: list[str | None]) -> str:
    out: list[str] = []
    current: str | None = None
    for at, char in enumerate(raw):
        if label[at] != current:
            if current:
                out.append(f"</{current}>")
            current = label[at]
            if current:
                out.append(f"<{current}>")
        out.append(char)
    if current:
        out.append(f"</{current}>")
    return "".join(out)
