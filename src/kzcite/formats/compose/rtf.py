"""RTF: ASCII alone, every other character as `\\u`; paragraphs with a hanging indent and their label before a tab."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from kzcite.formats.compose.lines import Line, clean, lines_of
from kzcite.formats.registry import ComposeOptions
from kzcite.model import Rich, Run

_WRAP = {"italic": "\\i", "bold": "\\b", "sup": "\\super", "sub": "\\sub", "small-caps": "\\scaps"}
_LANGUAGES = {"kk": 1087, "ru": 1049, "en": 1033}  # Windows language identifiers


def compose(lines: Sequence[Rich], options: ComposeOptions) -> bytes:
    """RTF 1.9 as ASCII bytes, font and size of the options, the language set."""
    rows = list(lines_of(lines, options, bound=True))
    half_points = round(options.size * 2)
    font = "".join(char for char in clean(options.font) if char.isascii() and (char.isalnum() or char in " -"))
    language = _language(options.language)
    out = [
        "{\\rtf1\\ansi\\ansicpg1252\\uc1\\deff0"
        f"\\deflang{language}{{\\fonttbl{{\\f0\\froman\\fcharset0 {font};}}}}\n"
        f"\\viewkind4\\paperw11906\\paperh16838\\margl1701\\margr850\\margt1134\\margb1134\\f0\\fs{half_points}"
        f"\\lang{language}\n"
    ]
    if options.title and not options.fragment:
        out.append(f"{{\\pard\\qc\\keepn\\sa240\\b {escape(clean(options.title))}\\par}}\n")
    out += [_paragraph(row) for row in rows]
    return ("".join(out) + "}\n").encode("ascii")


def escape(text: str) -> str:
    r"""Text that RTF shows letter for letter.

    >>> escape("{\\b Қ}")
    "\\{\\\\b \\u1178\\'3f\\}"
    """
    out: list[str] = []
    for char in text:
        if char in "\\{}":
            out.append("\\" + char)
        elif char == "\u00a0":
            out.append("\\~")
        elif " " <= char <= "~":
            out.append(char)
        else:
            data = char.encode("utf-16-le", "replace")
            out += [f"\\u{unit}\\'3f" for unit in struct.unpack(f"<{len(data) // 2}h", data)]
    return "".join(out)


def _language(tag: str) -> int:
    # A romanised entry is no word of any spelling checker.
    return 1024 if "-Latn" in tag else _LANGUAGES.get(tag[:2], 1033)


def _paragraph(line: Line) -> str:
    label = f"{escape(line.label)}\\tab " if line.label else ""
    body = "".join(_run(run) for run in line.runs)
    if line.language:
        body = f"\\lang{_language(line.language)} {body}"
    return f"{{\\pard\\qj\\fi-567\\li567\\tx567\\sa60 {label}{body}\\par}}\n"


def _run(run: Run) -> str:
    words = "".join(word for mark, word in _WRAP.items() if mark in run.marks)
    return f"{{{words} {escape(run.text)}}}" if words else escape(run.text)
