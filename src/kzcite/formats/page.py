"""One self-contained HTML page of a linked document: markers, entries and problems, each a click from the other.

No script and nothing from the network: the page works from a file, in print and with the keyboard alone.
Table: `messages/page.toml`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from kzcite.model import Document, Entry, Finding, Severity, Span, Stage
from kzcite.tables.loader import read_toml

COLOURS = {
    "author": "#cfe8ff",
    "editor": "#cfe8ff",
    "title": "#ffe9b3",
    "container-title": "#d7f5d0",
    "issued": "#ffd6d6",
    "volume": "#e6d9ff",
    "issue": "#e6d9ff",
    "page": "#ffe0f0",
    "number-of-pages": "#ffe0f0",
    "publisher": "#d9f2f2",
    "publisher-place": "#e9f5c8",
    "genre": "#eeeeee",
    "URL": "#dfe4ff",
    "DOI": "#dfe4ff",
}
"""Background of a field in the list; fields without one are underlined."""

_STYLE = """
:root{color-scheme:light}*{box-sizing:border-box}
body{font:17px/1.55 Georgia,"Times New Roman",serif;margin:0;color:#1b1b1b;background:#fff}
header,footer{padding:1rem 2rem;background:#f3f4f6}h1{font-size:1.25rem;margin:0 0 .3rem}
main{max-width:76rem;margin:0 auto;padding:1rem 2rem}
.row{display:grid;grid-template-columns:minmax(0,44rem) minmax(0,1fr);gap:0 2rem}
.row h2{font-size:1.1rem;margin:.8rem 0 .2rem}.row p{margin:.25rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
.notes{font:13px/1.4 system-ui,sans-serif}.notes a,.notes span{display:block;margin:.2rem 0;padding:.15rem .5rem}
.error{border-left:4px solid #b00020}.warning{border-left:4px solid #9a6200}.info{border-left:4px solid #4a5568}
a{color:inherit}a.m{text-decoration:none;border-radius:3px;padding:0 .15em}
a.ok{background:#d3f0d9;color:#0b4a1b}a.bad{background:#ffd9d9;color:#8a0016;font-weight:bold}
.entry{padding-left:.6rem;border-left:3px solid #cbd5e0}.uncited{border-left-color:#9a6200}
.back{font:13px system-ui,sans-serif}u.fault{text-decoration:underline wavy #b00020;text-underline-offset:3px}
:target{outline:3px solid #1a56db;outline-offset:2px}a:focus-visible{outline:3px solid #1a56db}
.key span{padding:0 .4em;margin-right:.5em}
@media(max-width:60rem){.row{grid-template-columns:1fr}}@media print{header a{display:none}}
"""


@dataclass(frozen=True, slots=True)
class _Mark:
    """An inline annotation: opened and closed around every segment of `span`; ids stand in the first one only."""

    span: Span
    tag: str
    attributes: str
    id: str = ""


def link_page(document: Document, findings: Sequence[Finding], messages: Mapping[int, str], language: str) -> bytes:
    """The page in UTF-8; `messages` are the sentences of `findings` by their index, in `language`."""
    document.need(Stage.LINKED)
    words = read_toml("messages/page.toml").get(language) or read_toml("messages/page.toml")["en"]
    source = document.source or "-"
    counts = words["summary"].format(
        markers=len(document.markers), entries=len(document.entries), problems=len(findings)
    )
    body = "\n".join(_rows(document, findings, messages, words))
    problems = "\n".join(_problems(document, findings, messages)) or f"<p>{escape(words['none'])}</p>"
    css = _STYLE + "".join(f".f-{name}{{background:{colour}}}" for name, colour in COLOURS.items())
    return f"""<!doctype html>
<html lang="{escape(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(words["title"].format(source=source))}</title>
<style>{css}</style>
</head>
<body>
<header>
<h1>{escape(words["title"].format(source=source))}</h1>
<div>{escape(counts)} · <a href="#problems">{escape(words["go"])}</a></div>
<div class="key"><a class="m ok">[1]</a> {escape(words["linked"])} ·
<a class="m bad">[99]</a> {escape(words["dangling"])} · {escape(words["fields"])}: {_key(document)}</div>
</header>
<main>
{body}
</main>
<footer id="problems">
<h2>{escape(words["problems"])}</h2>
<div class="notes">{problems}</div>
</footer>
</body>
</html>
""".encode()


def _key(document: Document) -> str:
    used = {one.name for entry in document.entries if entry.item for one in entry.item.fields}
    return " ".join(f'<span class="f-{name}">{name}</span>' for name in COLOURS if name in used)


def _problems(document: Document, findings: Sequence[Finding], messages: Mapping[int, str]) -> Iterable[str]:
    for number, one in enumerate(findings):
        line = f"{document.line_column(one.span.start)[0]}: " if one.span else ""
        text = escape(f"{line}{one.code} {messages[number]}")
        if one.span:
            yield f'<a class="{one.severity.label}" href="#line{_line(document, one.span.start)}">{text}</a>'
        else:
            yield f'<span class="{one.severity.label}">{text}</span>'


def _line(document: Document, offset: int) -> int:
    return document.text.count("\n", 0, offset)


def _rows(
    document: Document, findings: Sequence[Finding], messages: Mapping[int, str], words: Mapping[str, str]
) -> Iterable[str]:
    """A row a line: the line with its marks, and in the margin what is wrong there."""
    text = document.text
    marks = sorted(_marks(document, findings), key=lambda one: one.span)
    notes: dict[int, list[str]] = defaultdict(list)
    starts = [0, *(index + 1 for index, sign in enumerate(text) if sign == "\n")]
    for number, one in enumerate(findings):
        if one.span:
            note = f'<span class="{one.severity.label}">{escape(one.code)} {escape(messages[number])}</span>'
            notes[bisect_right(starts, one.span.start) - 1].append(note)
    entries = {bisect_right(starts, entry.span.start) - 1: entry for entry in document.entries}
    titles = {bisect_right(starts, one.span.start) - 1 for one in document.blocks if one.kind == "section-title"}
    cited = _cited(document)
    first, shown = 0, set[str]()
    for number, start in enumerate(starts):
        end = starts[number + 1] - 1 if number + 1 < len(starts) else len(text)
        while first < len(marks) and marks[first].span.end <= start:
            first += 1
        here = []
        for mark in marks[first:]:
            if mark.span.start >= end:
                break
            if mark.span.end > start:
                here.append(mark)
        line = _inline(text, Span(start, end), here, shown)
        entry = entries.get(number)
        if not line.strip() and not notes.get(number):
            continue
        yield (
            f'<div class="row" id="line{number}">{_paragraph(line, entry, cited, words, number in titles)}'
            f'<div class="notes">{"".join(notes.get(number, []))}</div></div>'
        )


def _paragraph(
    line: str, entry: Entry | None, cited: Mapping[str, list[str]], words: Mapping[str, str], is_title: bool
) -> str:
    if entry is None:
        return f"<h2>{line}</h2>" if is_title else f"<p>{line}</p>"
    places = cited.get(entry.id, [])
    if places:
        links = " ".join(f'<a href="#{place}">{number}</a>' for number, place in enumerate(places, 1))
        back = f"{escape(words['back'])}: {links}"
    else:
        back = escape(words["uncited"])
    state = "" if places else " uncited"
    return f'<p class="entry{state}" id="{escape(entry.id)}">{line} <span class="back">↑ {back}</span></p>'


def _cited(document: Document) -> dict[str, list[str]]:
    """Entry id → ids of the markers that cite it, in order."""
    answers = {one.cite: one.entry for one in document.links}
    places: dict[str, list[str]] = defaultdict(list)
    for marker in document.markers:
        for cite in marker.cites:
            entry = answers.get(cite.id)
            if entry and (not places[entry] or places[entry][-1] != marker.id):
                places[entry].append(marker.id)
    return places


def _marks(document: Document, findings: Sequence[Finding]) -> Iterable[_Mark]:
    answers = {one.cite: one.entry for one in document.links}
    for marker in document.markers:
        targets = [answers.get(cite.id) for cite in marker.cites]
        known = [one for one in targets if one]
        state = "ok" if len(known) == len(targets) else "bad"
        href = f' href="#{escape(known[0])}"' if known else ' tabindex="0"'
        yield _Mark(marker.span, "a", f'class="m {state}"{href}', marker.id)
    for entry in document.entries:
        for one in entry.item.fields if entry.item else ():
            for span in one.origin.spans:
                yield _Mark(
                    span.shift(entry.span.start), "span", f'class="f-{escape(one.name)}" title="{escape(one.name)}"'
                )
    for finding in findings:
        if finding.span and finding.span.length and finding.severity >= Severity.WARNING:
            yield _Mark(finding.span, "u", f'class="fault" title="{escape(finding.code)}"')


def _inline(text: str, line: Span, marks: Sequence[_Mark], shown: set[str]) -> str:
    """The characters of a line, cut wherever a mark begins or ends, each cut wrapped in the marks over it."""
    if not marks:
        return escape(line.cut(text), quote=False)
    begins: dict[int, list[int]] = defaultdict(list)
    ends: dict[int, list[int]] = defaultdict(list)
    for number, mark in enumerate(marks):
        first, last = max(mark.span.start, line.start), min(mark.span.end, line.end)
        if first < last:
            begins[first].append(number)
            ends[last].append(number)
    out = []
    over: set[int] = set()
    for start, end in pairwise(sorted({line.start, line.end, *begins, *ends})):
        over = (over | set(begins.get(start, ()))) - set(ends.get(start, ()))
        piece = escape(text[start:end], quote=False)
        for mark in [marks[number] for number in sorted(over)]:
            id = ""
            if mark.id and mark.id not in shown:
                shown.add(mark.id)
                id = f' id="{escape(mark.id)}"'
            piece = f"<{mark.tag} {mark.attributes}{id}>{piece}</{mark.tag}>"
        out.append(piece)
    return "".join(out)
