"""What a style prints that an item holds in another form, or that a table knows of what the item names.

Each derivation takes an item and gives it back with the variables that the style sets, or the same object where it has
nothing to say. A value that the item holds is never put aside for one from a table. `preparation.toml` names, a style,
the derivations it wants.
"""

from __future__ import annotations

from collections.abc import Callable

from kzcite.model import Item
from kzcite.renderer.derive import acts, editions, extents, holdings, people, reports

DERIVATIONS: dict[str, Callable[[Item], Item]] = {
    "act-kind": acts.kind,
    "act-kind-unmarked": acts.kind_unmarked,
    "act-of-body": acts.adopted_by,
    "act-of-body-short": acts.act_of_body,
    "act-imprint": acts.imprint,
    "archive-name": holdings.archive_name,
    "atlas": extents.atlas,
    "carrier": extents.carrier,
    "columns": holdings.columns,
    "edition-number": editions.number,
    "journal-kind": holdings.journal_kind,
    "report-kind": reports.kind,
    "report-roles": reports.roles,
    "report-leader": reports.leader,
    "translator-genitive": people.translator,
}
