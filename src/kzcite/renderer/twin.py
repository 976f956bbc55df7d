"""The romanised «References» that mirrors a list: the same works in the same order, in Latin letters.

Established Latin spellings (tables `journals.csv`, `publishers.csv`, `places.csv`, `bodies.csv`) come first, then the
romanisation system of the item's language. An English translation is never invented: it comes from the item's `custom`
keys `title-translation` and `container-title-translation`, or a slot says that it is wanted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from kzcite.model import Field, Item, Library, Name, UsageError
from kzcite.model.item import How, Origin
from kzcite.tables import systems as tables
from kzcite.tables.latin import Kind, english_of, latin_of
from kzcite.text.language import detect
from kzcite.text.romanise import romanise

SLOT = "[translation needed]"
TRANSLATIONS = ("given", "wanted", "none", "only")
MARKS = ("none", "square", "round")

_LOOKED_UP: dict[str, Kind] = {
    "container-title": "journals",
    "publisher": "publishers",
    "publisher-place": "places",
    "event-place": "places",
    "archive": "bodies",
    "authority": "bodies",
    "jurisdiction": "bodies",
}
_AS_IS = frozenset(
    "type language DOI URL ISBN ISSN page issue volume number-of-pages number-of-volumes PMID PMCID".split()
)
_LANGUAGE = {
    "kk": "Kazakh",
    "ru": "Russian",
    "uk": "Ukrainian",
    "be": "Belarusian",
    "bg": "Bulgarian",
    "ky": "Kyrgyz",
    "tt": "Tatar",
    "uz": "Uzbek",
}
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_KAZAKH = re.compile("[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
_SIGNS = str.maketrans({"«": "“", "»": "”", "„": "“", "№": "No. "})


def twin(
    library: Library,
    *,
    system_kk: str = "kaz-latin-2021",
    system_ru: str = "bsi-ru",
    translations: str = "given",
    language_marks: str = "square",
    foreign: bool = True,
) -> Library:
    """The romanised twin of `library`.

    `translations`: `given` prints an English translation in brackets where the data have one, `wanted` puts
    `[translation needed]` where they have none, `only` lets it replace the romanised title, `none` prints none.
    `language_marks`: `square` ([in Kazakh]), `round` ((In Russ.)) or `none`, kept in `annote`. `foreign`: items in
    Latin letters are repeated as they are. Romanised items have the language `kk-Latn`, `ru-Latn` ...; `system_ru`
    serves the other languages in Cyrillic letters too.

    Raises UsageError for an unknown system or option.
    """
    for name, value, known in (
        ("translations", translations, TRANSLATIONS),
        ("language_marks", language_marks, MARKS),
    ):
        if value not in known:
            raise UsageError(f"{name} is {value!r}", hint="one of " + ", ".join(known))
    of_kk, of_ru = tables.system(system_kk), tables.system(system_ru)
    out: list[Item] = []
    for item in library:
        language = _language(item)
        if language:
            system = of_kk if language == "kk" else of_ru
            romanised = _Romaniser(language, system).item(item)
            romanised = romanised.with_field("language", f"{language}-Latn")
            out.append(_translated(romanised, item, translations, language_marks))
        elif foreign:
            out.append(_names_in_latin(item, of_kk, of_ru))
    return Library(tuple(out))


def twin_options(*, profile: str | Path | None = None, systems: Sequence[str] = ()) -> dict[str, Any]:
    """What a journal's profile and the named systems ask for: options of `twin`, and `style` where the profile has one.

    A system serves the languages that its table names. Raises UsageError for an unknown profile or system.
    """
    out: dict[str, Any] = {}
    if profile is not None:
        from kzcite.tables import profiles  # read only where a journal is named

        row = profiles.find_profile(profile)
        out.update({f"system_{language}": name for language, name in row.systems.items() if language in ("kk", "ru")})
        if row.twin_title is not None:
            out["translations"] = {"both": "wanted", "transliteration": "none", "translation": "only"}[row.twin_title]
        if row.twin_marks is not None:
            out["language_marks"] = "square" if row.twin_marks else "none"
        if row.twin_foreign is not None:
            out["foreign"] = row.twin_foreign
        if row.twin_style:
            out["style"] = row.twin_style
    for name in systems:
        for language in tables.system(name).languages:
            out[f"system_{language}"] = name
    return out


def _language(item: Item) -> str:
    """The language of an item whose title (without one, whose names) is in Cyrillic letters, `""` for any other."""
    if item.language.endswith("-Latn"):
        return ""
    text = item.text("title") or " ".join(_plain(one) for one in item.fields)
    if not _CYRILLIC.search(text):
        return ""
    base = item.language.split("-")[0]
    if base not in _LANGUAGE:
        base = detect(text)
    return base if base in _LANGUAGE else "kk" if _KAZAKH.search(text) else "ru"


def _names_in_latin(item: Item, of_kk: tables.System, of_ru: tables.System) -> Item:
    """An item in Latin letters; what it has in Cyrillic ones (a host, a name) is romanised all the same."""
    fields = []
    for one in item.fields:
        text = _plain(one)
        if _CYRILLIC.search(text):
            language = "kk" if _KAZAKH.search(text) else "ru"
            one = _Romaniser(language, of_kk if language == "kk" else of_ru).field(one, item)
        fields.append(one)
    return item if tuple(fields) == item.fields else replace(item, fields=tuple(fields))


def _plain(field: Field) -> str:
    if isinstance(field.value, tuple):
        return " ".join(f"{name.literal}{name.family} {name.given}" for name in field.value)
    return field.value if isinstance(field.value, str) and field.name not in ("URL", "DOI") else ""


class _Romaniser:
    """One language's system at work on an item."""

    def __init__(self, language: str, system: tables.System) -> None:
        self.language = language
        self.system = system

    def item(self, item: Item) -> Item:
        return replace(item, fields=tuple(self.field(one, item) for one in item.fields))

    def field(self, field: Field, item: Item) -> Field:
        value = field.value
        if isinstance(value, tuple):
            return Field(field.name, tuple(self._name(one) for one in value), self._origin())
        if not isinstance(value, str) or field.name in ("type", "language", "DOI", "URL"):
            return field
        if not _CYRILLIC.search(value) and field.name in _AS_IS:
            return field
        if field.name == "genre":
            english = english_of("designation" if item.type == "standard" else "genre", value)
            if english:
                return Field("genre", english, self._origin("looked-up"))
        if field.name in ("medium", "jurisdiction"):
            english = english_of(field.name, value)
            if english:
                return Field(field.name, english, self._origin("looked-up"))
        if field.name == "edition":
            number = re.match(r"\s*(\d{1,3})\b", value)
            return Field("edition", number[1] if number else self.text(value), self._origin())
        if field.name in _LOOKED_UP:
            found = self._established(_LOOKED_UP[field.name], value)
            if found:
                return Field(field.name, found, self._origin("looked-up"))
        return Field(field.name, self.text(value), self._origin())

    def _established(self, kind: Kind, value: str) -> str:
        """The spelling of the tables; one that is only another system's letters is none."""
        if kind == "places" and ";" in value:
            parts = [self._established(kind, one.strip()) or self.text(one.strip()) for one in value.split(";")]
            return "; ".join(parts)
        found = latin_of(kind, value, self.language)
        if not found or found == self.text(value):
            return found
        return "" if found.casefold() in {one.casefold() for one in _every_way(value, self.language)} else found

    def _name(self, name: Name) -> Name:
        if name.literal:
            return Name(literal=self._established("bodies", name.literal) or self.text(name.literal))
        return Name(
            self.text(name.family),
            self.text(name.given),
            "",
            self.text(name.dropping_particle),
            self.text(name.non_dropping_particle),
            self.text(name.suffix),
        )

    def text(self, value: str) -> str:
        if not _CYRILLIC.search(value):
            return value.translate(_SIGNS) if "«" in value or "№" in value else value
        text = romanise(value, self.system).translate(_SIGNS)
        return re.sub(r"No\.\s+", "No. ", text)

    def _origin(self, how: How = "romanised") -> Origin:
        return Origin(how=how, by=self.system.id)


def _every_way(value: str, language: str) -> set[str]:
    return {romanise(value, name) for name in tables.names() if language in tables.system(name).languages}


def _translated(romanised: Item, source: Item, translations: str, marks: str) -> Item:
    item = romanised
    if translations != "none":
        title = _translation(source, "title-translation", translations)
        if title and item.text("title"):
            item = _put(item, "title", _with(item.text("title"), title, translations))
        host = _translation(source, "container-title-translation", "given")
        if host and item.text("container-title"):
            item = _put(item, "container-title", _with(item.text("container-title"), host, "given"))
    language = _LANGUAGE[romanised.language.split("-")[0]]
    if marks == "square":
        return item.with_field("annote", f"[in {language}]")
    if marks == "round":
        return item.with_field("annote", "(In Russ.)" if language == "Russian" else f"(In {language})")
    return item


def _put(item: Item, name: str, value: str) -> Item:
    old = item.field(name)
    return item.with_field(name, value, old.origin) if old else item


def _translation(item: Item, key: str, translations: str) -> str:
    given = str(item.custom.get(key) or "").strip().strip("[]")
    if given:
        return given if translations == "only" else f"[{given}]"
    return SLOT if translations in ("wanted", "only") else ""


def _with(title: str, translation: str, translations: str) -> str:
    """A translation stands upright after an italic title."""
    if translations == "only":
        return translation
    return f'{title} <span style="font-style:normal">{translation}</span>'
