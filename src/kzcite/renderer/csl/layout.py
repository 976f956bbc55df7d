"""`cs:layout` of the citation or the bibliography, compiled for one output language."""

from __future__ import annotations

from lxml import etree

from kzcite.model import TableError, limits
from kzcite.renderer.csl.context import Context, Evaluator
from kzcite.renderer.csl.elements import Compiler, tag_of
from kzcite.renderer.csl.evaluators import sequence
from kzcite.renderer.csl.look import formats
from kzcite.renderer.csl.sorting import Key, compile_sort
from kzcite.renderer.csl.style import Style
from kzcite.renderer.csl.terms import CSL
from kzcite.renderer.csl.tokens import CLOSE, Open, Token, Tokens


class Layout:
    """The evaluator of one item and what surrounds it.

    `label` evaluates the number that stands before an entry, None where the layout begins with something else.
    """

    def __init__(self, style: Style, language: str, area: str) -> None:
        terms = style.terms(language)
        compiler = Compiler(style, terms, area)
        scope = style.citation if area == "citation" else style.bibliography
        if scope is None:
            raise TableError(f"the style has no <{area}>", where=style.where)
        element = choose_layout(scope, terms.language)
        self.terms = terms
        self._compiler = compiler
        self._scope = scope
        self._keys: list[Key] | None = None
        self.delimiter = element.get("delimiter", "")
        opens: list[Token] = list(formats(element))
        self.opens = opens
        self.closes: list[Token] = [CLOSE] * len(opens)
        self.prefix = element.get("prefix", "")
        self.suffix = element.get("suffix", "")
        parts = [compiler.element(one) for one in element if isinstance(one.tag, str)]
        self.first: Evaluator | None = None
        self.has_label = False
        self.align = scope.get("second-field-align") if area == "bibliography" else None
        if area == "bibliography" and parts:
            first = next(one for one in element if isinstance(one.tag, str))
            self.has_label = calls_number(first, style)
            if self.has_label or self.align:
                self.first, parts = parts[0], parts[1:]
        self.rest = sequence(parts, "") if parts else _nothing

    def keys(self) -> list[Key]:
        """The sort keys of the area, compiled when they are first asked for."""
        if self._keys is None:
            self._keys = compile_sort(self._scope, self._compiler)
        return self._keys

    def cite(self, context: Context) -> Tokens:
        """One cite, without the affixes of the layout."""
        out: Tokens = []
        self.rest(context, out)
        return out

    def around(self, tokens: Tokens) -> Tokens:
        """A whole citation: its cites with the formatting and the affixes of the layout."""
        out: Tokens = list(self.opens)
        if self.prefix:
            out.append(self.prefix)
        out.extend(tokens)
        if self.suffix:
            out.append(self.suffix)
        out.extend(self.closes)
        return out

    def label(self, context: Context) -> Tokens:
        """The first field, where it is a number or to be aligned."""
        out: Tokens = []
        if self.first is not None:
            self.first(context, out)
        return out

    def entry(self, context: Context) -> tuple[Tokens, Tokens]:
        """One entry of the bibliography: the tokens of its label, and of the rest with the layout's affixes."""
        out: Tokens = []
        context.begins = True
        label = self.label(context)
        context.begins = not label
        out.extend(self.opens)
        if self.prefix:
            out.append(self.prefix)
        start = len(out)
        if context.slot is not None:
            # The names stood in the label: they cannot be replaced there.
            context.slot = None
        self.rest(context, out)
        if len(out) == start and not label:
            return [], []
        if self.suffix:
            out.insert(_end_of_display(out), self.suffix)
        out.extend(self.closes)
        return label, out


def compiled(style: Style, language: str, area: str) -> Layout:
    """The layout of a style for a language, compiled once while the style lives and the limits are the same."""
    key = (language, area, limits.current())
    made = style.layouts.get(key)
    if made is None:
        made = style.layouts[key] = Layout(style, language, area)
    return made


def _end_of_display(out: Tokens) -> int:
    """Where a suffix goes: within the last block, where the entry ends in one."""
    depth = 0
    for at in range(len(out) - 1, -1, -1):
        token = out[at]
        if token is CLOSE:
            depth += 1
        elif isinstance(token, Open):
            depth -= 1
            if depth == 0:
                return len(out) - 1 if token.name == "display" and out[-1] is CLOSE else len(out)
        elif depth == 0:
            break
    return len(out)


def _nothing(context: Context, out: Tokens) -> None:
    return


def choose_layout(scope: etree._Element, language: str) -> etree._Element:
    """The layout for a language: CSL-M's `<layout locale="kk ru">` where one names it, else the one without locale."""
    layouts = scope.findall(f"{CSL}layout")
    base = language.split("-")[0]
    for wanted in (language, base):
        for layout in layouts:
            if wanted in layout.get("locale", "").split():
                return layout
    for layout in layouts:
        if any(one.split("-")[0] == base for one in layout.get("locale", "").split()):
            return layout
    return next((one for one in layouts if not one.get("locale")), layouts[-1])


def calls_number(element: etree._Element, style: Style) -> bool:
    """Whether an element prints the citation number or label and nothing else that varies."""
    if element.get("variable") in ("citation-number", "citation-label"):
        return True
    if tag_of(element) == "group":
        inner = [one for one in element if isinstance(one.tag, str)]
        return any(calls_number(one, style) for one in inner) and all(
            calls_number(one, style) or one.get("value") is not None or one.get("term") is not None for one in inner
        )
    if element.get("macro"):
        macro = style.macros.get(str(element.get("macro")))
        return macro is not None and len(macro) == 1 and calls_number(macro[0], style)
    return False
