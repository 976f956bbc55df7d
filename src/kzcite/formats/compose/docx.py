"""Word: a docx whose entries are really numbered paragraphs, in the font, size and language of the options."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from lxml import etree

from kzcite.formats.compose.lines import Line, clean, lines_of, numbering
from kzcite.formats.registry import ComposeOptions
from kzcite.model import Rich, Run

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LANGUAGES = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-US"}
_MARKS = {
    "bold": ("b", {}),
    "italic": ("i", {}),
    "small-caps": ("smallCaps", {}),
    "sup": ("vertAlign", {"val": "superscript"}),
    "sub": ("vertAlign", {"val": "subscript"}),
}
# The same bytes for the same list: a fixed time for all parts.
_TIME = (2020, 1, 1, 0, 0, 0)
_HANGING = 567  # twentieths of a point: 1 cm


def compose(lines: Sequence[Rich], options: ComposeOptions) -> bytes:
    """The bytes of a docx. Labels that count up (`1.`, `[1]`) are Word's own numbers, others stand before a tab."""
    rows = list(lines_of(lines, options, bound=True))
    signs = numbering([row.label for row in rows])
    links = list(dict.fromkeys(run.link for row in rows for run in row.runs if run.link))
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations([("officeDocument", "word/document.xml", False)]),
        "word/document.xml": _document(rows, options, signs is not None, links),
        "word/styles.xml": _styles(options),
        "word/settings.xml": _settings(options),
        "word/numbering.xml": _numbering(signs or ("", ".", 1)),
        "word/_rels/document.xml.rels": _relations(
            [
                ("styles", "styles.xml", False),
                ("numbering", "numbering.xml", False),
                ("settings", "settings.xml", False),
                *(("hyperlink", link, True) for link in links),
            ]
        ),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, root in parts.items():
            info = zipfile.ZipInfo(name, _TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
    return buffer.getvalue()


def _add(parent: etree._Element, tag: str, **attributes: object) -> etree._Element:
    return etree.SubElement(
        parent, f"{{{_W}}}{tag}", {f"{{{_W}}}{key}": str(value) for key, value in attributes.items()}
    )


def _root(tag: str) -> etree._Element:
    return etree.Element(f"{{{_W}}}{tag}", nsmap={"w": _W, "r": _R})


def _document(rows: Sequence[Line], options: ComposeOptions, numbered: bool, links: list[str]) -> etree._Element:
    root = _root("document")
    body = _add(root, "body")
    if options.title and not options.fragment:
        paragraph = _paragraph(body, "Heading1")
        _text(_add(paragraph, "r"), clean(options.title))
    for row in rows:
        paragraph = _paragraph(body, "Bibliography")
        if numbered:
            numbers = _add(_properties(paragraph), "numPr")
            _add(numbers, "ilvl", val=0)
            _add(numbers, "numId", val=1)
        elif row.label:
            label = _add(paragraph, "r")
            _text(label, row.label)
            _add(label, "tab")
        for run in row.runs:
            _run(paragraph, run, links, row.language)
    section = _add(body, "sectPr")
    _add(section, "pgSz", w=11906, h=16838)
    _add(section, "pgMar", top=1134, right=850, bottom=1134, left=1701, header=709, footer=709, gutter=0)
    return root


def _paragraph(body: etree._Element, style: str) -> etree._Element:
    paragraph = _add(body, "p")
    _add(_add(paragraph, "pPr"), "pStyle", val=style)
    return paragraph


def _properties(paragraph: etree._Element) -> etree._Element:
    return paragraph[0]


def _run(paragraph: etree._Element, run: Run, links: list[str], language: str) -> None:
    parent = paragraph
    if run.link:
        parent = _add(paragraph, "hyperlink")
        parent.set(f"{{{_R}}}id", f"rId{links.index(run.link) + 4}")
    element = _add(parent, "r")
    if run.marks or run.link or language:
        properties = _add(element, "rPr")
        if run.link:
            _add(properties, "rStyle", val="Hyperlink")
        for mark, (tag, attributes) in _MARKS.items():
            if mark in run.marks:
                _add(properties, tag, **attributes)
        if language:
            _add(properties, "lang", val=_LANGUAGES.get(language, language))
    _text(element, run.text)


def _text(run: etree._Element, text: str) -> None:
    element = _add(run, "t")
    element.set(_XML_SPACE, "preserve")
    element.text = text


def _numbering(signs: tuple[str, str, int]) -> etree._Element:
    before, after, start = signs
    root = _root("numbering")
    abstract = _add(root, "abstractNum", abstractNumId=0)
    _add(abstract, "multiLevelType", val="singleLevel")
    level = _add(abstract, "lvl", ilvl=0)
    _add(level, "start", val=start)
    _add(level, "numFmt", val="decimal")
    _add(level, "lvlText", val=f"{before}%1{after}")
    _add(level, "lvlJc", val="left")
    _indent(_add(level, "pPr"))
    _add(_add(root, "num", numId=1), "abstractNumId", val=0)
    return root


def _indent(properties: etree._Element) -> None:
    _add(_add(properties, "tabs"), "tab", val="num", pos=_HANGING)
    _add(properties, "ind", left=_HANGING, hanging=_HANGING)


def _language(options: ComposeOptions) -> str:
    return _LANGUAGES.get(options.language[:2], clean(options.language) or "en-US")


def _styles(options: ComposeOptions) -> etree._Element:
    root = _root("styles")
    defaults = _add(root, "docDefaults")
    run = _add(_add(defaults, "rPrDefault"), "rPr")
    font = clean(options.font)
    _add(run, "rFonts", ascii=font, hAnsi=font, cs=font, eastAsia=font)
    size = round(options.size * 2)
    _add(run, "sz", val=size)
    _add(run, "szCs", val=size)
    _add(run, "lang", val=_language(options), eastAsia="en-US", bidi="ar-SA")
    paragraph = _add(_add(defaults, "pPrDefault"), "pPr")
    _add(paragraph, "spacing", after=0, line=240, lineRule="auto")
    _add(_style(root, "paragraph", "Normal", "Normal", default=1), "qFormat")
    heading = _style(root, "paragraph", "Heading1", "heading 1")
    _add(heading, "basedOn", val="Normal")
    _add(heading, "qFormat")
    properties = _add(heading, "pPr")
    _add(properties, "keepNext")
    _add(properties, "spacing", before=240, after=240)
    _add(properties, "jc", val="center")
    _add(properties, "outlineLvl", val=0)
    _add(_add(heading, "rPr"), "b")
    entry = _style(root, "paragraph", "Bibliography", "Bibliography")
    _add(entry, "basedOn", val="Normal")
    properties = _add(entry, "pPr")
    _add(properties, "spacing", after=60)
    _add(properties, "ind", left=_HANGING, hanging=_HANGING)
    _add(properties, "jc", val="both")
    link = _add(_style(root, "character", "Hyperlink", "Hyperlink"), "rPr")
    _add(link, "color", val="0563C1")
    _add(link, "u", val="single")
    return root


def _style(root: etree._Element, kind: str, id: str, name: str, **attributes: object) -> etree._Element:
    style = _add(root, "style", type=kind, styleId=id, **attributes)
    _add(style, "name", val=name)
    return style


def _settings(options: ComposeOptions) -> etree._Element:
    root = _root("settings")
    _add(root, "defaultTabStop", val=_HANGING)
    _add(root, "themeFontLang", val=_language(options))
    return root


def _content_types() -> etree._Element:
    space = f"{_PACKAGE}/content-types"
    root = etree.fromstring(f'<Types xmlns="{space}"/>')
    for extension, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ):
        etree.SubElement(root, f"{{{space}}}Default", Extension=extension, ContentType=kind)
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    for name, kind in (
        ("document", "document.main"),
        ("styles", "styles"),
        ("settings", "settings"),
        ("numbering", "numbering"),
    ):
        etree.SubElement(root, f"{{{space}}}Override", PartName=f"/word/{name}.xml", ContentType=f"{word}.{kind}+xml")
    return root


def _relations(rows: Sequence[tuple[str, str, bool]]) -> etree._Element:
    space = f"{_PACKAGE}/relationships"
    root = etree.fromstring(f'<Relationships xmlns="{space}"/>')
    for number, (kind, target, external) in enumerate(rows, 1):
        element = etree.SubElement(
            root,
            f"{{{space}}}Relationship",
            Id=f"rId{number}",
            Type=f"{_OFFICE}/relationships/{kind}",
            Target=target,
        )
        if external:
            element.set("TargetMode", "External")
    return root
