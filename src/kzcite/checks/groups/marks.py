"""STY: quotation marks, the number sign, figures of volumes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kzcite.checks.majority import minority
from kzcite.checks.rule import Fault, rule
from kzcite.checks.views import Line, Listing, Paper
from kzcite.model import Applicability, Severity, Span


@rule("STY011", Severity.WARNING, "quotation marks without a partner: {printed}", needs_print=True)
def unbalanced_quotes(line: Line, paper: Paper) -> Iterator[Fault]:
    """Quotation marks that do not pair.

    What: `«Жастар және ғылым"`, or an odd number of marks of one kind.
    Why: the reader (and every program) cannot tell where the title ends.
    Found:
        1. Омаров К.Т. Еңбек құқығы // «Жастар және ғылым" жинағы. – Атырау: АУ, 2024. – 45-54 б.
    Not found:
        1. Омаров К.Т. Еңбек құқығы // «Жастар және ғылым» жинағы. – Атырау: АУ, 2024. – 45-54 б.
    Fix: unsafe where a guillemet is answered by a straight mark.
    """
    marks = [(at, char) for at, char in enumerate(line.raw) if char in '«»"“”„']
    if not marks:
        return
    kinds = [char for _, char in marks]
    opened, closed = kinds.count("«"), kinds.count("»")
    straight = kinds.count('"')
    if straight % 2 and straight and re.search(r"\d\s?\"", line.raw):
        return
    if opened != closed and straight % 2:
        mixed = re.search(r"«([^«»\"]*)(\")|(\")([^«»\"]*)»", line.raw)
        if mixed:
            span = Span(*(mixed.span(2) if mixed[2] else mixed.span(3)))
            due = "»" if mixed[2] else "«"
            yield line.fault(
                Span(*mixed.span()),
                expected=line.raw[mixed.start() : span.start] + due + line.raw[span.end : mixed.end()],
                edits=line.edit(span, due, Applicability.UNSAFE),
            )
            return
    if opened > closed and _is_nested(kinds):
        return  # «Фирма «Элист»: one mark may close two
    curly = kinds.count("“") + kinds.count("”") + kinds.count("„")
    if opened != closed and not curly and not straight:
        at = next(at for at, char in marks if char == ("«" if opened > closed else "»"))
        yield line.fault(Span(at, min(len(line.raw), at + 20)))
    elif straight % 2 and not curly and opened == closed:
        at = next(at for at, char in marks if char == '"')
        yield line.fault(Span(at, min(len(line.raw), at + 20)))


def _is_nested(kinds: list[str]) -> bool:
    depth = 0
    for char in kinds:
        depth += {"«": 1, "»": -1}.get(char, 0)
        if depth > 1:
            return True
    return False


_ROMAN = re.compile(r"[IVXІХ]+")


@rule("STY012", Severity.INFO, "volume {printed} in Roman figures, elsewhere in Arabic ones", looks_at="list")
def mixed_volume_figures(listing: Listing, paper: Paper) -> Iterator[Fault]:
    """Roman and Arabic volume numbers in one list.

    What: `IV том` in a list whose other volumes are `Т. 3`, or the other way round.
    Why: one list, one form; volumes are written in Arabic figures (ГОСТ 7.1-2003, 4.11.4).
    Found:
        1. Қазақстан тарихы. Т. 1. – Алматы: Атамұра, 1996. – 540 б.
        2. Қазақстан тарихы. Т. 2. – Алматы: Атамұра, 1998. – 640 б.
        3. Уәлиханов Ш. Шығармалар жинағы. Т. IV. – Алматы: Ғылым, 1985. – 461 б.
    Not found:
        1. Қазақстан тарихы. Т. 1. – Алматы: Атамұра, 1996. – 540 б.
        2. Қазақстан тарихы. Т. 2. – Алматы: Атамұра, 1998. – 640 б.
        3. Уәлиханов Ш. Шығармалар жинағы. Т. 4. – Алматы: Ғылым, 1985. – 461 б.
    Fix: by hand.
    """
    forms = []
    for line in listing.lines:
        volume = line.text("volume")
        if volume and line.sure("volume"):
            forms.append((line, "roman" if _ROMAN.fullmatch(volume) else "arabic"))
    for group, usual in minority(forms, share=0.5):
        for line in group if usual == "arabic" else ():
            yield line.fault(None, "volume")


_DOTTED_NUMBER = re.compile(r"№\.\s{0,3}(\d{1,6})")


@rule("STY014", Severity.INFO, "{printed}: the number sign has no point", needs_print=True)
def dotted_number_sign(line: Line, paper: Paper) -> Iterator[Fault]:
    """A point behind the number sign.

    What: `№. 6`, as Google Scholar writes references by ГОСТ.
    Why: № is a sign and no abbreviation.
    Found:
        1. Gray B. Textbook vocabulary across grades // Applied Linguistics. – 2019. – Т. 40. – №. 2. – С. 215-237.
    Not found:
        1. Gray B. Textbook vocabulary across grades // Applied Linguistics. – 2019. – Т. 40. – № 2. – С. 215-237.
    Fix: safe: the point is taken out.
    """
    for span, found in line.find(_DOTTED_NUMBER):
        at = Span(span.start + 1, span.start + 2)
        yield line.fault(span, printed=found[0], expected="№ " + found[1], edits=line.edit(at, ""))
