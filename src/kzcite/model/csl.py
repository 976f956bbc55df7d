"""The CSL 1.0.2 vocabulary: item types, variables and the kind of value that each variable holds.

Source: the CSL 1.0.2 specification, appendices III (types) and IV (variables).
"""

from __future__ import annotations

TYPES = frozenset(
    """article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection
    dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case
    legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song speech standard thesis
    treaty webpage""".split()
)

NAME_VARIABLES = (
    "author",
    "chair",
    "collection-editor",
    "compiler",
    "composer",
    "container-author",
    "contributor",
    "curator",
    "director",
    "editor",
    "editor-translator",
    "editorial-director",
    "executive-producer",
    "guest",
    "host",
    "illustrator",
    "interviewer",
    "narrator",
    "organizer",
    "original-author",
    "performer",
    "producer",
    "recipient",
    "reviewed-author",
    "script-writer",
    "series-creator",
    "translator",
)

DATE_VARIABLES = ("accessed", "available-date", "event-date", "issued", "original-date", "submitted")

NUMBER_VARIABLES = (
    "chapter-number",
    "citation-number",
    "collection-number",
    "edition",
    "first-reference-note-number",
    "issue",
    "locator",
    "number",
    "number-of-pages",
    "number-of-volumes",
    "page",
    "page-first",
    "part-number",
    "printing-number",
    "section",
    "supplement-number",
    "version",
    "volume",
)

TEXT_VARIABLES = (
    "abstract",
    "annote",
    "archive",
    "archive-place",
    "archive_collection",
    "archive_location",
    "authority",
    "call-number",
    "citation-key",
    "citation-label",
    "collection-title",
    "container-title",
    "container-title-short",
    "dimensions",
    "division",
    "DOI",
    "event-place",
    "event-title",
    "genre",
    "ISBN",
    "ISSN",
    "jurisdiction",
    "keyword",
    "language",
    "license",
    "medium",
    "note",
    "original-publisher",
    "original-publisher-place",
    "original-title",
    "part-title",
    "PMCID",
    "PMID",
    "publisher",
    "publisher-place",
    "references",
    "reviewed-genre",
    "reviewed-title",
    "scale",
    "source",
    "status",
    "title",
    "title-short",
    "URL",
    "volume-title",
    "year-suffix",
)

KIND: dict[str, str] = (
    dict.fromkeys(NAME_VARIABLES, "name")
    | dict.fromkeys(DATE_VARIABLES, "date")
    | dict.fromkeys(NUMBER_VARIABLES, "number")
    | dict.fromkeys(TEXT_VARIABLES, "text")
    | {"type": "type"}
)
"""Variable → name, date, number, text or type."""

# Older spellings that CSL-JSON of the wild still carries → CSL 1.0.2.
ALIASES = {
    "part": "part-number",
    "printing": "printing-number",
    "supplement": "supplement-number",
    "event": "event-title",
    "journalAbbreviation": "container-title-short",
    "shortTitle": "title-short",
}

# Locator terms of CSL 1.0.2 (`article-locator` is the term, `article` its common short spelling).
LOCATORS = frozenset(
    """act appendix article-locator book canon chapter column elocation equation figure folio issue line note opus
    page paragraph part rule scene section sub-verbo supplement table timestamp title-locator verse version
    volume""".split()
)
