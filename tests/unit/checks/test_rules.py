"""Every rule: its documentation, its messages in three languages, and its examples, which run."""

from __future__ import annotations

import re
import string
from datetime import date

import pytest

from kzcite import checks, jobs
from kzcite.checks.rule import PARTS, Rule
from kzcite.model import UsageError
from kzcite.tables.loader import read_toml

TODAY = date(2026, 11, 22)
RULES = checks.rules()
EXAMPLES = [
    (rule, part, number)
    for rule in RULES
    for part in ("Found", "Not found")
    for number in range(len(rule.examples(part)))
]


def _ids(value: object) -> str:
    return value.code if isinstance(value, Rule) else str(value).replace(" ", "-")


@pytest.mark.parametrize(("rule", "part", "number"), EXAMPLES, ids=_ids)
def test_example(rule: Rule, part: str, number: int) -> None:
    text = rule.examples(part)[number]  # type: ignore[arg-type]
    profile = rule.parts.get("Profile")
    findings = jobs.check(text, select=[rule.code], today=TODAY, profile=profile)
    assert bool(findings) == (part == "Found"), [one.printed for one in findings]
    for one in findings:
        for language in ("en", "kk", "ru"):
            sentence = checks.message(one, language)
            assert sentence
            assert "{" not in sentence


def test_codes_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"(PRS|FLD|SCR|LST|LNK|TWN|STY|PRF)\d{3}", code) for code in codes)
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=_ids)
def test_documentation(rule: Rule) -> None:
    parts = rule.parts
    assert set(parts) <= set(PARTS)
    assert {"What", "Why", "Fix"} <= set(parts)
    if rule.looks_at not in ("volume", "file") and rule.code != "PRF006":
        assert rule.examples("Found")
        assert rule.examples("Not found")


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_messages_say_the_same_in_every_language(language: str) -> None:
    table = read_toml(f"messages/{language}.toml")
    english = read_toml("messages/en.toml")
    assert set(table["words"]) == set(english["words"])
    assert set(table["rules"]) == {rule.code for rule in RULES}
    for rule in RULES:
        known = _fields(rule.sentence) | {"printed", "expected", "number", "count"}
        assert _fields(table["rules"][rule.code]["message"]) <= known, rule.code
        assert table["rules"][rule.code]["summary"]


def _fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_words_of_placeholders_are_in_the_tables() -> None:
    words = set(read_toml("messages/en.toml")["words"])
    for rule, part, number in EXAMPLES:
        if part == "Found" and ":w}" in rule.sentence:
            text = rule.examples("Found")[number]
            names = re.findall(r"\{(\w+):w\}", rule.sentence)
            for one in jobs.check(text, select=[rule.code], today=TODAY, profile=rule.parts.get("Profile")):
                values = {"printed": one.printed, "expected": one.expected or "", **one.params}
                assert {word for name in names for word in values[name].split(", ")} <= words, rule.code


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_pages_are_made(language: str) -> None:
    page = checks.page(checks.find_rule("lnk001"), language)
    assert page.startswith("# LNK001 unresolved-marker\n")
    assert page.count("```text") == 2


def test_selection_by_prefix_and_name() -> None:
    codes = [rule.code for rule in checks.selected(["LNK", "numbering-gap"], ["LNK00"])]
    assert codes == ["LST001"]
    assert [rule.code for rule in checks.selected("LNK001,LNK002", "LNK")] == ["LNK001", "LNK002"]
    assert "LNK002" not in {rule.code for rule in checks.selected((), ["LNK002"])}
    with pytest.raises(UsageError):
        checks.selected(["XYZ"])
    with pytest.raises(UsageError):
        checks.find_rule("no-such-rule")
