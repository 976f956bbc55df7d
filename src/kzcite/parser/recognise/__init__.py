"""Recognisers that settle labels: what a rule sees for certain overrules the labeller.

In: tokens and the labeller's labels. Out: labels. Each rule of RULES is one function and says its pattern; beside it
stands what a line must have for the rule to be asked at all, so that a rule costs nothing where it cannot hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import NamedTuple

from kzcite.parser.recognise import archival, imprint, legal, names, numbers, responsibility, titles
from kzcite.parser.recognise.rule import Labels, Rule
from kzcite.parser.signs import ALWAYS, any_of
from kzcite.parser.word import Word, word
from kzcite.text.tokens import Token


class Needs(NamedTuple):
    """A rule is asked only where every one of `labels` is given, none of `without`, and, in turn, one of `signs` and
    one of `signs_too` is there (`parser.signs`)."""

    rule: Rule
    labels: frozenset[str]
    without: frozenset[str]
    signs: tuple[str, ...]
    signs_too: tuple[str, ...]


def _needs(rule: Rule, labels: str = "", *, without: str = "", signs: str = "", signs_too: str = "") -> Needs:
    return Needs(
        rule, frozenset(labels.split()), frozenset(without.split()), tuple(signs.split()), tuple(signs_too.split())
    )


_WHOLE = "container-title number-of-pages publisher-place URL"
RULES: tuple[Needs, ...] = (
    _needs(numbers.identifiers, signs="URL DOI isbn issn"),
    _needs(names.body_first, without="author editor", signs="."),
    _needs(numbers.volume_and_issue, "issue", without="volume", signs="("),
    _needs(numbers.bare_volume, "issued title issue page", without="volume", signs=","),
    _needs(numbers.numbered_issue, "page", without="issue", signs="№ ("),
    _needs(numbers.lettered_number, signs="x1 X1"),
    _needs(numbers.foreign_identifier, signs="foreign-identifier"),
    _needs(numbers.volume_before_year, "issue container-title", without="volume", signs="("),
    _needs(numbers.page_or_extent, "page", without="container-title number-of-pages"),
    _needs(names.digit_for_initial, signs="3"),
    _needs(imprint.glued_place, signs="X1", signs_too="Y"),
    _needs(legal.standard_first),
    _needs(legal.act_first, "title"),
    _needs(legal.english_act, "title", signs="english-act"),
    _needs(legal.kind_of_act, "number title", signs="act"),
    _needs(legal.kazakh_act, signs="жылғы жылѓы ж", signs_too="act"),
    _needs(legal.amending_act, "genre number", signs="("),
    _needs(legal.body_before_date, "title number", signs="act"),
    _needs(legal.adopted_by, "title", signs="adopted-by"),
    _needs(legal.act_without_title, "genre", without="title container-title", signs="act"),
    _needs(legal.report_number, signs="гр"),
    _needs(legal.report_in_title, "title", signs="нир"),
    _needs(legal.whole_number, "number", signs="/ қр"),
    _needs(legal.patent_number, signs="patent"),
    _needs(imprint.publisher_after_place, "container-title publisher-place", signs=":"),
    _needs(titles.thesis_in_brackets, "title", without="genre", signs="thesis", signs_too="[ ("),
    _needs(titles.bracketed_translation, signs="[", signs_too="]"),
    _needs(names.whole_names, "author"),
    _needs(names.author_after_slash, "author", signs="/"),
    _needs(names.doctors, signs="dr prof"),
    _needs(names.word_for_publication, "author", signs="published"),
    _needs(names.glued_initial, "author", signs="X1"),
    _needs(responsibility.named_after, signs="named-after"),
    _needs(names.surplus_word, "author title"),
    _needs(titles.host_after_translation, "title", without="container-title", signs="]"),
    _needs(titles.host_needs_title, without="title"),
    _needs(titles.number_needs_host, "issue title", without="container-title publisher"),
    _needs(names.author_again, "author container-title"),
    _needs(responsibility.role_before_names, signs="editor translator compiler"),
    _needs(responsibility.role_after_names, "author", signs="( ,", signs_too="editor"),
    _needs(archival.place_in_archive, signs="archive Iф. Iқ. If."),
    _needs(responsibility.editors_in_host, "title", signs="in", signs_too="editor"),
    _needs(titles.host_after_slashes, "publisher", without=_WHOLE, signs="//"),
    _needs(titles.years_of_title, "title issued", signs="Y", signs_too="- – —"),
    _needs(titles.series_of_notes, "container-title", signs="series-of-notes series-of-notes-begin"),
    _needs(titles.year_in_name, "container-title issued", signs="Y"),
    _needs(titles.acronym_of_host, "container-title", signs="(", signs_too=")"),
    _needs(titles.language_mark, signs="in на", signs_too="( ["),
    _needs(titles.host_without_title, "title author volume", without="container-title"),
    _needs(titles.newspaper_alone, "title issued", without="container-title author publisher publisher-place"),
    _needs(titles.host_after_in, "title", without="container-title", signs="in", signs_too=":"),
    _needs(titles.newspaper_after_slashes, "title", without="container-title", signs="//"),
    _needs(numbers.labelled_volume, "number", without="volume"),
    _needs(numbers.label_after_host, "container-title volume", signs="volume"),
    _needs(numbers.accessed_where, "accessed", without="URL DOI"),
    _needs(numbers.roman_volume, "number-of-volumes", without="volume"),
    _needs(numbers.tens_of_volumes, "number-of-volumes", signs="tens"),
    _needs(titles.host_in_sentences, "container-title"),
    _needs(titles.host_after_mark, "container-title title"),
    _needs(imprint.hyphenated_place, "publisher-place", signs="-"),
    _needs(imprint.place_before_publisher, "publisher", without="publisher-place", signs=":"),
    _needs(numbers.article_number, "issue", without="page", signs="article"),
    _needs(imprint.ordinal_edition, signs="st nd rd th", signs_too="edition"),
    _needs(imprint.lost_year, without="accessed archive_location", signs="Y"),
    _needs(numbers.labelled_page, "volume", without="page number-of-pages", signs="page"),
    _needs(numbers.volumes_in_row, "volume", signs=","),
    _needs(imprint.whole_date, signs="M", signs_too="Y"),
)


@lru_cache(maxsize=4096)
def _possible(given: frozenset[str]) -> tuple[tuple[int, Rule, int, int], ...]:
    """The rules that a line with these labels may ask: number, rule, signs and further signs."""
    return tuple(
        (at, one.rule, any_of(one.signs), any_of(one.signs_too))
        for at, one in enumerate(RULES)
        if one.labels <= given and given.isdisjoint(one.without)
    )


def settle(tokens: Sequence[Token], labels: Sequence[str], words: Sequence[Word] | None = None) -> Labels:
    """`labels` after every rule in turn; `words` are those of the tokens, where they are known."""
    words = words or [word(token.text, token.kind) for token in tokens]
    out = list(labels)
    before = list(labels)
    seen = reduce(or_, [one.signs for one in words], ALWAYS)
    done = -1
    changed = True
    while changed:
        changed = False
        possible = _possible(frozenset(out))
        for at, rule in [(at, rule) for at, rule, one, two in possible if at > done and seen & one and seen & two]:
            rule(tokens, out)
            if out != before:  # other rules may be asked from here on
                before[:] = out
                done = at
                changed = True
                break
    return out


__all__ = ["RULES", "settle"]
