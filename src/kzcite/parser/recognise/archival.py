"""Documents of archives: fond, inventory, file and sheet, and the archive before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from kzcite.parser.recognise.rule import Labels, cls
from kzcite.parser.segment import NO_FIELD
from kzcite.parser.word import DASHES, word
from kzcite.tables.loader import read_rows, read_toml
from kzcite.text.tokens import Token, tokenise

_KINDS = ("fonds", "inventory", "bundle", "file", "sheet")
_APART = 8  # tokens between two units of one place
_NAME = 24  # tokens of an archive's name


class _Unit(NamedTuple):
    """A unit with its number, as a half-open range of tokens."""

    kind: str
    start: int
    stop: int


@lru_cache(maxsize=1)
def _units() -> dict[str, str]:
    table = read_toml("archive-units.toml")
    return {form: kind for kind in _KINDS for form in table[kind]}


@lru_cache(maxsize=1)
def _archives() -> frozenset[tuple[str, ...]]:
    """The names of archives in `bodies.csv`, token by token."""
    return frozenset(
        tuple(token.text.lower() for token in tokenise(row["printed"]))
        for row in read_rows("bodies.csv")
        if row["kind"] == "archive"
    )


def place_in_archive(tokens: Sequence[Token], labels: Labels) -> None:
    """`ЦГА РК. Ф. 64. Оп. 1. Д. 5081. Л. 12–14 об.`: from the first unit to the last number it is `archive_location`,
    and the name of an archive right before it `archive`."""
    found = _numbered_units(tokens)
    kinds = {one.kind for one in found}
    if len(kinds) < 2 or not ("fonds" in kinds or {"inventory", "file"} <= kinds):
        return
    first, last = found[0].start, found[-1].stop
    if any(after.start - before.stop > _APART for before, after in pairwise(found)):
        return
    for at in range(first, last):
        if not _is_year(tokens, at):
            labels[at] = "archive_location"
    _name_before(tokens, labels, first)
    if tokens[0].text.lower() in read_toml("archive-units.toml")["documents"]:
        at = 0
        while labels[at] == "author":
            labels[at] = "title"
            at += 1


def _numbered_units(tokens: Sequence[Token]) -> list[_Unit]:
    out: list[_Unit] = []
    units = _units()
    at = 0
    while at < len(tokens):
        kind = _kind(tokens[at], units)
        start = _before(tokens, at, out[-1].stop if out else 0) if kind else at
        stop = _over_verso(tokens, at + 1) if start < at else _after(tokens, at) if kind else 0
        if stop:
            out.append(_Unit(kind, start, stop))
        at = max(at + 1, stop)
    return out


def _kind(token: Token, units: dict[str, str]) -> str:
    if token.kind not in ("word", "initials"):
        return ""
    return units.get(word(token.text, token.kind).low.rstrip("."), "")


def _after(tokens: Sequence[Token], at: int) -> int:
    """Where the number that follows a unit ends, 0 where none does; `Р-30`, `И. 338`, `№ 369` and `12–14 об` too."""
    number = at + 1
    while number < min(at + 5, len(tokens)) and tokens[number].kind != "number":
        text = tokens[number].text
        if text not in (".", "№") and text not in DASHES and not re.fullmatch(r"[^\W\d_]\.?", text):
            return 0
        number += 1
    if number >= min(at + 5, len(tokens)) or (cls(tokens[number]) == "Y" and tokens[at + 1].text != "."):
        return 0
    return _end_of_number(tokens, number + 1)


def _end_of_number(tokens: Sequence[Token], stop: int) -> int:
    """The end of `12–14 об`, `63, 64 зв., 71`, `122/1`, `95А`."""
    verso = read_toml("archive-units.toml")["verso"]
    units = _units()
    while stop < len(tokens):
        text = tokens[stop].text
        following = tokens[stop + 1] if stop + 1 < len(tokens) else None
        if word(text, tokens[stop].kind).low.rstrip(".") in verso or (
            not tokens[stop].spaced and len(text) == 1 and text.isupper()
        ):
            stop += 1
        elif following is not None and following.kind == "number" and (text in DASHES or text in "/,"):
            after = tokens[stop + 2] if stop + 2 < len(tokens) else None
            if text == "," and after is not None and (_kind(after, units) or after.text in DASHES):
                return stop  # `1-тізбе, 2213-іс`: the number belongs to the next unit
            stop += 2
        elif (
            text == "."
            and following is not None
            and (following.text == "," or following.text in DASHES)
            and _is_sheet(tokens, stop + 2)
        ):
            stop += 1  # `64 зв., 71`, `18 об.–19`
        else:
            return stop
    return stop


def _over_verso(tokens: Sequence[Token], stop: int) -> int:
    """Past `. сырты`, the other side of the sheet before."""
    verso = read_toml("archive-units.toml")["verso"]
    for end in (stop, stop + 1):
        if end < len(tokens) and tokens[end].text.lower() in verso and all(one.text == "." for one in tokens[stop:end]):
            return end + 1
    return stop


def _is_sheet(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].kind == "number" and cls(tokens[at]) != "Y"


def _before(tokens: Sequence[Token], at: int, least: int) -> int:
    """Where the number that a unit follows begins (`64-қор`, `43–46 пп`), `at` where there is none."""
    start = at
    if start - 1 >= least and tokens[start - 1].text in DASHES:
        start -= 1
    if start - 1 < least:
        return at
    before = tokens[start - 1]
    if len(before.text) == 1 and before.text.isupper() and not before.spaced and start - 2 >= least:
        start, before = start - 1, tokens[start - 2]  # `95А-іс`
    if before.kind != "number":
        return at
    start -= 1
    while start - 2 >= least and tokens[start - 1].text in DASHES and tokens[start - 2].kind == "number":
        start -= 2
    if start - 2 >= least and tokens[start - 1].text in DASHES and re.fullmatch(r"[^\W\d_]\.?", tokens[start - 2].text):
        start -= 2  # `И-1 қор`
    return start


def _is_year(tokens: Sequence[Token], at: int) -> bool:
    """Whether a year stands here, or the word for one behind it (`1823 жыл`)."""
    return (cls(tokens[at]) == "Y" and _says_year(tokens, at + 1)) or (
        _says_year(tokens, at) and at > 0 and cls(tokens[at - 1]) == "Y"
    )


def _says_year(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and "year" in word(tokens[at].text, tokens[at].kind).roles


def _name_before(tokens: Sequence[Token], labels: Labels, stop: int) -> None:
    """The archive right before its units; a name in brackets behind it is passed over."""
    while stop and tokens[stop - 1].kind == "mark" and tokens[stop - 1].text not in (")", "]"):
        stop -= 1
    start = stop
    depth = 0
    while start and stop - start < _NAME:
        text = tokens[start - 1].text
        depth += (text in (")", "]")) - (text in ("(", "["))
        if not depth and (text in ("//", ".", "–", "—", ";", ":", "/", "»") or labels[start - 1] == "author"):
            break
        start -= 1
    while stop > start and (tokens[stop - 1].text in ",." or _is_year(tokens, stop - 1)):
        stop -= 1
    words = [token.text for token in tokens[start:stop]]
    if "archive" in labels[start:stop] or not _is_archive(words):
        return
    end = next((at for at in range(start + 1, stop) if tokens[at].text == "["), stop)
    if any(one.lower() in ("әрі", "далее", "hereinafter") for one in words):
        end = next((at for at in range(start + 1, stop) if tokens[at].text == "("), stop)
    labels[start:stop] = ["archive"] * (end - start) + [NO_FIELD] * (stop - end)


def _is_archive(words: Sequence[str]) -> bool:
    """A known archive, one that says so, or a short name that begins with an acronym (`ҚР ОММ`, `ЦГИА КазССР`)."""
    lows = [one.lower() for one in words]
    beginnings = tuple(read_toml("archive-units.toml")["names"])
    if any(one.startswith(beginnings) for one in lows) or tuple(lows) in _archives():
        return True
    return bool(words) and len(words) <= 6 and sum(char.isupper() for char in words[0]) > 1
