"""The look of a small element (`cs:name`, `cs:name-part`, `cs:et-al`, a label): affixes, formatting, text case."""

from __future__ import annotations

from lxml import etree

from kzcite.renderer.csl.textcase import change_case, strip_periods
from kzcite.renderer.csl.tokens import CLOSE, Open, Token, Tokens

FORMATS = ("font-style", "font-variant", "font-weight", "text-decoration", "vertical-align")


def formats(element: etree._Element) -> list[Token]:
    """The formatting attributes of an element as opening marks."""
    return [Open(name, str(element.get(name))) for name in FORMATS if element.get(name)]


class Look:
    """What stands before and after a word, and what happens to its letters."""

    __slots__ = ("after", "before", "case", "strip")

    def __init__(self, element: etree._Element | None) -> None:
        self.before: list[Token] = []
        self.after: list[Token] = []
        self.case = ""
        self.strip = False
        if element is None:
            return
        opens = formats(element)
        prefix, suffix = element.get("prefix", ""), element.get("suffix", "")
        self.before = [prefix, *opens] if prefix else opens
        self.after = [CLOSE for _ in opens]
        if suffix:
            self.after.append(suffix)
        case = element.get("text-case", "none")
        self.case = "" if case == "none" else case
        self.strip = element.get("strip-periods") == "true"

    def write(self, text: str, language: str, out: Tokens) -> None:
        """Append `text` in this look."""
        tokens: Tokens = [text]
        if self.strip:
            tokens = strip_periods(tokens)
        if self.case:
            tokens = change_case(tokens, self.case, language)
        out.extend(self.before)
        out.extend(tokens)
        out.extend(self.after)
