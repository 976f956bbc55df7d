"""The words, dates and options of one output language: the locales of citeproc-py's list laid over one another.

The order in which locales are asked is that of CSL 1.0.2 ("Locale fallback"): in the style the dialect, the language
and the unmarked locale, then the locale files of the dialect, of its primary dialect and of en-US.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from kzcite.renderer.csl.finish import Quotes

CSL = "{http://purl.org/net/xbiblio/csl}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# A form that a locale lacks is replaced by the next wider one (CSL 1.0.2, "Terms").
_WIDER = {"verb-short": "verb", "symbol": "short", "short": "long", "verb": "long"}


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a locale; `gender` of a noun, `match` of an ordinal suffix."""

    single: str
    multiple: str
    gender: str = ""
    match: str = ""


@dataclass(slots=True)
class Terms:
    """All localised matter of one language."""

    language: str
    words: dict[tuple[str, str], Term] = field(default_factory=dict)
    gendered: dict[tuple[str, str], Term] = field(default_factory=dict)
    dates: dict[str, etree._Element] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)
    quotes: Quotes = field(default_factory=Quotes)

    @classmethod
    def layered(cls, language: str, locales: Iterable[etree._Element]) -> Terms:
        """Terms of `locales`, the strongest first."""
        out = cls(language)
        for locale in reversed(list(locales)):
            out._lay(locale)
        q = {name: out.term(name) for name in ("open-quote", "close-quote", "open-inner-quote", "close-inner-quote")}
        out.quotes = Quotes(
            q["open-quote"] or "“",
            q["close-quote"] or "”",
            q["open-inner-quote"] or "‘",
            q["close-inner-quote"] or "’",
            out.options.get("punctuation-in-quote") == "true",
        )
        return out

    def _lay(self, locale: etree._Element) -> None:
        for options in locale.findall(f"{CSL}style-options"):
            self.options.update({str(name): str(value) for name, value in options.attrib.items()})
        for date in locale.findall(f"{CSL}date"):
            self.dates[date.get("form", "text")] = date
        found = locale.findall(f"{CSL}terms/{CSL}term")
        if any(term.get("name", "").startswith("ordinal") for term in found):
            # The ordinals of a locale are one set: a stronger locale replaces all of them.
            for table in (self.words, self.gendered):
                for key in [one for one in table if one[0].startswith("ordinal")]:
                    del table[key]
        for term in found:
            name, form = str(term.get("name", "")), term.get("form", "long")
            single = term.findtext(f"{CSL}single")
            multiple = term.findtext(f"{CSL}multiple")
            text = (term.text or "") if single is None and multiple is None else ""
            row = Term(
                text if single is None else single,
                text if multiple is None else multiple,
                term.get("gender", ""),
                term.get("match", ""),
            )
            if term.get("gender-form"):
                self.gendered[f"{name}/{term.get('gender-form')}", form] = row
            else:
                self.words[name, form] = row

    def find(self, name: str, form: str = "long") -> Term | None:
        """The term in `form` or the next wider one; None where no locale has it."""
        wanted: str | None = form
        while wanted:
            found = self.words.get((name, wanted))
            if found is not None:
                return found
            wanted = _WIDER.get(wanted)
        return None

    def term(self, name: str, form: str = "long", plural: bool = False) -> str:
        """The word, `""` where there is none."""
        found = self.find(name, form)
        if found is None:
            return ""
        return found.multiple if plural else found.single

    @property
    def symbol(self) -> str:
        """The sign for "and"."""
        found = self.words.get(("and", "symbol"))
        return found.single if found is not None else "&"

    def gender(self, name: str) -> str:
        """Gender of the noun that a number or month goes with."""
        found = self.words.get((name, "long"))
        return found.gender if found else ""

    def ordinal(self, number: int, gender: str = "") -> str:
        """`number` with its ordinal suffix (CSL 1.0.2, "Ordinal suffixes")."""
        hundred, ten = number % 100, number % 10
        for key, last in (
            (f"ordinal-{number:02d}", "whole"),
            (f"ordinal-{hundred:02d}", "two"),
            (f"ordinal-{ten:02d}", "one"),
        ):
            found = self._ordinal(key, gender)
            if found is None:
                continue
            match = found.match or ("last-two-digits" if int(key[8:]) >= 10 else "last-digit")
            if (
                (match == "whole-number" and number == int(key[8:]))
                or (match == "last-two-digits" and hundred == int(key[8:]))
                or (match == "last-digit" and ten == int(key[8:]))
            ) and (last != "whole" or number < 100):
                return f"{number}{found.single}"
        found = self._ordinal("ordinal", gender)
        return f"{number}{found.single if found else ''}"

    def long_ordinal(self, number: int, gender: str = "") -> str:
        """`third`; above ten, or without a word, the ordinal suffix."""
        if 1 <= number <= 10:
            found = self._ordinal(f"long-ordinal-{number:02d}", gender)
            if found is not None and found.single:
                return found.single
        return self.ordinal(number, gender)

    def _ordinal(self, name: str, gender: str) -> Term | None:
        if gender:
            found = self.gendered.get((f"{name}/{gender}", "long"))
            if found is not None:
                return found
        return self.words.get((name, "long"))
