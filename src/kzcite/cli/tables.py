"""`kzcite tables check`: say whether a directory of tables may be laid over ours."""

from __future__ import annotations

from pathlib import Path

import click

from kzcite.model import TableError


@click.group("tables")
def tables_command() -> None:
    """Work with your own tables of words, places, systems, profiles."""


@tables_command.command("check", epilog="\b\nkzcite tables check my-tables")
@click.argument("directory", type=click.Path(path_type=Path))
def check_directory(directory: Path) -> None:
    """Read every table of DIRECTORY and say what is wrong with it (exit 4) or that all are good."""
    from kzcite import jobs

    found = list(jobs.table_problems(directory))
    for one in found:
        click.echo(one, err=True)
    if found:
        raise TableError(f"{len(found)} problems", where=str(directory))
    click.echo(f"{directory}: good")
