"""kzcite: references in Kazakh, Russian and English.

Whatever a verb of the command line does, one function of the same name does here on strings, files and values:

>>> import kzcite
>>> item = kzcite.parse("Омаров К.Т. Сотталғандардың еңбек құқықтары // Еңбек құқығы. – 2024. – № 1. – 45-54 б.")
>>> item["page"]
'45-54'
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from kzcite.__about__ import __version__

if TYPE_CHECKING:
    from kzcite.jobs import (
        check,
        convert,
        explain,
        link,
        parse,
        parse_list,
        read_document,
        read_library,
        render,
        restyle,
        romanise,
        twin,
        write_document,
        write_library,
    )
    from kzcite.model import Document, Item, KzciteError, Library

__all__ = [
    "Document",
    "Item",
    "KzciteError",
    "Library",
    "__version__",
    "check",
    "convert",
    "explain",
    "link",
    "parse",
    "parse_list",
    "read_document",
    "read_library",
    "render",
    "restyle",
    "romanise",
    "twin",
    "write_document",
    "write_library",
]

_MODEL = frozenset({"Document", "Item", "KzciteError", "Library"})


def __getattr__(name: str) -> Any:
    """Public names load on first use: `import kzcite` alone costs next to nothing."""
    if name not in __all__:
        raise AttributeError(f"module 'kzcite' has no attribute {name!r}")
    return getattr(importlib.import_module("kzcite.model" if name in _MODEL else "kzcite.jobs"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
