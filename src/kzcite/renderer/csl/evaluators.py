"""What the rendering elements are put together from: words, variables, sequences, decoration, suppression."""

from __future__ import annotations

from collections.abc import Callable

from kzcite.model.csl import ALIASES
from kzcite.renderer.csl.context import BOTH, CALLED, RENDERED, Context, Evaluator
from kzcite.renderer.csl.labels import citation_label
from kzcite.renderer.csl.markup import parse
from kzcite.renderer.csl.terms import Terms
from kzcite.renderer.csl.tokens import CLOSE, Open, Token, Tokens


def _citation_number(context: Context) -> str:
    return context.number


def _year_suffix(context: Context) -> str:
    return context.year_suffix


def _first_note(context: Context) -> str:
    return context.first_note


def _label_text(context: Context) -> str:
    return citation_label(context.record) + context.year_suffix


GENERATED: dict[str, Callable[[Context], str]] = {
    "citation-number": _citation_number,
    "year-suffix": _year_suffix,
    "first-reference-note-number": _first_note,
    "citation-label": _label_text,
}


def canonical(name: str) -> str:
    """The CSL 1.0.2 name of a variable that a style calls by an older one (`event`)."""
    return ALIASES.get(name, name)


def constant(text: str, terms: Terms) -> Evaluator:
    """A `value` of the style, with its quotes and rich text."""
    value = parse(text, terms.quotes)
    tokens: list[Token] = [value] if isinstance(value, str) else list(value)

    def evaluate(context: Context, out: Tokens) -> None:
        if text:
            out.extend(tokens)

    return evaluate


def begins(out: Tokens) -> bool:
    """Whether no word stands before."""
    return not any(type(one) is str and any(char.isalnum() for char in one) for one in out)


def term(word: str) -> Evaluator:
    """A word of the locale; where a footnote or an entry begins with it, it has a capital."""
    capital = word[:1].upper() + word[1:]

    def evaluate(context: Context, out: Tokens) -> None:
        if not word:
            return
        out.append(capital if context.begins and begins(out) else word)

    return evaluate


def generated(name: str, value: Callable[[Context], str]) -> Evaluator:
    """A variable that is computed as plain text."""

    def evaluate(context: Context, out: Tokens) -> None:
        text = "" if context.suppressed is not None and name in context.suppressed else value(context)
        if text:
            context.state |= BOTH
            if context.track is not None:
                context.track.append(name)
            out.append(text)
        elif name != "year-suffix":
            # A year suffix that is not there does not empty its group.
            context.state |= CALLED

    return evaluate


def labelled(name: str, core: Evaluator) -> Evaluator:
    """A number after which a label that waits is printed: `45 б.`, `8-бап`."""

    def evaluate(context: Context, out: Tokens) -> None:
        before = len(out)
        core(context, out)
        if len(out) > before:
            context.printed = name
            if context.pending:
                out.append(context.pending)
                context.pending = ""

    return evaluate


def suppressible(inner: Evaluator) -> Evaluator:
    """A group or macro: left out when it calls variables and all of them are empty.

    One that prints something counts as a variable that is not empty for the group around it.
    """

    def evaluate(context: Context, out: Tokens) -> None:
        state = context.state
        context.state = 0
        start = len(out)
        inner(context, out)
        own = context.state
        if len(out) > start:
            if own & CALLED and not own & RENDERED:
                del out[start:]
                context.state = state | CALLED
                return
            own = BOTH
        context.state = state | own

    return evaluate


def linked(name: str) -> Evaluator:
    """A URL or DOI, printed as it is and carrying its address."""

    def evaluate(context: Context, out: Tokens) -> None:
        text = context.record.values.get(name, "")
        if not text or (context.suppressed is not None and name in context.suppressed):
            context.state |= CALLED
            return
        context.state |= BOTH
        if context.track is not None:
            context.track.append(name)
        address = text if name == "URL" or text.startswith("http") else f"https://doi.org/{text}"
        if address.startswith(("http://", "https://")) and not context.sorting:
            out += [Open("link", address), text, CLOSE]
        else:
            out.append(text)

    return evaluate


def sequence(parts: list[Evaluator], delimiter: str) -> Evaluator:
    """Evaluators one after the other, `delimiter` between those that print something."""
    if len(parts) == 1:
        return parts[0]
    if not delimiter:

        def together(context: Context, out: Tokens) -> None:
            for part in parts:
                part(context, out)

        return together

    def apart(context: Context, out: Tokens) -> None:
        some = False
        for part in parts:
            if some:
                out.append(delimiter)
                before = len(out)
                part(context, out)
                if len(out) == before:
                    out.pop()
            else:
                before = len(out)
                part(context, out)
                some = len(out) > before

    return apart


def suffixed(core: Evaluator, suffix: Token) -> Evaluator:
    def evaluate(context: Context, out: Tokens) -> None:
        before = len(out)
        core(context, out)
        if len(out) > before:
            out.append(suffix)

    return evaluate


def decorated(
    core: Evaluator, before: list[Token], after: list[Token], change: Callable[[Tokens, Context], Tokens] | None
) -> Evaluator:
    def evaluate(context: Context, out: Tokens) -> None:
        start = len(out)
        out.extend(before)
        inner = len(out)
        core(context, out)
        if len(out) == inner:
            del out[start:]
            return
        if change is not None:
            out[inner:] = change(out[inner:], context)
        out.extend(after)

    return evaluate
