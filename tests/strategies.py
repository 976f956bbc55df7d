"""Hypothesis strategies for what kzcite reads: lines, lists, documents, items, styles. Shared by the property tests."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from kzcite.model import Item, Library, csl

WORDS = st.sampled_from(
    "Омаров К.Т. Әуезов М. О. Smith J. van der Berg Абай жолы Еңбек құқығы On law // / : ; – – . , [1] (2001) 2014 № 1 "
    "Алматы: Ғылым, М.: Наука, London: с. 5–9 45-54 б. 334 p. ISBN 978-601-00-0000-0 https://doi.org/10.1000/x "
    "[Электронный ресурс] = | « » <i> </i> & { } \\ $x$ @book{ TY  - %0 <script> =1+1 ] ) ( [ … "
    "\u00a0 \u00ad \u200b \u202e"
    .split(" ")
)  # fmt: skip
WORD = WORDS | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)

lines = st.lists(WORD, max_size=40).map(" ".join).map(lambda text: " ".join(text.split()))
"""One reference line, plausible or not, without line breaks."""

headings = st.sampled_from(["Әдебиеттер тізімі", "Список литературы", "References", "Пайдаланылған әдебиет", "Текст"])
labels = st.sampled_from(["{}. ", "[{}] ", "{}) ", "{} ", "- ", ""])


@st.composite
def lists(draw: st.DrawFn) -> str:
    """A reference list under a heading, labelled one way throughout."""
    label = draw(labels)
    entries = draw(st.lists(lines, min_size=1, max_size=8))
    body = "\n".join(label.format(number) + line for number, line in enumerate(entries, 1))
    return f"{draw(headings)}\n\n{body}\n"


markers = st.sampled_from(
    ["[1]", "[1, 2-4]", "[2, с. 5]", "(Smith, 2001)", "[Сонда, 3 б.]", "¹", "[99]", "[", "(", "[]"]
)
paragraphs = st.lists(WORD | markers, max_size=25).map(" ".join)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Paragraphs with markers, and a list or none."""
    text = "\n\n".join(draw(st.lists(paragraphs, max_size=5)))
    return text + "\n\n" + draw(lists() | st.just(""))


_TEXTS = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
_PEOPLE = st.lists(
    st.fixed_dictionaries({"family": _TEXTS}, optional={"given": _TEXTS}) | st.fixed_dictionaries({"literal": _TEXTS}),
    min_size=1,
    max_size=3,
)
_DATES = st.fixed_dictionaries({"date-parts": st.lists(st.lists(st.integers(1, 2100), min_size=1, max_size=1))}) | (
    st.fixed_dictionaries({"literal": _TEXTS})
)
_VALUES: dict[str, st.SearchStrategy[Any]] = {"name": _PEOPLE, "date": _DATES, "number": _TEXTS, "text": _TEXTS}


@st.composite
def items(draw: st.DrawFn) -> Item:
    """An item of any type with some of the variables of CSL."""
    names = draw(st.lists(st.sampled_from(sorted(set(csl.KIND) - {"type"})), unique=True, max_size=8))
    value = {name: draw(_VALUES[csl.KIND[name]]) for name in names}
    return Item.from_csl({"id": draw(_TEXTS), "type": draw(st.sampled_from(sorted(csl.TYPES))), **value})


libraries = st.lists(items(), max_size=4).map(Library.of)

_VARIABLES = st.sampled_from(["title", "publisher", "container-title", "volume", "page", "URL", "DOI"])
_LEAVES = st.builds('<text variable="{}" prefix=" "/>'.format, _VARIABLES) | st.sampled_from(
    [
        '<names variable="author"><name initialize-with=". " name-as-sort-order="all"/></names>',
        '<names variable="editor translator"><label form="short"/><name/></names>',
        '<date variable="issued"><date-part name="year"/></date>',
        '<number variable="volume" form="ordinal"/>',
        '<label variable="page" form="short"/>',
        '<text term="et-al"/>',
        '<text value="–"/>',
        '<text macro="m"/>',
    ]
)
_ELEMENTS = st.recursive(
    _LEAVES,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4).map(lambda parts: f'<group delimiter=", ">{"".join(parts)}</group>')
        | st.builds(
            '<choose><if type="book article-journal" match="any">{}</if><else>{}</else></choose>'.format, inner, inner
        )
    ),
    max_leaves=10,
)


@st.composite
def styles(draw: st.DrawFn) -> bytes:
    """A CSL style, valid or nearly: its one macro may call itself."""
    layout, macro = draw(_ELEMENTS), draw(_ELEMENTS)
    return (
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>t</title><id>x</id>'
        f'<updated>2026-01-01T00:00:00+00:00</updated></info><macro name="m">{macro}</macro>'
        f"<citation><layout>{layout}</layout></citation><bibliography><layout>{layout}</layout></bibliography></style>"
    ).encode()
