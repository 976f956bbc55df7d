"""Grouping and collapsing of the cites of one cluster (CSL 1.0.2, "Cite grouping", "Cite collapsing")."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from kzcite.renderer.csl.cites import Cite
from kzcite.renderer.csl.tokens import Tokens, plain

Parts = list[tuple[str, Tokens]]  # the delimiter before a part, and the part


class Collapse:
    """The options of a style's `cs:citation`.

    `render(cite, bare, year_suffix)` renders a cite again, without its names, without its year suffix; `dress` adds
    what the user put around it; `suffixes` are the year suffixes by id.
    """

    def __init__(
        self,
        scope: etree._Element,
        delimiter: str,
        *,
        is_note: bool,
        suffixes: Mapping[str, str],
        render: Callable[[Cite, bool, bool], Tokens],
        dress: Callable[[Cite, Tokens], Tokens],
    ) -> None:
        self.mode = scope.get("collapse", "")
        self.delimiter = delimiter
        # In notes, cites of a group are set apart like other cites unless the style says otherwise.
        self.in_group = scope.get("cite-group-delimiter", delimiter if is_note else ", ")
        self.after = scope.get("after-collapse-delimiter", delimiter)
        self.between_suffixes = scope.get("year-suffix-delimiter", scope.get("cite-group-delimiter", delimiter))
        self.groups = self.mode.startswith("year") or scope.get("cite-group-delimiter") is not None
        self.suffixes = suffixes
        self.render = render
        self.dress = dress

    def group(self, cites: list[Cite]) -> list[Cite]:
        """Cites of the same names brought together, at the place of the first."""
        groups: dict[str, list[Cite]] = {}
        for at, cite in enumerate(cites):
            groups.setdefault(cite.names or f"\x00{at}", []).append(cite)
        return [cite for group in groups.values() for cite in group]

    def parts(self, cites: list[Cite]) -> Parts:
        """The cites with the delimiters between them, collapsed as the style says."""
        if self.mode == "citation-number":
            return self._numbers(cites)
        if self.mode.startswith("year"):
            return self._years(cites)
        out: Parts = []
        before = ""
        for cite in cites:
            same = self.groups and before and cite.names == before
            out.append((self.in_group if same else self.delimiter, self.dress(cite, cite.tokens)))
            before = cite.names
        return out

    def _numbers(self, cites: list[Cite]) -> Parts:
        """`[1, 2, 3, 5]` → `[1–3, 5]`."""
        out: Parts = []
        collapsed = False
        at = 0
        while at < len(cites):
            end = at
            while end + 1 < len(cites) and _follows(cites[end], cites[end + 1]):
                end += 1
            delimiter = self.after if collapsed else self.delimiter
            first = self.dress(cites[at], cites[at].tokens)
            collapsed = end - at >= 2
            if collapsed:
                out.append((delimiter, [*first, "–", *cites[end].tokens]))
                at = end + 1
            else:
                out.append((delimiter, first))
                at += 1
        return out

    def _years(self, cites: list[Cite]) -> Parts:
        """`Doe 2000, Doe 2001` → `Doe 2000, 2001`; with year suffixes `Doe 2000a, b`."""
        out: Parts = []
        collapsed = False
        at = 0
        while at < len(cites):
            end = at + 1
            while end < len(cites) and self._same_names(cites[at], cites[end]):
                end += 1
            delimiter = self.after if collapsed else self.delimiter
            collapsed = end - at > 1
            place = at
            while place < end:
                cite = cites[place]
                run = self._alike(cites, place, end) if self.mode != "year" else [cite]
                whole = place == at or cite.request.prefix
                tokens = cite.tokens if whole else self.render(cite, True, True)
                if place > at:
                    delimiter = self.after if cites[place - 1].request.locator else self.in_group
                if tokens or not cite.is_plain:
                    out.append((delimiter, self.dress(cite, tokens)))
                    out += self._suffixes([self.suffixes.get(one.record.id, "") for one in run])
                place += len(run)
            at = end
        return out

    def _same_names(self, first: Cite, second: Cite) -> bool:
        """Cites without any names belong together where year suffixes tell them apart."""
        known = first.names or (first.record.id in self.suffixes and second.record.id in self.suffixes)
        return bool(known) and first.names == second.names

    def _alike(self, cites: list[Cite], first: int, end: int) -> list[Cite]:
        """The cite at `first` and those after it that differ from it by their year suffix alone."""
        run = [cites[first]]
        if cites[first].record.id not in self.suffixes or cites[first].request.locator:
            return run
        year = plain(self.render(cites[first], True, False))
        for cite in cites[first + 1 : end]:
            if cite.request.locator or not cite.is_plain or cite.record.id not in self.suffixes:
                break
            if plain(self.render(cite, True, False)) != year:
                break
            run.append(cite)
        return run

    def _suffixes(self, letters: list[str]) -> Parts:
        """The year suffixes after the first of a run: `b, c`, or `–d` where ranges are wanted."""
        if self.mode != "year-suffix-ranged":
            return [(self.between_suffixes, [letter]) for letter in letters[1:]]
        out: Parts = []
        chain = letters[:1]
        for letter in [*letters[1:], ""]:
            if len(letter) == 1 and len(chain[-1]) == 1 and ord(letter) == ord(chain[-1]) + 1:
                chain.append(letter)
                continue
            if len(chain) > 2:
                out.append(("–", [chain[-1]]))
            else:
                out += [(self.between_suffixes, [one]) for one in chain[1:]]
            if letter:
                out.append((self.between_suffixes, [letter]))
            chain = [letter]
        return out


def _follows(first: Cite, second: Cite) -> bool:
    """Whether the second is the next number and nothing but numbers is printed."""
    if second.record.number != first.record.number + 1:
        return False
    return not any(one.request.locator or not one.is_plain for one in (first, second))
