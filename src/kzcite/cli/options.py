"""Options that several verbs share, spelt once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def input_format(command: Command) -> Command:
    return click.option("-f", "--from", "input_format", metavar="FORMAT", help="Format of the input (else by suffix).")(
        command
    )


def output_format(default: str) -> Callable[[Command], Command]:
    return click.option(
        "-t",
        "--to",
        "output_format",
        metavar="FORMAT",
        default=None,
        help=f"Format of the output (default: {default}).",
    )


def output_file(command: Command) -> Command:
    return click.option("-o", "--output", default="-", metavar="OUT", help="Write here (default: standard output).")(
        command
    )


def workers(command: Command) -> Command:
    return click.option(
        "-j", "--jobs", "workers", type=click.IntRange(1, 256), default=1, metavar="N", help="Processes to use."
    )(command)
