"""Script of a letter and of a word, and the repair of letters of the wrong script inside a word.

Takes and gives plain strings; a repair never changes the length of a word, so spans stay valid.
Tables: `script/lookalikes.toml`. Scripts are named by ISO 15924: `Cyrl`, `Latn`, `Grek`, `Arab`; `""` for none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, starmap

from kzcite.model import Span
from kzcite.tables.loader import overlays, read_toml

KAZAKH_LETTERS = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
_KAZAKH_ONLY = frozenset("әғқңөұүһӘҒҚҢӨҰҮҺ")
_FRONT = frozenset("әөүіеӘӨҮІЕ")
_BACK = frozenset("аоұыАОҰЫ")
_VOWELS = frozenset("аәеёиоөуұүыіэюяАӘЕЁИОӨУҰҮЫІЭЮЯ")
_ROMAN = frozenset("IVXLCDM")


_RANGES = {
    "Cyrl": ((0x400, 0x52F), (0x1C80, 0x1C8F), (0xA640, 0xA69F)),
    "Latn": ((0x41, 0x2AF), (0x1E00, 0x1EFF), (0xA720, 0xA7FF), (0xFB00, 0xFB06)),
    "Grek": ((0x370, 0x3FF), (0x1F00, 0x1FFF)),
    "Arab": ((0x600, 0x6FF), (0x750, 0x77F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)),
}
"""The code points among which the letters of a script are, first and last."""


def _letters(first: int, last: int) -> str:
    """The letters among these code points, as the inside of a character class."""
    runs = [list(run) for is_letter, run in groupby(map(chr, range(first, last + 1)), str.isalpha) if is_letter]
    return "".join(f"{run[0]}-{run[-1]}" for run in runs)


_LETTERS = {script: "".join(starmap(_letters, ranges)) for script, ranges in _RANGES.items()}
_RUNS = {script: re.compile(f"[{letters}]+") for script, letters in _LETTERS.items()}
_BESIDE = {  # a letter of any other script
    script: re.compile(f"[{''.join(letters for other, letters in _LETTERS.items() if other != script)}]")
    for script in _LETTERS
}
_LETTERS_RUN = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=4096)
def script_of(char: str) -> str:
    """The script of one letter, `""` for anything that is no letter of a known script.

    >>> script_of("ә"), script_of("ə"), script_of("7")
    ('Cyrl', 'Latn', '')
    """
    return next((script for script, letters in _RUNS.items() if letters.match(char)), "")


def count_scripts(text: str) -> dict[str, int]:
    """Letters of each script in `text`, the script first that comes first."""
    only = only_script(text)
    if only:
        return {only: sum(map(len, _RUNS[only].findall(text)))}
    first = {script: found.start() for script, letters in _RUNS.items() if (found := letters.search(text))}
    return {script: sum(map(len, _RUNS[script].findall(text))) for script in sorted(first, key=lambda one: first[one])}


def only_script(text: str) -> str:
    """The script of all letters of `text`; `""` where there are none or those of several scripts.

    >>> only_script("Тіл – 2"), only_script("Тіл in Latin")
    ('Cyrl', '')
    """
    for script in ("Latn",) if text.isascii() else ("Cyrl", "Latn", "Grek", "Arab"):
        if _RUNS[script].search(text):
            return "" if _BESIDE[script].search(text) else script
    return ""


def main_script(text: str) -> str:
    """The script of most letters of `text`, `""` where there is none."""
    counts = count_scripts(text)
    return max(counts, key=lambda name: counts[name]) if counts else ""


def words(text: str) -> Iterator[Span]:
    """The maximal runs of letters; a hyphen, an apostrophe and a digit end a word."""
    for found in _LETTERS_RUN.finditer(text):
        start, end = found.span()
        if found[0].isalpha():
            yield Span(start, end)
            continue
        at = start  # among letters stand signs that count, such as ² and Ⅷ
        for piece in "".join(char if char.isalpha() else " " for char in found[0]).split(" "):
            if piece:
                yield Span(at, at + len(piece))
            at += len(piece) + 1


def is_mixed(word: str) -> bool:
    """Whether letters of two scripts stand in one word.

    >>> is_mixed("Cотталғандар"), is_mixed("PhD")
    (True, False)
    """
    if word.isascii():
        return False
    return any(letters.search(word) and _BESIDE[script].search(word) for script, letters in _RUNS.items())


@dataclass(frozen=True, slots=True)
class _Lookalikes:
    cyrillic: dict[str, str]
    kazakh: dict[str, str]
    latin: dict[str, str]
    digits: dict[str, str]
    roman: dict[str, str]
    suspect: dict[str, re.Pattern[str]]
    """For the words of one script: a letter that is of another, or foreign in Kazakh."""

    def is_fine(self, text: str) -> bool:
        """Whether `text` has letters of one script only and none of them is foreign in Kazakh."""
        if text.isascii():
            return not self.suspect["Latn"].search(text)
        return any(letters.search(text) is None for letters in self.suspect.values())


@lru_cache(maxsize=8)
def _load(_over: object) -> _Lookalikes:
    table = read_toml("script/lookalikes.toml")
    foreign = "".join(map(re.escape, table["kazakh"]))
    suspect = {script: re.compile(f"[{_BESIDE[script].pattern[1:-1]}{foreign}]") for script in ("Cyrl", "Latn")}
    tables = {name: dict(table[name]) for name in ("cyrillic", "kazakh", "latin", "digits", "roman")}
    return _Lookalikes(**tables, suspect=suspect)


def lookalikes() -> _Lookalikes:
    """The look-alike table in force."""
    return _load(overlays())


def repair_word(word: str, script: str = "") -> str:
    """`word` with the letters of the wrong script replaced, of the same length; unchanged where nothing is certain.

    `script` ("Cyrl" or "Latn") says which script is meant where the caller knows it.

    >>> repair_word("сəйкес"), repair_word("Cотталғандардың"), repair_word("ХIX"), repair_word("Ə", "Cyrl")
    ('сәйкес', 'Сотталғандардың', 'XIX', 'Ә')
    """
    table = lookalikes()
    if not script and table.is_fine(word):
        return word
    mixed = is_mixed(word)
    if not mixed and not script:
        return _repair_kazakh(word, table)
    if mixed:
        roman = "".join(table.roman.get(char, char) for char in word)
        if len(word) > 1 and all(char in _ROMAN for char in roman):
            return roman
    script = script or _meant(word, table)
    if script == "Cyrl":
        out = [char if script_of(char) in ("Cyrl", "") else table.cyrillic.get(char, "") for char in word]
        if not all(out):
            return word
        repaired = _choose_u("".join(out), word)
        return _repair_kazakh(repaired, table)
    if script == "Latn":
        out = [char if script_of(char) in ("Latn", "") else table.latin.get(char, "") for char in word]
        return "".join(out) if all(out) else word
    return word


def _meant(word: str, table: _Lookalikes) -> str:
    """The script that a mixed word is meant to be in: that of its letters without a look-alike, else of most."""
    only_cyrillic = sum(script_of(char) == "Cyrl" and char not in table.latin for char in word)
    only_latin = sum(script_of(char) == "Latn" and char not in table.cyrillic for char in word)
    if only_cyrillic and not only_latin:
        return "Cyrl"
    if only_latin and not only_cyrillic:
        return "Latn"
    counts = count_scripts(word)
    cyrillic, latin = counts.get("Cyrl", 0), counts.get("Latn", 0)
    if only_cyrillic and only_latin:
        return ""
    return "Cyrl" if cyrillic >= latin else "Latn"


def _choose_u(repaired: str, printed: str) -> str:
    """Latin `y` looks like both у and ү: ү between consonants of a word with front vowels only."""
    if "y" not in printed and "Y" not in printed:
        return repaired
    front = any(char in _FRONT for char in repaired)
    back = any(char in _BACK for char in repaired)
    out = list(repaired)
    for at, char in enumerate(printed):
        if char not in "yY":
            continue
        beside = repaired[max(0, at - 1) : at] + repaired[at + 1 : at + 2]
        is_vowel = not any(other in _VOWELS for other in beside)
        soft = front and not back and is_vowel
        out[at] = ("ү" if soft else "у") if char == "y" else ("Ү" if soft else "У")
    return "".join(out)


def _repair_kazakh(word: str, table: _Lookalikes) -> str:
    if not any(char in table.kazakh for char in word):
        return word
    repaired = "".join(table.kazakh.get(char, char) for char in word)
    others = [char for char in word if char not in table.kazakh]
    return repaired if any(char in _KAZAKH_ONLY or char in "ыЫ" for char in others) else word


@dataclass(frozen=True, slots=True)
class Repair:
    """A word as printed at `span`, and as it should be spelt."""

    span: Span
    printed: str
    repaired: str


def find_repairs(text: str) -> tuple[Repair, ...]:
    """Every word of `text` with letters of the wrong script, with its repair.

    A word typed wholly in look-alikes of the other script is repaired only as an initial or a label beside words of
    the text's main script: `Омаров Ə.` but not `Vitamin C.`.

    >>> [one.repaired for one in find_repairs("Сатпаев Ə. Қазақ тiлi. – 57 c.")]
    ['Ә', 'тілі', 'с']
    """
    if lookalikes().is_fine(text):
        return ()
    cyrillic = main_script(text) == "Cyrl"
    spans = list(words(text))
    out: list[Repair] = []
    for index, span in enumerate(spans):
        word = text[span.start : span.end]
        repaired = repair_word(word)
        if repaired == word and cyrillic and len(word) <= 2 and script_of(word[0]) == "Latn":
            before = spans[index - 1] if index else None
            after = spans[index + 1] if index + 1 < len(spans) else None
            if _is_cyrillic_initial(text, span, before, after):
                repaired = repair_word(word, "Cyrl")
        if repaired != word:
            out.append(Repair(span, word, repaired))
    return tuple(out)


def _is_cyrillic_initial(text: str, span: Span, before: Span | None, after: Span | None) -> bool:
    """Whether a Latin one- or two-letter word is an initial (`Омаров C. Т.`) or a page label (`57 c.`) in Cyrillic."""
    if text[span.end : span.end + 1] != ".":
        return False
    word = span.cut(text)
    glued_left = before is not None and text[before.end : span.start] == "."
    left = before is not None and text[before.end : span.start] in (" ", ". ", ".", ", ")
    right = after is not None and text[span.end : after.start] in (". ", ".")
    left = left and before is not None and script_of(text[before.start]) == "Cyrl" and text[before.start].isupper()
    right = right and after is not None and script_of(text[after.start]) == "Cyrl"
    if word in ("c", "C") and span.start >= 2 and text[span.start - 1] == " " and text[span.start - 2].isdigit():
        return True
    if not word[0].isupper():
        return False
    if word[0] in _ROMAN:
        return left and (glued_left or (right and after is not None and after.length == 1))
    return (left and (before is None or right or glued_left or word[0] in "ƏÄÖÜ" or after is None)) or (
        right and after is not None and after.length == 1
    )
