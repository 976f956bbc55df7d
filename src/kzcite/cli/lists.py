"""`kzcite list` and `kzcite rule`: what there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import click

from kzcite.model import UsageError

Row = tuple[str, str]


def _styles() -> Iterator[Row]:
    from kzcite.tables import styles

    return ((one.name, one.title) for one in styles.styles())


def _formats() -> Iterator[Row]:
    from kzcite.formats.registry import BY_ITEM, DOCUMENT_FORMATS, LIBRARY_FORMATS

    for one in (*DOCUMENT_FORMATS, *LIBRARY_FORMATS):
        yield one.name, f"{one.title} ({', '.join(sorted(one.can - BY_ITEM))}; {' '.join(one.suffixes)})"


def _systems() -> Iterator[Row]:
    from kzcite.tables import systems

    return ((one.id, f"{one.language}: {one.title}") for one in systems.systems())


def _rules() -> Iterator[Row]:
    from kzcite import checks

    return ((one.code, f"{one.name} ({one.severity.label})") for one in checks.rules())


def _profiles() -> Iterator[Row]:
    from kzcite.tables import profiles

    return ((one.name, one.title) for one in profiles.profiles())


def _locales() -> Iterator[Row]:
    from kzcite.tables import styles

    return ((one, "") for one in styles.locales())


KINDS: dict[str, Callable[[], Iterator[Row]]] = {
    "styles": _styles,
    "formats": _formats,
    "systems": _systems,
    "rules": _rules,
    "profiles": _profiles,
    "locales": _locales,
}


@click.command("list", epilog="\b\nkzcite list styles\nkzcite list rules")
@click.argument("kind", type=click.Choice(list(KINDS)))
def list_command(kind: str) -> None:
    """Print what there is of KIND, a line each."""
    rows = list(KINDS[kind]())
    width = max((len(name) for name, _ in rows), default=0)
    for name, title in rows:
        click.echo(f"{name:<{width}}  {title}".rstrip())


@click.command("rule", epilog="\b\nkzcite rule LNK001\nkzcite list rules")
@click.argument("code")
@click.pass_obj
def rule_command(lang: str, code: str) -> None:
    """Print the page of the check CODE: what it finds, why, with examples and the fix."""
    from kzcite import checks

    for one in checks.rules():
        if code.upper() == one.code or code == one.name:
            click.echo(checks.page(one, lang))
            return
    raise UsageError(f"no rule {code!r}", hint="kzcite list rules")
