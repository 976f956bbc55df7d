"""The only place that reads and writes YAML: plain data alone, no aliases, no types that a value only looks like.

A scalar is a string unless it is a whole number, `true`, `false` or `null`: no dates, no octal numbers, no `no` that
means false. Data are built from the parser's events, so that depth costs no recursion and is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from kzcite.model import InputError
from kzcite.model.limits import current

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


def load(text: str, where: str) -> Any:
    """The data of the first document. Raises InputError for what is not YAML, or uses aliases or tags of programs."""
    try:
        return _built(yaml.parse(text, Loader=_Loader), where)
    except (yaml.YAMLError, ValueError) as error:
        raise InputError(f"not YAML: {' '.join(str(error).split())[:200]}", where=where) from error


_NO_KEY = object()
_PLAIN_TAGS = (None, "!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")


def _built(events: Iterator[Any], where: str) -> Any:
    """The value that a stream of events describes."""
    bound = current().xml_depth
    stack: list[tuple[Any, Any]] = []  # a container and the key that waits for its value
    container: Any = None
    key: Any = _NO_KEY
    for event in events:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            value: Any = _scalar(event)
        elif kind in (yaml.MappingStartEvent, yaml.SequenceStartEvent):
            if event.tag not in _PLAIN_TAGS:
                raise InputError(f"YAML with the tag {event.tag} is not read", where=where)
            stack.append((container, key))
            current().check("xml_depth", len(stack), where) if len(stack) > bound else None
            container, key = ({} if kind is yaml.MappingStartEvent else []), _NO_KEY
            continue
        elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
            value = container
            container, key = stack.pop()
        elif kind is yaml.AliasEvent:
            raise InputError("YAML with aliases is not read", where=where)
        else:
            continue
        if container is None:
            return value
        if isinstance(container, list):
            container.append(value)
        elif key is _NO_KEY:
            key = value if isinstance(value, str) else str(value)
        else:
            container[key] = value
            key = _NO_KEY
    return None


def _scalar(event: Any) -> Any:
    text = event.value
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _WHOLE.fullmatch(text) else text


def dump(value: Any) -> str:
    """The data as YAML, letters as they are, keys in order, one value a line."""
    text: str = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000)
    return text
