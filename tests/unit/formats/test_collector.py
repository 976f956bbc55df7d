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


def test_cycles_do_not_pile_up() -> None:
    """Each read leaves a tree with parents: the ordinary searches must still find it."""
    gc.collect()
    before = len(gc.get_objects())
    for _ in range(2_000):
        with uncollected():
            tree: list[object] = [[] for _ in range(50)]
            tree.append(tree)
    assert len(gc.get_objects()) - before < 50_000
