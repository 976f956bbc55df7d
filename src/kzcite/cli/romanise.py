"""`kzcite romanise`: Cyrillic text → Latin by a named system."""

from __future__ import annotations

import sys

import click

from kzcite import jobs


@click.command("romanise", epilog="\b\nkzcite romanise --system kaz-latin-2021 'Қазақстан тарихы'\nkzcite list systems")
@click.argument("text", metavar="[TEXT...]", nargs=-1)
@click.option("-s", "--system", required=True, metavar="NAME", help="A system of `kzcite list systems`.")
@click.option("--reverse", is_flag=True, help="Latin back to Cyrillic, where the system is reversible.")
def romanise_command(text: tuple[str, ...], system: str, reverse: bool) -> None:
    """Print TEXT (or every line of standard input) in Latin letters by the system."""
    lines = [" ".join(text)] if text else (line.rstrip("\n") for line in sys.stdin)
    for line in lines:
        click.echo(jobs.romanise(line, system, reverse=reverse))
