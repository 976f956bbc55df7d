"""`cs:text`, `cs:number` and `cs:label`: variables of the item, terms, values (CSL 1.0.2, "Rendering elements")."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lxml import etree

from kzcite.renderer.csl.context import BOTH, CALLED, Context, Evaluator
from kzcite.renderer.csl.evaluators import (
    GENERATED,
    begins,
    canonical,
    constant,
    generated,
    labelled,
    linked,
    suppressible,
    term,
)
from kzcite.renderer.csl.markup import parse
from kzcite.renderer.csl.numbers import format_number, format_pages, is_plural
from kzcite.renderer.csl.terms import Terms
from kzcite.renderer.csl.tokens import Tokens

if TYPE_CHECKING:
    from kzcite.renderer.csl.elements import Compiler

# Number variables that a `cs:text` prints like a page range or a number.
_NUMBERS = frozenset(
    "chapter-number collection-number edition issue number number-of-pages number-of-volumes part-number "
    "printing-number section supplement-number version volume".split()
)


def compile_text(element: etree._Element, compiler: Compiler) -> Evaluator:
    """The evaluator of a `cs:text`."""
    if element.get("macro") is not None:
        return compiler.decorate(element, suppressible(compiler.macro(str(element.get("macro")), element)))
    if element.get("term") is not None:
        name = str(element.get("term"))
        word = compiler.terms.term(name, element.get("form", "long"), element.get("plural") == "true")
        if name == "no date" or name == "no-date":
            return compiler.decorate(element, _no_date(word, compiler))
        return compiler.decorate(element, term(word))
    if element.get("value") is not None:
        return compiler.decorate(element, constant(str(element.get("value")), compiler.terms))
    name = canonical(str(element.get("variable", "")))
    return compiler.decorate(element, _labelled(name, _variable(name, element.get("form", "long"), compiler), compiler))


def _no_date(word: str, compiler: Compiler) -> Evaluator:
    """`n.d.` takes the year suffix that no date can carry."""
    explicit = compiler.has_year_suffix

    def evaluate(context: Context, out: Tokens) -> None:
        if not word:
            return
        out.append(word[:1].upper() + word[1:] if context.begins and begins(out) else word)
        if context.year_suffix and not explicit and not context.suffix_done:
            context.suffix_done = True
            out.append(("" if word[-1:].isspace() else "-") + context.year_suffix)

    return evaluate


def _variable(name: str, form: str, compiler: Compiler) -> Evaluator:
    if name in GENERATED:
        return generated(name, GENERATED[name])
    if name == "locator":
        return _locator(compiler)
    if name == "page":
        return generated(name, _page_text(compiler))
    if name in _NUMBERS:
        return generated(name, _number_text(name, compiler.terms))
    if name in ("URL", "DOI"):
        return linked(name)
    return _plain_variable(name, form)


def _plain_variable(name: str, form: str) -> Evaluator:
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


def _page_text(compiler: Compiler) -> Callable[[Context], str]:
    style, dash, symbol = compiler.page_format, compiler.page_dash, compiler.terms.symbol

    def value(context: Context) -> str:
        text = context.record.values.get("page", "")
        return format_pages(text, style, dash, symbol) if text else ""

    return value


def _locator_text(compiler: Compiler) -> Callable[[Context], str]:
    style, dash, symbol = compiler.page_format, compiler.page_dash, compiler.terms.symbol

    def value(context: Context) -> str:
        if not context.locator:
            return ""
        if context.locator_label == "page":
            return format_pages(context.locator, style, dash, symbol)
        return format_pages(context.locator, None, "–", symbol)

    return value


def _locator(compiler: Compiler) -> Evaluator:
    """The locator may hold quotes and rich text, as a heading in a dictionary does."""
    locator, quotes = _locator_text(compiler), compiler.terms.quotes

    def evaluate(context: Context, out: Tokens) -> None:
        text = locator(context)
        if not text:
            context.state |= CALLED
            return
        context.state |= BOTH
        value = parse(text, quotes)
        out.extend([value] if isinstance(value, str) else value)

    return evaluate


def _number_text(name: str, terms: Terms) -> Callable[[Context], str]:
    def value(context: Context) -> str:
        text = context.record.values.get(name, "")
        return format_number(text, "numeric", terms) if text else ""

    return value


def _labelled(name: str, core: Evaluator, compiler: Compiler) -> Evaluator:
    """A number, with a label that the style has before it and the language after it."""
    return labelled(name, core) if compiler.after and (name == "locator" or name in compiler.after) else core


def compile_number(element: etree._Element, compiler: Compiler) -> Evaluator:
    """The evaluator of a `cs:number`."""
    name = canonical(str(element.get("variable", "")))
    form = element.get("form", "numeric")
    terms = compiler.terms
    if name in GENERATED and form == "numeric":
        return compiler.decorate(element, generated(name, GENERATED[name]))
    if name == "page" and form == "numeric":
        return compiler.decorate(element, _labelled(name, generated(name, _page_text(compiler)), compiler))
    if name == "locator" and form == "numeric":
        return compiler.decorate(element, _labelled(name, generated(name, _locator_text(compiler)), compiler))

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

    return compiler.decorate(element, _labelled(name, generated(name, value), compiler))


def compile_label(element: etree._Element, compiler: Compiler) -> Evaluator:
    """The evaluator of a `cs:label` that stands alone."""
    name = str(element.get("variable", ""))
    form = element.get("form", "long")
    plural = element.get("plural", "contextual")
    terms = compiler.terms
    after, joined = compiler.after, compiler.joined if name == "locator" else frozenset()

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
            context.pending = f" {word}"
        elif noun in joined and context.printed != name:
            context.pending = f"-{word}"
        else:
            out.append(word)

    return compiler.decorate(element, evaluate)
