"""Run the selected rules over a paper or a library and honour what the text says to ignore."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from kzcite.checks.rule import Fault, Rule, select_rules
from kzcite.checks.views import Paper, paper_of_document, paper_of_library
from kzcite.model import Document, Finding, Library, Notice, Span
from kzcite.tables.profiles import Profile, find_profile

_COMMENT = re.compile(
    r"kzcite:[ \t]*ignore(?P<file>-file)?[ \t]*(?P<codes>(?:[A-Za-z]{3}\d{0,3}(?![^\W_])[ \t,]*)*)", re.IGNORECASE
)
_ALONE = re.compile(r"\s*(?:<!--|%+|//|#+|\[//\]: #)?\s*\(?\s*$")


def run_rules(
    target: Document | Library,
    rules: Iterable[Rule],
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    profile: str | Path | Profile | None = None,
    today: date | None = None,
    twins: Iterable[tuple[str, str, float]] = (),
) -> tuple[Finding, ...]:
    """Findings in order of place, then of code.

    `profile` is a name, a .toml file or a Profile; `today` decides what lies in the future. A document must be LINKED.
    """
    chosen = select_rules(rules, select, ignore)
    asked = profile if isinstance(profile, Profile) or profile is None else find_profile(profile)
    day = today or date.today()
    if isinstance(target, Library):
        paper = paper_of_library(target, day, asked)
        chosen = tuple(one for one in chosen if not one.needs_print)
    else:
        paper = paper_of_document(target, day, asked, twins)
    findings = [finding for one in chosen for finding in _findings(one, paper)]
    if paper.document is not None:
        findings = _without_suppressed(findings, paper)
    order = {line.id: number for number, line in enumerate(paper.lines)}
    return tuple(
        sorted(findings, key=lambda f: (f.span or Span(order.get(f.entry or "", 0), 0), f.code, f.field or ""))
    )


def run_volume_rules(
    targets: Sequence[tuple[str, Document | Library]], rules: Iterable[Rule], *, today: date | None = None
) -> tuple[tuple[Finding, ...], ...]:
    """The findings of the rules that look at several papers together, a tuple for each target."""
    day = today or date.today()
    papers = [
        (
            name,
            paper_of_library(target, day, None)
            if isinstance(target, Library)
            else paper_of_document(target, day, None),
        )
        for name, target in targets
    ]
    found: list[list[Finding]] = [[] for _ in papers]
    for one in rules:
        if one.looks_at == "volume":
            for number, fault in one.run(papers):
                found[number] += _as_findings(one, [fault])
    return tuple(tuple(one) for one in found)


def _findings(one: Rule, paper: Paper) -> Iterator[Finding]:
    yield from _as_findings(one, _faults(one, paper))


def _as_findings(one: Rule, faults: Iterable[Fault]) -> Iterator[Finding]:
    for fault in faults:
        edits = tuple(edit if edit.reason else replace(edit, reason=one.code) for edit in fault.edits)
        severity = one.severity if fault.severity is None else fault.severity
        yield Finding(
            one.code,
            severity,
            fault.span,
            fault.entry,
            fault.field,
            fault.printed,
            fault.expected,
            fault.clause or one.clause,
            fault.params,
            edits,
        )


def _faults(one: Rule, paper: Paper) -> Iterator[Fault]:
    if one.looks_at in ("volume", "file"):
        return
    if one.looks_at == "paper":
        yield from one.run(paper)
    elif one.looks_at == "list":
        for listing in paper.listings:
            yield from one.run(listing, paper)
    else:
        for line in paper.lines:
            yield from one.run(line, paper)


def _without_suppressed(findings: list[Finding], paper: Paper) -> list[Finding]:
    """Findings that no `kzcite: ignore` comment covers.

    A comment covers its own line and the entry it stands in; alone on its line it covers the next entry or line;
    `ignore-file` covers the whole text. Without codes it means every rule.
    """
    document = paper.document
    hidden = [one for one in document.notices if one.code == "silence"] if document is not None else []
    if "kzcite:" not in paper.text and not hidden:
        return findings
    covers = [*_covers(paper), *(cover for one in hidden for cover in _hidden_covers(one, paper))]
    return [
        one
        for one in findings
        if not any(
            (not codes or one.code.startswith(codes)) and (one.span is None or span.overlaps(_wide(one.span)))
            for span, codes in covers
        )
    ]


def _wide(span: Span) -> Span:
    return span if span.length else Span(span.start, span.end + 1)


def _covers(paper: Paper) -> Iterator[tuple[Span, tuple[str, ...]]]:
    text = paper.text
    entries = sorted(Span(line.start, line.start + len(line.raw)) for line in paper.lines if line.start is not None)
    starts = [one.start for one in entries]
    for found in _COMMENT.finditer(text):
        codes = tuple(re.findall(r"[A-Z]{3}\d{0,3}", found["codes"].upper()))
        if found["file"]:
            yield Span(0, len(text) + 1), codes
            continue
        start = text.rfind("\n", 0, found.start()) + 1
        end = _end_of_line(text, found.end())
        yield Span(start, end + 1), codes
        if _ALONE.fullmatch(text[start : found.start()]):
            following = bisect_right(starts, end)
            next_line = _next_line(text, end)
            yield next_line, codes
            if following < len(entries) and entries[following].overlaps(next_line):
                yield entries[following], codes
        inside = bisect_right(starts, found.start()) - 1
        if inside >= 0 and entries[inside].end >= found.start():
            yield entries[inside], codes


def _hidden_covers(notice: Notice, paper: Paper) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """What a comment covers that the reader of the format left out of the text."""
    found = _COMMENT.search(notice.params["text"])
    if not found:
        return
    codes = tuple(re.findall(r"[A-Z]{3}\d{0,3}", found["codes"].upper()))
    if found["file"]:
        yield Span(0, len(paper.text) + 1), codes
        return
    at = max(0, int(notice.params["at"]) - (notice.params["alone"] == "no"))
    yield Span(paper.text.rfind("\n", 0, at) + 1, _end_of_line(paper.text, at) + 1), codes
    for line in paper.lines:
        if line.start is not None and line.start - 8 <= at < line.start + len(line.raw) + 1:
            yield Span(line.start, line.start + len(line.raw)), codes


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _next_line(text: str, end: int) -> Span:
    """The first line with anything on it after the line end at `end`."""
    start = end
    while start < len(text) and text[start].isspace():
        start += 1
    return Span(start, max(start + 1, _end_of_line(text, start)))
