"""Numbers that are none: `isdigit` lets superscripts through, `int` refuses them and five thousand digits."""

from __future__ import annotations

import json

import pytest

from kzcite import jobs
from kzcite.formats.registry import LIBRARY_FORMATS
from kzcite.model import Document, KzciteError

ODD = ("²", "1²", "①", "١٢", "9" * 5000, "5\x1f", "00012", "-5", "+5", "5_0", "0x10", " 5")
IDS = [one[:6].encode("unicode-escape").decode() for one in ODD]

RECORDS = {
    "ris": "TY  - BOOK\nTI  - x\nPY  - 2001/#/#/\nDA  - #/#\nSP  - #\nEP  - #\nVL  - #\nER  - \n",
    "bibtex": "@book{a, year={#}, month={#}, day={#}}\n@book{b, year=2001, month=#, day={#}, pages={#}, volume={#}}",
    "biblatex": "@book{a, date={#}}\n@book{b, year=2001, month={7}, day={#}}\n@book{c, year=2001, month={#}, issue=#}",
    "nbib": "PMID- #\nTI  - x\nDP  - 2001 Jul #\nPG  - #\nVI  - #\n\nPMID- 2\nTI  - x\nDP  - # Jul\n",
    "enw": "%0 Book\n%T x\n%D #\n%8 #\n%P #\n%V #\n%N #\n%7 #\n%@ #\n",
    "csv": "type,title,issued,page,volume,issue,edition,number-of-pages\nbook,x,#,#,#,#,#,#\nbook,#,2,,,,,\n",
    "hayagriva": "a:\n  type: book\n  title: x\n  date: #\n  volume: #\n  issue: #\n  edition: #\n  page-range: #\n",
    "cslyaml": "references:\n- id: a\n  type: book\n  issued: #\n  accessed:\n  - {year: #, month: #, season: #}\n",
    "csljson": '[{"id": "a", "type": "book", "issued": {"date-parts": [[#]]}, "volume": #}]',
    "jats": "<ref-list><ref id='a'><element-citation><year>2001</year><month>7</month><day>#</day><fpage>#</fpage>"
    "</element-citation></ref><ref id='b'><element-citation><year>2001</year><month>#</month></element-citation></ref>"
    "</ref-list>",
    "mods": "<modsCollection xmlns='http://www.loc.gov/mods/v3'><mods ID='a'><originInfo><dateIssued>#</dateIssued>"
    "</originInfo><part><extent unit='pages'><start>#</start><end>#</end></extent></part></mods></modsCollection>",
    "endnotexml": "<xml><records><record><ref-type name='Book'>#</ref-type><dates><year>2001</year><pub-dates>"
    "<date># July</date></pub-dates></dates><pages>#</pages></record></records></xml>",
    "wordxml": "<b:Sources xmlns:b='http://schemas.openxmlformats.org/officeDocument/2006/bibliography'><b:Source>"
    "<b:SourceType>Book</b:SourceType><b:Year>2001</b:Year><b:Month>7</b:Month><b:Day>#</b:Day><b:LCID>#</b:LCID>"
    "</b:Source><b:Source><b:SourceType>Book</b:SourceType><b:Year>2001</b:Year><b:Month>#</b:Month></b:Source>"
    "</b:Sources>",
}
WRITERS = [one.name for one in LIBRARY_FORMATS if "write" in one.can and "lines" not in one.can]


@pytest.mark.parametrize("odd", ODD, ids=IDS)
@pytest.mark.parametrize("name", RECORDS)
def test_a_record_with_an_odd_number_is_read_checked_rendered_and_written(name: str, odd: str) -> None:
    try:
        library = jobs.references_from_bytes(RECORDS[name].replace("#", odd).encode(), "a", name).library
    except KzciteError:
        return
    jobs.check(library)
    jobs.render(library, "gost-kz")
    jobs.citations(library, "apa-kz")
    for writer in WRITERS:
        jobs.library_to_bytes(library, writer)


@pytest.mark.parametrize("odd", ODD, ids=IDS)
def test_a_csl_date_with_an_odd_number_is_read(odd: str) -> None:
    for issued in ({"date-parts": [[2001]], "season": odd}, {"date-parts": [[odd, odd], [odd]]}, {"raw": odd}):
        record = {"id": "a", "type": "book", "title": "x", "issued": issued}
        library = jobs.references_from_bytes(json.dumps([record]).encode(), "a", "csljson").library
        jobs.render(library, "gost-kz")
        assert len(library) == 1


PAPER = """Сөз [#] (Омаров, 2024, # б.) [1, # б.] Омаров# және⁵.

Әдебиет
#. Омаров К. Тіл. – Алматы, 2001. – # б.
2. Омаров К. Тіл // Заң. – #. – № #. – Т. #, вып. #. – Б. #-#. – #-ші бас. (дата обращения: #.#.2001)
"""
HTML = "<html><body><h2>Әдебиет</h2><ol start='#'><li value='#'>Омаров К. Тіл. – Алматы, 2001. – 5 б.<li>Серік. #</ol>"


@pytest.mark.parametrize("odd", ODD, ids=IDS)
def test_a_paper_with_odd_numbers_is_checked_and_restyled(odd: str) -> None:
    text = PAPER.replace("#", odd)
    jobs.check_bytes(text.encode(), "a.txt")
    jobs.restyle(Document(text, format="text"), style="apa-kz", markers="numeric", order="alphabet")
    jobs.check_bytes(HTML.replace("#", odd).encode(), "a.html")
