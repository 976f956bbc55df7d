"""Recognisers that settle labels: what a rule sees for certain overrules the labeller.

In: tokens and the labeller's labels. Out: labels. Each rule of RULES is one function and says its pattern.
"""

from __future__ import annotations

from collections.abc import Sequence

from kzcite.parser.recognise import imprint, legal, names, numbers, titles
from kzcite.parser.recognise.rule import Labels, Rule
from kzcite.text.tokens import Token

RULES: tuple[Rule, ...] = (
    numbers.identifiers,
    names.body_first,
    numbers.volume_and_issue,
    numbers.bare_volume,
    numbers.numbered_issue,
    names.digit_for_initial,
    imprint.glued_place,
    legal.standard_first,
    legal.act_first,
    legal.kind_of_act,
    legal.kazakh_act,
    legal.amending_act,
    imprint.publisher_after_place,
    titles.bracketed_translation,
    names.whole_names,
    names.surplus_word,
    titles.host_after_translation,
    titles.host_needs_title,
    titles.number_needs_host,
    names.author_again,
    names.role_before_names,
    names.role_after_names,
    titles.year_in_name,
    imprint.whole_date,
)


def settle(tokens: Sequence[Token], labels: Sequence[str]) -> Labels:
    """`labels` after every rule in turn."""
    out = list(labels)
    for rule in RULES:
        rule(tokens, out)
    return out


__all__ = ["RULES", "settle"]
