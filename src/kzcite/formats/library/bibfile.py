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
UNREAD = "unread-bibtex"
"""The key of `custom` under which an entry that cannot be read travels as it stands in its file."""


@dataclass(frozen=True)
class Dialect:
    """A mapping's engine, and the fields that are lists joined by « and » although they hold no names."""

    engine: Mapped
    lists: frozenset[str] = frozenset()


@dataclass
class Entry:
    """One entry as it stands in the file, values without their delimiters, still LaTeX.

    `unread`: the whole entry as printed where it could not be read; it has no fields then.
    """

    type: str
    key: str
    fields: dict[str, str]
    line: int
    repeated: dict[str, list[str]] = field(default_factory=dict)
    unread: str = ""


# --- blocks --------------------------------------------------------------------------------------------------------


def entries(data: bytes, faults: Faults) -> list[Entry]:
    """The entries of a file with macros expanded and crossref, xdata followed; then those that cannot be read.

    These stand last, so that none takes the key of a good one.
    """
    from bibtexparser import model

    text = faults.text(data).replace("\r\n", "\n").replace("\r", "\n")
    blocks = _blocks(text)
    macros = _Macros(faults)
    found: list[Entry] = []
    failed: list[tuple[int, int]] = []
    for number, block in enumerate(blocks):
        line = (block.start_line or 0) + 1
        if isinstance(block, model.String):
            macros.define(block.key, _value(block.value, macros, line))
        elif isinstance(block, model.Entry):
            found.append(_entry(block, line, macros, faults))
        elif isinstance(block, model.ParsingFailedBlock):
            faults.add("PRS101", line, block.raw or "")
            failed.append((number, line))
        elif isinstance(block, model.Preamble):
            faults.add("PRS110", line, block.value)
        elif isinstance(block, model.ImplicitComment) and re.search(r"@\s*\w+\s*[{(]", block.comment):
            faults.add("PRS108", line, block.comment)
    current().check("entries", len(found) + len(failed), faults.source)
    return [*_inherited(found, faults), *_unread(text, blocks, failed)]


def _blocks(text: str) -> list[Any]:
    """The blocks of a file; one whose fault does not matter to us stands as what it is."""
    from bibtexparser import model
    from bibtexparser.splitter import Splitter

    logger = logging.getLogger("bibtexparser.splitter")
    was, logger.disabled = logger.disabled, True
    try:
        blocks: list[Any] = list(Splitter(text).split().blocks)
    finally:
        logger.disabled = was
    for number, block in enumerate(blocks):
        while isinstance(block, model.ParsingFailedBlock) and block.ignore_error_block is not None:
            block = blocks[number] = block.ignore_error_block
    return blocks


_BROKEN = re.compile(r"@[ \t]*(?!(?:string|comment|preamble)\b)(\w+)\s*[{(]\s*([^\s,{}()=\"]*)", re.IGNORECASE)


def _unread(text: str, blocks: list[Any], failed: list[tuple[int, int]]) -> Iterator[Entry]:
    """The failed blocks that begin as entries do, each with all that stands up to the next block."""
    from bibtexparser import model

    starts: dict[int, int] = {}
    at = 0
    for number, block in enumerate(blocks if failed else ()):
        if block.raw:
            starts[number] = at = max(text.find(block.raw, at), at)
    for number, line in failed:
        after = number + 1
        while after < len(blocks) and isinstance(blocks[after], model.ImplicitComment):
            after += 1
        raw = text[starts.get(number, 0) : starts.get(after, len(text))].strip()
        begins = _BROKEN.match(raw)
        if begins:
            yield Entry(begins[1].lower(), begins[2], {}, line, unread=raw)


def _says_anything(item: Item) -> bool:
    """Whether an item holds more than the text of an entry that could not be read."""
    return len(item.custom) > 1 or any(one.name != "type" or one.value != "document" for one in item.fields)


def _is_unreadable(raw: str) -> bool:
    """Whether a text is one entry that cannot be read and nothing else: no record may come in through it."""
    from bibtexparser import model

    blocks = _blocks(raw)
    return bool(blocks and _BROKEN.match(raw)) and all(
        isinstance(one, model.ParsingFailedBlock if number == 0 else model.ImplicitComment)
        for number, one in enumerate(blocks)
    )


def _entry(block: Any, line: int, macros: _Macros, faults: Faults) -> Entry:
    entry = Entry(block.entry_type.strip().lower(), block.key.strip(), {}, line)
    for name, raw in _fields(block, line, faults):
        value = _value(raw, macros, line)
        if name not in entry.fields:
            entry.fields[name] = value
        elif entry.fields[name] != value:
            entry.repeated.setdefault(name, []).append(value)
            faults.add("PRS105", line, entry.key, field=name, entry=entry.key)
    return entry


_PIECE = re.compile(r'[{}"#]|[^{}"#]+')
_NEXT_FIELD = re.compile(r"(?:^|(?<=\s))([A-Za-z][\w-]*)\s*=\s*")


def _fields(block: Any, line: int, faults: Faults) -> Iterator[tuple[str, str]]:
    """Names and raw values; `a = {x} b = {y}`, whose comma was forgotten, is two fields."""
    for one in block.fields:
        name, raw, at = one.key.strip().lower(), one.value, 0
        for start, end, other in _forgotten(raw) if "=" in raw else ():
            faults.add("PRS111", line, block.key.strip(), field=other, entry=block.key.strip())
            yield name, raw[at:start]
            name, at = other, end
        yield name, raw[at:]


def _forgotten(raw: str) -> Iterator[tuple[int, int, str]]:
    """Each place in a value, outside its braces and quotes, where another field begins: start, end, its name."""
    depth, quoted = 0, False
    for found in _PIECE.finditer(raw):
        sign = found[0]
        if sign in "{}":
            depth += (sign == "{") - (sign == "}")
        elif sign == '"' and depth == 0:
            quoted = not quoted
        elif depth == 0 and not quoted and "=" in sign:
            for begins in _NEXT_FIELD.finditer(sign):
                if found.start() + begins.start():  # a value begins with no name
                    yield found.start() + begins.start(), found.start() + begins.end(), begins[1].lower()


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
    """The item that an entry holds; of one that could not be read, its whole text in `custom`."""
    if entry.unread:
        return Item(id, custom={UNREAD: entry.unread})
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
    """A value that LaTeX reads as it is: spaces and braces, which no address may have, are percent-encoded.

    So is a backslash at the end: before the closing brace, some readers (bibtexparser) take it for `\\}`.
    """
    text = one_line(text)
    if re.search(r"[{} ]", text):
        text = text.replace("{", "%7B").replace("}", "%7D").replace(" ", "%20")
    bare = text.rstrip("\\")
    return bare + "%5C" * (len(text) - len(bare))


# --- writing -------------------------------------------------------------------------------------------------------


def write_entries(library: Library, dialect: Dialect) -> Writing:
    """The library as a BibTeX file in UTF-8, keys made where items have none.

    Entries that could not be read stand last, as they were: there they spoil nothing.
    """
    engine = dialect.engine
    out: list[str] = []
    unread: list[str] = []
    losses: list[Loss] = []
    for item in keys.keyed(library):
        raw = item.custom.get(UNREAD)
        if isinstance(raw, str) and not _says_anything(item) and _is_unreadable(raw):
            unread.append(raw + "\n")
            continue
        kind, _, subtype = engine.type_key(item.type).partition("/")
        fields = _encoded(engine.write(item), dialect.lists)
        if subtype:
            fields["entrysubtype"] = subtype
        back = to_item(Entry(kind, item.id, fields, 0), dialect, item.id)
        losses += losses_between(item, back)
        out.append(_block(kind, item.id, fields))
    return Writing("\n".join(out + unread).encode(errors="replace"), tuple(losses))


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
