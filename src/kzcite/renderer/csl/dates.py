"""`cs:date`: parts, ranges, seasons, eras, localised forms (CSL 1.0.2, "Date")."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lxml import etree

from kzcite.model import Date
from kzcite.renderer.csl.context import BOTH, CALLED, Context, Evaluator
from kzcite.renderer.csl.terms import CSL
from kzcite.renderer.csl.tokens import CLOSE, Open, Tokens

if TYPE_CHECKING:
    from kzcite.renderer.csl.elements import Compiler

Point = tuple[int, int, int, int]  # year, month, day, season; 0 where absent
_ORDER = ("year", "month", "day")


class Part:
    """A `cs:date-part`: how one of year, month, day is printed."""

    __slots__ = ("case", "form", "marks", "name", "prefix", "range_delimiter", "strip", "suffix", "value")

    def __init__(self, element: etree._Element, over: etree._Element | None, compiler: Compiler) -> None:
        def get(name: str, default: str = "") -> str:
            if over is not None and over.get(name) is not None:
                return str(over.get(name))
            return str(element.get(name, default))

        self.name = get("name")
        # Affixes of a localised date are the locale's; the style may only change formatting and form.
        self.prefix = element.get("prefix", "")
        self.suffix = element.get("suffix", "")
        self.form = get("form")
        self.range_delimiter = get("range-delimiter") or "–"
        self.strip = get("strip-periods") == "true"
        self.case = get("text-case")
        self.marks = [
            Open(name, get(name))
            for name in ("font-style", "font-variant", "font-weight", "text-decoration", "vertical-align")
            if get(name)
        ]
        self.value: Callable[[Point, Context], str] = _PRINTERS[self.name](self, compiler)


def _year(part: Part, compiler: Compiler) -> Callable[[Point, Context], str]:
    terms = compiler.terms
    short = part.form == "short"
    bc, ad = terms.term("bc"), terms.term("ad")
    explicit = compiler.has_year_suffix

    def value(point: Point, context: Context) -> str:
        year = point[0]
        if not year:
            return ""
        if year < 0:
            text = f"{-year}{bc}"
        elif year < 1000 and not short:
            text = f"{year}{ad}"
        else:
            text = str(year)[-2:] if short else str(year)
        if context.year_suffix and not explicit and not context.suffix_done:
            context.suffix_done = True
            text += context.year_suffix
        return text

    return value


def _month(part: Part, compiler: Compiler) -> Callable[[Point, Context], str]:
    terms = compiler.terms
    form = part.form or "long"
    names = [""] + [terms.term(f"month-{n:02d}", form) for n in range(1, 13)]
    seasons = [""] + [terms.term(f"season-{n:02d}") for n in range(1, 5)]

    def value(point: Point, context: Context) -> str:
        month, season = point[1], point[3]
        if not point[0] and not season:
            return ""
        if not month:
            return seasons[season] if 0 < season < 5 else ""
        if not 1 <= month <= 12:
            season = (month - 13) % 4 + 1 if 12 < month < 25 else 0
            return seasons[season]
        if form == "numeric":
            return str(month)
        if form == "numeric-leading-zeros":
            return f"{month:02d}"
        return names[month]

    return value


def _day(part: Part, compiler: Compiler) -> Callable[[Point, Context], str]:
    terms = compiler.terms
    form = part.form or "numeric"
    only_first = terms.options.get("limit-day-ordinals-to-day-1") == "true"

    def value(point: Point, context: Context) -> str:
        day = point[2]
        if not day:
            return ""
        if form == "ordinal" and (day == 1 or not only_first):
            return terms.ordinal(day, terms.gender(f"month-{point[1]:02d}"))
        return f"{day:02d}" if form == "numeric-leading-zeros" else str(day)

    return value


_PRINTERS = {"year": _year, "month": _month, "day": _day}


def compile_date(element: etree._Element, compiler: Compiler) -> Evaluator:
    """The evaluator of a `cs:date`."""
    variable = element.get("variable", "")
    form = element.get("form")
    own = {one.get("name"): one for one in element.findall(f"{CSL}date-part")}
    delimiter = element.get("delimiter", "")
    if form:
        local = compiler.terms.dates.get(form)
        shown = (element.get("date-parts") or "year-month-day").split("-")
        parts: list[Part] = []
        if local is not None:
            delimiter = local.get("delimiter", "")
            parts = [
                Part(one, own.get(one.get("name")), compiler)
                for one in local.findall(f"{CSL}date-part")
                if one.get("name") in shown
            ]
    else:
        parts = [Part(one, None, compiler) for one in element.findall(f"{CSL}date-part")]
    printer = Printer(parts, delimiter)
    names = [part.name for part in parts]

    def evaluate(context: Context, out: Tokens) -> None:
        date = context.record.dates.get(variable)
        if date is None or (context.suppressed is not None and variable in context.suppressed):
            context.state |= CALLED
            return
        if context.comparing and variable == "accessed":
            # The day of access does not tell works apart.
            context.state |= BOTH
            return
        start = len(out)
        if context.sorting:
            if date.parts:
                out.append(sort_key(date, names) + context.year_suffix)
            elif date.literal:
                out.append(date.literal)
        elif date.parts or date.season:
            printer.write(date, context, out)
        elif date.literal:
            out.append(date.literal)
            if context.year_suffix and not compiler.has_year_suffix and not context.suffix_done:
                context.suffix_done = True
                out.append(context.year_suffix)
        if len(out) > start:
            context.state |= BOTH
            if context.track is not None:
                context.track.append(variable)
        else:
            context.state |= CALLED

    return compiler.decorate(element, evaluate)


def sort_key(date: Date, names: list[str]) -> str:
    """A date as digits that sort by time: years before our era first (CSL 1.0.2, "Sorting")."""

    def one(parts: tuple[int, ...]) -> str:
        year, month, day = (*parts, 0, 0)[:3]
        text = f"{year + 50000:05d}" if "year" in names or not names else ""
        text += f"{month:02d}" if "month" in names or not names else ""
        return text + (f"{day:02d}" if "day" in names or not names else "")

    return one(date.parts) + ("-" + one(date.until) if date.until else "-")


class Printer:
    """The parts of a date in printing order."""

    __slots__ = ("delimiter", "parts")

    def __init__(self, parts: list[Part], delimiter: str) -> None:
        self.parts = parts
        self.delimiter = delimiter

    def write(self, date: Date, context: Context, out: Tokens) -> None:
        first = _point(date.parts, date.season)
        last = _point(date.until, None)
        if last == first or not date.until:
            self._write(self.parts, first, context, out)
            return
        if not last[0]:
            # An open range: the first date and the range sign.
            self._write(self.parts, first, context, out, cut=True)
            out.append(self._range_delimiter("year"))
            return
        if first[0] != last[0]:
            level = 0
        elif (first[1], first[3]) != (last[1], last[3]):
            level = 1
        else:
            level = 2
        names = [part.name for part in self.parts]
        if not set(_ORDER[level:]) & set(names):
            self._write(self.parts, first, context, out)
            return
        varying = [at for at, part in enumerate(self.parts) if _ORDER.index(part.name) >= level]
        begin, end = varying[0], varying[-1] + 1
        sign = self._range_delimiter(next(n for n in _ORDER[level:] if n in names))
        self._write(self.parts[:begin], first, context, out, more=True)
        middle = self.parts[begin:end]
        start = len(out)
        self._write(middle, first, context, out, cut=True)
        if len(out) > start:
            out.append(sign)
        self._write(middle, last, context, out, lead=False, more=end < len(self.parts))
        self._write(self.parts[end:], last, context, out)

    def _range_delimiter(self, name: str) -> str:
        return next((part.range_delimiter for part in self.parts if part.name == name), "–")

    def _write(
        self,
        parts: list[Part],
        point: Point,
        context: Context,
        out: Tokens,
        *,
        cut: bool = False,
        lead: bool = True,
        more: bool = False,
    ) -> None:
        """Append the parts; `cut` drops the last suffix, `lead=False` the first prefix, `more`: a delimiter follows."""
        any_yet = False
        suffix = ""
        for part in parts:
            text = part.value(point, context)
            if not text:
                continue
            if suffix:
                out.append(suffix)
            if any_yet and self.delimiter:
                out.append(self.delimiter)
            if part.prefix and (any_yet or lead):
                out.append(part.prefix)
            _print(part, text, out)
            suffix = part.suffix
            any_yet = True
        if suffix and not cut:
            out.append(suffix)
        if any_yet and more and self.delimiter:
            out.append(self.delimiter)


def _print(part: Part, text: str, out: Tokens) -> None:
    if part.strip:
        text = text.replace(".", "")
    if part.case and part.case != "none":
        from kzcite.renderer.csl.textcase import change_case

        text = str(change_case([text], part.case, "en")[0])
    if part.marks:
        out.extend(part.marks)
        out.append(text)
        out.extend([CLOSE] * len(part.marks))
    else:
        out.append(text)


def _point(parts: tuple[int, ...], season: int | None) -> Point:
    year, month, day = (*parts, 0, 0, 0)[:3]
    return year, month, day, season or 0
