"""What the labeller sees of a line: for every token a row of keys, each of which stands for a few named features.

A key is small and comes back in many lines (a word, the classes of three neighbours, the chunk it stands in), so
the labeller looks a whole key up at once and its features are spelt out only when the key is met for the first time.
In: tokens. Out: `rows(tokens)` (one tuple of keys a token, a key for each of TEMPLATES) and `spell(template, key)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from kzcite.parser.gazetteer import Hidden, gazetteer
from kzcite.tables import terms
from kzcite.text.dates import month
from kzcite.text.numbers import is_roman
from kzcite.text.script import repair_word
from kzcite.text.tokens import Token

Key = Any  # a small hashable tuple; its shape is the template's own

# Roles of words in a line, in the order in which they decide a token's class.
_ROLES = (
    "page", "volume", "issue", "number-of-volumes", "part-number", "year", "editor", "translator", "compiler",
    "edition", "et-al", "and", "accessed", "url", "medium", "genre", "act", "publisher", "container", "archive",
)  # fmt: skip
_CLASS_ROLES = frozenset(_ROLES) - {"publisher", "container", "archive", "medium"}
_DASHES = frozenset("-–—−‐‑―")
_KAZAKH = re.compile("[әғқңөұүһі]")


class Word(NamedTuple):
    """What is known of a token by itself. `cls` is a coarse class for patterns of neighbours."""

    low: str
    cls: str
    shape: str
    kind: str
    roles: tuple[str, ...]
    feats: tuple[str, ...]
    near: tuple[str, ...]


@lru_cache(maxsize=1)
def _roles() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for role in _ROLES:
        for form in terms.read_forms(role):
            for part in form.replace("-", " ").split():
                if role not in table.setdefault(part, []):
                    table[part].append(role)
    return {form: tuple(roles) for form, roles in table.items()}


@lru_cache(maxsize=60_000)
def word(text: str, kind: str) -> Word:
    low = repair_word(text).lower() if kind in ("word", "initials") else text.lower()
    shape = _shape(text, kind)
    roles = _roles().get(low.rstrip("."), ()) if kind in ("word", "initials") else ()
    cls = _class(text, low, kind, shape, roles)
    feats = [f"s={shape}", f"c={cls}"]
    near = [f"s={shape}", f"c={cls}"]
    if kind == "word":
        if len(low) > 3:
            feats += [f"p3={low[:3]}", f"x2={low[-2:]}", f"x3={low[-3:]}"]
            near += [f"x2={low[-2:]}"]
        if len(low) > 5:
            feats += [f"x4={low[-4:]}", f"p4={low[:4]}", f"p5={low[:5]}"]
        feats.append(f"sc={_script(low)}")
        if len(low) < 30:
            feats.append(f"w={low}")
            near.append(f"w={low}")
        if is_roman(text):
            feats.append("roman")
        for flag in gazetteer().flags(low):
            feats.append(f"g={flag}")
            near.append(f"g={flag}")
    elif kind in ("mark", "initials") or (kind == "number" and len(low) <= 4):
        feats.append(f"w={low[:8]}")
        near.append(f"w={low[:8]}")
    for role in roles:
        feats.append(f"r={role}")
        near.append(f"r={role}")
    return Word(low, cls, shape, kind, roles, tuple(feats), tuple(near))


def _shape(text: str, kind: str) -> str:
    if kind == "number":
        return f"d{min(len(text), 7)}"
    if kind == "initials":
        return f"I{min(text.count('.'), 4)}"
    if kind != "word":
        return kind if kind != "mark" else text[:1]
    if len(text) == 1:
        return "X1" if text.isupper() else "x1"
    if text.isupper():
        return "XX" if len(text) < 8 else "XXX"
    if text[0].isupper():
        return "Xx" if text[1:].islower() else "XxX"
    return "x" if text.islower() else "xX"


def _class(text: str, low: str, kind: str, shape: str, roles: tuple[str, ...]) -> str:
    if kind == "number":
        if len(text) == 4 and text.isdecimal():
            return "Y" if "1800" <= text <= "2035" else "Y0" if "1400" <= text < "1800" else "d4"
        return "d" if len(text) < 4 else "D"
    if kind in ("url", "doi", "day"):
        return kind.upper()
    if kind == "mark":
        if text in _DASHES:
            return "-"
        return text[:3]
    if kind == "initials":
        return "I" + ("" if text.count(".") > 1 else low if roles or gazetteer().is_place(low) else "1")
    if month(low) and len(low) > 2:
        return "M"
    for role in roles:
        if role in _CLASS_ROLES:
            return role
    if gazetteer().is_place(low) and text[0].isupper():
        return "PL"
    if shape == "X1":
        return "X1"
    if is_roman(text) and text.isupper():
        return "R"
    if shape in ("Xx", "XxX", "xX"):
        return "SN" if gazetteer().is_surname(low) else "Xx"
    return shape


def _script(low: str) -> str:
    if low.isascii():
        return "L"
    if _KAZAKH.search(low):
        return "K"
    return "C" if any("а" <= char <= "я" for char in low) else "l"


def rows(tokens: Sequence[Token], hidden: Hidden | None = None) -> list[tuple[Key, ...]]:
    """A tuple of keys for every token, one for each of TEMPLATES."""
    size = len(tokens)
    words = [word(token.text, token.kind) for token in tokens]
    pad = "^"
    cls = [pad, pad, pad, *(one.cls for one in words), "$", "$", "$"]
    # whether white space stands before: part of the pattern of marks
    gap = ["_" if token.spaced else "" for token in tokens]
    ids: list[tuple[str, str] | None] = [None, None, *((t.text, t.kind) for t in tokens), None, None]
    flags = gazetteer().spans([one.low for one in words], [one.shape[:1] in "XI" for one in words], hidden)
    chunk, beside = _chunks(tokens, words)
    ahead = _ahead(tokens, words)
    line = _line_state(tokens, words)
    global_key = line.whole
    out: list[tuple[Key, ...]] = []
    for i in range(size):
        a, b, c, d, e, f, g = cls[i : i + 7]
        out.append(
            (
                ids[i + 2],
                ids[i + 1],
                ids[i + 3],
                ids[i],
                ids[i + 4],
                (c, gap[i], d),
                (d, gap[i + 1] if i + 1 < size else "", e),
                (b, c, d),
                (c, d, e),
                (d, e, f),
                (a, b, c, d),
                (d, e, f, g),
                (b, c, d, e, f),
                flags[i],
                (d, *line.before[i]),
                (d, *global_key),
                (words[i].shape, *line.depth[i]),
                (d, line.place[i]),
                chunk[i],
                line.context[i],
                (words[i].shape, ahead[i], line.quotes[i]),
                beside[i],
            )
        )
    return out


class _State(NamedTuple):
    before: list[tuple[object, ...]]
    depth: list[tuple[object, ...]]
    place: list[int]
    whole: tuple[object, ...]
    context: list[tuple[object, ...]]
    quotes: list[str]


def _bucket(n: int) -> int:
    return n if n < 4 else 4 if n < 7 else 5 if n < 12 else 6 if n < 25 else 7


def _line_state(tokens: Sequence[Token], words: Sequence[Word]) -> _State:
    """What stands before each token, and what kind of line it is."""
    size = len(tokens)
    texts = [token.text for token in tokens]
    has_host = "//" in texts
    apa = any(
        texts[i] == "(" and words[i + 1].cls == "Y" and texts[i + 2] in (")", ",") for i in range(min(size - 2, 60))
    )
    starts_named = any(
        token.kind == "initials" or one.cls == "X1" for token, one in zip(tokens[:4], words, strict=False)
    )
    has_url = any(token.kind in ("url", "doi") for token in tokens)
    roles = {role for one in words for role in one.roles}
    kind_words = "".join(
        letter for letter, role in (("e", "editor"), ("g", "genre"), ("a", "act"), ("r", "archive")) if role in roles
    )
    cyrillic = sum("а" <= one.low[:1] <= "ӿ" for one in words) * 2 >= sum(one.low[:1].isalpha() for one in words)
    whole = (has_host, apa, starts_named, has_url, kind_words, cyrillic)
    before: list[tuple[object, ...]] = []
    depth: list[tuple[object, ...]] = []
    context: list[tuple[object, ...]] = []
    slash = hosts = areas = years = names = paren = square = quote = 0
    label = ""
    since = 9
    quotes: list[str] = []
    quoted = brackets = 0
    for i, token in enumerate(tokens):
        text = token.text
        cls = words[i].cls
        before.append((min(hosts, 2), min(slash, 2), min(areas, 4), min(years, 2), min(names, 2), has_host, apa))
        depth.append(
            (min(paren, 2), min(square, 1), quote, has_host, hosts > 0, label if since < 6 else "", min(since, 6))
        )
        context.append((cls, label if since < 9 else "", min(since, 3), paren > 0, min(hosts, 1)))
        quotes.append(f"{min(quoted, 2)}{'in' if quote else ''}{min(brackets, 2)}{'in' if square else ''}")
        since += 1
        if text in "«“„" or (text == '"' and not quote):
            quoted += 1
        elif text == "[":
            brackets += 1
        if text == "//":
            hosts += 1
        elif text == "/":
            slash += 1
        elif text in _DASHES and token.spaced and i and texts[i - 1] in (".", ",", ")", "]"):
            areas += 1
        elif text == "(":
            paren += 1
        elif text == ")":
            paren = max(0, paren - 1)
        elif text == "[":
            square += 1
        elif text == "]":
            square = max(0, square - 1)
        elif text in "«“„":
            quote = 1
        elif text in "»”":
            quote = 0
        elif text == '"':
            quote = 1 - quote
        elif cls == "Y":
            years += 1
        elif token.kind == "initials":
            names += 1
        if words[i].roles:
            label = words[i].roles[0]
            since = 0
        elif text in ("№", "//"):
            label, since = text, 0
    place = [_bucket(i) * 10 + _bucket(size - 1 - i) for i in range(size)]
    return _State(before, depth, place, whole, context, quotes)


_AHEAD = {"volume": "v", "issue": "i", "page": "g", "edition": "e", "accessed": "a", "editor": "r"}


def _ahead(tokens: Sequence[Token], words: Sequence[Word]) -> list[str]:
    """For each token what is still to come: a host's mark, a place, a year, labels of volume, issue, pages."""
    out: list[str] = [""] * len(tokens)
    seen: set[str] = set()
    flags = ""
    for i in range(len(tokens) - 1, -1, -1):
        out[i] = flags
        one = words[i]
        text = tokens[i].text
        new = "h" if text == "//" else "i" if text == "№" else "p" if one.cls == "PL" else "y" if one.cls == "Y" else ""
        if one.kind in ("url", "doi"):
            new = "u"
        elif text == "]":
            new = "]"
        fresh = {new, *(_AHEAD[role] for role in one.roles if role in _AHEAD)} - seen - {""}
        if fresh:
            seen |= fresh
            flags = "".join(sorted(seen))
    return out


_STRONG = frozenset(("//", "/", ".", ",", ";", ":", "(", ")", "[", "]", "«", "»", "“", "”", '"', "=", "–", "—", "…"))


def _chunks(
    tokens: Sequence[Token], words: Sequence[Word]
) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """For each token the stretch between marks that it stands in: the marks, its length and what it holds; and what the
    stretches before and after it hold."""
    size = len(tokens)
    beside: list[tuple[object, ...]] = [("mark",)] * size
    out: list[tuple[object, ...]] = [()] * size
    at = 0
    left = left2 = "^"
    first_after: list[str] = []
    bounds: list[tuple[int, int, str, str, str]] = []
    while at < size:
        text = tokens[at].text
        if text in _STRONG or (text in _DASHES and tokens[at].spaced):
            left2, left = left, text if text not in _DASHES else "–"
            out[at] = ("mark", left2, left)
            at += 1
            continue
        stop = at
        while stop < size and not (
            tokens[stop].text in _STRONG or (tokens[stop].text in _DASHES and tokens[stop].spaced)
        ):
            stop += 1
        right = tokens[stop].text if stop < size else "$"
        right2 = tokens[stop + 1].text if stop + 1 < size and tokens[stop + 1].text in _STRONG else ""
        bounds.append((at, stop, left2 + left, right + right2, words[at].cls))
        first_after.append(words[at].cls)
        at = stop
        left2 = left
    holds: list[str] = []
    for start, stop, *_ in bounds:
        inside = words[start:stop]
        flags = "".join(
            letter
            for letter, found in (
                ("y", any(one.cls == "Y" for one in inside)),
                ("p", any(one.cls == "PL" for one in inside)),
                ("b", any("publisher" in one.roles for one in inside)),
                ("c", any("container" in one.roles for one in inside)),
                ("g", any("genre" in one.roles for one in inside)),
                ("e", any("editor" in one.roles for one in inside)),
                ("n", any(one.cls[0] == "I" for one in inside)),
                ("d", any(one.cls == "d" for one in inside)),
            )
            if found
        )
        holds.append(flags)
    for n, (start, stop, left, right, first) in enumerate(bounds):
        after = first_after[n + 1] if n + 1 < len(first_after) else "$"
        flags = holds[n]
        before_flags, after_flags = holds[n - 1] if n else "^", holds[n + 1] if n + 1 < len(holds) else "$"
        beside[start:stop] = [(flags, left, right, before_flags, after_flags)] * (stop - start)
        shared = (left, right, _bucket(stop - start), flags, first, after)
        for i in range(start, stop):
            out[i] = (*shared, 0 if i == start else 1)
    return out, beside


def _spell_word(prefix: str, full: bool) -> Callable[[Key], list[str]]:
    def spell(key: Key) -> list[str]:
        if key is None:
            return [f"{prefix}none"]
        one = word(*key)
        return [prefix + feature for feature in (one.feats if full else one.near)]

    return spell


def _spell_pattern(prefix: str) -> Callable[[Key], list[str]]:
    def spell(key: Key) -> list[str]:
        return [prefix + "|".join(map(str, key))]

    return spell


def _spell_each(prefix: str, own: int = 1) -> Callable[[Key], list[str]]:
    """Each later part of the key beside the first `own` ones."""

    def spell(key: Key) -> list[str]:
        head = "|".join(map(str, key[:own]))
        out = [f"{prefix}{n}={part}" for n, part in enumerate(key[own:])]
        return out + [f"{prefix}{n}={part}|{head}" for n, part in enumerate(key[own:])]

    return spell


def _spell_flags(key: Key) -> list[str]:
    return [f"G={one}" for one in key] + ([f"G*={'&'.join(sorted({one[:3] for one in key}))}"] if len(key) > 1 else [])


def _spell_depth(key: Key) -> list[str]:
    shape, paren, square, quote, host, after_host, label, since = key
    return [
        f"D=({paren}{square}{quote}",
        f"D(={paren}{square}{quote}{after_host}{host}",
        f"Dl={label}|{since}",
        f"Dl={label}|{since}|{shape}",
        f"Dq={quote}{square}|{shape}",
    ]


def _spell_place(key: Key) -> list[str]:
    cls, place = key
    first, last = divmod(int(place), 10)
    return [f"P={first}", f"L={last}", f"P={first}|{cls}", f"L={last}|{cls}"]


def _spell_chunk(key: Key) -> list[str]:
    if len(key) == 3:
        return ["C" + "|".join(map(str, key))]
    left, right, size, flags, first, after, inside = key
    return [
        f"Cl={left}|{inside}",
        f"Cr={right}|{inside}",
        f"Clr={left}|{right}",
        f"Cf={flags}",
        f"Clf={left}|{flags}",
        f"Crf={right}|{flags}",
        f"Clrf={left}|{right}|{flags}",
        f"Cs={size}|{flags}",
        f"C1={first}|{left}|{right}",
        f"Ca={after}|{right}|{inside}",
        f"Cfa={first}|{after}",
    ]


def _spell_ahead(key: Key) -> list[str]:
    shape, ahead, quotes = key
    has = [f"A={one}" for one in ahead] + [f"A!{one}" for one in "hpyvigu" if one not in ahead]
    return [f"A:{ahead}", f"Q:{quotes}", f"Q:{quotes}|{shape}", f"AQ:{quotes}|{'h' in ahead}|{'p' in ahead}", *has] + [
        f"{one}|{shape}" for one in has
    ]


def _spell_beside(key: Key) -> list[str]:
    if len(key) == 1:
        return []
    flags, left, right, before, after = key
    return [
        f"Np={before}",
        f"Nn={after}",
        f"Npl={before}|{left}",
        f"Nnr={after}|{right}",
        f"Npf={before}|{flags}|{left}",
        f"Nnf={after}|{flags}|{right}",
        f"Npn={before}|{after}|{flags}",
    ]


TEMPLATES: tuple[tuple[str, Callable[[Key], list[str]]], ...] = (
    ("word", _spell_word("", True)),
    ("before", _spell_word("-1", False)),
    ("after", _spell_word("+1", False)),
    ("before2", _spell_word("-2", False)),
    ("after2", _spell_word("+2", False)),
    ("pair", _spell_pattern("a:")),
    ("pair-after", _spell_pattern("b:")),
    ("three-left", _spell_pattern("c:")),
    ("three", _spell_pattern("d:")),
    ("three-right", _spell_pattern("e:")),
    ("four-left", _spell_pattern("f:")),
    ("four-right", _spell_pattern("h:")),
    ("five", _spell_pattern("i:")),
    ("gazetteer", _spell_flags),
    ("so-far", _spell_each("B")),
    ("whole", _spell_each("W")),
    ("depth", _spell_depth),
    ("place", _spell_place),
    ("chunk", _spell_chunk),
    ("context", _spell_pattern("X:")),
    ("ahead", _spell_ahead),
    ("beside", _spell_beside),
)


def spell(template: int, key: Key) -> list[str]:
    """The features that `key` of TEMPLATES[template] stands for."""
    return TEMPLATES[template][1](key)


__all__ = ["TEMPLATES", "Key", "Word", "rows", "spell", "word"]
