"""What every composer needs: lines with their labels, cleaned of control characters; numbering; unbroken spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kzcite.formats.registry import ComposeOptions
from kzcite.model import Rich, Run

# Control characters, surrogates and non-characters, which XML 1.0 forbids and no text needs; line ends become spaces.
_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")

NBSP = "\u00a0"
_UPPER = "A-ZА-ЯЁӘҒҚҢӨҰҮҺІ"
# Where a line may not break (ГОСТ Р 7.0.97 and the custom of printers): within initials and between them and the family
# name, between a label and its number, before a prescribed sign.
_BINDING = re.compile(
    rf"(?<=\b[{_UPPER}]\.) (?=[{_UPPER}])"
    rf"|(?<=[^\W\d_]) (?=[{_UPPER}]\.(?:[ ,{_UPPER}]|$))"
    r"|(?<=№) (?=\d)"
    r"|(?<=\b[СсБбТтЧчPpЛлДдФф]\.) (?=\d)|(?<=\b(?:Vol|Вып|вып|Стб|Art)\.) (?=\d)|(?<=\b(?:Оп|Ст)\.) (?=\d)"
    r"|(?<=\d) (?=(?:с|б|p|т|vol|г|ж|к)\.)|(?<=\d) (?=(?:томдық|бет)\b)"
    r"| (?=[–—:;/] )| (?=// )"
)
# A heading ends after its initials: Омаров К. Т. | Тақырып. Its names stand at the beginning, after a comma or slashes.
_HEADING = re.compile(rf"(?:^|, |// )[{_UPPER}][\w'’-]+,?\s(?:[{_UPPER}]\.[\s-]?)+(?<=\. )(?=[{_UPPER}][^\W\d_])")


@dataclass(frozen=True, slots=True)
class Line:
    """A label (`""` for none), the runs of one entry, and its language where that is not the document's."""

    label: str
    runs: tuple[Run, ...]
    language: str = ""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def clean(text: str) -> str:
    """`text` without control characters; line ends are spaces.

    >>> clean("a\\nb\\x00")
    'a b'
    """
    return _CONTROL.sub("", _BREAKS.sub(" ", text))


def lines_of(lines: Sequence[Rich], options: ComposeOptions, *, bound: bool = False) -> Iterator[Line]:
    """Lines with their labels; `bound` puts non-breaking spaces where a line should not break."""
    for number, rich in enumerate(lines):
        label = options.labels[number] if number < len(options.labels) else ""
        language = tag(options.languages[number]) if number < len(options.languages) else ""
        runs = [Run(clean(run.text), run.marks, safe_link(run.link)) for run in rich.runs]
        if bound:
            runs = _bind(runs)
        other = "" if language == tag(options.language) else language
        yield Line(clean(label), tuple(run for run in runs if run.text), other)


def tag(language: str) -> str:
    """A language tag that can stand in any format, `""` for what is none.

    >>> tag("kk-Latn"), tag("ru"), tag('"><b>')
    ('kk-Latn', 'ru', '')
    """
    return language if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language) else ""


def bind(text: str) -> str:
    """Spaces that may not break, as non-breaking ones; the length stays.

    >>> bind("Омаров К. Т. – 2024. – № 1. – С. 45").replace(NBSP, "~")
    'Омаров~К.~Т.~– 2024.~– №~1.~– С.~45'
    >>> bind("Омаров К. Т. Тіл / К. Т. Омаров").replace(NBSP, "~")
    'Омаров~К.~Т. Тіл~/ К.~Т.~Омаров'
    """
    bound = _BINDING.sub(NBSP, text)
    for heading in _HEADING.finditer(text):
        bound = bound[: heading.end() - 1] + " " + bound[heading.end() :]
    return bound


def _bind(runs: list[Run]) -> list[Run]:
    whole = bind("".join(run.text for run in runs))
    out, at = [], 0
    for run in runs:
        out.append(Run(whole[at : at + len(run.text)], run.marks, run.link))
        at += len(run.text)
    return out


def safe_link(link: str) -> str:
    """A web address, `""` for anything else (`javascript:`, `file:`, `data:`).

    >>> safe_link("https://adilet.zan.kz"), safe_link("javascript:alert(1)")
    ('https://adilet.zan.kz', '')
    """
    link = clean(link).strip()
    return link if re.match(r"https?://[^\s<>\"]+$", link, re.IGNORECASE) else ""


def numbering(labels: Sequence[str]) -> tuple[str, str, int] | None:
    """(before, after, first number) when the labels count up by one, as `1.` or `[1]` do; None otherwise.

    >>> numbering(["[3]", "[4]"])
    ('[', ']', 3)
    """
    found = [re.fullmatch(r"(\D{0,3}?)(\d{1,6})(\D{0,3})", label) for label in labels]
    first = found[0] if found else None
    if first is None:
        return None
    start = int(first[2])
    for number, one in enumerate(found, start):
        if one is None or (one[1], one[3], one[2]) != (first[1], first[3], str(number)):
            return None
    return first[1], first[3].rstrip(), start
