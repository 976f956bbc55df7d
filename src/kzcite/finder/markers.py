"""Find the in-text citations of a document.

Brackets, slashes and superscripts are read by their own grammars; what stands around them refuses look-alikes; and then
the document's one style of marker is settled from all of them, so that a stray bracket is no citation.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kzcite.finder import rounds
from kzcite.finder.authordate import Work, names_before, read_author_date, shorter
from kzcite.finder.brackets import Bracket, find_brackets, find_superscripts
from kzcite.finder.context import Surroundings
from kzcite.finder.likeness import is_likely
from kzcite.finder.lines import Line
from kzcite.finder.lists import FoundList
from kzcite.finder.numeric import Numbers, Source, is_bare_pair, read_numeric
from kzcite.finder.repeated import Repetition, may_repeat, read_repeated
from kzcite.finder.tokens import MOST, tokenise
from kzcite.model import Piece, Span
from kzcite.model.document import MarkerKind
from kzcite.model.limits import current
from kzcite.text.mention import Lines

_LEAST_RESOLVED = 0.34
_FOUR_DIGITS = re.compile(r"\d{4}")


@dataclass(slots=True)
class Candidate:
    """A bracket that reads as a marker: exactly one of the readings is set."""

    kind: MarkerKind
    span: Span
    sources: list[Source] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    repetition: Repetition | None = None
    answered: bool = False


class MarkerFinder:
    """One run over one document."""

    def __init__(self, text: str, lines: Sequence[Line], lists: Sequence[FoundList], pieces: Sequence[Piece]) -> None:
        self.text = text
        self.lists = lists
        self.pieces = pieces
        self.around = Surroundings(text, lines)
        self.furniture = [line.span for line in lines if line.furniture]
        self._furniture_starts = [span.start for span in self.furniture]
        self.excluded = _excluded(lines, lists)
        self._excluded_starts = [span.start for span in self.excluded]
        labels = [int(e.label) for one in lists for e in one.entries if e.label.isdecimal()]
        self.numbers = Numbers(frozenset(labels), max(labels, default=0))
        raws = [e.text.cut(text) for one in lists for e in one.entries]
        self.lines = Lines(raws)

    def find(self) -> list[Candidate]:
        """The markers of the document's style, in order."""
        square: list[Candidate] = []
        dated: list[Candidate] = []
        round_: list[Candidate] = []
        slash: list[Candidate] = []
        repeated: list[Candidate] = []
        last_end = -1
        bounds = current()
        for bracket in find_brackets(self.text):
            if self._is_excluded(bracket.span):
                continue
            bounds.check("markers", len(square) + len(dated) + len(round_) + len(slash) + len(repeated))
            gaps = self._gaps(bracket.inside)
            if self._crosses_paragraph(bracket.inside, gaps):
                continue
            repetition = self._repetition(bracket, gaps)
            if repetition:
                repeated.append(repetition)
                continue
            if bracket.kind in ("square", "round"):
                work = self._author_date(bracket, gaps)
                if work:
                    dated.append(work)
                    continue
            if not any(map(str.isdigit, bracket.inside.cut(self.text))):
                continue
            tokens = tokenise(self.text, bracket.inside.start, bracket.inside.end, gaps)
            if len(tokens) >= MOST or not any(token.kind == "num" for token in tokens):
                continue
            sources = read_numeric(tokens, self.numbers)
            if sources is None:
                continue
            one = Candidate("square", bracket.span, sources)
            one.answered = any(int(source.label) in self.numbers.known for source in sources)
            if bracket.kind == "square":
                if self._is_lookalike(bracket, sources, last_end):
                    continue
                square.append(one)
                last_end = bracket.span.end
            elif bracket.kind == "round":
                one.kind = "round"
                round_.append(one)
            else:
                one.kind = "slash"
                slash.append(one)
        return self._choose(square, dated, round_, slash, repeated)

    def _choose(
        self,
        square: list[Candidate],
        dated: list[Candidate],
        round_: list[Candidate],
        slash: list[Candidate],
        repeated: list[Candidate],
    ) -> list[Candidate]:
        """The candidates of the style that the document uses, with its repeated references."""
        square = rounds.without_options(self.text, self._as_the_document_does(square))
        answered_dates = [one for one in dated if one.answered]
        answered_square = [one for one in square if one.answered or not self.numbers.most]
        if answered_dates and len(answered_dates) > 2 * len(answered_square):
            chosen = self._dates(dated)
        elif square and (answered_square or not answered_dates):
            chosen = square
        elif answered_dates:
            chosen = self._dates(dated)
        else:
            chosen = (
                rounds.slashes(self.text, slash)
                or rounds.rounds(self.text, round_, self.around, self.numbers)
                or self._superscripts()
            )
        taken = {one.span for one in chosen}
        kept = [one for one in repeated if one.span not in taken] if chosen or self.lists else []
        return sorted([*chosen, *kept], key=lambda one: one.span)

    def _as_the_document_does(self, square: list[Candidate]) -> list[Candidate]:
        """Square markers read again where the document shows how it prints pages.

        Pages without a word: most pairs `[59, 84]` go beyond the list. Pages after a point, `[1.11]`: more than one
        marker has them, or there is no other.
        """
        pairs = [one for one in square if is_bare_pair(one.sources)]
        beyond = [one for one in pairs if len(one.sources) == 1 or int(one.sources[1].label) > self.numbers.most]
        if self.numbers.most and len(beyond) >= 2 and 2 * len(beyond) >= len(pairs):
            bare = replace(self.numbers, bare_pages=True)
            for one in pairs:
                inside = Span(one.span.start + 1, one.span.end - 1)
                tokens = tokenise(self.text, inside.start, inside.end, self._gaps(inside))
                one.sources = read_numeric(tokens, bare) or one.sources
        dotted = [one for one in square if _is_dotted(self.text, one)]
        if len(dotted) == 1 and len(square) > 3:
            square = [one for one in square if one is not dotted[0]]
        return square

    def _dates(self, dated: list[Candidate]) -> list[Candidate]:
        """Author–date markers: those that the list answers, and unanswered ones where most are answered."""
        answered = [one for one in dated if one.answered]
        if len(answered) < max(3, _LEAST_RESOLVED * len(dated)):
            return answered
        return [one for one in dated if one.answered or self._is_firm(one)]

    def _is_firm(self, one: Candidate) -> bool:
        """Whether an unanswered mention is certainly a citation: a place in the work, or a name that the list knows."""
        return any(work.places for work in one.works) or any(
            self.lines.has_name(name) for work in one.works for name in work.mention.names
        )

    # --- readings --------------------------------------------------------------------------------------------------

    def _repetition(self, bracket: Bracket, gaps: Sequence[Span]) -> Candidate | None:
        inside = bracket.inside
        if not 2 <= inside.length <= 200 or bracket.kind == "slash":
            return None
        if not may_repeat(inside.cut(self.text)):
            return None
        read = read_repeated(self.text, inside.start, inside.end, gaps)
        return Candidate("repeated", bracket.span, repetition=read) if read else None

    def _author_date(self, bracket: Bracket, gaps: Sequence[Span]) -> Candidate | None:
        inside = bracket.inside
        if not len(self.lines) or not _FOUR_DIGITS.search(self.text, inside.start, inside.end):
            return None
        works = read_author_date(self.text, inside.start, inside.end, gaps)
        if works:
            if bracket.kind == "square" and self.around.is_quoted_code(bracket.span.start):
                return None
            one = Candidate("author-date", bracket.span, works=works)
            one.answered = self._answers(works)
            return one
        if not self.text[inside.start : inside.start + 6].lstrip()[:1].isdigit():
            return None
        before = names_before(self.text, bracket.span.start)
        if before is None:
            return None
        for names in shorter(self.text, before[0]):
            works = read_author_date(self.text, inside.start, inside.end, gaps, names.cut(self.text))
            if works and self._answers(works):
                works[0].span = Span(names.start, works[0].span.end)
                return Candidate("author-date", Span(names.start, bracket.span.end), works=works, answered=True)
        return None

    def _answers(self, works: Iterable[Work]) -> bool:
        return any(self.lines.best(work.mention) is not None for work in works)

    def _is_lookalike(self, bracket: Bracket, sources: Sequence[Source], last_end: int) -> bool:
        if bracket.span.start == last_end:
            return False
        line = self.around.lines[self.around.line_at(bracket.span.start)]
        if not self.lists and not self.text[line.start : bracket.span.start][:40].strip():
            rest = self.text[bracket.span.end : min(line.end, bracket.span.end + 600)]
            if is_likely(rest):
                return True
        is_pair = len(sources) > 1 and not any(one.places for one in sources)
        return self.around.is_lookalike(bracket.span.start, bracket.span.end, is_pair)

    def _superscripts(self) -> list[Candidate]:
        out: list[Candidate] = []
        for bracket in find_superscripts(self.text, self.pieces):
            if self._is_excluded(bracket.span) or rounds.is_power(self.text, bracket.span):
                continue
            sources = read_numeric(tokenise(self.text, *bracket.inside), self.numbers)
            if sources:
                one = Candidate("superscript", bracket.span, sources)
                one.answered = any(int(source.label) in self.numbers.known for source in sources)
                out.append(one)
        return rounds.superscripts(self.text, sorted(out, key=lambda one: one.span))

    # --- places ----------------------------------------------------------------------------------------------------

    def _is_excluded(self, span: Span) -> bool:
        at = bisect_right(self._excluded_starts, span.start) - 1
        return at >= 0 and span.start < self.excluded[at].end

    def _gaps(self, span: Span) -> list[Span]:
        """The page furniture inside a bracket."""
        at = bisect_left(self._furniture_starts, span.start)
        out: list[Span] = []
        while at < len(self.furniture) and self.furniture[at].start < span.end:
            out.append(self.furniture[at])
            at += 1
        return out

    def _crosses_paragraph(self, inside: Span, gaps: Sequence[Span]) -> bool:
        """Whether a blank line stands inside that no page break explains."""
        at = self.text.find("\n", inside.start, inside.end)
        while at >= 0:
            after = at + 1
            while after < inside.end and self.text[after] in " \t\r\u00a0":
                after += 1
            if after < inside.end and self.text[after] == "\n" and not gaps and "\x0c" not in inside.cut(self.text):
                return True
            at = self.text.find("\n", after, inside.end)
        return False


def _is_dotted(text: str, one: Candidate) -> bool:
    """Whether a marker is a source and a page with only a point between: `[1.11]`."""
    return all(char.isdigit() or char in "[]. " for char in one.span.cut(text)) and "." in one.span.cut(text).rstrip(
        "]. "
    )


def _excluded(lines: Sequence[Line], lists: Sequence[FoundList]) -> list[Span]:
    """Where no marker is looked for: the lists with their headings, and code."""
    spans = [Span(one.title_span.start if one.title_span else one.span.start, one.span.end) for one in lists]
    spans += [line.span for line in lines if line.kind == "code" or line.furniture]
    return sorted(spans)
