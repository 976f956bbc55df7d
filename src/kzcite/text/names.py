"""Names of people and bodies as reference lines print them: string → tuple of Name.

`Омаров К.Т., Қалиева Г.С.`, `К.Т. Омаров`, `Omarov, K. T., & Kaliyeva, G.`, `Hodge WVD`, `Абай Құнанбайұлы`,
`Министерство юстиции РК`. Nothing is declined back or transliterated; words for «and others» name nobody.
Tables: `names/given-names.csv`, `names/parts.toml` (endings of surnames and patronymics, particles, academic titles,
words of bodies).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kzcite.model import Name
from kzcite.tables import loader, terms
from kzcite.text.script import main_script, repair_word, script_of

_UPPER = "A-ZА-ЯЁӘҒҚҢӨҰҮҺІЇЄҐЎÀ-ÖØ-ÞĞİŞƏĀĂĄĆČĎĐĒĖĘĚĢĪĮĶŁĻŃŅŇŌŐŒŘŚŠŤŪŮŰŲŹŻŽẞǴ"
_SPLIT = re.compile(r"\s*[;&,]\s*")
# One initial: a capital with a point, or a capital and one or two small letters with a point (`Zh.`, `Вл.`, `Дж.`).
_INITIAL = rf"[{_UPPER}](?:[a-zа-яёіʼ'’]{{1,2}})?\s?\.|[{_UPPER}](?![^\W\d_])"
_INITIALS = re.compile(rf"(?:(?:{_INITIAL})[\s\-‐–]*)+(?:(?<=\.)[{_UPPER}][a-zа-я]{{1,2}})?\Z")
_LEADING = re.compile(rf"((?:(?:{_INITIAL})[\s\-‐–]*)+)(?=[^\W\d_])")
_TRAILING = re.compile(rf"(?<=[^\W\d_.'’ʼ`´])([\s.'’ʼ`´]+)((?:(?:{_INITIAL})[\s\-‐–]*)+)\Z")
_RUN = re.compile(
    rf"(?:(?:[a-zа-я]{{2,3}}\s+)?[{_UPPER}][^\W\d_]+(?:-[^\W\d_]+)?[\s,]+(?:[{_UPPER}]\.[\s-]?){{1,3}}\s*(?=\S|\Z)){{2,}}\Z"
)
_RUN_ONE = re.compile(rf"(?:[a-zа-я]{{2,3}}\s+)?[{_UPPER}][^\W\d_]+(?:-[^\W\d_]+)?[\s,]+(?:[{_UPPER}]\.[\s-]?){{1,3}}")
_FIRST_WORD = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)?)\.?\s*")
_VANCOUVER = re.compile(rf"(.+?)\s+([{_UPPER}]{{1,3}})\.?\Z")


def _person(capital: str, small: str) -> str:
    """`Омаров К.Т.`, `Омаров, К. Т.` or `К.Т. Омаров` in the letters of one script."""
    family = f"[{capital}][{small}]{{2,}}(?:-[{capital}][{small}]{{2,}})?"
    initials = rf"[{capital}]\.(?: ?[{capital}]\.){{0,2}}"
    return f"(?:({family}),? ({initials})|({initials}) ({family}))"


_CYRILLIC, _LATIN = _person("А-ЯЁӘҒҚҢӨҰҮҺІ", "а-яёәғқңөұүһі"), _person("A-Z", "a-z")
# What most lines print: families and initials, parted by commas, one after another.
_PLAIN = re.compile("|".join(f"{one}(?:, {one})*" for one in (_CYRILLIC, _LATIN)))
_PLAIN_ONE = re.compile(f"{_CYRILLIC}|{_LATIN}")
_LONGEST = 300
"""Characters of one person's name; what is longer is kept as it stands, for the patterns above try each initial."""


@dataclass(frozen=True, slots=True)
class _Parts:
    surname_endings: tuple[str, ...]
    patronymic_endings: tuple[str, ...]
    particles: frozenset[str]
    titles: frozenset[str]
    body_words: frozenset[str]
    body_heads: frozenset[str]
    given: frozenset[str]
    no_family: frozenset[str]


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Given names in every language, folded."""
    return frozenset(row["name"].casefold() for row in loader.read_rows("names/given-names.csv"))


@lru_cache(maxsize=1)
def _parts() -> _Parts:
    table = loader.read_toml("names/parts.toml")
    return _Parts(
        tuple(table["surname-endings"]),
        tuple(table["patronymic-endings"]),
        frozenset(table["particles"]),
        frozenset(table["titles"]),
        frozenset(table["body-words"]),
        frozenset(table["body-heads"]),
        given_names(),
        frozenset((*table["titles"], *table["body-words"])),
    )


@lru_cache(maxsize=4)
def _cuts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    conjunctions = "|".join(
        sorted(map(re.escape, terms.read_forms("and") - {"мен", "пен", "бен"}), key=len, reverse=True)
    )
    others = r"(?:және\s+)?(?:(?-i:[жЖтТ]\.?\s?б)|басқалары?|өзгелер)\b\.?|(?:и|й|та|і)\s+(?:др|ін|інш|другие)\b\.?"
    others += r"|(?:and\s+)?(?:et\.?\s+al|others)\b\.?|\betc\."
    return (
        re.compile(rf"(?:^|[\s,\[(])(?:{others})\s*[\])]?", re.IGNORECASE),
        re.compile(rf"\s*[,;]?\s+(?:{conjunctions})\s+|\s*&\s*"),
    )


def is_body(text: str) -> bool:
    """Whether `text` names a body rather than a person.

    >>> is_body("Министерство юстиции Республики Казахстан"), is_body("Омаров К.Т.")
    (True, False)
    """
    words = re.findall(r"[^\W\d_]+", text)
    if any(word.casefold() in _parts().body_words for word in words):
        return True
    if re.search(rf"(?<![^\W\d_])[{_UPPER}]\.", text):
        return False
    known = _parts().particles | terms.read_forms("and")
    small = sum(word[0].islower() and word not in known for word in words)
    return small > 1 or (len(words) == 1 and len(text) > 1 and text.isupper() and len(text) <= 6)


def heads_a_line(words: Sequence[str]) -> bool:
    """Whether the words of a line's first sentence name a body that stands in the author's place.

    >>> heads_a_line(["Әділет", "министрлігі"]), heads_a_line(["Supreme", "Court"]), heads_a_line(["Сот", "жүйесі"])
    (True, True, False)
    """
    heads = _parts().body_heads
    folded = [one.casefold() for one in words]
    if not 2 <= len(folded) <= 10:
        return False
    if folded[0].isascii():
        return any(one in heads for one in folded)
    return folded[-1] in heads or folded[0] in heads


@lru_cache(maxsize=4096)
def parse_names(text: str) -> tuple[Name, ...]:
    """The people (or the one body) that `text` names, in order.

    >>> [(one.family, one.given) for one in parse_names("Степанова М.Д, Хелбиг Г. и др.")]
    [('Степанова', 'М.Д'), ('Хелбиг', 'Г.')]
    >>> [(one.family, one.given) for one in parse_names("Искакова, Ғ.З., М.Д. Байдаулетова, и М. Ускенбай")]
    [('Искакова', 'Ғ.З.'), ('Байдаулетова', 'М.Д.'), ('Ускенбай', 'М.')]
    """
    others, conjunction = _cuts()
    text = " ".join(text.split()).strip(" ,;:/()[]–—-")
    if text.count("(") > text.count(")"):
        text += ")"  # `Association of Certified Fraud Examiners (ACFE)`
    if _PLAIN.fullmatch(text) and (plain := _plain(text)):
        return plain
    text = " ".join(others.sub(" ", text).split()).strip(" ,;")  # the conjunctions below want single spaces
    if not text:
        return ()
    if is_body(text):
        return tuple(Name(literal=one.strip(" .,")) for one in text.split(";") if one.strip(" .,"))
    chunks: list[tuple[str, bool]] = []  # text, whether a comma (not a hard separator) stands before it
    for hard in conjunction.sub(";", text).split(";"):
        for at, chunk in enumerate(hard.split(",")):
            chunk = _without_titles(chunk.strip(" /()[]"))
            if _RUN.match(chunk):  # `Bulte E. van Kooten G.C.`: the commas are missing
                chunks += [(one.strip(), False) for one in _RUN_ONE.findall(chunk)]
            elif chunk.strip("."):
                chunks.append((chunk, at > 0))
    return tuple(_one_script(name) for name in _combine(chunks))


def _plain(text: str) -> tuple[Name, ...]:
    """The people of `Фамилия И.О., И.О. Фамилия`; nobody where one of the words may mean a body or a title.

    >>> [(one.family, one.given) for one in parse_names("Сейітов, Ж. Б., Т.Б. Омаров")]
    [('Сейітов', 'Ж. Б.'), ('Омаров', 'Т.Б.')]
    """
    no_family = _parts().no_family
    names: list[Name] = []
    for found in _PLAIN_ONE.finditer(text):
        first, second = filter(None, found.groups())
        family, given = (second, first) if first[1] == "." else (first, second)
        folded = family.casefold()
        if not no_family.isdisjoint((folded, *folded.split("-"))):
            return ()
        names.append(Name(family, given))
    return tuple(names)


def _one_script(name: Name) -> Name:
    """Initials typed in the other script's look-alikes: all of a Latin name's (`Kokhmetova А. М.`), and a Latin letter
    beside Cyrillic ones (`M. Д. Малых`)."""
    script = main_script(name.family)
    scripts = {script_of(one) for one in name.given if one.isalpha()}
    if script not in ("Cyrl", "Latn") or scripts <= {script} or (script == "Cyrl" and "Cyrl" not in scripts):
        return name
    given = "".join(
        repair_word(one, script) if script_of(one) not in ("", script) and not _next_is_letter(name.given, at) else one
        for at, one in enumerate(name.given)
    )
    return name if given == name.given else Name(family=name.family, given=given)


def _next_is_letter(text: str, at: int) -> bool:
    return text[at + 1 : at + 2].isalpha() or text[at - 1 : at].isalpha()


def _without_titles(chunk: str) -> str:
    """`проф. Омаров К.` → `Омаров К.`; several academic titles may stand in a row."""
    titles = _parts().titles
    at = 0
    while True:
        found = _FIRST_WORD.match(chunk, at)
        if not found or found.end() == len(chunk) or found[1].casefold() not in titles:
            return chunk[at:]
        at = found.end()


def _combine(chunks: list[tuple[str, bool]]) -> tuple[Name, ...]:
    names: list[Name] = []
    at = 0
    while at < len(chunks):
        chunk = chunks[at][0]
        after = chunks[at + 1] if at + 1 < len(chunks) else None
        if after and after[1] and len(after[0]) <= _LONGEST and not _has_initials(chunk) and len(chunk.split()) <= 3:
            following = after[0]
            if _INITIALS.match(following) or _doubled(following) or _is_given(following) or _inverted(chunks, at):
                names.append(Name(family=_family(chunk), given=_given(following)))
                at += 2
                continue
        name = _one(chunk)
        if name:
            names.append(name)
        at += 1
    return tuple(names)


def _doubled(chunk: str) -> bool:
    """`М. Мағжан`: an initial and the given name that it stands for, as catalogue exports print them."""
    found = re.match(rf"([{_UPPER}])\.\s*([{_UPPER}])[^\W\d_]+\Z", chunk)
    return bool(found) and found is not None and found[1] == found[2]


def _has_initials(chunk: str) -> bool:
    return len(chunk) <= _LONGEST and bool(_INITIALS.match(chunk) or _LEADING.match(chunk) or _TRAILING.search(chunk))


def _inverted(chunks: list[tuple[str, bool]], at: int) -> bool:
    """`Allen, John` at the beginning: one word, a comma, and one or two words that are not themselves a whole name."""
    return (
        at == 0
        and len(chunks[0][0].split()) == 1
        and not _has_initials(chunks[1][0])
        and len(chunks[1][0].split()) <= 2
        and (len(chunks) == 2 or not chunks[2][1] or len(chunks[2][0].split()) > 1)
        and not (len(chunks) > 2 and all(len(one[0].split()) == 1 for one in chunks))
        and not chunks[1][0].casefold().endswith(_parts().surname_endings)
    )


def _is_given(chunk: str) -> bool:
    words = chunk.split()
    last = words[-1].casefold().strip(".")
    if len(words) <= 2 and words[0].casefold() in _parts().given and not _TRAILING.search(chunk):
        return len(words) == 1 or last.endswith(_parts().patronymic_endings) or last in _parts().given
    return len(words) == 2 and last.endswith(_parts().patronymic_endings)


def _given(text: str) -> str:
    """A given name; the point that ends the list of names is none of a name that is spelt out: `Bissenova, Alima.`"""
    text = text.strip()
    last = text.split()[-1]
    return text[:-1] if last.endswith(".") and len(last) > 4 and last[1:-1].islower() else text


def _family(text: str) -> str:
    return text.strip(" .,")


def _one(chunk: str) -> Name | None:
    """One person in one chunk."""
    if len(chunk) > _LONGEST:
        return Name(literal=_family(chunk))
    found = _LEADING.match(chunk)
    if found and found.end() < len(chunk):
        rest = chunk[found.end() :]
        if not _INITIALS.match(rest):
            tail = _TRAILING.search(rest)  # `Ы. Алтынсарин .` or `К.Yin Robert.`
            if not tail or found[1].strip():
                return Name(family=_family(rest), given=found[1].strip())
    found = _TRAILING.search(chunk)
    if found and chunk[: found.start()].strip(" ."):
        head = chunk[: found.start()]
        words = head.split()
        given = found[2].strip()
        if len(words) > 1 and _particle_count(words) == 0:
            return _full_with_initial(words, given)
        return Name(family=_family(head), given=given)
    vancouver = _VANCOUVER.match(chunk)
    if vancouver and not chunk.isupper():
        return Name(family=_family(vancouver[1]), given=vancouver[2])
    words = chunk.strip(" .").split()
    if not words or not any(char.isalpha() for char in chunk):
        return None
    return _full(words)


def _full_with_initial(words: list[str], initial: str) -> Name:
    """`Modorov Nicolay S.`: surname, given name and an initial, or `John F. …` with the surname first."""
    parts = _parts()
    if words[0].casefold().endswith(parts.surname_endings) or words[-1].casefold() in parts.given:
        return Name(family=words[0], given=" ".join((*words[1:], initial)))
    if words[0].casefold() in parts.given:
        return Name(family=" ".join(words[1:]), given=f"{words[0]} {initial}")
    return Name(family=" ".join(words), given=initial)


def _particle_count(words: list[str]) -> int:
    return sum(word.casefold() in _parts().particles for word in words)


def _full(words: list[str]) -> Name:
    """Whole names: a patronymic last means the surname comes first; else endings, given names and script decide."""
    if len(words) == 1:
        return Name(family=words[0])
    parts = _parts()
    if len(words) == 3 and len(words[1]) == 1:
        return Name(family=words[2], given=f"{words[0]} {words[1]}")
    folded = [word.casefold().strip(".") for word in words]
    particle = next((at for at, word in enumerate(folded) if word in parts.particles), None)
    if particle is not None:
        if particle == 0:
            return Name(family=" ".join(words))
        return Name(family=" ".join(words[particle:]), given=" ".join(words[:particle]))
    if folded[-1] in ("ұлы", "қызы", "улы", "кызы", "uly", "kyzy") and len(words) >= 3:
        return (
            Name(family=" ".join(words[-2:]), given=" ".join(words[:-2]))
            if len(words) == 3 and (folded[0] in parts.given)
            else Name(family=words[0], given=" ".join(words[1:]))
        )
    if len(words) == 3 and folded[2].endswith(parts.patronymic_endings):
        return Name(family=words[0], given=" ".join(words[1:]))
    if len(words) == 3 and folded[1].endswith(parts.patronymic_endings):
        return Name(family=words[2], given=" ".join(words[:2]))
    if words[-1].isupper() and len(words[-1]) > 2 and not words[0].isupper():
        return Name(family=words[-1], given=" ".join(words[:-1]))
    if words[0].isupper() and len(words[0]) > 2 and not words[-1].isupper():
        return Name(family=words[0], given=" ".join(words[1:]))
    first_is_surname = folded[0].endswith(parts.surname_endings)
    last_is_surname = folded[-1].endswith(parts.surname_endings)
    if folded[0] in parts.given and not (first_is_surname and folded[-1] in parts.given):
        return Name(family=words[-1], given=" ".join(words[:-1]))
    if folded[-1] in parts.given or (first_is_surname and not last_is_surname):
        return Name(family=words[0], given=" ".join(words[1:]))
    return Name(family=words[-1], given=" ".join(words[:-1]))
