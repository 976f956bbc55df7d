"""The last pass over an entry or a citation: signs that meet at seams, signs within quotes, shapes of quotes.

Rules of CSL 1.0.2, "Punctuation-in-quote" and "Quotes"; which of two signs survive where affixes, delimiters and values
meet follows the common practice of CSL processors (fixtures `punctuation_FullMonty*` of the CSL test-suite).
"""

from __future__ import annotations

from dataclasses import dataclass

from kzcite.model import Rich, Run
from kzcite.renderer.csl.tokens import CLOSE, CLOSE_QUOTE, OPEN_QUOTE, Open, Tokens


@dataclass(frozen=True, slots=True)
class Quotes:
    """The quotation marks of a locale, outer and inner, and whether `.` and `,` move inside them.

    `as_printed` leaves quotation marks and apostrophes of the data as they are.
    """

    open: str = "“"
    close: str = "”"
    open_inner: str = "‘"
    close_inner: str = "’"
    punctuation_inside: bool = False
    as_printed: bool = False


# What stays of two signs at a seam; pairs that are not here stand as they are.
_SEAM = {
    "!.": "!",
    "!:": "!",
    "!!": "!",
    "?.": "?",
    "?:": "?",
    "??": "?",
    "..": ".",
    ":!": "!",
    ":?": "?",
    ":.": ":",
    "::": ":",
    ",,": ",",
    ";!": "!",
    ";?": "?",
    ";:": ";",
    ";.": ";",
    ";;": ";",
    "  ": " ",
    " .": ".",
    " ,": ",",
    " ;": ";",
    "\u00a0 ": "\u00a0",
    " \u00a0": "\u00a0",
    "….": "…",
}


def join_signs(tokens: Tokens, quotes: Quotes) -> Tokens:
    """Tokens with doubled signs at seams resolved and quotation marks made text."""
    out: Tokens = []
    last = -1  # index in `out` of the last text
    quote = 0  # 1 when a closing quote stands after it, 2 when an opening one does
    seam = _SEAM
    for token in tokens:
        if type(token) is str:
            text: str = token
            while last >= 0 and text and quote != 2:
                before: str = out[last]  # type: ignore[assignment]
                pair = before[-1] + text[0]
                if quote == 1:
                    if quotes.punctuation_inside and text[0] in ".,!?":
                        out[last] = before[:-1] + seam.get(pair, pair)
                        text = text[1:]
                    elif before[-1] in "!?" and text[0] in ".:!?" and seam.get(pair) == before[-1]:
                        text = text[1:]
                    elif before[-1] in ".," and before[-1] == text[0]:
                        out[last] = before[:-1]
                        if len(before) == 1:
                            del out[last]
                    break
                kept = seam.get(pair)
                if kept is None:
                    break
                if kept == text[0] and kept != before[-1]:
                    out[last] = before[:-1]
                    if len(before) == 1:
                        del out[last]
                        last, quote = _last_text(out)
                else:
                    text = text[1:]
            if text:
                last = len(out)
                quote = 0
                out.append(text)
        elif token is OPEN_QUOTE:
            out.append(OPEN_QUOTE)
            quote = 2
        elif token is CLOSE_QUOTE:
            out.append(CLOSE_QUOTE)
            quote = 1 if quote != 2 else 2
        else:
            out.append(token)
    return shape_quotes(out, quotes)


def _last_text(out: Tokens) -> tuple[int, int]:
    """Index of the last text, and whether a closing (1) or an opening quote (2) stands after it."""
    quote = 0
    for at in range(len(out) - 1, -1, -1):
        token = out[at]
        if isinstance(token, str):
            return at, quote
        if token is OPEN_QUOTE:
            quote = 2
        elif token is CLOSE_QUOTE:
            quote = quote or 1
    return -1, 0


def shape_quotes(out: Tokens, quotes: Quotes) -> Tokens:
    """Quotation marks as text, outer and inner in turn."""
    depth = 0
    if any(one is OPEN_QUOTE or one is CLOSE_QUOTE for one in out):
        out = list(out)
        for at, token in enumerate(out):
            if token is OPEN_QUOTE:
                out[at] = quotes.open if depth % 2 == 0 else quotes.open_inner
                depth += 1
            elif token is CLOSE_QUOTE:
                depth -= 1
                out[at] = quotes.close if depth % 2 == 0 else quotes.close_inner
    return out


_RICH = {
    ("font-style", "italic"): "italic",
    ("font-style", "oblique"): "italic",
    ("font-weight", "bold"): "bold",
    ("vertical-align", "sup"): "sup",
    ("vertical-align", "sub"): "sub",
    ("font-variant", "small-caps"): "small-caps",
}
_CANCELS = {"font-style": "italic", "font-weight": "bold", "font-variant": "small-caps"}
# Within the same formatting these turn back to normal (flip-flop).
FLIPS = frozenset(
    (("font-style", "italic"), ("font-style", "oblique"), ("font-weight", "bold"), ("font-variant", "small-caps"))
)


def to_rich(tokens: Tokens) -> Rich:
    """Finished tokens as runs: nested italic turns upright, `normal` cancels."""
    if all(type(one) is str for one in tokens):
        return Rich.of("".join(tokens))  # type: ignore[arg-type]
    marks: frozenset[str] = frozenset()
    link = ""
    stack: list[tuple[frozenset[str], str]] = []
    runs: list[Rich] = []
    for token in tokens:
        if type(token) is str:
            runs.append(Rich((Run(token, marks, link),)))
        elif token is CLOSE:
            marks, link = stack.pop()
        elif isinstance(token, Open):
            stack.append((marks, link))
            if token.name == "link":
                link = token.value
                continue
            mark = _RICH.get((token.name, token.value))
            if token.name == "nodecor":
                marks = marks - {"italic", "bold", "small-caps"}
            elif mark is None:
                marks = marks - {_CANCELS.get(token.name, "")}
            elif mark in marks and (token.name, token.value) in FLIPS:
                marks = marks - {mark}
            else:
                marks = marks | {mark}
    return Rich.join(runs)
