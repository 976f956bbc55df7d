"""Markdown that CommonMark and pandoc read alike: every sign of the data that could be mark-up is escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kzcite.formats.compose.lines import Line, clean, lines_of, numbering
from kzcite.formats.registry import ComposeOptions
from kzcite.model import Rich, Run

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~^$@&!+=])")
_URL = re.compile(r"https?://[^\s<>\\`]+[^\s<>\\`.,;:)\]]")
_WRAP = {"italic": ("*", "*"), "bold": ("**", "**"), "sup": ("^", "^"), "sub": ("~", "~")}


def compose(lines: Sequence[Rich], options: ComposeOptions) -> bytes:
    """UTF-8 Markdown: a numbered list where the labels count up as `1.`, else paragraphs."""
    rows = list(lines_of(lines, options))
    signs = numbering([row.label for row in rows])
    is_list = signs is not None and signs[:2] == ("", ".")
    out = [f"# {escape(clean(options.title))}\n\n"] if options.title and not options.fragment else []
    for row in rows:
        if is_list:
            # An entry that begins like a list item or a heading would open one inside the list.
            out.append(f"{row.label} {_guarded(_entry(row))}\n")
        elif row.label:
            out.append(f"{escape(row.label)} {_entry(row)}\n\n")
        else:
            out.append(_guarded(_entry(row)) + "\n\n")
    return "".join(out).encode()


def escape(text: str) -> str:
    """Text as Markdown that shows it letter for letter; addresses become links.

    >>> escape("[1] *x* https://a.kz/b_c.")
    '\\\\[1\\\\] \\\\*x\\\\* <https://a.kz/b_c>.'
    """
    out, at = "", 0
    for found in _URL.finditer(text):
        out += _escaped(text[at : found.start()]) + f"<{found[0]}>"
        at = found.end()
    return out + _escaped(text[at:])


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _guarded(text: str) -> str:
    """The start of a block, kept from reading as a list item, rule or definition."""
    return re.sub(r"^(\d+|\w)([.)])(?=\s)|^([-+:%])", lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", text)


def _entry(line: Line) -> str:
    return "".join(_run(run) for run in line.runs)


def _run(run: Run) -> str:
    core = run.text.strip()
    if not core:
        return run.text
    before, after = run.text[: run.text.index(core)], run.text[run.text.index(core) + len(core) :]
    text = f"[{_escaped(core)}](<{run.link}>)" if run.link else escape(core)
    for mark, (opening, closing) in _WRAP.items():
        if mark in run.marks:
            text = f"{opening}{text.replace(' ', chr(92) + ' ') if mark in ('sup', 'sub') else text}{closing}"
    return before + text + after
