"""HTML: a list that screen readers read as one, everything escaped, a small allow-list of inline elements."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kzcite.formats.compose.lines import Line, clean, lines_of, numbering, tag
from kzcite.formats.registry import ComposeOptions
from kzcite.model import Rich, Run

_TAGS = {
    "italic": ("<i>", "</i>"),
    "bold": ("<b>", "</b>"),
    "sup": ("<sup>", "</sup>"),
    "sub": ("<sub>", "</sub>"),
    "small-caps": ('<span style="font-variant:small-caps">', "</span>"),
}
_STYLE = (
    "body{{font-family:{font},serif;font-size:{size}pt;line-height:1.5;max-width:46em;margin:2em auto;padding:0 1em}}"
    ".references{{padding-left:2.5em}}.references li{{margin:.4em 0;overflow-wrap:anywhere}}"
    "ul.references{{list-style:none}}ul.references li{{text-indent:-2.5em}}"
)


def compose(lines: Sequence[Rich], options: ComposeOptions) -> bytes:
    """A UTF-8 page, or the list alone for a fragment; an `<ol>` where labels count up, else a `<ul>` with labels."""
    rows = list(lines_of(lines, options, bound=True))
    body = _list(rows, options)
    if options.fragment:
        return body.encode()
    title = escape(clean(options.title) or "References")
    language = _lang(tag(options.language))
    style = _STYLE.format(font=_css_name(options.font), size=f"{options.size:g}")
    page = (
        f'<!DOCTYPE html>\n<html{language}>\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{style}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{body}</main>\n</body>\n</html>\n"
    )
    return page.encode()


def _list(rows: Sequence[Line], options: ComposeOptions) -> str:
    label = escape(clean(options.title) or "References")
    signs = numbering([row.label for row in rows])
    if signs is not None and signs[:2] == ("", "."):
        start = f' start="{signs[2]}"' if signs[2] != 1 else ""
        items = "".join(
            f'<li id="ref-{number}"{_lang(row.language)}>{_entry(row)}</li>\n'
            for number, row in enumerate(rows, signs[2])
        )
        return f'<ol class="references" aria-label="{label}"{start}>\n{items}</ol>\n'
    items = "".join(
        f'<li id="ref-{number}"{_lang(row.language)}>{_label(row)}{_entry(row)}</li>\n'
        for number, row in enumerate(rows, 1)
    )
    return f'<ul class="references" role="list" aria-label="{label}">\n{items}</ul>\n'


def _label(line: Line) -> str:
    return f"<span>{escape(line.label)}</span> " if line.label else ""


def _lang(language: str) -> str:
    return f' lang="{language}"' if language else ""


def _entry(line: Line) -> str:
    return "".join(_run(run) for run in line.runs)


def _run(run: Run) -> str:
    text = escape(run.text)
    for mark, (opening, closing) in _TAGS.items():
        if mark in run.marks:
            text = opening + text + closing
    return f'<a href="{escape(run.link)}">{text}</a>' if run.link else text


def _css_name(font: str) -> str:
    return "'" + "".join(char for char in clean(font) if char.isalnum() or char in " -") + "'"
