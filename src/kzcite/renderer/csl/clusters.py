"""In-text citations: positions, order, collapse (CSL 1.0.2, "Citation-specific options")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kzcite.renderer.csl.context import Context
from kzcite.renderer.csl.finish import join_signs, shape_quotes
from kzcite.renderer.csl.markup import parse
from kzcite.renderer.csl.processor import Processor
from kzcite.renderer.csl.record import Record
from kzcite.renderer.csl.sorting import compile_sort, sort_records
from kzcite.renderer.csl.tokens import Tokens, plain


@dataclass(frozen=True, slots=True)
class CiteOf:
    """One cite of a cluster: the id of an item, the place in it (CSL locator term and value), text around it.

    `position` is for a caller who knows the position (`first`, `subsequent`, `ibid` ...); None: found from the order.
    """

    id: str
    locator: str = ""
    label: str = "page"
    prefix: str = ""
    suffix: str = ""
    suppress_author: bool = False
    position: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """The cites of one marker; `note` is the number of its footnote, 0 in the running text."""

    cites: tuple[CiteOf, ...]
    note: int = 0


def cites_with_suffix(cites: Sequence[_Cite]) -> bool:
    return any(one.request.suffix for one in cites)


@dataclass(slots=True)
class _Cite:
    request: CiteOf
    record: Record
    position: frozenset[str]
    first_note: str = ""
    tokens: Tokens = field(default_factory=list)
    names: str = ""
    is_plain: bool = True
    begins: bool = False


_ENDS = (",", ".", ";")
_FIRST = frozenset(("first",))
_SUBSEQUENT = frozenset(("subsequent",))
_IBID = frozenset(("subsequent", "ibid"))
_IBID_LOCATOR = frozenset(("subsequent", "ibid", "ibid-with-locator"))


class Clusters:
    """All citations of a text, rendered in the order of the text."""

    def __init__(self, processor: Processor, *, in_order: bool = True) -> None:
        self.processor = processor
        style = processor.style
        scope = style.citation
        self.layout = processor.layout("citation")
        get = scope.get if scope is not None else (lambda name, default="": default)
        self.collapse = get("collapse", "")
        self.near = int(get("near-note-distance", "5") or 5)
        # In notes, cites of a group are set apart like other cites unless the style says otherwise.
        delimiter = self.layout.delimiter
        self.group_delimiter = get("cite-group-delimiter", delimiter if style.is_note else ", ")
        self.grouped = bool(self.collapse.startswith("year")) or bool(get("cite-group-delimiter", ""))
        self.after_collapse = get("after-collapse-delimiter", delimiter)
        self.suffix_delimiter = get("year-suffix-delimiter", get("cite-group-delimiter", delimiter))
        self.keys = compile_sort(scope, self.layout.compiler)
        self.in_order = in_order

    def render(self, clusters: Sequence[Cluster]) -> list[Tokens]:
        """Finished tokens of each cluster."""
        prepared = [self._prepare(cluster) for cluster in clusters]
        if self.in_order:
            self._positions(clusters, prepared)
        return [self._cluster(cites) for cites in prepared]

    def _prepare(self, cluster: Cluster) -> list[_Cite]:
        by_id = self.processor.by_id
        cites = [_Cite(one, by_id[one.id], one.position or _FIRST) for one in cluster.cites if one.id in by_id]
        if self.keys and len(cites) > 1:
            order = sort_records([one.record for one in cites], self.keys, self.processor.main)
            place = {id(record): at for at, record in enumerate(order)}
            cites.sort(key=lambda one: place[id(one.record)])
        return cites

    # --- positions

    def _positions(self, clusters: Sequence[Cluster], prepared: Sequence[list[_Cite]]) -> None:
        """Notes and running text are counted apart: an ibid in the text answers to the text."""
        for in_notes in (False, True):
            first: dict[str, int] = {}
            last_note: dict[str, int] = {}
            before: list[_Cite] = []
            note = -1
            for cluster, cites in zip(clusters, prepared, strict=True):
                if bool(cluster.note) != in_notes:
                    continue
                for at, cite in enumerate(cites):
                    key = cite.request.id
                    if key not in first:
                        first[key] = cluster.note
                    else:
                        if at:
                            previous: _Cite | None = cites[at - 1]
                        elif in_notes and cluster.note == note:
                            previous = before[-1]
                        else:
                            previous = before[-1] if len({one.request.id for one in before}) == 1 else None
                        cite.position = self._position(cite, previous)
                        near = cluster.note - last_note[key] <= self.near if in_notes else True
                        if near:
                            cite.position |= {"near-note"}
                        else:
                            cite.position |= {"far-note"}
                        cite.first_note = str(first[key]) if first[key] else ""
                    last_note[key] = cluster.note
                # The cites of one note count together as what stands before the next note.
                before = before + cites if in_notes and cluster.note == note else cites
                note = cluster.note

    def _position(self, cite: _Cite, previous: _Cite | None) -> frozenset[str]:
        if previous is None or previous.request.id != cite.request.id:
            return _SUBSEQUENT
        own, other = cite.request, previous.request
        if not other.locator:
            return _IBID_LOCATOR if own.locator else _IBID
        if not own.locator:
            return _SUBSEQUENT
        return _IBID if (own.locator, own.label) == (other.locator, other.label) else _IBID_LOCATOR

    # --- one cluster

    def _context(self, cite: _Cite, *, bare: bool = False) -> Context:
        context = self.processor.context(cite.record, in_text=True)
        context.position = cite.position
        context.locator, context.locator_label = cite.request.locator, cite.request.label
        context.first_note = cite.first_note
        context.suppress_author = bare or cite.request.suppress_author
        context.want_slot = not bare
        context.begins = cite.begins
        return context

    def _render(self, cite: _Cite, *, bare: bool = False, year_suffix: bool = True) -> Tokens:
        context = self._context(cite, bare=bare)
        if not year_suffix:
            context.year_suffix = ""
        tokens = (
            self.processor.layout("citation").cite(context)
            if self._one_language
            else self.processor.layout("citation", cite.record).cite(context)
        )
        if not bare and context.slot is not None:
            cite.names = plain(tokens[context.slot.start : context.slot.end])
        return tokens

    _one_language = True

    def _cluster(self, cites: list[_Cite]) -> Tokens:
        for at, cite in enumerate(cites):
            cite.begins = self.processor.style.is_note and self._begins(at, cite.request.prefix)
            cite.tokens = self._render(cite)
            cite.is_plain = not (cite.request.prefix or cite.request.suffix)
        cites = [cite for cite in cites if cite.tokens or not cite.is_plain] or cites[:1]
        if self.grouped and self.keys:
            cites = self._group(cites)
        if self.collapse == "citation-number":
            parts = self._numbers(cites)
        elif self.collapse.startswith("year"):
            parts = self._years(cites)
        else:
            parts = self._plain(cites)
        layout = self.layout
        out: Tokens = list(layout.opens)
        if layout.prefix:
            out.append(layout.prefix)
        for at, (delimiter, tokens) in enumerate(parts):
            first = tokens[0] if tokens else ""
            if at and delimiter and not (isinstance(first, str) and first[:1] in _ENDS):
                before = out[-1]
                if isinstance(before, str) and before[-1:] in _ENDS and cites_with_suffix(cites):
                    delimiter = " "
                out.append(delimiter)
            out.extend(tokens)
        if layout.suffix:
            out.append(layout.suffix)
        out.extend(layout.closes)
        return join_signs(out, layout.terms.quotes)

    def _dressed(self, cite: _Cite, tokens: Tokens) -> Tokens:
        """A cite with the text that the user put around it."""
        if cite.is_plain:
            return tokens
        quotes = self.layout.terms.quotes
        prefix, suffix = cite.request.prefix, cite.request.suffix
        out: Tokens = []
        if prefix:
            value = parse(prefix, quotes)
            out += shape_quotes([value] if isinstance(value, str) else list(value), quotes)
            if not prefix[-1].isspace() and prefix[-1] not in "'’“\"([«":
                out.append(" ")
        out += tokens
        if suffix:
            if suffix[0].isalnum():
                out.append(" ")
            value = parse(suffix, quotes)
            out += shape_quotes([value] if isinstance(value, str) else list(value), quotes)
        return out

    def _begins(self, at: int, prefix: str) -> bool:
        """Whether a cite of a note begins a sentence: the first, or one after a prefix of words that ends in a stop."""
        prefix = prefix.strip().rstrip("\"'”’»)")
        return not at if not prefix else prefix[-1] in ".!?" and " " in prefix

    def _plain(self, cites: list[_Cite]) -> list[tuple[str, Tokens]]:
        out: list[tuple[str, Tokens]] = []
        before = ""
        for cite in cites:
            same = self.grouped and before and cite.names == before
            out.append((self.group_delimiter if same else self.layout.delimiter, self._dressed(cite, cite.tokens)))
            before = cite.names
        return out

    def _group(self, cites: list[_Cite]) -> list[_Cite]:
        """Cites of the same names brought together, at the place of the first."""
        groups: dict[str, list[_Cite]] = {}
        for at, cite in enumerate(cites):
            groups.setdefault(cite.names or f"\x00{at}", []).append(cite)
        return [cite for group in groups.values() for cite in group]

    # --- collapse

    def _numbers(self, cites: list[_Cite]) -> list[tuple[str, Tokens]]:
        """`[1, 2, 3, 5]` → `[1–3, 5]`."""
        out: list[tuple[str, Tokens]] = []
        at = 0
        delimiter = self.layout.delimiter
        while at < len(cites):
            end = at
            while (
                end + 1 < len(cites)
                and cites[end + 1].record.number == cites[end].record.number + 1
                and not any(one.request.locator or not one.is_plain for one in (cites[end], cites[end + 1]))
            ):
                end += 1
            first = self._dressed(cites[at], cites[at].tokens)
            after = self.after_collapse if out and self._collapsed else delimiter
            if end - at >= 2:
                out.append((after, [*first, "–", *cites[end].tokens]))
                self._collapsed = True
                at = end + 1
            else:
                out.append((after, first))
                self._collapsed = False
                at += 1
        self._collapsed = False
        return out

    _collapsed = False

    def _years(self, cites: list[_Cite]) -> list[tuple[str, Tokens]]:
        """`Doe 2000, Doe 2001` → `Doe 2000, 2001`; with year suffixes `Doe 2000a, b`."""
        out: list[tuple[str, Tokens]] = []
        by_suffix = self.collapse != "year"
        was_collapsed = False
        at = 0
        while at < len(cites):
            end = at + 1
            while end < len(cites) and self._same_names(cites[at], cites[end]):
                end += 1
            group = cites[at:end]
            delimiter = self.after_collapse if was_collapsed else self.layout.delimiter
            was_collapsed = len(group) > 1
            place = 0
            while place < len(group):
                cite = group[place]
                tokens = (
                    cite.tokens
                    if place == 0 or (not cite.is_plain and cite.request.prefix)
                    else self._render(cite, bare=True)
                )
                run = [cite]
                if by_suffix and self.processor.suffixes.get(cite.record.id) and not cite.request.locator:
                    year = plain(self._render(cite, bare=True, year_suffix=False))
                    while (
                        place + len(run) < len(group)
                        and not group[place + len(run)].request.locator
                        and group[place + len(run)].is_plain
                        and self.processor.suffixes.get(group[place + len(run)].record.id)
                        and plain(self._render(group[place + len(run)], bare=True, year_suffix=False)) == year
                    ):
                        run.append(group[place + len(run)])
                if place == 0:
                    joiner = delimiter
                else:
                    joiner = self.after_collapse if group[place - 1].request.locator else self.group_delimiter
                if tokens or not cite.is_plain:
                    out.append((joiner, self._dressed(cite, tokens)))
                    out += self._suffixes(run)
                place += len(run)
            at = end
        return out

    def _same_names(self, first: _Cite, second: _Cite) -> bool:
        """Cites without any names belong together where year suffixes tell them apart."""
        suffixes = self.processor.suffixes
        known = first.names or (first.record.id in suffixes and second.record.id in suffixes)
        return bool(known) and first.names == second.names

    def _suffixes(self, run: list[_Cite]) -> list[tuple[str, Tokens]]:
        """The year suffixes after the first of a run: `b, c`, or `–d` where ranges are wanted."""
        letters = [self.processor.suffixes[one.record.id] for one in run[1:]] if len(run) > 1 else []
        if not letters:
            return []
        first = self.processor.suffixes[run[0].record.id]
        if self.collapse != "year-suffix-ranged":
            return [(self.suffix_delimiter, [letter]) for letter in letters]
        out: list[tuple[str, Tokens]] = []
        chain = [first]
        for letter in [*letters, ""]:
            if letter and len(letter) == 1 and len(chain[-1]) == 1 and ord(letter) == ord(chain[-1]) + 1:
                chain.append(letter)
                continue
            if len(chain) > 2:
                out.append(("–", [chain[-1]]))
            else:
                out += [(self.suffix_delimiter, [one]) for one in chain[1:]]
            if letter:
                out.append((self.suffix_delimiter, [letter]))
            chain = [letter]
        return out
