"""Works as a text mentions them by author and year, and how well a reference line answers.

In: the words of a citation (`Омаров және басқ.`, `2024а`) and reference lines as printed. Out: scores; no tables of
names are needed, and Kazakh endings (`Омаровтың`) and the other script (`Omarov`) are allowed for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kzcite.tables.citing import citing_words
from kzcite.text.fold import fold
from kzcite.text.script import script_of
from kzcite.text.skeleton import skeleton

_YEAR = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)\s?([a-gа-еәғ])?(?![\d\w])", re.IGNORECASE)
_LABEL = re.compile(r"(.+?),? (\d{4})([^\W\d_]?)")
_POSSESSIVE = re.compile(r"[’']s?(?=$|\s)")
_HEAD_WORDS = 24
_MOST_NAME_WORDS = 12
_CYRILLIC_SUFFIX = {"kk": "аәбвгғд", "ru": "абвгде"}
_COUNTRY = {"қр": ("қазақстан", "республикасы"), "рк": ("республики", "казахстан"), "рф": ("российской", "федерации")}
_LONGEST_ENDING = 7
ANSWERS = 4.0


@dataclass(frozen=True, slots=True)
class Mention:
    """Folded names or words in printed order, the year (`""` for none) and its letter, whether others follow."""

    names: tuple[str, ...]
    year: str
    suffix: str = ""
    others: bool = False


def parse_names(printed: str) -> tuple[tuple[str, ...], bool] | None:
    """(folded family names or words of a body or title, whether others follow), None where these are no names.

    >>> parse_names("Омаров К.Т., Қалиева және басқ.")
    (('омаров', 'қалиева'), True)
    """
    words = citing_words()
    clean = _POSSESSIVE.sub("", " ".join(printed.split()))
    lowered = clean.lower()
    others = False
    for phrase in words.others:
        at = lowered.rfind(phrase)
        if at > 0 and len(lowered) - at - len(phrase) <= 2:
            others = True
            clean = clean[:at].rstrip(" ,;")
            break
    if (
        not clean
        or (clean[0].islower() and clean.split(" ", 1)[0].lower() not in words.particles)
        or any(char.isdigit() for char in clean)
        or any(sign in clean for sign in "?!=<>[]{}|\\")
    ):
        return None
    parts: list[list[str]] = [[]]
    for raw in re.split(r"(,|\s&\s|\s)", clean):
        word = raw.strip()
        if raw == "," or word == "&" or (word.lower() in words.conjunctions and parts[-1]):
            parts.append([])
        elif word:
            parts[-1].append(word)
    parts = [part for part in parts if part]
    if not parts or sum(len(part) for part in parts) > _MOST_NAME_WORDS:
        return None
    names: list[str] = []
    for part in parts:
        full = [word for word in part if not is_initials(word)]
        if not full:
            continue
        big = [word for word in full if word[0].isupper() or word[0] in '«"“']
        if not big or (not full[0][0].isupper() and full[0].lower() not in words.particles and full[0][0] not in '«"“'):
            return None
        names.append(fold(" ".join(full)))
    if not names or not any(len(name) >= 2 for name in names):
        return None
    return tuple(name for name in names if name), others


def is_initials(word: str) -> bool:
    """`К.`, `К.Т.`, `Қ.-Ж.`, or a capital alone."""
    return bool(re.fullmatch(r"(?:-?[^\W\d_]{1,2}\.)+-?[^\W\d_]?\.?|[^\W\d_]", word)) and word[0].isupper()


def read_mention(label: str) -> Mention | None:
    """The mention that a cite's label is: names and a year.

    >>> read_mention("Омаров және басқ. 2024а")
    Mention(names=('омаров',), year='2024', suffix='а', others=True)
    """
    found = _LABEL.fullmatch(label.strip())
    parsed = parse_names(found[1]) if found else None
    return Mention(parsed[0], found[2], found[3].lower(), parsed[1]) if found and parsed else None


@dataclass(frozen=True, slots=True)
class Line:
    """A reference line prepared for comparison: its place in the list, first words and years."""

    index: int
    words: tuple[str, ...]
    years: tuple[tuple[str, str], ...]
    keys: frozenset[str]
    heads: int


def prepare(index: int, raw: str) -> Line:
    """The line `raw`, number `index` of its list."""
    words = tuple(fold(raw[:400]).split()[:_HEAD_WORDS])
    years = tuple((found[1], (found[2] or "").lower()) for found in _YEAR.finditer(raw))
    keys = frozenset(skeleton(word) for word in words[:12] if len(word) > 3)
    return Line(index, words, years, keys, _count_people(raw))


def _count_people(raw: str) -> int:
    """How many people stand at the head of the line: groups of initials before the title."""
    head = raw[:160]
    found = list(re.finditer(r"(?<![^\W\d_])[^\W\d_]\.(?:\s?-?[^\W\d_]\.)*", head))
    count, last = 0, 0
    for one in found:
        if one.start() - last > 30 and count:
            break
        count += 1
        last = one.end()
    return count


class Lines:
    """The prepared lines of a document's lists, found quickly by year."""

    def __init__(self, raws: Iterable[str]) -> None:
        self._raws = tuple(raws)
        self._answers: dict[Mention, tuple[int, float] | None] = {}

    def __len__(self) -> int:
        return len(self._raws)

    @cached_property
    def lines(self) -> list[Line]:
        """The lines, prepared when first asked for: most documents cite by number and never ask."""
        return [prepare(index, raw) for index, raw in enumerate(self._raws)]

    @cached_property
    def _by_year(self) -> dict[str, list[Line]]:
        out: dict[str, list[Line]] = {}
        for line in self.lines:
            for year in {year for year, _ in line.years}:
                out.setdefault(year, []).append(line)
        return out

    def best(self, mention: Mention) -> tuple[int, float] | None:
        """(index of the line that answers best, its score), or None where no line answers; remembered for the next."""
        if mention not in self._answers:
            self._answers[mention] = self._best(mention)
        return self._answers[mention]

    def _best(self, mention: Mention) -> tuple[int, float] | None:
        candidates = self._by_year.get(mention.year, []) if mention.year else self.lines
        scored = [(score(mention, line), line) for line in candidates]
        scored = [one for one in scored if one[0] >= ANSWERS]
        if not scored:
            return None
        top = max(value for value, _ in scored)
        ties = [line for value, line in scored if value >= top - 0.01]
        if mention.suffix and len(ties) > 1:
            at = _letter_index(mention.suffix)
            if at is not None and at < len(ties):
                return ties[at].index, top
        return ties[0].index, top

    def has_name(self, name: str) -> bool:
        """Whether any line begins with this name."""
        return any(_name_place(name, line) is not None for line in self.lines)


def score(mention: Mention, line: Line) -> float:
    """How well `line` answers: 3 for the first name at its head, 2 for the year, less for names that are missing."""
    if not mention.names:
        return 0.0
    total = 0.0
    if mention.year:
        letters = [letter for year, letter in line.years if year == mention.year]
        if not letters:
            return 0.0
        total += 2.0
        if mention.suffix:
            same = any(_same_letter(letter, mention.suffix) for letter in letters)
            total += 1.0 if same else (-1.0 if any(letters) else 0.0)
        if mention.year == line.years[0][0] or mention.year == line.years[-1][0]:
            total += 0.1
    first = _name_place(mention.names[0], line)
    if first is None:
        return 0.0
    total += 3.0 if first == 0 else (2.5 if first <= 3 else 2.0)
    for name in mention.names[1:]:
        total += 0.5 if _name_place(name, line) is not None else -2.0
    count = len(mention.names)
    if line.heads:
        if mention.others:
            total += 0.3 if line.heads > count else -0.6
        else:
            total += 0.3 if line.heads == count else -0.3
    return total


def _same_letter(one: str, other: str) -> bool:
    latin = str.maketrans("абвгде", "abvgde")
    return one == other or one.translate(latin) == other.translate(latin)


def _letter_index(letter: str) -> int | None:
    for alphabet in ("abcdefg", _CYRILLIC_SUFFIX["ru"], _CYRILLIC_SUFFIX["kk"]):
        if letter in alphabet:
            return alphabet.index(letter)
    return None


def _name_place(name: str, line: Line) -> int | None:
    """The number of the word of `line` where `name` stands, None where it does not.

    A name of one word may carry an ending; a name of several words (a body, a title) stands in order near the head.
    """
    parts = name.split()
    if not parts:
        return None
    if len(parts) == 1:
        return _word_place(parts[0], line.words[:14], line.keys)
    place = _phrase_place(parts, line.words)
    if place is None and any(part in _COUNTRY for part in parts):
        place = _phrase_place([word for part in parts for word in _COUNTRY.get(part, (part,))], line.words)
    return place


def _phrase_place(expanded: list[str], words: tuple[str, ...]) -> int | None:
    """Where the words stand in order, others between them allowed."""
    at = place = -1
    for part in expanded:
        found = next(
            (index for index in range(at + 1, len(words)) if _same_stem(part, words[index])),
            None,
        )
        if found is None:
            return None
        if place < 0:
            place = found
        at = found
    return place if at - place <= len(expanded) + 4 else None


def _word_place(name: str, words: tuple[str, ...], keys: frozenset[str]) -> int | None:
    for index, word in enumerate(words):
        if word == name:
            return index
    if len(name) >= 4:
        for index, word in enumerate(words):
            if len(word) >= 3 and name.startswith(word) and len(name) - len(word) <= _LONGEST_ENDING and len(word) >= 4:
                return index
            if word[:1] == name[:1] and len(name) > 5 and word[: len(name) - 1] == name[:-1] and len(word) <= len(name):
                return index
        if words and script_of(name[0]) != script_of(words[0][0]):
            key = skeleton(name)
            if len(key) >= 3 and key in keys:
                return next((index for index, word in enumerate(words) if skeleton(word) == key), None)
    return None


@lru_cache(maxsize=8192)
def _same_stem(one: str, other: str) -> bool:
    if one == other:
        return True
    shared = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared += 1
    return shared >= 4 and shared >= min(len(one), len(other)) - 2
