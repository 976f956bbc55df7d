r"""LaTeX: the text as a reader of the PDF would see it, with its places in the source.

`\cite{key}` prints as `[3]` where the file has a `thebibliography`, and `\bibitem{key}` as `[3] ` before its entry:
both are computed by LaTeX, so they are not editable and stay right by themselves. Comments, the preamble and arguments
that do not print are left out; mathematics and verbatim text are blocks of kind "code".
"""

from __future__ import annotations

from collections.abc import Sequence

from kzcite.formats.document.latex.escape import encode
from kzcite.formats.document.latex.live import live
from kzcite.formats.document.latex.reader import Reader
from kzcite.formats.encoding import decode
from kzcite.formats.source import patch_source, silences
from kzcite.model import Document, Edit

__all__ = ["live", "patch", "read"]


def read(data: bytes, source: str = "") -> Document:
    """The printed text of the file's body."""
    decoded = decode(data, source)
    reader = Reader(decoded.text, source)
    reader.run()
    return Document(
        reader.weaver.text,
        tuple(reader.blocks),
        reader.weaver.pieces,
        source=source,
        format="latex",
        notices=(*decoded.notices, *silences(decoded.text, reader.weaver.pieces)),
    )


def patch(data: bytes, document: Document, edits: Sequence[Edit]) -> bytes:
    """The file with the edited characters exchanged and all others as they were."""
    decoded = decode(data, document.source)
    return decoded.mark + decoded.encode(patch_source(decoded.text, document.pieces, edits, encode))
