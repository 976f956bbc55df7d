"""`kzcite check`: findings on documents and libraries, and their fixes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from difflib import unified_diff
from pathlib import Path
from typing import Any

import click

from kzcite import jobs
from kzcite.cli import options, report
from kzcite.cli.config import Config, read_config
from kzcite.cli.progress import track
from kzcite.cli.say import visible
from kzcite.model import Document, InputError, Severity, UsageError

FORMATS = ("text", "json", "jsonl", "sarif", "github", "html", "docx")
MACHINE: dict[str, Callable[[Sequence[jobs.Checked], str], str]] = {
    "json": report.as_json,
    "jsonl": report.as_jsonl,
    "sarif": report.as_sarif,
    "github": report.as_github,
}


@dataclass(frozen=True, slots=True)
class Call:
    """What one file is checked with; crosses process borders. `whole`: the documents are wanted whole afterwards."""

    format: str | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    profile: str | None
    today: date | None
    config: Config
    whole: bool = False

    def run(self, file: str) -> jobs.Checked | InputError:
        """The file checked, or why it could not be read."""
        from kzcite.formats.files import read_bytes

        try:
            checked = self.kept(jobs.check_bytes(read_bytes(file), file, self.format, **self.options(file)))
            return checked if self.whole else checked.slim()
        except InputError as error:
            return InputError(error.message, where=error.where or file, hint=error.hint)

    def options(self, file: str) -> dict[str, Any]:
        ignore = (*self.ignore, *self.config.ignored_in(file))
        return {"select": self.select, "ignore": ignore, "profile": self.profile, "today": self.today}

    def kept(self, checked: jobs.Checked) -> jobs.Checked:
        return checked.with_findings(one for one in checked.findings if self.config.keeps(one, checked.source))


@click.command(
    "check",
    epilog="\b\nkzcite check paper.docx\nkzcite check paper.md --select LNK,LST --lang kk\n"
    "kzcite check paper.docx --fix -o mended.docx\nkzcite check *.docx --profile nscedi --jobs 4\n"
    "kzcite check paper.docx -t html -o report.html\nkzcite check refs.bib --format sarif > refs.sarif",
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@options.input_format
@click.option("--select", multiple=True, metavar="CODES", help="Only these checks: codes, prefixes or names.")
@click.option("--ignore", multiple=True, metavar="CODES", help="Not these checks; a longer prefix wins over --select.")
@click.option("--profile", metavar="NAME|FILE.toml", help="A journal's rules (`kzcite list profiles`).")
@click.option("--lang", type=click.Choice(["kk", "ru", "en"]), help="Language of the messages.")
@click.option(
    "-t", "--to", "--format", "output_format", type=click.Choice(FORMATS), default="text", help="Form of the output."
)
@click.option("-o", "--output", default="-", metavar="OUT", help="Write the report, or with --fix the file, here.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    help="Least severity that gives exit code 1 (default: error).",
)
@click.option("--fix", is_flag=True, help="Carry the safe fixes out in the file itself, or into -o OUT.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: those fixes too that want a second look.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--baseline", metavar="FILE", help="Leave the findings out that FILE knows.")
@click.option("--write-baseline", is_flag=True, help="Write the findings of now into the --baseline FILE.")
@click.option("--across", is_flag=True, help="Look for the same work in several of the files too.")
@click.option("--today", metavar="YYYY-MM-DD", help="The day that decides what lies in the future.")
@options.workers
@click.pass_obj
def check_command(
    default_lang: str,
    files: tuple[str, ...],
    input_format: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    profile: str | None,
    lang: str | None,
    output_format: str,
    output: str,
    fail_on: str | None,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    baseline: str | None,
    write_baseline: bool,
    across: bool,
    today: str | None,
    workers: int,
) -> None:
    """Find faults in the citations of each FILE (a paper or a bibliographic file; a directory means the files in it).

    A comment `kzcite: ignore LST003` in the text silences a rule for its line or entry, `kzcite: ignore-file` for the
    file. `kzcite rule CODE` explains a check.
    """
    from kzcite import checks
    from kzcite.tables.profiles import find_profile

    config = read_config()
    call = Call(
        input_format,
        select or config.select,
        ignore or config.ignore,
        profile or config.profile,
        _day(today),
        config,
        across,
    )
    checks.selected(call.select, call.ignore)
    if call.profile:
        find_profile(call.profile)
    language = lang or config.lang or default_lang
    least = fail_on or config.fail_on or "error"
    if least not in ("error", "warning", "info", "never"):
        raise UsageError(f"fail-on is {least!r}", hint="error, warning, info or never")
    if write_baseline and not baseline:
        raise UsageError("--write-baseline needs --baseline FILE")
    names = list(_files(files))
    if fix or diff:
        if len(names) > 1 and output != "-":
            raise UsageError("-o takes one file", hint="without -o each file is mended in place")
        reports = _mend(names, call, unsafe_fixes, diff, output, language)
    else:
        reports = _check(names, call, workers)
    good = [one for one in reports if isinstance(one, jobs.Checked)]
    if across:
        good = jobs.check_across(good, call.select, call.ignore)
    if write_baseline and baseline:
        _write(baseline, report.baseline_of(good).encode())
        click.echo(f"{baseline}: {sum(len(one.findings) for one in good)} findings", err=True)
        return
    if baseline:
        good = report.beyond_baseline(good, _baseline(baseline))
    if good and not diff and not (fix and output == "-" and "-" in names):
        _show(good, output_format, "-" if fix else output, language)
    _exit(reports, good, least)


def _day(text: str | None) -> date | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date() if text else None
    except ValueError:
        raise UsageError(f"--today is {text!r}", hint="such as 2026-11-22") from None


def _files(given: Sequence[str]) -> Iterator[str]:
    """The files named; of a directory those that kzcite reads, by suffix."""
    from kzcite.formats.registry import DOCUMENT_FORMATS, LIBRARY_FORMATS, by_suffix

    for one in given:
        if one != "-" and Path(one).is_dir():
            every = (*DOCUMENT_FORMATS, *LIBRARY_FORMATS)
            inside = [path for path in sorted(Path(one).rglob("*")) if path.is_file()]
            yield from (str(path) for path in inside if by_suffix(path.name, every, "read"))
        else:
            yield one


def _check(names: Sequence[str], call: Call, workers: int) -> list[jobs.Checked | InputError]:
    if workers > 1 and len(names) > 1:
        with ProcessPoolExecutor(max_workers=min(workers, len(names))) as pool:
            return list(track(names, "check", pool.map(call.run, names, chunksize=1), least=2))
    return [call.run(name) for name in track(names, "check", least=2)]


def _mend(
    names: Sequence[str], call: Call, unsafe: bool, diff: bool, output: str, language: str
) -> list[jobs.Checked | InputError]:
    """Fix each file (or show how); what is left is reported."""
    from kzcite.formats.files import read_bytes

    out: list[jobs.Checked | InputError] = []
    for name in names:
        try:
            data = read_bytes(name)
            mended, before, after = jobs.fix_bytes(data, name, call.format, unsafe=unsafe, **call.options(name))
        except InputError as error:
            out.append(error)
            continue
        if diff:
            _print_difference(before, after)
        elif mended != data or output != "-":
            _write(output if output != "-" else name, mended)
            click.echo(f"{name}: {len(before.findings)} → {len(after.findings)}", err=True)
        elif name == "-":
            _write("-", mended)
        out.append(call.kept(before if diff else after))
    return out


def _print_difference(before: jobs.Checked, after: jobs.Checked) -> None:
    if isinstance(before.target, Document) and isinstance(after.target, Document):
        old, new = (one.target.text.splitlines(keepends=True) for one in (before, after))  # type: ignore[union-attr]
        for line in unified_diff(old, new, before.source, before.source):
            click.echo(visible(line), nl=not line.endswith("\n"))


def _baseline(path: str) -> dict[str, int]:
    from kzcite.formats.files import read_bytes

    try:
        table = json.loads(read_bytes(path))
        return {str(mark): int(count) for mark, count in table["findings"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError("no baseline of kzcite", where=path, hint="make it with --write-baseline") from error


def _show(good: Sequence[jobs.Checked], output_format: str, output: str, language: str) -> None:
    if output_format in MACHINE:
        _write(output, MACHINE[output_format](good, language).encode())
    elif output_format == "text":
        _show_text(good, output, language)
    else:
        _write(output, jobs.report(good, output_format, language))


def _show_text(good: Sequence[jobs.Checked], output: str, language: str) -> None:
    from io import StringIO

    from rich.console import Console

    if output == "-":
        report.print_text(good, language, Console(highlight=False, markup=False, emoji=False))
        return
    stream = StringIO()
    report.print_text(good, language, Console(file=stream, highlight=False, markup=False, emoji=False, width=120))
    _write(output, stream.getvalue().encode())


def _write(output: str, data: bytes) -> None:
    from kzcite.formats.files import write_bytes

    write_bytes(output, data)


def _exit(reports: Sequence[jobs.Checked | InputError], good: Sequence[jobs.Checked], least: str) -> None:
    errors = [one for one in reports if isinstance(one, InputError)]
    for error in errors:
        click.echo(visible(f"kzcite: {error}"), err=True)
    if errors:
        sys.exit(errors[0].exit_code)
    if least != "never":
        bound = Severity[least.upper()]
        if any(finding.severity >= bound for one in good for finding in one.findings):
            sys.exit(1)
