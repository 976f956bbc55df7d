"""The only place that reads and writes YAML: plain data alone, no aliases, no types that a value only looks like.

A scalar is a string unless it is a whole number, `true`, `false` or `null`: no dates, no octal numbers, no `no` that
means false.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from kzcite.model import InputError
from kzcite.model.limits import current

_Base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Loader(_Base):  # type: ignore[valid-type, misc]
    """A safe loader with JSON's few types."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:int", r"-?(?:0|[1-9][0-9]{0,17})", "-0123456789"),
    ("tag:yaml.org,2002:bool", r"true|false", "tf"),
    ("tag:yaml.org,2002:null", r"null|~|", "n~\0"),
):
    _Loader.add_implicit_resolver(
        _tag, re.compile(f"^(?:{_pattern})$"), [*_first] if "\0" not in _first else ["n", "~", ""]
    )


def load(text: str, where: str) -> Any:
    """The data of one YAML document. Raises InputError for what is not YAML, or uses aliases or tags of programs."""
    _check_depth(text, where)
    try:
        value = yaml.load(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InputError(f"not YAML: {' '.join(str(error).split())[:200]}", where=where) from error
    _refuse_aliases(value, where)
    return value


_NESTING = re.compile(r"[\[{]")


def _check_depth(text: str, where: str) -> None:
    """Brackets deeper than XML may be: counted roughly, before the parser recurses."""
    bound = current().xml_depth
    depth = 0
    for found in re.finditer(r"[\[\]{}]", text):
        depth = depth + 1 if found[0] in "[{" else max(0, depth - 1)
        if depth > bound:
            current().check("xml_depth", depth, where)
    for line in text.split("\n"):
        if line.startswith("- - - - - - - -") or len(line) - len(line.lstrip(" ")) > 40 * bound:
            current().check("xml_depth", bound + 1, where)


def _refuse_aliases(value: Any, where: str) -> None:
    seen: set[int] = set()
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, dict | list):
            if id(one) in seen:
                raise InputError("YAML with aliases is not read", where=where)
            seen.add(id(one))
            stack.extend(one.values() if isinstance(one, dict) else one)


def dump(value: Any) -> str:
    """The data as YAML, letters as they are, keys in order, one value a line."""
    text: str = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000)
    return text
