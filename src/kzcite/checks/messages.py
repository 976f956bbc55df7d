"""Sentences about findings in Kazakh, Russian or English, and the page of a rule.

English stands in the rule; `messages/kk.toml` and `messages/ru.toml` hold `[rules.CODE]` with `message` and `summary`,
and `[words]`: what a placeholder `{name:w}` may stand for (CSL variables, languages, kinds of fault).
`messages/en.toml` holds words only.
"""

from __future__ import annotations

import string
from functools import lru_cache
from typing import Any

from kzcite.checks.rule import Rule
from kzcite.model import Finding
from kzcite.tables.loader import overlays, read_toml

LANGUAGES = ("en", "kk", "ru")
_LONGEST = 90


class _Sentence(string.Formatter):
    """`{name}` is a value as printed, shortened; `{name:w}` a comma-separated list of words to translate."""

    def __init__(self, words: dict[str, str]) -> None:
        self.words = words

    def format_field(self, value: Any, format_spec: str) -> str:
        text = " ".join(str(value).split())
        if format_spec == "w":
            return ", ".join(self.words.get(one, one) for one in text.split(", "))
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


@lru_cache(maxsize=16)
def _table(language: str, _over: object) -> dict[str, Any]:
    return read_toml(f"messages/{language}.toml")


def word(word: str, language: str = "en") -> str:
    """A word of reports (`error`, `page`, `kk` ...) in the language; itself where the table does not have it."""
    table = _table(language if language in LANGUAGES else "en", overlays())
    found: str = table.get("words", {}).get(word, word)
    return found


def message_of(rule: Rule, finding: Finding, language: str = "en") -> str:
    """What is wrong, in one sentence of the language (kk, ru; any other gives English)."""
    language = language if language in LANGUAGES else "en"
    table = _table(language, overlays())
    sentence = table.get("rules", {}).get(rule.code, {}).get("message", rule.sentence)
    values = {"printed": finding.printed, "expected": finding.expected or "", **finding.params}
    return _Sentence(table.get("words", {})).vformat(sentence, (), values)


def summary_of(rule: Rule, language: str = "en") -> str:
    """What the rule finds, in one line."""
    table = _table(language if language in LANGUAGES else "en", overlays())
    summary: str = table.get("rules", {}).get(rule.code, {}).get("summary", rule.summary)
    return summary


def page_of(rule: Rule, language: str = "en") -> str:
    """The page of a rule in Markdown: what it finds, why, examples, the fix."""
    table = _table(language if language in LANGUAGES else "en", overlays())
    words: dict[str, str] = table.get("words", {})
    titles: dict[str, str] = table.get("parts", {})
    sentence = table.get("rules", {}).get(rule.code, {}).get("message", rule.sentence)
    head = f"# {rule.code} {rule.name}\n\n{summary_of(rule, language)}."
    facts = [f"{titles.get('severity', 'Severity')}: {words.get(rule.severity.label, rule.severity.label)}"]
    if rule.clause:
        facts.append(f"{titles.get('clause', 'Source')}: {rule.clause}")
    facts.append(f"{titles.get('message', 'Message')}: {sentence}")
    out = [head, "\n".join(f"- {one}" for one in facts)]
    for part, text in rule.parts.items():
        title = titles.get(part, part)
        if part in ("Found", "Not found"):
            blocks = [f"```text\n{one}```" for one in rule.examples(part)]  # type: ignore[arg-type]
            out.append(f"## {title}\n\n" + "\n\n".join(blocks))
        else:
            out.append(f"## {title}\n\n{text[:1].upper()}{text[1:]}")
    return "\n\n".join(out) + "\n"
