"""`kzcite explain`: one line with every field's span, source, confidence and rivals."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from kzcite import jobs
from kzcite.cli.say import visible
from kzcite.cli.shapes import dump, entry_line


@click.command(
    "explain", epilog="\b\nkzcite explain 'Сыздық Р. Абай шығармаларының тілі. – Алматы: Ғылым, 1968. – 334 б.'"
)
@click.argument("line")
@click.option("--json", "as_json", is_flag=True, help="The same as one JSON object.")
@click.option("--case", "as_case", is_flag=True, help="As a case file of fixtures/parse, to correct and keep.")
def explain_command(line: str, as_json: bool, as_case: bool) -> None:
    """Read LINE (or - for standard input): where each field came from, how sure it is, what else it could be."""
    raw = sys.stdin.read().strip("\r\n") if line == "-" else line
    explanation = jobs.explain(raw)
    item = explanation.item
    if as_json:
        line = entry_line(raw, item, id="e1", label="", span=(0, len(raw)), scheme=explanation.scheme)
        shape: dict[str, Any] = json.loads(line)
        shape["rivals"] = [
            {
                "field": rival.name,
                "value": rival.value,
                "spans": [list(one) for one in rival.spans],
                "by": rival.by,
                "confidence": round(rival.score, 3),
            }
            for rival in explanation.rivals
        ]
        click.echo(dump(shape, indent=1))
    elif as_case:
        from kzcite.parser.cases import to_case

        click.echo(to_case(raw, item), nl=False)
    else:
        _print(explanation)


def _print(explanation: jobs.Explanation) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False)
    item = explanation.item
    if item is None:
        console.print("no reference")
        return
    console.print(Text(visible(explanation.raw)))
    values = item.to_csl()
    table = Table(box=None, pad_edge=False)
    for heading in ("field", "value", "span", "how", "by", "conf."):
        table.add_column(heading, overflow="fold")
    for one in item.fields:
        value = values[one.name]
        table.add_row(
            one.name,
            Text(visible(value if isinstance(value, str) else dump(value))),
            " ".join(f"{a}-{b}" for a, b in one.origin.spans),
            one.origin.how,
            one.origin.by,
            f"{one.origin.confidence:.2f}",
        )
    console.print(table)
    console.print(f"scheme {explanation.scheme}, confidence {item.confidence:.2f}")
    if item.leftovers:
        console.print(Text(visible("left over: " + " | ".join(span.cut(explanation.raw) for span in item.leftovers))))
    for rival in explanation.rivals:
        console.print(Text(visible(f"rival: {rival.name} = {rival.value} ({rival.by}, {rival.score:.2f})")))
