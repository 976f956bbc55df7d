"""What a rule is: a generator of faults with its code, severity, message and documentation attached.

`@rule` attaches metadata and nothing else; `groups/__init__.py` lists the modules. A rule is named by its fault, so
that "ignore <name>" reads well. Its docstring has a summary line and the parts What, Why, Found, Not found and Fix; the
examples under Found and Not found are whole little documents that the tests run.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from textwrap import dedent
from typing import Any, Literal, TypeVar

from kzcite.model import Edit, Severity, Span, UsageError

LooksAt = Literal["entry", "list", "paper", "volume", "file"]
"""A rule is called for each entry, each reference list, once for the paper (a linked document), once for several papers
together; or (`file`) never, because the reader of a bibliographic file finds the fault."""

PARTS = ("What", "Why", "Profile", "Found", "Not found", "Fix")


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule yields: a place and what is wrong there, still without code and severity.

    `span` counts in the document's text and is None for a library. `severity` overrides the rule's own where this
    case is less sure.
    """

    span: Span | None = None
    entry: str | None = None
    field: str | None = None
    printed: str = ""
    expected: str | None = None
    params: dict[str, str] = dataclasses.field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    clause: str | None = None
    severity: Severity | None = None


Check = Callable[..., Iterator[Any]]
Checked = TypeVar("Checked", bound=Check)


@dataclass(frozen=True, slots=True)
class Rule:
    """A check. `sentence` is its English message with the placeholders of `Finding.params`, `printed`, `expected`.

    `needs_print` rules read the printed line and say nothing about a library. `clause` names the standard.
    """

    code: str
    severity: Severity
    sentence: str
    looks_at: LooksAt
    needs_print: bool
    clause: str | None
    run: Check

    @property
    def name(self) -> str:
        """`unresolved-marker`"""
        return self.run.__name__.replace("_", "-")

    @property
    def group(self) -> str:
        return self.code[:3]

    @property
    def summary(self) -> str:
        """The first line of the docstring."""
        return (self.run.__doc__ or "").strip().split("\n", 1)[0].rstrip(".")

    @property
    def parts(self) -> dict[str, str]:
        """The parts of the docstring by their names."""
        return _parts(self.run.__doc__ or "")

    def examples(self, part: Literal["Found", "Not found"]) -> tuple[str, ...]:
        """The example documents of a part; a line `...` stands between two of them."""
        text = self.parts.get(part, "")
        return tuple(one.strip("\n") + "\n" for one in re.split(r"(?m)^\.\.\.$", text) if one.strip())


@lru_cache(maxsize=256)
def _parts(doc: str) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    current = ""
    for line in doc.splitlines()[1:]:
        head = re.match(rf"\s*({'|'.join(PARTS)}):\s*(.*)$", line)
        if head and len(line) - len(line.lstrip()) <= 4:
            current = head[1]
            found[current] = [head[2]] if head[2] else []
        elif current:
            found[current].append(line)
    out = {}
    for name, lines in found.items():
        first = lines[0] if lines and not lines[0].startswith(" ") else None
        body = dedent("\n".join(lines[1:] if first is not None else lines))
        out[name] = ((first + "\n" if first is not None else "") + body).strip("\n")
    return out


def rule(
    code: str,
    severity: Severity,
    sentence: str,
    *,
    looks_at: LooksAt = "entry",
    needs_print: bool = False,
    clause: str | None = None,
) -> Callable[[Checked], Checked]:
    """Attach the metadata of a rule to its generator, as attribute `rule`."""

    def attach(run: Checked) -> Checked:
        setattr(run, "rule", Rule(code, severity, sentence, looks_at, needs_print, clause, run))  # noqa: B010
        return run

    return attach


def select_rules(rules: Iterable[Rule], select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Rule, ...]:
    """The rules whose code begins with (or whose name is) one of `select` and none of `ignore`; no `select` means all.

    Where one rule is meant by both, the longer prefix wins. Raises UsageError for a prefix that means no rule.
    """
    rules, select, ignore = tuple(rules), _codes(select), _codes(ignore)
    for prefix in (*select, *ignore):
        if not any(_meant(one, prefix) for one in rules):
            raise UsageError(f"no rule {prefix!r}", hint="kzcite list rules")
    return tuple(one for one in rules if _wanted(one, select, ignore))


def _wanted(one: Rule, select: tuple[str, ...], ignore: tuple[str, ...]) -> bool:
    for_it = max((_meant(one, prefix) for prefix in select), default=0 if select else 1)
    against = max((_meant(one, prefix) for prefix in ignore), default=0)
    return for_it > 0 and (against == 0 or for_it > against)


def _meant(one: Rule, prefix: str) -> int:
    """How exactly `prefix` means a rule: the length of its code prefix, 99 for the name, 0 for not at all."""
    if prefix.lower() == one.name:
        return 99
    return len(prefix) if one.code.startswith(prefix.upper()) else 0


def _codes(given: Iterable[str] | str) -> tuple[str, ...]:
    words: Any = [given] if isinstance(given, str) else given
    return tuple(code for one in words for code in re.split(r"[,\s]+", one) if code)
