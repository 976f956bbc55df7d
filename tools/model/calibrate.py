"""Fit the confidence on what the cross-validation read, and measure it: `make calibrate`.

Writes `data/model/calibration.toml` and the reliability plot of docs/explanation/parsing.md. The error that is
printed is itself cross-validated: each half of the sources is measured with what the other half fitted.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections.abc import Sequence
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from evaluate import ROOT, Read
from numpy.typing import NDArray
from scoring import comparable, settled

from kzcite.parser import confidence
from kzcite.parser.model import FILE

Array = NDArray[np.float64]
BINS = 10
SHRINK = 4.0


def outcomes(reads: Sequence[Read]) -> list[tuple[str, str, float, bool]]:
    """(where, field, score, whether right) for every field that was read."""
    out = []
    for one in reads:
        gold = comparable(one.gold)
        got = settled(gold, comparable(one.csl))
        for name, score in one.sure.items():
            right = got.get(name) == gold.get(name) if name in got else name == "issued" and "issued" not in gold
            if name == "issued":
                right = right and got.get("year") == gold.get("year")
            out.append((one.where, name, score, bool(right)))
    return out


def fit_logistic(x: Array, y: Array, penalty: Array) -> Array:
    """Weights of a logistic regression by Newton's method; `penalty` shrinks each weight towards 0."""
    weights = np.zeros(x.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (p - y) + penalty * weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty + 1e-6)
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def fit(reads: Sequence[Read]) -> dict[str, Any]:
    rows = outcomes(reads)
    names = sorted({name for _, name, _, _ in rows})
    x = np.zeros((len(rows), 2 + len(names)))
    for at, (_, name, score, _) in enumerate(rows):
        x[at, 0], x[at, 1], x[at, 2 + names.index(name)] = confidence.logit(score), 1, 1
    y = np.array([right for *_, right in rows], dtype=float)
    weights = fit_logistic(x, y, np.array([0.1, 0.1] + [SHRINK] * len(names)))
    table: dict[str, Any] = {
        "slope": round(float(weights[0]), 4),
        "offset": round(float(weights[1]), 4),
        "fields": {name: round(float(weights[2 + at]), 4) for at, name in enumerate(names)},
    }
    sums = np.array([[confidence.logit(prod(sure_of(table, read))), 1.0] for read in reads])
    whole = np.array([is_exact(read) for read in reads], dtype=float)
    table["whole-slope"], table["whole-offset"] = (
        round(float(one), 4) for one in fit_logistic(sums, whole, np.array([0.1, 0.1]))
    )
    return table


def sure_of(table: dict[str, Any], read: Read) -> list[float]:
    return [calibrated(table, name, score) for name, score in read.sure.items()]


def calibrated(table: dict[str, Any], name: str, score: float) -> float:
    return confidence.sigmoid(
        table["slope"] * confidence.logit(score) + table["offset"] + table["fields"].get(name, 0.0)
    )


def is_exact(read: Read) -> bool:
    gold = comparable(read.gold)
    return settled(gold, comparable(read.csl)) == gold


def bins_of(pairs: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """(mean confidence, share right, count) of each of BINS equal ranges that holds anything."""
    out = []
    for at in range(BINS):
        low, high = at / BINS, (at + 1) / BINS
        own = [(p, right) for p, right in pairs if low <= p < high or (at == BINS - 1 and p >= high)]
        if own:
            out.append((sum(p for p, _ in own) / len(own), sum(right for _, right in own) / len(own), len(own)))
    return out


def expected_error(pairs: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error over the bins."""
    total = sum(count for *_, count in bins_of(pairs))
    return sum(abs(mean - share) * count for mean, share, count in bins_of(pairs)) / (total or 1)


def crossed(reads: Sequence[Read]) -> tuple[list[tuple[float, bool]], list[tuple[float, bool]]]:
    """(confidence, right) of fields and of whole entries, each half by the fit of the other."""
    half = {read.where: zlib.crc32(read.where.split("-")[0].encode()) % 2 for read in reads}
    fields: list[tuple[float, bool]] = []
    wholes: list[tuple[float, bool]] = []
    for side in (0, 1):
        table = fit([read for read in reads if half[read.where] != side])
        own = [read for read in reads if half[read.where] == side]
        fields += [(calibrated(table, name, score), right) for _, name, score, right in outcomes(own)]
        for read in own:
            together = confidence.logit(prod(sure_of(table, read)))
            wholes.append((confidence.sigmoid(table["whole-slope"] * together + table["whole-offset"]), is_exact(read)))
    return fields, wholes


def plot(fields: Sequence[tuple[float, bool]], wholes: Sequence[tuple[float, bool]]) -> str:
    """The reliability plot as SVG: confidence across, share right upwards; a disc's area is its count."""
    size, edge = 320, 40
    span = size - 2 * edge

    def at(x: float, y: float) -> tuple[float, float]:
        return round(edge + x * span, 1), round(size - edge - y * span, 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" font-family="sans-serif" font-size="10">',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<path d="M{edge} {edge}V{size - edge}H{size - edge}M{edge} {size - edge}L{size - edge} {edge}" '
        'fill="none" stroke="#888"/>',
    ]
    for tick in (0, 0.5, 1):
        x, y = at(tick, tick)
        parts.append(f'<text x="{x}" y="{size - edge + 14}" text-anchor="middle">{tick}</text>')
        parts.append(f'<text x="{edge - 6}" y="{y + 3}" text-anchor="end">{tick}</text>')
    for pairs, colour in ((fields, "#1f6f8b"), (wholes, "#c8553d")):
        for mean, share, count in bins_of(pairs):
            x, y = at(mean, share)
            radius = round(2 + 9 * (count / len(pairs)) ** 0.5, 1)
            parts.append(f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{colour}" fill-opacity="0.6"/>')
    parts.append(f'<text x="{size / 2}" y="{size - 6}" text-anchor="middle">confidence</text>')
    parts.append(f'<text x="{edge}" y="{edge - 14}">share right: fields (blue), whole entries (red)</text></svg>')
    return "\n".join(parts) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reads", type=Path, help="what evaluate.py kept with --save")
    parser.add_argument("--check", action="store_true", help="measure only, write nothing")
    arguments = parser.parse_args()
    reads = [Read(**one) for one in json.loads(arguments.reads.read_text(encoding="utf-8"))]
    fields, wholes = crossed(reads)
    print(f"expected calibration error  fields {expected_error(fields):.3f} of {len(fields)}", end="  ")
    print(f"whole entries {expected_error(wholes):.3f} of {len(wholes)}")
    for mean, share, count in bins_of(fields):
        print(f"  fields at {mean:.2f}: {share:.2f} right ({count})")
    if arguments.check:
        return 0
    table = fit(reads)
    lines = ["# Fitted by `make calibrate` on lines of unseen sources; see docs/explanation/parsing.md."]
    lines += [f"{name} = {table[name]}" for name in ("slope", "offset", "whole-slope", "whole-offset")]
    lines += ["", "[fields]", *(f'"{name}" = {value}' for name, value in table["fields"].items())]
    (FILE.parent / "calibration.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (ROOT / "docs" / "explanation" / "reliability.svg").write_text(plot(fields, wholes), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
