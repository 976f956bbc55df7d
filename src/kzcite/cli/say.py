"""What a verb says on standard error besides its result: how a file was read, what was guessed or left out."""

from __future__ import annotations

import click

from kzcite.model import Document, Notice

SENTENCES = {
    "encoding": "read as {encoding}",
    "legacy-letters": "Kazakh letters restored from {layout}",
}
"""Notice code → sentence; a code without one is printed with its values."""


_SIGNS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160), *range(8234, 8239), *range(8294, 8298)), "�")


def visible(text: str) -> str:
    """Text of a file as a terminal may be shown it: control signs and changes of direction made visible, one for one.

    An escape sequence in a title would else be obeyed by the terminal.

    >>> visible("a\\x1b[2Jb")
    'a\ufffd[2Jb'
    """
    return text.translate(_SIGNS)


def say_notices(source: str, notices: tuple[Notice, ...]) -> None:
    """A line a notice."""
    for one in notices:
        sentence = SENTENCES.get(one.code, f"{one.code} " + " ".join(f"{k}={v}" for k, v in one.params.items()))
        click.echo(visible(f"kzcite: {source}: {sentence.format(**one.params)}"), err=True)


def say_reading(document: Document) -> Document:
    """Say the notices of a document; returns it."""
    say_notices(document.source or "-", document.notices)
    return document
