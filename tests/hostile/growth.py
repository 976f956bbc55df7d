"""Does time grow with the length? Every engine that takes text from a file, on repeated and alternating characters.

`python -m tests.hostile.growth [ENGINE ...]` prints the engines and texts for which twice the text takes more than
`MOST` times the time. Only ratios are measured, in processor time and at sizes where a call takes `ENOUGH` seconds.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from kzcite import jobs
from kzcite.formats.registry import DOCUMENT_FORMATS, LIBRARY_FORMATS, Format
from kzcite.model import Document, Item, KzciteError, Library, Rich

MOST = 2.6
ENOUGH = 0.05
SMALLEST, LARGEST = 1_000, 16_000

UNITS = tuple(
    dict.fromkeys(
        [
            *"([{<«\"'`.,;:!?-–—/\\|*_#$%&@=+~^0IaяЯ№ə\u0301\u00ad\t\n)]}>» ",
            *"a. ¦1- ¦(( ¦[1, ¦[1] ¦[1; 2] ¦(А, 2001 ¦(А, 2001) ¦А. ¦А., ¦А.А. ¦а- ¦1. ¦1) ¦– ¦. – ¦// ¦2020 ".split(
                "¦"
            ),
            *"2020а, ¦С. 3–5 ¦Т. 2, ¦№ 1 ¦http://¦http://a.b/ ¦www.a.¦10.1/¦a@¦a.kz/¦doi: ¦ISBN 9-¦12.03.2014 ".split(
                "¦"
            ),
            *"XIV ¦т.б. ¦и др. ¦«“¦\"a ¦'a' ¦[a](¦![¦](¦**a¦_a¦`a¦<a ¦<b>¦</b>¦<!--¦&a¦&#1;¦&amp;¦\\a".split("¦"),
            *"\\a{¦{\\a¦$a¦$$¦\\[¦%\n¦\\'e¦1.\n¦\n\n¦a\n\n¦- \n¦> ¦# ¦| a ¦[^1]¦[@a; ¦@a ¦\\cite{a}".split("¦"),
            *"Әдебиеттер\n¦Омаров К. ¦сонда ¦Ibid. ¦ab c¦a, b; ¦a and ¦И., ¦Иванов И.И., ¦и ¦және ¦-а".split("¦"),
            *'а-А¦аA¦Аа¦a1¦1a¦I.¦i. ¦= ¦: ¦: : ¦/ ¦/ a ¦[и др.] ¦(a)¦""¦,"¦:\n'.split("¦"),
        ]
    )
)
"""What is repeated: one of each class of characters, and pairs that open, part, abbreviate or begin something."""

LIST = "Әдебиеттер тізімі\n1. Омаров К.Т. Еңбек құқығы // Заңгер. – 2024. – № 1. – 45-54 б.\n2. "
FIELDS = (
    *"title container-title publisher publisher-place page volume issue edition note number number-of-pages".split(),
    *"URL DOI ISBN ISSN genre event-title collection-title abstract keyword".split(),
)


def library(text: str, *fields: str) -> Library:
    """One item with `text` in these fields, in its authors and in the literal of its date when none is named."""
    values: dict[str, Any] = {"id": "a", "type": "article-journal", "title": "Атау", "language": "kk"}
    values.update(dict.fromkeys(fields or FIELDS, text))
    if not fields:
        values |= {"author": [{"family": text, "given": text}, {"literal": text}], "issued": {"literal": text}}
    return Library.of([Item.from_csl(values)])


def paper(text: str) -> bytes:
    """A small paper with `text` in its body and as an entry."""
    return f"Кіріспе {text} сөз [1].\n\n{LIST}Омаров {text} x\n3. Серік Б. Тіл. – Алматы, 2001. – 5 б.\n".encode()


TWO_LISTS = f"{LIST}# x\n\nReferences\n1. Omarov K.T. Labour law // Lawyer. – 2024. – No 1. – P. 45-54.\n2. # z\n"


def _work(text: str) -> Any:
    from kzcite.text import similar

    return similar.work_of(library(text).items[0])


def _read(form: Format, template: str, text: str) -> None:
    form.load().read(template.format(text).encode(), "a")


def _compose(name: str, text: str) -> None:
    jobs.compose([Rich.from_csl(text)], name)


def _round(form: Format, text: str) -> None:
    data = form.load().write(library(text)).data
    form.load().read(data, "a")


RAW = {
    "bibtex": "@book{{a, title = {0}",
    "biblatex": '@book{{a, title = "{0}", author = {{{0}}}, date = {{{0}}}}}',
    "csljson": '[{{"id": "a", "type": "book", "title": "{0}"}}, {0}',
    "cslyaml": "references:\n- id: a\n  title: {0}",
    "hayagriva": "a:\n  type: book\n  title: {0}",
    "csv": 'type,title\nbook,"{0}",{0}',
    "tsv": "type\ttitle\nbook\t{0}\t{0}",
    "ris": "TY  - BOOK\nTI  - {0}\n{0}\nAU  - {0}\nPY  - {0}\nER  - \n",
    "enw": "%0 Book\n%T {0}\n{0}\n%A {0}\n",
    "nbib": "PMID- 1\nTI  - {0}\n{0}\nAU  - {0}\n",
}
DOCUMENTS = {
    "text": "{0}",
    "markdown": "# A\n\n{0}\n\n[@{0}",
    "html": "<html><body><p>{0}",
    "latex": "\\documentclass{{a}}\\begin{{document}}{0}\n\\begin{{thebibliography}}{{9}}\\bibitem{{a}} {0}",
}


def engines() -> dict[str, Callable[[str], Any]]:
    """Name → what is called with the text."""
    from kzcite import checks, finder, linker, parser, renderer
    from kzcite.formats.encoding import decode
    from kzcite.text import (
        dates,
        identifiers,
        language,
        legacy,
        mention,
        names,
        normal,
        numbers,
        order,
        pages,
        romanise,
        script,
        similar,
        skeleton,
        tokens,
    )

    found: dict[str, Callable[[str], Any]] = {
        "text.tokens": tokens.tokenise,
        "text.normal": normal.normalise,
        "text.language": language.detect,
        "text.language.rank": language.rank,
        "text.legacy": legacy.detect_layout,
        "text.mention": mention.read_mention,
        "text.mention.prepare": partial(mention.prepare, 1),
        "text.mention.names": mention.parse_names,
        "text.names": names.parse_names,
        "text.names.body": names.is_body,
        "text.dates": dates.parse_date,
        "text.pages": pages.page_value,
        "text.pages.extent": pages.extent_value,
        "text.numbers": numbers.roman_to_latin,
        "text.numbers.word": numbers.number_word,
        "text.identifiers.doi": identifiers.doi_value,
        "text.identifiers.url": identifiers.url_value,
        "text.identifiers.isbn": identifiers.isbn_value,
        "text.identifiers.issn": identifiers.issn_value,
        "text.order": order.sort_key,
        "text.romanise": lambda text: romanise.romanise(text, "gost-7.79-b"),
        "text.romanise.restore": lambda text: romanise.restore(text, "gost-7.79-b"),
        "text.script": script.find_repairs,
        "text.script.word": script.repair_word,
        "text.script.words": lambda text: list(script.words(text)),
        "text.similar": lambda text: similar.similarity(_work(text), _work(f"{text}z")),
        "text.similar.twin": lambda text: similar.twin_likeness(similar.print_of(text), similar.print_of(f"{text}z")),
        "text.skeleton": skeleton.skeletons,
        "text.skeleton.word": skeleton.skeleton,
        "model.rich": lambda text: Rich.from_csl(text).text,
        "formats.encoding": lambda text: decode(text.encode("cp1251", "replace"), "a"),
        "parser": lambda text: parser.parse_line(f"Омаров К. {text} x"),
        "parser.inside": lambda text: parser.parse_line(f"Омаров К. Тіл {text}// Заңгер. – 2024. – № 1. – 45-54 б."),
        "parser.explain": lambda text: parser.explain(f"{text} x"),
        "parser.scheme": parser.scheme,
        "finder": lambda text: finder.find(Document(text)),
        "finder.list": lambda text: jobs.link(Document(f"Сөз [1] (Омаров, 2024) {text}\n\n{LIST}{text} x")),
        "linker.twins": lambda text: linker.twins(jobs.link(Document(TWO_LISTS.replace("#", text)))),
        "checks.paper": lambda text: jobs.check_bytes(paper(text), "a.txt"),
        "checks.library": lambda text: checks.check(library(text)),
        "renderer": lambda text: renderer.render(library(text), "gost-kz"),
        "renderer.apa": lambda text: renderer.render(library(text), "apa-kz"),
        "renderer.citations": lambda text: jobs.citations(library(text), "apa-kz"),
        "renderer.twin": lambda text: renderer.twin(library(text), system_kk="gost-7.79-b", system_ru="gost-7.79-b"),
        "renderer.restyle": lambda text: jobs.restyle(Document(paper(text).decode(), format="text"), style="apa-kz"),
        "jobs.page": lambda text: jobs.link_page(jobs.link(Document(paper(text).decode()))),
    }
    for form in DOCUMENT_FORMATS:
        if form.name in DOCUMENTS:
            found[f"document.{form.name}"] = partial(_read, form, DOCUMENTS[form.name])
        if "compose" in form.can:
            found[f"compose.{form.name}"] = partial(_compose, form.name)
    for form in LIBRARY_FORMATS:
        if form.name in RAW:
            found[f"library.{form.name}.raw"] = partial(_read, form, RAW[form.name])
        if {"read", "write"} <= form.can:
            found[f"library.{form.name}"] = partial(_round, form)
    return found


_fresh = 0


def seconds(engine: Callable[[str], Any], unit: str, size: int) -> float | None:
    """Processor time of one call on `size` characters, None where the text is refused.

    Each text begins differently, so that no answer comes out of a cache.
    """
    global _fresh
    _fresh += 1
    text = f"{_fresh} {unit * (size // len(unit))}x"
    gc.disable()
    began = time.process_time()
    try:
        engine(text)
    except KzciteError as error:
        if "over the limit" in str(error):
            return None
    finally:
        gc.enable()
    return time.process_time() - began


def growth(engine: Callable[[str], Any], unit: str, largest: int = LARGEST) -> tuple[float, int, float]:
    """How many times longer twice the text takes, at which size, and the time there.

    The least of two doublings and of another attempt, for a step (another algorithm for long texts, a table that grows)
    is no growth. 1.0 where no size is slow enough to be measured.
    """
    size = SMALLEST
    took = seconds(engine, unit, size)
    while took is not None and took < ENOUGH and size < largest:
        size *= 2
        took = seconds(engine, unit, size)
    if took is None or took < ENOUGH:
        return 1.0, size, took or 0.0
    least, first = 99.0, took
    for step in (1, 2, 1):
        once, twice = took if step == 1 else seconds(engine, unit, step * size), seconds(engine, unit, 2 * step * size)
        if once is None or twice is None:
            return 1.0, size, first
        least = min(least, twice / once)
        if least <= MOST:
            break
        took = seconds(engine, unit, size) or took
    return least, size, first


def survey(names: list[str]) -> Iterator[tuple[str, str, float, int, float]]:
    """Every engine and unit that grows too fast."""
    for name, engine in engines().items():
        if names and not any(name.startswith(one) for one in names):
            continue
        seconds(engine, "a", 100)
        for unit in UNITS:
            ratio, size, took = growth(engine, unit)
            if ratio > MOST:
                yield name, unit, ratio, size, took


def main() -> int:
    bad = 0
    for name, unit, ratio, size, took in survey(sys.argv[1:]):
        bad += 1
        print(f"{name} {unit!r}: {ratio:.1f} times at {size} ({took:.2f} s)", flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
