"""People and bodies in the author's place."""

from __future__ import annotations

from collections.abc import Sequence

from kzcite.parser.gazetteer import gazetteer
from kzcite.parser.recognise.rule import Labels, listed, roles, runs
from kzcite.parser.segment import NO_FIELD
from kzcite.parser.word import word
from kzcite.text.names import given_names, heads_a_line
from kzcite.text.tokens import Token

PEOPLE = frozenset(("author", "editor", "translator", "compiler"))


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
        field = labels[at + 1]
        untitled = "title" not in labels[at:]  # then what follows is the title by another name
        titled = field in ("title", "genre") or (field == "container-title" and untitled)
        if titled and not acts and (whole or heads_a_line(words)):
            labels[:at] = ["author"] * at
            labels[at] = NO_FIELD
            if untitled:
                labels[:] = ["title" if label == field else label for label in labels]
        return


def surplus_word(tokens: Sequence[Token], labels: Labels) -> None:
    """`Блох Д. Java. …`: a word after one surname and its initials begins the title."""
    for start, stop in runs(labels, "author"):
        if start or stop - start < 3 or stop == len(tokens):
            return
        last = tokens[stop - 1]
        if last.kind != "word" or len(last.text) < 2:
            return
        if labels[stop] == "title" and (_in_turn(tokens[: stop - 1]) or _inverted(tokens[: stop - 1])):
            labels[stop - 1] = "title"
            return
        kinds = {token.kind for token in tokens[1 : stop - 1]}
        first = tokens[0].text.casefold()
        given = first in given_names() or (first.isascii() and not gazetteer().is_surname(first))
        if given or tokens[0].kind != "word" or kinds != {"initials"}:
            return
        if last.text.casefold() in given_names():
            return
        if "title" in labels and (tokens[stop].text in (".", ":") or labels[stop] == "title"):
            labels[stop - 1] = "title"
            if stop + 1 < len(labels) and labels[stop + 1] == "title":
                labels[stop] = "title"
        return


def _inverted(tokens: Sequence[Token]) -> bool:
    """`Голубцов, В. В.`: one surname, a comma, initials."""
    return (
        len(tokens) > 2
        and tokens[0].kind == "word"
        and tokens[1].text == ","
        and all(one.kind == "initials" for one in tokens[2:])
    )


def _in_turn(tokens: Sequence[Token]) -> bool:
    """`Brambilla G., Rutt H.`: two names or more, all with the surname first."""
    names = at = 0
    while at + 1 < len(tokens) and tokens[at].kind == "word" and tokens[at + 1].kind == "initials":
        at += 1
        while at < len(tokens) and tokens[at].kind == "initials":
            at += 1
        names += 1
        if at < len(tokens) and tokens[at].text == ",":
            at += 1
    return names > 1 and at == len(tokens) and tokens[-1].kind == "initials"


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


def word_for_publication(tokens: Sequence[Token], labels: Labels) -> None:
    """`/ Omarov A.K. Opubl. 12.05.2019`: the word before a day of publication is no part of a name."""
    for at in range(1, len(tokens) - 1):
        if labels[at] in PEOPLE and tokens[at].text.lower() in listed("published") and tokens[at + 1].text == ".":
            labels[at : at + 2] = [NO_FIELD, NO_FIELD]


def glued_initial(tokens: Sequence[Token], labels: Labels) -> None:
    """`Цой Л.В Основы менеджмента`: a capital glued to the initials before it is an initial whose point is lost."""
    for at in range(2, len(tokens) - 1):
        token = tokens[at]
        if (
            len(token.text) == 1
            and not token.spaced
            and token.text.isupper()
            and tokens[at - 1].kind == "initials"
            and labels[at - 1] in PEOPLE
            and tokens[at + 1].spaced
        ):
            labels[at] = labels[at - 1]


_DOCTORS = frozenset(("Dr", "Prof"))


def doctors(tokens: Sequence[Token], labels: Labels) -> None:
    """`Dr. Krishna Kumar Mohbey, Dr. Brijesh Bakariya, An introduction …`: names after academic titles, wherever they
    stand."""
    for at, token in enumerate(tokens[:-4]):
        if token.text not in _DOCTORS or tokens[at + 1].text != ".":
            continue
        stop = at + 2
        while stop < len(tokens) and (
            (tokens[stop].kind == "word" and tokens[stop].text.istitle()) or tokens[stop].kind == "initials"
        ):
            stop += 1
        if (
            2 <= stop - at - 2 <= 4
            and stop < len(tokens)
            and tokens[stop].text in (",", ".", "(", ";", "–", "-", "and")
        ):
            labels[at : at + 2] = [NO_FIELD, NO_FIELD]
            labels[at + 2 : stop] = ["author"] * (stop - at - 2)


def author_after_slash(tokens: Sequence[Token], labels: Labels) -> None:
    """`Блох Д. Java / Джошуа Блох – М.`: the first author's whole name after the slash is no host and no publisher."""
    family = tokens[labels.index("author")].text
    for at in range(2, len(tokens) - 2):
        field = labels[at + 1]
        if tokens[at].text != "/" or field not in ("container-title", "publisher", "genre"):
            continue
        stop = at + 1
        while stop < len(tokens) and labels[stop] == field:
            stop += 1
        run = tokens[at + 1 : stop]
        if len(run) <= 3 and family in [one.text for one in run] and all(one.text[:1].isupper() for one in run):
            labels[at + 1 : stop] = ["author"] * (stop - at - 1)
        return
