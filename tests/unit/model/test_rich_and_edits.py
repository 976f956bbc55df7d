"""Formatted runs, and edits on spans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcite.model import Applicability, Edit, Rich, Run, Span, apply_edits, choose_edits


@pytest.mark.parametrize(
    ("markup", "runs"),
    [
        ("plain", [("plain", set())]),
        ("H<sub>2</sub>O", [("H", set()), ("2", {"sub"}), ("O", set())]),
        ("<i>a <b>b</b></i>", [("a ", {"italic"}), ("b", {"italic", "bold"})]),
        ("<script>x</script>", [("<script>x</script>", set())]),
        ("<i>open", [("<i>open", set())]),
        ('<span class="nocase">DNA</span> x', [("DNA x", set())]),
        ('<span style="font-variant: small-caps;">AD</span>', [("AD", {"small-caps"})]),
    ],
)
def test_csl_markup(markup: str, runs: list[tuple[str, set[str]]]) -> None:
    assert [(run.text, set(run.marks)) for run in Rich.from_csl(markup).runs] == runs


@given(st.text())
def test_plain_text_stays_literal(text: str) -> None:
    assert Rich.of(text).text == text


def test_neighbours_of_one_look_become_one_run() -> None:
    assert (Rich.of("a") + Rich.of("b")).runs == (Run("ab"),)


def test_overlapping_edits_are_not_both_chosen() -> None:
    first, second = Edit(Span(0, 5), Rich.of("x")), Edit(Span(3, 6), Rich.of("y"))
    assert choose_edits([second, first]) == (first,)


def test_insertions_at_one_place_both_stay() -> None:
    one, two = Edit(Span(2, 2), Rich.of("a")), Edit(Span(2, 2), Rich.of("b"))
    assert apply_edits("....", choose_edits([one, two])) == "..ab.."


def test_only_edits_that_may_be_trusted_are_chosen() -> None:
    unsafe = Edit(Span(0, 1), Rich.of("x"), Applicability.UNSAFE)
    assert choose_edits([unsafe]) == ()
    assert choose_edits([unsafe], Applicability.UNSAFE) == (unsafe,)


@given(
    st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 5), st.text(max_size=3)), max_size=6)
)
def test_text_outside_edits_is_untouched(text: str, raw: list[tuple[int, int, str]]) -> None:
    spans = [(Span(min(a, len(text)), min(a + n, len(text))), new) for a, n, new in raw]
    chosen = choose_edits(Edit(span, Rich.of(new)) for span, new in spans)
    kept, at = [], 0
    for edit in chosen:
        kept.append(text[at : edit.span.start])
        at = edit.span.end
    kept.append(text[at:])
    result = apply_edits(text, chosen)
    place = 0
    for part in kept:
        assert part in result[place:] or not part
        place = result.index(part, place) + len(part) if part else place
