"""APA lines beside those of citeproc-js (npm `citeproc`, installed under tests/clients, never shipped).

Each item is rendered alone by both, with the same style and locales, as the style has it prepared (an edition stated in
words is its number): what is compared is the engine. Lines are compared after the kinds of space are made one; what
differs is listed by id in ARGUED and argued in NOTES.md.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from tests.parity.suite import read

from kzcite.model import Item
from kzcite.renderer.csl.finish import to_rich
from kzcite.renderer.csl.processor import Processor
from kzcite.renderer.engine import load_style
from kzcite.renderer.prepare import preparation, prepare
from kzcite.tables.styles import find_locale, find_style

CLIENTS = Path(__file__).resolve().parent.parent / "clients"
LOCALES = ("en-US", "ru-RU", "kk-KZ")
LEAST = 0.98

ARGUED = {
    # The hyphen of a law's number becomes a dash (`№ 319–III`).
    "B03-01",
    "B04-02",
    "B12-05",
    # Initials are not made of a name that begins with a letter outside its table.
    "A28-08",
    # An English title case is put on Russian and Kazakh journal titles.
    "A38-01",
    "A65-02",
    # Variables are read out of the note field (`reviewed-title: …`).
    "label_NameLabelThroughSubstitute-0",
    "variables_ContainerTitleShort2-0",
    "variables_ContainerTitleShort2-1",
    # `delimiter-precedes-last="always"` is not carried out before a body's name.
    "bugreports_DemoPageFullCiteCruftOnSubsequent-0",
    "bugreports_SimpleBib-0",
    "name_DelimiterAfterInverted-0",
    # An edition of text is read as numbers with labels (`3-е-е изд., испр. и доп. изд.`).
    "B59-08",
    "label_EditorTranslator1-0",
    "number_OrdinalSpacing-0",
    # Roman page ranges take the singular label, `i–ix` the plural one.
    "page_Chicago16-19",
    # Ours: a pair of single quotes becomes outer quotation marks wherever it stands; a lone pair of signs is a pair.
    "flipflop_ApostropheInsideTag-0",
    "flipflop_LeadingSingleQuote-0",
    # Ours: `, abbé d'` after the given name is read as a particle without its comma.
    "name_ParsedCommaDelimitedDroppingParticleSortOrderingWithoutAffixes-0",
}


def run_citeproc_js(node: str, job: dict[str, Any]) -> dict[str, Any]:
    """One run of citeproc-js; the fixture `client` has made sure that it is there."""
    done = subprocess.run(
        [node, str(CLIENTS / "citeproc.js")], input=json.dumps(job).encode(), capture_output=True, check=True
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.fixture(scope="session")
def node(program: Callable[[str], str]) -> str:
    path = program("node")
    if not (CLIENTS / "node_modules" / "citeproc").is_dir():
        pytest.skip("citeproc-js is not installed: npm install in tests/clients")
    return path


def compare(node: str, items: Iterable[dict[str, Any]], language: str) -> list[tuple[str, str, str]]:
    """(id, our line, theirs) of each item that citeproc-js renders without an error."""
    row = preparation("apa")
    assert row is not None
    items = [prepare(Item.from_csl(one), row).to_csl() for one in items]
    job = {
        "style": find_style("apa").read_text(encoding="utf-8"),
        "locales": {one: (find_locale(one) or Path()).read_text(encoding="utf-8") for one in LOCALES},
        "lang": language,
        "force": True,
        "unsorted": True,
        "items": items,
        "groups": [[one["id"]] for one in items],
    }
    theirs = run_citeproc_js(node, job)
    out: list[tuple[str, str, str]] = []
    for one in items:
        if one["id"] in theirs["errors"]:
            continue
        work = Processor(load_style("apa"), [Item.from_csl(one)], locale=language)
        work.sort()
        work.disambiguate()
        label, tokens = work.entries()[0]
        out.append((one["id"], spaces(to_rich([*label, *tokens]).text), spaces(theirs["lines"].get(one["id"], ""))))
    return out


def spaces(line: str) -> str:
    return re.sub(r"[\s\u00a0\u2009\u202f]+", " ", line).strip()


def judge(compared: list[tuple[str, str, str]]) -> None:
    different = {id: (ours, theirs) for id, ours, theirs in compared if ours != theirs}
    share = 1 - len(different) / len(compared)
    print(f"{len(compared) - len(different)} of {len(compared)} the same ({share:.1%})")
    assert {id: pair for id, pair in different.items() if id not in ARGUED} == {}
    assert ARGUED & {id for id, _, _ in compared} <= different.keys(), "argued for nothing"
    assert share >= LEAST


@pytest.mark.client
def test_gold_items_in_apa(node: str, shared: Path) -> None:
    rows = [json.loads(line) for line in (shared / "eval" / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    compared: list[tuple[str, str, str]] = []
    for language, tag in (("kk", "kk-KZ"), ("ru", "ru-RU"), ("", "en-US")):
        items = [
            {**row["gold"], "id": row["id"]}
            for row in rows
            if row["gold"]
            and (row["gold"].get("language", "") == language) == bool(language)
            and (language or row["gold"].get("language", "") not in ("kk", "ru"))
        ]
        compared += compare(node, items, tag)
    assert len(compared) >= 400
    judge(compared)


@pytest.mark.client
def test_items_of_the_csl_suite_in_apa(node: str, shared: Path) -> None:
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((shared / "csl" / "test-suite").glob("*.txt")):
        for number, item in enumerate(read(path).items):
            bare = {key: value for key, value in item.items() if key != "id"}
            found.setdefault(json.dumps(bare, sort_keys=True), {**bare, "id": f"{path.stem}-{number}"})
    compared = compare(node, found.values(), "en-US")
    assert len(compared) >= 900
    judge(compared)
