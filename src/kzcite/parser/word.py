"""What is known of a token by itself: its class, its shape, the roles that it can have, and its features by name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kzcite.parser.gazetteer import gazetteer
from kzcite.parser.signs import ROLES, shown_by
from kzcite.tables import terms
from kzcite.text.dates import month
from kzcite.text.numbers import is_roman
from kzcite.text.script import repair_word

DASHES = frozenset("-–—−‐‑―")
_CLASS_ROLES = frozenset(ROLES) - {"publisher", "container", "archive", "medium"}
_KAZAKH = re.compile("[әғқңөұүһі]")
_CYRILLIC = re.compile("[а-я]")
_KEPT = 1 << 15


class Word(NamedTuple):
    """`low` is the word in small letters of one script; `cls` a coarse class for patterns of neighbours (`Y` a year,
    `M` a month, `PL` a place, `SN` a surname, `I1` an initial, a role such as `page`, a mark itself); `shape` its
    capitals and digits; `lists` what a single word may be by the gazetteers; `signs` what recognisers may go by."""

    low: str
    cls: str
    shape: str
    kind: str
    roles: tuple[str, ...]
    lists: tuple[str, ...]
    is_numeral: bool
    signs: int


@lru_cache(maxsize=1)
def _roles() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for role in ROLES:
        for form in terms.read_forms(role):
            for part in form.replace("-", " ").split():
                if role not in table.setdefault(part, []):
                    table[part].append(role)
    return {form: tuple(roles) for form, roles in table.items()}


@lru_cache(maxsize=_KEPT)
def word(text: str, kind: str) -> Word:
    """The word of a token's text and kind.

    >>> word("Алматы", "word").cls, word("1998", "number").cls, word("бет", "word").roles
    ('PL', 'Y', ('page',))
    """
    low = repair_word(text).lower() if kind in ("word", "initials") else text.lower()
    shape = _shape(text, kind)
    roles = _roles().get(low.rstrip("."), ()) if kind in ("word", "initials") else ()
    lists = tuple(gazetteer().flags(low)) if kind == "word" else ()
    is_numeral = kind == "word" and len(text) < 20 and is_roman(text)
    cls = _class(text, low, kind, shape, roles, lists, is_numeral)
    signs = shown_by(low, cls, "" if kind == "mark" else shape, roles)
    return Word(low, cls, shape, kind, roles, lists, is_numeral, signs)


def named_features(one: Word) -> tuple[list[str], list[str]]:
    """What the labeller sees of a word wherever it stands near a token, and what more where it is the token."""
    low, cls, shape, kind, roles, lists, is_numeral, _ = one
    near = [f"s={shape}", f"c={cls}"]
    own: list[str] = []
    if kind == "word":
        if len(low) > 3:
            near.append(f"x2={low[-2:]}")
            own += (f"p3={low[:3]}", f"x3={low[-3:]}")
        if len(low) > 5:
            own += (f"x4={low[-4:]}", f"p4={low[:4]}", f"p5={low[:5]}")
        own.append(f"sc={_script(low)}")
        if len(low) < 30:
            near.append(f"w={low}")
        if is_numeral:
            own.append("roman")
    elif kind in ("mark", "initials") or (kind == "number" and len(low) <= 4):
        near.append(f"w={low[:8]}")
    if lists or roles:
        near += [f"g={name}" for name in lists]
        near += [f"r={role}" for role in roles]
    return near, own


def _shape(text: str, kind: str) -> str:
    if kind == "number":
        return f"d{min(len(text), 7)}"
    if kind == "initials":
        return f"I{min(text.count('.'), 4)}"
    if kind != "word":
        return kind if kind != "mark" else text[:1]
    if len(text) == 1:
        return "X1" if text.isupper() else "x1"
    if text.isupper():
        return "XX" if len(text) < 8 else "XXX"
    if text[0].isupper():
        return "Xx" if text[1:].islower() else "XxX"
    return "x" if text.islower() else "xX"


def _class(
    text: str, low: str, kind: str, shape: str, roles: tuple[str, ...], lists: tuple[str, ...], is_numeral: bool
) -> str:
    if kind == "number":
        if len(text) == 4 and text.isdecimal():
            return "Y" if "1800" <= text <= "2035" else "Y0" if "1400" <= text < "1800" else "d4"
        return "d" if len(text) < 4 else "D"
    if kind in ("url", "doi", "day"):
        return kind.upper()
    if kind == "mark":
        if text in DASHES:
            return "-"
        return text[:3]
    if kind == "initials":
        return "I" + ("" if text.count(".") > 1 else low if roles or gazetteer().is_place(low) else "1")
    if len(low) > 2 and month(low):
        return "M"
    for role in roles:
        if role in _CLASS_ROLES:
            return role
    if "place" in lists and text[0].isupper():
        return "PL"
    if shape == "X1":
        return "X1"
    if is_numeral and text.isupper():
        return "R"
    if shape in ("Xx", "XxX", "xX"):
        return "SN" if "surname" in lists else "Xx"
    return shape


def _script(low: str) -> str:
    if low.isascii():
        return "L"
    if _KAZAKH.search(low):
        return "K"
    return "C" if _CYRILLIC.search(low) else "l"
