"""What a word or a field says of an item's type for certain, against the classifier (`kinds.toml`)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kzcite.parser.word import word
from kzcite.tables.loader import read_rows, read_toml
from kzcite.text.tokens import tokenise

if TYPE_CHECKING:
    from kzcite.parser.kind import Settled

_OF_BOOKS = frozenset(("publisher", "editor"))
_OF_VOLUMES = frozenset(("publisher", "number-of-pages", "editor"))
_NUMBERED = frozenset(("issue", "volume"))


@lru_cache(maxsize=1)
def newspapers() -> frozenset[tuple[str, ...]]:
    """The names of `newspapers.csv`, word by word, folded."""
    return frozenset(
        tuple(word(token.text, token.kind).low for token in tokenise(row["printed"]) if token.kind == "word")
        for row in read_rows("newspapers.csv")
    )


@lru_cache(maxsize=16)
def stems(kind: str) -> tuple[str, ...]:
    """Beginnings of words that show a type (`kinds.toml`)."""
    return tuple(read_toml("kinds.toml")[kind]["stems"])


def _is_numbered_alone(present: frozenset[str]) -> bool:
    """Whether volume or issue stand without an imprint, as journals have them."""
    return not _NUMBERED.isdisjoint(present) and present.isdisjoint(("publisher", "publisher-place", "editor"))


def _names_a_journal(line: Settled) -> bool:
    return any(one.startswith(stems("journal")) for one in line.host)


_PAPERS = ("материал", "матер", "тез", "докл", "proc", "баяндама")
_NEWSPAPERS = frozenset(("газ", "газета", "газеті", "газеты", "gazeta", "gazeti", "newspaper"))
_PRINTED_ANYWHERE = frozenset(("legislation", "speech", "interview"))
_WHOLE = frozenset(("book", "webpage", "report", "document", "article-journal"))


def certain(likeliest: str, line: Settled) -> str | None:
    """The type where one word decides it: a newspaper's name, a conference's, a patent."""
    host = line.host
    if host and likeliest not in _PRINTED_ANYWHERE and "volume" not in line.present and host in newspapers():
        return "article-newspaper"
    if likeliest == "article-journal" and "volume" not in line.present and not _NEWSPAPERS.isdisjoint(host):
        return "article-newspaper"
    if any(one.startswith(stems("conference")) for one in host):
        return "paper-conference" if likeliest in ("article-journal", "chapter") else None
    if likeliest in ("article-journal", "paper-conference") and any(
        one.startswith(stems("collection")) for one in host
    ):
        papers = any(one.startswith(_PAPERS) for one in host)
        return None if papers or _is_numbered_alone(line.present) else "chapter"
    if likeliest in _WHOLE and "genre" in line.present:
        genre = [one.low for one in line.under["genre"]]
        for kind in ("thesis", "report"):
            if any(one.startswith(stems(f"genre-{kind}")) for one in genre):
                return kind
    if likeliest == "book" and {"author", "event-title"} <= line.present and line.present.isdisjoint(_OF_VOLUMES):
        return "paper-conference"
    if likeliest == "book" and "number" in line.present:
        words = {one.low.rstrip(".") for one in line.words if one.kind == "word"}
        if words.intersection(stems("patent")):
            return "patent"
    return None


def is_possible(kind: str, line: Settled) -> bool:
    """A thesis says so, and a report by people with initials; an act has a kind word or a number; a host with an
    imprint and without numbers is no journal."""
    if kind == "thesis":
        return any(one.low.startswith(stems("thesis")) for one in line.words)
    if kind == "article-journal":
        return not line.host or not _OF_BOOKS & line.present or bool(_NUMBERED & line.present) or _names_a_journal(line)
    if kind == "report":
        people = any(one.kind == "initials" for one in line.under.get("author", ()))
        return not people or any(one.low.startswith(stems("report")) for one in line.words)
    if kind == "legislation":
        return "number" in line.present or any(
            "act" in one.roles or one.low.startswith(stems("legislation")) for one in line.words
        )
    return True
