"""Recognisers that settle labels: what a rule sees for certain overrules the labeller.

In: tokens and the labeller's labels. Out: labels. Each rule of RULES is one function and says its pattern; beside it
stands what a line must have for the rule to be asked at all, so that a rule costs nothing where it cannot hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kzcite.parser.recognise import archival, imprint, legal, names, numbers, responsibility, titles
from kzcite.parser.recognise.rule import Labels, Rule, listed
from kzcite.parser.word import Word, word
from kzcite.text.tokens import Token


class Needs(NamedTuple):
    """A rule is asked only where every one of `labels` is given, none of `without`, and, in turn, one of `signs` and
    one of `signs_too` is there: a mark, a word in small letters, a word's class or role. `words` are lists of
    `recogniser-words.toml` whose words are signs, too."""

    rule: Rule
    labels: frozenset[str]
    without: frozenset[str]
    signs: frozenset[str]
    signs_too: frozenset[str]
    words: tuple[str, ...] = ()


def _needs(
    rule: Rule, labels: str = "", *, without: str = "", signs: str = "", signs_too: str = "", words: str = ""
) -> Needs:
    given = [frozenset(one.split()) for one in (labels, without, signs, signs_too)]
    return Needs(rule, given[0], given[1], given[2], given[3], tuple(words.split()))


_WHOLE = "container-title number-of-pages publisher-place URL"
RULES: tuple[Needs, ...] = (
    _needs(numbers.identifiers, signs="URL DOI isbn issn"),
    _needs(names.body_first, without="author editor", signs="."),
    _needs(numbers.volume_and_issue, "issue", without="volume", signs="("),
    _needs(numbers.bare_volume, "issued title issue page", without="volume", signs=","),
    _needs(numbers.numbered_issue, "page", without="issue", signs="№ ("),
    _needs(numbers.lettered_number, signs="a b c d e f g h i j k l m n o p q r s t u v w x y z"),
    _needs(numbers.foreign_identifier, words="foreign-identifier"),
    _needs(numbers.volume_before_year, "issue container-title", without="volume", signs="("),
    _needs(numbers.page_or_extent, "page", without="container-title number-of-pages"),
    _needs(names.digit_for_initial, signs="3"),
    _needs(imprint.glued_place, signs="Y", signs_too="."),
    _needs(legal.standard_first),
    _needs(legal.act_first, "title"),
    _needs(legal.kind_of_act, "number title", signs="act"),
    _needs(legal.kazakh_act, signs="жылғы жылѓы ж", signs_too="act"),
    _needs(legal.amending_act, "genre number", signs="("),
    _needs(legal.body_before_date, "title number", signs="act"),
    _needs(legal.adopted_by, "title", words="adopted-by"),
    _needs(legal.act_without_title, "genre", without="title container-title", signs="act"),
    _needs(legal.report_number, signs="гр"),
    _needs(legal.report_in_title, "title", signs="нир"),
    _needs(legal.whole_number, "number", signs="/ қр"),
    _needs(legal.patent_number, words="patent"),
    _needs(imprint.publisher_after_place, "container-title publisher-place", signs=":"),
    _needs(titles.bracketed_translation, signs="[", signs_too="]"),
    _needs(names.whole_names, "author"),
    _needs(names.author_after_slash, "author", signs="/"),
    _needs(names.doctors, signs="dr prof"),
    _needs(names.glued_initial, "author"),
    _needs(responsibility.named_after, words="named-after"),
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
    _needs(titles.series_of_notes, "container-title", words="series-of-notes series-of-notes-begin"),
    _needs(titles.year_in_name, "container-title issued", signs="Y"),
    _needs(titles.acronym_of_host, "container-title", signs="(", signs_too=")"),
    _needs(titles.language_mark, signs="in на", signs_too="( ["),
    _needs(titles.host_without_title, "title author volume", without="container-title"),
    _needs(titles.newspaper_after_slashes, "title", without="container-title", signs="//"),
    _needs(numbers.labelled_volume, "number", without="volume"),
    _needs(numbers.accessed_where, "accessed", without="URL DOI"),
    _needs(numbers.roman_volume, "number-of-volumes", without="volume"),
    _needs(numbers.tens_of_volumes, "number-of-volumes", words="tens"),
    _needs(titles.host_in_sentences, "container-title"),
    _needs(titles.host_after_mark, "container-title title"),
    _needs(imprint.hyphenated_place, "publisher-place", signs="-"),
    _needs(imprint.place_before_publisher, "publisher", without="publisher-place", signs=":"),
    _needs(numbers.article_number, "issue", without="page", words="article"),
    _needs(imprint.ordinal_edition, signs="st nd rd th", signs_too="edition"),
    _needs(imprint.lost_year, without="accessed archive_location", signs="Y"),
    _needs(numbers.labelled_page, "volume", without="page number-of-pages", signs="page"),
    _needs(numbers.volumes_in_row, "volume", signs=","),
    _needs(imprint.whole_date, signs="M", signs_too="Y"),
)


@lru_cache(maxsize=4096)
def _possible(given: frozenset[str]) -> tuple[tuple[int, Rule, frozenset[str], frozenset[str]], ...]:
    """The rules that a line with these labels may ask: number, rule, signs and further signs."""
    return tuple(
        (at, one.rule, one.signs.union(*map(listed, one.words)), one.signs_too)
        for at, one in enumerate(RULES)
        if one.labels <= given and given.isdisjoint(one.without)
    )


def settle(tokens: Sequence[Token], labels: Sequence[str], words: Sequence[Word] | None = None) -> Labels:
    """`labels` after every rule in turn; `words` are those of the tokens, where they are known."""
    words = words or [word(token.text, token.kind) for token in tokens]
    out = list(labels)
    before = list(labels)
    seen = {one.low for one in words}
    seen.update([one.cls for one in words], *[one.roles for one in words if one.roles])
    done = -1
    changed = True
    while changed:
        changed = False
        for at, rule, signs, signs_too in _possible(frozenset(out)):
            if at <= done or (signs and seen.isdisjoint(signs)) or (signs_too and seen.isdisjoint(signs_too)):
                continue
            rule(tokens, out)
            if out != before:  # other rules may be asked from here on
                before[:] = out
                done = at
                changed = True
                break
    return out


__all__ = ["RULES", "settle"]
