"""Script of a letter and of a word, and the repair of letters of the wrong script inside a word.

Takes and gives plain strings; a repair never changes the length of a word, so spans stay valid.
Tables: `script/lookalikes.toml`. Scripts are named by ISO 15924: `Cyrl`, `Latn`, `Grek`, `Arab`; `""` for none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kzcite.model import Span
from kzcite.tables.loader import overlays, read_toml

KAZAKH_LETTERS = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
_KAZAKH_ONLY = frozenset("әғқңөұүһӘҒҚҢӨҰҮҺ")
_FRONT = frozenset("әөүіеӘӨҮІЕ")
_BACK = frozenset("аоұыАОҰЫ")
_VOWELS = frozenset("аәеёиоөуұүыіэюяАӘЕЁИОӨУҰҮЫІЭЮЯ")
_ROMAN = frozenset("IVXLCDM")


@lru_cache(maxsize=4096)
def script_of(char: str) -> str:
    """The script of one letter, `""` for anything that is no letter of a known script.

    >>> script_of("ә"), script_of("ə"), script_of("7")
    ('Cyrl', 'Latn', '')
    """
    code = ord(char)
    if code < 0x41:
        return ""
    if 0x400 <= code <= 0x52F or 0x1C80 <= code <= 0x1C8F or 0xA640 <= code <= 0xA69F:
        return "Cyrl" if char.isalpha() else ""
    if code <= 0x2AF or 0x1E00 <= code <= 0x1EFF or 0xA720 <= code <= 0xA7FF or 0xFB00 <= code <= 0xFB06:
        return "Latn" if char.isalpha() else ""
    if 0x370 <= code <= 0x3FF or 0x1F00 <= code <= 0x1FFF:
        return "Grek" if char.isalpha() else ""
    if 0x600 <= code <= 0x6FF or 0x750 <= code <= 0x77F or 0xFB50 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFC:
        return "Arab" if char.isalpha() else ""
    return ""


def count_scripts(text: str) -> dict[str, int]:
    """Letters of each script in `text`."""
    out: dict[str, int] = {}
    for char in text:
        name = script_of(char)
        if name:
            out[name] = out.get(name, 0) + 1
    return out


def main_script(text: str) -> str:
    """The script of most letters of `text`, `""` where there is none."""
    counts = count_scripts(text)
    return max(counts, key=lambda name: counts[name]) if counts else ""


def words(text: str) -> Iterator[Span]:
    """The maximal runs of letters; a hyphen, an apostrophe and a digit end a word."""
    start = -1
    for at, char in enumerate(text):
        if char.isalpha():
            if start < 0:
                start = at
        elif start >= 0:
            yield Span(start, at)
            start = -1
    if start >= 0:
        yield Span(start, len(text))


def is_mixed(word: str) -> bool:
    """Whether letters of two scripts stand in one word.

    >>> is_mixed("Cотталғандар"), is_mixed("PhD")
    (True, False)
    """
    first = ""
    for char in word:
        name = script_of(char)
        if name and first and name != first:
            return True
        first = first or name
    return False


@dataclass(frozen=True, slots=True)
class _Lookalikes:
    cyrillic: dict[str, str]
    kazakh: dict[str, str]
    latin: dict[str, str]
    digits: dict[str, str]
    roman: dict[str, str]


@lru_cache(maxsize=8)
def _load(_over: object) -> _Lookalikes:
    table = read_toml("script/lookalikes.toml")
    return _Lookalikes(**{name: dict(table[name]) for name in ("cyrillic", "kazakh", "latin", "digits", "roman")})


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
    cyrillic = main_script(text) == "Cyrl"
    spans = list(words(text))
    out: list[Repair] = []
    for index, span in enumerate(spans):
        word = span.cut(text)
        repaired = repair_word(word)
        if repaired == word and cyrillic and span.length <= 2 and script_of(word[0]) == "Latn":
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
