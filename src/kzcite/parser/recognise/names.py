"""People and bodies in the author's place."""

from __future__ import annotations

from collections.abc import Sequence

from kzcite.parser.gazetteer import gazetteer
from kzcite.parser.recognise.rule import Labels, roles, runs
from kzcite.parser.segment import NO_FIELD
from kzcite.parser.word import word
from kzcite.text.names import given_names, heads_a_line
from kzcite.text.tokens import Token


def whole_names(tokens: Sequence[Token], labels: Labels) -> None:
    """Initials and the surname beside them bear one label: `Н.Н. Трухан Исследование …`."""
    for at, label in enumerate(labels):
        if label != "author" or tokens[at].kind != "initials":
            continue
        after = at + 1
        if after >= len(tokens) or labels[after] == "author":
            continue  # asked first: the walk back over a run of initials is for the last of them alone
        back = at - 1
        while back >= 0 and labels[back] == "author" and (tokens[back].kind == "initials" or tokens[back].text in ",."):
            back -= 1
        if back >= 0 and labels[back] == "author" and tokens[back].kind == "word":
            continue
        if tokens[after].kind == "word" and tokens[after].text[:1].isupper() and not _is_label(tokens[after]):
            labels[after] = "author"


def _is_label(token: Token) -> bool:
    return bool(roles(token))


_NUMBERED = frozenset("глава тема раздел часть том тарау бөлім кітап лекция дәріс сабақ chapter part section".split())


def digit_for_initial(tokens: Sequence[Token], labels: Labels) -> None:
    """`Сәнік 3. Жыр шашу`: a 3 in the place of an initial is the letter З."""
    if len(tokens) < 4 or labels[0] not in ("author", "title") or labels[0] == labels[1] == "author":
        return
    first, digit, point, after = tokens[:4]
    if first.text.casefold() in _NUMBERED:
        return
    if (
        first.text[:1].isupper()
        and digit.text == "3"
        and point.text == "."
        and not point.spaced
        and after.kind == "word"
    ):
        labels[:2] = ["author", "author"]
        labels[2] = "author"


def body_first(tokens: Sequence[Token], labels: Labels) -> None:
    """`Әділет министрлігі. Қылмыстық-атқару жүйесі`: a body as the first sentence stands in the author's place."""
    if "author" in labels or "editor" in labels or not labels or labels[0] not in ("title", NO_FIELD):
        return
    for at in range(1, min(len(tokens) - 2, 16)):
        if tokens[at].text in ("//", "–", "/", ":", "(", "«", ","):
            return
        after = tokens[at + 1]
        if tokens[at].text != "." or not after.spaced or not after.text[:1].isupper():
            continue
        words = [one.text for one in tokens[:at] if one.kind == "word"]
        whole = gazetteer().has_body([word(one.text, one.kind).low for one in tokens[:at]])
        acts = any("act" in roles(one) for one in tokens[:at])
        if labels[at + 1] in ("title", "genre") and not acts and (whole or heads_a_line(words)):
            labels[:at] = ["author"] * at
            labels[at] = NO_FIELD
            if "title" not in labels:
                labels[:] = ["title" if label == "genre" else label for label in labels]
        return


def surplus_word(tokens: Sequence[Token], labels: Labels) -> None:
    """`Блох Д. Java. …`: a word after one surname and its initials begins the title."""
    for start, stop in runs(labels, "author"):
        if start or stop - start < 3 or stop == len(tokens):
            return
        kinds = {token.kind for token in tokens[1 : stop - 1]}
        last = tokens[stop - 1]
        first = tokens[0].text.casefold()
        given = first in given_names() or (first.isascii() and not gazetteer().is_surname(first))
        if given or tokens[0].kind != "word" or kinds != {"initials"} or last.kind != "word" or len(last.text) < 2:
            return
        if last.text.casefold() in given_names():
            return
        if "title" in labels and (tokens[stop].text in (".", ":") or labels[stop] == "title"):
            labels[stop - 1] = "title"
            if stop + 1 < len(labels) and labels[stop + 1] == "title":
                labels[stop] = "title"
        return


def author_again(tokens: Sequence[Token], labels: Labels) -> None:
    """`// Виноградов В.В. Избранные труды`: the author's name before the host's title is not a part of it."""
    for start, stop in runs(labels, "container-title"):
        if (
            stop - start > 3
            and tokens[start + 1].kind == "initials"
            and any(
                label == "author" and token.kind == "word" and token.text == tokens[start].text
                for token, label in zip(tokens, labels, strict=True)
            )
        ):
            end = start + 2
            while end < stop and tokens[end].kind == "initials":
                end += 1
            labels[start:end] = [NO_FIELD] * (end - start)


_ROLE_FIELDS = {"editor": "editor", "translator": "translator", "compiler": "compiler"}
_BETWEEN = (
    6  # tokens that may stand between a role word and its names: `ред. басқ.`, `пер. с англ.`, `under the ed. by`
)


def role_before_names(tokens: Sequence[Token], labels: Labels) -> None:
    """`құраст. Х. Абдуллин`, `Под ред. Евстратовой К.И.`: names right after a role word have that role."""
    at = 0
    while at < len(tokens):
        field = next((_ROLE_FIELDS[role] for role in roles(tokens[at]) if role in _ROLE_FIELDS), "")
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
    """`Жанпейісов, Е. (ред.)`, `Lee J., Rinaldi G. (eds)`: a role in brackets after names is theirs."""
    for start, stop in list(runs(labels, "author")):
        if stop + 1 >= len(tokens) or tokens[stop].text != "(":
            continue
        inside = []
        for one in tokens[stop + 1 : stop + 6]:
            if one.text == ")":
                break
            inside.append(one)
        if any("editor" in roles(one) for one in inside) and len(inside) < 5:
            labels[start:stop] = ["editor"] * (stop - start)
