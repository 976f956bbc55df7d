"""One person's name: order of its parts, particles, initials (CSL 1.0.2, "Name" and "Name-part")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from kzcite.renderer.csl.context import Context
from kzcite.renderer.csl.look import Look
from kzcite.renderer.csl.markup import parse
from kzcite.renderer.csl.record import Person
from kzcite.renderer.csl.terms import CSL
from kzcite.renderer.csl.tokens import Token, Tokens

if TYPE_CHECKING:
    from kzcite.renderer.csl.elements import Compiler


class PersonFormat:
    """How one person is printed, by the options of `cs:name`."""

    def __init__(self, name: etree._Element | None, compiler: Compiler) -> None:
        def option(key: str, default: str = "") -> str:
            return compiler.option(name, key, default)

        self.form = compiler.option(name, "form", "long", area_name="name-form")
        with_ = compiler.option(name, "initialize-with", "\x00")
        self.mark: str | None = None if with_ == "\x00" else with_
        self.initialize = option("initialize", "true") != "false"
        self.hyphen = compiler.root.get("initialize-with-hyphen", "true") != "false"
        self.separator = option("sort-separator", ", ")
        self.demote = compiler.root.get("demote-non-dropping-particle", "display-and-sort")
        parts = {one.get("name"): Look(one) for one in name.findall(f"{CSL}name-part")} if name is not None else {}
        self.given_look: Look | None = parts.get("given")
        self.family_look: Look | None = parts.get("family")
        self._given: dict[tuple[str, bool], str] = {}

    def write(self, person: Person, context: Context, out: Tokens, is_first: bool, inverted: str, level: int) -> None:
        """Append one name; `level` is what disambiguation adds (1 initials, 2 the given name in full)."""
        if person.literal:
            self._family([person.literal], context, out)
            return
        short = self.form == "short" and not level and not context.sorting
        turned = not short and bool(inverted == "all" or (inverted == "first" and is_first))
        if person.is_east_asian:
            self._family([person.family], context, out)
            if not short and person.given:
                self._given_part(person.given, context, out)
            return
        if short:
            demoted = context.sorting and self.demote != "never"
            self._family([person.family] if demoted else [person.non_dropping, person.family], context, out)
            return
        given = self.given(person.given, level)
        if turned:
            self._turned(person, given, context, out)
        else:
            if given or person.dropping:
                self._given_part(_spaced([given, person.dropping]), context, out)
                out.append(_space_after(person.dropping or given))
            self._family([person.non_dropping, person.family], context, out)
            if person.suffix:
                out.append((", " if person.comma_suffix else " ") + person.suffix)

    def _turned(self, person: Person, given: str, context: Context, out: Tokens) -> None:
        demoted = self.demote == "display-and-sort" or (self.demote == "sort-only" and context.sorting)
        family = [person.family] if demoted else [person.non_dropping, person.family]
        rest = [given, person.dropping, person.non_dropping] if demoted else [given, person.dropping]
        self._family(family, context, out)
        after = _spaced(rest)
        if after:
            out.append(self.separator)
            self._given_part(after, context, out)
        if person.suffix:
            out += [self.separator, person.suffix]

    def _family(self, parts: list[str], context: Context, out: Tokens) -> None:
        text = _spaced(parts)
        if not text:
            return
        if self.family_look is not None:
            self.family_look.write(text, context.record.language, out)
        else:
            self._plain(text, context, out)

    def _given_part(self, text: str, context: Context, out: Tokens) -> None:
        if self.given_look is not None:
            self.given_look.write(text, context.record.language, out)
        else:
            self._plain(text, context, out)

    def _plain(self, text: str, context: Context, out: Tokens) -> None:
        value: str | tuple[Token, ...] = parse(text, context.record.quotes)
        if isinstance(value, str):
            out.append(value)
        else:
            out.extend(value)

    def given(self, given: str, level: int) -> str:
        """The given name, as initials where the style wants them."""
        if self.mark is None or level >= 2 or not given:
            return given
        key = (given, self.initialize)
        found = self._given.get(key)
        if found is None:
            if self.initialize:
                found = initials(given, self.mark, hyphen=self.hyphen)
            else:
                found = normalise_initials(given, self.mark)
            self._given[key] = found
        return found


_PIECE = re.compile(r"[^\s.\-‐–’']+(?:['’][^\s.\-‐–]+)*\.?|[-‐–]")


def initials(given: str, mark: str, *, hyphen: bool = True) -> str:
    """Given names as initials, each followed by `mark`.

    >>> initials("Ерлан Қайратұлы", ". "), initials("Jean-Luc", "."), initials("Дж. Вяч.", ". ")
    ('Е. Қ.', 'J.-L.', 'Дж. Вяч.')
    """
    out = ""
    joined = False
    for piece in _PIECE.findall(given):
        if piece in "-‐–":
            joined = bool(out)
            continue
        bare = piece.rstrip(".")
        if not bare:
            continue
        if bare[0].islower() and not (len(bare) == 1 and piece.endswith(".")):
            out = out.rstrip() + (" " if out else "") + piece + " "
            joined = False
            continue
        if piece.endswith(".") and 2 <= len(bare) <= (3 if bare > "Ͱ" else 2) and bare[1:].islower():
            initial = bare
        elif piece.endswith(".") and len(bare) > 1 and bare.isupper() and len(bare) <= 3:
            initial = (mark.rstrip(" ") or "").join(bare) if mark.strip() else bare
        else:
            initial = bare[0]
        if joined and hyphen:
            out = out.rstrip() + "-" + initial + mark
        else:
            out += initial + mark
        joined = False
    return out.strip()


def normalise_initials(given: str, mark: str) -> str:
    """Full given names stay; initials that stand among them get `mark`.

    >>> normalise_initials("John E.F", ". ")
    'John E. F.'
    """
    out = ""
    for word in re.findall(r"[^\s.]+\.?", given):
        bare = word.rstrip(".")
        if len(bare) == 1 and bare.isupper():
            out += bare + mark
        else:
            out = out.rstrip() + (" " if out else "") + word + " "
    return out.strip()


def _spaced(parts: list[str]) -> str:
    """Parts with spaces between them, none after an apostrophe or a hyphen."""
    out = ""
    for part in parts:
        if part:
            out += (_space_after(out) if out else "") + part
    return out


def _space_after(text: str) -> str:
    return "" if text[-1:] in ("'", "’", "-", "ʼ", "\u00a0") else " "
