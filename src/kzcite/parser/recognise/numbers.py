"""Identifiers, volumes and issues."""

from __future__ import annotations

from collections.abc import Sequence

from kzcite.parser.recognise.rule import Labels, listed, roles, runs
from kzcite.parser.segment import NO_FIELD
from kzcite.text.numbers import is_roman
from kzcite.text.tokens import Token


def identifiers(tokens: Sequence[Token], labels: Labels) -> None:
    """A DOI is a DOI and a URL with its protocol a URL, wherever they stand; digits after `ISBN` are its number."""
    for at, token in enumerate(tokens):
        if token.kind == "doi":
            labels[at] = "DOI"
        elif token.kind == "url" and (token.text[:4].lower() in ("http", "www.") or token.text.startswith("//")):
            labels[at] = "URL"
        elif token.kind == "word" and token.text.upper() in ("ISBN", "ISSN"):
            stop = at + 1
            while stop < len(tokens) and tokens[stop].text in (":", "–", "-", ".") and stop < at + 3:
                stop += 1
            first = stop
            while stop < len(tokens) and _in_number(tokens, stop, first):
                stop += 1
            if sum(len(one.text) for one in tokens[first:stop] if one.kind == "number") >= 7:
                labels[first:stop] = [token.text.upper()] * (stop - first)


def _in_number(tokens: Sequence[Token], at: int, first: int) -> bool:
    token = tokens[at]
    near = at == first or not token.spaced or tokens[at - 1].kind == "number"
    return near and (token.kind == "number" or token.text in "-–‑XХxх")


def volume_and_issue(tokens: Sequence[Token], labels: Labels) -> None:
    """`42(93)` with no number sign is volume 42, issue 93; with one (`№ 42(93)`) all of it is the issue."""
    if "volume" in labels:
        return
    for at in range(1, len(tokens) - 3):
        if tokens[at].kind != "number" or tokens[at + 1].text != "(" or tokens[at + 3].text != ")":
            continue
        if labels[at] == "issue" == labels[at + 2] and labels[at - 1] == NO_FIELD and not _numbered(tokens, at):
            labels[at] = "volume"
            labels[at + 1] = labels[at + 3] = NO_FIELD


def _numbered(tokens: Sequence[Token], at: int) -> bool:
    for token in tokens[max(0, at - 2) : at]:
        if token.text in ("№", "#") or "issue" in roles(token) or token.text == "N.":
            return True
    return False


def bare_volume(tokens: Sequence[Token], labels: Labels) -> None:
    """`(2019). … Education Science, 9, 19-28`: APA's number without a label between host and pages is the volume."""
    if "volume" in labels or not {"issued", "title"} <= set(labels) or labels.index("issued") > labels.index("title"):
        return
    for at in range(1, len(tokens) - 2):
        if labels[at] != "issue" or tokens[at].kind != "number" or tokens[at - 1].text != ",":
            continue
        if tokens[at + 1].text == "," and labels[at + 2] == "page" and not _numbered(tokens, at):
            labels[at] = "volume"


def numbered_issue(tokens: Sequence[Token], labels: Labels) -> None:
    """`№ 27-740` and the bracket of `2(27-740)` are issues, whatever they look like."""
    for start, stop in runs(labels, "page"):
        before = tokens[start - 1] if start else None
        in_bracket = (
            before is not None
            and before.text == "("
            and start > 1
            and labels[start - 2] == "volume"
            and stop < len(tokens)
            and tokens[stop].text == ")"
        )
        if before is not None and (before.text == "№" or in_bracket) and "issue" not in labels:
            labels[start:stop] = ["issue"] * (stop - start)


_LETTERED = frozenset(("page", "issue", "volume"))


def lettered_number(tokens: Sequence[Token], labels: Labels) -> None:
    """`6(9):e1021-33`, `100(C2), 2501`, `28(3):R1`: a letter glued to a page or a number is a part of it."""
    for at in range(2, len(tokens)):
        if labels[at] not in _LETTERED or tokens[at].kind != "number" or tokens[at].spaced:
            continue
        before = tokens[at - 1]
        if (
            before.kind == "word"
            and len(before.text) == 1
            and before.text.isascii()
            and before.text != "N"  # the sign for numbers
            and labels[at - 1] != labels[at]
            and tokens[at - 2].kind in ("mark", "word")
        ):
            if labels[at] == "issue" and tokens[at - 2].text == ":" and "page" not in labels:
                labels[at] = "page"
            labels[at - 1] = labels[at]


def foreign_identifier(tokens: Sequence[Token], labels: Labels) -> None:
    """`PMID: 20980111`, `EDN KXTRPQ`: the identifiers of other data bases are in no field."""
    for at, token in enumerate(tokens):
        if token.text.lower() not in listed("foreign-identifier") or labels[at] in ("title", "author"):
            continue
        stop = at + 1
        if stop < len(tokens) and tokens[stop].text == ":":
            stop += 1
        if stop < len(tokens) and (tokens[stop].kind == "number" or tokens[stop].text.isupper()):
            labels[at : stop + 1] = [NO_FIELD] * (stop + 1 - at)


def volume_before_year(tokens: Sequence[Token], labels: Labels) -> None:
    """`Аграрная наука 4 (2018): 25-29`: the number between the host and the year in brackets is the volume."""
    for at in range(1, len(tokens) - 4):
        if (
            labels[at] == "issue"
            and tokens[at].kind == "number"
            and labels[at - 1] == "container-title"
            and tokens[at + 1].text == "("
            and labels[at + 2] == "issued"
            and tokens[at + 3].text == ")"
            and labels.count("issue") == 1
        ):
            labels[at] = "volume"


def page_or_extent(tokens: Sequence[Token], labels: Labels) -> None:
    """`2006.–384 с.`, `p. 494` on a work without a host: one number with a label in small letters is its extent."""
    if labels.count("page") != 1 or any(token.text == "//" for token in tokens):
        return
    at = labels.index("page")
    if tokens[at].kind != "number":
        return
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    before = tokens[at - 2] if at > 1 and tokens[at - 1].text == "." else tokens[at - 1] if at else None
    for label in (after, before):
        if label is not None and label.kind == "word" and label.text.islower() and "page" in roles(label):
            labels[at] = "number-of-pages"
            return


def volumes_in_row(tokens: Sequence[Token], labels: Labels) -> None:
    """`І,ІІ,ІІІ т.`: numerals with commas between them before a volume's own are volumes, too."""
    start = labels.index("volume")
    while (
        start > 1
        and tokens[start - 1].text == ","
        and labels[start - 2] != "title"
        and (is_roman(tokens[start - 2].text) and tokens[start - 2].text.isupper())
    ):
        labels[start - 2] = labels[start - 1] = "volume"
        start -= 2


def labelled_volume(tokens: Sequence[Token], labels: Labels) -> None:
    """`Т. 12110`: a number right after the word for volumes is one."""
    start, stop = next(runs(labels, "number"))
    before = start - 2 if start > 1 and tokens[start - 1].text == "." else start - 1
    if before >= 0 and "volume" in roles(tokens[before]) and labels[before] == NO_FIELD:
        labels[start:stop] = ["volume"] * (stop - start)


def label_after_host(tokens: Sequence[Token], labels: Labels) -> None:
    """`// Труды ИММ УрО РАН Т.23`: the word for volumes before a volume's number is no part of the host's name."""
    for _, stop in list(runs(labels, "container-title")):
        number = stop + 1 if stop < len(tokens) and tokens[stop].text == "." else stop
        if number < len(labels) and labels[number] == "volume" and "volume" in roles(tokens[stop - 1]):
            labels[stop - 1] = NO_FIELD


def accessed_where(tokens: Sequence[Token], labels: Labels) -> None:
    """A date of access needs an address or the words for it, such as `Web. 4 April 2020`; `(in force from 1 July 2026)`
    is none."""
    if not any("accessed" in roles(one) or one.text == "Web" for one in tokens):
        labels[:] = [NO_FIELD if label == "accessed" else label for label in labels]


def tens_of_volumes(tokens: Sequence[Token], labels: Labels) -> None:
    """`Он бес томдық`: the tens before the number of volumes belong to it."""
    start = labels.index("number-of-volumes")
    if start and tokens[start - 1].text.lower() in listed("tens") and tokens[start].kind == "word":
        labels[start - 1] = "number-of-volumes"


def article_number(tokens: Sequence[Token], labels: Labels) -> None:
    """`Vol. 11, № 5. – Article 678`: the number of an article stands for its pages."""
    for at in range(len(tokens) - 1):
        if labels[at + 1] == "issue" and tokens[at].text.lower() in listed("article") and labels.count("issue") > 1:
            labels[at + 1] = "page"


def roman_volume(tokens: Sequence[Token], labels: Labels) -> None:
    """`ІІІ кітап`: a Roman numeral tells which volume, never how many there are."""
    start, stop = next(runs(labels, "number-of-volumes"))
    if stop - start == 1 and is_roman(tokens[start].text) and tokens[start].text.isupper():
        labels[start] = "volume"


def labelled_page(tokens: Sequence[Token], labels: Labels) -> None:
    """`– С. 126. – Текст`: a number right after the label for pages is one, not a volume."""
    for start, stop in list(runs(labels, "volume")):
        if start and labels[start - 1] == NO_FIELD and "page" in roles(tokens[start - 1]):
            labels[start:stop] = ["page"] * (stop - start)
            return
