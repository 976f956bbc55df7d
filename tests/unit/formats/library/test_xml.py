"""Records of the XML formats as other programs write them, and what a hostile file may not do."""

from __future__ import annotations

from types import ModuleType

import pytest
from lxml import etree

from kzcite.formats.library import endnotexml, jats, mods, tei, wordxml, zoterordf
from kzcite.formats.library.xmltree import from_xml_id, xml_id
from kzcite.model import Date, InputError, Item, Library, LimitError, Name

JATS = """<?xml version="1.0"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.1//EN" "JATS-journalpublishing1.dtd">
<article><back><ref-list><title>Әдебиет</title>
<ref id="B1"><label>1</label><mixed-citation publication-type="journal"><person-group person-group-type="author">
<name><surname>Омаров</surname><given-names>К. Т.</given-names></name><etal/></person-group>.
<article-title>Жер <italic>құқығы</italic></article-title> // <source>Заң</source>. <year>2024</year>;
<volume>5</volume>:
<fpage>89</fpage>–<lpage>98</lpage>. <pub-id pub-id-type="doi">10.1000/x</pub-id></mixed-citation></ref>
<ref id="B2"><element-citation publication-type="book"><collab>ҚР Әділет министрлігі</collab><source>Кодекс</source>
<year>2014</year><month>шілде</month></element-citation></ref>
<ref id="B3"><note><p>тек сөз</p></note></ref></ref-list></back></article>"""

ENDNOTE = """<?xml version="1.0" encoding="UTF-8" ?><xml><records><record><database name="x.enl">x</database>
<ref-type name="Journal Article">17</ref-type><contributors><authors><author>
<style face="normal" font="default">Омаров, К.
</style></author></authors></contributors><titles><title><style face="normal">On
</style><style face="italic">Stipa</style>
<style face="normal"> taxa</style></title><secondary-title>Вестник</secondary-title></titles><pages>1-5</pages>
<dates><year>2014</year><pub-dates><date>Jul 5</date></pub-dates></dates><custom9>бөтен</custom9>
</record></records></xml>"""

ZOTERO = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:bib="http://purl.org/net/biblio#"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">
<bib:Article rdf:about="#item_3"><z:itemType>journalArticle</z:itemType>
<dcterms:isPartOf rdf:resource="urn:issn:1234-5679"/>
<bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Қалиева</foaf:surname><foaf:givenName>Г.</foaf:givenName>
</foaf:Person></rdf:li></rdf:Seq></bib:authors><dc:title>Тіл</dc:title><dc:date>2020-03</dc:date>
<dc:description>original-date: 1999
PMID: 7
жай сөз</dc:description></bib:Article>
<bib:Journal rdf:about="urn:issn:1234-5679"><prism:volume>7</prism:volume><dc:title>Ана тілі</dc:title>
<dc:identifier>ISSN 1234-5679</dc:identifier></bib:Journal></rdf:RDF>"""


def test_jats_of_a_publisher() -> None:
    reading = jats.read(JATS.encode())
    first, second = reading.library.items
    assert first.names("author") == (Name("Омаров", "К. Т."),)
    assert first.text("title") == "Жер <i>құқығы</i>"
    assert (first.text("container-title"), first.text("page"), first.text("DOI")) == ("Заң", "89-98", "10.1000/x")
    assert str(first.custom["printed"]).endswith("Жер құқығы // Заң. 2024; 5: 89–98. 10.1000/x")
    assert second.names("author") == (Name(literal="ҚР Әділет министрлігі"),)
    assert (second.text("title"), second.date("issued")) == ("Кодекс", Date((2014, 7)))
    assert [one.code for one in reading.findings] == ["PRS102"]


def test_the_printed_line_stands_beside_the_structured_one() -> None:
    item = Item("a", custom={"printed": "Омаров К. Жер құқығы. – Алматы, 2024."})
    writing = jats.write(Library((item,)))
    assert '<mixed-citation publication-type="other">Омаров К.' in writing.data.decode()
    assert jats.read(writing.data).library.items[0].custom == item.custom


def test_endnotes_own_export() -> None:
    item = endnotexml.read(ENDNOTE.encode()).library.items[0]
    assert item.type == "article-journal"
    assert item.names("author") == (Name("Омаров", "К."),)
    assert item.text("title") == "On <i>Stipa</i> taxa"
    assert item.date("issued") == Date((2014, 7, 5))
    assert item.custom == {"endnotexml": {"custom9": ["бөтен"]}}
    again = endnotexml.write(Library((item,)))
    assert again.losses == ()
    assert endnotexml.read(again.data).library.items[0] == item


def test_zoteros_own_export() -> None:
    item = zoterordf.read(ZOTERO.encode()).library.items[0]
    assert item.to_csl() == {
        "id": "item_3",
        "type": "article-journal",
        "author": [{"family": "Қалиева", "given": "Г."}],
        "title": "Тіл",
        "issued": {"date-parts": [[2020, 3]]},
        "container-title": "Ана тілі",
        "volume": "7",
        "ISSN": "1234-5679",
        "note": "жай сөз",
        "original-date": {"date-parts": [[1999]]},
        "PMID": "7",
    }


def test_mods_without_our_marks() -> None:
    record = """<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><nonSort>The</nonSort><title>Steppe</title>
    <subTitle>a history</subTitle></titleInfo><name type="personal"><namePart>Auezov, Mukhtar</namePart>
    <role><roleTerm type="text">author</roleTerm></role></name>
    <relatedItem type="host"><titleInfo><title>Vestnik</title>
    </titleInfo><part><detail type="volume"><number>3</number></detail><extent unit="page"><start>1</start><end>9</end>
    </extent></part></relatedItem>
    <language><languageTerm type="code" authority="iso639-2b">kaz</languageTerm></language>
    <originInfo><dateIssued encoding="marc">1961</dateIssued></originInfo></mods>"""
    item = mods.read(record.encode()).library.items[0]
    assert (item.type, item.text("title"), item.language) == ("article-journal", "The Steppe: a history", "kk")
    assert item.names("author") == (Name("Auezov", "Mukhtar"),)
    assert (item.text("page"), item.date("issued")) == ("1-9", Date((1961,)))


def test_grobids_tei() -> None:
    record = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><back><div><listBibl><biblStruct xml:id="b0"><analytic>
    <title level="a" type="main">Жер</title>
    <author><persName><forename type="first">К</forename><surname>Омаров</surname>
    </persName></author></analytic><monogr><title level="j">Заң</title><imprint><biblScope unit="page" from="5" to="9"/>
    <date type="published" when="2020"/></imprint></monogr></biblStruct></listBibl></div></back></text></TEI>"""
    item = tei.read(record.encode()).library.items[0]
    assert (item.id, item.type, item.text("title")) == ("b0", "article-journal", "Жер")
    assert (item.text("page"), item.date("issued")) == ("5-9", Date((2020,)))


def test_words_sources() -> None:
    record = """<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"><b:Source>
    <b:Tag>Ома24</b:Tag><b:SourceType>Book</b:SourceType>
    <b:Author><b:Author><b:NameList><b:Person><b:Last>Омаров</b:Last>
    <b:First>К</b:First><b:Middle>Т</b:Middle></b:Person></b:NameList></b:Author></b:Author><b:Title>Жер</b:Title>
    <b:Year>2024</b:Year><b:LCID>1087</b:LCID></b:Source></b:Sources>"""
    item = wordxml.read(record.encode()).library.items[0]
    assert (item.id, item.language, item.names("author")) == ("Ома24", "kk", (Name("Омаров", "К Т"),))


@pytest.mark.parametrize("module", [mods, jats, tei, endnotexml, wordxml, zoterordf])
def test_entities_and_broken_files_are_refused(module: object) -> None:
    read = module.read  # type: ignore[attr-defined]
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    outside = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    for data in (bomb, outside, b"<x><y></x>", b"", b"\x00\x01"):
        with pytest.raises(InputError):
            read(data, "x")
    with pytest.raises((LimitError, InputError)):
        read(b"<x>" * 100_000, "x")
    deep = b"<x>" * 2000 + b"</x>" * 2000
    with pytest.raises((LimitError, InputError)):
        read(deep, "x")


@pytest.mark.parametrize("id", ["omarov2024", "1 б", "_x20_", "", "а/б"])
def test_ids_are_xml_names_and_come_back(id: str) -> None:
    made = xml_id(id)
    etree.fromstring(f'<x xml:id="{made}"/>')
    assert from_xml_id(made) == id or not id


@pytest.mark.parametrize("value", ["a/b", "a]b", "[", "k=v", "100%", "%2F"])
def test_an_attributes_value_may_hold_what_parts_a_path(value: str) -> None:
    data = f'<mods xmlns="{mods.NAMESPACE}"><titleInfo><title>T</title></titleInfo><note type="{value}">n</note></mods>'
    library = mods.read(data.encode()).library
    written = mods.write(library)
    assert not written.losses
    assert f'<note type="{value}">n</note>'.encode() in written.data
    assert mods.read(written.data).library.items[0].custom == library.items[0].custom


@pytest.mark.parametrize("module", [mods, jats, tei, zoterordf])
@pytest.mark.parametrize(
    "path", ["a/", "a//b", "a]", "a[b", "a[]", "a:b:c", "a[b=\0]", "a[b=%00]/c\n", "z:a b", "1", "a/@", "@"]
)
def test_a_key_that_is_no_path_is_left_out_and_reported(module: ModuleType, path: str) -> None:
    key = f"z:{path}" if module is zoterordf and ":" not in path else path
    name = module.__name__.rsplit(".", 1)[-1]
    item = Item.from_csl({"id": "a", "type": "book", "title": "T"})
    library = Library.of([Item(item.id, item.fields, custom={name: {key: ["x"]}})])
    written = module.write(library)
    again = module.read(written.data).library
    assert len(again) == 1
    assert again.items[0].text("title") == "T"
    kept = again.items[0].custom.get(name) == {key: ["x"]}
    assert kept != any(one.name == f"custom.{name}" for one in written.losses)


@pytest.mark.parametrize(
    ("module", "path"),
    [
        (mods, "mods/titleInfo/title"),
        (mods, "a/mods[type=x]"),
        (jats, "ref/element-citation/source"),
        (jats, "element-citation/source"),
        (tei, "note/biblStruct/monogr/title"),
        (endnotexml, "record/titles/title"),
        (wordxml, "Source/Title"),
    ],
)
def test_a_custom_key_makes_no_record(module: ModuleType, path: str) -> None:
    item = Item.from_csl({"id": "a", "type": "book", "title": "T"})
    name = module.__name__.rsplit(".", 1)[-1]
    written = module.write(Library.of([Item(item.id, item.fields, custom={name: {path: ["evil"]}})]))
    assert len(module.read(written.data).library) == 1
    assert b"evil" not in written.data
    assert [one.name for one in written.losses] == [f"custom.{name}"]
