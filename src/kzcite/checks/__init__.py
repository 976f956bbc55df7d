"""Checks: a linked Document or a Library → findings.

Rules are generators of faults, one group a module of `checks.groups`; sentences are made at the edge (`message`), in
the language of the user. Tables: `messages/*.toml`, `required.toml`, `sites.toml`, `place-names-history.csv`,
`repealed-acts.csv`, `profiles/*.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from kzcite.checks.author import report_rows
from kzcite.checks.messages import message_of, page_of, summary_of, word
from kzcite.checks.rule import Rule, select_rules
from kzcite.checks.runner import run_rules, run_volume_rules
from kzcite.model import Document, Finding, Library, UsageError
from kzcite.tables.profiles import Profile

__all__ = [
    "Rule",
    "check",
    "check_volume",
    "find_rule",
    "message",
    "page",
    "report_rows",
    "rules",
    "selected",
    "summary",
    "word",
]


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Every rule, in order of code."""
    from kzcite.checks.groups import MODULES

    found = [
        value.rule
        for module in MODULES
        for value in vars(module).values()
        if callable(value) and isinstance(getattr(value, "rule", None), Rule)
    ]
    return tuple(sorted(found, key=lambda one: one.code))


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Rule]:
    return {one.code: one for one in rules()}


def find_rule(code: str) -> Rule:
    """The rule of that code or name; UsageError where there is none."""
    for one in rules():
        if code.upper() == one.code or code.lower() == one.name:
            return one
    raise UsageError(f"no rule {code!r}", hint="kzcite list rules")


def selected(select: Iterable[str] | str = (), ignore: Iterable[str] | str = ()) -> tuple[Rule, ...]:
    """The rules that `select` and `ignore` leave."""
    return select_rules(rules(), select, ignore)


def check(
    target: Document | Library,
    *,
    select: Iterable[str] | str = (),
    ignore: Iterable[str] | str = (),
    profile: str | Path | Profile | None = None,
    today: date | None = None,
    twins: Iterable[tuple[str, str, float]] = (),
) -> tuple[Finding, ...]:
    """Findings on a LINKED document or a library, in order of place.

    `select` and `ignore` are codes, prefixes of codes or names; `profile` a journal's rules by name, file or value;
    `today` decides what lies in the future (default: the day of the call); `twins` are the pairs of ids and scores
    of `kzcite.linker.twins`, without which the rules on romanised lists are silent.
    """
    return run_rules(target, rules(), select=select, ignore=ignore, profile=profile, today=today, twins=twins)


def check_volume(
    targets: Sequence[tuple[str, Document | Library]], *, today: date | None = None
) -> tuple[tuple[Finding, ...], ...]:
    """Findings on several papers together (a name and a LINKED document or library each), those of each paper."""
    return run_volume_rules(targets, rules(), today=today)


def message(finding: Finding, lang: str = "en") -> str:
    """The finding as one sentence in kk, ru or en."""
    return message_of(_by_code()[finding.code], finding, lang)


def summary(rule: Rule, lang: str = "en") -> str:
    """What a rule finds, in one line in kk, ru or en."""
    return summary_of(rule, lang)


def page(rule: Rule, lang: str = "en") -> str:
    """The Markdown page of a rule in kk, ru or en."""
    return page_of(rule, lang)
