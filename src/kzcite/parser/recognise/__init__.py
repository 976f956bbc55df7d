"""Recognisers that settle labels: what a rule sees for certain overrules the labeller.

In: tokens and the labeller's labels. Out: labels. Each rule of RULES is one function and says its pattern; beside it
stands what a line must have for the rule to be asked at all, so that a rule costs nothing where it cannot hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kzcite.parser.recognise import archival, imprint, legal, names, numbers, titles
from kzcite.parser.recognise.rule import Labels, Rule
from kzcite.parser.word import Word, word
from kzcite.text.tokens import Token


class Needs(NamedTuple):
    """A rule is asked only where every one of `labels` is given, none of `without`, and, in turn, one of `signs` and
    one of `signs_too` is there: a mark, a word in small letters, a word's class or role."""

    rule: Rule
    labels: frozenset[str]
    without: frozenset[str]
    signs: frozenset[str]
    signs_too: frozenset[str]


def _needs(rule: Rule, labels: str = "", *, without: str = "", signs: str = "", signs_too: str = "") -> Needs:
    return Needs(rule, *(frozenset(one.split()) for one in (labels, without, signs, signs_too)))


RULES: tuple[Needs, ...] = (
    _needs(numbers.identifiers, signs="URL DOI isbn issn"),
    _needs(names.body_first, without="author editor", signs="."),
    _needs(numbers.volume_and_issue, "issue", without="volume", signs="("),
    _needs(numbers.bare_volume, "issued title issue page", without="volume", signs=","),
    _needs(numbers.numbered_issue, "page", without="issue", signs="№ ("),
    _needs(names.digit_for_initial, signs="3"),
    _needs(imprint.glued_place, signs="Y", signs_too="."),
    _needs(legal.standard_first),
    _needs(legal.act_first, "title"),
    _needs(legal.kind_of_act, "number title", signs="act"),
    _needs(legal.kazakh_act, signs="жылғы жылѓы ж", signs_too="act"),
    _needs(legal.amending_act, "genre number", signs="("),
    _needs(imprint.publisher_after_place, "container-title publisher-place", signs=":"),
    _needs(titles.bracketed_translation, signs="[", signs_too="]"),
    _needs(names.whole_names, "author"),
    _needs(names.surplus_word, "author title"),
    _needs(titles.host_after_translation, "title", without="container-title", signs="]"),
    _needs(titles.host_needs_title, without="title"),
    _needs(titles.number_needs_host, "issue title", without="container-title publisher"),
    _needs(names.author_again, "author container-title"),
    _needs(names.role_before_names, signs="editor translator compiler"),
    _needs(names.role_after_names, "author", signs="(", signs_too="editor"),
    _needs(archival.place_in_archive, signs="archive Iф. Iқ. If."),
    _needs(titles.year_in_name, "container-title issued", signs="Y"),
    _needs(titles.acronym_of_host, "container-title", signs="(", signs_too=")"),
    _needs(imprint.whole_date, signs="M", signs_too="Y"),
)


def settle(tokens: Sequence[Token], labels: Sequence[str], words: Sequence[Word] | None = None) -> Labels:
    """`labels` after every rule in turn; `words` are those of the tokens, where they are known."""
    words = words or [word(token.text, token.kind) for token in tokens]
    out = list(labels)
    before = list(labels)
    given = set(before)
    seen = {one.low for one in words}
    seen.update([one.cls for one in words], *[one.roles for one in words if one.roles])
    for rule, needed, without, signs, signs_too in RULES:
        if (
            (not signs or not seen.isdisjoint(signs))
            and needed <= given
            and (not without or given.isdisjoint(without))
            and (not signs_too or not seen.isdisjoint(signs_too))
        ):
            rule(tokens, out)
            if out != before:
                before[:] = out
                given = set(before)
    return out


__all__ = ["RULES", "settle"]
