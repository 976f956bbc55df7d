"""The jobs: the only place where engines meet. Each is a composition of engine calls and nothing else.

Engines are imported when a job needs them, so that `import kzcite` and `kzcite --version` stay quick.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kzcite.model import (
    Applicability,
    Document,
    Edit,
    Finding,
    InputError,
    Item,
    Library,
    Loss,
    Rich,
    Run,
    Stage,
    TableError,
    UsageError,
    apply_edits,
    choose_edits,
)
from kzcite.model.limits import current

if TYPE_CHECKING:
    from kzcite.formats.registry import Format, Reading, Writing
    from kzcite.parser import Explanation as Explanation


# --- reading and writing -------------------------------------------------------------------------------------------


def read_document(source: str | Path, format: str | None = None) -> Document:
    """The document in a file (``-``: standard input), read but not yet understood.

    The format is taken from `format`, else from the file's suffix, else from its first bytes.
    """
    from kzcite.formats.files import read_bytes

    return document_from_bytes(read_bytes(source), str(source), format)


def document_from_bytes(data: bytes, source: str = "", format: str | None = None) -> Document:
    """The document in `data`; `source` is its name in messages."""
    document: Document = document_format(data, source, format).load().read(data, source)
    return document


def document_from_text(text: str, source: str = "") -> Document:
    """A plain-text document from a string."""
    return document_from_bytes(text.encode(), source, "text")


def document_format(data: bytes, source: str = "", format: str | None = None) -> Format:
    """The document format of some bytes: the named one, else by suffix, else by signature, else plain text."""
    from kzcite.formats.registry import DOCUMENT_FORMATS, by_suffix, find_format, sniff

    if format:
        return find_format(format, DOCUMENT_FORMATS, "read")
    found = by_suffix(source, DOCUMENT_FORMATS, "read") or sniff(data, DOCUMENT_FORMATS)
    return found or find_format("text", DOCUMENT_FORMATS, "read")


def library_format(data: bytes, source: str, format: str | None = None) -> Format | None:
    """The library format of some bytes: the named one, else by suffix, else by its first bytes, else None."""
    from kzcite.formats.registry import LIBRARY_FORMATS, by_suffix, find_format, sniff

    if format:
        return find_format(format, LIBRARY_FORMATS, "read")
    return by_suffix(source, LIBRARY_FORMATS, "read") or sniff(data, LIBRARY_FORMATS)


def read_library(source: str | Path, format: str | None = None) -> Library:
    """The library in a bibliographic file, or the parsed reference list of a document."""
    return read_references(source, format).library


def read_references(source: str | Path, format: str | None = None) -> Reading:
    """As `read_library`, with the findings on records that could not be read."""
    from kzcite.formats.files import read_bytes

    return references_from_bytes(read_bytes(source), str(source), format)


def references_from_bytes(data: bytes, source: str = "", format: str | None = None) -> Reading:
    """A library from the bytes of a bibliographic file, or from the native lists of a document."""
    from kzcite.formats.collector import uncollected
    from kzcite.formats.registry import Reading

    found = _library_format_or_none(data, source, format)
    if found is not None:
        with uncollected():
            reading: Reading = found.load().read(data, source)
        return reading
    document = parse_document(document_from_bytes(data, source, format))
    library = document.library("native")
    if not len(library):
        library = document.library("romanised")
    if not len(library):
        raise InputError("no reference list found", where=source, hint="use --lines where each line is one reference")
    return Reading(library)


def _library_format_or_none(data: bytes, source: str, format: str | None) -> Format | None:
    """As `library_format`, None where `format` names a document's format."""
    from kzcite.formats.registry import DOCUMENT_FORMATS, LIBRARY_FORMATS

    is_document = format in {one.name for one in DOCUMENT_FORMATS} - {one.name for one in LIBRARY_FORMATS}
    return None if is_document else library_format(data, source, format)


def write_library(library: Library, target: str | Path, format: str | None = None) -> tuple[Loss, ...]:
    """Write a library in the format named, or meant by the suffix; returns what the format could not hold."""
    from kzcite.formats.files import write_bytes

    writing = library_to_bytes(library, format, str(target))
    write_bytes(target, writing.data)
    return writing.losses


def library_to_bytes(
    library: Library, format: str | None = None, target: str = "", lines: Sequence[str] = ()
) -> Writing:
    """A library in an exchange format, with the losses; `lines` are the printed lines of its items, where known."""
    from kzcite.formats.collector import uncollected

    found = _written_format(format, target)
    module = found.load()
    if "lines" in found.can:
        lines = lines or printed_lines(library)
    elif "printed" not in found.can:
        lines = ()
    with uncollected():
        writing: Writing = module.write(library, lines) if lines else module.write(library)
    return writing


def _written_format(format: str | None, target: str) -> Format:
    """The format named, else meant by the suffix, else CSL-JSON."""
    from kzcite.formats.registry import LIBRARY_FORMATS, by_suffix, find_format

    found = None if format else by_suffix(target, LIBRARY_FORMATS, "write")
    return found or find_format(format or "csljson", LIBRARY_FORMATS, "write")


def printed_lines(library: Library) -> tuple[str, ...]:
    """Each item's line as it was printed (`custom.printed`), else rendered in the style gost-kz."""
    from kzcite import renderer

    rendered = renderer.render(library, "gost-kz")
    return tuple(str(item.custom.get("printed") or line.text) for item, line in zip(library, rendered, strict=True))


def write_document(document: Document, target: str | Path, edits: Sequence[Edit] = ()) -> None:
    """Write the document's own file again with `edits` carried out and every other byte as it was."""
    from kzcite.formats.files import read_bytes, write_bytes

    write_bytes(target, patch(read_bytes(document.source), document, edits))


def patch(data: bytes, document: Document, edits: Sequence[Edit]) -> bytes:
    """The container `data`, from which `document` was read, with `edits` carried out."""
    from kzcite.formats.registry import DOCUMENT_FORMATS, find_format

    patched: bytes = find_format(document.format, DOCUMENT_FORMATS, "patch").load().patch(data, document, edits)
    return patched


def compose(lines: Sequence[Rich], format: str, **options: Any) -> bytes:
    """A formatted list as a file of the format; `options` are those of `ComposeOptions`."""
    from kzcite.formats.registry import DOCUMENT_FORMATS, ComposeOptions, find_format

    composer = find_format(format, DOCUMENT_FORMATS, "compose").load_composer()
    composed: bytes = composer.compose(lines, ComposeOptions(**options))
    return composed


# --- understanding -------------------------------------------------------------------------------------------------


def parse(line: str) -> Item | None:
    """One reference line as an item, None where it is no reference.

    >>> parse("Сыздық Р. Абай шығармаларының тілі. – Алматы: Ғылым, 1968. – 334 б.").text("publisher")
    'Ғылым'
    """
    from kzcite import parser

    return parser.parse_line(line)


def parse_lines(lines: Iterable[str]) -> Iterator[Item | None]:
    """Each line one reference, one result a line, in order; ids `e1`, `e2`, ... by line number."""
    from kzcite import parser

    return parser.parse_lines(lines)


def parse_list(text: str) -> Library:
    """The references of a list, or of the reference lists found in a longer text."""
    return parse_document(document_from_text(text)).library()


def explain(line: str) -> Explanation:
    """What the parser saw in a line: each field's span, source, confidence and rivals."""
    from kzcite import parser

    return parser.explain(line)


def find(document: Document) -> Document:
    """The document with its lists, entries and markers found."""
    from kzcite import finder

    return document if document.stage >= Stage.FOUND else finder.find(document)


def parse_document(document: Document) -> Document:
    """The document with every entry of its lists parsed."""
    from kzcite import parser

    document = find(document)
    if document.stage >= Stage.PARSED:
        return document
    limits = current()
    limits.check("entries", len(document.entries), document.source)
    for entry in document.entries:
        limits.check("line_length", entry.span.length, f"{document.source}: entry {entry.label or entry.id}")
    items = parser.parse_lines(entry.printed(document.text) for entry in document.entries)
    return document.with_items(
        {entry.id: item and replace(item, id=entry.id) for entry, item in zip(document.entries, items, strict=True)}
    )


def link(document: Document | str) -> Document:
    """The document with its markers linked to its entries; a string is read as plain text."""
    from kzcite import linker

    if isinstance(document, str):
        document = document_from_text(document)
    document = parse_document(document)
    return document if document.stage >= Stage.LINKED else linker.link(document)


def check(target: Document | Library | str, **options: Any) -> tuple[Finding, ...]:
    """Findings on a document (linked first where it is not) or a library; options as `kzcite.checks.check`."""
    from kzcite import checks, linker

    if isinstance(target, Library):
        return checks.check(target, **options)
    document = link(target)
    return checks.check(document, twins=linker.twins(document), **options)


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was checked: its document (linked) or library, and the findings."""

    source: str
    target: Document | Library
    findings: tuple[Finding, ...]

    def with_findings(self, findings: Iterable[Finding]) -> Checked:
        return Checked(self.source, self.target, tuple(findings))

    def slim(self) -> Checked:
        """The same without what only fixes and comparisons need: pieces, markers, items. Many such fit into memory."""
        if isinstance(self.target, Library):
            return self
        lists = tuple(
            replace(one, entries=tuple(replace(entry, item=None) for entry in one.entries)) for one in self.target.lists
        )
        return replace(self, target=replace(self.target, blocks=(), pieces=(), lists=lists, markers=(), links=()))

    def entry_ids(self) -> tuple[str, ...]:
        """The ids of its entries in printed order."""
        entries = self.target.entries if isinstance(self.target, Document) else self.target.items
        return tuple(one.id for one in entries)

    def raw(self, entry: str | None) -> str:
        """An entry as printed, "" for none; for a library its title."""
        if entry is None:
            return ""
        if isinstance(self.target, Library):
            item = self.target.get(entry)
            return item.text("title") if item else ""
        found = self.target.entry(entry)
        return found.span.cut(self.target.text) if found else ""

    def title(self, entry: str, width: int = 96) -> str:
        """An entry's number and its first words."""
        found = self.target.entry(entry) if isinstance(self.target, Document) else None
        flat = " ".join(f"{(found.label if found else '') or entry}. {self.raw(entry)}".split())
        return flat if len(flat) <= width else flat[: width - 1] + "…"


def check_bytes(data: bytes, source: str = "", format: str | None = None, **options: Any) -> Checked:
    """Check the bytes of a document or of a bibliographic file; options as `kzcite.checks.check`."""
    from kzcite import checks
    from kzcite.formats.registry import DOCUMENT_FORMATS, LIBRARY_FORMATS

    is_document = format in {one.name for one in DOCUMENT_FORMATS} - {one.name for one in LIBRARY_FORMATS}
    found = None if is_document else library_format(data, source, format)
    if found is None:
        document = link(document_from_bytes(data, source, format))
        return Checked(source, document, check(document, **options))
    reading = found.load().read(data, source)
    chosen = {one.code for one in checks.selected(options.get("select", ()), options.get("ignore", ()))}
    bad = tuple(one for one in reading.findings if one.code in chosen)
    return Checked(source, reading.library, bad + checks.check(reading.library, **options))


def editable_edits(checked: Checked) -> Iterator[Edit]:
    """The edits of the findings that touch nothing the container computes (automatic numbers, fields)."""
    if isinstance(checked.target, Document):
        fixed = [piece.span for piece in checked.target.pieces if not piece.editable]
        for one in checked.findings:
            if not any(edit.span.overlaps(span) for edit in one.edits for span in fixed):
                yield from one.edits


FIX_PASSES = 6
"""A fix may uncover another; so many rounds are enough, and no two rules undo each other's work for ever."""


def fix_bytes(
    data: bytes, source: str, format: str | None = None, *, unsafe: bool = False, **options: Any
) -> tuple[bytes, Checked, Checked]:
    """The file with its fixes carried out, what was checked before, and what is found after."""
    least = Applicability.UNSAFE if unsafe else Applicability.SAFE
    before = after = check_bytes(data, source, format, **options)
    for _ in range(FIX_PASSES):
        if not isinstance(after.target, Document):
            break
        edits = choose_edits(editable_edits(after), least)
        patched = patch(data, after.target, edits) if edits else data
        if patched == data:
            break
        data, after = patched, check_bytes(patched, source, after.target.format, **options)
    return data, before, after


def check_across(reports: Sequence[Checked], select: Sequence[str] = (), ignore: Sequence[str] = ()) -> list[Checked]:
    """The reports with what is found by looking at all the files together, among the rules selected."""
    from kzcite import checks

    chosen = {one.code for one in checks.selected(select, ignore)}
    together = checks.check_volume([(one.source, one.target) for one in reports])
    return [
        one.with_findings((*one.findings, *(finding for finding in more if finding.code in chosen)))
        for one, more in zip(reports, together, strict=True)
    ]


def report(reports: Sequence[Checked], format: str, language: str = "en") -> bytes:
    """A report to send to the author, as a file of the format (html, docx ...), in the language kk, ru or en."""
    from kzcite import checks

    rows = []
    for one in reports:
        if len(reports) > 1:
            rows.append(("", Rich((Run(one.source, frozenset({"bold"})),))))
        sentences = [checks.message(finding, language) for finding in one.findings]
        rows += checks.report_rows(one.target, one.findings, sentences, language)
    name = f" – {Path(reports[0].source).name}" if len(reports) == 1 and reports[0].source not in ("", "-") else ""
    title = checks.word("report-title", language) + name
    lines, labels = [line for _, line in rows], tuple(label for label, _ in rows)
    return compose(lines, format, title=title, labels=labels, language=language)


# --- rendering -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RenderedList:
    """A formatted list: the items in the order of the lines, and the number printed before each ("" for none)."""

    library: Library
    lines: tuple[Rich, ...]
    labels: tuple[str, ...]


def render(
    library: Library, style: str | Path = "gost-kz", *, locale: str = "auto", order: str = "as-is"
) -> tuple[Rich, ...]:
    """The library as formatted lines, one an item, each in its own language by default."""
    return render_list(library, style, locale=locale, order=order).lines


def render_list(
    library: Library,
    style: str | Path,
    *,
    locale: str = "auto",
    order: str = "as-is",
    latin_first: bool = False,
) -> RenderedList:
    """As `render`, with the items in the order of the lines and their numbers.

    `order`: `as-is`, `alphabet` (Kazakh-aware, the Cyrillic block first or last) or `style` (as the style sorts).
    """
    from kzcite import renderer

    library = renderer.ordered(library, style, order=order, latin_first=latin_first)
    lines = renderer.render(library, style, locale=locale)
    return RenderedList(library, lines, renderer.labels(library, style))


def citations(target: Library | Document, style: str | Path, *, locale: str = "auto") -> tuple[Rich, ...]:
    """The markers of a document (linked first where it is not) as the style makes them, with their places in the works
    and in the language of the paper; of a library, the citation of each item by itself."""
    from kzcite import renderer

    if isinstance(target, Document):
        return renderer.render_markers(link(target), style, locale=locale)
    library = target
    return renderer.render_citations(library, [[(item.id, None)] for item in library], style, locale=locale)


def by_mention(document: Document) -> Library:
    """The native list's items in order of first mention; those never cited come last, in printed order."""
    document.need(Stage.LINKED)
    library = document.library()
    first: dict[str, int] = {}
    for number, one in enumerate(document.links):
        if one.entry:
            first.setdefault(one.entry, number)
    return Library(tuple(sorted(library, key=lambda item: first.get(item.id, len(document.links)))))


def main_language(library: Library) -> str:
    """The language (kk, ru, en ...) of most items, romanised ones counted as English."""
    counts = Counter("en" if "-" in item.language else item.language for item in library if item.language)
    return counts.most_common(1)[0][0] if counts else "en"


def twin(library: Library, **options: Any) -> Library:
    """The romanised «References» of a library; options as `kzcite.renderer.twin`."""
    from kzcite import renderer

    return renderer.twin(library, **options)


def twin_list(
    library: Library, *, profile: str | None = None, systems: Sequence[str] = (), style: str | Path | None = None
) -> RenderedList:
    """The romanised «References», rendered as the journal `profile` wants, else as `systems` and `style` say."""
    from kzcite import renderer

    options = renderer.twin_options(profile=profile, systems=systems)
    style = style or options.pop("style", None) or "apa-kz"
    return render_list(renderer.twin(library, **options), style, locale="en")


def restyle(document: Document, **options: Any) -> tuple[Edit, ...]:
    """Edits that put the document's list and markers in another style; options as `kzcite.renderer.restyle`."""
    from kzcite import renderer

    return renderer.restyle(link(document), **options)


def changes_of_list(
    document: Document, insert: Sequence[tuple[str, str]] = (), delete: Sequence[str] = ()
) -> dict[str, Any]:
    """The options `insert` and `delete` of `restyle` by the numbers of the document's first list.

    `insert`: (number of the entry before it, `0` for none; a reference line); `delete`: numbers. Raises UsageError for
    a document without a list or with a thebibliography, a number that the list has not or has twice, and a line that is
    no reference.
    """
    document = link(document)
    entries = next((one.entries for one in document.lists if one.entries and one.role == "native"), ())
    if not entries:
        raise UsageError("the document has no reference list", where=document.source)
    labels = [one.label_span for one in entries if one.label_span is not None]
    if document.format == "latex" and any(
        not piece.editable and piece.span.overlaps(label) for label in labels[:1] for piece in document.pieces
    ):
        hint = "add or remove its \\bibitem by hand: LaTeX counts the numbers anew"
        raise UsageError("an entry of a thebibliography is not put in or taken out", where=document.source, hint=hint)

    def place_of(number: str) -> int:
        found = [place for place, one in enumerate(entries) if one.label == number]
        if len(found) != 1:
            problem = "several entries have" if found else "no entry has"
            raise UsageError(f"{problem} the number {number!r}", hint=f"{entries[0].label} to {entries[-1].label}")
        return found[0]

    gone = {place_of(number) for number in delete}
    items: list[tuple[int, Item]] = []
    for number, line in insert:
        item = parse(line)
        if item is None or not item.fields:
            raise UsageError(f"no reference: {line!r}")
        before = 0 if number == "0" else place_of(number) + 1
        new = replace(item, id=f"new{len(items) + 1}", custom={**item.custom, "printed": line.strip()})
        items.append((sum(place not in gone for place in range(before)), new))
    return {"insert": items, "delete": [entries[place].id for place in sorted(gone)]}


def difference(document: Document, edits: Sequence[Edit]) -> Iterator[str]:
    """The edits as a unified diff of the document's text."""
    from difflib import unified_diff

    name = document.source or "-"
    old = document.text.splitlines(keepends=True)
    new = apply_edits(document.text, edits).splitlines(keepends=True)
    for line in unified_diff(old, new, name, name):
        yield line if line.endswith("\n") else line + "\n"


def live_links(data: bytes, document: Document, **options: Any) -> bytes:
    """The document's own file with each marker linked to its entry; options as the format's `live`."""
    from kzcite.formats.registry import DOCUMENT_FORMATS, find_format

    lived: bytes = find_format(document.format, DOCUMENT_FORMATS, "live").load().live(data, document, **options)
    return lived


def link_page(document: Document, language: str = "en") -> bytes:
    """One self-contained HTML page: the paper, its markers and list, what is wrong in the margin."""
    from kzcite import checks
    from kzcite.formats import page

    findings = check(document)
    messages = {number: checks.message(one, language) for number, one in enumerate(findings)}
    return page.link_page(document, findings, messages, language)


def romanise(text: str, system: str, *, reverse: bool = False) -> str:
    """Cyrillic text in Latin letters by a named system, or back where the system is reversible."""
    from kzcite.text import romanise as by_system

    return by_system.restore(text, system) if reverse else by_system.romanise(text, system)


def convert(
    source: str | Path, target: str | Path, *, read: str | None = None, write: str | None = None
) -> tuple[Loss, ...]:
    """One exchange format (or a document's list) into another file; returns what the target could not hold."""
    return convert_files((source,), target, read=read, write=write).losses


@dataclass(frozen=True, slots=True)
class Converted:
    """What was found in reading, what was joined or renamed (a line each), and what the target could not hold."""

    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()


def convert_files(
    sources: Sequence[str | Path],
    target: str | Path,
    *,
    read: str | None = None,
    write: str | None = None,
    decisions: Path | None = None,
    pattern: str | None = None,
) -> Converted:
    """Several files into one, as `merge`; one file goes through item by item where both formats allow it."""
    if len(sources) == 1 and decisions is None and not pattern:
        return _convert_one(sources[0], target, read, write)
    merged = merge(sources, read=read, decisions=decisions, pattern=pattern)
    return Converted(merged.findings, merged.notes, write_library(merged.library, target, write))


def _convert_one(source: str | Path, target: str | Path, read: str | None, write: str | None) -> Converted:
    from kzcite.formats.collector import uncollected
    from kzcite.formats.files import read_bytes, write_pieces
    from kzcite.formats.library.faults import Faults

    to = _written_format(write, str(target))
    data = read_bytes(source)
    found = _library_format_or_none(data, str(source), read)
    if found is None or "records" not in found.can or "pieces" not in to.can:
        reading = references_from_bytes(data, str(source), read)
        return Converted(reading.findings, (), write_library(reading.library, target, write))
    faults, losses = Faults(str(source)), list[Loss]()
    text = faults.text(data)
    del data
    items = faults.uniquely(found.load().records(text, faults))
    with uncollected():
        write_pieces(target, to.load().pieces(items, losses))
    return Converted(faults.findings, (), tuple(losses))


@dataclass(frozen=True, slots=True)
class Merged:
    """Several libraries made one: the library, the findings of reading them, and what was joined, a line each."""

    library: Library
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()


def merge(
    sources: Sequence[str | Path],
    *,
    read: str | None = None,
    decisions: Path | None = None,
    pattern: str | None = None,
) -> Merged:
    """One library of several files, ids made unique.

    With `decisions` duplicates are joined, as that file says where it exists; it is written anew. With `pattern` every
    key is made anew.
    """
    from kzcite.formats import keys

    readings = [read_references(one, read) for one in sources]
    read_items = [(str(source), item) for source, one in zip(sources, readings, strict=True) for item in one.library]
    library = Library.of(item for _, item in read_items)
    notes = tuple(
        f"{source}: {one.id} stands in another file too; here it is {new.id}"
        for (source, one), new in zip(read_items, library, strict=True)
        if one.id != new.id
    )
    findings = tuple(finding for one in readings for finding in one.findings)
    if decisions is not None:
        from kzcite.formats import dedupe

        library, joined = dedupe.dedupe(library, decisions)
        notes += joined
    if pattern:
        library = keys.keyed(library, pattern, all=True)
    return Merged(library, findings, notes)


def table_problems(directory: Path) -> Iterator[str]:
    """What is wrong with a user's directory of tables; the examples of its romanisation systems are executed."""
    from kzcite.tables import systems, validate
    from kzcite.tables.loader import overlaid
    from kzcite.text.romanise import romanise

    found = list(validate.problems(directory))
    yield from found
    if found:
        return
    with overlaid(directory):
        for path in sorted((directory / "systems").glob("*.toml")):
            try:
                system = systems.system(path.stem)
            except TableError as error:
                yield str(error)
                continue
            for source, expected in system.examples:
                given = romanise(source, system.id)
                if given != expected:
                    yield f"{path}: example {source!r} gives {given!r}, not {expected!r}"
