"""Language of titles: languages, scripts, romanised text, hints, and the gold titles where they are at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kzcite.tables.loader import read_rows, read_toml
from kzcite.text.language import CYRILLIC_SCRIPT, LATIN_SCRIPT, detect, rank


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Қазақ тілінің түсіндірме сөздігі", "kk"),
        ("Абай жолы романындағы тарихи тұлғалар", "kk"),
        ("Сот төрелігі туралы", "kk"),
        ("Еңбек құқығы негіздерi", "kk"),
        ("сəйкес баға қою əдістемесі", "kk"),
        ("Теория государства и права", "ru"),
        ("Очерки истории степных городов", "ru"),
        ("Платформа OpenText для архивов", "ru"),
        ("Field methods in comparative linguistics", "en"),
        ("Law, custom and the state", "en"),
        ("Історія української літератури", "uk"),
        ("Гісторыя беларускай мовы", "be"),
        ("Geschichte der deutschen Sprache", "de"),
        ("Histoire de la langue française", "fr"),
        ("Türk dilinin tarihi üzerine araştırmalar", "tr"),
        ("Istoriya razvitiya yuridicheskoi nauki", "ru-Latn"),
        ("Problemy sovremennogo yazykoznaniya", "ru-Latn"),
        ("Qazaq tiliniñ grammatikasy", "kk-Latn"),
        ("Kazak adebietinin tarikhy zhane teoriiasy", "kk-Latn"),
        ("Ádebıet týraly oılar", "kk-Latn"),
        ("", ""),
        ("2014. – № 3", ""),
    ],
)
def test_titles(text: str, expected: str) -> None:
    assert detect(text) == expected


def test_a_hint_decides_where_the_word_is_of_both_languages() -> None:
    assert detect("Логика", hint="kk") == "kk"
    assert detect("Логика", hint="ru") == "ru"
    assert detect("Очерки истории степных городов", hint="kk") == "ru"


def test_rank_is_sorted_and_stays_in_the_script() -> None:
    ranked = rank("Тарих")
    assert [score for _, score in ranked] == sorted((score for _, score in ranked), reverse=True)
    assert {name for name, _ in ranked} == set(CYRILLIC_SCRIPT)


def test_the_tables_agree() -> None:
    """Every language of the code has its row and its trigrams, and no row has a letter both for and against it."""
    rows = read_toml("script/languages.toml")
    assert set(rows) == set(LATIN_SCRIPT) | set(CYRILLIC_SCRIPT)
    assert {row["language"] for row in read_rows("script/trigrams.csv")} == set(rows)
    for name, row in rows.items():
        wanted = set(row.get("letters", "")) | set(row.get("shared", ""))
        assert not wanted & set(row.get("not", "")), name
    assert all(len(row["trigram"]) == 3 and row["weight"].isdigit() for row in read_rows("script/trigrams.csv"))


def test_gold_titles(shared: Path) -> None:
    right = total = 0
    for name in ("dev.jsonl", "extra.jsonl"):
        for line in (shared / "eval" / name).read_text(encoding="utf-8").splitlines():
            gold = json.loads(line)["gold"]
            if gold and "title" in gold and "language" in gold:
                total += 1
                right += detect(gold["title"]) == gold["language"]
    assert right / total >= 0.975
