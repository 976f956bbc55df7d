"""The rules by group, one a module. To know every rule, read this tuple."""

from __future__ import annotations

from kzcite.checks.groups import (
    acts,
    hosts,
    identifiers,
    imprint,
    journal,
    links,
    lists,
    names,
    pages,
    parsing,
    scripts,
    styling,
    twins,
    works,
)

MODULES = (
    parsing,
    scripts,
    imprint,
    acts,
    pages,
    identifiers,
    hosts,
    names,
    lists,
    works,
    links,
    twins,
    styling,
    journal,
)
