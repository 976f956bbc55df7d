"""Signs: what recognisers go by to see whether they can hold in a line at all, as bits of one number.

A sign is a mark, a word in small letters, a word's class, shape or role (`word.Word`), or a list of
`recogniser-words.toml`, which each of its words shows.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from kzcite.tables.loader import read_toml

# Roles of words in a line, in the order in which they decide a token's class.
ROLES = (
    "page", "volume", "issue", "number-of-volumes", "part-number", "year", "editor", "translator", "compiler",
    "edition", "et-al", "and", "accessed", "url", "medium", "genre", "act", "publisher", "container", "archive",
)  # fmt: skip
_SIGNS = (
    *ROLES, *"( ) [ ] / // . , : № - – — 3 Y M URL DOI X1 x1 Iф. Iқ. If.".split(),
    *"isbn issn ж жылғы жылѓы гр нир қр dr prof in на st nd rd th".split(),
)  # fmt: skip
ALWAYS = 1
"""The bit that every line has."""


@lru_cache(maxsize=1)
def _bits() -> dict[str, int]:
    """Each sign and each list → its bit."""
    return {sign: ALWAYS << at for at, sign in enumerate((*_SIGNS, *read_toml("recogniser-words.toml")), 1)}


@lru_cache(maxsize=1)
def _shown() -> dict[str, int]:
    """What shows signs → the sum of their bits."""
    shown = {sign: _bits()[sign] for sign in _SIGNS}
    for name, words in read_toml("recogniser-words.toml").items():
        for one in words:
            shown[one] = shown.get(one, 0) | _bits()[name]
    return shown


def any_of(signs: Iterable[str]) -> int:
    """The bits of which a line must have one; ALWAYS for no signs."""
    return sum(_bits()[sign] for sign in signs) or ALWAYS


def shown_by(low: str, cls: str, shape: str, roles: Iterable[str]) -> int:
    """The bits of a word by its small letters, class, shape and roles."""
    shown = _shown().get
    out = shown(low, 0) | shown(cls, 0) | shown(shape, 0)
    for role in roles:
        out |= shown(role, 0)
    return out
