"""An item made ready for rendering: people with their particles apart, variables as strings, rich text read once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kzcite.model import Date, Item, Name
from kzcite.renderer.csl.finish import Quotes
from kzcite.renderer.csl.markup import parse
from kzcite.renderer.csl.tokens import Token

Text = str | tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A name with its particles and suffix apart.

    `is_east_asian` names are written without a space, the family name first; `family_first` names with one.
    """

    family: str
    given: str = ""
    dropping: str = ""
    non_dropping: str = ""
    suffix: str = ""
    literal: str = ""
    comma_suffix: bool = False
    is_east_asian: bool = False
    family_first: bool = False


_EAST_ASIAN = re.compile(r"^[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\s·]+$")
# Lower-case words before a family name, or an elided article: `van der`, `de la`, `d'`, `al-`.
_PARTICLE = re.compile(r"^((?:['’]?[^\W\d_A-ZА-ЯЁ][^\W\d_.]*(?:\.[^\W\d_]*)*(?:\s+|['’ʼ\-]\s*))+)(?=[\"'“‘]?[^\W\d_])")


def person(name: Name) -> Person:
    """The name as CSL renders it: lower-case particles are split off a family name that has none marked."""
    if name.literal.strip():
        return Person("", literal=name.literal.strip())
    family, given, suffix = name.family.strip(), name.given.strip(), name.suffix.strip()
    dropping, non_dropping = name.dropping_particle, name.non_dropping_particle
    comma = name.comma_suffix
    if len(family) > 1 and family[0] == family[-1] == '"':
        family = family[1:-1]
    elif not non_dropping and (family[:1].islower() or family[:1] in "'’"):
        found = _PARTICLE.match(family)
        if found and family[found.end() :][:1].isupper():
            # A space after an apostrophe is the name's own: de' Medici, but d'Alembert.
            apart = " " if re.search(r"['’]\s+$", found[1]) else ""
            non_dropping, family = found[1].strip() + apart, family[found.end() :]
    if not dropping and " " in given and (given[-1].islower() or given[-1] in "'’"):
        given, dropping = _split_dropping(given)
    if not suffix and ", " in given:
        given, _, suffix = given.partition(", ")
        suffix = suffix.strip()
    elif not suffix and ",! " in given:
        given, _, suffix = given.partition(",! ")
        comma = True
    if suffix.startswith("!"):
        suffix, comma = suffix[1:].strip(), True
    if not family and given and not non_dropping:
        family, given = given, ""
    asian = bool(_EAST_ASIAN.match(family + given)) and bool(family)
    return Person(family, given, dropping, non_dropping, suffix, "", comma, asian, name.static_ordering)


def _split_dropping(given: str) -> tuple[str, str]:
    """Lower-case words at the end of a given name are a dropping particle: `Ludwig van` → `Ludwig`, `van`."""
    words = given.split()
    first = len(words)
    while first > 1 and words[first - 1][0].islower() and words[first - 1].rstrip("'’").isalpha():
        first -= 1
    return " ".join(words[:first]), " ".join(words[first:])


class Record:
    """One item while its style is at work. `number` is its place in the list, from 1."""

    __slots__ = ("dates", "id", "item", "language", "names", "number", "quotes", "rich", "type", "values")

    def __init__(self, item: Item, language: str, quotes: Quotes, number: int = 0) -> None:
        self.id = item.id
        self.item = item
        self.language = language
        self.quotes = quotes
        self.number = number
        self.values: dict[str, str] = {}
        self.names: dict[str, tuple[Person, ...]] = {}
        self.dates: dict[str, Date] = {}
        self.rich: dict[str, Text] = {}
        kind = ""  # an item without a type answers no test of types
        for one in item.fields:
            value = one.value
            if isinstance(value, str):
                if one.name == "type":
                    kind = value
                elif value:
                    self.values[one.name] = value
            elif isinstance(value, Date):
                if value.parts or value.literal or value.season:
                    self.dates[one.name] = value
            elif isinstance(value, tuple) and value:
                self.names[one.name] = tuple([person(name) for name in value])
        self.type = kind
        if "page" in self.values and "page-first" not in self.values:
            self.values["page-first"] = re.split(r"[-–,&]", self.values["page"], maxsplit=1)[0].strip()

    def text(self, name: str) -> Text:
        """Tokens of a text variable, `""` where it is absent."""
        found = self.rich.get(name)
        if found is None:
            value = self.values.get(name, "")
            found = self.rich[name] = parse(value, self.quotes) if value else ""
        return found

    def has(self, name: str) -> bool:
        return name in self.values or name in self.names or name in self.dates
