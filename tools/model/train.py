"""Train the shipped model from the checkout alone: `make model`. The same corpus and tables give the same bytes."""

from __future__ import annotations

import hashlib
import sys
import tempfile
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pycrfsuite
from corpus import Line, read
from generate import generate

from kzcite.parser import features
from kzcite.parser.kind import NONE, kind_features
from kzcite.parser.model import FILE, pack
from kzcite.parser.segment import with_stages
from kzcite.text.tokens import Token

CORPUS = Path(__file__).resolve().parents[2] / "fixtures" / "corpus"
LABELLER = {"c1": 0.05, "c2": 0.1, "max_iterations": 100, "feature.possible_transitions": False}
GENERATED = 700
KIND = {"c1": 0.0, "c2": 0.1, "max_iterations": 200}

_spelt: dict[tuple[int, Any], list[str]] = {}


def half_unknown(name: tuple[str, ...]) -> bool:
    """Half of the names of the gazetteers, so that the labeller learns to read hosts and publishers without them."""
    return zlib.crc32(" ".join(name).encode()) % 2 == 0


def spelt(tokens: Sequence[Token]) -> list[list[str]]:
    """The named features of every token."""
    out = []
    for row in features.rows(tokens, half_unknown):
        names: list[str] = []
        for template, key in enumerate(row):
            found = _spelt.get((template, key))
            if found is None:
                found = _spelt[template, key] = features.spell(template, key)
            names += found
        out.append(names)
    return out


def fit(sequences: Iterable[tuple[list[list[str]], list[str]]], settings: dict[str, Any]) -> dict[str, Any]:
    """A CRF trained by CRFsuite (L-BFGS), as labels, weights and transitions."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params(settings)
    for xs, ys in sequences:
        trainer.append(pycrfsuite.ItemSequence(xs), ys)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model.crf")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        labels = sorted(info.labels, key=lambda label: int(info.labels[label]))
        result = {"labels": labels, "weights": dict(info.state_features), "transitions": dict(info.transitions)}
        tagger.close()
    return result


def corpus_lines() -> list[Line]:
    return [line for path in sorted(CORPUS.glob("*.tsv")) for line in read(path)]


def train(lines: Sequence[Line]) -> dict[str, dict[str, Any]]:
    """Every section of the model."""
    labelled = []
    kinds = []
    for line in lines:
        tokens = line.tokens
        labels = line.labels(tokens)
        if line.type != NONE:
            labelled.append((spelt(tokens), with_stages(labels)))
        else:  # the labeller, which only knows references, takes such a line for a bare title
            kinds.append(([kind_features(tokens, ["title"] * len(tokens))], [NONE]))
        kinds.append(([kind_features(tokens, labels)], [line.type]))
    for line in generate(lines, GENERATED):
        tokens = line.tokens
        labelled.append((spelt(tokens), with_stages(line.labels(tokens))))
    return {"labeller": fit(labelled, LABELLER), "kind": fit(kinds, KIND)}


def main() -> int:
    data = pack(train(corpus_lines()))
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_bytes(data)
    FILE.with_suffix(".sha256").write_text(f"{hashlib.sha256(data).hexdigest()}  {FILE.name}\n", encoding="ascii")
    print(f"{FILE.name}: {len(data):,} bytes, sha256 {hashlib.sha256(data).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
