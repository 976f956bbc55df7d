"""The model file: read only when it is the shipped one, and the same after packing again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kzcite.model import TableError
from kzcite.parser import model
from kzcite.parser.labeller import decode


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
    assert section.transitions.tolist() == [[0.0, 0.75], [0.0, 0.0]]


def test_decode_finds_the_best_path_and_its_posterior() -> None:
    """Against the sum over all paths, spelt out."""
    rng = np.random.default_rng(1)
    emissions = [rng.normal(size=(4, 3)).astype(np.float32), rng.normal(size=(2, 3)).astype(np.float32)]
    transitions = rng.normal(size=(3, 3)).astype(np.float32)
    paths, marginals = decode(emissions, transitions)
    for emission, path, marginal in zip(emissions, paths, marginals, strict=True):
        size = len(emission)
        every = list(np.ndindex(*([3] * size)))
        score = [
            sum(emission[at, one[at]] for at in range(size))
            + sum(transitions[one[at], one[at + 1]] for at in range(size - 1))
            for one in every
        ]
        assert tuple(path) == every[int(np.argmax(score))]
        weight = np.exp(np.array(score))
        for at in range(size):
            for label in range(3):
                share = sum(w for w, one in zip(weight, every, strict=True) if one[at] == label) / weight.sum()
                assert marginal[at, label] == pytest.approx(share, abs=1e-4)
