"""LaTeX: a `thebibliography`, alone or as a document for XeLaTeX and LuaLaTeX; every special character escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kzcite.formats.compose.lines import NBSP, Line, clean, lines_of, numbering
from kzcite.formats.registry import ComposeOptions
from kzcite.model import Rich, Run

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "^": r"\textasciicircum{}",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "%": r"\%",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    "[": "{[}",
    "]": "{]}",
    NBSP: "~",
}
_WRAP = {
    "italic": r"\textit",
    "bold": r"\textbf",
    "sup": r"\textsuperscript",
    "sub": r"\textsubscript",
    "small-caps": r"\textsc",
}
_LANGUAGES = {"kk": "kazakh", "ru": "russian", "en": "english"}
_TABLE = str.maketrans(_SPECIAL)
# Only what `\url` takes without trouble.
_URL = re.compile(r"https?://[A-Za-z0-9:/?&=._~+,;@!()'*-]*[A-Za-z0-9/=-]")


def compose(lines: Sequence[Rich], options: ComposeOptions) -> bytes:
    """UTF-8 LaTeX. Keys are `ref1`, `ref2` ...; labels that count up become LaTeX's own numbers."""
    rows = list(lines_of(lines, options, bound=True))
    signs = numbering([row.label for row in rows]) if rows else None
    out: list[str] = []
    if signs is not None and signs[2] == 1:
        before, after = escape(signs[0]), escape(signs[1])
        out.append(f"\\makeatletter\\renewcommand\\@biblabel[1]{{{before}#1{after}}}\\makeatother\n")
    if options.title:
        # `\refname` is the heading in articles, `\bibname` in books.
        out.append(f"\\providecommand\\refname{{}}\\renewcommand\\refname{{{escape(clean(options.title))}}}\n")
    out.append(f"\\begin{{thebibliography}}{{{'9' * len(str(max(len(rows), 1)))}}}\n")
    for number, row in enumerate(rows, 1):
        own = "" if signs is not None and signs[2] == 1 else f"[{{{escape(row.label)}}}]"
        out.append(f"\\bibitem{own}{{ref{number}}} {_entry(row)}\n")
    out.append("\\end{thebibliography}\n")
    text = "".join(out)
    if options.fragment:
        return f"% in the preamble: \\usepackage{{url}}\n{text}".encode()
    return _document(text, options).encode()


def escape(text: str) -> str:
    r"""Text that LaTeX prints letter for letter.

    >>> escape("50 % & \\input{x}")
    '50 \\% \\& \\textbackslash{}input\\{x\\}'
    """
    return text.translate(_TABLE)


def _entry(line: Line) -> str:
    return "".join(_run(run) for run in line.runs)


def _run(run: Run) -> str:
    if not run.marks:
        out, at = "", 0
        for found in _URL.finditer(run.text):
            out += escape(run.text[at : found.start()]) + rf"\url{{{found[0]}}}"
            at = found.end()
        return out + escape(run.text[at:])
    text = escape(run.text)
    for mark, command in _WRAP.items():
        if mark in run.marks:
            text = f"{command}{{{text}}}"
    return text


def _document(body: str, options: ComposeOptions) -> str:
    language = _LANGUAGES.get(options.language[:2], "english")
    size = 12 if options.size >= 12 else 11
    font = "".join(char for char in clean(options.font) if char.isalnum() or char in " -")
    return (
        "% XeLaTeX or LuaLaTeX\n"
        f"\\documentclass[{size}pt]{{article}}\n"
        "\\usepackage{fontspec}\n"
        f"\\IfFontExistsTF{{{font}}}{{\\setmainfont{{{font}}}}}{{}}\n"
        f"\\usepackage[provide=*,{language}]{{babel}}\n"
        "\\usepackage{url}\n"
        f"\\begin{{document}}\n{body}\\end{{document}}\n"
    )
