"""Who is responsible for what: editors, translators, compilers, and whose name is nobody's of the line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from kzcite.parser.recognise.names import PEOPLE
from kzcite.parser.recognise.rule import Labels, listed, roles, runs
from kzcite.parser.segment import NO_FIELD
from kzcite.text.tokens import Token

_ROLES = PEOPLE - {"author"}  # that are fields, too
_BETWEEN = 6
"""Tokens that may stand between a role word and its names: `ред. басқ.`, `пер. с англ.`, `under the ed. by`."""


def role_before_names(tokens: Sequence[Token], labels: Labels) -> None:
    """`құраст. Х. Абдуллин`, `Под ред. Евстратовой К.И.`: names right after a role word have that role."""
    at = 0
    while at < len(tokens):
        own = roles(tokens[at])
        field = next((role for role in own if role in _ROLES), "") if own else ""
        if not field or labels[at] in ("title", "container-title", "publisher", "edition", "genre"):
            at += 1
            continue
        start = at + 1
        while start < len(tokens) and start - at <= _BETWEEN and not _name_at(tokens, start):
            lower = tokens[start].kind == "word" and tokens[start].text.islower()
            if not (lower or tokens[start].text in (".", ":", ",", "-")):
                break
            start += 1
        stop = _end_of_names(tokens, start) if start < len(tokens) else start
        if stop > start and any(one.kind == "initials" for one in tokens[start:stop]):
            labels[start:stop] = [field] * (stop - start)
            at = stop
        else:
            at += 1


def _name_at(tokens: Sequence[Token], at: int) -> bool:
    """Whether `И. Фамилия` or `Фамилия И.` begins at `at`."""
    if at + 1 >= len(tokens):
        return False
    first, second = tokens[at], tokens[at + 1]
    if first.kind == "initials":
        second = next((one for one in tokens[at + 1 : at + 4] if one.kind != "initials"), first)
        return second.kind == "word" and second.text[:1].isupper()
    return first.kind == "word" and first.text[:1].isupper() and second.kind == "initials" and len(first.text) > 2


def _end_of_names(tokens: Sequence[Token], at: int) -> int:
    """Where the run of names that begins at `at` ends."""
    end = at
    while _name_at(tokens, at):
        surname_last = tokens[at].kind == "initials"
        at += 1
        while at < len(tokens) and tokens[at].kind == "initials" and tokens[min(at + 1, len(tokens) - 1)].text != ":":
            at += 1
        if surname_last:
            at += 1
            while (
                at + 1 < len(tokens)
                and tokens[at].text == "-"
                and not tokens[at].spaced
                and tokens[at + 1].kind == "word"
            ):
                at += 2
        end = at
        if at < len(tokens) and (tokens[at].text == "," or "and" in roles(tokens[at])):
            at += 1
    return end


def role_after_names(tokens: Sequence[Token], labels: Labels) -> None:
    """`Жанпейісов, Е. (ред.)`, `Lee J., Rinaldi G. (eds)`, `Brown, Anna, ed.`: a role after names is theirs."""
    for start, stop in list(runs(labels, "author")):
        if stop + 2 >= len(tokens):
            continue
        inside: list[Token] = []
        if tokens[stop].text == "(":
            inside += takewhile(lambda one: one.text != ")", tokens[stop + 1 : stop + 6])
        elif tokens[stop].text == "," and tokens[stop + 1].text.lower().rstrip(".") in listed("editors"):
            further = [one.text.lower() for one in tokens[stop + 2 : stop + 4]]
            inside += tokens[stop + 1 : stop + 2] if "by" not in further else []
        if any("editor" in roles(one) for one in inside) and len(inside) < 5:
            labels[start:stop] = ["editor"] * (stop - start)


def named_after(tokens: Sequence[Token], labels: Labels) -> None:
    """`Институт истории им. Ч. Ч. Валиханова`, `имени М. В. Ломоносова, Экономический факультет`: the person whose
    name a body bears is nobody of the line's, nor are the words after it."""
    for at, token in enumerate(tokens[:-2]):
        if token.text.lower() not in listed("named-after"):
            continue
        start = at + 2 if tokens[at + 1].text == "." else at + 1
        if start >= len(labels) or labels[start] not in PEOPLE:
            continue
        if labels[at] in PEOPLE:
            continue
        field = labels[start]
        stop = start
        while stop < len(labels) and (labels[stop] == field or tokens[stop].text == ","):
            stop += 1
        labels[start:stop] = [labels[at]] * (stop - start)


def editors_in_host(tokens: Sequence[Token], labels: Labels) -> None:
    """`In: Warren JB, Collins E, editors. Handbook …`, `In R. Sykes & S. Tan (Eds.), Book`: the names between «In» and
    the word for editors are theirs, and what follows up to the next point is the host where nothing else is."""
    for at, token in enumerate(tokens[:-4]):
        if token.text != "In" or "title" not in labels[:at] or (at and tokens[at - 1].text not in '.,?!”"»//'):
            continue
        stop = next(
            (
                end
                for end in range(at + 2, min(at + 40, len(tokens)))
                if "editor" in roles(tokens[end]) and tokens[end].text.lower().rstrip(".") in listed("editors")
            ),
            0,
        )
        start = at + 2 if tokens[at + 1].text == ":" else at + 1
        end = stop
        while end > start and tokens[end - 1].text in (",", "("):
            end -= 1
        if not stop or end <= start or not _all_names(tokens[start:end]):
            continue
        labels[start:end] = ["editor"] * (end - start)
        labels[at] = NO_FIELD
        labels[end : stop + 1] = [NO_FIELD] * (stop + 1 - end)
        first = stop + 1
        while first < len(tokens) and tokens[first].kind == "mark":
            first += 1
        if "container-title" in labels[first:]:
            host = labels.index("container-title", first)
            if {NO_FIELD} == set(labels[first:host]) and all(one.kind == "word" for one in tokens[first:host]):
                labels[first:host] = ["container-title"] * (host - first)
        else:
            last = first
            while last < len(tokens) and tokens[last].text not in (".", "(", ","):
                last += 1
            labels[first:last] = ["container-title"] * (last - first)
        return


_JOINTS = frozenset((",", "&", "and", ";", "-", "–", "."))


def _all_names(tokens: Sequence[Token]) -> bool:
    """Whether nothing but surnames, initials and what joins them stands here."""
    capitals = 0
    for one in tokens:
        if one.kind == "initials" or one.text in _JOINTS:
            continue
        if one.kind != "word" or not (one.text[0].isupper() or len(one.text) < 4):
            return False
        capitals += 1
    return bool(capitals)
