"""SCR: letters. Words in two scripts, legacy encodings, words broken by a printer's hyphen, titles in capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kzcite.checks.rule import Fault, rule
from kzcite.checks.views import Line, Listing, Paper
from kzcite.model import Applicability, Edit, Rich, Severity, Span
from kzcite.text.language import detect
from kzcite.text.legacy import detect_layout
from kzcite.text.script import find_repairs, is_mixed, lookalikes, main_script, repair_word, words

_LATIN, _CYRILLIC = r"A-Za-zÀ-ÖØ-öø-ʯ", r"Ѐ-ԯ"
_MIXED = re.compile(rf"[{_LATIN}][{_CYRILLIC}]|[{_CYRILLIC}][{_LATIN}]")
_LATIN_RUN = re.compile(f"[{_LATIN}]+")
_MAYBE_TYPED = re.compile(rf"(?<![^\W\d_])[{_LATIN}]{{1,2}}\.|[\u0370-\u03ff]")
_ANY_LATIN, _ANY_CYRILLIC = re.compile(f"[{_LATIN}]"), re.compile(f"[{_CYRILLIC}]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[^\s@]{1,64}@\S+|\b10\.\d{4,9}/\S+")
_STAND_INS = re.compile(r"[ЌќЅѕЊњЃѓ]")
_WORD = re.compile(r"[^\W\d_]+")
_FOREIGN = ("uk", "be", "sr", "mk", "bg")
_BROKEN = re.compile(
    r"([^\W\d_]{2,40})[-‐][ \u00a0]{1,4}(?!(?:и|или|және|не|мен|пен|and|or|und|oder|та|й|або)\b)([^\W\d_]{3,40})"
)
_MAYBE_BROKEN = re.compile("[-‐][ \u00a0]")
_ROMAN = re.compile(r"[IVXLCDMІХСМ]+")
_TWINS = frozenset("aceopxyiABCEHIKMOPTXYəƏhöÖüÜіІјѕаеорсухАВЕНКМОРСТХУһҮүӨөәӘ")
"""Letters whose shapes are the same in both scripts in any typeface: what a typist mistakes. Others may be formulas."""


@rule(
    "SCR001",
    Severity.ERROR,
    "letters of another script: {printed} (in {script:w} letters: {expected}; words: {count})",
    looks_at="paper",
)
def mixed_script_word(paper: Paper) -> Iterator[Fault]:
    """A word with letters of two scripts.

    What: Latin letters that look like Cyrillic ones inside a Cyrillic word (or the other way round), such as the Latin
        `i` in `Жүнiсбек` or U+0259 in `сəйкес`. In the list each entry is named once with all its words; in the text
        each confusion of letters once, with the number of words. Roman figures typed half in Cyrillic are only a hint.
    Why: such words are found by no search, catalogue or citation index, and sort in the wrong place.
    Found:
        1. Жүнiсбек Ә. Ғылым тiлi мәселелері // Қазақ тілі мен әдебиеті. – 2015. – № 7. – 58-66 б.
    Not found:
        1. Жүнісбек Ә. Ғылым тілі мәселелері // Қазақ тілі мен әдебиеті. – 2015. – № 7. – 58-66 б.
    Fix: safe: the look-alike is replaced where the meant letter is certain.
    """
    for line in paper.lines:
        yield from _in_entry(line)
    yield from _in_text(paper)


def _in_entry(line: Line) -> Iterator[Fault]:
    if line.raw:
        if not (_ANY_LATIN.search(line.raw) and _ANY_CYRILLIC.search(line.raw)):
            return
        if not (_MAYBE_TYPED.search(line.raw) or any(_mixed_words(line.raw))) and lookalikes().kazakh.keys().isdisjoint(
            line.raw
        ):
            return
        away = _addresses(line.raw)
        repairs = [one for one in find_repairs(line.raw) if not any(one.span.overlaps(span) for span in away)]
        mixed = [one for one in repairs if is_mixed(one.printed) or len(one.printed) <= 2]
        edits = tuple(edit for one in repairs for edit in line.edit(one.span, one.repaired))
        known = {one.span for one in repairs}
        unsure = [
            span for span in _mixed_words(line.raw) if span not in known and not any(span.overlaps(a) for a in away)
        ]
        if not mixed and not unsure:
            return
        where = mixed[0].span if mixed else unsure[0]
        printed = ", ".join(dict.fromkeys([one.printed for one in mixed] + [span.cut(line.raw) for span in unsure]))
        expected = ", ".join(dict.fromkeys(one.repaired for one in mixed)) or None
        all_roman = bool(mixed) and all(_ROMAN.fullmatch(one.repaired) for one in mixed) and not unsure
        yield line.fault(
            where,
            printed=printed,
            expected=expected or "?",
            edits=edits,
            severity=Severity.INFO if all_roman else None if mixed else Severity.WARNING,
            count=str(len(mixed) + len(unsure)),
            script=main_script(mixed[0].repaired if mixed else line.raw),
        )
    elif line.item is not None:
        for one in line.item.fields:
            if isinstance(one.value, str) and one.name not in ("URL", "DOI", "id") and _MIXED.search(one.value):
                repaired = _MIXED_WORD.sub(lambda found: repair_word(found[0]), one.value)
                if repaired != one.value:
                    yield line.fault(
                        None, one.name, printed=one.value, expected=repaired, count="1", script=main_script(repaired)
                    )


def _addresses(raw: str) -> list[Span]:
    return [Span(*one.span()) for one in _ADDRESS.finditer(raw)]


_MIXED_WORD = re.compile(r"[^\W\d_]+")


def _mixed_words(text: str) -> Iterator[Span]:
    """Every word with letters of two scripts."""
    end = 0
    for found in _LATIN_RUN.finditer(text):
        start, stop = found.span()
        beside = text[start - 1 : start] + text[stop : stop + 1]
        if start >= end and beside and _ANY_CYRILLIC.search(beside):
            span = _word_at(text, start)
            end = span.end
            yield span


def _word_at(text: str, at: int) -> Span:
    start, end = at, at + 1
    while start and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    return Span(start, end)


def _in_text(paper: Paper) -> Iterator[Fault]:
    """One fault a confusion (printed letters → meant letters) outside the lists."""
    if paper.document is None:
        return
    text = paper.text
    away = [one.span for one in paper.document.lists] + [
        block.span for block in paper.document.blocks if block.kind == "code"
    ]
    away = sorted(away)
    groups: dict[str, list[tuple[Span, str]]] = {}
    repaired_as: dict[str, str] = {}
    for span in _mixed_words(text):
        word = span.cut(text)
        repaired = repaired_as.get(word)
        if repaired is None:
            repaired = repaired_as[word] = repair_word(word)
        if repaired == word or any(span.overlaps(one) for one in away) or _in_address(text, span):
            continue
        changed = sorted({f"{a}→{b}".lower() for a, b in zip(word, repaired, strict=True) if a != b})
        if any(a != b and a not in _TWINS for a, b in zip(word, repaired, strict=True)):
            continue
        kind = "roman" if _ROMAN.fullmatch(repaired) else " ".join(changed)
        groups.setdefault(kind, []).append((span, repaired))
    for confusion, places in groups.items():
        span, repaired = places[0]
        yield Fault(
            span,
            printed=span.cut(text),
            expected=repaired,
            params={"confusion": confusion, "count": str(len(places)), "script": main_script(repaired)},
            edits=tuple(Edit(one, Rich.of(meant)) for one, meant in places),
            severity=Severity.INFO if confusion == "roman" else None,
        )


def _in_address(text: str, span: Span) -> bool:
    start = max(text.rfind(" ", 0, span.start), text.rfind("\n", 0, span.start)) + 1
    return bool(_ADDRESS.match(text, start))


@rule("SCR002", Severity.ERROR, "Kazakh letters of a legacy encoding: {printed} (read: {expected})", looks_at="paper")
def legacy_encoding(paper: Paper) -> Iterator[Fault]:
    """Kazakh words in the letters of a legacy encoding or font.

    What: letters such as ќ, ѕ, њ, ѓ that Kazakh and Russian do not have, where the words are Kazakh when they are read
        as KZ-1048 (STRK 1048-2002) or as a «KZ Times» font shows them. A text file that is written so throughout is
        read rightly, and told so once.
    Why: the words look right only with one old font; everywhere else they are unreadable.
    Found:
        1. Омаров К.Т. Ќазаќстан Республикасыныѕ еѕбек ќўќыєы. – Астана: Фолиант, 2004. – 145 б.
    Not found:
        1. Омаров К.Т. Қазақстан Республикасының еңбек құқығы. – Астана: Фолиант, 2004. – 145 б.
    Fix: unsafe: the words are read in the old encoding again.
    """
    for notice in paper.document.notices if paper.document is not None else ():
        if notice.code == "legacy-letters":
            yield Fault(Span(0, 0), printed=notice.params.get("layout", ""), expected="Unicode")
            return
    for line in paper.lines:
        layout = detect_layout(line.raw) if _STAND_INS.search(line.raw) and detect(line.raw) not in _FOREIGN else None
        if layout is None:
            continue
        odd = [span for span, found in line.find(_WORD) if layout.restore(found[0]) != found[0]]
        meant = [layout.restore(span.cut(line.raw)) for span in odd]
        if not odd or detect(" ".join(meant)) != "kk":
            continue
        edits = tuple(
            edit for span, word in zip(odd, meant, strict=True) for edit in line.edit(span, word, Applicability.UNSAFE)
        )
        printed = ", ".join(one.cut(line.raw) for one in odd)
        yield line.fault(odd[0], printed=printed, expected=", ".join(meant), edits=edits)


@rule("SCR003", Severity.INFO, "a word seems broken by a hyphen: {printed}", needs_print=True)
def broken_word(line: Line, paper: Paper) -> Iterator[Fault]:
    """A word broken by a hyphen and a space, as text copied from a PDF has it.

    What: a hyphen and white space inside a word; `одно- и двухтомный` is not one.
    Why: a hyphen of the old line end stands in the middle of the new line.
    Found:
        1. Мукашев Д.М. Қылмыстық- атқару жүйесінің мәселелері // Заңгер. – 2023. – № 4. – 89-98 б.
    Not found:
        1. Мукашев Д.М. Қылмыстық-атқару жүйесінің мәселелері // Заңгер. – 2023. – № 4. – 89-98 б.
    Fix: display-only: only the author knows whether the hyphen stays.
    """
    for span, found in line.find(_BROKEN) if _MAYBE_BROKEN.search(line.raw) else ():
        same_case = found[2].islower() or (found[1].isupper() and found[2].isupper())
        if not same_case or any(span.overlaps(one) for one in _addresses(line.raw)):
            continue
        joined = f"{found[1]}-{found[2]}"
        yield line.fault(
            span, printed=found[0], expected=joined, edits=line.edit(span, joined, Applicability.DISPLAY_ONLY)
        )


@rule("SCR004", Severity.INFO, "entry {number}: the title is in capitals", looks_at="list")
def capital_title(listing: Listing, paper: Paper) -> Iterator[Fault]:
    """A title in capitals.

    What: a title of several words without one small letter.
    Why: capitals are the typography of a title page; a list writes the title as a sentence (ГОСТ 7.1-2003, 4.8).
    Found:
        1. Мукашев Д.М. СОТТАЛҒАНДАРДЫҢ ҚҰҚЫҚТАРЫН ҚАМТАМАСЫЗ ЕТУ // Заңгер. – 2023. – № 4. – 89-98 б.
    Not found:
        1. Мукашев Д.М. Сотталғандардың құқықтарын қамтамасыз ету // Заңгер. – 2023. – № 4. – 89-98 б.
    Fix: by hand: only the author knows which words are names.
    """
    for line in listing.lines:
        title = line.text("title")
        parts = [span.cut(title) for span in words(title)]
        if len(parts) >= 3 and title.isupper() and sum(len(one) > 3 for one in parts) >= 2:
            yield line.fault(None, "title", printed=title)
