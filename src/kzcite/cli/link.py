"""`kzcite link`: a document's in-text markers → its entries."""

from __future__ import annotations

import click

from kzcite import jobs
from kzcite.cli import options
from kzcite.cli.say import say_reading
from kzcite.cli.shapes import dump, linked
from kzcite.model import UsageError


@click.command(
    "link",
    epilog="\b\nkzcite link paper.md\nkzcite link paper.docx -o live.docx\n"
    "kzcite link paper.docx --zotero -o live.docx\nkzcite link paper.docx -t html -o paper.html",
)
@click.argument("file", metavar="FILE")
@options.input_format
@options.output_format("json")
@options.output_file
@click.option("--zotero", is_flag=True, help="docx: write Zotero citation and bibliography fields.")
@click.option("--style", default="gost-kz", metavar="NAME", help="Style named in the Zotero fields.")
@click.pass_obj
def link_command(
    lang: str,
    file: str,
    input_format: str | None,
    output_format: str | None,
    output: str,
    zotero: bool,
    style: str,
) -> None:
    """Link every marker of FILE ([1], [3, с. 45; 7–9], (Омаров, 2024) ...) to its entry of the reference list.

    -t json prints the links, -t html a page to look at, -t live gives the file back in its own format with live links
    (meant too by -o with the input's own suffix).
    """
    from kzcite.formats.files import read_bytes, write_bytes

    data = read_bytes(file)
    document = say_reading(jobs.link(jobs.document_from_bytes(data, file, input_format)))
    target = output_format or _by_suffix(output, document.format)
    if target == document.format != "html":
        target = "live"
    if zotero and (target != "live" or document.format != "docx"):
        raise UsageError("--zotero needs a docx", hint="kzcite link paper.docx --zotero -o live.docx")
    if target == "json":
        result = (dump(linked(document), indent=1) + "\n").encode()
    elif target == "html":
        result = jobs.link_page(document, lang)
    elif target == "live":
        result = jobs.live_links(data, document, zotero=zotero, style=style)
    else:
        raise UsageError(f"cannot write {target!r} from {document.format}", hint="json, html or live")
    write_bytes(output, result)


def _by_suffix(output: str, own: str) -> str:
    from kzcite.formats.registry import DOCUMENT_FORMATS, by_suffix

    found = by_suffix(output, DOCUMENT_FORMATS, "read")
    if found and found.name == own:
        return "live"
    return found.name if found else "json"
