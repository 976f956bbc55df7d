"""Fit the weights by which the finder tells where an entry of a wrapped list without numbers begins.

python tools/finder/fit_begins.py [--write]

The lines of fixtures/corpus/real.tsv, list by list, are wrapped at several widths; every line is one case: does an
entry begin here? Logistic regression with a ridge, by Newton's steps. Prints the share of right decisions on lists that
took no part in the fit (five folds); `--write` fits on all lists and writes data/citing/begins.toml.
"""

from __future__ import annotations

import re
import sys
from itertools import product
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from kzcite.finder.begins import signs

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "fixtures/corpus/real.tsv"
TABLE = ROOT / "src/kzcite/data/citing/begins.toml"
WIDTHS = (60, 68, 76, 84, 92)
UNEVEN = (0.0, 0.12)
RIDGE = 2.0
FOLDS = 5
_TAG = re.compile(r"</?[A-Za-z_-]+>")


def read_lists() -> dict[str, list[str]]:
    """The printed lines of the corpus by list."""
    out: dict[str, list[str]] = {}
    for row in CORPUS.read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            _, _, tagged, where = row.split("\t")[:4]
            out.setdefault(where.rpartition("-")[0], []).append(" ".join(_TAG.sub("", tagged).split()))
    return out


def wrapped(raw: str, width: int, uneven: float, chance: Random) -> list[str]:
    """The line broken at `width` characters; letters of different breadth make lines up to `uneven` shorter."""
    out: list[str] = [""]
    room = width * (1 - uneven * chance.random())
    for word in raw.split():
        if out[-1] and len(out[-1]) + 1 + len(word) > room:
            out.append(word)
            room = width * (1 - uneven * chance.random())
        else:
            out[-1] = f"{out[-1]} {word}".strip()
    return out


def cases(lines: list[str]) -> tuple[list[dict[str, float]], list[bool]]:
    """The signs at every line but the first, and whether an entry begins there."""
    found: list[dict[str, float]] = []
    answers: list[bool] = []
    for width, uneven in product(WIDTHS, UNEVEN):
        chance = Random(f"{width} {uneven} {lines[0]}")
        entry = ""
        previous = 0
        for raw in lines:
            for number, line in enumerate(wrapped(raw, width, uneven, chance)):
                if entry:
                    found.append(signs(entry, line, previous, width))
                    answers.append(number == 0)
                entry = line if number == 0 else f"{entry} {line}"
                previous = len(line)
    return found, answers


def fit(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """The weights of a ridge logistic regression."""
    weights = np.zeros(x.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (p - y) + RIDGE * weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(x.shape[1])
        step = np.linalg.solve(curve, gradient)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def main() -> None:
    """Cross-validate; with --write fit on all and write the table."""
    lists = read_lists()
    names = list(signs("a", "b", 1, 2))
    rows = {name: cases(lines) for name, lines in lists.items()}
    x = {
        name: np.array([[one[key] for key in names] for one in found]).reshape(-1, len(names))
        for name, (found, _) in rows.items()
    }
    y = {name: np.array(answers, dtype=float) for name, (_, answers) in rows.items()}
    order = sorted(lists)
    right = total = 0
    for fold in range(FOLDS):
        held = [name for at, name in enumerate(order) if at % FOLDS == fold]
        train = [name for name in order if name not in held]
        weights = fit(np.concatenate([x[one] for one in train]), np.concatenate([y[one] for one in train]))
        for one in held:
            right += int(((x[one] @ weights > 0) == (y[one] > 0.5)).sum())
            total += len(y[one])
    print(f"{len(lists)} lists, {total} lines: {right / total:.4f} of the decisions on held-out lists right")
    if "--write" in sys.argv:
        weights = fit(np.concatenate([x[one] for one in order]), np.concatenate([y[one] for one in order]))
        head = (
            "# What speaks for (above 0) and against a line beginning an entry, in a wrapped list without numbers.\n"
            "# Fitted on fixtures/corpus/real.tsv by tools/finder/fit_begins.py; finder/begins.py says what they are.\n"
            "[weights]\n"
        )
        body = "".join(f'"{name}" = {weight:.3f}\n' for name, weight in zip(names, weights, strict=True))
        TABLE.write_text(head + body, encoding="utf-8")


if __name__ == "__main__":
    main()
