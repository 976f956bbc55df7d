"""The rendering elements of CSL but names and dates: a style tree compiled once into closures.

`Compiler` works for one output language and one area (`citation` or `bibliography`), since terms and the inherited name
options are settled then. A macro is compiled once and shared. The number of elements that one entry can evaluate is
counted while compiling, so that a style of macros that double each other is refused and not run.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from kzcite.model import TableError, limits
from kzcite.renderer.csl import conditions
from kzcite.renderer.csl.context import BOTH, CALLED, Context, Evaluator
from kzcite.renderer.csl.dates import compile_date
from kzcite.renderer.csl.evaluators import (
    GENERATED,
    begins,
    canonical,
    constant,
    decorated,
    generated,
    labelled,
    linked,
    sequence,
    suffixed,
    suppressible,
    term,
)
from kzcite.renderer.csl.look import formats
from kzcite.renderer.csl.markup import parse
from kzcite.renderer.csl.names import compile_names
from kzcite.renderer.csl.numbers import format_number, format_pages, is_plural
from kzcite.renderer.csl.style import Style
from kzcite.renderer.csl.terms import CSL, LANG, Terms
from kzcite.renderer.csl.textcase import change_case, strip_periods, word_case
from kzcite.renderer.csl.tokens import CLOSE, CLOSE_QUOTE, OPEN_QUOTE, Open, Token, Tokens
from kzcite.tables import loader

# Number variables that a `cs:text` prints like a page range or a number.
_NUMBERS = frozenset(
    "chapter-number collection-number edition issue number number-of-pages number-of-volumes part-number "
    "printing-number section supplement-number version volume".split()
)


def labels_after(style: Style, terms: Terms) -> frozenset[str]:
    """The terms whose label stands after the number in this language, but for those that the style words itself."""
    base = terms.language.split("-")[0]
    row = loader.read_toml("labels.toml").get(base)
    if row is None:
        return frozenset()
    own = {
        term.get("name")
        for locale in style.root.findall(f"{CSL}locale")
        if (locale.get(LANG) or "").split("-")[0] == base
        for term in locale.iter(f"{CSL}term")
    }
    return frozenset(row["after"]) - own


def tag_of(element: etree._Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


class Compiler:
    """Compiles the elements of `style` for one language and one area."""

    def __init__(self, style: Style, terms: Terms, area: str) -> None:
        self.style = style
        self.terms = terms
        self.area = area
        self.root = style.root
        self.scope = style.citation if area == "citation" else style.bibliography
        self.has_year_suffix = any(
            one.get("variable") in ("year-suffix", "citation-label") for one in style.root.iter(f"{CSL}text")
        )
        self.after = labels_after(style, terms)
        self.page_format = style.root.get("page-range-format")
        self.page_dash = terms.term("page-range-delimiter") or "–"
        self._macros: dict[str, tuple[Evaluator, int, int]] = {}  # with their weight and depth
        self._open: list[str] = []
        self._weight = 0
        self._depth = 0
        self._deepest = 0

    # --- structure

    def option(self, element: etree._Element | None, name: str, default: str = "", *, area_name: str = "") -> str:
        """An inheritable name option: of the element, else of the citation or bibliography, else of the style."""
        if element is not None and element.get(name) is not None:
            return str(element.get(name))
        for one in (self.scope, self.root):
            if one is not None and one.get(area_name or name) is not None:
                return str(one.get(area_name or name))
        return default

    def element(self, element: etree._Element, delimiter: str = "") -> Evaluator:
        """The evaluator of any rendering element; `delimiter` is the enclosing group's, for `cs:choose`."""
        self._weight += 1
        self._depth += 1
        self._check()
        try:
            tag = tag_of(element)
            if tag == "choose":
                return self._choose(element, delimiter)
            made = _MAKERS.get(tag)
            if made is None:
                raise TableError(f"unknown rendering element <{tag}>", where=f"{self.style.where}:{element.sourceline}")
            return made(self, element)
        finally:
            self._depth -= 1

    def children(self, parent: etree._Element, delimiter: str = "") -> Evaluator:
        """All children of an element one after the other, set apart by `delimiter`."""
        return sequence(
            [self.element(one, delimiter) for one in parent if isinstance(one.tag, str) and tag_of(one) != "sort"],
            delimiter,
        )

    def macro(self, name: str, where: etree._Element) -> Evaluator:
        if name in self._open:
            raise TableError(
                f"macro {name!r} calls itself: {' → '.join([*self._open, name])}",
                where=f"{self.style.where}:{where.sourceline}",
            )
        if name in self._macros:
            made, weight, depth = self._macros[name]
            self._weight += weight
            self._depth += depth
            self._check()
            self._depth -= depth
            return made
        found = self.style.macros.get(name)
        if found is None:
            raise TableError(f"no macro {name!r}", where=f"{self.style.where}:{where.sourceline}")
        before, above = self._weight, self._deepest
        self._open.append(name)
        self._deepest = self._depth
        made = self.children(found)
        self._open.pop()
        self._macros[name] = (made, self._weight - before, self._deepest - self._depth)
        self._deepest = max(above, self._deepest)
        return made

    def _check(self) -> None:
        self._deepest = max(self._deepest, self._depth)
        bounds = limits.current()
        bounds.check("style_expansions", self._weight, self.style.where)
        bounds.check("style_depth", self._depth, self.style.where)

    # --- looks

    def decorate(self, element: etree._Element, core: Evaluator) -> Evaluator:
        """`core` with the element's text case, stripped periods, quotes, formatting, display and affixes."""
        prefix, suffix = element.get("prefix", ""), element.get("suffix", "")
        opens: list[Token] = list(formats(element))
        closes: list[Token] = [CLOSE] * len(opens)
        display = element.get("display")
        if element.get("quotes") == "true":
            opens.append(OPEN_QUOTE)
            closes.insert(0, CLOSE_QUOTE)
        strip = element.get("strip-periods") == "true"
        case = element.get("text-case", "none")
        is_word = tag_of(element) == "label" or element.get("term") is not None
        if is_word:
            case = word_case(case, self.terms.language)
        before: list[Token] = [Open("display", display)] if display else []
        if prefix:
            before.append(prefix)
        before += opens
        after = closes + ([suffix] if suffix else []) + ([CLOSE] if display else [])
        change: Callable[[Tokens, Context], Tokens] | None = None
        if strip or case != "none":

            def transform(tokens: Tokens, context: Context) -> Tokens:
                if strip:
                    tokens = strip_periods(tokens)
                if case == "none":
                    return tokens
                return change_case(tokens, case, self.terms.language if is_word else context.record.language)

            change = transform
        if change is None and not before:
            if not after:
                return core
            if len(after) == 1:
                return suffixed(core, after[0])
        return decorated(core, before, after, change)

    # --- elements

    def _text(self, element: etree._Element) -> Evaluator:
        if element.get("macro") is not None:
            inner = self.macro(str(element.get("macro")), element)

            return self.decorate(element, suppressible(inner))
        if element.get("term") is not None:
            name = str(element.get("term"))
            word = self.terms.term(name, element.get("form", "long"), element.get("plural") == "true")
            if name == "no date" or name == "no-date":
                return self.decorate(element, self._no_date(word))
            return self.decorate(element, term(word))
        if element.get("value") is not None:
            return self.decorate(element, constant(str(element.get("value")), self.terms))
        name = canonical(str(element.get("variable", "")))
        return self.decorate(element, self._labelled(name, self._variable(name, element.get("form", "long"))))

    def _no_date(self, word: str) -> Evaluator:
        """`n.d.` takes the year suffix that no date can carry."""
        explicit = self.has_year_suffix

        def evaluate(context: Context, out: Tokens) -> None:
            if not word:
                return
            out.append(word[:1].upper() + word[1:] if context.begins and begins(out) else word)
            if context.year_suffix and not explicit and not context.suffix_done:
                context.suffix_done = True
                out.append(("" if word[-1:].isspace() else "-") + context.year_suffix)

        return evaluate

    def _variable(self, name: str, form: str) -> Evaluator:
        if name in GENERATED:
            return generated(name, GENERATED[name])
        if name == "locator":
            return self._locator
        if name == "page":
            return generated(name, self._page_text)
        if name in _NUMBERS:
            return generated(name, self._number_text(name))
        if name in ("URL", "DOI"):
            return linked(name)
        return self._plain_variable(name, form)

    def _plain_variable(self, name: str, form: str) -> Evaluator:
        short = f"{name}-short" if form == "short" else ""

        def evaluate(context: Context, out: Tokens) -> None:
            if context.suppressed is not None and name in context.suppressed:
                context.state |= CALLED
                return
            record = context.record
            value = (record.text(short) if short else "") or record.rich.get(name)
            if value is None:
                value = record.text(name)
            if not value:
                context.state |= CALLED
                return
            context.state |= BOTH
            if context.track is not None:
                context.track.append(name)
            if type(value) is str:
                out.append(value)
            else:
                out.extend(value)

        return evaluate

    def _page_text(self, context: Context) -> str:
        value = context.record.values.get("page", "")
        return format_pages(value, self.page_format, self.page_dash, self.terms.symbol) if value else ""

    def _locator_text(self, context: Context) -> str:
        value = context.locator
        if value and context.locator_label == "page":
            return format_pages(value, self.page_format, self.page_dash, self.terms.symbol)
        return format_pages(value, None, "–", self.terms.symbol) if value else ""

    def _locator(self, context: Context, out: Tokens) -> None:
        """The locator may hold quotes and rich text, as a heading in a dictionary does."""
        text = self._locator_text(context)
        if not text:
            context.state |= CALLED
            return
        context.state |= BOTH
        value = parse(text, self.terms.quotes)
        out.extend([value] if isinstance(value, str) else value)

    def _number_text(self, name: str) -> Callable[[Context], str]:
        def value(context: Context) -> str:
            text = context.record.values.get(name, "")
            return format_number(text, "numeric", self.terms) if text else ""

        return value

    def _labelled(self, name: str, core: Evaluator) -> Evaluator:
        """A number, with a label that the style has before it and the language after it."""
        return labelled(name, core) if self.after and (name == "locator" or name in self.after) else core

    def _number(self, element: etree._Element) -> Evaluator:
        name = canonical(str(element.get("variable", "")))
        form = element.get("form", "numeric")
        terms = self.terms
        if name in GENERATED and form == "numeric":
            return self.decorate(element, generated(name, GENERATED[name]))
        if name == "page" and form == "numeric":
            return self.decorate(element, self._labelled(name, generated(name, self._page_text)))
        if name == "locator" and form == "numeric":
            return self.decorate(element, self._labelled(name, generated(name, self._locator_text)))

        def value(context: Context) -> str:
            if name == "locator":
                text, noun = context.locator, context.locator_label
            else:
                text, noun = context.record.values.get(name, ""), name
            if name in GENERATED:
                text = GENERATED[name](context)
            if not text:
                return ""
            gender = terms.gender(noun) or terms.gender(noun.removeprefix("number-of-").removesuffix("-number"))
            return format_number(text, form, terms, gender)

        return self.decorate(element, self._labelled(name, generated(name, value)))

    def _label(self, element: etree._Element) -> Evaluator:
        name = str(element.get("variable", ""))
        form = element.get("form", "long")
        plural = element.get("plural", "contextual")
        terms = self.terms
        after = self.after

        def evaluate(context: Context, out: Tokens) -> None:
            if name == "locator":
                value, noun = context.locator, context.locator_label
            else:
                value, noun = context.record.values.get(name, ""), name
            if not value or (context.suppressed is not None and name in context.suppressed):
                return
            many = plural == "always" or (plural == "contextual" and is_plural(value, name))
            word = terms.term(noun, form, many)
            if not word:
                return
            if noun in after and context.printed != name:
                context.pending = word
            else:
                out.append(word)

        return self.decorate(element, evaluate)

    def _group(self, element: etree._Element) -> Evaluator:
        delimiter = element.get("delimiter", "")
        return suppressible(self.decorate(element, self.children(element, delimiter)))

    def _choose(self, element: etree._Element, delimiter: str) -> Evaluator:
        branches: list[tuple[conditions.Test | None, Evaluator]] = []
        before, heaviest = self._weight, 0
        for branch in element:
            tag = tag_of(branch)
            test = None if tag == "else" else conditions.compile_test(branch)
            branches.append((test, self.children(branch, delimiter)))
            # One branch runs: the heaviest counts.
            heaviest = max(heaviest, self._weight - before)
            self._weight = before
        self._weight = before + heaviest
        last = branches[-1][1] if branches and branches[-1][0] is None else None
        tests = [(test, made) for test, made in branches if test is not None]

        def evaluate(context: Context, out: Tokens) -> None:
            for test, made in tests:
                if test(context):
                    made(context, out)
                    return
            if last is not None:
                last(context, out)

        return evaluate

    def _names(self, element: etree._Element) -> Evaluator:
        return compile_names(element, self)

    def _date(self, element: etree._Element) -> Evaluator:
        return compile_date(element, self)


_MAKERS: dict[str, Callable[[Compiler, etree._Element], Evaluator]] = {
    "text": Compiler._text,
    "number": Compiler._number,
    "label": Compiler._label,
    "group": Compiler._group,
    "names": Compiler._names,
    "date": Compiler._date,
}
