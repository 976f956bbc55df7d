"""Names in BibTeX fields: `Family, Given and {A Body}`. Source: BibTeXing, 4; Markey, Tame the BeaST, 11.

«Family, Given» is always written, so that -ұлы and -қызы words stay where they belong; a body stands in braces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kzcite.formats.library.latexcode import decode, encode
from kzcite.model import Name

_AND = re.compile(r"(?<!\s)\s+and\s+", re.IGNORECASE)  # a run of blanks is tried from its beginning alone


def format_names(names: Sequence[Name], others: bool = False) -> str:
    """
    >>> format_names([Name("Омаров", "К.Т."), Name(literal="ҚР Әділет министрлігі")])
    'Омаров, К.Т. and {ҚР Әділет министрлігі}'
    """
    return " and ".join([*map(_format, names), *(["others"] if others else [])])


def _format(name: Name) -> str:
    if name.literal:
        return f"{{{encode(name.literal)}}}"
    family = _part(name.family, first=True)
    von = encode(" ".join(filter(None, (name.dropping_particle, name.non_dropping_particle))))
    if von:
        family = f"{von} {family}"
    given = _part(name.given)
    if name.suffix:
        return f"{family}, {_part(name.suffix)}, {given}"
    if given:
        return f"{family}, {given}"
    # One name of several words: an empty given name keeps it from being split, or read as a body.
    return f"{family}, {{}}" if " " in family or family.startswith("{") else family


def _part(text: str, first: bool = False) -> str:
    """A part of a name, braced where a comma, « and » or a small first word would be misread."""
    coded = encode(text)
    if not coded:
        return ""
    small = first and " " in text and text[:1].islower()
    return f"{{{coded}}}" if "," in coded or _AND.search(f" {coded} ") or small else coded


def parse_names(text: str) -> tuple[tuple[Name, ...], bool]:
    """The names of a field, and whether `and others` ends it.

    >>> parse_names("Әуезов, М. and Jan van der Berg and others")[1]
    True
    >>> parse_names("{Ministry of Justice and Law}")[0][0].literal
    'Ministry of Justice and Law'
    """
    names: list[Name] = []
    others = False
    for one in _split(text, _AND):
        if one.casefold() in ("others", "{others}"):
            others = True
        elif one.strip("{}, ~"):
            names.append(_parse(one))
    return tuple(names), others


def _parse(text: str) -> Name:
    if text.startswith("{") and _closes_at_end(text):
        return Name(literal=decode(text[1:-1]).strip())
    if "family=" in text[:40].lower() or "given=" in text[:40].lower():
        return _extended(text)
    parts = _split(text, _COMMA) if "," in text else [text]
    if len(parts) == 1:
        return _natural(_split(text, _SPACE) if " " in text or "~" in text else [text])
    family_words = _split(parts[0], _SPACE) if " " in parts[0] else [parts[0]]
    von, family = _particles(family_words)
    suffix, given = (parts[1], ", ".join(parts[2:])) if len(parts) > 2 else ("", parts[1])
    return Name(family=_text(family), given=_text([given]), suffix=_text([suffix]), non_dropping_particle=_text(von))


def _natural(words: list[str]) -> Name:
    """`First von Last`: the last word, and what is capitalised after a small word, is the family name."""
    if len(words) == 1:
        return Name(family=_text(words))
    small = [at for at, word in enumerate(words[:-1]) if word[:1].islower()]
    if not small:
        return Name(family=_text(words[-1:]), given=_text(words[:-1]))
    first, last = small[0], small[-1]
    return Name(
        family=_text(words[last + 1 :]),
        given=_text(words[:first]),
        non_dropping_particle=_text(words[first : last + 1]),
    )


def _particles(words: list[str]) -> tuple[list[str], list[str]]:
    """Small words before a capitalised one are a particle."""
    count = 0
    while count < len(words) - 1 and words[count][:1].islower():
        count += 1
    return words[:count], words[count:]


def _extended(text: str) -> Name:
    """biblatex's `given=Hans, family=Mueller, prefix=von, suffix=Jr` (biblatex manual, 3.4)."""
    found = {}
    for part in _split(text, _COMMA):
        key, _, value = part.partition("=")
        found[key.strip().lower()] = _text([value.strip().strip('"')])
    return Name(
        family=found.get("family", ""),
        given=found.get("given", ""),
        suffix=found.get("suffix", ""),
        non_dropping_particle=found.get("prefix", ""),
    )


def _text(words: list[str]) -> str:
    text = " ".join(words)
    return " ".join(decode(text).split()) if "\\" in text or "{" in text or "~" in text else text.strip()


def split_and(text: str) -> list[str]:
    """The parts of a biblatex list, still LaTeX."""
    return _split(text, _AND)


def join_and(parts: Iterable[str]) -> str:
    """A biblatex list; a part that has « and » in it is braced."""
    return " and ".join(f"{{{one}}}" if _AND.search(one) else one for one in parts)


_COMMA = re.compile(r"(?<!\s)\s*,\s*")
_SPACE = re.compile(r"[\s~]+")


def _split(text: str, separator: re.Pattern[str]) -> list[str]:
    """The parts of a text between separators that stand outside braces."""
    if "{" not in text:
        return separator.split(text.strip()) if text.strip() else []
    return list(_split_outside(text.strip(), separator))


def _split_outside(text: str, separator: re.Pattern[str]) -> Iterator[str]:
    depths = _depths(text)
    start = 0
    for found in separator.finditer(text):
        if depths[found.start()] == 0:
            yield text[start : found.start()].strip()
            start = found.end()
    yield text[start:].strip()


def _depths(text: str) -> list[int]:
    depth = 0
    out: list[int] = []
    for char in text:
        if char == "{":
            depth += 1
        out.append(depth)
        if char == "}":
            depth = max(0, depth - 1)
    return out


def _closes_at_end(text: str) -> bool:
    """Whether the brace that opens a text is the one that ends it."""
    depth = 0
    for at, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return at == len(text) - 1
    return False
