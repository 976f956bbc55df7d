"""What is cited: Origin, Field, Item, Library.

An Item is a CSL item whose every value knows where it came from. `type` and `language` are fields like the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from kzcite.model import csl
from kzcite.model.span import Span
from kzcite.model.values import Date, Name

How = Literal["printed", "repaired", "inferred", "looked-up", "romanised", "given"]
Value = str | tuple[Name, ...] | Date


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value came from.

    `spans` are offsets in the printed line (empty for inferred values), `by` is the id of the recogniser, table row or
    format that produced it, `confidence` a calibrated probability from 0 to 1.
    """

    spans: tuple[Span, ...] = ()
    how: How = "given"
    by: str = ""
    confidence: float = 1.0


GIVEN = Origin()


@dataclass(frozen=True, slots=True)
class Field:
    """One CSL variable and its value; two fields are equal when name and value are, whatever their origin."""

    name: str
    value: Value
    origin: Origin = field(default=GIVEN, compare=False)


@dataclass(frozen=True, slots=True)
class Item:
    """A CSL item.

    `fields` holds each variable once, in the order of making. `custom` is CSL-JSON's own `custom` object: what CSL has
    no variable for. `leftovers` are the spans of the printed line that no field claims.
    """

    id: str
    fields: tuple[Field, ...] = ()
    leftovers: tuple[Span, ...] = ()
    custom: dict[str, Any] = field(default_factory=dict)
    confidence: float = 1.0

    def get(self, name: str) -> Value | None:
        """The value of CSL variable `name`, or None."""
        found = self.field(name)
        return found.value if found else None

    def __getitem__(self, name: str) -> Value:
        value = self.get(name)
        if value is None:
            raise KeyError(name)
        return value

    def __contains__(self, name: object) -> bool:
        return any(one.name == name for one in self.fields)

    def field(self, name: str) -> Field | None:
        for one in self.fields:
            if one.name == name:
                return one
        return None

    def text(self, name: str) -> str:
        """The value of a text or number variable as a string, `""` where it is absent."""
        value = self.get(name)
        return value if isinstance(value, str) else ""

    def names(self, name: str) -> tuple[Name, ...]:
        """The people of a name variable, `()` where it is absent."""
        value = self.get(name)
        return value if isinstance(value, tuple) else ()

    def date(self, name: str) -> Date | None:
        value = self.get(name)
        return value if isinstance(value, Date) else None

    @property
    def type(self) -> str:
        return self.text("type") or "document"

    @property
    def language(self) -> str:
        return self.text("language")

    def with_field(self, name: str, value: Value, origin: Origin = GIVEN) -> Item:
        """This item with `name` set; its place among the fields is kept."""
        new = Field(name, value, origin)
        if name in self:
            return replace(self, fields=tuple(new if one.name == name else one for one in self.fields))
        return replace(self, fields=(*self.fields, new))

    def without(self, *names: str) -> Item:
        return replace(self, fields=tuple(one for one in self.fields if one.name not in names))

    def to_csl(self) -> dict[str, Any]:
        """A CSL-JSON 1.0.2 item."""
        out: dict[str, Any] = {"id": self.id, "type": self.type}
        for one in self.fields:
            if one.name != "type":
                out[one.name] = _to_csl_value(one.value)
        if self.custom:
            out["custom"] = dict(self.custom)
        return out

    @classmethod
    def from_csl(cls, data: dict[str, Any], id: str | None = None) -> Item:
        """Read a CSL-JSON item. Keys that CSL does not know travel in `custom`, so nothing is lost."""
        given = data.get("custom")
        custom: dict[str, Any] = dict(given) if isinstance(given, dict) else {}
        fields: list[Field] = []
        for key, value in data.items():
            if key in ("id", "custom") or value is None or value in ("", [], {}):
                continue
            name = _SPELT.get(key, key)
            read = _from_csl_value(name, value)
            if read is None or any(one.name == name for one in fields):
                custom[key] = value
            else:
                fields.append(Field(name, read))
        return cls(str(data.get("id", "") if id is None else id), tuple(fields), custom=custom)


_SPELT = {name: name for name in csl.KIND} | csl.ALIASES
"""The variable's own name for each spelling: one string for all items, not one from each line of a file."""


def _to_csl_value(value: Value) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, Date):
        return value.to_csl()
    return [name.to_csl() for name in value]


def _from_csl_value(name: str, value: Any) -> Value | None:
    kind = csl.KIND.get(name)
    if kind == "name":
        if isinstance(value, list) and all(isinstance(one, dict) for one in value):
            people = tuple(Name.from_csl(one) for one in value)
            return tuple(one for one in people if one != Name()) or None
    elif kind == "date":
        if isinstance(value, dict):
            return Date.from_csl(value)
    elif kind and isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value)
    return None


@dataclass(frozen=True, slots=True)
class Library:
    """Items in order, ids unique."""

    items: tuple[Item, ...] = ()

    def __post_init__(self) -> None:
        ids = [item.id for item in self.items]
        if len(set(ids)) != len(ids):
            twice = sorted({one for one in ids if ids.count(one) > 1}) if len(ids) < 2000 else ["..."]
            raise ValueError(f"ids are not unique: {', '.join(twice)}")

    @classmethod
    def of(cls, items: Iterable[Item]) -> Library:
        """A library of `items`; a repeated or empty id gets the first free number as suffix."""
        taken: set[str] = set()
        counter: dict[str, int] = {}
        out: list[Item] = []
        for item in items:
            base = item.id or "item"
            new = base
            while new in taken:
                counter[base] = counter.get(base, 1) + 1
                new = f"{base}-{counter[base]}"
            taken.add(new)
            out.append(item if new == item.id else replace(item, id=new))
        return cls(tuple(out))

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def get(self, id: str) -> Item | None:
        for item in self.items:
            if item.id == id:
                return item
        return None

    def map(self, change: Callable[[Item], Item]) -> Library:
        return Library(tuple(change(item) for item in self.items))
