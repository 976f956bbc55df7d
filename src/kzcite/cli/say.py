"""What a verb says on standard error besides its result: how a file was read, what was guessed or left out."""

from __future__ import annotations

import click

from kzcite.model import Document, Notice

SENTENCES = {
    "encoding": "read as {encoding}",
    "legacy-letters": "Kazakh letters restored from {layout}",
}
"""Notice code → sentence; a code without one is printed with its values."""


def say_notices(source: str, notices: tuple[Notice, ...]) -> None:
    """A line a notice."""
    for one in notices:
        sentence = SENTENCES.get(one.code, f"{one.code} " + " ".join(f"{k}={v}" for k, v in one.params.items()))
        click.echo(f"kzcite: {source}: {sentence.format(**one.params)}", err=True)


def say_reading(document: Document) -> Document:
    """Say the notices of a document; returns it."""
    say_notices(document.source or "-", document.notices)
    return document
