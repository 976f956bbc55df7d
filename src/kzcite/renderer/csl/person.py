"""One person's name: order of its parts, particles, initials (CSL 1.0.2, "Name" and "Name-part")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lxml import etree

from kzcite.renderer.csl.context import Context
from kzcite.renderer.csl.look import Look
from kzcite.renderer.csl.markup import parse
from kzcite.renderer.csl.record import Person
from kzcite.renderer.csl.terms import CSL
from kzcite.renderer.csl.tokens import Tokens

if TYPE_CHECKING:
    from kzcite.renderer.csl.elements import Compiler


_MOST_KEPT = 20_000  # given names whose initials are remembered

# A part of a name, and whether it looks like the family name (True), the given name (False) or neither (None).
Part = tuple[str, bool | None]


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

    def write(self, person: Person, context: Context, out: Tokens, is_first: bool, inverted: str, level: int) -> bool:
        """Append one name; `level` is what disambiguation adds (1 initials, 2 the given name in full).

        Returns whether the family name was put first.
        """
        if person.literal:
            self._group([(person.literal, True)], self.family_look, context, out)
            return False
        short = self.form == "short" and not level
        if person.is_east_asian:
            self._group([(person.family, True)], self.family_look, context, out)
            if not short and person.given:
                self._group([(person.given, False)], self.given_look, context, out)
            return False
        if short:
            demoted = context.sorting and self.demote != "never"
            particle = "" if demoted else person.non_dropping
            self._group([(particle, True), (person.family, True)], self.family_look, context, out)
            return False
        given = self.given(person.given, level)
        if not person.family_first and (inverted == "all" or (inverted == "first" and is_first)):
            self._inverted(person, given, context, out)
            return True
        if person.family_first:
            self._group([(person.non_dropping, True), (person.family, True)], self.family_look, context, out)
            if given:
                out.append(" ")
                self._group([(given, False), (person.dropping, False)], self.given_look, context, out)
            return False
        if given:
            self._group([(given, False)], self.given_look, context, out)
            out.append(_space_after(given) or " ")
        family = [(person.dropping, False), (person.non_dropping, True), (person.family, True)]
        if person.suffix and person.comma_suffix:
            self._group(family, self.family_look, context, out)
            out += [", ", person.suffix]
        else:
            self._group([*family, (person.suffix, None)], self.family_look, context, out)
        return False

    def _inverted(self, person: Person, given: str, context: Context, out: Tokens) -> None:
        demoted = self.demote == "display-and-sort" or (self.demote == "sort-only" and context.sorting)
        first: list[Part] = [("" if demoted else person.non_dropping, True), (person.family, True)]
        rest: list[Part] = [(given, False), (person.dropping, False), (person.non_dropping if demoted else "", True)]
        self._group(first, self.family_look, context, out)
        if any(text for text, _ in rest):
            out.append(self.separator)
            self._group(rest, self.given_look, context, out)
        if person.suffix:
            out += [self.separator, person.suffix]

    def _group(self, parts: Sequence[Part], look: Look | None, context: Context, out: Tokens) -> None:
        """Parts of a name with spaces between them, within the affixes of `look`, each in the look of its kind."""
        if look is not None and look.prefix:
            out.append(look.prefix)
        before = ""
        for text, is_family in parts:
            if not text:
                continue
            if before and (space := _space_after(before)):
                out.append(space)
            kind = None if is_family is None else self.family_look if is_family else self.given_look
            value = parse(text, context.record.quotes)
            tokens: Tokens = [value] if isinstance(value, str) else list(value)
            out.extend(tokens if kind is None else kind.inner(tokens, context.record.language))
            before = text
        if look is not None and look.suffix:
            out.append(look.suffix)

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
            if len(self._given) >= _MOST_KEPT:
                self._given.clear()
            self._given[key] = found
        return found


_PIECE = re.compile(r"[^\s.\-‐–]+\.?|[-‐–]")
_TAGS = re.compile(r"<[^<>]*>")


def initials(given: str, mark: str, *, hyphen: bool = True) -> str:
    """Given names as initials, each followed by `mark`. Abbreviations of more letters stay as they are.

    >>> initials("Ерлан Қайратұлы", ". "), initials("Jean-Luc", "."), initials("Дж. Вяч.", ". ")
    ('Е. Қ.', 'J.-L.', 'Дж. Вяч.')
    """
    if "<" in given:
        given = _TAGS.sub("", given)
    out = ""
    joined = False
    for piece in _PIECE.findall(given):
        if piece in "-‐–":
            joined = bool(out)
            continue
        bare = piece.rstrip(".")
        if not bare[0].isupper() and not (len(bare) == 1 and piece.endswith(".")):
            if not joined:
                out = out.rstrip() + (" " if out else "") + piece + " "
            joined = False
            continue
        if piece.endswith(".") and 1 < len(bare) <= (3 if bare > "Ͱ" else 2):
            initial = bare
        elif len(bare) > 2 and bare[:2].isupper() and bare[1].isalpha() and bare[2:].islower():
            initial = bare[0] + bare[1].lower()
        else:
            initial = bare[0]
        if joined and hyphen:
            out = out.rstrip() + "-" + initial + mark
        else:
            out += initial + mark
        joined = False
    return out.strip()


def normalise_initials(given: str, mark: str) -> str:
    """Full given names stay; initials and abbreviations that stand among them get `mark`.

    >>> normalise_initials("John E.F", ". "), normalise_initials("Ph.M.E.", ".")
    ('John E. F.', 'Ph.M.E.')
    """
    if "<" in given:
        given = _TAGS.sub("", given)
    out = ""
    for word in re.findall(r"[^\s.]+\.?", given):
        bare = word.rstrip(".")
        if word.endswith(".") or (len(bare) == 1 and bare.isupper()):
            out += bare + mark
        else:
            out = out.rstrip() + (" " if out else "") + word + " "
    return out.strip()


def _space_after(text: str) -> str:
    return "" if text[-1:] in ("'", "’", "-", "ʼ", "\u00a0", " ") else " "
