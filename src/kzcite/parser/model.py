"""The statistical model as it ships: weights of features for labels, and of one label after another.

A file holds sections (`labeller`, `kind`): the labels, the features in order (names, or the numbers of
`features.keys`), for each feature its labels and weights (compressed rows), and the transitions. It is read only from
the package and only when its SHA-256 is the one that stands beside it. Weights are whole thousandths, so that a rebuilt
model is the same to the byte and sums of them do not depend on their order.
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

MAGIC = b"kzcite-model-2\n"
SCALE = 1000.0
FILE = DATA / "model" / "parser.bin"

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Section:
    """One classifier: in `table` a row for each feature, a column for each label: weights in thousandths. The last row
    is of zeros, for features that the model does not know. The features have names (`features`) or numbers (`keys`).
    """

    labels: tuple[str, ...]
    features: dict[str, int]
    keys: Keys
    table: Floats
    transitions: NDArray[np.int64]
    settings: dict[str, Any]

    def row(self, names: list[str]) -> Floats:
        """The sum of the weights of some named features, one number a label."""
        known = [at for name in names if (at := self.features.get(name)) is not None]
        sums: Floats = self.table[known].sum(axis=0) / np.float32(SCALE)
        return sums

    def find(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """The features with these numbers, -1 where there is none; any shape."""
        return self.keys.find(keys)


class Keys:
    """Numbers in a table of slots, looked up many at once: a number stands in the first free slot from its own on."""

    _SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio: Knuth's multiplicative hashing

    def __init__(self, keys: NDArray[np.int64]) -> None:
        self.keys = keys
        bits = max(4, (8 * len(keys)).bit_length())
        self._shift = np.uint64(64 - bits)
        self._slots = np.full((1 << bits) + 64, -1, dtype=np.int32)
        self._far = 0
        slot = self._own_slot(keys)
        left = np.arange(len(keys))
        while len(left):
            free = self._slots[slot[left]] < 0
            self._slots[slot[left][free]] = left[free]
            left = left[self._slots[slot[left]] != left]
            slot[left] += 1
            self._far += 1

    def _own_slot(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        return ((keys.view(np.uint64) * self._SPREAD) >> self._shift).astype(np.int64)

    def find(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where each number stands, -1 for one that is not there."""
        asked = np.ascontiguousarray(keys).ravel()
        slot = self._own_slot(asked)
        out: NDArray[np.int64] = self._slots[slot].astype(np.int64)
        open_ = np.flatnonzero(out >= 0)
        open_ = open_[self.keys[out[open_]] != asked[open_]]
        for further in range(1, self._far + 1):
            if not len(open_):
                break
            out[open_] = self._slots[slot[open_] + further]
            open_ = open_[out[open_] >= 0]
            open_ = open_[self.keys[out[open_]] != asked[open_]]
        out[open_] = -1
        return out.reshape(keys.shape)


@lru_cache(maxsize=1)
def load() -> Mapping[str, Section]:
    """The shipped sections; a file that is not the shipped one is refused."""
    data = FILE.read_bytes() if FILE.is_file() else b""
    expected = (FILE.with_suffix(".sha256")).read_text(encoding="ascii").split()[0] if data else ""
    if not data or hashlib.sha256(data).hexdigest() != expected:
        raise TableError("the parser's model is not the one that was shipped", where=str(FILE))
    return unpack(data)


def pack(sections: Mapping[str, dict[str, Any]]) -> bytes:
    """Sections given as {labels, weights: {(feature, label): w}, transitions: {(from, to): w}, settings} → a file.

    A section's features are all strings or all numbers.
    """
    out = [MAGIC]
    for name in sorted(sections):
        one = sections[name]
        labels = list(one["labels"])
        index = {label: at for at, label in enumerate(labels)}
        rows: dict[Any, list[tuple[int, int]]] = {}
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
        numbered = bool(features) and isinstance(features[0], int)
        names = np.array(features, dtype="<i8").tobytes() if numbered else "\n".join(features).encode()
        header = json.dumps(
            {"name": name, "labels": labels, "numbered": numbered, "settings": one.get("settings", {})},
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
        table = np.zeros((len(counts) + 1, len(labels)), dtype=np.float32)
        rows = np.repeat(np.arange(len(counts)), counts)
        table[rows, np.frombuffer(parts[3], dtype="<u1")] = np.frombuffer(parts[4], dtype="<i2")
        names = parts[1].decode().split("\n") if parts[1] and not header["numbered"] else []
        sections[header["name"]] = Section(
            labels,
            {feature: number for number, feature in enumerate(names)},
            Keys(np.frombuffer(parts[1] if header["numbered"] else b"", dtype="<i8").astype(np.int64)),
            table,
            np.frombuffer(parts[5], dtype="<i2").astype(np.int64).reshape(len(labels), len(labels)),
            header["settings"],
        )
    return sections


__all__ = ["FILE", "Path", "Section", "load", "pack", "unpack"]
