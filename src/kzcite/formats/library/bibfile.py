"""BibTeX files, for both dialects: blocks → raw fields → pairs of the mapping, and back.

bibtexparser 2 splits the file into blocks; what follows is ours, for reasons that are tested: its middlewares leave
`#` unexpanded, cut URLs at `%`, strip protective braces and drop an entry with a repeated field.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kzcite.formats import keys
from kzcite.formats.encoding import decode as decode_bytes
from kzcite.formats.library.bibnames import format_names, join_and, parse_names, split_and
from kzcite.formats.library.faults import Faults
from kzcite.formats.library.latexcode import decode, encode
from kzcite.formats.mapped import Mapped, Pair, losses_between, one_line
from kzcite.formats.registry import Writing
from kzcite.model import Item, Library, Loss
from kzcite.model.limits import current

NAME_FIELDS = frozenset(
    """author editor editora editorb editorc translator bookauthor origauthor illustrator recipient interviewer
    reviewedauthor composer narrator performer producer annotator commentator introduction foreword afterword
    shortauthor shorteditor holder""".split()
)
VERBATIM_FIELDS = frozenset("url doi eprint file pdf".split())
DATE_FIELDS = frozenset("date year eventdate origdate urldate availabledate submitted".split())
TITLE_FIELDS = frozenset("title subtitle shorttitle booktitle booksubtitle maintitle origtitle reviewedtitle".split())
_OTHERS = "+others"


@dataclass(frozen=True)
class Dialect:
    """A mapping's engine, and the fields that are lists joined by « and » although they hold no names."""

    engine: Mapped
    lists: frozenset[str] = frozenset()


@dataclass
class Entry:
    """One entry as it stands in the file, values without their delimiters, still LaTeX."""

    type: str
    key: str
    fields: dict[str, str]
    line: int
    repeated: dict[str, list[str]] = field(default_factory=dict)


# --- blocks --------------------------------------------------------------------------------------------------------


def entries(data: bytes, faults: Faults) -> list[Entry]:
    """The entries of a file with macros expanded and crossref, xdata followed."""
    from bibtexparser import model
    from bibtexparser.splitter import Splitter

    text = decode_bytes(data, faults.source).text.replace("\r\n", "\n").replace("\r", "\n")
    logger = logging.getLogger("bibtexparser.splitter")
    was, logger.disabled = logger.disabled, True
    try:
        blocks = Splitter(text).split().blocks
    finally:
        logger.disabled = was
    macros = _Macros(faults)
    found: list[Entry] = []
    for block in blocks:
        line = (block.start_line or 0) + 1
        while isinstance(block, model.ParsingFailedBlock) and block.ignore_error_block is not None:
            block = block.ignore_error_block
        if isinstance(block, model.String):
            macros.define(block.key, _value(block.value, macros, line))
        elif isinstance(block, model.Entry):
            found.append(_entry(block, line, macros, faults))
        elif isinstance(block, model.ParsingFailedBlock):
            faults.add("PRS101", line, block.raw or "")
        elif isinstance(block, model.ImplicitComment) and re.search(r"@\s*\w+\s*[{(]", block.comment):
            faults.add("PRS108", line, block.comment)
    current().check("entries", len(found), faults.source)
    return list(_inherited(found, faults))


def _entry(block: Any, line: int, macros: _Macros, faults: Faults) -> Entry:
    entry = Entry(block.entry_type.strip().lower(), block.key.strip(), {}, line)
    for one in block.fields:
        name = one.key.strip().lower()
        value = _value(one.value, macros, line)
        if name not in entry.fields:
            entry.fields[name] = value
        elif entry.fields[name] != value:
            entry.repeated.setdefault(name, []).append(value)
            faults.add("PRS105", line, entry.key, field=name, entry=entry.key)
    return entry


_PIECE = re.compile(r'[{}"#]|[^{}"#]+')
_MONTHS = dict(zip("jan feb mar apr may jun jul aug sep oct nov dec".split(), map(str, range(1, 13)), strict=True))


class _Macros:
    """The `@string` macros of a file. All that they expand to is bounded, since they may double each other."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._known: dict[str, str] = {}
        self._added = 0

    def define(self, name: str, text: str) -> None:
        self._known[name.strip().lower()] = text

    def text(self, name: str, line: int) -> str:
        """What a bare word stands for: a macro, a month, a number, else (with a finding) itself."""
        low = name.lower()
        if low in self._known:
            found = self._known[low]
            self.count(len(found))
            return found
        if low in _MONTHS:
            return _MONTHS[low]
        if not name.isdecimal():
            self._faults.add("PRS106", line, name)
        return name

    def count(self, size: int) -> None:
        """Raise LimitError where a file makes far more text than it holds."""
        self._added += size
        current().check("expanded_text", self._added, self._faults.source)


def _value(raw: str, macros: _Macros, line: int) -> str:
    """A field's value without delimiters: `{a}`, `"a"`, `12`, `macro`, and these joined by `#`."""
    raw = raw.strip()
    if raw.startswith("{") and raw.find("}") == len(raw) - 1 and raw.rfind("{") == 0:
        return raw[1:-1].strip()
    pieces: list[str] = []
    depth, quoted, start, bare = 0, False, 0, ""
    for found in _PIECE.finditer(raw):
        sign = found[0]
        if sign == "{":
            if depth == 0 and not quoted:
                start = found.end()
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0 and not quoted:
                pieces.append(raw[start : found.start()])
        elif sign == '"' and depth == 0:
            if quoted:
                pieces.append(raw[start : found.start()])
            start, quoted = found.end(), not quoted
        elif depth == 0 and not quoted and sign != "#":
            bare = sign.strip()
            if bare:
                pieces.append(macros.text(bare, line))
    return "".join(pieces).strip()


def _inherited(found: list[Entry], faults: Faults) -> Iterator[Entry]:
    """Entries with what they inherit from `crossref` and `xdata` (biblatex manual, appendix B; one level each)."""
    by_key = {one.key.lower(): one for one in found}
    inherited = 0
    for entry in found:
        for link in ("xdata", "crossref"):
            for key in filter(None, (one.strip() for one in entry.fields.get(link, "").split(","))):
                parent = by_key.get(key.lower())
                if parent is None:
                    faults.add("PRS109", entry.line, entry.key, expected=key, entry=entry.key)
                elif parent is not entry:
                    inherited += sum(len(value) + _FIELD for value in parent.fields.values())
                    current().check("unpacked_bytes", inherited, faults.source)
                    _inherit(entry, parent, link)
        if entry.type != "xdata":
            yield entry


_FIELD = 200
"""What a field costs beside its text, in bytes."""

_PARENT_ONLY = frozenset(
    "crossref xref xdata entryset entrysubtype ids label options shorttitle title subtitle titleaddon".split()
)


def _inherit(entry: Entry, parent: Entry, link: str) -> None:
    for name, value in parent.fields.items():
        if link == "xdata" or name not in _PARENT_ONLY:
            entry.fields.setdefault(name, value)
    if link == "crossref" and entry.type not in ("article", "book", "collection"):
        for name in ("title", "subtitle"):
            if name in parent.fields:
                entry.fields.setdefault(f"book{name}", parent.fields[name])


# --- raw fields ⇄ pairs ---------------------------------------------------------------------------------------------


def to_item(entry: Entry, dialect: Dialect, id: str) -> Item:
    """The item that an entry holds."""
    engine = dialect.engine
    fields = dict(entry.fields)
    subtype = fields.pop("entrysubtype", "")
    csl_type = engine.csl_type(f"{entry.type}/{subtype}", entry.type)
    if subtype and engine.type_key(csl_type) != f"{entry.type}/{subtype}":
        fields["entrysubtype"] = subtype
    if "url" not in fields and (found := _URL.search(fields.get("howpublished", ""))):
        fields["url"] = found[1]
        del fields["howpublished"]
    pairs = list(_pairs(fields, dialect.lists))
    for name, values in entry.repeated.items():
        pairs += [pair for value in values for pair in _decoded(name, value, dialect.lists)]
    return engine.read(id, csl_type, pairs)


_URL = re.compile(r"^\\url\{([^{}]+)\}\.?$")


def _pairs(fields: dict[str, str], lists: frozenset[str]) -> Iterator[Pair]:
    for name, value in fields.items():
        if not value or name in _EDITOR_TYPES:
            continue
        if name in _EDITORS:
            role = fields.get(f"{name}type", "editor").strip().lower()
            if role != "editor" or name != "editor":
                names, _ = parse_names(value)
                key = "editor" if role == "editor" else f"editor[{role}]"
                yield key, names
                continue
        yield from _decoded(name, value, lists)


_EDITORS = ("editor", "editora", "editorb", "editorc")
_EDITOR_TYPES = frozenset(f"{one}type" for one in _EDITORS)


def _decoded(name: str, value: str, lists: frozenset[str]) -> Iterator[Pair]:
    if name in NAME_FIELDS:
        names, others = parse_names(" ".join(value.split()))
        yield name, names
        if others:
            yield name + _OTHERS, "true"
    elif name in VERBATIM_FIELDS:
        yield name, _UNESCAPE.sub(r"\1", "".join(value.split()))
    elif name in DATE_FIELDS:
        yield name, value if "\\" not in value else decode(value)
    elif name in lists:
        yield name, "; ".join(decode(one) for one in split_and(" ".join(value.split())))
    else:
        text = " ".join(value.split()) if "\n" in value or "  " in value else value
        yield name, decode(text, protect=name in TITLE_FIELDS)


_UNESCAPE = re.compile(r"\\([%_&#~$])")


def _encoded(pairs: Iterable[Pair], lists: frozenset[str]) -> dict[str, str]:
    """Raw fields of pairs; the first of a name wins."""
    pairs = list(pairs)
    others = {name[: -len(_OTHERS)] for name, _ in pairs if name.endswith(_OTHERS)}
    slots = list(_EDITORS)
    fields: dict[str, str] = {}
    for name, payload in pairs:
        if name.endswith(_OTHERS):
            continue
        role = ""
        if name.startswith("editor[") or name == "editor":
            if not slots:
                continue
            role = name[7:-1]
            name = slots.pop(0)
        if name in fields:
            continue
        if isinstance(payload, str):
            value = _coded(name, one_line(payload), lists)
        else:
            value = format_names(payload, name in others)
        if value:
            fields[name] = one_line(value)
            if role:
                fields[f"{name}type"] = role
    return fields


def _coded(name: str, text: str, lists: frozenset[str]) -> str:
    if name in VERBATIM_FIELDS:
        return _verbatim(text)
    if name in DATE_FIELDS and _EDTF.fullmatch(text):
        return text
    if name == "pages":
        return _HYPHEN.sub("--", encode(text))
    if name in lists:
        return join_and(encode(one) for one in text.split("; "))
    return encode(text, protect=name in TITLE_FIELDS)


_EDTF = re.compile(r"[0-9/~.-]+")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")


def _verbatim(text: str) -> str:
    """A value that LaTeX reads as it is: only spaces and braces, which no address may have, are percent-encoded."""
    text = one_line(text)
    return text.replace("{", "%7B").replace("}", "%7D").replace(" ", "%20") if re.search(r"[{} ]", text) else text


# --- writing -------------------------------------------------------------------------------------------------------


def write_entries(library: Library, dialect: Dialect) -> Writing:
    """The library as a BibTeX file in UTF-8, keys made where items have none."""
    engine = dialect.engine
    out: list[str] = []
    losses: list[Loss] = []
    for item in keys.keyed(library):
        kind, _, subtype = engine.type_key(item.type).partition("/")
        fields = _encoded(engine.write(item), dialect.lists)
        if subtype:
            fields["entrysubtype"] = subtype
        back = to_item(Entry(kind, item.id, fields, 0), dialect, item.id)
        losses += losses_between(item, back)
        out.append(_block(kind, item.id, fields))
    return Writing("\n".join(out).encode(errors="replace"), tuple(losses))


def _block(kind: str, key: str, fields: dict[str, str]) -> str:
    lines = [f"@{kind}{{{key},\n"]
    lines += [f"  {name} = {_delimited(name, value)},\n" for name, value in fields.items()]
    return "".join([*lines, "}\n"])


_MONTH_MACROS = {number: name for name, number in _MONTHS.items()}


def _delimited(name: str, value: str) -> str:
    if name == "month" and value in _MONTH_MACROS:
        return _MONTH_MACROS[value]
    return f"{{{value}}}"


def people(pairs: Sequence[Pair], keys: tuple[str, ...]) -> tuple[Any, ...]:
    """All names of the pairs of one variable."""
    return tuple(name for _, names in pairs for name in names)
