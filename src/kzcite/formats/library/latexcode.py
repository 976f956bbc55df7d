"""Text in LaTeX fields: commands → letters and CSL's rich text, and back with only what LaTeX needs escaped.

Cyrillic stays as it is (UTF-8 is what biber and every current tool read); `\\CYRKDSC` and its like are read. Table:
data/mappings/latex.toml.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from kzcite.tables import latex

# --- reading -------------------------------------------------------------------------------------------------------

_SPECIAL = re.compile(r"[\\{}~$]|--|``|''")
_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]+)\*?[ \t\n]*|\\(?P<sign>.)|(?P<open>\{)|(?P<close>\})|(?P<math>\$+)"
    r"|(?P<mark>---|--|``|''|~|\^|_)|(?P<text>[^\\{}$~^_`'-]+|.)",
    re.DOTALL,
)
_MARKUP = {
    "textit": "i", "emph": "i", "mkbibemph": "i", "itshape": "i", "it": "i", "em": "i", "textbf": "b", "bf": "b",
    "bfseries": "b", "textsuperscript": "sup", "mkbibsuperscript": "sup", "textsubscript": "sub", "textsc": "sc",
}  # fmt: skip
_TAGS = {"sc": ('<span style="font-variant:small-caps;">', "</span>"), "nocase": ('<span class="nocase">', "</span>")}
_MARKS = {"---": "—", "--": "–", "``": "“", "''": "”", "~": "\u00a0"}


def decode(text: str, *, protect: bool = False) -> str:
    """LaTeX text as CSL-JSON text. With `protect` (titles), braces around a word without capitals become `nocase`.

    >>> decode(r"M{\\"u}ller \\& S\\o{}n \\CYRKDSC\\cyra{}"), decode(r"On \\emph{Stipa}")
    ('Müller & Søn Қа', 'On <i>Stipa</i>')
    >>> decode("{DNA} of {ph}", protect=True)
    'DNA of <span class="nocase">ph</span>'
    """
    if not _SPECIAL.search(text):
        return text
    return _Decoder(text, protect).run()


_DEEPEST = 64
"""Groups deeper than this are only read through: no text has them, and each one that changes its text copies it."""


class _Decoder:
    """One pass over the tokens with a stack of open groups; depth costs memory, never recursion."""

    def __init__(self, text: str, protect: bool) -> None:
        self._text = text
        self._protect = protect
        self._out: list[str] = []
        # Each group: where its output begins, and what closes it.
        self._stack: list[tuple[int, Callable[[str], str] | None]] = []
        self._pending: Callable[[str], str] | None = None
        self._math = False

    def run(self) -> str:
        letters, accents = latex.letters(), latex.accents()
        for found in _TOKEN.finditer(self._text):
            kind = found.lastgroup
            if kind == "open":
                change = self._take() or self._group()
                self._stack.append((len(self._out), change if len(self._stack) < _DEEPEST else None))
            elif kind == "close":
                self._close()
            elif kind == "word":
                self._word(found["word"], letters, accents)
            elif kind == "sign":
                self._sign(found["sign"], accents)
            elif kind == "math":
                self._math = not self._math
            elif kind == "mark":
                self._mark(found["mark"])
            else:
                self._letters(found["text"])
        while self._stack:
            self._close()
        return unicodedata.normalize("NFC", "".join(self._out))

    def _take(self) -> Callable[[str], str] | None:
        pending, self._pending = self._pending, None
        return pending

    def _group(self) -> Callable[[str], str] | None:
        # Only braces that are not inside others protect case; those after a point keep a small letter small.
        if not self._protect or self._stack:
            return None
        return None if _after_stop("".join(self._out[-2:]), not self._out) else _protected

    def _close(self) -> None:
        if not self._stack:
            return
        self._pending = None
        start, change = self._stack.pop()
        if change is not None:
            inner = "".join(self._out[start:])
            del self._out[start:]
            self._out.append(change(inner))

    def _put(self, text: str) -> None:
        self._out.append(text)

    def _letters(self, text: str) -> None:
        change = self._take()
        if change is None:
            self._put(text)
            return
        text = text.lstrip()
        if text:
            self._put(change(text[0]) + text[1:])
        else:
            self._pending = change

    def _mark(self, mark: str) -> None:
        if mark in "^_":
            if self._math:
                self._pending = _tagger("sup" if mark == "^" else "sub")
            else:
                self._letters(mark)
        else:
            self._letters(mark if self._math and mark != "~" else _MARKS[mark])

    def _word(self, word: str, letters: dict[str, str], accents: dict[str, str]) -> None:
        if word in accents:
            self._pending = _accenter(accents[word])
        elif word in letters:
            change = self._take()
            self._put(change(letters[word]) if change else letters[word])
        elif word in _MARKUP:
            if word in ("it", "em", "bf", "itshape", "bfseries"):  # declarations: to the end of the group
                if self._stack:
                    start, change = self._stack.pop()
                    self._stack.append((start, _tagger(_MARKUP[word])))
            else:
                self._pending = _tagger(_MARKUP[word])
        elif word in ("enquote", "mkbibquote"):
            self._pending = _quoted
        # Any other command is dropped and its argument kept: \url{...}, \mbox{...}, \href{...}.

    def _sign(self, sign: str, accents: dict[str, str]) -> None:
        if sign in accents:
            self._pending = _accenter(accents[sign])
        elif sign in "&%$#_{}":
            self._letters(sign)
        elif sign == "\\":
            self._letters(" ")
        elif sign in ", ;:!/-\n":
            self._letters({",": "\u2009", " ": " ", "\n": " "}.get(sign, ""))
        else:
            self._letters(sign)


_SPACING = {"\u0300": "`", "\u0301": "´", "\u0302": "^", "\u0303": "~", "\u0308": "¨"}


def _accenter(mark: str) -> Callable[[str], str]:
    def accent(text: str) -> str:
        base = {"ı": "i", "ȷ": "j"}.get(text[:1], text[:1]) if mark not in "\u0323\u0328" else text[:1]
        return unicodedata.normalize("NFC", base + mark) + text[1:] if base else _SPACING.get(mark, "")

    return accent


def _tagger(tag: str) -> Callable[[str], str]:
    opens, closes = _TAGS.get(tag, (f"<{tag}>", f"</{tag}>"))
    return lambda text: f"{opens}{text}{closes}" if text else ""


def _quoted(text: str) -> str:
    return f"«{text}»" if re.search(r"[а-яёәғқңөұүһі]", text, re.IGNORECASE) else f"“{text}”"


def _protected(text: str) -> str:
    if not text or len(text) == 1 or text != text.lower() or not any(map(str.isalpha, text)):
        return text
    return _tagger("nocase")(text)


# --- writing -------------------------------------------------------------------------------------------------------

_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "\u00a0": "~",
    "\u2009": r"\,", "`": r"\`{}",
}  # fmt: skip
_ESCAPE = re.compile(r"[\\{}~^&%$#_`\u00a0\u2009]|--+|''")
_TAG = re.compile(r"</?(?:i|b|sup|sub)>|<span style=\"font-variant:\s*small-caps;?\">|<span class=\"nocase\">|</span>")
_OPENERS = {"<i>": r"\textit{", "<b>": r"\textbf{", "<sup>": r"\textsuperscript{", "<sub>": r"\textsubscript{"}
_WORD = re.compile(r"[^\W_]+(?:['’ʼ‑-][^\W_]+)*")


def encode(text: str, *, protect: bool = False) -> str:
    """CSL-JSON text as LaTeX; with `protect` (titles), words with capitals are braced, the first letter's apart.

    >>> encode("A & B: 5 %"), encode("On <i>Stipa</i>"), encode("Абай және Қазақстан", protect=True)
    ('A \\\\& B: 5 \\\\%', 'On \\\\textit{Stipa}', 'Абай және {Қазақстан}')
    """
    if "<" not in text:
        return _plain(text, protect, True)
    out: list[str] = []
    open_tags: list[str] = []
    at, first, small = 0, True, False
    for found in _TAG.finditer(text):
        piece = text[at : found.start()]
        out.append(_plain(piece, protect and not small and not open_tags, first))
        first = first and not piece.strip()
        tag, at = found[0], found.end()
        if tag.startswith("</"):
            if open_tags:
                out.append(open_tags.pop())
                small = small and tag != "</span>"
        else:
            opener = _OPENERS.get(tag, "{" if "nocase" in tag else r"\textsc{")
            inner = text[at : text.find("</", at)]
            guarded = protect and opener != "{" and inner != inner.lower()  # braces inside a command guard nothing
            out.append(f"{{{opener}" if guarded else opener)
            open_tags.append("}}" if guarded else "}")
            small = small or "nocase" in tag
            first = False
    out.append(_plain(text[at:], protect and not small, first))
    return "".join(out) + "".join(reversed(open_tags))


def _after_stop(before: str, first: bool) -> bool:
    """Whether a word after `before` begins a sentence or what a reader may take for one."""
    tail = before.rstrip()
    if not tail:
        return first
    return tail[-1] in '.:?!([«"„“' or tail.rstrip('"»”)]')[-1:] in tuple(".:?!")


def _plain(text: str, protect: bool, first: bool) -> str:
    if protect:
        return _guard(text, first)
    return _ESCAPE.sub(_escape, text) if _ESCAPE.search(text) else text


def _guard(text: str, first: bool) -> str:
    """Escape, and brace each word that has capitals (all but an initial capital of the first word).

    A small word at the beginning, or after a colon or point, is braced too: some readers give it a capital.
    """
    out: list[str] = []
    at = 0
    for found in _WORD.finditer(text):
        word, between = found[0], text[at : found.start()]
        out.append(_ESCAPE.sub(_escape, between))
        tail = word[1:] if first else word
        braced = tail != tail.lower() or (word[0].islower() and _after_stop(text[: found.start()][-8:], first))
        out.append(f"{{{word}}}" if braced else word)
        first, at = False, found.end()
    out.append(_ESCAPE.sub(_escape, text[at:]))
    return "".join(out)


def _escape(found: re.Match[str]) -> str:
    text = found[0]
    if text in _ESCAPES:
        return _ESCAPES[text]
    return "{}".join(text)  # `--` that is not to be a dash, quotes that are not to be quotes
