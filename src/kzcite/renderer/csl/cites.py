"""What a citation is made of: clusters of cites as a document has them, and each cite while it is rendered."""

from __future__ import annotations

from dataclasses import dataclass, field

from kzcite.renderer.csl.context import FIRST
from kzcite.renderer.csl.record import Record
from kzcite.renderer.csl.tokens import Tokens


@dataclass(frozen=True, slots=True)
class CiteOf:
    """One cite of a cluster: the id of an item, the place in it (CSL locator term and value), text around it.

    `position` is for a caller who knows the position (`first`, `subsequent`, `ibid` ...); None: found from the order.
    """

    id: str
    locator: str = ""
    label: str = "page"
    prefix: str = ""
    suffix: str = ""
    suppress_author: bool = False
    position: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """The cites of one marker; `note` is the number of its footnote, 0 in the running text."""

    cites: tuple[CiteOf, ...]
    note: int = 0


@dataclass(slots=True)
class Cite:
    """A cite being rendered: its item, position, tokens, and the names that it prints (to group and collapse by)."""

    request: CiteOf
    record: Record
    position: frozenset[str] = FIRST
    first_note: str = ""
    tokens: Tokens = field(default_factory=list)
    names: str = ""
    begins: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether no text of the user stands around it."""
        return not (self.request.prefix or self.request.suffix)
