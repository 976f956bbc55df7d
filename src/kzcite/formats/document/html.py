"""HTML: the visible text of a page, with its places in the source.

Blocks are the block-level elements; a line end stands for the tags between two of them, so that taking an entry out
or putting one in keeps the list well-formed. Numbers of ordered lists are printed, as a browser prints them, and
cannot be edited. Scripts, styles and hidden elements do not stand in the text; `pre`, `code` and `math` are blocks of
kind "code".
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kzcite.formats.encoding import Decoded, decode
from kzcite.formats.source import BETWEEN, Weaver, cite_targets, patch_source, silences, splice
from kzcite.model import Block, Document, Edit, Rich, Span
from kzcite.model.limits import current
from kzcite.model.values import whole_number

_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html li main nav ol p pre section summary table tbody td tfoot
    th thead title tr ul""".split()
)
_RAW = frozenset({"script", "style", "template", "noscript", "head", "svg", "object", "iframe", "select", "textarea"})
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_NOTES = frozenset({"footnotes", "footnote", "endnotes", "doc-endnotes", "doc-footnote"})
_CODE = frozenset({"pre", "code", "math", "kbd", "samp"})
_MARKS = {"sup": "sup", "sub": "sub", "i": "italic", "em": "italic", "cite": "italic", "b": "bold", "strong": "bold"}
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9:-]{0,40})")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([A-Za-z_:][\w:.-]{0,60})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_SPACE = re.compile(r"[ \t\r\n\f]+")


def read(data: bytes, source: str = "") -> Document:
    """The visible text, a block an element."""
    decoded = _decode(data, source)
    reader = _Reader(decoded.text, source)
    reader.run()
    return Document(
        reader.weaver.text,
        tuple(reader.blocks),
        reader.weaver.pieces,
        source=source,
        format="html",
        notices=(*decoded.notices, *silences(decoded.text, reader.weaver.pieces)),
    )


def patch(data: bytes, document: Document, edits: Sequence[Edit]) -> bytes:
    """The page with the edited characters exchanged and all others as they were."""
    decoded = _decode(data, document.source)
    return decoded.mark + decoded.encode(patch_source(decoded.text, document.pieces, edits, _encode))


def live(data: bytes, document: Document, *, zotero: bool = False, style: str = "") -> bytes:
    """The page with every cite a link to its entry. Zotero fields are a matter of Word files."""
    decoded = _decode(data, document.source)
    linked = {place for piece in document.pieces if piece.link for place in range(piece.span.start, piece.span.end)}
    changes = [
        (span, f'<a href="#ref-{html.escape(entry)}">', "</a>")
        for span, entry in cite_targets(document)
        if span.start not in linked
    ]
    anchors = [
        (Span(one.span.start, one.span.start), f'<a id="ref-{html.escape(one.id)}"></a>', "")
        for one in document.entries
    ]
    return decoded.mark + decoded.encode(splice(decoded.text, document.pieces, [*anchors, *changes]))


def _decode(data: bytes, source: str) -> Decoded:
    """The page's text; a declared charset is tried before guessing."""
    decoded = decode(data, source)
    declared = _CHARSET.search(data[:4096])
    if decoded.encoding != "utf-8" and declared:
        name = declared[1].decode("ascii").lower()
        try:
            return Decoded(data[len(decoded.mark) :].decode(name), name, decoded.mark, None, decoded.notices)
        except (LookupError, UnicodeDecodeError):
            return decoded
    return decoded


def _encode(rich: Rich, old: str) -> str:
    """Rich text as HTML; a new line end repeats the tags that the replaced one stood for."""
    between = _between(old)
    out = []
    for run in rich.runs:
        text = html.escape(run.text, quote=False).replace("\n", between)
        for mark, tag in (("bold", "b"), ("italic", "i"), ("sup", "sup"), ("sub", "sub")):
            if mark in run.marks and text.strip():
                text = f"<{tag}>{text}</{tag}>"
        out.append(text)
    return "".join(out)


def _between(old: str) -> str:
    """The tags that part two lines: those of the replaced break, else of a neighbouring one, where they pair up."""
    for one in old.split(BETWEEN):
        closed, opened = re.findall(r"</(\w+)", one), re.findall(r"<(\w+)", one)
        if closed and opened == closed[::-1]:
            return one
    return "\n"


@dataclass(slots=True)
class _Element:
    name: str
    hidden: bool
    mark: str = ""
    link: str = ""
    number: int = 0
    preformatted: bool = False
    notes: bool = False


@dataclass(slots=True)
class _Reader:
    """One pass over the tags."""

    source: str
    where: str
    blocks: list[Block] = field(default_factory=list)
    weaver: Weaver = field(init=False)
    open: list[_Element] = field(default_factory=list)
    begun: int = 0
    pending: int = -1
    label: str = ""

    def __post_init__(self) -> None:
        self.weaver = Weaver(self.source)

    def run(self) -> None:
        at = 0
        for start, end, name, closing in _tags(self.source):
            self._text(at, start)
            if name:
                self._tag(name.lower(), start, end, closing)
            at = end
        self._text(at, len(self.source))
        self._close_block()

    # --- tags

    def _tag(self, name: str, start: int, end: int, closing: bool) -> None:
        if name in _BLOCKS or name == "br":
            self._close_block()
            if self.pending < 0:
                self.pending = start
        if closing:
            self._end(name)
        elif name not in _VOID and not self.source.startswith("/>", end - 2):
            self._begin(name, start, end)

    def _begin(self, name: str, start: int, end: int) -> None:
        current().check("xml_depth", len(self.open), self.where)
        attributes = {
            key.lower(): html.unescape(a or b or c) for key, a, b, c in _ATTRIBUTE.findall(self.source, start, end)
        }
        hidden = (
            (self.open[-1].hidden if self.open else False)
            or name in _RAW
            or "display:none" in attributes.get("style", "").replace(" ", "")
        )
        element = _Element(name, hidden, _MARKS.get(name, ""), attributes.get("href", "") if name == "a" else "")
        element.preformatted = name == "pre" or (bool(self.open) and self.open[-1].preformatted)
        words = {*attributes.get("class", "").split(), attributes.get("role", "")}
        element.notes = bool(words & _NOTES)
        if name == "ol":
            number = whole_number(attributes.get("start", "1"), 7)
            element.number = 1 if number is None else number
        if name == "li" and not hidden:
            self.label = self._item_label(attributes.get("value", ""))
        self.open.append(element)

    def _item_label(self, value: str) -> str:
        for element in reversed(self.open):
            if element.name == "ul":
                return ""
            if element.name == "ol":
                given = whole_number(value, 7)
                element.number = element.number if given is None else given
                element.number += 1
                return f"{element.number - 1}. "
        return ""

    def _end(self, name: str) -> None:
        for depth in range(len(self.open) - 1, max(-1, len(self.open) - 64), -1):
            if self.open[depth].name == name:
                del self.open[depth:]
                return

    # --- text

    def _text(self, start: int, end: int) -> None:
        if start >= end or (self.open and self.open[-1].hidden):
            return
        marks = frozenset(one.mark for one in self.open if one.mark)
        link = next((one.link for one in reversed(self.open) if one.link), "")
        if self.open and self.open[-1].preformatted:
            self._open_block(start)
            self.weaver.copy(start, end, marks, link)
            return
        at = start
        for found in _SPACE.finditer(self.source, start, end):
            self._words(at, found.start(), marks, link)
            if not self.weaver.ends_line() and self.pending < 0 and not self.weaver.ends_with(" "):
                if found[0] == " ":
                    self.weaver.copy(found.start(), found.end(), marks, link)
                else:
                    self.weaver.put(" ", found.start(), found.end(), marks, link=link)
            at = found.end()
        self._words(at, end, marks, link)

    def _words(self, start: int, end: int, marks: frozenset[str], link: str) -> None:
        if start >= end:
            return
        self._open_block(start)
        begun, at = self.weaver.length, start
        for found in _ENTITY.finditer(self.source, start, end):
            self.weaver.copy(at, found.start(), marks, link)
            self.weaver.put(html.unescape(found[0]), found.start(), found.end(), marks, link=link)
            at = found.end()
        self.weaver.copy(at, end, marks, link)
        if any(one.name in _CODE for one in self.open):
            self.blocks.append(Block(Span(begun, self.weaver.length), "code"))

    # --- blocks

    def _open_block(self, at: int) -> None:
        if self.pending >= 0:
            if self.weaver.length:
                self.weaver.put("\n", self.pending, at)
            self.pending = -1
            self.begun = self.weaver.length
            if self.label:
                self.weaver.put(self.label, at, at, editable=False)
                self.label = ""

    def _close_block(self) -> None:
        if self.weaver.length > self.begun and self.pending < 0:
            kind, level = self._kind()
            self.blocks.append(Block(Span(self.begun, self.weaver.length), kind, level))  # type: ignore[arg-type]
            self.begun = self.weaver.length

    def _kind(self) -> tuple[str, int]:
        if any(element.notes for element in self.open):
            return "note", 0
        for element in reversed(self.open):
            if element.name in _CODE:
                return "code", 0
            if re.fullmatch("h[1-6]", element.name):
                return "section-title", int(element.name[1])
            if element.name == "li":
                return "list-item", 0
            if element.name in ("td", "th"):
                return "cell", 0
        return "paragraph", 0


def _tags(source: str) -> Iterator[tuple[int, int, str, bool]]:
    """Start, end, name (empty for comments and declarations) and whether it closes, of each tag; linear time."""
    at, size = 0, len(source)
    raw = ""
    while True:
        at = source.find("<", at)
        if at < 0:
            return
        if raw:
            close = _find_close(source, raw, at)
            if close < 0:
                return
            at, raw = close, ""
        if source.startswith("<!--", at):
            end = source.find("-->", at + 4)
            end = size if end < 0 else end + 3
            yield at, end, "", False
        elif source.startswith(("<!", "<?"), at):
            end = source.find(">", at)
            end = size if end < 0 else end + 1
            yield at, end, "", False
        else:
            tag = _TAG.match(source, at)
            if not tag:
                at += 1
                continue
            end = _tag_end(source, tag.end())
            closing = source[at + 1] == "/"
            yield at, end, tag[1], closing
            if not closing and tag[1].lower() in ("script", "style", "textarea"):
                raw = tag[1].lower()
        at = end


def _find_close(source: str, name: str, at: int) -> int:
    found = re.compile(f"</{name}", re.IGNORECASE).search(source, at)
    return found.start() if found else -1


def _tag_end(source: str, at: int) -> int:
    """The offset after the `>` that ends a tag, quotes respected."""
    quote = ""
    for index in range(at, min(len(source), at + 20_000)):
        sign = source[index]
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign == ">":
            return index + 1
    plain = source.find(">", at)
    return len(source) if plain < 0 else plain + 1
