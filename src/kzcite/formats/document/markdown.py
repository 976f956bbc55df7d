"""Markdown: the visible text of a CommonMark or pandoc file, with its places in the source.

Marks of emphasis, headings, quotations, links and escapes do not stand in the text; list numbers, footnote labels and
line ends do. Code and mathematics stand as they are, in blocks of kind "code".
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from kzcite.formats.encoding import decode
from kzcite.formats.source import Weaver, cite_targets, patch_source, splice
from kzcite.model import Block, Document, Edit, Rich, Span

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_QUOTE = re.compile(r" {0,3}> ?")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]")
_BULLET = re.compile(r"[ \t]*[-*+][ \t]+")
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]{1,60})\]:[ \t]*")
_DEFINITION = re.compile(r" {0,3}\[[^\]^]{1,200}\]:[ \t]+\S")
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_AUTOLINK = re.compile(r"<((?:https?|ftp|mailto|doi):[^<>\s]{1,2000})>")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]{0,30})(?:\s[^<>]{0,2000})?/?>")
_TAG_MARKS = {"sup": "sup", "sub": "sub", "i": "italic", "em": "italic", "b": "bold", "strong": "bold"}
_FRONT = re.compile(r"\A---[ \t]*\r?\n(?:.*\r?\n)*?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")


def read(data: bytes, source: str = "") -> Document:
    """The visible text, a block a paragraph line."""
    decoded = decode(data, source)
    weaver, blocks = _Reader(decoded.text).run()
    return Document(
        weaver.text,
        tuple(blocks),
        weaver.pieces,
        source=source,
        format="markdown",
        notices=decoded.notices,
    )


def patch(data: bytes, document: Document, edits: Sequence[Edit]) -> bytes:
    """The file with the edited characters exchanged and all others as they were."""
    decoded = decode(data, document.source)
    return decoded.mark + decoded.encode(patch_source(decoded.text, document.pieces, edits, _encode))


def live(data: bytes, document: Document, *, zotero: bool = False, style: str = "") -> bytes:
    """The file with every cite a link to an anchor before its entry. Zotero fields are a matter of Word files."""
    decoded = decode(data, document.source)
    changes = [(span, "[", f"](#ref-{entry})") for span, entry in cite_targets(document)]
    anchors = [(Span(one.span.start, one.span.start), f'<a id="ref-{one.id}"></a>', "") for one in document.entries]
    return decoded.mark + decoded.encode(splice(decoded.text, document.pieces, [*anchors, *changes]))


def _encode(rich: Rich, old: str) -> str:
    """Rich text as Markdown. Brackets are escaped where the replaced source escaped them."""
    special = re.compile(r"[\\`*_<\[\]]" if "\\[" in old else r"[\\`*_<]")
    out = []
    for run in rich.runs:
        text = special.sub(lambda found: "\\" + found[0], run.text)
        for mark, sign in (("bold", "**"), ("italic", "*"), ("sup", "^"), ("sub", "~")):
            if mark in run.marks and text.strip():
                text = f"{sign}{text}{sign}"
        out.append(text)
    return "".join(out)


class _Reader:
    """One pass over the lines, one over the characters of each."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.weaver = Weaver(source)
        self.blocks: list[Block] = []
        self.fence = ""
        self.math = False
        front = _FRONT.match(source)
        self.start = front.end() if front else 0
        self.links = _link_ends(source)

    def run(self) -> tuple[Weaver, list[Block]]:
        at = self.start
        for line in self.source[self.start :].splitlines(keepends=True):
            self._line(at, at + len(line.rstrip("\r\n")))
            self.weaver.copy(at + len(line.rstrip("\r\n")), at + len(line))
            at += len(line)
        return self.weaver, self.blocks

    def _line(self, start: int, end: int) -> None:
        line, begun = self.source[start:end], self.weaver.length
        kind, level = "paragraph", 0
        fence = _FENCE.match(line)
        if self.fence or fence:
            if self.fence:
                closed = fence and fence[1].startswith(self.fence) and not line[fence.end() :].strip()
                self.fence = "" if closed else self.fence
            elif fence:
                self.fence = fence[1]
            self.weaver.copy(start, end)
            kind = "code"
        elif self.math or line.lstrip().startswith("$$"):
            self.math = (line.count("$$") % 2 == 1) != self.math
            self.weaver.copy(start, end)
            kind = "code"
        elif _DEFINITION.match(line):
            kind = "code"
            self.weaver.copy(start, end)
        elif _UNDERLINE.match(line) and line.strip() and not self.weaver.ends_line():
            pass
        else:
            kind, level = self._visible(start, end)
        if self.weaver.length > begun:
            self.blocks.append(Block(Span(begun, self.weaver.length), kind, level))  # type: ignore[arg-type]

    def _visible(self, start: int, end: int) -> tuple[str, int]:
        at, kind, level = start, "paragraph", 0
        while quote := _QUOTE.match(self.source, at, end):
            at = quote.end()
        heading = _HEADING.match(self.source, at, end)
        if heading:
            kind, level, at = "section-title", len(heading[1]), heading.end()
            closing = _CLOSING.search(self.source, at, end)
            end = closing.start() if closing else end
        elif note := _NOTE.match(self.source, at, end):
            self.weaver.put(f"[^{note[1]}]: ", at, note.end(), editable=False)
            kind, at = "note", note.end()
        elif bullet := _BULLET.match(self.source, at, end):
            self.weaver.copy(at, bullet.end())
            kind, at = "list-item", bullet.end()
        elif _ITEM.match(self.source, at, end):
            kind = "list-item"
        self._inline(at, end)
        return kind, level

    def _inline(self, start: int, end: int) -> None:
        """Characters of one line: escapes, entities, code, mathematics, links, tags, emphasis."""
        source, weaver = self.source, self.weaver
        at = copied = start
        marks: list[str] = []

        def flush(to: int) -> None:
            weaver.copy(copied, to, frozenset(marks))

        while at < end:
            sign = source[at]
            if sign == "\\" and at + 1 < end and source[at + 1] in _ESCAPABLE:
                flush(at)
                weaver.put(source[at + 1], at, at + 2, frozenset(marks))
                at = copied = at + 2
            elif sign == "&" and (entity := _ENTITY.match(source, at, end)):
                flush(at)
                weaver.put(html.unescape(entity[0]), at, entity.end(), frozenset(marks))
                at = copied = entity.end()
            elif sign in "`$":
                close = _closing(source, at, end)
                if close < 0:  # a run that opens nothing stands as it is, as a whole (CommonMark 6.1)
                    at = -close
                    continue
                flush(at)
                begun = weaver.length
                weaver.copy(at, close)
                self.blocks.append(Block(Span(begun, weaver.length), "code"))
                at = copied = close
            elif sign == "<" and (link := _AUTOLINK.match(source, at, end)):
                flush(at)
                weaver.copy(link.start(1), link.end(1), frozenset(marks), link[1])
                at = copied = link.end()
            elif sign == "<" and (tag := _TAG.match(source, at, end)):
                flush(at)
                _turn(marks, _TAG_MARKS.get(tag[1].lower(), ""), not tag[0].startswith("</"))
                at = copied = tag.end()
            elif sign in "[!]" and (at, sign) in self.links:
                flush(at)
                at = copied = at + len(self.links[at, sign])
            elif sign in "*_~^" and (run := _delimiter(source, at, end, marks)):
                flush(at)
                _turn(marks, run[0], run[0] not in marks)
                at = copied = at + run[1]
            else:
                at += 1
        flush(end)


_MOST_MARKS = 100
"""Tags and signs of emphasis that may be open in one another; each run of text is given what is open."""


def _turn(marks: list[str], mark: str, on: bool) -> None:
    if on and mark:
        if len(marks) < _MOST_MARKS:
            marks.append(mark)
    elif mark in marks:
        marks.remove(mark)


def _closing(source: str, at: int, end: int) -> int:
    """The end of a code span or of inline mathematics that opens at `at`, or of the run of signs there, as a negative
    number, where it does not close on the line.
    """
    sign = source[at]
    width = 1
    while at + width < end and source[at + width] == sign:
        width += 1
    if sign == "$" and (width > 1 or at + 1 >= end or source[at + 1].isspace()):
        return -(at + width)
    close = source.find(sign * width, at + width, end)
    if close < 0 or (sign == "$" and source[close - 1].isspace()):
        return -(at + width)
    return close + width


def _delimiter(source: str, at: int, end: int, marks: Sequence[str]) -> tuple[str, int] | None:
    """The mark that a run of `*`, `_`, `^` or `~` turns on or off, and the signs it takes; None for a literal sign."""
    sign = source[at]
    width = 2 if source.startswith(sign * 2, at) and sign in "*_~" else 1
    mark = {"*": ("italic", "bold"), "_": ("italic", "bold"), "~": ("sub", "strike"), "^": ("sup", "")}[sign][width - 1]
    before = source[at - 1] if at else "\n"
    after = source[at + width] if at + width < end else "\n"
    if mark in marks:
        return (mark, width) if not before.isspace() or sign in "^~" else None
    if after.isspace() or (sign == "_" and before.isalnum()):
        return None
    close = source.find(sign * width, at + width, end)
    inside = source[at + width : close]
    if close < 0 or not inside or (sign in "^~" and width == 1 and " " in inside):
        return None
    return mark, width


_LINK_TAIL = re.compile(r"\]\((?:<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?\)")


def _link_ends(source: str) -> dict[tuple[int, str], str]:
    """The mark-up of inline links `[text](address)`: offset and sign → the characters that do not print."""
    ends: dict[tuple[int, str], str] = {}
    opened: list[int] = []
    for found in re.finditer(r"\\.|\[|\]|\n[ \t]*\n", source):
        if found[0] == "[":
            opened.append(found.start())
        elif found[0] == "]" and opened:
            start = opened.pop()
            tail = _LINK_TAIL.match(source, found.start())
            if tail:
                image = start > 0 and source[start - 1] == "!"
                ends[start - image, "!" if image else "["] = "![" if image else "["
                ends[found.start(), "]"] = tail[0]
        elif found[0].startswith("\n"):
            opened.clear()
    return ends
