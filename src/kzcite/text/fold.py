"""One form for comparing printed words: letters of the right script, no case, no marks, single spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kzcite.text.script import is_mixed, repair_word

_NOT_WORD = re.compile(r"[^\w&§№]+|_+")
_SPACED = re.compile(r"(?:\w ){3,}\w")


@lru_cache(maxsize=2048)
def fold(text: str) -> str:
    """`text` for comparison with a table: small letters, words parted by one space, no punctuation, ё as е.

    >>> fold("### **Əдебиеттер тізімі:**"), fold("Л И Т Е Р А Т У Р А")
    ('әдебиеттер тізімі', 'литература')
    """
    clean = unicodedata.normalize("NFC", text.replace("\u00ad", ""))
    if is_mixed(clean):
        clean = " ".join(repair_word(word) if is_mixed(word) else word for word in _NOT_WORD.sub(" ", clean).split())
    flat = " ".join(_NOT_WORD.sub(" ", clean).casefold().replace("ё", "е").split())
    return flat.replace(" ", "") if _SPACED.fullmatch(flat) else flat
