"""Rich text → LaTeX source."""

from __future__ import annotations

import re

from kzcite.model import Rich

_SPECIAL = re.compile(r"[\\&%$#_{}~^]")
_ESCAPED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def encode(rich: Rich, old: str) -> str:
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
