"""The report for the author: findings as lines of rich text in his language, with the corrected entries.

In: a document or library with its findings. Out: rows of (label, line), for any composer of `formats`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kzcite.checks.messages import word
from kzcite.model import (
    Applicability,
    Document,
    Edit,
    Entry,
    Finding,
    Library,
    Rich,
    Run,
    Severity,
    Span,
    choose_edits,
)

Row = tuple[str, Rich]
_BOLD, _ITALIC = frozenset({"bold"}), frozenset({"italic"})
_ROUND = 60


def report_rows(
    target: Document | Library, findings: Sequence[Finding], sentences: Sequence[str], language: str
) -> Iterator[Row]:
    """The rows of one file: what concerns the text first, then each entry that has findings.

    `sentences` are the messages of `findings`, in their order.
    """
    told = list(zip(findings, sentences, strict=True))
    if not told:
        yield "", Rich.of(word("nothing-found", language))
        return
    for finding, sentence in told:
        if finding.entry is None:
            yield _place(target, finding, language), _sentence(finding, sentence, language)
            if isinstance(target, Document) and finding.span is not None and finding.span.length:
                yield "", _quoted(target.text, finding.span)
    if isinstance(target, Document):
        for entry in target.entries:
            own = [one for one in told if one[0].entry == entry.id]
            if own:
                yield from _entry_rows(target, entry, own, language)
    else:
        for item in target:
            own = [one for one in told if one[0].entry == item.id]
            for number, (finding, sentence) in enumerate(own):
                yield (item.id if not number else ""), _sentence(finding, sentence, language)


def _place(target: Document | Library, finding: Finding, language: str) -> str:
    if isinstance(target, Document) and finding.span is not None:
        return f"{word('at-line', language)} {target.line_column(finding.span.start)[0]}."
    return "–"


def _sentence(finding: Finding, sentence: str, language: str) -> Rich:
    severity = word(Severity(finding.severity).label, language)
    runs = [Run(f"{severity} {finding.code}: ", _BOLD), Run(sentence[:1].upper() + sentence[1:] + ".")]
    if finding.expected and finding.expected not in sentence:
        runs.append(Run(f" {word('expected', language)}: {finding.expected}."))
    return Rich(tuple(runs))


def _quoted(text: str, span: Span) -> Rich:
    """The words round a span, the span itself in bold italics."""
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - _ROUND)
    stop = text.find("\n", span.end)
    stop = min(len(text) if stop < 0 else stop, span.end + _ROUND)
    before = ("…" if start and text[start - 1] != "\n" else "") + text[start : span.start]
    after = text[span.end : stop] + ("…" if stop < len(text) and text[stop] != "\n" else "")
    return Rich((Run(before, _ITALIC), Run(span.cut(text), _BOLD | _ITALIC), Run(after, _ITALIC)))


def _entry_rows(document: Document, entry: Entry, own: Sequence[tuple[Finding, str]], language: str) -> Iterator[Row]:
    yield f"{entry.label or entry.id}.", _marked(document.text, entry.span, [one.span for one, _ in own if one.span])
    for finding, sentence in own:
        yield "–", _sentence(finding, sentence, language)
    edits = [edit for finding, _ in own for edit in finding.edits if entry.span.contains(edit.span)]
    chosen = choose_edits(edits, Applicability.UNSAFE)
    if chosen:
        head = Rich((Run(f"{word('corrected', language)}: ", _BOLD),))
        yield "", head + _corrected(document.text, entry.span, chosen)


def _marked(text: str, whole: Span, spans: Sequence[Span]) -> Rich:
    """The entry as printed, what is at fault in bold (where that is not the whole)."""
    flags = [False] * whole.length
    for span in spans:
        if span.length < whole.length:
            for at in range(max(span.start, whole.start), min(span.end, whole.end)):
                flags[at - whole.start] = True
    runs: list[Run] = []
    for at, flag in enumerate(flags):
        char, marks = text[whole.start + at], (_BOLD if flag else frozenset[str]())
        if runs and runs[-1].marks == marks:
            runs[-1] = Run(runs[-1].text + char, marks)
        else:
            runs.append(Run(char, marks))
    return Rich(tuple(runs))


def _corrected(text: str, whole: Span, edits: Sequence[Edit]) -> Rich:
    runs: list[Run] = []
    at = whole.start
    for edit in edits:
        runs += [Run(text[at : edit.span.start]), Run(edit.replacement.text, _BOLD)]
        at = edit.span.end
    runs.append(Run(text[at : whole.end]))
    return Rich(tuple(run for run in runs if run.text))
