"""`kzcite render`, `restyle`, `twin`: formatted lists, whole or put back into their document."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from kzcite import jobs
from kzcite.cli import options
from kzcite.cli.say import say_reading, visible
from kzcite.cli.shapes import dump
from kzcite.model import Applicability, Library, Rich, UsageError, choose_edits

ORDERS = ("mention", "alphabet", "as-is")


@click.command(
    "render",
    epilog="\b\nkzcite render refs.bib --style gost-7.1-2003\n"
    "kzcite render paper.docx --style apa -t html -o list.html\n"
    "kzcite render refs.json --style my-journal.csl -t docx -o list.docx",
)
@click.argument("file", metavar="FILE")
@options.input_format
@options.output_format("text")
@options.output_file
@click.option("-s", "--style", default="gost-kz", metavar="NAME|FILE.csl", help="A style (default: gost-kz).")
@click.option(
    "--locale", default="auto", metavar="auto|kk|ru|en", help="auto: each entry's terms in its own language (default)."
)
@click.option(
    "--order", type=click.Choice(ORDERS), default=None, help="Order of the list (default: as the style says)."
)
@click.option("--latin-first", is_flag=True, help="Alphabetical order with the Latin block before the Cyrillic one.")
@click.option("--citations", is_flag=True, help="Print the in-text citations instead of the list.")
@click.option("--title", default="", help="A heading over the list (html, docx ...).")
def render_command(
    file: str,
    input_format: str | None,
    output_format: str | None,
    output: str,
    style: str,
    locale: str,
    order: str | None,
    latin_first: bool,
    citations: bool,
    title: str,
) -> None:
    """Print the references of FILE (a library, or a document's own list) as a list in the style.

    With --citations, each marker of a document as the style makes it, with its pages and in the language of the paper,
    or one citation of each entry of a library.
    """
    if citations:
        _write_citations(file, input_format, output_format, output, style, locale, title)
        return
    library, order = _references(file, input_format, order)
    result = jobs.render_list(library, style, locale=locale, order=order or "style", latin_first=latin_first)
    ids = [item.id for item in result.library]
    _write(result.lines, ids, result.library, output_format, output, title, result.labels)


def _write_citations(
    file: str,
    input_format: str | None,
    output_format: str | None,
    output: str,
    style: str,
    locale: str,
    title: str,
) -> None:
    from kzcite.formats.files import read_bytes

    data = read_bytes(file)
    document = None
    if not jobs.library_format(data, file, input_format):
        document = say_reading(jobs.link(jobs.document_from_bytes(data, file, input_format)))
    if document is not None and document.markers:
        ids, library = [marker.id for marker in document.markers], document.library()
        made = jobs.citations(document, style, locale=locale)
    else:
        library, _ = _references(file, input_format, None)
        ids = [item.id for item in library]
        made = jobs.citations(library, style, locale=locale)
    _write(made, ids, library, output_format, output, title)


def _references(file: str, input_format: str | None, order: str | None) -> tuple[Library, str | None]:
    """The library, put in order of mention where that is asked for (only a document with markers knows it)."""
    from kzcite.formats.files import read_bytes

    data = read_bytes(file)
    if order != "mention":
        reading = jobs.references_from_bytes(data, file, input_format)
        for finding in reading.findings:
            click.echo(f"kzcite: {file}: {finding.code}: {visible(finding.printed[:120])}", err=True)
        # A record that could not be read is told above; it has no line.
        said = (item for item in reading.library if any(one.name != "type" for one in item.fields))
        return Library(tuple(said)), order
    if jobs.library_format(data, file, input_format):
        raise UsageError("--order mention needs a document with markers, not a library")
    return jobs.by_mention(say_reading(jobs.link(jobs.document_from_bytes(data, file, input_format)))), "as-is"


def _write(
    lines: Sequence[Rich],
    ids: Sequence[str],
    library: Library,
    output_format: str | None,
    output: str,
    title: str,
    labels: tuple[str, ...] = (),
) -> None:
    from kzcite.formats.files import write_bytes
    from kzcite.formats.registry import DOCUMENT_FORMATS, by_suffix

    suffix = by_suffix(output, DOCUMENT_FORMATS, "compose")
    target = output_format or (suffix.name if suffix else "text")
    if target == "jsonl":
        data = "".join(
            dump(
                {
                    "id": id,
                    "label": label,
                    "text": line.text,
                    "runs": [{"text": r.text, "marks": sorted(r.marks), "link": r.link or None} for r in line.runs],
                }
            )
            + "\n"
            for id, line, label in zip(ids, lines, labels or [""] * len(lines), strict=True)
        ).encode()
    else:
        data = jobs.compose(
            lines,
            target,
            title=title,
            labels=labels,
            language=jobs.main_language(library),
            languages=tuple(item.language for item in library) if labels or len(ids) == len(library) else (),
        )
    write_bytes(output, data)


@click.command(
    "restyle",
    epilog="\b\nkzcite restyle paper.docx --style apa --markers author-date -o paper-apa.docx\n"
    "kzcite restyle paper.md --order alphabet -o paper-abc.md\n"
    "kzcite restyle paper.docx --delete 4 --insert '7=Сыздық Р. Абай тілі. – Алматы: Ғылым, 1968.' --diff",
)
@click.argument("file", metavar="FILE")
@options.input_format
@options.output_file
@click.option(
    "-s", "--style", default=None, metavar="NAME|FILE.csl", help="Style of the list (default: left as it is)."
)
@click.option("--markers", type=click.Choice(["numeric", "author-date", "keep"]), default="keep", help="Marker form.")
@click.option("--order", type=click.Choice(ORDERS), default="as-is", help="Renumber the list and the markers with it.")
@click.option(
    "--insert",
    "inserted",
    multiple=True,
    metavar="AFTER=LINE",
    help="Put the reference LINE in after entry number AFTER (0: before the first); the markers follow.",
)
@click.option(
    "--delete",
    "deleted",
    multiple=True,
    metavar="N",
    help="Take entry number N out, and its number out of the markers.",
)
@click.option("--diff", is_flag=True, help="Show the changes instead of writing them.")
def restyle_command(
    file: str,
    input_format: str | None,
    output: str,
    style: str | None,
    markers: str,
    order: str,
    inserted: tuple[str, ...],
    deleted: tuple[str, ...],
    diff: bool,
) -> None:
    """Write FILE again with its list and markers in another style; every other character stays as it was.

    Numbers for --insert and --delete are those of FILE's list as it is now.
    """
    from kzcite.formats.files import read_bytes, write_bytes

    data = read_bytes(file)
    document = say_reading(jobs.link(jobs.document_from_bytes(data, file, input_format)))
    changes = jobs.changes_of_list(document, _insertions(inserted), deleted) if inserted or deleted else {}
    edits = choose_edits(
        jobs.restyle(document, style=style, markers=markers, order=order, **changes), Applicability.UNSAFE
    )
    if diff:
        click.echo("".join(jobs.difference(document, edits)), nl=False)
        return
    if output == "-" and sys.stdout.isatty() and document.format in ("docx", "odt"):
        raise UsageError("a binary file is not printed on a terminal", hint="give -o OUT")
    write_bytes(output, jobs.patch(data, document, edits))
    click.echo(f"{len(edits)} changes", err=True)


def _insertions(given: Sequence[str]) -> list[tuple[str, str]]:
    out = []
    for one in given:
        number, sign, line = one.partition("=")
        if not sign or not number.strip().isdecimal() or not line.strip():
            raise UsageError(
                f"--insert is {one!r}", hint="AFTER=LINE, such as --insert '3=Омаров К.Т. Еңбек құқығы. …'"
            )
        out.append((number.strip(), line.strip()))
    return out


@click.command(
    "twin",
    epilog="\b\nkzcite twin paper.md\nkzcite twin paper.docx --profile kaznpu-phmath -t docx -o references.docx\n"
    "kzcite twin refs.json --system bgn-pcgn-kk-1979 -t csljson",
)
@click.argument("file", metavar="FILE")
@options.input_format
@options.output_format("text")
@options.output_file
@click.option("--profile", metavar="JOURNAL", help="A journal's rules (`kzcite list profiles`).")
@click.option(
    "--system", "systems", multiple=True, metavar="NAME", help="Romanisation system; once for kk, once for ru."
)
@click.option("-s", "--style", default=None, metavar="NAME|FILE.csl", help="Style of the twin (default: apa-kz).")
@click.option("--title", default="References", help="Heading over the list (html, docx ...).")
def twin_command(
    file: str,
    input_format: str | None,
    output_format: str | None,
    output: str,
    profile: str | None,
    systems: tuple[str, ...],
    style: str | None,
    title: str,
) -> None:
    """Print the romanised «References» that mirrors the list of FILE: same works, same order, Latin letters."""
    from kzcite.formats.files import write_bytes
    from kzcite.formats.registry import LIBRARY_FORMATS

    library, _ = _references(file, input_format, None)
    result = jobs.twin_list(library, profile=profile, systems=systems, style=style)
    if output_format in {one.name for one in LIBRARY_FORMATS if "write" in one.can} and output_format not in (
        "html",
        "markdown",
        "latex",
    ):
        write_bytes(output, jobs.library_to_bytes(result.library, output_format).data)
        return
    ids = [item.id for item in result.library]
    _write(result.lines, ids, result.library, output_format, output, title, result.labels)
