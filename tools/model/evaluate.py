"""Cross-validate the parser by source: `make bench` prints the tables, `make calibrate` fits the confidence.

Lines of one list are never in training and test together. The hand-written corpus is always in training; names of
hosts and publishers that only the held-out lists print are hidden from the gazetteers.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from corpus import Line, read
from scoring import Tally, comparable
from train import CORPUS, train

from kzcite.model import Item
from kzcite.parser import confidence, kind, labeller, parse_lines, values
from kzcite.parser.assemble import assemble
from kzcite.parser.model import pack, unpack
from kzcite.parser.segment import cut_segments, stretches
from kzcite.parser.word import word
from kzcite.text.tokens import tokenise

ROOT = Path(__file__).resolve().parents[2]
UNSEEN = ROOT / "fixtures" / "unseen" / "lines.tsv"


class Read(NamedTuple):
    """One held-out line: its annotation, what was read (both CSL), the uncalibrated score of each read field."""

    where: str
    raw: str
    gold: dict[str, Any]
    csl: dict[str, Any] | None
    sure: dict[str, float]


def gold_item(line: Line) -> dict[str, Any]:
    """The CSL item that the annotation means: the tagged spans made into values."""
    tokens = line.tokens
    segments = cut_segments(tokens, stretches(line.labels(tokens)))
    item = Item("gold")
    for field in dict.fromkeys(one.field for one in segments):
        made = values.make(field, line.raw, [one for one in segments if one.field == field])
        if made:
            item = item.with_field(field, made.value)
    out = item.to_csl() | {"type": line.type}
    if line.language and line.language != "-":
        out["language"] = line.language
    return out


def names_printed(line: Line) -> set[tuple[str, ...]]:
    """The hosts and publishers of a line as the gazetteers know them."""
    return {
        tuple(word(token.text, token.kind).low for token in tokenise(line.raw[start:end].strip('«»"')))
        for field, start, end in line.spans
        if field in ("container-title", "publisher")
    }


def uncalibrated(name: str, sure: float) -> float:
    """The labeller's own score behind a confidence."""
    table = confidence.calibration()
    offset = table.offset + table.fields.get(name, 0.0)
    return confidence.sigmoid((confidence.logit(sure) - offset) / table.slope)


def folds(lines: Sequence[Line], count: int, seed: int = 7) -> dict[str, int]:
    """Source → fold."""
    sources = sorted({line.source for line in lines})
    random.Random(seed).shuffle(sources)
    return {source: at % count for at, source in enumerate(sources)}


def official(folder: Path | None) -> dict[str, dict[str, Any] | None]:
    """The annotation as CSL items where it lies beside the checkout; else the tagged lines stand for it."""
    out: dict[str, dict[str, Any] | None] = {}
    for name in ("dev.jsonl", "extra.jsonl"):
        path = folder / "eval" / name if folder else Path("/nowhere")
        if path.is_file():
            for row in path.read_text(encoding="utf-8").splitlines():
                one = json.loads(row)
                out[one["id"]] = one["gold"]
    return out


def cross_validate(count: int, only: Sequence[int] = (), shared: Path | None = None) -> list[Read]:
    real = list(read(CORPUS / "real.tsv"))
    hand = [line for path in sorted(CORPUS.glob("*.tsv")) if path.stem != "real" for line in read(path)]
    fold = folds(real, count)
    annotated = official(shared)
    printed = {line.where: names_printed(line) for line in real + hand}
    out: list[Read] = []
    for number in only or range(count):
        began = time.perf_counter()
        training = [line for line in real if fold[line.source] != number] + hand
        held_out = [line for line in real if fold[line.source] == number]
        sections = unpack(pack(train(training)))
        known = set().union(*(printed[line.where] for line in training))
        tally = Tally()
        for line in held_out:
            gold = annotated.get(line.where) or (gold_item(line) if line.type != kind.NONE else None)
            if gold is None:
                continue
            unseen = printed[line.where] - known
            machine = labeller.Labeller(sections["labeller"], unseen.__contains__)
            tokens = line.tokens
            item = assemble(line.raw, tokens, machine.label([tokens])[0], sections["kind"], "e1")
            csl = item.to_csl() if item else None
            tally.add(comparable(gold), comparable(csl))
            sure = {one.name: uncalibrated(one.name, one.origin.confidence) for one in item.fields} if item else {}
            out.append(Read(line.where, line.raw, gold, csl, sure))
        print(f"fold {number}  {tally.row()}  {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    return out


def adjudicated(folder: Path) -> set[str]:
    """The lines that two people annotated and a third settled: those of dev.jsonl."""
    path = folder / "eval" / "dev.jsonl"
    return {json.loads(row)["id"] for row in path.read_text("utf-8").splitlines()} if path.is_file() else set()


def tally(reads: Iterable[Read]) -> Tally:
    out = Tally()
    for one in reads:
        out.add(comparable(one.gold), comparable(one.csl))
    return out


def judge(path: Path) -> None:
    """How the shipped model reads lines that no training sees."""
    lines = list(read(path))
    tallies: dict[str, Tally] = defaultdict(Tally)
    for line, item in zip(lines, parse_lines(line.raw for line in lines), strict=True):
        for name in ("lines never trained on", f"  {line.language}"):
            tallies[name].add(comparable(gold_item(line)), comparable(item.to_csl() if item else None))
    for name in ("lines never trained on", "  kk", "  ru", "  en"):
        print(f"{name:<26}{tallies[name].row()}")


def report(reads: Sequence[Read], settled_by_two: set[str]) -> None:
    """The tables: the adjudicated lines beside the peers' rows, the others, then all by language, type and field."""
    peers = tomllib.loads((Path(__file__).parent / "peers.toml").read_text(encoding="utf-8"))
    own = [one for one in reads if one.where in settled_by_two]
    if own:
        print(f"{'adjudicated lines':<26}{tally(own).row()}")
        for language in ("kk", "ru", "en"):
            print(f"  {language:<24}{tally(one for one in own if one.gold.get('language') == language).row()}")
        for peer in peers.values():
            core = " ".join(f"{name} {value:.3f}" for name, value in peer["core"].items() if name != "all")
            exact = f"{peer['exact']:.3f}" if "exact" in peer else "    –"
            print(
                f"{peer['name']:<31}  micro {peer['micro']:.3f}  core {peer['core']['all']:.3f}  exact {exact}"
                f"  core exact {peer['core-exact']:.3f}  {core}"
            )
        print(f"{'the harder lines':<26}{tally(one for one in reads if one.where not in settled_by_two).row()}")
    total = tally(reads)
    print(f"{'all':<26}{total.row()}")
    for by in ("language", "type"):
        groups: dict[str, list[Read]] = defaultdict(list)
        for one in reads:
            groups[str(one.gold.get(by, "none"))].append(one)
        for name, members in sorted(groups.items(), key=lambda pair: -len(pair[1])):
            print(f"{name:<26}{tally(members).row()}")
    others = peers["anystyle"]["fields"]
    print(f"{'field':<22}{'gold':>6}{'read':>6}{'P':>8}{'R':>8}{'F1':>8}{'AnyStyle':>10}")
    for field in sorted(total.gold | total.read, key=lambda name: -total.gold[name]):
        hit, gold, got = total.hit[field], total.gold[field], total.read[field]
        theirs = f"{others[field]:>10.2f}" if field in others else ""
        shares = f"{hit / (got or 1):>8.3f}{hit / (gold or 1):>8.3f}{total.f1([field]):>8.3f}"
        print(f"{field:<22}{gold:>6}{got:>6}{shares}{theirs}")


def print_differences(reads: Sequence[Read]) -> None:
    """The lines where reading and annotation disagree, by field."""
    rows = []
    for one in reads:
        gold, got = comparable(one.gold), comparable(one.csl)
        rows += [
            (field, one.where, one.raw, gold.get(field, ""), got.get(field, ""))
            for field in gold.keys() | got.keys()
            if gold.get(field) != got.get(field)
        ]
    for field, where, raw, want, got in sorted(rows):
        print(f"{field}  {where}  {raw}\n    annotated  {want}\n    read       {got}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--only", type=int, nargs="*", default=[])
    parser.add_argument("--delta", action="store_true", help="print the differences instead of the tables")
    parser.add_argument(
        "--shared", type=Path, default=ROOT.parent / "shared", help="where the official annotation lies"
    )
    parser.add_argument("--save", type=Path, help="keep what was read, for tables and calibration")
    parser.add_argument("--load", type=Path, help="make the tables from what was kept")
    arguments = parser.parse_args()
    if arguments.load:
        reads = [Read(**one) for one in json.loads(arguments.load.read_text(encoding="utf-8"))]
    else:
        reads = cross_validate(arguments.folds, arguments.only, arguments.shared)
    if arguments.save:
        arguments.save.write_text(json.dumps([one._asdict() for one in reads], ensure_ascii=False), encoding="utf-8")
    if arguments.delta:
        print_differences(reads)
    else:
        report(reads, adjudicated(arguments.shared))
        judge(UNSEEN)
    return 0


if __name__ == "__main__":
    sys.exit(main())
