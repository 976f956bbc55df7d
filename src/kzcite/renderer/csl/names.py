"""`cs:names`: lists of people, et al., labels, substitution (CSL 1.0.2, "Names")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from kzcite.renderer.csl.context import BOTH, CALLED, Context, Evaluator, Slot
from kzcite.renderer.csl.look import Look
from kzcite.renderer.csl.person import PersonFormat
from kzcite.renderer.csl.record import Person
from kzcite.renderer.csl.textcase import word_case
from kzcite.renderer.csl.tokens import Tokens

if TYPE_CHECKING:
    from kzcite.renderer.csl.elements import Compiler


class NameList:
    """How the people of one variable are listed: the options of `cs:name` and `cs:et-al`, all inheritance settled."""

    def __init__(self, name: etree._Element | None, et_al: etree._Element | None, compiler: Compiler) -> None:
        def option(key: str, default: str = "") -> str:
            return compiler.option(name, key, default)

        terms = compiler.terms
        self.form = compiler.option(name, "form", "long", area_name="name-form")
        self.delimiter = compiler.option(name, "delimiter", ", ", area_name="name-delimiter")
        and_ = option("and")
        self.and_word = terms.term("and") if and_ == "text" else ""
        if and_ == "symbol":
            self.and_word = terms.symbol
        self.before_et_al = option("delimiter-precedes-et-al", "contextual")
        self.before_last = option("delimiter-precedes-last", "contextual")
        self.minimum = int(option("et-al-min", "0") or 0)
        self.first = int(option("et-al-use-first", "1000000") or 1)
        self.later_minimum = int(option("et-al-subsequent-min") or self.minimum)
        self.later_first = int(option("et-al-subsequent-use-first") or self.first)
        self.use_last = option("et-al-use-last") == "true"
        self.inverted = option("name-as-sort-order")
        self.look = Look(name)
        self.person = PersonFormat(name, compiler)
        self.et_al_look = Look(et_al)
        word = et_al.get("term", "et-al") if et_al is not None else "et-al"
        self.et_al = terms.term(word)
        self.in_citation = compiler.area == "citation"

    def shown(self, context: Context, count: int) -> tuple[int, bool]:
        """How many names are printed before et al., and whether the last one follows after an ellipsis."""
        if context.sort_names is not None:
            minimum, first, last = context.sort_names
        elif self.in_citation and "subsequent" in context.position:
            minimum, first, last = self.later_minimum, self.later_first, self.use_last
        else:
            minimum, first, last = self.minimum, self.first, self.use_last
        if not minimum or count < minimum:
            return count, False
        if context.hints is not None and context.hints.names > first:
            first = context.hints.names
        if first >= count:
            return count, False
        return first, last and count - first >= 2

    def write(self, variable: str, people: tuple[Person, ...], context: Context, out: Tokens) -> list[tuple[int, int]]:
        """Append the list of names; returns where each name stands."""
        count = len(people)
        shown, with_last = self.shown(context, count)
        cut = shown < count
        inverted = "all" if context.sorting else self.inverted
        hints = context.hints
        places: list[tuple[int, int]] = []
        delimiter = self.delimiter
        last_inverted = False
        if not shown:
            return places
        out.extend(self.look.before)
        for at in range(shown):
            if at:
                if at == count - 1 and self.and_word:
                    if context.sorting:
                        out.append(delimiter)
                    elif (
                        self.before_last == "always"
                        or (self.before_last == "contextual" and count > 2)
                        or (self.before_last == "after-inverted-name" and last_inverted)
                    ):
                        out.append(delimiter)
                        if delimiter[-1:] not in (" ", "\u00a0"):
                            out.append(" ")
                        out.append(self.and_word + " ")
                    else:
                        out += [" ", self.and_word + " "]
                else:
                    out.append(delimiter)
            person = people[at]
            level = 0
            if hints is not None:
                level = max(hints.given.get((variable, at), 0), hints.people.get(person, 0))
            start = len(out)
            last_inverted = self.person.write(person, context, out, at == 0, inverted, level)
            places.append((start, len(out)))
            if context.seen is not None:
                context.seen.append((variable, at, person))
        if context.seen is not None:
            context.seen += [(variable, at, people[at]) for at in range(shown, count)]
        if with_last:
            out.append(delimiter)
            out.append("… ")
            start = len(out)
            self.person.write(people[-1], context, out, False, inverted, 0)
            places.append((start, len(out)))
        elif cut and self.et_al and not context.sorting:
            if (
                self.before_et_al == "always"
                or (self.before_et_al == "contextual" and shown > 1)
                or (self.before_et_al == "after-inverted-name" and last_inverted)
            ):
                out.append(delimiter)
            elif not self.et_al_look.prefix.startswith(" "):
                out.append(" ")
            self.et_al_look.write(self.et_al, context.record.language, out)
        out.extend(self.look.after)
        return places


class Label:
    """`cs:label` within names: the role, in the number of the people."""

    __slots__ = ("form", "look", "plural")

    def __init__(self, element: etree._Element, language: str) -> None:
        self.form = element.get("form", "long")
        self.plural = element.get("plural", "contextual")
        self.look = Look(element)
        self.look.case = word_case(self.look.case, language)


class Names:
    """One `cs:names`, with what it lends to the `cs:names` of its substitute."""

    def __init__(self, element: etree._Element, compiler: Compiler, parent: etree._Element | None) -> None:
        source = element if parent is None or len(element) else parent
        parts = {str(one.tag).rsplit("}", 1)[-1]: one for one in source}
        order = [str(one.tag).rsplit("}", 1)[-1] for one in source]
        if parent is not None and len(element):
            inherited = {str(one.tag).rsplit("}", 1)[-1]: one for one in parent}
            parts = {**{key: inherited[key] for key in ("name", "et-al") if key in inherited}, **parts}
        self.terms = compiler.terms
        self.variables = str(element.get("variable", "")).split()
        self.list = NameList(parts.get("name"), parts.get("et-al"), compiler)
        self.label = Label(parts["label"], compiler.terms.language) if "label" in parts else None
        self.label_first = (
            "label" in order and ("name" not in order or order.index("label") < order.index("name")) and "name" in order
        )
        self.delimiter = compiler.option(
            element,
            "delimiter",
            (parent.get("delimiter", "") if parent is not None else ""),
            area_name="names-delimiter",
        )
        self.substitutes: list[Evaluator] = []
        self.is_sub = parent is not None
        if parent is None and "substitute" in parts:
            for one in parts["substitute"]:
                if str(one.tag).rsplit("}", 1)[-1] == "names":
                    self.substitutes.append(compile_names(one, compiler, element))
                else:
                    self.substitutes.append(compiler.element(one))

    def write(self, context: Context, out: Tokens) -> None:
        """Append the names of all variables, else the first substitute that prints something."""
        record, start = context.record, len(out)
        if context.suppress_author:
            # Only the first names of the cite are left out.
            context.state |= CALLED
            if any(variable in record.names for variable in self.variables) or self.substitutes:
                context.suppress_author = False
            return
        suppressed = context.suppressed
        variables = self.variables
        merged = ""
        if (
            len(variables) == 2
            and set(variables) == {"editor", "translator"}
            and not (suppressed and suppressed.intersection(variables))
        ):
            editors = record.names.get("editor")
            if editors and editors == record.names.get("translator") and self._has_joint_term():
                variables, merged = variables[:1], "editortranslator"
        if self.list.form == "count":
            self._count(variables, context, out)
            return
        places: list[tuple[int, int]] = []
        end = start
        for variable in variables:
            people = record.names.get(variable)
            if not people or (suppressed is not None and variable in suppressed):
                continue
            if context.track is not None and variable in context.track:
                continue
            if len(out) > start and self.delimiter:
                out.append(self.delimiter)
            word = self._label_word(merged or variable, len(people)) if self.label and not context.sorting else ""
            if word and self.label_first and self.label:
                self.label.look.write(word, self.terms.language, out)
            places += self.list.write(variable, people, context, out)
            end = len(out)
            if word and not self.label_first and self.label:
                self.label.look.write(word, self.terms.language, out)
            if context.track is not None:
                context.track.append(variable)
                if merged:
                    context.track.append("translator")
        if len(out) > start:
            context.state |= BOTH
            if context.want_slot and context.slot is None and places:
                context.slot = Slot(places[0][0], end, places)
            return
        context.state |= CALLED
        if self.substitutes:
            self._substitute(context, out)

    def _has_joint_term(self) -> bool:
        """Whether the language has a word for one person who is editor and translator."""
        form = self.label.form if self.label is not None else "long"
        return bool(self.terms.term("editortranslator", form))

    def _label_word(self, variable: str, count: int) -> str:
        if self.label is None:
            return ""
        many = self.label.plural == "always" or (self.label.plural == "contextual" and count > 1)
        return self.terms.term(variable, self.label.form, many)

    def _count(self, variables: list[str], context: Context, out: Tokens) -> None:
        total = 0
        for variable in variables:
            people = context.record.names.get(variable, ())
            total += self.list.shown(context, len(people))[0]
        if total:
            context.state |= BOTH
            out.append(f"{total:05d}" if context.sorting else str(total))
        else:
            context.state |= CALLED
            self._substitute(context, out)

    def _substitute(self, context: Context, out: Tokens) -> None:
        """What is printed in place of names is suppressed in the rest of the entry."""
        outer = context.track
        start = len(out)
        for part in self.substitutes:
            used: list[str] = []
            context.track = used
            part(context, out)
            if len(out) > start:
                context.suppressed = (context.suppressed or set()) | set(used)
                if context.want_slot and context.slot is None:
                    context.slot = Slot(start, len(out), [(start, len(out))])
                context.track = outer
                if outer is not None:
                    outer += used
                return
        context.track = outer


def compile_names(element: etree._Element, compiler: Compiler, parent: etree._Element | None = None) -> Evaluator:
    """The evaluator of a `cs:names`; `parent` is the one whose substitute it stands in."""
    return compiler.decorate(element, Names(element, compiler, parent).write)
