"""The rules by group, one a module. To know every rule, read this tuple."""

from __future__ import annotations

from kzcite.checks.groups import (
    acts,
    dashes,
    hosts,
    identifiers,
    imprint,
    journal,
    links,
    lists,
    marks,
    names,
    pages,
    parsing,
    points,
    scripts,
    slashes,
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
    dashes,
    slashes,
    points,
    marks,
    journal,
)
