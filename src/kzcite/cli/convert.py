"""`kzcite convert`: one exchange format into another, several files into one."""

from __future__ import annotations

from pathlib import Path

import click

from kzcite import jobs
from kzcite.cli.say import visible
from kzcite.cli.shapes import dump
from kzcite.formats.mapped import one_line
from kzcite.model import Finding, Loss, UsageError


@click.command(
    "convert",
    epilog="\b\nkzcite convert refs.bib refs.ris\nkzcite convert thesis.docx refs.bib\n"
    "kzcite convert a.bib b.ris c.xml -o all.json --dedupe decisions.tsv",
)
@click.argument("files", metavar="IN [IN...] [OUT]", nargs=-1, required=True)
@click.option("-f", "--from", "input_format", metavar="FORMAT", help="Format of the inputs (else by suffix).")
@click.option("-t", "--to", "output_format", metavar="FORMAT", help="Format of the output (else by suffix).")
@click.option("-o", "--output", metavar="OUT", help="Write here; every other file is then an input.")
@click.option("--strict", is_flag=True, help="Exit 1 where the output cannot hold everything or a record was bad.")
@click.option("--losses", type=click.Choice(["text", "json"]), default="text", help="How losses are told.")
@click.option(
    "--keys", "pattern", metavar="PATTERN", help="Make every key anew: {author}{year}, {title}, {type}, {id}."
)
@click.option(
    "--dedupe",
    metavar="DECISIONS",
    type=click.Path(path_type=Path),
    help="Merge duplicates; what was decided stands in this file, to be reviewed and used again.",
)
@click.pass_context
def convert_command(
    ctx: click.Context,
    files: tuple[str, ...],
    input_format: str | None,
    output_format: str | None,
    output: str | None,
    strict: bool,
    losses: str,
    pattern: str | None,
    dedupe: Path | None,
) -> None:
    """Convert bibliographic files (or the reference list of a document) into one format.

    What the output format cannot hold is told on standard error, a line each: entry, field, value, reason.
    """
    inputs, target = _files(files, output, output_format)
    if output_format is None and target != "-" and not _has_known_suffix(target):
        raise UsageError(f"{target}: no format has this suffix", hint="name one with -t; kzcite list formats")
    done = jobs.convert_files(inputs, target, read=input_format, write=output_format, decisions=dedupe, pattern=pattern)
    for finding in done.findings:
        click.echo(visible(_finding_line(finding)), err=True)
    for line in done.notes:
        click.echo(visible(line), err=True)
    if losses == "json":
        click.echo(dump([_loss(one) for one in done.losses], indent=1), err=True)
    else:
        for one in done.losses:
            line = f"{one.item}: {one.name} not written: {one.value} ({one.reason})"
            click.echo(visible(one_line(line)), err=True)
    if strict and (done.losses or done.findings):
        ctx.exit(1)


def _files(files: tuple[str, ...], output: str | None, output_format: str | None) -> tuple[tuple[str, ...], str]:
    """Inputs and output: `IN OUT`, `IN... -o OUT`, or `IN -t FORMAT` to standard output."""
    if output is not None:
        return files, output
    if len(files) == 1:
        if output_format is None:
            raise UsageError("where to?", hint="kzcite convert IN OUT, or -t FORMAT for standard output")
        return files, "-"
    return files[:-1], files[-1]


def _has_known_suffix(target: str) -> bool:
    from kzcite.formats.registry import LIBRARY_FORMATS, by_suffix

    return by_suffix(target, LIBRARY_FORMATS, "write") is not None


def _finding_line(one: Finding) -> str:
    from kzcite.formats.library.faults import message

    return f"{one.params.get('source') or '-'}:{one.params.get('line', '')}: {one.code} {message(one)}"


def _loss(one: Loss) -> dict[str, str]:
    return {"entry": one.item, "field": one.name, "value": one.value, "reason": one.reason}
