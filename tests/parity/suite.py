"""Read a fixture of the CSL test-suite and run it through the renderer; the suite's own HTML for the result."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kzcite.model import Item
from kzcite.renderer.csl.cites import CiteOf, Cluster
from kzcite.renderer.csl.clusters import Clusters
from kzcite.renderer.csl.finish import FLIPS
from kzcite.renderer.csl.processor import Processor
from kzcite.renderer.csl.style import Style
from kzcite.renderer.csl.tokens import CLOSE, Open, Tokens


@dataclass(frozen=True)
class Fixture:
    name: str
    mode: str
    result: str
    style: str
    items: list[dict[str, Any]]
    citation_items: list[list[dict[str, Any]]] | None
    citations: list[Any] | None


def read(path: Path) -> Fixture:
    text = path.read_text(encoding="utf-8")

    def section(name: str) -> str | None:
        found = re.search(rf">>=+ {name} =+>>\n(.*?)\n?<<=+ {name} =+<<", text, re.DOTALL)
        return found[1] if found else None

    def data(name: str) -> Any:
        found = section(name)
        return json.loads(found) if found and found.strip() else None

    items = data("INPUT") or []
    if items and isinstance(items[0], list):
        items = items[-1]
    return Fixture(
        path.stem,
        (section("MODE") or "").strip(),
        section("RESULT") or "",
        section("CSL") or "",
        items,
        data("CITATION-ITEMS"),
        data("CITATIONS"),
    )


def run(fixture: Fixture) -> str:
    """What our renderer makes of a fixture, in the suite's notation."""
    style = Style(fixture.style.strip().encode(), fixture.name, validate=False)
    items: dict[str, Item] = {}
    for number, one in enumerate(fixture.items):
        one.setdefault("id", f"item-{number}")
        items[str(one["id"])] = Item.from_csl({**one, "id": str(one["id"])})
    order = list(items)
    if fixture.citations:
        order = [one.id for cluster in _clusters(fixture.citations) for one in cluster.cites]
        order = [one for one in dict.fromkeys(order) if one in items]
    processor = Processor(style, [items[one] for one in order], locale=style.default_locale or "en-US")
    processor.sort()
    processor.disambiguate()
    if fixture.mode.startswith("bibliography"):
        return _bibliography(processor)
    if fixture.citations:
        return _citations(processor, fixture)
    clusters = [
        Cluster(tuple(_cite(one) for one in cluster))
        for cluster in fixture.citation_items or [[{"id": one.id} for one in processor.records]]
    ]
    done = Clusters(processor, in_order=False).render(clusters)
    return "\n".join(to_html(tokens) for tokens in done)


def _cite(data: dict[str, Any]) -> CiteOf:
    return CiteOf(
        str(data["id"]),
        str(data.get("locator", "") or "").strip(),
        str(data.get("label", "") or "page").replace(" ", "-"),
        str(data.get("prefix", "") or ""),
        str(data.get("suffix", "") or ""),
        bool(data.get("suppress-author")),
        _POSITIONS.get(data.get("position", -1)),
    )


NO_FORM = "[CSL STYLE ERROR: reference with no printed form.]"
_POSITIONS = {
    0: frozenset(("first",)),
    1: frozenset(("subsequent", "near-note")),
    2: frozenset(("subsequent", "near-note", "ibid")),
    3: frozenset(("subsequent", "near-note", "ibid", "ibid-with-locator")),
}


def _bibliography(processor: Processor) -> str:
    scope = processor.style.bibliography
    align = scope is not None and scope.get("second-field-align")
    out = ['<div class="csl-bib-body">']
    for label, tokens in processor.entries():
        if not tokens:
            # The suite prints citeproc-js's word for an entry without any text, and drops it where there is no number.
            if label:
                out.append(f'  <div class="csl-entry">{to_html(label)}{NO_FORM}</div>')
            continue
        if align and label:
            body = to_html(tokens).rstrip()
            number = to_html(label)
            text = f'\n    <div class="csl-left-margin">{number}</div><div class="csl-right-inline">{body}</div>\n  '
        else:
            text = to_html([*label, *tokens])
            if text.startswith("<div"):
                text = f"\n{text}\n  "
        out.append(f'  <div class="csl-entry">{text}</div>')
    out.append("</div>")
    return "\n".join(out)


def _citations(processor: Processor, fixture: Fixture) -> str:
    done = Clusters(processor).render(_clusters(fixture.citations or []))
    return "\n".join(f"..[{at}] {to_html(tokens)}" for at, tokens in enumerate(done))


def _clusters(citations: list[Any]) -> list[Cluster]:
    """The citations as they stand after the last of the edits that a fixture makes."""
    known: dict[str, Any] = {}
    order: list[str] = []
    notes: dict[str, int] = {}
    for number, (citation, before, after) in enumerate(citations):
        key = citation.get("citationID") or f"CITATION-{number + 1}"
        known[key] = citation
        for other, note in [*before, *after]:
            notes[other] = int(note)
        notes[key] = int(citation.get("properties", {}).get("noteIndex", 0) or 0)
        order = [one[0] for one in before] + [key] + [one[0] for one in after]
    return [Cluster(tuple(_cite(one) for one in known[key]["citationItems"]), notes[key]) for key in order]


_TAGS = {
    ("font-style", "italic"): ("<i>", "</i>"),
    ("font-style", "oblique"): ("<em>", "</em>"),
    ("font-style", "normal"): ('<span style="font-style:normal;">', "</span>"),
    ("font-weight", "bold"): ("<b>", "</b>"),
    ("font-weight", "normal"): ('<span style="font-weight:normal;">', "</span>"),
    ("font-variant", "small-caps"): ('<span style="font-variant:small-caps;">', "</span>"),
    ("font-variant", "normal"): ('<span style="font-variant:normal;">', "</span>"),
    ("text-decoration", "underline"): ('<span style="text-decoration:underline;">', "</span>"),
    ("text-decoration", "none"): ('<span style="text-decoration:none;">', "</span>"),
    ("vertical-align", "sup"): ("<sup>", "</sup>"),
    ("vertical-align", "sub"): ("<sub>", "</sub>"),
    ("vertical-align", "baseline"): ('<span style="baseline">', "</span>"),
    ("display", "block"): ('    <div class="csl-block">', "</div>\n"),
    ("display", "left-margin"): ('    <div class="csl-left-margin">', "</div>"),
    ("display", "right-inline"): ('<div class="csl-right-inline">', "</div>"),
    ("display", "indent"): ('    <div class="csl-indent">', "</div>\n"),
}


def to_html(tokens: Tokens) -> str:
    """Finished tokens in the suite's HTML."""
    out: list[str] = []
    stack: list[str] = []
    state: list[tuple[str, str]] = []
    for token in tokens:
        if isinstance(token, str):
            out.append(_raise(html.escape(token, quote=False)))
        elif token is CLOSE:
            out.append(stack.pop())
            state.pop()
        elif isinstance(token, Open):
            key = (token.name, token.value)
            opening, closing = _TAGS.get(key, ("", ""))
            if token.name == "nodecor" and state:
                now = (state[-1][0], "normal")
                opening, closing = _TAGS[now]
                out.append(opening)
                stack.append(closing)
                state.append(now)
                continue
            current = [value for name, value in state if name == token.name]
            now = key
            if current:
                if key in FLIPS and current[-1] == token.value:
                    now = (token.name, "normal")
                    opening, closing = _TAGS[now]
                elif current[-1] == token.value:
                    opening, closing = "", ""
            elif token.value in ("normal", "none", "baseline"):
                opening, closing = "", ""
            out.append(opening)
            stack.append(closing)
            state.append(now)
    return "".join(out)


def _raise(text: str) -> str:
    """The suite writes Unicode superscript characters as mark-up."""
    out = ""
    for char in text:
        kind, _, codes = unicodedata.decomposition(char).partition(" ") if char > "\x7f" else ("", "", "")
        out += f"<sup>{''.join(chr(int(one, 16)) for one in codes.split())}</sup>" if kind == "<super>" else char
    return out


def normalise(text: str) -> str:
    """Differences of notation that are none of content: spaces between tags, entities, `..[0]` for `>>[0]`."""
    text = re.sub(r"^>>\[", "..[", text, flags=re.MULTILINE)
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", text.strip())
    text = re.sub(r"\s*(</?div[^>]*>)\s*", r"\1", text)
    text = text.replace("&#38;", "&").replace("&amp;", "&").replace("&#60;", "&lt;").replace("&#62;", "&gt;")
    return re.sub(r"  +", " ", text)
