"""Write the gost-*.csl and references-kz.csl of `styles/` from `gost.xml` and `variants.toml`.

`python styles/source/make.py` writes, `--check` fails where a style is stale.

`only` and `not` on an element name profiles and forms; `{name}` in an attribute or text is a sign of the variant. A
`choose` that is left without conditions goes.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from typing import Any

from lxml import etree

HERE = Path(__file__).resolve().parent
CSL = "{http://purl.org/net/xbiblio/csl}"
UPDATED = "2026-11-22T00:00:00+00:00"


def main() -> int:
    stale = []
    for name, text in styles().items():
        path = HERE.parent / f"{name}.csl"
        if "--check" in sys.argv:
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                stale.append(path.name)
        else:
            path.write_text(text, encoding="utf-8", newline="\n")
    for one in stale:
        print(f"{one} is not what source/gost.xml gives: run python styles/source/make.py")
    return 1 if stale else 0


def styles() -> dict[str, str]:
    """Name → CSL text of every variant."""
    variants = tomllib.loads((HERE / "variants.toml").read_text(encoding="utf-8"))
    return {row["name"]: _style(row, variants) for row in variants["file"]}


def _style(row: dict[str, str], variants: dict[str, Any]) -> str:
    profile, form = variants["profile"][row["profile"]], variants["form"][row["form"]]
    parser = etree.XMLParser(remove_blank_text=True, remove_comments=True, resolve_entities=False)
    root = etree.parse(str(HERE / "gost.xml"), parser).getroot()
    _select(root, {row["profile"], row["form"], *profile.get("like", [])})
    _drop_unused(root)
    _fill(root, _signs(profile, form, row))
    _info(root, row, profile, form)
    etree.cleanup_namespaces(root)
    etree.indent(root, "  ")
    text = etree.tostring(root, encoding="unicode")
    note = "<!-- Made by styles/source/make.py: change styles/source/gost.xml, not this file. -->"
    return f'<?xml version="1.0" encoding="utf-8"?>\n{note}\n{text}\n'


def _signs(profile: dict[str, Any], form: dict[str, str], row: dict[str, str]) -> dict[str, Any]:
    return {"cite-open": "", "cite-close": "", **profile, **form, **row}


def _select(element: etree._Element, names: set[str]) -> None:
    for child in list(element):
        only, without = child.attrib.pop("only", None), child.attrib.pop("not", None)
        if (only and not names & set(only.split())) or (without and names & set(without.split())):
            element.remove(child)
            continue
        _select(child, names)
    if element.tag == f"{CSL}choose":
        _repair(element)


def _repair(choose: etree._Element) -> None:
    """A `choose` that lost its first condition begins with the next one; an empty one prints nothing."""
    parent = choose.getparent()
    if parent is None:
        return
    if len(choose) and choose[0].tag == f"{CSL}else-if":
        choose[0].tag = f"{CSL}if"
    if not len(choose) or all(len(branch) == 0 for branch in choose):
        parent.remove(choose)
    elif choose[0].tag == f"{CSL}else":
        at = parent.index(choose)
        for child in reversed(choose[0]):
            parent.insert(at + 1, child)
        parent.remove(choose)


def _drop_unused(root: etree._Element) -> None:
    while True:
        used = {str(one.get("macro")) for one in root.iter(f"{CSL}text", f"{CSL}key") if one.get("macro")}
        unused = [one for one in root.findall(f"{CSL}macro") if one.get("name") not in used]
        if not unused:
            return
        for one in unused:
            root.remove(one)


def _fill(root: etree._Element, signs: dict[str, Any]) -> None:
    def put(text: str) -> str:
        return re.sub(r"\{([a-z-]+)\}", lambda found: str(signs[found[1]]), text)

    for element in root.iter():
        for key, value in element.attrib.items():
            if "{" in str(value):
                element.set(key, put(str(value)))
        if element.text and "{" in element.text:
            element.text = put(element.text)


def _info(root: etree._Element, row: dict[str, str], profile: dict[str, Any], form: dict[str, str]) -> None:
    info = root.find(f"{CSL}info")
    assert info is not None

    def add(tag: str, text: str = "", **attributes: str) -> None:
        element = etree.SubElement(info, f"{CSL}{tag}", attributes)
        element.text = text or None

    add("title", profile["title"] + (f", {form['title']}" if "title" in form else ""))
    add("id", f"https://kzcite.org/styles/{row['name']}")
    add("link", href=f"https://kzcite.org/styles/{row['name']}", rel="self")
    add("author")
    etree.SubElement(info[-1], f"{CSL}name").text = "kzcite contributors"
    add("category", **{"citation-format": form["category"]})
    add("category", field="generic-base")
    add("summary", profile["summary"])
    add("updated", UPDATED)
    add("rights", "MIT licence", license="https://opensource.org/license/mit")


if __name__ == "__main__":
    sys.exit(main())
