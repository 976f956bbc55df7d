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


# A rule is asked only where one of these marks or words is printed.
NEEDS: dict[Rule, frozenset[str]] = {
    numbers.volume_and_issue: frozenset("("),
    legal.kazakh_act: frozenset(("жылғы", "жылѓы", "ж", "Жылғы")),
    legal.amending_act: frozenset("("),
    titles.bracketed_translation: frozenset("["),
    titles.host_after_translation: frozenset("]"),
    names.role_after_names: frozenset("("),
}


def settle(tokens: Sequence[Token], labels: Sequence[str]) -> Labels:
    """`labels` after every rule in turn."""
    out = list(labels)
    printed = {token.text for token in tokens}
    for rule in RULES:
        needed = NEEDS.get(rule)
        if needed is None or not needed.isdisjoint(printed):
            rule(tokens, out)
    return out


__all__ = ["RULES", "settle"]
