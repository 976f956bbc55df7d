"""`kzcite show`: the text that offsets count in, or the structure found."""

from __future__ import annotations

import click

from kzcite import jobs
from kzcite.cli import options
from kzcite.cli.say import say_reading
from kzcite.cli.shapes import dump, linked, structure


@click.command("show", epilog="\b\nkzcite show thesis.docx --text | head\nkzcite show paper.md")
@click.argument("file", metavar="FILE")
@options.input_format
@click.option("--text", "only_text", is_flag=True, help="Print the document's plain text: what all offsets count in.")
@click.option("--json", "as_json", is_flag=True, help="The structure as JSON.")
def show_command(file: str, input_format: str | None, only_text: bool, as_json: bool) -> None:
    """What kzcite sees in FILE: its lists, entries and markers with what they point to."""
    from kzcite.formats.files import write_standard

    document = say_reading(jobs.read_document(file, input_format))
    if only_text:
        write_standard(document.text.encode("utf-8", "surrogatepass"))
        return
    document = jobs.link(document)
    shown = dump(linked(document), indent=1) if as_json else "\n".join(structure(document))
    write_standard((shown + "\n").encode())
