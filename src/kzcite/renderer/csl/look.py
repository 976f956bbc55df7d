"""The look of a small element (`cs:name`, `cs:name-part`, `cs:et-al`, a label): affixes, formatting, text case."""

from __future__ import annotations

from lxml import etree

from kzcite.renderer.csl.textcase import change_case, strip_periods
from kzcite.renderer.csl.tokens import CLOSE, Open, Token, Tokens

# From the outermost to the innermost, as other processors nest them.
FORMATS = ("vertical-align", "text-decoration", "font-weight", "font-variant", "font-style")


def formats(element: etree._Element) -> list[Token]:
    """The formatting attributes of an element as opening marks."""
    return [Open(name, str(element.get(name))) for name in FORMATS if element.get(name)]


class Look:
    """What stands before and after a word, and what happens to its letters."""

    __slots__ = ("after", "before", "case", "opens", "prefix", "strip", "suffix")

    def __init__(self, element: etree._Element | None) -> None:
        self.before: list[Token] = []
        self.after: list[Token] = []
        self.opens: list[Token] = []
        self.prefix = self.suffix = self.case = ""
        self.strip = False
        if element is None:
            return
        self.opens = formats(element)
        self.prefix, self.suffix = element.get("prefix", ""), element.get("suffix", "")
        self.before = [self.prefix, *self.opens] if self.prefix else self.opens
        self.after = [CLOSE for _ in self.opens]
        if self.suffix:
            self.after.append(self.suffix)
        case = element.get("text-case", "none")
        self.case = "" if case == "none" else case
        self.strip = element.get("strip-periods") == "true"

    def write(self, text: str, language: str, out: Tokens) -> None:
        """Append `text` in this look."""
        if self.prefix:
            out.append(self.prefix)
        out.extend(self.inner([text], language))
        if self.suffix:
            out.append(self.suffix)

    def inner(self, tokens: Tokens, language: str) -> Tokens:
        """Tokens in this look without its affixes."""
        if self.strip:
            tokens = strip_periods(tokens)
        if self.case:
            tokens = change_case(tokens, self.case, language)
        return [*self.opens, *tokens, *[CLOSE for _ in self.opens]] if self.opens else tokens
