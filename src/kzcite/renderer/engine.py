"""Lists and citations in a style: items in, one `Rich` an entry or a citation out.

Each entry takes its terms from its own language (`locale="auto"`); numbers and order are the list's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from kzcite.model import Item, Library, Locator, Rich, TableError, UsageError
from kzcite.renderer.csl.cites import CiteOf, Cluster
from kzcite.renderer.csl.clusters import Clusters
from kzcite.renderer.csl.finish import to_rich
from kzcite.renderer.csl.processor import Processor
from kzcite.renderer.csl.style import Style
from kzcite.renderer.prepare import prepare
from kzcite.tables.styles import find_locale, find_style
from kzcite.text.order import sort_key

ORDERS = ("as-is", "mention", "alphabet", "style")


def load_style(style: str | Path) -> Style:
    """A style by name or path, a dependent one by its parent, which is looked for beside it and among the known styles.

    Raises UsageError for an unknown name, TableError for a file that is no valid CSL or whose parent is not there.
    """
    path = find_style(style)
    made = Style.load(path)
    if made.citation is not None:
        return made
    if not made.parent:
        raise TableError("the style has no <citation> and names no parent", where=str(path))
    try:
        beside = path.with_name(f"{made.parent}.csl")
        made = Style.load(beside if beside.is_file() else find_style(made.parent))
    except UsageError as error:
        raise TableError(f"the parent style {made.parent!r} is not there", where=str(path)) from error
    if made.citation is None:
        raise TableError(f"the parent style {path.stem!r} depends on another", where=made.where)
    return made


def main_language(library: Library) -> str:
    """The language of most items (`kk`, `ru`, `en` ...), `en` for romanised ones; `""` where none is known."""
    counts = Counter(_base(item.language) for item in library if item.language)
    return counts.most_common(1)[0][0] if counts else ""


def _base(tag: str) -> str:
    return "en" if "-Latn" in tag else tag.split("-")[0]


def processor(library: Library, style: str | Path, locale: str = "auto") -> Processor:
    """The style at work on a library, its items in the order given."""
    if locale != "auto" and find_locale(locale) is None:
        raise UsageError(f"no locale {locale!r}", hint="see: kzcite list locales")
    return Processor(load_style(style), library.items, locale=locale, main=main_language(library))


def render(library: Library, style: str | Path, *, locale: str = "auto", order: str = "as-is") -> tuple[Rich, ...]:
    """One line an item, without the number before it (see `labels`).

    `order`: see `ordered`. Raises UsageError for an unknown style or locale, TableError for a bad style.
    """
    return tuple(_entries(ordered(library, style, order=order), style, locale))


def labels(library: Library, style: str | Path, *, locale: str = "auto") -> tuple[str, ...]:
    """The number that the style prints before each line, as it prints it (`1.`, `[1]`); `""` where it has none."""
    work = processor(library, style, locale)
    if not work.has_bibliography or not work.layout("bibliography").has_label:
        return ("",) * len(library)
    work.number()
    return tuple(to_rich(label).text.strip() for label in work.labels())


def _entries(library: Library, style: str | Path, locale: str) -> list[Rich]:
    work = processor(library, style, locale)
    work.number()
    work.disambiguate()
    if not work.has_bibliography:
        # A style of footnotes only: the list takes the form of the first citation.
        return [to_rich(tokens) for tokens in work.first_citations()]
    if work.layout("bibliography").has_label:
        return [to_rich(tokens) for _, tokens in work.entries()]
    # A first field that is no number belongs to the line.
    return [to_rich([*field, *tokens]) for field, tokens in work.entries()]


def ordered(library: Library, style: str | Path, *, order: str = "as-is", latin_first: bool = False) -> Library:
    """The library in the order of its list.

    `as-is` and `mention`: as it stands; `alphabet`: by the Kazakh alphabet, Cyrillic block first or last, each entry by
    what it begins with in this style; `style`: by the style's own `cs:sort`, by the alphabet of the list's language.
    """
    if order not in ORDERS:
        raise UsageError(f"unknown order {order!r}", hint="one of " + ", ".join(ORDERS))
    if order == "alphabet":
        row = load_style(style).preparation
        begins = {item.id: alphabet_key(prepare(item, row) if row else item, latin_first) for item in library}
        return Library(tuple(sorted(library.items, key=lambda item: begins[item.id])))
    if order == "style":
        work = processor(library, style)
        work.sort()
        return Library(tuple(record.item for record in work.records))
    return library


def alphabet_key(item: Item, latin_first: bool = False) -> tuple[object, ...]:
    """Where an item stands in an alphabetical list: by its heading, title, year and volume."""
    people = item.names("author") or (item.names("editor") if item.type == "book" and not item.text("title") else ())
    heading = ", ".join(one.literal or f"{one.family} {one.given}".strip() for one in people)
    title = item.text("title")
    date = item.date("issued")
    return (
        sort_key(heading or title, "kk", not latin_first),
        sort_key(title, "kk", not latin_first),
        date.parts if date else (),
        sort_key(item.text("volume"), "kk", not latin_first),
    )


def render_citations(
    library: Library,
    clusters: Sequence[Sequence[tuple[str, Locator | None]]],
    style: str | Path,
    *,
    locale: str = "auto",
    notes: Sequence[int] = (),
) -> tuple[Rich, ...]:
    """In-text citations, one `Rich` a cluster of (item id, place in it) pairs, in the order of the text.

    `locale` is the language of the paper; `auto` takes that of most items, and in footnotes, which give whole
    descriptions, each item's own. `notes` are the footnote numbers of the clusters, 0 for the running text; without
    them a note style counts its clusters as notes. Numbers are the places of the items in the library. Raises
    UsageError for an id that the library does not have.
    """
    if locale == "auto" and not load_style(style).is_note:
        locale = main_language(library)
        locale = locale if locale and find_locale(locale) else "en"
    work = processor(library, style, locale)
    work.number()
    work.disambiguate()
    for cluster in clusters:
        for id, _ in cluster:
            if id not in work.by_id:
                raise UsageError(f"a citation of {id!r}, which is not in the list")
    made = [
        Cluster(
            tuple(CiteOf(id, place.value if place else "", place.label if place else "page") for id, place in cluster),
            notes[number] if notes else (number + 1 if work.style.is_note else 0),
        )
        for number, cluster in enumerate(clusters)
    ]
    return tuple(to_rich(tokens) for tokens in Clusters(work).render(made))
