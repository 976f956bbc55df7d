"""Files made to cost more than their size: each is read or refused, and twice the size costs about twice as much."""

from __future__ import annotations

import time
from types import ModuleType

import pytest

from kzcite.formats.library import biblatex, bibtex, csljson, cslyaml, csv, endnotexml, enw, nbib, ris, zoterordf
from kzcite.model import KzciteError

ZOTERO = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:bib="http://purl.org/net/biblio#" '
    'xmlns:dcterms="http://purl.org/dc/terms/">{}{}</rdf:RDF>'
)


def zotero(size: int) -> str:
    item = '<bib:Article rdf:about="#i"><z:itemType>book</z:itemType><dcterms:isPartOf rdf:resource="j"/></bib:Article>'
    host = '<bib:Journal rdf:about="j">{}</bib:Journal>'.format("<dc:title>x</dc:title>" * size)
    return ZOTERO.format(item * size, host)


GROWING = {
    "ris-continued": (ris, lambda n: "TY  - BOOK\nTI  - x\n" + "word word\n" * n + "ER  - \n"),
    "ris-no-end": (ris, lambda n: "TY  - BOOK\nTI  - x\n" * n),
    "enw-continued": (enw, lambda n: "%0 Book\n%T x\n" + "word\n" * n),
    "nbib-continued": (nbib, lambda n: "PMID- 1\n" + "      word\n" * n),
    "bib-braces": (bibtex, lambda n: "@book{a, title={" + "{" * n + "x" + "}" * n + "}}"),
    "bib-groups": (bibtex, lambda n: "@book{a, title={" + "\\emph{" * n + "x" + "}" * n + "}}"),
    "bib-spaces": (biblatex, lambda n: "@book{a, publisher={a" + " " * 9 * n + "b}, pages={1" + " " * 9 * n + "2}}"),
    "bib-unclosed": (bibtex, lambda n: "@book{a, title={x\n" * n),
    "bib-same-key": (bibtex, lambda n: "@book{a, title={x}}\n" * n),
    "bib-names": (bibtex, lambda n: "@book{a, author={" + "{A}, B and " * n + "C}}"),
    "json-broken": (csljson, lambda n: '[{"id":"g"},\n' + '{"id":"a","x":},\n' * n + "5]"),
    "yaml-list": (cslyaml, lambda n: "references:\n" + "- {id: a, title: x}\n" * n),
    "csv-rows": (csv, lambda n: "id,title\n" + "a,x\n" * n),
    "zotero-host": (zoterordf, zotero),
}


@pytest.mark.parametrize("name", GROWING)
def test_cost_grows_with_size(name: str) -> None:
    module, make = GROWING[name]

    def cost(size: int) -> float:
        data = make(size).encode()
        best = 1e9
        for _ in range(3):
            start = time.process_time()
            module.read(data, "x")
            best = min(best, time.process_time() - start)
        return best

    # Eight times the size may cost thirty times the processor's time; a square would cost sixty-four.
    assert cost(4000) < 30 * max(cost(500), 0.002)


@pytest.mark.parametrize(
    ("module", "text"),
    [
        (bibtex, '@string{a="xxxxxxxxxx"}\n' + "@string{a=a # a}\n" * 40 + "@book{k,title=a}"),
        (bibtex, "@xdata{p, " + "".join(f"f{n}={{x}}, " for n in range(2000)) + "}\n" + "@book{a, xdata={p}}\n" * 2000),
        (cslyaml, "".join(" " * n + "a:\n" for n in range(1000))),
        (cslyaml, "[" * 100_000),
        (csljson, '{"id":"a","custom":' + '{"a":' * 100_000),
        (endnotexml, "<xml><records>" + "<record>" * 300 + "</record>" * 300 + "</records></xml>"),
    ],
)  # fmt: skip
def test_what_would_grow_beyond_measure_is_refused(module: ModuleType, text: str) -> None:
    with pytest.raises(KzciteError):
        module.read(text.encode(), "x")


def test_too_many_faults_are_no_bibliography() -> None:
    with pytest.raises(KzciteError):
        ris.read(b"TY  - BOOK\n" * 100_002, "x")
