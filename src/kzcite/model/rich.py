"""Rich: the only inline formatting of the project. Runs of text with marks, and how they come from CSL-JSON mark-up."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

MARKS = ("italic", "bold", "sup", "sub", "small-caps")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters with the same formatting. `marks` come from MARKS; `link` is a target address or ``""``."""

    text: str
    marks: frozenset[str] = frozenset()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Rich:
    """Formatted text of one line or paragraph."""

    runs: tuple[Run, ...] = ()

    @classmethod
    def of(cls, text: str) -> Rich:
        """Plain text, taken literally.

        >>> Rich.of("<i>").text
        '<i>'
        """
        return cls((Run(text),)) if text else cls()

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    def __str__(self) -> str:
        return self.text

    def __add__(self, other: Rich) -> Rich:
        return Rich.join((self, other))

    @classmethod
    def join(cls, parts: Iterable[Rich]) -> Rich:
        """Parts one after the other, neighbours of the same look made one run."""
        printed = (run for part in parts for run in part.runs if run.text)
        alike = [list(group) for _, group in groupby(printed, key=attrgetter("marks", "link"))]
        return cls(
            tuple(
                own[0] if len(own) == 1 else Run("".join([one.text for one in own]), own[0].marks, own[0].link)
                for own in alike
            )
        )

    @classmethod
    def from_csl(cls, markup: str) -> Rich:
        """Read CSL-JSON rich text: `<i> <b> <sup> <sub>`, small caps and `nocase` spans; all else is literal.

        >>> Rich.from_csl("On <i>Stipa</i> & <x>").text
        'On Stipa & <x>'
        """
        parts: list[Rich] = []
        stack: list[str] = []
        at = 0
        tags = list(_TAG.finditer(markup))
        last = {found[0].lower(): found.start() for found in tags}
        for found in tags:
            tag = found[0].lower()
            if tag.startswith("</"):
                if not stack or _CLOSES[stack[-1]] != tag:
                    continue
                new = stack[:-1]
            else:
                new = [*stack, _OPENS["<span" if tag.startswith("<span") else tag] if "nocase" not in tag else "nocase"]
                if last.get(_CLOSES[new[-1]], -1) < found.end() or len(new) > _DEEPEST:
                    continue
            parts.append(cls._run(markup[at : found.start()], stack))
            stack, at = new, found.end()
        parts.append(cls._run(markup[at:], stack))
        return cls.join(parts)

    @classmethod
    def _run(cls, text: str, stack: list[str]) -> Rich:
        return cls((Run(html.unescape(text) if "&" in text else text, frozenset(stack) & frozenset(MARKS)),))


_OPENS = {"<i>": "italic", "<b>": "bold", "<sup>": "sup", "<sub>": "sub", "<sc>": "small-caps", "<span": "small-caps"}
_CLOSES = {
    "italic": "</i>",
    "bold": "</b>",
    "sup": "</sup>",
    "sub": "</sub>",
    "small-caps": "</span>",
    "nocase": "</span>",
}
_DEEPEST = 16
"""Marks inside each other; a tag beyond is text."""
_TAG = re.compile(
    r"</?(?:i|b|sup|sub)>|<span style=\"font-variant:\s*small-caps;?\">|<span class=\"nocase\">|</span>", re.IGNORECASE
)
