"""Findings for people and machines: text, JSON, JSON Lines, SARIF 2.1.0, GitHub annotations; the summary; the baseline.

A report is made of `jobs.Checked`s; sentences are made here, in the user's language.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from kzcite.cli.say import visible
from kzcite.cli.shapes import dump
from kzcite.model import Document, Finding, Severity, Span

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from kzcite.jobs import Checked

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
SARIF_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
GITHUB_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
COLOUR = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_EXCERPT = 88


# --- machines ------------------------------------------------------------------------------------------------------


def finding_object(checked: Checked, finding: Finding, language: str) -> dict[str, Any]:
    """One finding in the shape of the outer contract."""
    from kzcite import checks

    line, column = _line_column(checked, finding)
    edits = finding.edits
    return {
        "code": finding.code,
        "name": checks.find_rule(finding.code).name,
        "severity": finding.severity.label,
        "message": checks.message(finding, language),
        "file": checked.source,
        "line": line,
        "column": column,
        "span": list(finding.span) if finding.span else None,
        "entry": finding.entry,
        "field": finding.field,
        "printed": finding.printed,
        "expected": finding.expected,
        "fix": {
            "applicability": min(one.applicability for one in edits).label,
            "edits": [{"span": list(one.span), "replacement": one.replacement.text} for one in edits],
        }
        if edits
        else None,
        "clause": finding.clause,
    }


def _line_column(checked: Checked, finding: Finding) -> tuple[int | None, int | None]:
    if finding.span is None or not isinstance(checked.target, Document):
        line = finding.params.get("line", "")  # the reader of a bibliographic file knows the line of the record
        return (int(line), 1) if line.isdecimal() else (None, None)
    return checked.target.line_column(finding.span.start)


def as_json(reports: Sequence[Checked], language: str) -> str:
    """One JSON array of findings."""
    return dump([finding_object(one, f, language) for one in reports for f in one.findings], indent=1) + "\n"


def as_jsonl(reports: Sequence[Checked], language: str) -> str:
    return "".join(dump(finding_object(one, f, language)) + "\n" for one in reports for f in one.findings)


def as_github(reports: Sequence[Checked], language: str) -> str:
    """Workflow commands: a line a finding, shown beside the changed lines of a pull request."""
    lines = []
    for one in reports:
        for finding in one.findings:
            shape = finding_object(one, finding, language)
            where = {"file": one.source, "line": shape["line"], "col": shape["column"]}
            where["title"] = f"{finding.code} {shape['name']}"
            properties = ",".join(f"{k}={_escape(str(v), True)}" for k, v in where.items() if v is not None)
            lines.append(f"::{GITHUB_LEVEL[finding.severity]} {properties}::{_escape(shape['message'])}\n")
    return "".join(lines)


def _escape(text: str, is_property: bool = False) -> str:
    text = visible(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))
    return text.replace(":", "%3A").replace(",", "%2C") if is_property else text


def as_sarif(reports: Sequence[Checked], language: str) -> str:
    """A SARIF 2.1.0 log of one run (OASIS, 2020). Regions count in the text that `kzcite show FILE --text` prints."""
    from kzcite import checks
    from kzcite.__about__ import __version__

    rules = checks.rules()
    index = {rule.code: number for number, rule in enumerate(rules)}
    log = {
        "$schema": SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "kzcite",
                        "version": __version__,
                        "rules": [
                            {
                                "id": rule.code,
                                "name": rule.name,
                                "shortDescription": {"text": checks.summary(rule, language)},
                                "help": {"text": checks.page(rule, language), "markdown": checks.page(rule, language)},
                                "defaultConfiguration": {"level": SARIF_LEVEL[rule.severity]},
                            }
                            for rule in rules
                        ],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(one, f, index[f.code], language) for one in reports for f in one.findings],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _result(checked: Checked, finding: Finding, rule_index: int, language: str) -> dict[str, Any]:
    from kzcite import checks

    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(checked.source)}}
    if finding.span is not None and isinstance(checked.target, Document):
        place["region"] = _region(checked.target, finding.span)
    elif finding.params.get("line", "").isdecimal():
        place["region"] = {"startLine": max(1, int(finding.params["line"]))}
    location: dict[str, Any] = {"physicalLocation": place}
    if finding.entry:
        location["logicalLocations"] = [{"name": finding.entry, "kind": "element"}]
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule_index,
        "level": SARIF_LEVEL[finding.severity],
        "message": {"text": checks.message(finding, language)},
        "locations": [location],
        "partialFingerprints": {"kzcite/v1": fingerprint(checked, finding)},
    }
    if finding.edits and isinstance(checked.target, Document):
        document = checked.target
        replacements = [
            {"deletedRegion": _region(document, one.span), "insertedContent": {"text": one.replacement.text}}
            for one in finding.edits
        ]
        result["fixes"] = [
            {"artifactChanges": [{"artifactLocation": place["artifactLocation"], "replacements": replacements}]}
        ]
    return result


def _uri(source: str) -> str:
    from pathlib import Path
    from urllib.parse import quote

    if source == "-":
        return "stdin"
    path = Path(source)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _region(document: Document, span: Span) -> dict[str, int]:
    line, column = document.line_column(span.start)
    end_line, end_column = document.line_column(span.end)
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": span.start,
        "charLength": span.length,
    }


# --- the baseline --------------------------------------------------------------------------------------------------


def fingerprint(checked: Checked, finding: Finding) -> str:
    """What a finding is, whatever line it has moved to: file, rule, words at fault, the entry's text."""
    entry = checked.raw(finding.entry)
    parts = (checked.source, finding.code, finding.field or "", finding.printed, " ".join(entry.split()))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:20]


def baseline_of(reports: Sequence[Checked]) -> str:
    """The findings of these reports as a baseline file."""
    counts = Counter(fingerprint(one, f) for one in reports for f in one.findings)
    return dump({"version": 1, "findings": dict(sorted(counts.items()))}, indent=1) + "\n"


def beyond_baseline(reports: Sequence[Checked], baseline: dict[str, int]) -> list[Checked]:
    """The reports without the findings that the baseline knows."""
    left = Counter(baseline)
    out = []
    for one in reports:
        kept = []
        for finding in one.findings:
            mark = fingerprint(one, finding)
            if left[mark] > 0:
                left[mark] -= 1
            else:
                kept.append(finding)
        out.append(one.with_findings(kept))
    return out


# --- people --------------------------------------------------------------------------------------------------------


def print_text(reports: Sequence[Checked], language: str, console: Console) -> None:
    """Findings grouped by entry, each with its excerpt underlined; a table by file where there are several; the sum."""
    for one in reports:
        if one.findings:
            _print_file(one, language, console)
    if len(reports) > 1:
        _print_table(reports, language, console)
    console.print(summary_line(reports, language), style="bold")


def _print_line(line: Text, console: Console) -> None:
    """A line as long as it is; without colours rich, which looks at each line anew, has nothing to do."""
    if console.color_system is None and "\t" not in line.plain:
        console.file.write(line.plain + "\n")
    else:
        console.print(line, soft_wrap=True)


def _print_file(checked: Checked, language: str, console: Console) -> None:
    from rich.text import Text

    console.print(checked.source or "-", style="bold underline")
    for entry, findings in _grouped(checked):
        _print_line(Text(), console)
        place = _word("in-text" if isinstance(checked.target, Document) else "file", language)
        _print_line(Text(f"  {visible(checked.title(entry)) if entry else place}", "bold"), console)
        for finding in findings:
            _print_finding(checked, finding, language, console)
    console.print()


def _grouped(checked: Checked) -> Iterator[tuple[str | None, list[Finding]]]:
    """Findings on the text first, then those of each entry, in printed order."""
    groups: dict[str | None, list[Finding]] = {}
    for finding in checked.findings:
        groups.setdefault(finding.entry, []).append(finding)
    if None in groups:
        yield None, groups.pop(None)
    order = {id: at for at, id in enumerate(checked.entry_ids())}
    yield from sorted(groups.items(), key=lambda one: order.get(one[0] or "", len(order)))


def _print_finding(checked: Checked, finding: Finding, language: str, console: Console) -> None:
    from rich.text import Text

    from kzcite import checks

    head = Text("    ")
    line, column = _line_column(checked, finding)
    if line is not None:
        head.append(f"{line}:{column} ", "dim")
    head.append(f"{_word(finding.severity.label, language)} ", COLOUR[finding.severity])
    head.append(f"{finding.code} ", "bold")
    head.append(visible(checks.message(finding, language)))
    if finding.edits:
        head.append(f"  [{_word(min(one.applicability for one in finding.edits).label, language)}]", "green")
    _print_line(head, console)
    if finding.span is not None and isinstance(checked.target, Document):
        shown, start, length = excerpt(checked.target.text, finding.span)
        text = Text(f"      {shown}", "dim")
        text.stylize("not dim", 6 + start, 6 + start + length)
        _print_line(text, console)
        _print_line(Text("      " + " " * start + "^" * length, COLOUR[finding.severity]), console)


def excerpt(text: str, span: Span, width: int = _EXCERPT) -> tuple[str, int, int]:
    """The line round a span, cut to `width` characters; where in it the span begins, and how long it is shown.

    >>> excerpt("one two three", Span(4, 7))
    ('one two three', 4, 3)
    """
    begin = text.rfind("\n", 0, span.start) + 1
    stop = text.find("\n", span.start)
    stop = len(text) if stop < 0 else stop
    end = min(max(span.end, span.start + 1), stop)
    room = max(0, width - (end - span.start)) // 2
    first, last = max(begin, span.start - room), min(stop, end + room)
    if last - first > width and end - span.start > width:
        last = end = first + width
    shown = visible(text[first:last].replace("\t", " ").replace("\xa0", " "))
    before, after = ("…" if first > begin else ""), ("…" if last < stop else "")
    return before + shown + after, len(before) + span.start - first, max(1, end - span.start)


def _print_table(reports: Sequence[Checked], language: str, console: Console) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(_word("file", language))
    for severity in reversed(Severity):
        table.add_column(_word(severity.label, language), justify="right")
    for one in reports:
        counts = Counter(finding.severity for finding in one.findings)
        table.add_row(one.source, *(str(counts[severity]) for severity in reversed(Severity)))
    console.print(table)
    console.print()


def summary_line(reports: Sequence[Checked], language: str) -> str:
    """`findings: 5 (errors: 3, warnings: 1, notes: 1); mended by --fix: 2`"""
    findings = [finding for one in reports for finding in one.findings]
    if not findings:
        return _word("nothing-found", language)
    counts = Counter(finding.severity for finding in findings)
    parts = [f"{_word(one.label + 's', language)}: {counts[one]}" for one in reversed(Severity) if counts[one]]
    fixable = sum(bool(one.edits) and min(e.applicability for e in one.edits) == 2 for one in findings)
    end = f"; {_word('fixable', language)}: {fixable}" if fixable else ""
    return f"{_word('findings', language)}: {len(findings)} ({', '.join(parts)}){end}"


def _word(word: str, language: str) -> str:
    from kzcite.checks import word as translated

    return translated(word, language)
