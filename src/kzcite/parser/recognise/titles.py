"""Titles, hosts and what stands in brackets beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kzcite.parser.kindrules import newspapers
from kzcite.parser.recognise.rule import Labels, cls, listed, roles, runs, years
from kzcite.parser.segment import NO_FIELD
from kzcite.parser.word import word
from kzcite.text.tokens import Token


def bracketed_translation(tokens: Sequence[Token], labels: Labels) -> None:
    """`Metody analiza moloka [Methods for the analysis of milk]`: the words in brackets are in no field; those of
    `[Doctoral dissertation, University of Leeds]` are no translation."""
    opened = -1
    given = list(labels)
    for at, token in enumerate(tokens):
        if token.text == "[":
            opened = at
        if token.text != "]" or opened < 1 or at - opened > 80:
            continue
        inside = [one.text for one in tokens[opened + 1 : at] if one.kind == "word"]
        back = opened - 1
        while back > 0 and opened - back < 4 and tokens[back].kind == "mark":
            back -= 1
        field = labels[back]
        told = "genre" in labels[opened:at]
        if (
            inside
            and not told
            and field in _TRANSLATED
            and all(map(str.isascii, inside))
            and _is_latin(tokens, given, field)
        ):
            for inner in range(opened, at + 1):
                if labels[inner] in _TRANSLATED:
                    labels[inner] = NO_FIELD
        opened = -1


def thesis_in_brackets(tokens: Sequence[Token], labels: Labels) -> None:
    """`Teachers and texts [Unpublished master's thesis]. Nazarbayev University`: the kind of work."""
    for at, token in enumerate(tokens):
        if token.text.lower() not in listed("thesis"):
            continue
        start = at
        while start > 0 and at - start < 8 and tokens[start - 1].text not in "[]()":
            start -= 1
        if start > 1 and tokens[start - 1].text in ("[", "(") and set(labels[start : at + 1]) <= {"title", NO_FIELD}:
            labels[start : at + 1] = ["genre"] * (at + 1 - start)
            labels[start - 1] = NO_FIELD
            if at + 1 < len(tokens) and tokens[at + 1].text in ("]", ")"):
                labels[at + 1] = NO_FIELD


_TRANSLATED = frozenset(("title", "container-title", "publisher", "collection-title"))


def _is_latin(tokens: Sequence[Token], labels: Labels, field: str) -> bool:
    words = [token.text for token, label in zip(tokens, labels, strict=True) if label == field and token.kind == "word"]
    return bool(words) and sum(one.isascii() for one in words) * 2 > len(words)


def host_needs_title(tokens: Sequence[Token], labels: Labels) -> None:
    """A line with a host and no title: what stands before the host's last sentence is the title; a body in the author's
    place, an archive without a file, a genre or a publisher at the beginning becomes the title."""
    if "title" in labels:
        return
    if "container-title" in labels:
        start = labels.index("container-title")
        stop = start
        while stop < len(labels) and labels[stop] == "container-title":
            stop += 1
        breaks = [
            at
            for at in range(start + 4, stop - 1)
            if tokens[at].text in (".", "?", "!", "//") and (tokens[at + 1].spaced or tokens[at].text == "//")
            and tokens[at + 1].text[:1].isupper()
        ]  # fmt: skip
        long = [one for one in tokens[start : breaks[-1]] if one.kind == "word" and len(one.text) > 3] if breaks else []
        if len(long) > 2:
            cut = breaks[0] if len(breaks) == 1 else breaks[-1]
            labels[start:cut] = ["title"] * (cut - start)
            labels[cut] = NO_FIELD
        return
    thesis = any(one.text.lower().startswith(("дис", "автореф", "thes")) for one in tokens)
    for field, needs in (
        ("archive", "archive_location"),
        ("genre", "number"),
        ("event-title", "event-date"),
        ("publisher", "author"),
    ):
        if field == "genre" and thesis:
            continue
        if field in labels and needs not in labels and labels.index(field) < 2:
            labels[:] = ["title" if label == field else label for label in labels]
            return


def number_needs_host(tokens: Sequence[Token], labels: Labels) -> None:
    """`Title. Journal. – М., 2003, № 5`: with an issue and no host the title's last sentence is the host."""
    if "container-title" in labels or "issue" not in labels or "title" not in labels or "publisher" in labels:
        return
    start = labels.index("title")
    stop = start
    while stop < len(labels) and labels[stop] == "title":
        stop += 1
    if "title" in labels[stop:]:
        return
    for at in range(stop - 2, start + 1, -1):
        if tokens[at].text in (".", "/", "?") and tokens[at + 1].text[:1].isupper() and tokens[at - 1].kind == "word":
            labels[at] = NO_FIELD
            labels[at + 1 : stop] = ["container-title"] * (stop - at - 1)
            return


def year_in_name(tokens: Sequence[Token], labels: Labels) -> None:
    """`2008 Eighth IEEE International Conference`, `(NeurIPS 2017)`: a year inside a host's name belongs to it."""
    printed = years(tokens)
    dated = [at for at in printed if labels[at] == "issued"]
    for at in printed:
        if labels[at] == "container-title":
            continue
        others = any(one != at for one in dated)
        right = at + 1 < len(labels) and labels[at + 1] == "container-title" and tokens[at + 1].kind == "word"
        left = at > 0 and labels[at - 1] == "container-title" and tokens[at - 1].kind == "word"
        closes = at + 1 < len(tokens) and tokens[at + 1].text == ")"
        goes_on = at > 0 and labels[at - 1] == "issued"
        if others and ((right and not goes_on) or (left and closes)):
            labels[at] = "container-title"


def acronym_of_host(tokens: Sequence[Token], labels: Labels) -> None:
    """A host's Latin acronym in brackets right after it is a part of its name: `… Linguistics (NAACL 2022)`."""
    for at in range(1, len(tokens) - 2):
        if tokens[at].text != "(" or labels[at - 1] != "container-title" or labels[at + 1] == "container-title":
            continue
        stop = at + 1
        while stop < len(tokens) and stop - at < 6 and tokens[stop].text != ")":
            stop += 1
        inner = tokens[at + 1].text
        capitals = sum(char.isupper() for char in inner)
        if stop < len(tokens) and tokens[stop].text == ")" and inner.isascii() and capitals >= 3 and len(inner) < 12:
            labels[at : stop + 1] = ["container-title"] * (stop + 1 - at)


def host_after_translation(tokens: Sequence[Token], labels: Labels) -> None:
    """`Title [translation]. Host [translation], vol. 18`: the second stretch of the title is the host."""
    if "container-title" in labels or not {"issue", "volume"} & set(labels):
        return
    stretches = list(runs(labels, "title"))
    for (_, stop), (start, end) in pairwise(stretches):
        gap = [token.text for token in tokens[stop:start]]
        if "]" in gap and "." in gap:
            labels[start:end] = ["container-title"] * (end - start)
            return


def years_of_title(tokens: Sequence[Token], labels: Labels) -> None:
    """`Irrigation politics, 1925–1991. PhD thesis, Bologna, 2012`: a range of years that ends the title is a part of it
    where another year is printed for the publication."""
    printed = [at for at in years(tokens) if labels[at] in ("issued", NO_FIELD)]
    for first, last in pairwise(printed):
        if (
            last - first != 2
            or tokens[first + 1].text not in _RANGE
            or printed[-1] == last
            or labels[first] == NO_FIELD
        ):
            continue
        if "issued" not in [labels[at] for at in printed if at > last]:
            labels[printed[-1]] = "issued"
        start = first - 1 if first and tokens[first - 1].text in (",", "(", ":") else first
        if start and labels[start - 1] == "title":
            labels[start : last + 1] = ["title"] * (last + 1 - start)
        return


_RANGE = frozenset("-–—−")


def host_after_slashes(tokens: Sequence[Token], labels: Labels) -> None:
    """`Newton type method // EAGE Geoinformatics 2015`: what stands right after `//` is the host, not a publisher."""
    for at in range(1, len(tokens) - 1):
        if tokens[at].text == "//" and labels[at + 1] == "publisher":
            stop = at + 1
            while stop < len(labels) and labels[stop] == "publisher" and not _numbers_a_volume(tokens, stop):
                stop += 1
            if stop - at < 3:
                return
            labels[at + 1 : stop] = ["container-title"] * (stop - at - 1)
            while stop < len(labels) and labels[stop] == "publisher":
                labels[stop] = "volume" if tokens[stop].kind == "number" and "volume" not in labels else NO_FIELD
                stop += 1


def _numbers_a_volume(tokens: Sequence[Token], at: int) -> bool:
    """Whether `Т.23` begins here."""
    return "volume" in roles(tokens[at]) and any(one.kind == "number" for one in tokens[at + 1 : at + 3])


def series_of_notes(tokens: Sequence[Token], labels: Labels) -> None:
    """`(eds.) TSD 2017. LNCS, vol. 10415`, `. Lecture Notes in Computer Science, Vol. 9026`: the series in which
    proceedings come out, and its number; a line with no other host has it as its host."""
    for start, stop in _notes(tokens):
        before = [at for at, label in enumerate(labels[:start]) if label == "container-title"]
        opened = tokens[start - 1].text in (".", ",", ";", "(") if start else False
        if not before or not opened:
            continue
        labels[start:stop] = ["collection-title"] * (stop - start)
        labels[start - 1] = NO_FIELD
        number = stop
        while number < len(tokens) and number < stop + 4 and tokens[number].kind != "number":
            number += 1
        between = tokens[stop:number]
        if (
            number < len(tokens)
            and tokens[number].kind == "number"
            and all(one.kind == "mark" or "volume" in roles(one) for one in between)
            and 2 <= len(tokens[number].text) <= 5
            and cls(tokens[number]) != "Y"
        ):
            labels[number] = "collection-number"
        return


def _notes(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    for at, token in enumerate(tokens):
        if token.text.isupper() and token.text.lower() in listed("series-of-notes"):
            yield at, at + 1
        elif (
            token.text[0].isupper()
            and token.text.lower() in listed("series-of-notes-begin")
            and "Notes" in [one.text for one in tokens[at + 1 : at + 3]]
        ):
            stop = at + 1
            while stop < len(tokens) and (
                tokens[stop].kind == "word" or (tokens[stop].text == "." and _goes_on(tokens, stop))
            ):
                if "volume" in roles(tokens[stop]):
                    break
                stop += 1
            yield at, stop


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether a point belongs to an abbreviation inside a series' name: `Lect. Notes Comput. Sci.`"""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return after is not None and after.kind == "word" and len(tokens[at - 1].text) < 7 and "volume" not in roles(after)


_OTHERWISE = frozenset((NO_FIELD, "title", "publisher", "genre", "collection-title"))


def host_in_sentences(tokens: Sequence[Token], labels: Labels) -> None:
    """`… университетінің хабаршысы. Саяси ғылымдар. Аймақтану. Түркітану сериясы 144 (3)`: what stands between two
    stretches of a host, words and points alone, belongs to it."""
    stretches = list(runs(labels, "container-title"))
    for (_, stop), (start, _) in pairwise(stretches):
        gap = tokens[stop:start]
        words = [one for one in gap if one.kind == "word"]
        if (
            words
            and len(gap) < 12
            and all(one.kind == "word" or one.text in (".", ",") for one in gap)
            and set(labels[stop:start]) <= _OTHERWISE
            and tokens[start - 1].text in (".", ",")
        ):
            labels[stop:start] = ["container-title"] * (start - stop)


def host_after_mark(tokens: Sequence[Token], labels: Labels) -> None:
    """`… in Education: a Review. Journal of Computers, 8`: where the labeller lets the host begin in the midst of a
    sentence, it begins after that sentence."""
    for start, stop in list(runs(labels, "container-title")):
        before = start - 1
        if stop + 1 < len(tokens) and tokens[stop].text == ":" and labels[stop + 1] == "container-title":
            stop = next((at for at in range(stop + 1, len(labels)) if labels[at] != "container-title"), len(labels))
        if before > 1 and tokens[before].text in ('"', "“", "«") and labels[before - 1] == "title":
            start, before = before, before - 1
        if before < 1 or labels[before] != "title" or tokens[before].kind != "word" or not tokens[start].spaced:
            continue
        ends = [at for at in range(start, stop - 2) if _ends_sentence(tokens, at)]
        if ends:
            labels[start : ends[-1]] = ["title"] * (ends[-1] - start)
            labels[ends[-1]] = NO_FIELD
        else:
            ends = [at for at in range(max(start - 6, 2), start - 1) if _ends_sentence(tokens, at)]
            if ends:
                labels[ends[-1]] = NO_FIELD
                labels[ends[-1] + 1 : start] = ["container-title"] * (start - ends[-1] - 1)
        return


def _ends_sentence(tokens: Sequence[Token], at: int) -> bool:
    after = tokens[at + 1]
    return (
        tokens[at].text in (".", "?", "!")
        and len(tokens[at - 1].text) > 3
        and after.spaced
        and after.kind == "word"
        and after.text[:1].isupper()
    )


def language_mark(tokens: Sequence[Token], labels: Labels) -> None:
    """`(In Russian)`, `[in Kazakh]` are in no field."""
    for at in range(len(tokens) - 3):
        if tokens[at].text not in ("(", "[") or tokens[at + 1].text.lower() not in ("in", "на"):
            continue
        if tokens[at + 2].text.lower().rstrip(".") not in listed("language"):
            continue
        stop = at + 3
        while stop < min(at + 6, len(tokens)) and tokens[stop].text not in (")", "]"):
            stop += 1
        labels[at:stop] = [NO_FIELD] * (stop - at)


def host_without_title(tokens: Sequence[Token], labels: Labels) -> None:
    """`Donnik I.M., Bulletin of the National Academy …, 6(388), 100 (2020)`: a line that names a journal alone."""
    start, stop = next(runs(labels, "title"))
    if tokens[start].text.lower() in listed("journal-first") and "title" not in labels[stop:]:
        labels[start:stop] = ["container-title"] * (stop - start)


def newspaper_alone(tokens: Sequence[Token], labels: Labels) -> None:
    """`Казахстанская правда. – 2018. – 5 октября.`: a newspaper's name with a date alone is the host, no title."""
    start, stop = next(runs(labels, "title"))
    if _is_newspaper(tokens[start:stop]) and "title" not in labels[stop:]:
        labels[start:stop] = ["container-title"] * (stop - start)


def host_after_in(tokens: Sequence[Token], labels: Labels) -> None:
    """`… Nationalism. In: Constructing the Uzbek State, edited by …`: what follows `In:` is the host."""
    for start, stop in list(runs(labels, "title"))[1:]:
        if start > 2 and tokens[start - 1].text == ":" and tokens[start - 2].text == "In":
            labels[start:stop] = ["container-title"] * (stop - start)
            return


def newspaper_after_slashes(tokens: Sequence[Token], labels: Labels) -> None:
    """`// Казахстанская правда. 12.03.2014. // http://…`: a known newspaper after the slashes is the host."""
    for at, token in enumerate(tokens[:-1]):
        if token.text != "//":
            continue
        stop = at + 1
        while stop < len(tokens) and tokens[stop].kind == "word":
            stop += 1
        if _is_newspaper(tokens[at + 1 : stop]):
            labels[at + 1 : stop] = ["container-title"] * (stop - at - 1)
            return


def _is_newspaper(tokens: Sequence[Token]) -> bool:
    """Whether the words are a known newspaper's name."""
    return tuple(word(one.text, one.kind).low for one in tokens if one.kind == "word") in newspapers()
