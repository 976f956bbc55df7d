"""LaTeX source → visible text: one pass over commands, environments, mathematics and comments."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from kzcite.formats.document.latex import commands
from kzcite.formats.source import Ahead, Weaver
from kzcite.model import Block, Span
from kzcite.model.limits import current
from kzcite.tables.latex import accents, letters


@dataclass(slots=True)
class Reader:
    """One pass over the source; `marks` holds a mark (or "") for every open brace."""

    source: str
    where: str
    weaver: Weaver = field(init=False)
    ahead: Ahead = field(init=False)
    blocks: list[Block] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
    items: list[int] = field(default_factory=list)
    begun: int = 0
    kind: tuple[str, int] = ("paragraph", 0)

    def __post_init__(self) -> None:
        self.weaver = Weaver(self.source)
        self.ahead = Ahead(self.source)
        for number, found in enumerate(commands.BIBITEM.finditer(self.source), 1):
            self.numbers.setdefault(found[2].strip(), found[1] or str(number))

    def run(self) -> None:
        body = self.source.find("\\begin{document}")
        at = body + len("\\begin{document}") if body >= 0 else 0
        end = self.source.find("\\end{document}", at)
        end = len(self.source) if end < 0 else end
        while at < end:
            at = self._step(at, end)
        self._close()

    def _step(self, at: int, end: int) -> int:
        source, sign = self.source, self.source[at]
        if sign == "\\":
            return self._command(at, end)
        if sign == "%":
            line = source.find("\n", at)
            return (
                end
                if line < 0
                else line + 1 + len(source[line + 1 :][:200]) - len(source[line + 1 :][:200].lstrip(" \t"))
            )
        if sign == "$":
            return self._maths(at, end, "$$" if source.startswith("$$", at) else "$")
        if sign == "{":
            self.marks.append("")
            current().check("xml_depth", len(self.marks), self.where)
            return at + 1
        if sign == "}":
            if self.marks:
                self.marks.pop()
                if not any(one.startswith("h") for one in self.marks) and self.kind[0] == "section-title":
                    self._break(at, at + 1)
            return at + 1
        if sign == "~":
            self.weaver.put("\u00a0", at, at + 1, self._now())
            return at + 1
        if sign in "\n \t":
            return self._space(at)
        for token in commands.SIGNS:
            if sign == token[0] and source.startswith(token, at):
                self.weaver.put(commands.PRINTED[token], at, at + len(token), self._now())
                return at + len(token)
        stop = at + 1
        while stop < end and source[stop] not in "\\%${}~\n \t-<>`'\",":
            stop += 1
        self.weaver.copy(at, stop, self._now())
        return stop

    def _now(self) -> frozenset[str]:
        return frozenset(one for one in self.marks if one and not one.startswith("h"))

    def _space(self, at: int) -> int:
        paragraph = commands.PARAGRAPH.match(self.source, at)
        if paragraph:
            self._break(at, paragraph.end())
            return paragraph.end()
        end = at
        while end < len(self.source) and self.source[end] in " \t\n":
            end += 1
        if not self.weaver.ends_line() and not self.weaver.ends_with(" "):
            if self.source[at:end] == " ":
                self.weaver.copy(at, end, self._now())
            else:
                self.weaver.put(" ", at, end, self._now())
        return end

    # --- blocks

    def _break(self, start: int, end: int) -> None:
        self._close()
        if not self.weaver.ends_line():
            self.weaver.put("\n", start, end)
        self.begun = self.weaver.length

    def _close(self, kind: str = "") -> None:
        if self.weaver.length > self.begun:
            name, level = (kind, 0) if kind else self.kind
            self.blocks.append(Block(Span(self.begun, self.weaver.length), name, level))  # type: ignore[arg-type]
            self.begun = self.weaver.length
        self.kind = ("paragraph", 0)

    def _code(self, start: int, end: int) -> int:
        begun = self.weaver.length
        self.weaver.copy(start, end)
        self.blocks.append(Block(Span(begun, self.weaver.length), "code"))
        return end

    def _maths(self, at: int, end: int, sign: str) -> int:
        close = self.ahead.find(sign, at + len(sign), end)
        blank = self.ahead.find("\n\n", at, end)
        if close < 0 or 0 <= blank < close:
            self.weaver.copy(at, at + len(sign))
            return at + len(sign)
        return self._code(at, close + len(sign))

    # --- commands

    def _command(self, at: int, end: int) -> int:
        source = self.source
        for pattern, action in _ACTIONS:
            found = pattern.match(source, at, end)
            if found:
                return action(self, found, end)
        command = commands.COMMAND.match(source, at, end)
        if command:
            return self._named(command, end)
        following = source[at + 1 : at + 2]
        if following == "\\":
            self._break(at, at + 2)
            return at + 2
        if following in "([":
            close = self.ahead.find("\\)" if following == "(" else "\\]", at + 2, end)
            return self._code(at, close + 2) if close > 0 else at + 2
        if following in "&%$#_{}":
            self.weaver.put(following, at, at + 2, self._now())
        elif following in ", ;:/!-":
            self.weaver.put({",": "\u202f", " ": " "}.get(following, ""), at, at + 2, self._now())
        return at + 2

    def _named(self, command: re.Match[str], end: int) -> int:
        name, after = command[1], command.end()
        if name in letters():
            stop = after + 2 if self.source.startswith("{}", after) else after
            self.weaver.put(letters()[name], command.start(), stop, self._now())
            return stop
        if name in commands.SILENT:
            return self._skip_arguments(after, end)
        if name == "def":
            return self._skip_arguments(max(after, self.source.find("{", after, min(end, after + 200))), end, most=1)
        if name in commands.HALF_SILENT:
            after = self._skip_arguments(after, end, most=1)
        if name in commands.SECTIONS:
            self._break(command.start(), command.end())
            self.kind = ("section-title", commands.SECTIONS[name])
        if name in ("par", "newpage", "clearpage", "maketitle", "newline"):
            self._break(command.start(), command.end())
        if name == "footnote":
            self.weaver.put(" ", command.start(), command.start())
        while self.source.startswith("[", after):
            close = self.source.find("]", after, min(end, after + 500))
            if close < 0:
                break
            after = close + 1
        if self.source.startswith("{", after):
            self.marks.append("h" if name in commands.SECTIONS else commands.MARKS.get(name, ""))
            current().check("xml_depth", len(self.marks), self.where)
            after += 1
        return after

    def _skip_arguments(self, at: int, end: int, most: int = 9) -> int:
        for _ in range(most):
            if at >= end or self.source[at] not in "{[":
                return at
            closing = {"{": "}", "[": "]"}[self.source[at]]
            depth = 0
            for index in range(at, min(end, at + 20_000)):
                if self.source[index] == self.source[at]:
                    depth += 1
                elif self.source[index] == closing:
                    depth -= 1
                    if depth == 0:
                        at = index + 1
                        break
            else:
                return at + 1
        return at

    def _cite(self, found: re.Match[str], end: int) -> int:
        keys = [key.strip() for key in found[2].split(",")]
        notes = re.findall(r"\[([^\[\]]*)\]", found[1])
        printed = ", ".join(self.numbers.get(key, key) for key in keys)
        note = f", {_plain(notes[-1])}" if notes and notes[-1].strip() else ""
        self.weaver.put(f"[{printed}{note}]", found.start(), found.end(), self._now(), editable=False)
        return found.end()

    def _bibitem(self, found: re.Match[str], end: int) -> int:
        self._break(found.start(), found.start())
        self.kind = ("list-item", 0)
        label = self.numbers[found[2].strip()]
        self.weaver.put(f"[{label}] ", found.start(), found.end(), editable=False)
        return found.end()

    def _item(self, found: re.Match[str], end: int) -> int:
        self._break(found.start(), found.start())
        self.kind = ("list-item", 0)
        if found[1]:
            self.weaver.put(f"{_plain(found[1])} ", found.start(), found.end(), editable=False)
        elif self.items and self.items[-1] >= 0:
            self.items[-1] += 1
            self.weaver.put(f"{self.items[-1]}. ", found.start(), found.end(), editable=False)
        return found.end()

    def _environment(self, found: re.Match[str], end: int) -> int:
        name, after = found[2], found.end()
        if found[1] == "begin" and (name in commands.MATHS or name in commands.VERBATIM):
            close = self.ahead.find(f"\\end{{{name}}}", after, end)
            close = end if close < 0 else close + len(name) + 6
            self._break(found.start(), found.start())
            self._code(found.start(), close)
            self.begun = self.weaver.length
            return close
        self._break(found.start(), found.end())
        if found[1] == "begin":
            if name in ("enumerate", "itemize", "description"):
                self.items.append(0 if name == "enumerate" else -1)
            if name == "thebibliography":
                self.weaver.put(_HEADING, after, after, editable=False)
                self.kind = ("section-title", 2)
                self._break(after, after)
            return self._skip_arguments(after, end)
        if name in ("enumerate", "itemize", "description") and self.items:
            self.items.pop()
        return after

    def _verb(self, found: re.Match[str], end: int) -> int:
        close = self.ahead.find(found[1], found.end(), end)
        return self._code(found.start(), close + 1) if close > 0 else found.end()

    def _accent(self, found: re.Match[str], end: int) -> int:
        mark = accents()[found[1] or found[4]]
        letter = (found[2] or found[3] or found[5] or found[6]).replace("\\", "")
        self.weaver.put(unicodedata.normalize("NFC", letter + mark), found.start(), found.end(), self._now())
        return found.end()


_HEADING = "References"
"""Printed over a `thebibliography`, whose own heading is made by LaTeX."""

_ACTIONS = (
    (commands.CITE, Reader._cite),
    (commands.BIBITEM, Reader._bibitem),
    (commands.ITEM, Reader._item),
    (commands.ENVIRONMENT, Reader._environment),
    (commands.VERB, Reader._verb),
    (commands.ACCENT, Reader._accent),
)


def _plain(text: str) -> str:
    return text.replace("~", "\u00a0").replace("--", "–").replace("\\", "")
