"""The statistical model as it ships: weights of named features for labels, and of one label after another.

A file holds sections (`labeller`, `kind`, …): the labels, the features' names in order, for each feature its labels
and weights (compressed rows), and the transitions. It is read only from the package and only when its SHA-256 is the
one that stands beside it. Weights are whole thousandths, so that a rebuilt model is the same to the byte.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kzcite.model.errors import TableError
from kzcite.tables.loader import DATA

MAGIC = b"kzcite-model-1\n"
SCALE = 1000.0
FILE = DATA / "model" / "parser.bin"

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Section:
    """One classifier: `starts[i]:starts[i + 1]` are the entries of feature i in `columns` and `weights`."""

    labels: tuple[str, ...]
    features: dict[str, int]
    starts: NDArray[np.int64]
    columns: NDArray[np.int64]
    weights: Floats
    transitions: Floats
    settings: dict[str, Any]

    def row(self, names: list[str]) -> Floats:
        """The sum of the weights of some features, one number a label."""
        out = np.zeros((1, len(self.labels)), dtype=np.float32)
        known = [at for name in names if (at := self.features.get(name)) is not None]
        self.add(out, known, [0] * len(known))
        sums: Floats = out[0]
        return sums

    def add(self, table: Floats, features: list[int], rows: list[int]) -> None:
        """Add the weights of each feature to the row of `table` that stands beside it, all in one go."""
        if not features:
            return
        chosen = np.array(features)
        starts = self.starts[chosen]
        counts = self.starts[chosen + 1] - starts
        ends = np.cumsum(counts)
        entries = np.arange(ends[-1]) + np.repeat(starts - ends + counts, counts)
        np.add.at(table, (np.repeat(np.array(rows), counts), self.columns[entries]), self.weights[entries])


@lru_cache(maxsize=1)
def load() -> Mapping[str, Section]:
    """The shipped sections; a file that is not the shipped one is refused."""
    data = FILE.read_bytes() if FILE.is_file() else b""
    expected = (FILE.with_suffix(".sha256")).read_text(encoding="ascii").split()[0] if data else ""
    if not data or hashlib.sha256(data).hexdigest() != expected:
        raise TableError("the parser's model is not the one that was shipped", where=str(FILE))
    return unpack(data)


def pack(sections: Mapping[str, dict[str, Any]]) -> bytes:
    """Sections given as {labels, weights: {(feature, label): w}, transitions: {(from, to): w}, settings} → a file."""
    out = [MAGIC]
    for name in sorted(sections):
        one = sections[name]
        labels = list(one["labels"])
        index = {label: at for at, label in enumerate(labels)}
        rows: dict[str, list[tuple[int, int]]] = {}
        for (feature, label), weight in one["weights"].items():
            value = round(weight * SCALE)
            if value:
                rows.setdefault(feature, []).append((index[label], max(-32767, min(32767, value))))
        features = sorted(rows)
        counts = np.array([len(rows[feature]) for feature in features], dtype="<u2")
        columns = np.array([c for feature in features for c, _ in sorted(rows[feature])], dtype="<u1")
        weights = np.array([w for feature in features for _, w in sorted(rows[feature])], dtype="<i2")
        transitions = np.zeros((len(labels), len(labels)), dtype="<i2")
        for (before, after), weight in one.get("transitions", {}).items():
            transitions[index[before], index[after]] = round(weight * SCALE)
        names = "\n".join(features).encode()
        header = json.dumps(
            {"name": name, "labels": labels, "features": len(features), "settings": one.get("settings", {})},
            ensure_ascii=False, sort_keys=True,
        ).encode()  # fmt: skip
        for part in (header, names, counts.tobytes(), columns.tobytes(), weights.tobytes(), transitions.tobytes()):
            out += [struct.pack("<I", len(part)), part]
    return b"".join(out)


def unpack(data: bytes) -> dict[str, Section]:
    if not data.startswith(MAGIC):
        raise TableError("not a model file", where=str(FILE))
    at = len(MAGIC)
    sections: dict[str, Section] = {}
    while at < len(data):
        parts: list[bytes] = []
        for _ in range(6):
            (size,) = struct.unpack_from("<I", data, at)
            parts.append(data[at + 4 : at + 4 + size])
            at += 4 + size
        header = json.loads(parts[0])
        labels = tuple(header["labels"])
        counts = np.frombuffer(parts[2], dtype="<u2").astype(np.int64)
        names = parts[1].decode().split("\n") if parts[1] else []
        sections[header["name"]] = Section(
            labels,
            {feature: number for number, feature in enumerate(names)},
            np.concatenate(([0], np.cumsum(counts))),
            np.frombuffer(parts[3], dtype="<u1").astype(np.int64),
            np.frombuffer(parts[4], dtype="<i2").astype(np.float32) / np.float32(SCALE),
            np.frombuffer(parts[5], dtype="<i2").astype(np.float32).reshape(len(labels), len(labels))
            / np.float32(SCALE),
            header["settings"],
        )
    return sections


__all__ = ["FILE", "Path", "Section", "load", "pack", "unpack"]
