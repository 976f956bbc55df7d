"""Styles that would hang, crash or mislead: each is refused with a clear error and its exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzcite.model import InputError, Item, Library, LimitError, TableError, UsageError
from kzcite.renderer import render, render_citations

HEAD = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>t</title><id>x</id><updated>2026-01-01T00:00:00+00:00</updated></info>"""
LIBRARY = Library((Item.from_csl({"id": "a", "type": "book", "title": "Абай жолы"}),))


def write(tmp_path: Path, macros: str, layout: str) -> Path:
    path = tmp_path / "hostile.csl"
    area = f"<layout>{layout}</layout>"
    text = f"{HEAD}{macros}<citation>{area}</citation><bibliography>{area}</bibliography></style>"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_macro_that_calls_itself(tmp_path: Path) -> None:
    macros = '<macro name="a"><text macro="b"/></macro><macro name="b"><text macro="a"/></macro>'
    with pytest.raises(TableError, match="calls itself: a → b → a") as caught:
        render(LIBRARY, write(tmp_path, macros, '<text macro="a"/>'))
    assert caught.value.exit_code == 4


def test_macros_that_double_each_other(tmp_path: Path) -> None:
    macros = '<macro name="m0"><text variable="title"/></macro>'
    for number in range(1, 40):
        macros += f'<macro name="m{number}"><text macro="m{number - 1}"/><text macro="m{number - 1}"/></macro>'
    with pytest.raises(LimitError, match="style_expansions"):
        render(LIBRARY, write(tmp_path, macros, '<text macro="m39"/>'))


@pytest.mark.parametrize("first", ["top", "bottom"])
def test_a_long_chain_of_macros(tmp_path: Path, first: str) -> None:
    macros = '<macro name="m0"><text variable="title"/></macro>'
    macros += "".join(f'<macro name="m{n}"><text macro="m{n - 1}"/></macro>' for n in range(1, 200))
    numbers = range(199, -1, -1) if first == "top" else range(200)
    with pytest.raises(LimitError, match="style_depth"):
        render(LIBRARY, write(tmp_path, macros, "".join(f'<text macro="m{n}"/>' for n in numbers)))


def test_deep_nesting(tmp_path: Path) -> None:
    layout = "<group>" * 100 + '<text variable="title"/>' + "</group>" * 100
    with pytest.raises(LimitError, match="style_depth"):
        render(LIBRARY, write(tmp_path, "", layout))
    with pytest.raises(TableError, match="Excessive depth"):
        render(LIBRARY, write(tmp_path, "", "<group>" * 2000 + "<text/>" + "</group>" * 2000))


def test_a_macro_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no macro 'a'"):
        render(LIBRARY, write(tmp_path, "", '<text macro="a"/>'))


@pytest.mark.parametrize(
    ("layout", "words"),
    [
        ("<text/>", "not valid CSL"),
        ('<text variable="title" quotes="perhaps"/>', "not valid CSL"),
        ("<unknown/>", "not valid CSL"),
        ("<text variable='title'", "not well-formed"),
    ],
)
def test_what_is_no_csl(tmp_path: Path, layout: str, words: str) -> None:
    with pytest.raises(TableError, match=words) as caught:
        render(LIBRARY, write(tmp_path, "", layout))
    assert "hostile.csl" in caught.value.where


def test_entities_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    path = write(tmp_path, "", '<text value="&e;"/>')
    text = path.read_text(encoding="utf-8")
    path.write_text(f'<!DOCTYPE style [<!ENTITY e SYSTEM "{secret}">]>{text}', encoding="utf-8")
    with pytest.raises(TableError):
        render(LIBRARY, path)


def test_a_style_that_is_too_large(tmp_path: Path) -> None:
    path = write(tmp_path, "<!--" + "x" * 3_000_000 + "-->", '<text variable="title"/>')
    with pytest.raises(LimitError, match="style_bytes"):
        render(LIBRARY, path)


def test_what_is_not_there() -> None:
    with pytest.raises(UsageError, match="no style"):
        render(LIBRARY, "no-such-style")
    with pytest.raises(InputError):
        render(LIBRARY, Path("no-such-style.csl"))
    with pytest.raises(UsageError, match="no locale"):
        render(LIBRARY, "apa", locale="qq")
    with pytest.raises(UsageError, match="not in the list"):
        render_citations(LIBRARY, [[("b", None)]], "apa")
    with pytest.raises(UsageError, match="unknown order"):
        render(LIBRARY, "apa", order="random")


DEPENDENT = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0">
<info><title>t</title><id>x</id><link href="http://www.zotero.org/styles/{0}" rel="independent-parent"/>
<updated>2026-01-01T00:00:00+00:00</updated></info></style>"""


def test_a_dependent_style_finds_its_parent_on_disk_only(tmp_path: Path) -> None:
    path = tmp_path / "child.csl"
    path.write_text(DEPENDENT.format("apa"), encoding="utf-8")
    assert render(LIBRARY, path) == render(LIBRARY, "apa")
    path.write_text(DEPENDENT.format("hostile"), encoding="utf-8")
    write(tmp_path, "", '<text variable="title" suffix="!"/>')
    assert render(LIBRARY, path)[0].text == "Абай жолы!"


@pytest.mark.parametrize(("parent", "words"), [("nowhere", "is not there"), ("child", "depends on another")])
def test_a_dependent_style_without_a_parent(tmp_path: Path, parent: str, words: str) -> None:
    path = tmp_path / "child.csl"
    path.write_text(DEPENDENT.format(parent), encoding="utf-8")
    with pytest.raises(TableError, match=words):
        render(LIBRARY, path)
