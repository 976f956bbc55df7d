"""How much a line looks like a bibliographic reference: a score from its years, signs, labels and names."""

from __future__ import annotations

import re

LIKELY = 0.45

_SIGNS: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE if flag else 0), weight)
    for pattern, weight, flag in (
        (r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", 0.3, False),
        (r"[.,)»\w]\s?[–—-]\s?(?:[А-ЯӘҒҚҢӨҰҮҺІA-Z№\d])", 0.15, False),
        (r"\.\s?[–—-]\s", 0.15, False),
        (r"(?<![:/])//(?!/)", 0.35, False),
        (r"(?<!\w)\d{1,4}\s?-?(?:б|бет|с|p|pp|б\.б)\.?(?=$|[\s.,;)])", 0.25, True),
        (r"(?<!\w)(?:С|Б|P|pp?|стр|с|бб?)\.\s?\d", 0.25, False),
        (r"https?:|www\.|(?<!\w)doi\b|10\.\d{4}/|URL", 0.35, True),
        (r"(?<!\w)(?:№|vol\.?|т\.|том|вып|issue|no\.|шығ\.|ч\.)\s?\d", 0.15, True),
        (r"\[(?:Электр|Текст|Мәтін|Electronic)", 0.4, True),
        (r"^\W{0,3}(?:[^\W\d_]\.\s?){1,2}[^\W\d_]{2,}", 0.25, False),
        (r"^\W{0,3}[^\W\d_][^\W\d_'’-]+,?\s(?:[^\W\d_]\.\s?){1,3}", 0.35, False),
        (r"^\W{0,3}[^\W\d_]{2,}(?:-[^\W\d_]+)?\s[A-Z]{1,3},", 0.25, False),
        (
            r"(?<!\w)(?:М|СПб|Л|А|Алматы|Астана|Москва|London|New York|Berlin|Алма-Ата|Нұр-Сұлтан)\.?\s?[:,]",
            0.2,
            False,
        ),
        (r"(?:дата обращения|қаралған күні|жүгінген күн|accessed|retrieved|режим доступа)", 0.3, True),
        (r"(?:ISBN|ISSN)", 0.3, False),
        (r"\d\s?\(\d{1,3}\)\s?[:,]|(?<!\w)pages?\s\d|\d:\d+[–-]\d", 0.3, True),
        (r"\((?:19|20)\d\d[a-zа-я]?\)", 0.2, False),
        (r"(?:19|20)\d\d\.?\s*$", 0.15, False),
        (
            r"(?<!\w)(?:arXiv|Springer|Elsevier|IEEE|ACM|Wiley|Blackwell|Routledge|Proceedings|Oxford|Cambridge)(?!\w)",
            0.2,
            False,
        ),
        (r"^\W{0,3}(?:СТ РК|ҚР СТ|ГОСТ|МЕМСТ|GOST|ISO|EN)\s", 0.45, False),
        (
            r"(?<!\w)(?:заңы|кодексі|конституциясы|закон|кодекс|қаулысы|бұйрығы|жарлығы|приказ|постановление|указ|конституция|гост|дис\.|автореф|патент)(?!\w)",
            0.2,
            True,
        ),
        (
            r"(?<!\w)(?:баспасы|изд-во|издательство|press|publish\w*|universit\w+|journal|журнал|хабаршысы|вестник)"
            r"(?!\w)",
            0.15,
            True,
        ),
    )
)
_AGAINST: tuple[tuple[re.Pattern[str], float], ...] = (
    (re.compile(r"\.{5,}|…{3,}|\t\d+\s*$"), 1.0),
    (re.compile(r"[{};]\s*$|==|&&|\+\+|^\s*(?:int|for|if|return|public|private|def|class|import)\b"), 1.0),
    (re.compile(r"\[\d{1,3}(?:[,;–-]\s?\d{1,3})*\]"), 0.35),
    (re.compile(r"@[\w-]+\.\w"), 0.7),
    (re.compile(r"\+7\s?[(\d]|тел\.|орцид|orcid", re.IGNORECASE), 0.6),
)
_LONGEST = 1_200
_LONG = 700


def likeness(line: str) -> float:
    """From 0 to 1; at LIKELY and above the line is taken for a reference.

    >>> likeness("Қалиева Г.С. Еңбек құқығы // Заңгер. – 2023. – № 4. – 89-98 б.") > 0.9
    True
    """
    text = " ".join(line[:_LONGEST].split())
    score = sum(weight for pattern, weight in _SIGNS if pattern.search(text))
    score -= sum(weight for pattern, weight in _AGAINST if pattern.search(text))
    if len(text) > _LONG:
        score -= 0.3
    if text.endswith((":", "?", "!")):
        score -= 0.2
    return max(0.0, min(1.0, score))


def is_likely(line: str) -> bool:
    """Whether the line is taken for a reference."""
    return likeness(line) >= LIKELY
