"""Positions of cites: first, subsequent, ibid, near-note (CSL 1.0.2, "Locators and position")."""

from __future__ import annotations

from collections.abc import Sequence

from kzcite.renderer.csl.cites import Cite, Cluster

_SUBSEQUENT = frozenset(("subsequent",))
_IBID = frozenset(("subsequent", "ibid"))
_IBID_LOCATOR = frozenset(("subsequent", "ibid", "ibid-with-locator"))


def set_positions(clusters: Sequence[Cluster], prepared: Sequence[list[Cite]], near: int) -> None:
    """Set the position of every cite; `near` is the distance in notes that counts as near.

    Notes and running text are counted apart: an ibid in the text answers to the text.
    """
    for in_notes in (False, True):
        rows = [pair for pair in zip(clusters, prepared, strict=True) if bool(pair[0].note) == in_notes]
        _one_stream(rows, near, in_notes=in_notes)


def _one_stream(rows: Sequence[tuple[Cluster, list[Cite]]], near: int, *, in_notes: bool) -> None:
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    before: list[Cite] = []  # the cites of the note before, or of the cluster before
    note = -1
    for cluster, cites in rows:
        same_note = in_notes and cluster.note == note
        for at, cite in enumerate(cites):
            id = cite.request.id
            if id in first:
                previous: Cite | None = None
                if at:
                    previous = cites[at - 1]
                elif same_note or len({one.request.id for one in before}) == 1:
                    previous = before[-1]
                is_near = not in_notes or cluster.note - last[id] <= near
                cite.position = _repeated(cite, previous) | {"near-note" if is_near else "far-note"}
                cite.first_note = str(first[id]) if first[id] else ""
            else:
                first[id] = cluster.note
            last[id] = cluster.note
        before = before + cites if same_note else cites
        note = cluster.note


def _repeated(cite: Cite, previous: Cite | None) -> frozenset[str]:
    """The position of a cite whose item was cited before; `previous` is the one that ibid could answer to."""
    if previous is None or previous.request.id != cite.request.id:
        return _SUBSEQUENT
    own, other = cite.request, previous.request
    if not other.locator:
        return _IBID_LOCATOR if own.locator else _IBID
    if not own.locator:
        return _SUBSEQUENT
    return _IBID if (own.locator, own.label) == (other.locator, other.label) else _IBID_LOCATOR
