"""How sure a reading is: the labeller's probabilities made honest on lines of unseen sources.

Among values at 0.8 about four in five are right. The numbers are fitted by `make calibrate` (Platt's scaling with an
offset for each field; the whole entry by the product of its fields): `model/calibration.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import exp, log, prod
from typing import NamedTuple

from kzcite.tables import loader

_LEAST = 0.002


class Calibration(NamedTuple):
    """A field: `sigmoid(slope · logit(score) + offset + fields[name])`; the whole, over the fields' confidences p:
    `sigmoid(whole_slope · logit(Π p) + whole_offset)`."""

    slope: float
    offset: float
    fields: dict[str, float]
    whole_slope: float
    whole_offset: float


@lru_cache(maxsize=1)
def calibration() -> Calibration:
    table = loader.read_toml("model/calibration.toml")
    return Calibration(
        float(table["slope"]),
        float(table["offset"]),
        {name: float(value) for name, value in table["fields"].items()},
        float(table["whole-slope"]),
        float(table["whole-offset"]),
    )


def logit(score: float) -> float:
    score = min(max(score, _LEAST), 1 - _LEAST)
    return log(score / (1 - score))


def sigmoid(x: float) -> float:
    return 1 / (1 + exp(-x)) if x > -30 else 0.0


def of_field(name: str, score: float) -> float:
    """The probability that the value of field `name` is right, by the labeller's score; three decimals."""
    slope, offset, surest = _line(name)
    return surest if score >= 1 - _LEAST else round(sigmoid(slope * logit(score) + offset), 3)


@lru_cache(maxsize=256)
def _line(name: str) -> tuple[float, float, float]:
    """Slope and offset of a field, and its highest confidence, which half of all values have."""
    table = calibration()
    offset = table.offset + table.fields.get(name, 0.0)
    return table.slope, offset, round(sigmoid(table.slope * logit(1) + offset), 3)


def of_item(confidences: Iterable[float]) -> float:
    """The probability that every field is right and none is missing; three decimals."""
    table = calibration()
    return round(sigmoid(table.whole_slope * logit(prod(confidences)) + table.whole_offset), 3)
