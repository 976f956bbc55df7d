"""The two lists of formats. To know every format, read this file.

A format is a module that is imported when it is first used:

- a document format has `read(data: bytes, source: str) -> Document`; where it can be changed in place,
  `patch(data: bytes, document: Document, edits: Sequence[Edit]) -> bytes`; where a list can be written in it,
  `compose(lines: Sequence[Rich], options: ComposeOptions) -> bytes`;
- a document format that can hold live links has `live(data, document, *, zotero=False, style="") -> bytes`;
- a library format has `read(data: bytes, source: str) -> Reading` and `write(library: Library) -> Writing`, or one of
  them; one that can `lines` takes each item's line as well, `write(library, lines: Sequence[str])`,
  one that can `printed` takes it where the line was really printed;
- a library format that can `records` reads item by item, `records(text: str, faults: Faults) -> Iterator[Item]`; one
  that can `pieces` writes item by item, `pieces(items: Iterable[Item], losses: list[Loss]) -> Iterator[bytes]`. From
  the one into the other no whole library is held.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from types import ModuleType

from kzcite.model import Finding, Library, Loss, UsageError


@dataclass(frozen=True, slots=True)
class Format:
    """A row of the lists.

    `suffixes`: file suffixes, the first is the one written. `can`: read, records, write, pieces, lines, printed,
    patch, compose, live. `sign`: a regular expression that the beginning of such a file matches (its first 4 KiB as
    Latin-1), "" where no sign is sure.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    can: frozenset[str]
    module: str
    composer: str = ""
    sign: str = ""

    def load(self) -> ModuleType:
        """The module that reads, patches or writes."""
        return importlib.import_module(self.module)

    def load_composer(self) -> ModuleType:
        """The module that composes formatted lists."""
        return importlib.import_module(self.composer or self.module)


BY_ITEM = frozenset({"records", "pieces"})
"""What of `can` is about how, not about what."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a library format read: the good records, and a finding (code PRS...) for each bad one."""

    library: Library
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Writing:
    """What a library format wrote, and what it could not hold."""

    data: bytes
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class ComposeOptions:
    """How a formatted list is set: heading, labels printed before the lines ("" for none), language, look.

    `language` is that of the document, `languages` those of the lines ("" for the document's own).
    """

    title: str = ""
    labels: tuple[str, ...] = ()
    language: str = ""
    languages: tuple[str, ...] = ()
    font: str = "Times New Roman"
    size: float = 14.0
    fragment: bool = False


def _document(name: str, title: str, suffixes: str, can: str, sign: str = "") -> Format:
    composer = f"kzcite.formats.compose.{name}" if "compose" in can else ""
    module = f"kzcite.formats.document.{name}"
    return Format(name, title, tuple(suffixes.split()), frozenset(can.split()), module, composer, sign)


def _library(name: str, title: str, suffixes: str, can: str, sign: str = "", module: str = "") -> Format:
    path = f"kzcite.formats.library.{module or name}"
    return Format(name, title, tuple(suffixes.split()), frozenset(can.split()), path, sign=sign)


DOCUMENT_FORMATS: tuple[Format, ...] = (
    _document(
        "odt", "OpenDocument text", ".odt .ott", "read patch", r"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\."
    ),
    _document("docx", "Word", ".docx .docm .dotx", "compose read patch live", r"PK\x03\x04|\xd0\xcf\x11\xe0"),
    _document(
        "html",
        "HTML",
        ".html .htm .xhtml",
        "compose read patch live",
        r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html)\b",
    ),
    _document("latex", "LaTeX", ".tex .ltx", "compose read patch live", r"(?:\s|%[^\n]*\n)*\\documentclass"),
    _document("markdown", "Markdown", ".md .markdown .qmd .rmd", "compose read patch live"),
    _document("pdf", "PDF", ".pdf", "read", r".{0,1024}%PDF-"),
    _document("rtf", "Rich Text Format", ".rtf", "compose"),
    _document("text", "plain text", ".txt .text", "compose read patch"),
)

_XML = r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE[^>\[]*>\s*)?"

LIBRARY_FORMATS: tuple[Format, ...] = (
    _library(
        "endnotexml", "EndNote XML", ".endnote.xml .enx", "read write", rf"{_XML}<xml[\s>].{{0,400}}<records?[\s>]"
    ),
    _library("mods", "MODS", ".mods .mods.xml", "read write", rf"{_XML}<(?:\w+:)?mods(?:Collection)?[\s>]"),
    _library(
        "jats",
        "JATS reference list",
        ".jats .jats.xml .nxml",
        "read write printed",
        rf"{_XML}<(?:article|ref-list|back)[\s>]",
    ),
    _library("tei", "TEI biblStruct", ".tei .tei.xml", "read write", rf"{_XML}<(?:TEI|listBibl|biblStruct)[\s>]"),
    _library("zoterordf", "Zotero RDF", ".rdf", "read write", rf"{_XML}<rdf:RDF[\s>]"),
    _library("wordxml", "Word sources", ".sources.xml", "read write", rf"{_XML}<(?:\w+:)?Sources[\s>]"),
    _library("hayagriva", "hayagriva (Typst)", ".hayagriva.yml .hayagriva.yaml .hayagriva", "read write"),
    _library("cslyaml", "CSL-YAML", ".yaml .yml", "read write", r"(?:---\s*)?references:\s"),
    _library("csljson", "CSL-JSON", ".json .csljson .jsonl", "read records write pieces", r"\s*(?:\[\s*)?\{\s*\""),
    _library("ris", "RIS", ".ris", "read records write pieces", r"\s*TY  ?-"),
    _library("nbib", "PubMed", ".nbib .medline", "read records write pieces", r"\s*(?:PMID|OID) ?- ?"),
    _library("enw", "EndNote tagged, Refer", ".enw .refer", "read records write pieces", r"\s*%[0A-Z] \S"),
    _library("bibtex", "BibTeX", ".bib .bibtex", "read write", r"(?:\s*%[^\n]*\n)*\s*@\w+\s*[{(]"),
    _library("biblatex", "BibLaTeX (biber)", ".biblatex .bibx", "read write"),
    _library("csv", "table, CSV", ".csv", "read records write"),
    _library("tsv", "table, TSV", ".tsv .tab", "read records write"),
    _library("xlsx", "table, XLSX", ".xlsx", "read write"),
    _library("crossref", "Crossref citation list", ".crossref.xml", "write lines"),
)


def find_format(name: str, formats: Iterable[Format], need: str) -> Format:
    """The format called `name` that can do `need` (read, write, patch or compose)."""
    able = [one for one in formats if need in one.can]
    for one in able:
        if one.name == name:
            return one
    raise UsageError(f"no format {name!r} to {need}", hint="there are " + ", ".join(sorted(one.name for one in able)))


def by_suffix(path: str, formats: Iterable[Format], need: str) -> Format | None:
    """The format that a file name's suffix means, or None."""
    name = PurePath(path).name.lower()
    for one in formats:
        if need in one.can and any(name.endswith(suffix) for suffix in one.suffixes):
            return one
    return None


def sniff(data: bytes, formats: Iterable[Format]) -> Format | None:
    """The format whose sign the first bytes bear, or None."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    for one in formats:
        if one.sign and "read" in one.can and re.match(one.sign, head, re.DOTALL | re.IGNORECASE):
            return one
    return None
