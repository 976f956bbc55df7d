"""What must hold of every line of every style: no exception, no empty pair of signs, no term of another language."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from kzcite.model import Date, Field, Item, Library, Name
from kzcite.model.csl import TYPES
from kzcite.renderer import render, twin
from kzcite.tables.styles import find_style, style_names

CSL = "{http://purl.org/net/xbiblio/csl}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
GOST = [name for name in style_names() if name.startswith("gost")]

# Two signs that meet because nothing stands between them, or a doubled one.
EMPTY_PAIR = re.compile(
    r": ,|: \.|:\s*:|, ,|,,|; ;|;;|// //|/ /(?!/)|// [.,;:–/]|//\s*$|\(\s*\)|\[\s*\]|–\s+–|– [.,;:]"
    r"|(?<!\.)\.\.(?!\.)|\s{2}| [.,](?=\s|$)|^[.,;:–/ ]|[–/:;,]\.$|: –|, –"
)
POINT_COLON = re.compile(r"\. [:;]")


def faults(line: str, item: Item) -> list[str]:
    """Empty pairs of signs in `line` that the item's own values do not hold."""
    values = [one.value for one in item.fields if isinstance(one.value, str)]
    values += [part for one in item.fields for part in _words(one.value)]
    found = [match[0] for match in EMPTY_PAIR.finditer(line) if not any(match[0] in value for value in values)]
    # `М. : Наука` is right: the point belongs to the value or to a term, an abbreviation.
    for match in POINT_COLON.finditer(line):
        before = line[: match.start() + 1]
        if not any(before.endswith(value) for value in values if value.endswith(".")) and not re.search(
            r"\b\w{1,8}\.$", before
        ):
            found.append(match[0])
    return found


def _words(value: object) -> list[str]:
    if isinstance(value, tuple):
        return [part for name in value for part in (name.family, name.given, name.literal) if part]
    return []


@lru_cache(maxsize=64)
def words_of_others(style: str, language: str) -> frozenset[str]:
    """Words that only the other languages' terms have."""
    root = etree.parse(str(find_style(style))).getroot()
    words: dict[str, set[str]] = {}
    for locale in root.findall(f"{CSL}locale"):
        text = " ".join("".join(term.itertext()) for term in locale.iter(f"{CSL}term"))
        words[locale.get(LANG, "en")] = set(re.findall(r"[^\W\d_]{2,}", text))
    others = set().union(*(found for name, found in words.items() if name != language))
    return frozenset(others - words.get(language, set()))


def foreign_terms(line: str, item: Item, style: str) -> list[str]:
    language = "en" if item.language.endswith("-Latn") else item.language
    if language not in ("kk", "ru", "en"):
        return []
    values = sorted([one.value for one in item.fields if isinstance(one.value, str)], key=len, reverse=True)
    values += [part for one in item.fields for part in _words(one.value)]
    own = {word for value in values for word in re.findall(r"[^\W\d_]{2,}", value)}
    return sorted(set(re.findall(r"[^\W\d_]{2,}", line)) & words_of_others(style, language) - own)


@pytest.fixture(scope="module")
def gold(shared: Path) -> Library:
    lines = [json.loads(line) for line in (shared / "eval" / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    return Library(tuple(Item.from_csl(one["gold"], one["id"]) for one in lines if one["gold"]))


@pytest.mark.parametrize("style", style_names())
def test_gold_items(style: str, gold: Library) -> None:
    lines = render(gold, style)
    assert len(lines) == len(gold)
    wrong = {}
    for item, line in zip(gold, lines, strict=True):
        assert line.text.strip(), item.id
        found = faults(line.text, item)
        if style in GOST:
            found += foreign_terms(line.text, item, style)
        if found:
            wrong[item.id] = (found, line.text)
    assert wrong == {}


def test_twin_of_gold_items(gold: Library) -> None:
    romanised = twin(gold)
    assert [item.id for item in romanised] == [item.id for item in gold]
    for item, line in zip(romanised, render(romanised, "apa-kz"), strict=True):
        shown = line.text.replace(item.text("URL") or "\0", "")
        assert not re.search("[\u0400-\u052f]", shown), shown
        assert faults(line.text, item) == []


PLAIN = st.text("абвгдәғқңөұүіabcdeАБСҚXYZ0123456789 -()«»", min_size=1, max_size=24).filter(
    lambda text: text.strip() == text and not re.search(r" {2}|^\W|[\W_]$|\(\s|\s\)|\( *\)", text)
)
# Values end with a sign of their own, too: a question, a shortened word, a closing quotation mark.
TEXT = st.builds(lambda text, end: text + end, PLAIN, st.sampled_from(["", "", "", "?", "!", ".", "…", "»", ")"]))
FAMILY = st.sampled_from(["Омаров", "Қалиева", "Olcott", "de la Cruz", "Болғанбайұлы", "Леви-Стросс", "Абай"])
GIVEN = st.sampled_from(["", "К. Т.", "К.Т.", "Қ.-Ж.", "Дж.", "Дулат Милатович", "M. B."])
NAME = st.builds(Name, family=FAMILY, given=GIVEN) | st.builds(lambda text: Name(literal=text), TEXT)
NAMES = st.lists(NAME, min_size=1, max_size=7).map(tuple)
YEAR = st.integers(1900, 2030)
DAY = st.tuples(YEAR, st.integers(1, 12), st.integers(1, 28))
DATE = st.builds(Date, st.tuples(YEAR) | DAY | st.tuples(YEAR, st.integers(1, 12)))
NUMBER = st.sampled_from(["3", "12", "4 (76)", "5-6", "XII", "234-V", "e12"])
VALUES = {
    "author": NAMES,
    "editor": NAMES,
    "translator": NAMES,
    "compiler": NAMES,
    "container-author": NAMES,
    "title": TEXT,
    "container-title": TEXT,
    "collection-title": TEXT,
    "publisher": TEXT,
    "publisher-place": st.sampled_from(["Алматы", "М.", "London", "СПб."]),
    "genre": TEXT,
    "medium": st.sampled_from(["Электрондық ресурс", "Текст"]),
    "edition": st.sampled_from(["2", "2-е изд.", "3rd ed.", "2-бас."]),
    "volume": NUMBER,
    "issue": NUMBER,
    "number": NUMBER,
    "part-number": NUMBER,
    "collection-number": NUMBER,
    "number-of-pages": st.sampled_from(["320", "XII, 145"]),
    "number-of-volumes": st.sampled_from(["2", "5"]),
    "page": st.sampled_from(["5", "89-98", "1-3, 7"]),
    "issued": DATE,
    "accessed": st.builds(Date, DAY),
    "event-date": st.builds(Date, DAY),
    "event-title": TEXT,
    "event-place": TEXT,
    "archive": TEXT,
    "archive_location": st.sampled_from(["Ф. 81. Оп. 1. Д. 503", "81-қ. 1-т."]),
    "authority": TEXT,
    "note": TEXT,
    "URL": st.just("https://adilet.zan.kz/kaz/docs/K1400000234"),
    "DOI": st.just("10.1038/171737a0"),
    "ISBN": st.just("978-601-262-638-4"),
}


@st.composite
def items(draw: st.DrawFn) -> Item:
    names = draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=12, unique=True))
    fields = [Field("type", draw(st.sampled_from(sorted(TYPES)))), Field("title", draw(TEXT))]
    fields.append(Field("language", draw(st.sampled_from(["kk", "ru", "en", "kk-Latn"]))))
    fields += [Field(name, draw(VALUES[name])) for name in names if name != "title"]
    return Item("x", tuple(fields))


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(items(), st.sampled_from(GOST))
def test_random_items(item: Item, style: str) -> None:
    line = render(Library((item,)), style)[0].text
    assert line.strip()
    assert faults(line, item) == [], line


@pytest.mark.parametrize(
    "line",
    [
        "Астана: , 1995.",
        "Т. – . – 5 с.",
        "Т. –  – 5 с.",
        "Т //  . – 2004.",
        "Т // – 2004.",
        "Т ( ). – 2004.",
        "Изд.. – М., 2004.",
        "Т. , 2004.",
        ". – 2004.",
        "Т : : у.",
        "Т : .",
    ],
)
def test_faults_are_seen(line: str) -> None:
    assert faults(line, Item("x"))


def test_foreign_terms_are_seen() -> None:
    item = Item("x", (Field("type", "book"), Field("language", "kk"), Field("title", "Том"), Field("publisher", "изд")))
    assert foreign_terms("Том. – 2-е изд. – Алматы: изд, 1998. – Т. 2. – томдық.", item, "gost-kz") == []
    assert foreign_terms("Тарих. – Вып. 5. – и др.", item, "gost-7.1-2003") == ["др"]
