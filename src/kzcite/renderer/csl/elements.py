"""A style tree compiled once into closures: structure, macros, choices, the look that every element may have.

`Compiler` works for one output language and one area (`citation` or `bibliography`), since terms and the inherited name
options are settled then. A macro is compiled once and shared. The number of elements that one entry can evaluate is
counted while compiling, so that a style of macros that double each other is refused and not run.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from kzcite.model import TableError, limits
from kzcite.renderer.csl import conditions
from kzcite.renderer.csl.context import Context, Evaluator
from kzcite.renderer.csl.dates import compile_date
from kzcite.renderer.csl.evaluators import decorated, sequence, suffixed, suppressible
from kzcite.renderer.csl.look import formats
from kzcite.renderer.csl.names import compile_names
from kzcite.renderer.csl.style import Style
from kzcite.renderer.csl.terms import CSL, LANG, Terms
from kzcite.renderer.csl.textcase import change_case, strip_periods, word_case
from kzcite.renderer.csl.tokens import CLOSE, CLOSE_QUOTE, OPEN_QUOTE, Open, Token, Tokens
from kzcite.renderer.csl.variables import compile_label, compile_number, compile_text
from kzcite.tables import loader


def labels_after(style: Style, terms: Terms) -> tuple[frozenset[str], frozenset[str]]:
    """The terms whose label stands after the number in this language, and the locators that a hyphen joins to theirs.

    Those that the style words itself are left out.
    """
    base = terms.language.split("-")[0]
    row = loader.read_toml("labels.toml").get(base)
    if row is None:
        return frozenset(), frozenset()
    own = {
        term.get("name")
        for locale in style.root.findall(f"{CSL}locale")
        if (locale.get(LANG) or "").split("-")[0] == base
        for term in locale.iter(f"{CSL}term")
    }
    return frozenset(row["after"]) - own, frozenset(row["joined"]) - own


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
        self.after, self.joined = labels_after(style, terms)
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
            return made(element, self)
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


def _group(element: etree._Element, compiler: Compiler) -> Evaluator:
    inner = compiler.children(element, element.get("delimiter", ""))
    return suppressible(compiler.decorate(element, inner))


_MAKERS: dict[str, Callable[[etree._Element, Compiler], Evaluator]] = {
    "text": compile_text,
    "number": compile_number,
    "label": compile_label,
    "group": _group,
    "names": compile_names,
    "date": compile_date,
}
