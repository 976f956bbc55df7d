"""Large files without the garbage collector."""

from __future__ import annotations

import gc

from kzcite.formats.collector import uncollected


def test_what_is_made_inside_is_not_young_afterwards() -> None:
    with uncollected():
        assert not gc.isenabled()
        made = [[number] for number in range(50_000)]
    assert gc.isenabled()
    assert len(made) == 50_000
    assert gc.get_count()[0] < 25_000


def test_the_inner_one_of_two_changes_nothing() -> None:
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
