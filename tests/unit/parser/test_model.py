"""The model file: read only when it is the shipped one, and the same after packing again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kzcite.model import TableError
from kzcite.parser import model
from kzcite.parser.labeller import Labeller, decode


def test_a_changed_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "parser.bin"
    copy.write_bytes(model.FILE.read_bytes()[:-1] + b"x")
    copy.with_suffix(".sha256").write_text(model.FILE.with_suffix(".sha256").read_text())
    monkeypatch.setattr(model, "FILE", copy)
    with pytest.raises(TableError, match="not the one that was shipped"):
        model.load.__wrapped__()


def test_a_missing_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "FILE", tmp_path / "none.bin")
    with pytest.raises(TableError):
        model.load.__wrapped__()


def test_pack_and_unpack_agree() -> None:
    weights = {("w=a", "title"): 0.5, ("w=a", "O"): -1.25, ("w=b", "O"): 2.0}
    data = model.pack({"x": {"labels": ["title", "O"], "weights": weights, "transitions": {("title", "O"): 0.75}}})
    section = model.unpack(data)["x"]
    assert section.row(["w=a"]).tolist() == [0.5, -1.25]
    assert section.row(["w=a", "w=b", "w=unknown"]).tolist() == [0.5, 0.75]
    assert section.transitions.tolist() == [[0, 750], [0, 0]]


def test_numbered_features_are_packed_too() -> None:
    data = model.pack({"x": {"labels": ["title", "O"], "weights": {(1 << 60, "O"): 2.0, (7, "title"): -1.0}}})
    section = model.unpack(data)["x"]
    found = section.find(np.array([[7, 8], [1 << 60, 0]]))
    assert section.table[found].tolist() == [[[-1000, 0], [0, 0]], [[0, 2000], [0, 0]]]


def test_every_number_is_found_where_it_stands() -> None:
    rng = np.random.default_rng(3)
    for size in (0, 1, 5, 3000):
        numbers = np.unique(rng.integers(0, 1 << 62, size))
        keys = model.Keys(numbers)
        assert keys.find(numbers).tolist() == list(range(len(numbers)))
        others = np.setdiff1d(rng.integers(0, 1 << 62, 1000), numbers)
        assert (keys.find(others) == -1).all()


def test_decode_finds_the_probability_of_every_label() -> None:
    """Against the sum over all paths, spelt out."""
    rng = np.random.default_rng(1)
    for spread in (0.3, 1.0, 4.0):
        sizes = np.array([5, 4, 2, 2, 1])
        emissions = np.round(rng.normal(size=(int(sizes.sum()), 3)) * spread, 3)
        transitions = rng.normal(size=(3, 3))
        marginals = decode((emissions * 1000).astype(np.float32), sizes, transitions)
        start = 0
        for size in sizes.tolist():
            own, marginal = (one[start : start + size] for one in (emissions, marginals))
            start += size
            every = list(np.ndindex(*([3] * size)))
            score = [
                sum(own[at, one[at]] for at in range(size))
                + sum(transitions[one[at], one[at + 1]] for at in range(size - 1))
                for one in every
            ]
            weight = np.exp(np.array(score))
            for at in range(size):
                for label in range(3):
                    share = sum(w for w, one in zip(weight, every, strict=True) if one[at] == label) / weight.sum()
                    assert marginal[at, label] == pytest.approx(share, abs=1e-6)


def test_a_model_of_other_features_is_refused() -> None:
    section = model.load()["labeller"]
    with pytest.raises(TableError, match="other features"):
        Labeller(replace(section, settings=section.settings | {"templates": "00000000"}))
