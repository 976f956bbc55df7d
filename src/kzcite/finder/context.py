"""What stands around a bracket: the look-alikes that only their place gives away (array indices, options, figures).

Every question is about a bounded stretch beside the bracket, so the whole scan stays linear.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from kzcite.finder.lines import Line
from kzcite.tables.citing import citing_words
from kzcite.text.script import script_of

_NEAR = 200
_BESIDE = 600
_MATHS = frozenset("=∈∉⊂⋅×+≤≥<∪∩→↦±÷^√∑∏∫|\\")
_CODE_LINE = re.compile(
    r"""[{};]\s*$|"\s?\+|\+\s?"|\w\(\)|==|!=|&&|\|\||\+\+|--\w|->|=>|::|\w\.\w+\(
    |^\s*(?://|/\*|\*\s|\*/|\#include|import\s|package\s|public\s|private\s|protected\s|static\s|return\s|def\s
    |class\s|var\s|let\s|const\s|for\s?\(|if\s?\(|while\s?\(|"[^"]+"\s*:)
    |^\s*(?:for|while|if|elif|with|except)\b.*:\s*$""",
    re.VERBOSE,
)
_PLAIN_CODE = re.compile(r"^\s*[A-Za-z_][\w.]*(?:\[[^\]]*\])*\s*=[^=]")


class Surroundings:
    """The text around brackets, with what is code or mathematics worked out line by line when first asked."""

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self.text = text
        self.lines = lines
        self._starts = [line.start for line in lines]
        self._code: dict[int, bool] = {}
        self._inline: dict[int, dict[str, tuple[list[int], list[int]]]] = {}

    def line_at(self, at: int) -> int:
        return max(0, bisect_right(self._starts, at) - 1)

    def is_code(self, at: int) -> bool:
        """Whether the line around `at` is program code."""
        index = self.line_at(at)
        known = self._code.get(index)
        if known is None:
            line = self.lines[index]
            printed = self.text[line.start : min(line.end, line.start + 2_000)]
            known = line.kind == "code" or bool(_CODE_LINE.search(printed)) or bool(_PLAIN_CODE.match(printed))
            if not known and printed[:1].isspace() and self._beside_code(index):
                known = True
            elif known and line.kind != "code":
                known = sum(script_of(char) == "Cyrl" for char in printed[:400]) < 40 or "{" in printed
            self._code[index] = known
        return known

    def _beside_code(self, index: int) -> bool:
        """Whether the printed lines before and after an indented line are code."""
        beside = 0
        for step in (-1, 1):
            at = index + step
            while 0 <= at < len(self.lines) and abs(at - index) <= 2:
                line = self.lines[at]
                printed = self.text[line.start : min(line.end, line.start + 2_000)]
                if printed.strip():
                    beside += bool(_CODE_LINE.search(printed))
                    break
                at += step
        return beside == 2

    def is_quoted_code(self, at: int) -> bool:
        """Whether `at` stands between backticks or dollar signs of its line."""
        index = self.line_at(at)
        spans = self._inline.get(index)
        if spans is None:
            spans = _inline_spans(self.text, self.lines[index])
            self._inline[index] = spans
        for starts, ends in spans.values():
            place = bisect_right(starts, at) - 1
            if place >= 0 and at < ends[place]:
                return True
        return False

    def in_address(self, start: int) -> bool:
        """Whether the bracket is a part of a URL or a DOI."""
        low = max(0, start - _NEAR)
        at = start
        while at > low and not self.text[at - 1].isspace():
            at -= 1
        word = self.text[at:start]
        return "://" in word or word.startswith(("www.", "10.", "doi:10."))

    def word_before(self, start: int) -> str:
        """The word before a bracket, lower case, with only spaces, a point or a colon between; `""` for none."""
        at = start
        low = max(0, start - 40)
        while at > low and (self.text[at - 1].isspace() or self.text[at - 1] in ".:"):
            at -= 1
        end = at
        while at > low and (self.text[at - 1].isalpha() or self.text[at - 1] == "№"):
            at -= 1
        return self.text[at:end].lower()

    def char_before(self, start: int) -> str:
        """The last character before `start` that is no white space."""
        low = max(0, start - 8)
        at = start
        while at > low and self.text[at - 1].isspace():
            at -= 1
        return self.text[at - 1] if at > low else ""

    def is_lookalike(self, start: int, end: int, is_pair: bool = False) -> bool:
        """Whether a square bracket with good numbers inside is something else because of what stands around it.

        `is_pair`: two or more numbers without a place, which an interval or a vector could be.
        """
        text = self.text
        before = text[start - 1] if start else ""
        after = text[end] if end < len(text) else ""
        far = text[end + 1] if end + 1 < len(text) else ""
        if before in "_$@\\}" and before:
            return True
        if self._after_mathematics(start, end):
            return True
        if (after and after in "=×%{*+\\") and text[end : end + 2] != "**":
            return True
        if before == "(" and start > 1 and text[start - 2].isascii() and text[start - 2].isalnum():
            return True
        if text[max(0, start - 2) : start] == "()" or text[end - 2 : end - 1] == ":":
            return True
        if self._is_printed_output(start, end):
            return True
        if (
            after == "("
            and far not in ("#", "")
            and not far.isspace()
            and text[end : end + 5] in ("(http", "(./", "(../")
        ):
            return True
        if after == ":" and (start == 0 or text[start - 1] == "\n"):
            return True
        if before.isalnum() and after.isalpha() and after.isascii() == before.isascii():
            return True
        word = self.word_before(start)
        if word in citing_words().not_after or (is_pair and word in citing_words().not_after_pairs):
            return True
        if before and (before.isascii() and before.isalnum()) and self._is_index(start, end, after, far):
            return True
        if before == "]" and self.is_code(start):
            return True
        line = self.lines[self.line_at(start)]
        if line.kind == "code" or (before.isascii() and before.isalpha() and self.is_code(start)):
            return True
        if start - line.start < _NEAR and self.is_code(start) and not text[line.start : start].strip(" \t*/"):
            return True
        return self.is_quoted_code(start) or self.in_address(start)

    def _is_printed_output(self, start: int, end: int) -> bool:
        """A bracket that begins a line on which only numbers follow: the output of a program."""
        line = self.lines[self.line_at(start)]
        if start - line.start > _NEAR or self.text[line.start : start].strip():
            return False
        rest = self.text[end : min(line.end, end + _NEAR)].strip()
        return len(rest) > 2 and any(char.isdigit() for char in rest) and not any(char.isalpha() for char in rest)

    def _after_mathematics(self, start: int, end: int) -> bool:
        """Whether a sign of a formula stands before the bracket; `C++[3]`, table cells and bold marks are none."""
        sign = self.char_before(start)
        if not sign or sign not in _MATHS:
            return False
        in_cell = sign == "|" and self.text[start - 1 : start] != "|"
        return not (in_cell or self.text[start - 2 : start] == "++" or self.text[start - 1 : start] == "*")

    def _is_indexed(self, name: str, at: int) -> bool:
        """Whether the same name stands near with an index that is no marker: `argv[0]`, `row[i]`, `line[:]`."""
        window = self.text[max(0, at - _BESIDE) : at + _BESIDE]
        place = window.find(name + "[")
        while place >= 0:
            inside = window[place + len(name) + 1 : place + len(name) + 3]
            if inside[:1] in ("0", ":", "-", "'", '"') or (inside[:1].isascii() and inside[:1].isalpha()):
                return True
            if inside[1:] == ":":
                return True
            place = window.find(name + "[", place + 1)
        return False

    def _is_index(self, start: int, end: int, after: str, far: str) -> bool:
        """A Latin name glued to the bracket: an array index in code, a marker after a word of English."""
        at = start
        while at > 0 and (self.text[at - 1].isalnum() or self.text[at - 1] in "_.") and start - at < 60:
            at -= 1
        name = self.text[at:start]
        letters = sum(char.isalpha() for char in name)
        if letters == 0:
            return self.is_code(start)
        if letters == 1 or "_" in name or self.is_code(start) or self._is_indexed(name, at):
            return True
        return (after in "[" and far.isalpha()) or (after == "." and far.isalpha() and far.isascii())


def _inline_spans(text: str, line: Line) -> dict[str, tuple[list[int], list[int]]]:
    """Starts and ends of the stretches between backticks, and between dollar signs that are no prices, of one line."""
    out: dict[str, tuple[list[int], list[int]]] = {}
    for sign in "`$":
        starts: list[int] = []
        ends: list[int] = []
        begin = text.find(sign, line.start, line.end)
        while begin >= 0:
            end = text.find(sign, begin + 1, line.end)
            if end < 0:
                break
            if sign == "`" or not (text[end - 1].isspace() or text[begin + 1].isspace()):
                starts.append(begin)
                ends.append(end + 1)
                begin = text.find(sign, end + 1, line.end)
            else:
                begin = end
        if starts:
            out[sign] = (starts, ends)
    return out
