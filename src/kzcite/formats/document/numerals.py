"""Automatic numbers of lists and notes as word processors print them: a number and the name of its format → characters.

In: the `ST_NumberFormat` names of ECMA-376 part 1, 17.18.59 (ODF's `num-format` letters are mapped to them by the odt
reader). A format that is not known prints decimal figures, as the word processors do.
"""

from __future__ import annotations

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_CHICAGO = "*†‡§"
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def format_number(value: int, kind: str) -> str:
    """The number in the format `kind`.

    >>> [format_number(4, kind) for kind in ("decimal", "upperRoman", "lowerLetter", "russianLower", "decimalZero")]
    ['4', 'IV', 'd', 'г', '04']
    """
    if kind == "none":
        return ""
    if value >= 1:
        if kind in ("lowerRoman", "upperRoman") and value < 5000:
            return _cased(_roman(value), kind)
        if kind in ("lowerLetter", "upperLetter"):
            return _cased(_repeated(value, _LATIN), kind)
        if kind in ("russianLower", "russianUpper"):
            return _cased(_repeated(value, _RUSSIAN), kind)
        if kind == "chicago":
            return _repeated(value, _CHICAGO)
        if kind.startswith("decimalEnclosedCircle") and value <= 20:
            return chr(0x245F + value)
    if kind == "decimalZero":
        return f"{value:02d}"
    return str(value)


def superscript(mark: str) -> str:
    """A note's mark with raised digits, so that `1995` and note 1 read `1995¹`.

    >>> superscript("12")
    '¹²'
    """
    return mark.translate(_SUPERSCRIPT)


def _cased(text: str, kind: str) -> str:
    return text.upper() if "upper" in kind.lower() else text


def _roman(value: int) -> str:
    out = ""
    for worth, letters in _ROMAN:
        out += letters * (value // worth)
        value %= worth
    return out


def _repeated(value: int, letters: str) -> str:
    """a ... z, aa, bb, ...: word processors repeat the letter."""
    times, place = divmod(value - 1, len(letters))
    return letters[place] * min(times + 1, 20)
