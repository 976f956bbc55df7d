r"""LaTeX: the text as a reader of the PDF would see it, with its places in the source.

`\cite{key}` prints as `[3]` where the file has a `thebibliography`, and `\bibitem{key}` as `[3] ` before its entry:
both are computed by LaTeX, so they are not editable and stay right by themselves. Comments, the preamble and arguments
that do not print are left out; mathematics and verbatim text are blocks of kind "code".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from kzcite.formats.encoding import decode
from kzcite.formats.source import Place, Weaver, patch_source
from kzcite.model import Block, Document, Edit, ReferenceList, Rich, Span
from kzcite.model.limits import current

_COMMAND = re.compile(r"\\([A-Za-z@]+)\*?[ \t]*")
_BIBITEM = re.compile(r"\\bibitem[ \t]*(?:\[([^\]]{0,200})\])?[ \t\n]*\{([^{}]{1,200})\}[ \t]*\n?[ \t]*")
_CITE = re.compile(
    r"\\(?:[Cc]ite(?:p|t|alp|num)?|parencite|footcite|autocite|textcite|supercite)\*?"
    r"[ \t]*((?:\[[^\[\]]{0,200}\]){0,2})[ \t]*\{([^{}]{1,2000})\}"
)
_ENVIRONMENT = re.compile(r"\\(begin|end)[ \t]*\{([A-Za-z]+\*?)\}")
_ITEM = re.compile(r"\\item[ \t]*(?:\[([^\]]{0,200})\])?[ \t]*")
_PARAGRAPH = re.compile(r"[ \t]*\n(?:[ \t]*\n)+[ \t]*")
_VERB = re.compile(r"\\(?:verb|lstinline)\*?([^A-Za-z\s*])")
_MATHS = frozenset(
    "equation equation* align align* gather gather* multline multline* eqnarray displaymath math".split()
)
_VERBATIM = frozenset("verbatim verbatim* lstlisting minted comment filecontents filecontents*".split())
_SECTIONS = {"part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5, "title": 1}
_MARKS = {"textit": "italic", "emph": "italic", "textsl": "italic", "textbf": "bold", "textsuperscript": "sup"}
_MARKS |= {"textsubscript": "sub", "textsc": "small-caps"}
# Commands whose first argument does not print.
_SILENT = frozenset(
    """label ref pageref eqref bibliographystyle bibliography usepackage documentclass input include includegraphics
    pagestyle thispagestyle vspace hspace setlength setcounter addtocounter newcommand renewcommand providecommand
    hypersetup selectlanguage phantomsection addcontentsline nocite graphicspath geometry color pagenumbering
    bibitem""".split()
)
# Commands whose first argument does not print and whose second does.
_HALF_SILENT = frozenset({"href", "hypertarget", "hyperlink", "hyperref", "foreignlanguage", "textcolor", "colorbox"})
_ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307"}
_ACCENTS |= {"u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323"}
_LETTER = r"\\?[A-Za-zА-яЁё]"
_ACCENT = re.compile(
    rf"\\(?:(['`^\"~=.])[ \t]*(?:\{{({_LETTER})\}}|({_LETTER}))"
    rf"|([uvHckrd])(?:[ \t]+({_LETTER})|\{{({_LETTER})\}}))"
)
_SYMBOLS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å", "AA": "Å",
    "i": "ı", "j": "ȷ", "No": "№", "textnumero": "№", "textendash": "–", "textemdash": "—", "textquotedblleft": "“",
    "textquotedblright": "”", "guillemotleft": "«", "guillemotright": "»", "ldots": "…", "dots": "…",
    "textbackslash": "\\", "textasciitilde": "~", "S": "§", "LaTeX": "LaTeX", "TeX": "TeX", "quad": " ", "qquad": " ",
}  # fmt: skip
_SIGNS = ("---", "--", "<<", ">>", "``", "''", '"=', '"~', ",,")
_PRINTED = {"---": "—", "--": "–", "<<": "«", ">>": "»", "``": "“", "''": "”", '"=': "-", '"~': "-", ",,": "„"}


def read(data: bytes, source: str = "") -> Document:
    """The printed text of the file's body."""
    decoded = decode(data, source)
    reader = _Reader(decoded.text, source)
    reader.run()
    return Document(
        reader.weaver.text,
        tuple(reader.blocks),
        reader.weaver.pieces,
        source=source,
        format="latex",
        notices=decoded.notices,
    )


def patch(data: bytes, document: Document, edits: Sequence[Edit]) -> bytes:
    """The file with the edited characters exchanged and all others as they were."""
    decoded = decode(data, document.source)
    return decoded.mark + decoded.encode(patch_source(decoded.text, document.pieces, edits, _encode))


def live(data: bytes, document: Document, *, zotero: bool = False, style: str = "") -> bytes:
    r"""The file with every typed marker as `\cite` and the typed list as a `thebibliography`.

    Markers and lists that are LaTeX's own already stay as they are. Zotero fields are a matter of Word files.
    """
    decoded = decode(data, document.source)
    source = decoded.text
    answers = {one.cite: one.entry for one in document.links}
    changes: list[tuple[int, int, str]] = []
    for marker in document.markers:
        place = _place(document, marker.span)
        cites = [(answers.get(one.id), one.locator) for one in marker.cites]
        if place and all(entry for entry, _ in cites):
            parts: list[str] = []
            bare: list[str] = []
            ends = [*(one.span.start for one in marker.cites[1:]), marker.span.end]
            for (entry, locator), printed, end in zip(cites, marker.cites, ends, strict=True):
                if locator is None:
                    bare.append(str(entry))
                    continue
                words = (
                    document.text[printed.span.start : end].strip(" ,;])").partition(",")[2].strip() or locator.value
                )
                parts += [f"\\cite{{{','.join(bare)}}}"] if bare else []
                parts.append(f"\\cite[{_encode(Rich.of(words), '').replace(' ', '~')}]{{{entry}}}")
                bare = []
            parts += [f"\\cite{{{','.join(bare)}}}"] if bare else []
            changes.append((*place, ", ".join(parts)))
    for one in document.lists:
        changes += _bibliography(source, document, one)
    for start, end, new in sorted(changes, reverse=True):
        source = source[:start] + new + source[end:]
    return decoded.mark + decoded.encode(source)


def _bibliography(source: str, document: Document, one: ReferenceList) -> list[tuple[int, int, str]]:
    """The source of a typed list as a `thebibliography`; nothing where it is one already."""
    places = [_place(document, entry.span) for entry in one.entries]
    known = [place for place in places if place]
    if not known or len(known) < len(places) or "\\bibitem" in source[known[0][0] - 200 : known[0][0]]:
        return []
    first = one.entries[0]
    label = _place(document, first.label_span) if first.label_span else None
    start, end = (label or known[0])[0], known[-1][1]
    opened = re.search(r"\\begin\{enumerate\}(?:(?!\\item).)*(?:\\item\s*)?$", source[:start][-300:], re.DOTALL)
    closed = re.match(r"\s*\\end\{enumerate\}", source[end:])
    if opened and closed:
        start -= len(source[:start][-300:]) - opened.start()
        end += closed.end()
    items = "\n".join(
        f"\\bibitem{{{entry.id}}} {source[place[0] : place[1]].strip()}"
        for entry, place in zip(one.entries, known, strict=True)
    )
    return [(start, end, f"\\begin{{thebibliography}}{{{len(known)}}}\n{items}\n\\end{{thebibliography}}")]


def _place(document: Document, span: Span) -> tuple[int, int] | None:
    """The stretch of source that a text span stands for; None where any of it is computed."""
    touched = [piece for piece in document.pieces if piece.span.overlaps(span)]
    if not touched or not all(piece.editable for piece in touched):
        return None
    first, last = touched[0], touched[-1]
    start, end = first.handle, last.handle
    assert isinstance(start, Place)
    left = start.start + span.start - first.span.start if start.verbatim else start.start
    right = end.end - (last.span.end - span.end) if end.verbatim else end.end
    return left, right


_SPECIAL = re.compile(r"[\\&%$#_{}~^]")
_ESCAPED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def _encode(rich: Rich, old: str) -> str:
    """Rich text as LaTeX; dashes as the replaced source wrote them."""
    out = []
    for run in rich.runs:
        text = _SPECIAL.sub(lambda found: _ESCAPED.get(found[0], "\\" + found[0]), run.text)
        if "--" in old:
            text = text.replace("—", "---").replace("–", "--")
        for mark, command in (
            ("bold", "textbf"),
            ("italic", "textit"),
            ("sup", "textsuperscript"),
            ("sub", "textsubscript"),
        ):
            if mark in run.marks and text.strip():
                text = f"\\{command}{{{text}}}"
        out.append(text)
    return "".join(out)


@dataclass(slots=True)
class _Reader:
    """One pass over the source; `marks` holds a mark (or "") for every open brace."""

    source: str
    where: str
    weaver: Weaver = field(init=False)
    blocks: list[Block] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
    items: list[int] = field(default_factory=list)
    begun: int = 0
    kind: tuple[str, int] = ("paragraph", 0)

    def __post_init__(self) -> None:
        self.weaver = Weaver(self.source)
        for number, found in enumerate(_BIBITEM.finditer(self.source), 1):
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
        for token in _SIGNS:
            if sign == token[0] and source.startswith(token, at):
                self.weaver.put(_PRINTED[token], at, at + len(token), self._now())
                return at + len(token)
        stop = at + 1
        while stop < end and source[stop] not in "\\%${}~\n \t-<>`'\",":
            stop += 1
        self.weaver.copy(at, stop, self._now())
        return stop

    def _now(self) -> frozenset[str]:
        return frozenset(one for one in self.marks if one and not one.startswith("h"))

    def _space(self, at: int) -> int:
        paragraph = _PARAGRAPH.match(self.source, at)
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
        close = self.source.find(sign, at + len(sign), end)
        blank = self.source.find("\n\n", at, end)
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
        command = _COMMAND.match(source, at, end)
        if command:
            return self._named(command, end)
        following = source[at + 1 : at + 2]
        if following == "\\":
            self._break(at, at + 2)
            return at + 2
        if following in "([":
            close = source.find("\\)" if following == "(" else "\\]", at + 2, end)
            return self._code(at, close + 2) if close > 0 else at + 2
        if following in "&%$#_{}":
            self.weaver.put(following, at, at + 2, self._now())
        elif following in ", ;:/!-":
            self.weaver.put({",": "\u202f", " ": " "}.get(following, ""), at, at + 2, self._now())
        return at + 2

    def _named(self, command: re.Match[str], end: int) -> int:
        name, after = command[1], command.end()
        if name in _SYMBOLS:
            stop = after + 2 if self.source.startswith("{}", after) else after
            self.weaver.put(_SYMBOLS[name], command.start(), stop, self._now())
            return stop
        if name in _SILENT:
            return self._skip_arguments(after, end)
        if name == "def":
            return self._skip_arguments(max(after, self.source.find("{", after, min(end, after + 200))), end, most=1)
        if name in _HALF_SILENT:
            after = self._skip_arguments(after, end, most=1)
        if name in _SECTIONS:
            self._break(command.start(), command.end())
            self.kind = ("section-title", _SECTIONS[name])
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
            self.marks.append("h" if name in _SECTIONS else _MARKS.get(name, ""))
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
        if found[1] == "begin" and (name in _MATHS or name in _VERBATIM):
            close = self.source.find(f"\\end{{{name}}}", after, end)
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
        close = self.source.find(found[1], found.end(), end)
        return self._code(found.start(), close + 1) if close > 0 else found.end()

    def _accent(self, found: re.Match[str], end: int) -> int:
        mark = _ACCENTS[found[1] or found[4]]
        letter = (found[2] or found[3] or found[5] or found[6]).replace("\\", "")
        self.weaver.put(unicodedata.normalize("NFC", letter + mark), found.start(), found.end(), self._now())
        return found.end()


_HEADING = "References"
"""Printed over a `thebibliography`, whose own heading is made by LaTeX."""

_ACTIONS = (
    (_CITE, _Reader._cite),
    (_BIBITEM, _Reader._bibitem),
    (_ITEM, _Reader._item),
    (_ENVIRONMENT, _Reader._environment),
    (_VERB, _Reader._verb),
    (_ACCENT, _Reader._accent),
)


def _plain(text: str) -> str:
    return text.replace("~", "\u00a0").replace("--", "–").replace("\\", "")
