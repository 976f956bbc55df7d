"""Composers: what they print, and that no line can become mark-up, a command or a control word."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Callable

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from markdown_it import MarkdownIt

from kzcite.formats.compose.lines import NBSP, bind, clean, numbering
from kzcite.formats.registry import DOCUMENT_FORMATS, ComposeOptions, find_format
from kzcite.model import Rich, Run

FORMATS = sorted(one.name for one in DOCUMENT_FORMATS if "compose" in one.can)
LINES = (
    Rich.of("Омаров К. Т. Пробация институты. – Алматы : Жарғы, 2024. – 145 б."),
    Rich((Run("Olcott, M. B. (1995). "), Run("The Kazakhs", frozenset({"italic"})), Run(". Hoover."))),
    Rich((Run("Әділет. "), Run("https://adilet.zan.kz/a_b", link="https://adilet.zan.kz/a_b"))),
)
OPTIONS = ComposeOptions(title="Әдебиеттер", labels=("1.", "2.", "3."), language="kk")
NASTY = (
    r"\input{/etc/passwd} \write18{rm} {\field{\*\fldinst HYPERLINK}} <script>alert(1)</script> [x](javascript:1) "
    "![i](u) *a* _b_ `c` $d$ ~e~ ^f^ #g |h| &amp; %comment <!-- x --> ]]> @key \u202e 1. - + \\par \\bin5 \\u1234? ''"
)


def composed(name: str, lines: tuple[Rich, ...] = LINES, options: ComposeOptions = OPTIONS) -> bytes:
    data = find_format(name, DOCUMENT_FORMATS, "compose").load_composer().compose(lines, options)
    assert isinstance(data, bytes)
    return data


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace(NBSP, " ")).strip()


def shown(name: str, data: bytes) -> str:
    """The text that a reader of the format sees, of the formats that a library here can read."""
    if name == "html":
        return "\n".join("".join(one.itertext()) for one in html.document_fromstring(data).iter("li"))
    if name == "markdown":
        return "".join(html.fromstring(f"<div>{MarkdownIt('commonmark').render(data.decode())}</div>").itertext())
    if name == "docx":
        return "\n".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)
    return data.decode()


def test_all_promised_formats_compose() -> None:
    assert FORMATS == ["docx", "html", "latex", "markdown", "rtf", "text"]


@pytest.mark.parametrize("name", FORMATS)
def test_same_list_same_bytes(name: str) -> None:
    assert composed(name) == composed(name)


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_list_composes(name: str) -> None:
    assert "Әдебиеттер" in shown(name, composed(name, (), OPTIONS)) or name in ("html", "rtf")


def test_text() -> None:
    assert composed("text").decode().splitlines()[2] == f"1. {LINES[0].text}"
    assert composed("text", options=ComposeOptions(title="x", fragment=True)).decode().splitlines()[0] == LINES[0].text


def test_html_is_an_accessible_page() -> None:
    page = html.document_fromstring(composed("html"))
    assert page.get("lang") == "kk"
    assert page.findtext(".//title") == page.findtext(".//h1") == "Әдебиеттер"
    items = page.findall(".//ol/li")
    assert [plain(item.text_content()) for item in items] == [line.text for line in LINES]
    assert items[1].findtext("i") == "The Kazakhs"
    assert items[2].find("a").get("href") == "https://adilet.zan.kz/a_b"  # type: ignore[union-attr]


def test_html_other_labels_are_printed() -> None:
    options = ComposeOptions(labels=("[a]", "[b]", "[c]"), fragment=True)
    fragment = html.fromstring(composed("html", options=options).decode())
    assert fragment.tag == "ul"
    assert fragment.find("li/span").text == "[a]"  # type: ignore[union-attr]


def test_markdown_is_a_numbered_list() -> None:
    page = html.fromstring(f"<div>{MarkdownIt('commonmark').render(composed('markdown').decode())}</div>")
    assert [plain(item.text_content()) for item in page.findall(".//ol/li")] == [line.text for line in LINES]
    assert page.findtext(".//em") == "The Kazakhs"


def test_latex_has_a_document_and_keys() -> None:
    text = composed("latex").decode()
    assert text.count(r"\bibitem{ref") == 3
    assert "[provide=*,kazakh]{babel}" in text
    assert r"\textit{The Kazakhs}" in text
    fragment = composed("latex", options=ComposeOptions(fragment=True)).decode()
    assert fragment.splitlines()[1] == r"\begin{thebibliography}{9}"


def test_docx_has_numbered_paragraphs_in_the_wanted_look() -> None:
    data = composed("docx")
    document = docx.Document(io.BytesIO(data))
    entries = document.paragraphs[1:]
    assert document.paragraphs[0].style.name == "Heading 1"  # type: ignore[union-attr]
    assert [plain(one.text) for one in entries] == [line.text for line in LINES]
    assert all(one._p.pPr.numPr.numId.val == 1 for one in entries)  # type: ignore[union-attr]
    style = document.styles["Bibliography"]
    assert style.paragraph_format.first_line_indent == -style.paragraph_format.left_indent  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        styles = archive.read("word/styles.xml").decode()
        numbers = archive.read("word/numbering.xml").decode()
        for name in archive.namelist():
            etree.fromstring(archive.read(name))
    assert 'w:ascii="Times New Roman"' in styles
    assert 'w:sz w:val="28"' in styles
    assert 'w:val="kk-KZ"' in styles
    assert 'w:lvlText w:val="%1."' in numbers


def test_docx_options() -> None:
    data = composed("docx", options=ComposeOptions(labels=("[5]", "[6]", "[7]"), font="Arial", size=12, language="ru"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert 'w:lvlText w:val="[%1]"' in archive.read("word/numbering.xml").decode()
        assert 'w:start w:val="5"' in archive.read("word/numbering.xml").decode()
        styles = archive.read("word/styles.xml").decode()
    assert 'w:ascii="Arial"' in styles
    assert 'w:sz w:val="24"' in styles
    assert 'w:val="ru-RU"' in styles


def test_docx_labels_that_do_not_count_are_text() -> None:
    options = ComposeOptions(labels=("[Абай]", "[Olcott]", ""))
    first = docx.Document(io.BytesIO(composed("docx", options=options))).paragraphs[0]
    assert first.text.startswith("[Абай]\t")


def test_each_line_has_its_language() -> None:
    options = ComposeOptions(labels=("1.", "2.", "3."), language="kk", languages=("kk", "en", "ru"))
    items = html.document_fromstring(composed("html", options=options)).findall(".//ol/li")
    assert [item.get("lang") for item in items] == [None, "en", "ru"]
    document = docx.Document(io.BytesIO(composed("docx", options=options)))
    assert 'w:lang w:val="ru-RU"' in document.paragraphs[2]._p.xml
    assert "w:lang " not in document.paragraphs[0]._p.xml
    assert rb"\lang1049 " in composed("rtf", options=options)
    nasty = ComposeOptions(labels=("1.",), languages=('"><script>',), fragment=True)
    assert b"<script" not in composed("html", LINES[:1], nasty)


def test_bound_spaces() -> None:
    text = bind("Қойгелдиев М. Қ. Тарих. – Алматы : Мектеп, 2007. – № 4. – С. 5. – 408 б.")
    for pair in ("Қойгелдиев М.", "М. Қ.", "№ 4", "С. 5", "408 б."):
        assert pair.replace(" ", NBSP) in text
    assert f"Тарих.{NBSP}– Алматы" in text
    assert f"Алматы{NBSP}: Мектеп" in text
    assert NBSP not in bind("Қазақ әдеби тілінің тарихы")


def test_numbering() -> None:
    assert numbering(["1.", "2.", "3."]) == ("", ".", 1)
    assert numbering(["1.", "3."]) is None
    assert numbering([]) is None
    assert numbering(["", ""]) is None


@pytest.mark.parametrize("name", ["html", "markdown", "docx"])
def test_a_nasty_title_is_shown_letter_for_letter(name: str) -> None:
    text = shown(name, composed(name, (Rich.of(NASTY),), ComposeOptions(labels=("1.",))))
    assert plain(clean(NASTY)) in plain(text)


TEXT = st.text(st.characters(codec="utf-8"), max_size=60) | st.lists(
    st.sampled_from([*"\\{}<>[]()*_`#$%&~^|@!\"'-+=:/.;, \t\n1aҚ", "https://a.kz/", "1. ", "\\par", "</p>", "[^1]: "]),
    max_size=30,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXT)
def test_html_shows_any_text_and_makes_no_element(text: str) -> None:
    page = html.fromstring(composed("html", (Rich.of(text),), ComposeOptions(labels=("1.",), fragment=True)).decode())
    assert {one.tag for one in page.iter()} <= {"ol", "li"}
    assert plain(page.text_content()) == plain(clean(text))


@settings(max_examples=400, deadline=None)
@given(TEXT, st.sampled_from([("1.",), ("[1]",), ()]))
def test_markdown_shows_any_text(text: str, labels: tuple[str, ...]) -> None:
    data = composed("markdown", (Rich.of("x" + text),), ComposeOptions(labels=labels))
    page = html.fromstring(f"<div>{MarkdownIt('commonmark').render(data.decode())}</div>")
    assert {one.tag for one in page.iter()} <= {"div", "ol", "li", "p", "a"}
    label = labels[0] if labels == ("[1]",) else ""
    assert plain(page.text_content()) == plain(f"{label} {clean('x' + text)}")


COMMANDS = frozenset(
    "textbackslash textasciicircum textasciitilde textless textgreater textbar textquotedbl textasciigrave url begin "
    "end bibitem makeatletter makeatother renewcommand providecommand refname textit textbf textsuperscript "
    "textsubscript textsc".split()
) | set("{}$&#_%@")


@settings(max_examples=300, deadline=None)
@given(TEXT)
def test_latex_makes_no_command_of_any_text(text: str) -> None:
    data = composed("latex", (Rich.of(text),), ComposeOptions(labels=("1.",), fragment=True)).decode()
    body = data.split("\n", 4)[3]
    assert set(re.findall(r"\\([A-Za-z]+|.)", body)) <= COMMANDS
    bare = re.sub(r"\\[{}$&#_%]", "", re.sub(r"\\url\{[^{}]*\}", "", body))
    assert not re.search(r"[$&#_^%]", bare)
    depth = 0
    for char in bare:
        depth += (char == "{") - (char == "}")
        assert depth >= 0
    assert depth == 0


@settings(max_examples=300, deadline=None)
@given(TEXT)
def test_rtf_makes_no_control_word_of_any_text(text: str) -> None:
    data = composed("rtf", (Rich.of(text),), ComposeOptions()).decode("ascii")
    body = data[data.index("\\sa60 ") + 6 : data.rindex("\\par}")]
    token = re.compile(r"\\u(-?\d+)\\'3f|\\~|\\([\\{}])|[^\\{}]")
    assert token.sub("", body) == ""
    units = [
        chr(int(found[1]) % 65536) if found[1] else NBSP if found[0] == "\\~" else found[2] or found[0]
        for found in token.finditer(body)
    ]
    read = "".join(units).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert plain(read) == plain(clean(text))


@settings(max_examples=100, deadline=None)
@given(TEXT, TEXT)
def test_docx_is_well_formed_for_any_text(text: str, label: str) -> None:
    data = composed("docx", (Rich.of(text),), ComposeOptions(title=text, labels=(label,), font=text))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    assert plain(clean(text)) in plain("".join(root.itertext()))


@pytest.mark.client
@pytest.mark.parametrize("name", ["docx", "html", "latex", "markdown", "rtf"])
def test_pandoc_reads_what_was_composed(name: str, program: Callable[[str], str]) -> None:
    pandoc = program("pandoc")
    result = subprocess.run(
        [pandoc, "-f", name, "-t", "plain", "--wrap=none"], input=composed(name), capture_output=True, check=True
    )
    text = plain(result.stdout.decode())
    for line in LINES:
        assert plain(line.text.replace(NBSP, " ")) in text.replace("_The Kazakhs_", "The Kazakhs")
