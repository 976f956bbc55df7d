"""Names in tagged formats: «Family, Given, Suffix», a body with a comma at its end (the EndNote and RIS convention)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kzcite.formats.mapped import Converter, Keys, Pair
from kzcite.model import Name
from kzcite.text.names import is_body


def format_person(name: Name) -> str:
    """One name in a line of its own.

    >>> format_person(Name("Әбдіжаппаров", "Е.Қ.")), format_person(Name(literal="ҚР Әділет министрлігі"))
    ('Әбдіжаппаров, Е.Қ.', 'ҚР Әділет министрлігі,')
    """
    if name.literal:
        return f"{name.literal},"
    family = _with_particles(name)
    if name.suffix:
        return f"{family}, {name.given}, {name.suffix}"
    if name.given:
        return f"{family}, {name.given}"
    return family


def _with_particles(name: Name) -> str:
    return " ".join(filter(None, (name.dropping_particle, name.non_dropping_particle, name.family)))


def parse_person(text: str) -> Name:
    """The name in a line of its own; without a comma, what names a body is one, everything else a person's one name.

    >>> parse_person("Қалесов"), parse_person("Жұмабаев, М. Б.").given
    (Name(family='Қалесов', given='', literal='', dropping_particle='', non_dropping_particle='', suffix=''), 'М. Б.')
    >>> parse_person("Ministry of Justice").literal
    'Ministry of Justice'
    """
    text = text.strip()
    if text.endswith(","):
        return Name(literal=text[:-1].rstrip())
    family, comma, rest = text.partition(",")
    if not comma:
        return Name(literal=text) if " " in text and is_body(text) else Name(family=text)
    given, comma, suffix = rest.partition(",")
    return Name(family=family.rstrip(), given=given.strip(), suffix=suffix.strip())


def _write(value: Sequence[Name], keys: Keys) -> Iterable[Pair]:
    return [(keys[0], format_person(name)) for name in value]


def _read(pairs: Sequence[Pair], keys: Keys) -> tuple[Name, ...]:
    return tuple(parse_person(text) for _, text in pairs if text.strip(" ,"))


PEOPLE = Converter(_write, _read, many=True)
"""One pair a person."""
