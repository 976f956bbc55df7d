"""Complex fields (ECMA-376 part 1, 17.16): whether the reader stands in a field's code or in its result."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_CITATION = re.compile(
    r"\s*(?:ADDIN\s+(?:ZOTERO_ITEM|CSL_CITATION|Mendeley Citation|EN\.CITE|PAPERS2_CITATIONS|RW\.CITE|CITAVI|NE\.Ref)"
    r"|CITATION\s)",
    re.IGNORECASE,
)
_BIBLIOGRAPHY = re.compile(
    r"\s*(?:ADDIN\s+(?:ZOTERO_BIBL|Mendeley Bibliography|EN\.REFLIST|PAPERS2_BIBLIOGRAPHY|NE\.Bib)|BIBLIOGRAPHY\b)",
    re.IGNORECASE,
)
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+(?:(\\l)\s+)?(?:"([^"]*)"|(\S+))?', re.IGNORECASE)
_LOCAL = re.compile(r'\\l\s+(?:"([^"]*)"|(\S+))', re.IGNORECASE)


@dataclass(slots=True)
class OpenField:
    """A field that has begun. `code` gathers its instruction until its result starts."""

    code: list[str] = field(default_factory=list)
    in_result: bool = False
    kind: str = "other"
    link: str = ""

    def separate(self) -> None:
        self.in_result = True
        self.kind, self.link = read_code("".join(self.code))


def read_code(code: str) -> tuple[str, str]:
    """Kind of a field (`citation`, `bibliography`, `hyperlink` or `other`) and the address that it links to.

    >>> read_code(' HYPERLINK \\\\l "_Ref1" ')
    ('hyperlink', '#_Ref1')
    """
    if _CITATION.match(code):
        return "citation", ""
    if _BIBLIOGRAPHY.match(code):
        return "bibliography", ""
    found = _HYPERLINK.match(code)
    if found is None:
        return "other", ""
    target = found[2] or (found[3] or "")
    if found[1]:
        return "hyperlink", f"#{target}"
    local = _LOCAL.search(code, found.end())
    return "hyperlink", f"{target}#{local[1] or local[2]}" if local else target


class Fields:
    """The fields that are open at one place of a story, the outermost first."""

    def __init__(self) -> None:
        self.open: list[OpenField] = []

    def character(self, kind: str) -> None:
        """Meet a `w:fldChar` of the kind begin, separate or end."""
        if kind == "begin":
            self.open.append(OpenField())
        elif kind == "separate" and self.open:
            self.open[-1].separate()
        elif kind == "end" and self.open:
            self.open.pop()

    @property
    def in_code(self) -> bool:
        return any(not one.in_result for one in self.open)

    @property
    def kind(self) -> str:
        """The kind of citation field round this place, else `other` in any field but a hyperlink, else ""."""
        kinds = [one.kind for one in self.open]
        for kind in ("citation", "bibliography", "other"):
            if kind in kinds:
                return kind
        return ""

    @property
    def link(self) -> str:
        return next((one.link for one in reversed(self.open) if one.link), "")
