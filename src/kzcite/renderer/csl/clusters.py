"""In-text citations: each cluster of cites sorted, placed, rendered, collapsed and joined."""

from __future__ import annotations

from collections.abc import Sequence

from kzcite.model import TableError
from kzcite.renderer.csl.cites import Cite, Cluster
from kzcite.renderer.csl.collapse import Collapse
from kzcite.renderer.csl.context import FIRST
from kzcite.renderer.csl.finish import join_signs, shape_quotes
from kzcite.renderer.csl.markup import parse
from kzcite.renderer.csl.positions import set_positions
from kzcite.renderer.csl.processor import Processor
from kzcite.renderer.csl.sorting import sort_records
from kzcite.renderer.csl.tokens import Tokens, plain

# Text of the user that ends or begins with one of these takes the place of the delimiter.
_STOPS = (",", ".", ";")


class Clusters:
    """The citations of a text by one processor: in one language, under `auto` each in its work's own.

    `in_order`: positions follow from the order of the clusters; otherwise each cite stands as if it were the first.
    """

    def __init__(self, processor: Processor, *, in_order: bool = True) -> None:
        scope = processor.style.citation
        if scope is None:
            raise TableError("the style has no <citation>", where=processor.style.where)
        self.processor = processor
        self.layout = processor.layout("citation")
        self.near = int(scope.get("near-note-distance", "5") or 5)
        self.keys = self.layout.keys()
        self.in_order = in_order
        self.collapse = Collapse(
            scope,
            self.layout.delimiter,
            is_note=processor.style.is_note,
            suffixes=processor.suffixes,
            render=self._render,
            dress=self._dress,
        )

    def render(self, clusters: Sequence[Cluster]) -> list[Tokens]:
        """Finished tokens of each cluster."""
        prepared = [self._prepare(cluster) for cluster in clusters]
        if self.in_order:
            set_positions(clusters, prepared, self.near)
        return [self._cluster(cites) for cites in prepared]

    def _prepare(self, cluster: Cluster) -> list[Cite]:
        by_id = self.processor.by_id
        cites = [Cite(one, by_id[one.id], one.position or FIRST) for one in cluster.cites if one.id in by_id]
        if self.keys and len(cites) > 1:
            records = [one.record for one in cites]
            order = sort_records(records, self.keys, self.processor.main, self.processor.suffixes)
            place = {id(record): at for at, record in enumerate(order)}
            cites.sort(key=lambda one: place[id(one.record)])
        return cites

    def _render(self, cite: Cite, bare: bool = False, year_suffix: bool = True) -> Tokens:
        """The tokens of one cite; `bare`: without its first names, `year_suffix=False`: without that."""
        context = self.processor.context(cite.record, in_text=True)
        context.position = cite.position
        context.locator, context.locator_label = cite.request.locator, cite.request.label
        context.first_note = cite.first_note
        context.suppress_author = bare or cite.request.suppress_author
        context.want_slot = not bare
        context.begins = cite.begins
        if not year_suffix:
            context.year_suffix = ""
        layout = self.layout if self.processor.locale != "auto" else self.processor.layout("citation", cite.record)
        tokens = layout.cite(context)
        if not bare and context.slot is not None:
            cite.names = plain(tokens[context.slot.start : context.slot.end])
        return tokens

    def _cluster(self, cites: list[Cite]) -> Tokens:
        for at, cite in enumerate(cites):
            cite.begins = self.processor.style.is_note and _begins(at, cite.request.prefix)
            cite.tokens = self._render(cite)
        cites = [cite for cite in cites if cite.tokens or not cite.is_plain] or cites[:1]
        if self.collapse.groups and self.keys:
            cites = self.collapse.group(cites)
        user_text = any(one.request.suffix for one in cites)
        out: Tokens = []
        for at, (delimiter, tokens) in enumerate(self.collapse.parts(cites)):
            first = tokens[0] if tokens else ""
            if at and delimiter and not (isinstance(first, str) and first[:1] in _STOPS):
                before = out[-1]
                if user_text and isinstance(before, str) and before[-1:] in _STOPS:
                    delimiter = " "
                out.append(delimiter)
            out.extend(tokens)
        return join_signs(self.layout.around(out), self.layout.terms.quotes)

    def _dress(self, cite: Cite, tokens: Tokens) -> Tokens:
        """A cite with the text that the user put around it."""
        if cite.is_plain:
            return tokens
        prefix, suffix = cite.request.prefix, cite.request.suffix
        out = self._user_text(prefix)
        if prefix and not prefix[-1].isspace() and prefix[-1] not in "'’“\"([«":
            out.append(" ")
        out += tokens
        if suffix and suffix[0].isalnum():
            out.append(" ")
        return out + self._user_text(suffix)

    def _user_text(self, text: str) -> Tokens:
        """Text with its mark-up and quotes; signs do not move into its quotes."""
        if not text:
            return []
        quotes = self.layout.terms.quotes
        value = parse(text, quotes)
        return shape_quotes([value] if isinstance(value, str) else list(value), quotes)


def _begins(at: int, prefix: str) -> bool:
    """Whether a cite of a note begins a sentence: the first, or one after a prefix of words that ends in a stop."""
    prefix = prefix.strip().rstrip("\"'”’»)")
    return not at if not prefix else prefix[-1] in ".!?" and " " in prefix
