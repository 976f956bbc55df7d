"""The command line: the group of verbs, what they share, and the one place where errors become exit codes."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kzcite.__about__ import __version__
from kzcite.cli.deadline import deadline
from kzcite.model.errors import KzciteError
from kzcite.model.limits import DEFAULT, using

VERBS: dict[str, tuple[str, str]] = {
    "parse": ("parse", "Reference lines to bibliographic data."),
    "link": ("link", "A document's in-text markers to its entries."),
    "check": ("check", "Find faults in a paper's citations, and mend them."),
    "render": ("render", "A library or a list as a formatted list."),
    "restyle": ("render", "The document again, its list and markers in another style."),
    "twin": ("render", "The romanised References that mirror a list."),
    "convert": ("convert", "One exchange format into another."),
    "romanise": ("romanise", "Cyrillic text in Latin letters by a named system."),
    "explain": ("explain", "One line with every field's span, source and rivals."),
    "show": ("show", "What was found in a file: text, lists, markers."),
    "rule": ("lists", "A check's page."),
    "list": ("lists", "Styles, formats, systems, rules, profiles, locales."),
    "tables": ("tables", "Check a directory of your own tables."),
}
"""Verb → (module of this package, one line). A module is imported when its verb is called."""


class Verbs(click.Group):
    """A group that imports a verb's module only when the verb is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"kzcite.cli.{VERBS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl([(name, line) for name, (_, line) in VERBS.items()])


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="`kzcite VERB --help` explains a verb with examples. Shell completion: see docs/reference/cli.md.",
)
@click.version_option(__version__, prog_name="kzcite")
@click.option("--lang", type=click.Choice(["kk", "ru", "en"]), help="Language of messages (else KZCITE_LANG, LANG).")
@click.option("--tables", multiple=True, type=click.Path(path_type=Path), help="A directory of tables laid over ours.")
@click.option("--limit", multiple=True, metavar="NAME=VALUE", help="Another bound on untrusted input.")
@click.pass_context
def main(ctx: click.Context, lang: str | None, tables: tuple[Path, ...], limit: tuple[str, ...]) -> None:
    """References in Kazakh, Russian and English: parse, link, check, render, romanise, export. Works offline."""
    settings = dict(one.partition("=")[::2] for one in limit)
    limits = ctx.with_resource(using(DEFAULT.with_settings(settings)))
    ctx.with_resource(deadline(limits.seconds))
    if tables:
        from kzcite.tables.loader import overlaid

        ctx.with_resource(overlaid(*tables))
    ctx.obj = lang or user_language()


def user_language() -> str:
    """kk, ru or en, as the environment says: KZCITE_LANG, then the locale's own variables."""
    for variable in ("KZCITE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            return value[:2] if value[:2] in ("kk", "ru") else "en"
    return "en"


def run() -> None:
    """The entry point `kzcite`: run a verb, print an error as one sentence, set the exit code of the contract."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., Any] | None = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    # The parser's products of matrices are small: threads for them cost more than they bring.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(50_000, 20, 50)  # what a verb makes lives long: looking through it takes a tenth of the time
    try:
        code = main.main(standalone_mode=False)
    except KzciteError as error:
        from kzcite.cli.say import visible

        click.echo(visible(f"kzcite: {error}"), err=True)
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("kzcite: stopped; nothing was half-written", err=True)
        code = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    gc.freeze()  # what is left goes with the process: no last search for cycles
    sys.exit(code if isinstance(code, int) else 0)
