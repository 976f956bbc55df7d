"""What the labeller sees of a line: for every token a row of keys, each of which stands for a few named features.

A key is small and comes back in many lines (a word, the classes of three neighbours, the chunk it stands in), so
the labeller looks a whole key up at once and its features are spelt out only when the key is met for the first time.
In: tokens. Out: `rows(tokens)` (one tuple of keys a token, a key for each of TEMPLATES) and `spell(template, key)`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from kzcite.parser.gazetteer import Hidden, gazetteer
from kzcite.parser.word import DASHES, word
from kzcite.text.tokens import Token

Key = int  # packed from ids; what it packs is the template's own

_WIDTH = 21  # bits for one id inside a key
_MASK = (1 << _WIDTH) - 1


class Ids:
    """Small numbers for values, given in the order of meeting, and the values back."""

    def __init__(self) -> None:
        self.generation = 0
        self.number: dict[object, int] = {}
        self.value: list[Any] = []
        self.words: dict[tuple[str, str], Seen] = {}
        self.word_of: list[Seen] = []
        self.forget()

    def of(self, value: object) -> int:
        found = self.number.get(value)
        if found is None:
            found = self.number[value] = len(self.value)
            self.value.append(value)
        return found

    def forget(self) -> None:
        """Drop every id; keys made before mean nothing afterwards, which the generation tells."""
        self.generation += 1
        for one in (self.number, self.value, self.words, self.word_of):
            one.clear()
        for edge in ("^", "$"):
            self.of(edge)

    @property
    def size(self) -> int:
        return len(self.value) + len(self.word_of)


IDS = Ids()
_PAD, _END = 0, 1  # the ids of what stands before and after a line


class Seen(NamedTuple):
    """A word with the numbers that keys are packed from."""

    low: str
    cls: str
    shape: str
    kind: str
    roles: tuple[str, ...]
    feats: tuple[str, ...]
    near: tuple[str, ...]
    id: int
    cls_id: int
    shape_id: int


def see(text: str, kind: str) -> Seen:
    """The word of a token's text and kind; met once, it is remembered."""
    found = IDS.words.get((text, kind))
    if found is None:
        one = word(text, kind)
        found = IDS.words[text, kind] = Seen(*one, len(IDS.word_of), IDS.of(one.cls), IDS.of(one.shape))
        IDS.word_of.append(found)
    return found


def rows(tokens: Sequence[Token], hidden: Hidden | None = None) -> list[tuple[Key, ...]]:
    """A tuple of keys for every token, one for each of TEMPLATES."""
    size = len(tokens)
    words = [see(token.text, token.kind) for token in tokens]
    cls = [_PAD, _PAD, _PAD, *(one.cls_id for one in words), _END, _END, _END]
    gap = [1 if token.spaced else 0 for token in tokens]
    gap.append(0)
    ids = [-1, -1, *(one.id for one in words), -1, -1]
    of = IDS.of
    flags = gazetteer().spans([one.low for one in words], [one.shape[:1] in "XI" for one in words], hidden)
    chunk, beside = _chunks(tokens, words)
    ahead = _ahead(tokens, words)
    line = _line_state(tokens, words)
    whole = of(line.whole) << _WIDTH
    w2, w3, w4 = 2 * _WIDTH, 3 * _WIDTH, 4 * _WIDTH
    out: list[tuple[Key, ...]] = []
    for i in range(size):
        a, b, c, d, e, f, g = cls[i : i + 7]
        one = words[i]
        cd = c << _WIDTH | d
        de = d << _WIDTH | e
        bcd = b << w2 | cd
        ef = e << _WIDTH | f
        out.append(
            (
                ids[i + 2],
                ids[i + 1],
                ids[i + 3],
                ids[i],
                ids[i + 4],
                cd << 1 | gap[i],
                de << 1 | gap[i + 1],
                bcd,
                c << w2 | de,
                d << w2 | ef,
                a << w3 | bcd,
                d << w3 | ef << _WIDTH | g,
                b << w4 | c << w3 | d << w2 | ef,
                of(flags[i]) if flags[i] else -1,
                line.before[i] << _WIDTH | d,
                whole | d,
                line.depth[i] << _WIDTH | one.shape_id,
                line.place[i] << _WIDTH | d,
                chunk[i],
                line.context[i] << _WIDTH | d,
                (ahead[i] << _WIDTH | line.quotes[i]) << _WIDTH | one.shape_id,
                beside[i],
            )
        )
    return out


class _State(NamedTuple):
    """Ids of what holds at each token; `whole` holds for the line."""

    before: list[int]
    depth: list[int]
    place: list[int]
    whole: tuple[object, ...]
    context: list[int]
    quotes: list[int]


def _bucket(n: int) -> int:
    return n if n < 4 else 4 if n < 7 else 5 if n < 12 else 6 if n < 25 else 7


def _line_state(tokens: Sequence[Token], words: Sequence[Seen]) -> _State:
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
    of = IDS.of
    before: list[int] = []
    depth: list[int] = []
    context: list[int] = []
    quotes: list[int] = []
    slash = hosts = areas = years = names = paren = square = quote = quoted = brackets = 0
    label = ""
    since = 9
    now_before = now_quotes = -1  # ids in force; -1 where something has changed
    for i, token in enumerate(tokens):
        text = token.text
        one = words[i]
        if now_before < 0:
            now_before = of((min(hosts, 2), min(slash, 2), min(areas, 4), min(years, 2), min(names, 2), has_host, apa))
            now_quotes = of(f"{min(quoted, 2)}{'in' if quote else ''}{min(brackets, 2)}{'in' if square else ''}")
            nesting = (min(paren, 2), min(square, 1), quote, has_host, hosts > 0)
            place_kind = (paren > 0, min(hosts, 1))
        before.append(now_before)
        quotes.append(now_quotes)
        depth.append(of((*nesting, label if since < 6 else "", min(since, 6))))
        context.append(of((label if since < 9 else "", min(since, 3), *place_kind)))
        since += 1
        kind = one.kind
        if kind == "mark":
            now_before = -1
            if text in ("«", "“", "„") or (text == '"' and not quote):
                quoted += 1
            elif text == "[":
                brackets += 1
            if text == "//":
                hosts += 1
                label, since = text, 0
            elif text == "/":
                slash += 1
            elif text in DASHES and token.spaced and i and tokens[i - 1].text in (".", ",", ")", "]"):
                areas += 1
            elif text == "(":
                paren += 1
            elif text == ")":
                paren = max(0, paren - 1)
            elif text == "[":
                square += 1
            elif text == "]":
                square = max(0, square - 1)
            elif text in ("«", "“", "„"):
                quote = 1
            elif text in ("»", "”"):
                quote = 0
            elif text == '"':
                quote = 1 - quote
            elif text == "№":
                label, since = text, 0
        elif one.cls == "Y":
            years += 1
            now_before = -1
        elif kind == "initials":
            names += 1
            now_before = -1
        if one.roles:
            label = one.roles[0]
            since = 0
    place = [_bucket(i) * 10 + _bucket(size - 1 - i) for i in range(size)]
    return _State(before, depth, place, whole, context, quotes)


_AHEAD = {"volume": "v", "issue": "i", "page": "g", "edition": "e", "accessed": "a", "editor": "r"}


def _ahead(tokens: Sequence[Token], words: Sequence[Seen]) -> list[int]:
    """For each token what is still to come: a host's mark, a place, a year, labels of volume, issue, pages."""
    out = [0] * len(tokens)
    seen: set[str] = set()
    flags = IDS.of("")
    for i in range(len(tokens) - 1, -1, -1):
        out[i] = flags
        one = words[i]
        if one.kind == "mark":
            new = _AHEAD_MARKS.get(tokens[i].text, "")
        elif one.kind in ("url", "doi"):
            new = "u"
        else:
            new = "p" if one.cls == "PL" else "y" if one.cls == "Y" else ""
        known = len(seen)
        if new:
            seen.add(new)
        for role in one.roles:
            if role in _AHEAD:
                seen.add(_AHEAD[role])
        if len(seen) > known:
            flags = IDS.of("".join(sorted(seen)))
    return out


_AHEAD_MARKS = {"//": "h", "№": "i", "]": "]"}
_HOLDS_CLASS = {"Y": "y", "PL": "p", "d": "d"}
_HOLDS_ROLE = {"publisher": "b", "container": "c", "genre": "g", "editor": "e"}
_STRONG = frozenset(("//", "/", ".", ",", ";", ":", "(", ")", "[", "]", "«", "»", "“", "”", '"', "=", "–", "—", "…"))


def _chunks(tokens: Sequence[Token], words: Sequence[Seen]) -> tuple[list[int], list[int]]:
    """For each token the stretch between marks that it stands in: the marks, its length and what it holds; and what the
    stretches before and after it hold."""
    size = len(tokens)
    of = IDS.of
    beside = [-1] * size
    out = [0] * size
    at = 0
    left = left2 = "^"
    first_after: list[str] = []
    bounds: list[tuple[int, int, str, str, str]] = []
    while at < size:
        text = tokens[at].text
        if text in _STRONG or (text in DASHES and tokens[at].spaced):
            left2, left = left, text if text not in DASHES else "–"
            out[at] = of(("mark", left2, left)) << 1
            at += 1
            continue
        stop = at
        while stop < size and not (
            tokens[stop].text in _STRONG or (tokens[stop].text in DASHES and tokens[stop].spaced)
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
        seen = set()
        for one in words[start:stop]:
            seen.add(_HOLDS_CLASS.get(one.cls) or ("n" if one.cls[0] == "I" else ""))
            for role in one.roles:
                seen.add(_HOLDS_ROLE.get(role, ""))
        flags = "".join(letter for letter in "ypbcgend" if letter in seen)
        holds.append(flags)
    for n, (start, stop, left, right, first) in enumerate(bounds):
        after = first_after[n + 1] if n + 1 < len(first_after) else "$"
        flags = holds[n]
        before_flags, after_flags = holds[n - 1] if n else "^", holds[n + 1] if n + 1 < len(holds) else "$"
        beside[start:stop] = [of((flags, left, right, before_flags, after_flags))] * (stop - start)
        shared = of((left, right, _bucket(stop - start), flags, first, after)) << 1
        out[start:stop] = [shared | 1] * (stop - start)
        out[start] = shared
    return out, beside


def _spell_word(prefix: str, full: bool) -> Callable[[Key], list[str]]:
    def spell(key: Key) -> list[str]:
        if key < 0:
            return [f"{prefix}none"]
        one = IDS.word_of[key]
        return [prefix + feature for feature in (one.feats if full else one.near)]

    return spell


def _spell_classes(prefix: str, count: int) -> Callable[[Key], list[str]]:
    """A pattern of `count` neighbouring classes."""

    def spell(key: Key) -> list[str]:
        classes = [IDS.value[key >> _WIDTH * at & _MASK] for at in range(count - 1, -1, -1)]
        return [prefix + "|".join(classes)]

    return spell


def _spell_pair(prefix: str) -> Callable[[Key], list[str]]:
    """Two classes and whether white space stands between them."""

    def spell(key: Key) -> list[str]:
        first, second = IDS.value[key >> _WIDTH + 1], IDS.value[key >> 1 & _MASK]
        return [f"{prefix}{first}|{'_' if key & 1 else ''}|{second}"]

    return spell


def _spell_each(prefix: str) -> Callable[[Key], list[str]]:
    """Each part of a state, alone and beside the class."""

    def spell(key: Key) -> list[str]:
        parts, cls = IDS.value[key >> _WIDTH], IDS.value[key & _MASK]
        out = [f"{prefix}{n}={part}" for n, part in enumerate(parts)]
        return out + [f"{prefix}{n}={part}|{cls}" for n, part in enumerate(parts)]

    return spell


def _spell_flags(key: Key) -> list[str]:
    if key < 0:
        return []
    flags = IDS.value[key]
    together = [f"G*={'&'.join(sorted({one[:3] for one in flags}))}"] if len(flags) > 1 else []
    return [f"G={one}" for one in flags] + together


def _spell_depth(key: Key) -> list[str]:
    paren, square, quote, host, after_host, label, since = IDS.value[key >> _WIDTH]
    shape = IDS.value[key & _MASK]
    return [
        f"D=({paren}{square}{quote}",
        f"D(={paren}{square}{quote}{after_host}{host}",
        f"Dl={label}|{since}",
        f"Dl={label}|{since}|{shape}",
        f"Dq={quote}{square}|{shape}",
    ]


def _spell_place(key: Key) -> list[str]:
    first, last = divmod(key >> _WIDTH, 10)
    cls = IDS.value[key & _MASK]
    return [f"P={first}", f"L={last}", f"P={first}|{cls}", f"L={last}|{cls}"]


def _spell_chunk(key: Key) -> list[str]:
    parts = IDS.value[key >> 1]
    if len(parts) == 3:
        return ["C" + "|".join(map(str, parts))]
    left, right, size, flags, first, after = parts
    inside = key & 1
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


def _spell_context(key: Key) -> list[str]:
    parts, cls = IDS.value[key >> _WIDTH], IDS.value[key & _MASK]
    return ["X:" + "|".join(map(str, (cls, *parts)))]


def _spell_ahead(key: Key) -> list[str]:
    shape = IDS.value[key & _MASK]
    quotes, ahead = IDS.value[key >> _WIDTH & _MASK], IDS.value[key >> 2 * _WIDTH]
    has = [f"A={one}" for one in ahead] + [f"A!{one}" for one in "hpyvigu" if one not in ahead]
    return [f"A:{ahead}", f"Q:{quotes}", f"Q:{quotes}|{shape}", f"AQ:{quotes}|{'h' in ahead}|{'p' in ahead}", *has] + [
        f"{one}|{shape}" for one in has
    ]


def _spell_beside(key: Key) -> list[str]:
    if key < 0:
        return []
    flags, left, right, before, after = IDS.value[key]
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
    ("pair", _spell_pair("a:")),
    ("pair-after", _spell_pair("b:")),
    ("three-left", _spell_classes("c:", 3)),
    ("three", _spell_classes("d:", 3)),
    ("three-right", _spell_classes("e:", 3)),
    ("four-left", _spell_classes("f:", 4)),
    ("four-right", _spell_classes("h:", 4)),
    ("five", _spell_classes("i:", 5)),
    ("gazetteer", _spell_flags),
    ("so-far", _spell_each("B")),
    ("whole", _spell_each("W")),
    ("depth", _spell_depth),
    ("place", _spell_place),
    ("chunk", _spell_chunk),
    ("context", _spell_context),
    ("ahead", _spell_ahead),
    ("beside", _spell_beside),
)


def spell(template: int, key: Key) -> list[str]:
    """The features that `key` of TEMPLATES[template] stands for."""
    return TEMPLATES[template][1](key)


__all__ = ["IDS", "TEMPLATES", "Key", "rows", "spell"]
