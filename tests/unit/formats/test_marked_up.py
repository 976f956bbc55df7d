"""Markdown, HTML and LaTeX: the visible text, its blocks, and edits that leave everything else alone."""

from __future__ import annotations

import importlib
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcite.formats.document import html, latex, markdown
from kzcite.model import Document, Edit, Rich, Run, Span

MARKDOWN = r"""---
title: x
---
# **Тақырып** *бір*

Мәтін \[1\] және [[2]](#r2) сөз **қалың [3]** $[0,1]$ `x[4]` H~2~O &amp; <sup>6</sup> [онлайн](http://x.kz/a_(b))[^1].

```
code [9]
```
1. Омаров К. *Атау* // Заңгер. – 2020.
2) Екінші_бір_сөз * жұлдыз

[^1]: Ескерту [10].
"""
HTML = """<!doctype html><html><head><title>x</title><style>a>b{}</style></head><body><h2>Тақырып &amp;
 бір</h2><p>Мәтін [1]&nbsp;және <a href="#r2">[2]</a> <b>қалың [3]</b> H<sub>2</sub>O 2 < 3</p><script>x="[9]"</script>
<pre>code [9]</pre><p>і <code>x[4]</code></p><ol start="3"><li>Омаров К. <i>Атау</i>.</li>
<li>Екінші</li></ol><p style="display: none">жоқ</p><p>соңы<br>жол</p></body></html>"""
LATEX = r"""% түсінік [8]
\documentclass{article}
\begin{document}
\section{Кіріспе \textbf{бір}}
Мәтін \cite{a} және \cite[с.~45]{b}, {[}3{]} \emph{курсив [4]} $[0,1]$ --- 5\,\% \textsuperscript{6}. % түсінік
Жаңа caf\'e.

\begin{verbatim}
x[9]
\end{verbatim}
\begin{thebibliography}{99}
\bibitem{a} Омаров К. \textit{Атау} // Заңгер. -- 2020.
\bibitem{b}
Екінші.

\end{thebibliography}
\end{document}
"""
SAMPLES = {"markdown": MARKDOWN, "html": HTML, "latex": LATEX}


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"kzcite.formats.document.{name}")


def _read(name: str) -> Document:
    document: Document = _module(name).read(SAMPLES[name].encode(), "x")
    return document


def _blocks(document: Document, kind: str) -> list[str]:
    return [one.span.cut(document.text) for one in document.blocks if one.kind == kind]


def test_markdown_prints_without_its_marks() -> None:
    document = _read("markdown")
    assert document.text.startswith(
        "Тақырып бір\n\nМәтін [1] және [2] сөз қалың [3] $[0,1]$ `x[4]` H2O & 6 онлайн[^1]."
    )
    assert _blocks(document, "section-title") == ["Тақырып бір"]
    assert _blocks(document, "code") == ["$[0,1]$", "`x[4]`", "```", "code [9]", "```"]
    assert "1. Омаров К. Атау // Заңгер. – 2020.\n2) Екінші_бір_сөз * жұлдыз\n" in document.text


def test_html_prints_as_a_browser_does() -> None:
    document = _read("html")
    assert document.text.split("\n") == [
        "Тақырып & бір",
        "Мәтін [1]\u00a0және [2] қалың [3] H2O 2 < 3",
        "code [9]",
        "і x[4]",
        "3. Омаров К. Атау.",
        "4. Екінші",
        "соңы",
        "жол",
    ]
    assert _blocks(document, "code") == ["code [9]", "x[4]"]
    assert _blocks(document, "list-item") == ["3. Омаров К. Атау.", "4. Екінші"]


def test_latex_prints_as_its_pdf_does() -> None:
    document = _read("latex")
    assert "Мәтін [1] және [2, с.\u00a045], [3] курсив [4] $[0,1]$ — 5\u202f% 6. Жаңа café." in document.text
    assert "[1] Омаров К. Атау // Заңгер. – 2020." in document.text
    assert "түсінік" not in document.text
    assert _blocks(document, "code")[0].strip() == "$[0,1]$"


@pytest.mark.parametrize(
    ("name", "text", "marks"),
    [("markdown", "6", "sup"), ("markdown", "бір", "italic"), ("html", "2", "sub"), ("latex", "6", "sup")],
)
def test_pieces_carry_marks(name: str, text: str, marks: str) -> None:
    document = _read(name)
    assert any(one.span.cut(document.text) == text and marks in one.marks for one in document.pieces)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_patch_changes_only_what_it_must(name: str) -> None:
    data, document = SAMPLES[name].encode(), _read(name)
    assert _module(name).patch(data, document, []) == data
    at = document.text.index("[3]")
    patched = _module(name).patch(data, document, [Edit(Span(at, at + 3), Rich.of("[5]"))])
    again = _module(name).read(patched, "x")
    assert again.text == document.text[:at] + "[5]" + document.text[at + 3 :]


@pytest.mark.parametrize("name", SAMPLES)
def test_special_signs_are_escaped(name: str) -> None:
    data, document = SAMPLES[name].encode(), _read(name)
    at = document.text.index("Екінші")
    new = "<b> *x* _y_ \\ & 5 % # {z} `q`"
    patched = _module(name).patch(data, document, [Edit(Span(at, at + 6), Rich.of(new))])
    assert new in _module(name).read(patched, "x").text


@pytest.mark.parametrize("name", SAMPLES)
def test_formatting_is_written(name: str) -> None:
    data, document = SAMPLES[name].encode(), _read(name)
    at = document.text.index("Екінші")
    rich = Rich((Run("А"), Run("Б", frozenset({"italic"}))))
    again = _module(name).read(_module(name).patch(data, document, [Edit(Span(at, at + 6), rich)]), "x")
    piece = next(one for one in again.pieces if "Б" in one.span.cut(again.text) and "italic" in one.marks)
    assert piece.span.cut(again.text) == "Б"


def test_html_entries_go_in_and_out_as_elements() -> None:
    data, document = HTML.encode(), _read("html")
    at = document.text.index("\n4. Екінші")
    out = html.patch(data, document, [Edit(Span(at, at + len("\n4. Екінші")), Rich())]).decode()
    assert "<li>Омаров К. <i>Атау</i>.</li></ol>" in out
    more = html.patch(data, document, [Edit(Span(at, at + 1), Rich.of("\nЖаңа\n"))]).decode()
    assert "</li>\n<li>Жаңа</li>\n<li>Екінші</li></ol>" in more


def test_what_latex_computes_cannot_be_edited() -> None:
    data, document = LATEX.encode(), _read("latex")
    at = document.text.index("[1]")
    assert latex.patch(data, document, [Edit(Span(at, at + 3), Rich.of("[7]"))]) == data


@given(st.text(alphabet="ab[1] *_`~^$&<>/!#-\\{}()\n\t%;\"'=", max_size=80))
@pytest.mark.parametrize("module", [markdown, html, latex])
def test_any_source_is_read_and_given_back(module: ModuleType, source: str) -> None:
    data = source.encode()
    document = module.read(data, "x")
    assert module.patch(data, document, []) == data
    for piece in document.pieces:
        if piece.handle.verbatim:
            assert piece.span.cut(document.text) == source[piece.handle.start : piece.handle.end]
