"""The whole way with made-up input: read, find, parse, link, check, render, write; nothing raises but a KzciteError."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests import strategies

from kzcite import jobs
from kzcite.formats.registry import DOCUMENT_FORMATS
from kzcite.model import KzciteError, Library

SOME = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
COMPOSERS = [one.name for one in DOCUMENT_FORMATS if "compose" in one.can]


@SOME
@given(text=strategies.documents())
def test_a_document_is_linked_and_checked(text: str) -> None:
    document = jobs.link(text)
    for finding in jobs.check(document):
        assert finding.span is None or 0 <= finding.span.start <= finding.span.end <= len(document.text)


@SOME
@given(line=strategies.lines)
def test_a_line_gives_spans_of_its_own(line: str) -> None:
    item = jobs.parse(line)
    for field in item.fields if item else ():
        assert all(0 <= span.start <= span.end <= len(line) for span in field.origin.spans)


@SOME
@given(library=strategies.libraries)
def test_a_library_is_checked_rendered_and_composed(library: Library) -> None:
    jobs.check(library)
    lines = jobs.render(library, "gost-kz")
    assert len(lines) == len(library)
    for name in COMPOSERS:
        assert jobs.compose(lines, name) == jobs.compose(lines, name)


@SOME
@given(style=strategies.styles(), library=strategies.libraries)
def test_a_style_renders_or_is_refused(
    style: bytes, library: Library, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path: Path = tmp_path_factory.mktemp("style") / "s.csl"
    path.write_bytes(style)
    code, count = 0, len(library)
    try:
        count = len(jobs.render(library, path))
    except KzciteError as error:
        code = error.exit_code
    assert code in (0, 3, 4)
    assert count == len(library)
