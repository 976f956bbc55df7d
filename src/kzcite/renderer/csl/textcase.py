"""`text-case` on tokens (CSL 1.0.2, "Text-case"): words are followed across marks, `nocase` spans stay as they are."""

from __future__ import annotations

import re
from collections.abc import Callable

from kzcite.renderer.csl.tokens import CLOSE, NOCASE, Open, Token, Tokens

_STOP = frozenset(
    """a an and as at but by down for from in into nor of on onto or over so the till to up via with yet about above
    across afore after against along alongside amid amidst among amongst anenst apropos apud around aside astride
    athwart atop barring before behind below beneath beside besides between beyond circa despite d' during except et
    forenenst given inside lest like modulo near next notwithstanding off out per plus pro qua sans since than through
    thru throughout thruout toward towards under underneath until unto upon versus vs. v. vs v van von without within
    ca. c. ca de et al""".split()
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_WORD = re.compile(r"[^\s\u00a0/–—]+|[\s\u00a0/–—]+")


def change_case(tokens: Tokens, case: str, language: str) -> Tokens:
    """Tokens in another case, one for one. `title` touches English only, as CSL says."""
    base = language.split("-")[0]
    if case == "lowercase":
        return _each(tokens, str.lower)
    if case == "uppercase":
        return _each(tokens, lambda text: _upper(text, base))
    if case == "capitalize-first":
        return _first(tokens)
    if case == "capitalize-all":
        return _each(tokens, lambda text: re.sub(r"[^\s\u00a0]+", lambda m: _capital(m[0]), text))
    if case == "sentence":
        return _sentence(tokens)
    if case == "title" and base == "en":
        return _title(tokens)
    return tokens


def word_case(case: str, language: str) -> str:
    """The case of a locale's own word: `title` in a language other than English capitalises its beginning."""
    return "capitalize-first" if case == "title" and language.split("-")[0] != "en" else case


def _upper(text: str, language: str) -> str:
    if language in ("tr", "az"):
        text = text.replace("i", "İ")
    return text.upper()


def _capital(word: str) -> str:
    for at, char in enumerate(word):
        if char.isalnum():
            return word[:at] + char.upper() + word[at + 1 :]
    return word


def _each(
    tokens: Tokens, change: Callable[[str], str], *, raised: bool = False, kept: Callable[[str], object] | None = None
) -> Tokens:
    """Tokens with `change` made on each text but where the case is to stay; `kept` hears of those texts."""
    out: Tokens = []
    nocase: list[bool] = []
    for token in tokens:
        if isinstance(token, str):
            if not any(nocase):
                token = change(token)
            elif kept is not None:
                kept(token)
        elif isinstance(token, Open):
            nocase.append(token.name in ("nocase", "nodecor") or (raised and (token.name, token.value) in _RAISED))
        elif token is CLOSE and nocase:
            nocase.pop()
        out.append(token)
    return out


# Small caps and raised or lowered characters keep their case in a title.
_RAISED = frozenset((("font-variant", "small-caps"), ("vertical-align", "sup"), ("vertical-align", "sub")))


def _first(tokens: Tokens) -> Tokens:
    done = False

    def change(text: str) -> str:
        nonlocal done
        if done:
            return text
        for at, char in enumerate(text):
            if char.isalnum():
                done = True
                if char.islower() and text[at:].split(None, 1)[0].islower():
                    return text[:at] + char.upper() + text[at + 1 :]
                return text
        return text

    out: Tokens = []
    nocase: list[bool] = []
    for token in tokens:
        if isinstance(token, str):
            if any(nocase):
                done = done or any(char.isalnum() for char in token)
            else:
                token = change(token)
        elif isinstance(token, Open):
            nocase.append(token == NOCASE)
        elif token is CLOSE and nocase:
            nocase.pop()
        out.append(token)
    return out


def _sentence(tokens: Tokens) -> Tokens:
    whole = "".join(one for one in tokens if isinstance(one, str))
    shouting = whole.upper() == whole
    started = False

    def change(text: str) -> str:
        nonlocal started
        parts: list[str] = []
        for word in re.findall(r"\S+|\s+", text):
            if word.isspace():
                parts.append(word)
                continue
            new = word
            if shouting or (word[:1].isupper() and word[1:].islower()) or (len(word) == 1 and word.isupper()):
                new = word.lower()
            if not started and any(char.isalnum() for char in word):
                started = True
                new = _capital(new)
            parts.append(new)
        return "".join(parts)

    return _each(tokens, change)


def _title(tokens: Tokens) -> Tokens:
    words = [w for t in tokens if isinstance(t, str) for w in _WORD.findall(t) if not w.isspace() and w not in "/–—"]
    last_word = len(words) - 1
    seen = -1
    after_stop = True  # at the start, and after `:`, `?`, `!`, `.` of a sentence
    shouting = all(w.upper() == w for w in words) and len(words) > 2
    glued = False  # the text before ended inside a word

    def change(text: str) -> str:
        nonlocal seen, after_stop, glued
        parts: list[str] = []
        pieces = _WORD.findall(text)
        for at, word in enumerate(pieces):
            if word.isspace() or word[0] in "/–—\u00a0 ":
                parts.append(word)
                if "–" in word or "—" in word:
                    after_stop = after_stop or False
                continue
            seen += 1
            new = word
            if at == 0 and glued:
                pass
            elif _LATIN.search(word) or not any(c.isalpha() for c in word):
                bare = word.strip("\"'“”‘’()[]{}.,:;?!«»").lower()
                lower = word.lower() if shouting else word
                if (
                    not after_stop
                    and bare in _STOP
                    and seen != last_word
                    and (word.islower() or shouting or word == bare.capitalize())
                ):
                    new = lower if word.islower() or shouting else word.lower()
                elif lower.islower() and _plain_word(lower) and not lower.startswith(("d’", "d'")):
                    new = _hyphenated(lower)
                elif "-" in word and word[1:].islower() and _plain_word(word):
                    new = _hyphenated(word)
            parts.append(new)
            if not any(c.isalnum() for c in word):
                after_stop = after_stop or word[-1:] in ":?!"
            else:
                end = word.rstrip("\"'”’)]»")[-1:]
                after_stop = end in ":?!" or (end == "." and len(word) > 3 and word.lower() not in _STOP)
        glued = bool(pieces) and not pieces[-1][-1].isspace() and pieces[-1][-1] not in "/–—-(“‘\"'"
        return "".join(parts)

    return _each(tokens, change, raised=True, kept=change)


def _plain_word(word: str) -> bool:
    """A word of small letters, not an address or the like."""
    return not re.search(r"\w\.\w|[@_\\]|://", word)


def _hyphenated(word: str) -> str:
    parts = word.split("-")
    out = [_latin_capital(parts[0])]
    for at, part in enumerate(parts[1:], 1):
        out.append(part if (part in _STOP and at < len(parts) - 1) or len(part) == 1 else _latin_capital(part))
    return "-".join(out)


def _latin_capital(word: str) -> str:
    found = re.search(r"\w", word)
    return _capital(word) if found is None or _LATIN.match(found[0]) else word


def strip_periods(tokens: Tokens) -> Tokens:
    """Tokens without full stops, one for one."""
    return [_no_period(one) for one in tokens]


def _no_period(token: Token) -> Token:
    return token.replace(".", "") if isinstance(token, str) else token
