"""Characters that a docx gives by their place in a symbol font (`w:sym`, bullets) → Unicode.

Source: the Symbol font's encoding (Adobe; Unicode Consortium, VENDORS/ADOBE/symbol.txt).
"""

from __future__ import annotations

_LOW = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\ufffd〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
_DASHES = "-‐‑‒–—−*"


def symbol(font: str, code: str) -> str:
    """The character of `w:sym`; U+FFFD for one of a font whose encoding is not known.

    >>> symbol("Symbol", "F0B0"), symbol("Wingdings", "F04A")
    ('°', '�')
    """
    try:
        place = int(code, 16)
    except ValueError:
        return "\ufffd"
    if 0xF000 <= place <= 0xF0FF:
        place -= 0xF000
        if font.lower() == "symbol":
            return _of_symbol(place)
        return chr(place) if 0x20 <= place < 0x7F and "ding" not in font.lower() else "\ufffd"
    return chr(place) if 0x20 <= place < 0xD800 or 0xE000 <= place <= 0x10FFFF else "\ufffd"


def _of_symbol(place: int) -> str:
    if 0x20 <= place < 0x20 + len(_LOW):
        return _LOW[place - 0x20]
    if 0xA0 <= place < 0xA0 + len(_HIGH):
        return _HIGH[place - 0xA0]
    return "\ufffd"


def bullet(text: str) -> str:
    """A list's bullet as text: dashes stay, glyphs of symbol fonts become "•".

    >>> bullet("\\uf0b7"), bullet("–"), bullet("o")
    ('•', '–', '•')
    """
    text = text.strip()
    return text if text and all(one in _DASHES for one in text) else "•"
