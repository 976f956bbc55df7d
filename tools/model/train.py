"""Train the shipped model from the checkout alone: `make model`. The same corpus and tables give the same bytes."""

from __future__ import annotations

import hashlib
import sys
import tempfile
import zlib
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pycrfsuite
from corpus import Line, read
from generate import generate

from kzcite.parser.columns import columns, lay_out
from kzcite.parser.features import KEY_BITS, OFFSETS, keys, signature, word_feature
from kzcite.parser.kind import NONE, kind_features
from kzcite.parser.lexicon import EDGE, Lexicon, Vocabulary
from kzcite.parser.model import FILE, pack
from kzcite.parser.segment import with_stages
from kzcite.parser.word import word
from kzcite.text.tokens import Token

CORPUS = Path(__file__).resolve().parents[2] / "fixtures" / "corpus"
LABELLER = {"c1": 0.05, "c2": 0.1, "max_iterations": 100, "feature.possible_transitions": False}
GENERATED = 1000
KIND = {"c1": 0.0, "c2": 0.5, "max_iterations": 200}


def half_unknown(name: tuple[str, ...]) -> bool:
    """Half of the names of the gazetteers, so that the labeller learns to read hosts and publishers without them."""
    return zlib.crc32(" ".join(name).encode()) % 2 == 0


def seen(lines: Sequence[Sequence[Token]], lexicon: Lexicon) -> list[list[list[str]]]:
    """For each line the features of every token, spelt as CRFsuite wants them."""
    row = lay_out(lines, lexicon)
    tokens = row.tokens
    own: list[list[str]] = [[] for _ in tokens]
    for chosen, packing, key in keys(columns(row, lexicon, half_unknown), tokens):
        for feature in (key & packing.masks | packing.numbers).tolist():
            for at, number in zip(chosen.tolist(), feature, strict=True):
                own[at].append(str(number))
    for offset, distance in enumerate(OFFSETS):
        of_word = list(lexicon.near) if offset else lexicon.features
        for at, number in enumerate((row.near if offset else row.words)[tokens + distance].tolist()):
            own[at] += [str(word_feature(offset, one)) for one in of_word[number]]
    each = iter(own)
    return [list(islice(each, len(line))) for line in lines]


def fit(sequences: Iterable[tuple[Sequence[list[str]], list[str]]], settings: dict[str, Any]) -> dict[str, Any]:
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
    tokens: list[Sequence[Token]] = []
    labels: list[list[str]] = []
    kinds = []
    for line in lines:
        own = line.tokens
        marked = line.labels(own)
        if line.type != NONE:
            tokens.append(own)
            labels.append(with_stages(marked))
        else:  # the labeller, which only knows references, takes such a line for a bare title
            kinds.append(([kind_features(own, ["title"] * len(own))], [NONE]))
        kinds.append(([kind_features(own, marked)], [line.type]))
    for line in generate(lines, GENERATED):
        tokens.append(line.tokens)
        labels.append(with_stages(line.labels(tokens[-1])))
    vocabulary = Vocabulary.of(word(token.text, token.kind) for line in tokens for token in line)
    labeller = fit(zip(seen(tokens, Lexicon(vocabulary)), labels, strict=True), LABELLER)
    return {"labeller": _numbered(labeller, vocabulary), "kind": fit(kinds, KIND)}


def _numbered(section: dict[str, Any], vocabulary: Vocabulary) -> dict[str, Any]:
    """CRFsuite's spelling read back into numbers; named word features without a weight are left out."""
    weights = {(int(one), label): weight for (one, label), weight in section["weights"].items()}
    used = {one & (1 << KEY_BITS) - 1 for one, _ in weights if one >> KEY_BITS < len(OFFSETS)}
    classes, shapes, features = vocabulary.to_lists()
    kept = [name for name in features if vocabulary.features[name] in used]
    new = {vocabulary.features[name]: at for name, at in Vocabulary.from_lists((), (), kept).features.items()}
    new |= {EDGE: EDGE}
    renumbered = {
        (
            (one >> KEY_BITS << KEY_BITS) | new[one & (1 << KEY_BITS) - 1] if one >> KEY_BITS < len(OFFSETS) else one,
            label,
        ): w
        for (one, label), w in weights.items()
    }
    return section | {
        "weights": renumbered,
        "settings": {"templates": signature(), "vocabulary": [classes, shapes, kept]},
    }


def main() -> int:
    data = pack(train(corpus_lines()))
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_bytes(data)
    FILE.with_suffix(".sha256").write_text(f"{hashlib.sha256(data).hexdigest()}  {FILE.name}\n", encoding="ascii")
    print(f"{FILE.name}: {len(data):,} bytes, sha256 {hashlib.sha256(data).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
