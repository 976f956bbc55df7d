"""Rules that settle labels."""

from __future__ import annotations

import re

import pytest

from kzcite.parser.recognise import RULES, settle
from kzcite.parser.signs import ALWAYS, any_of
from kzcite.parser.word import word
from kzcite.text.tokens import Token, tokenise


@pytest.mark.parametrize(
    ("line", "labels", "field", "text"),
    [
        ("Тіл. https://doi.org/10.1/x", "title O URL", "DOI", ""),
        ("А.Б. Тіл, 5(93), 3", "author title O issue issue issue issue O page", "volume", "5"),
        ("Сәнік 3. Жыр шашу", "title title O title title", "author", "Сәнік 3 ."),
        ("лингвистикаА.,2009ж.", "title title title O issued O O", "publisher-place", "А"),
        ("ISBN 9965-32-715-7", "O O O O O O O O", "ISBN", "9965 - 32 - 715 - 7"),
    ],
)
def test_rule(line: str, labels: str, field: str, text: str) -> None:
    tokens = tokenise(line)
    given = labels.split()
    if len(given) != len(tokens):
        given = (given + ["O"] * len(tokens))[: len(tokens)]
    settled = settle(tokens, given)
    found = " ".join(token.text for token, label in zip(tokens, settled, strict=True) if label == field)
    assert found == text or (not text and field in settled)


_TAG = re.compile(r"<(/?)([a-zA-Z-]+)>")


def _labelled(tagged: str) -> tuple[list[Token], list[str]]:
    """The tokens of a line with tags and the labels that the tags give."""
    raw = _TAG.sub("", tagged)
    fields = ["O"] * len(raw)
    at, field = 0, "O"
    last = 0
    for tag in _TAG.finditer(tagged):
        size = tag.start() - last
        fields[at : at + size] = [field] * size
        at, last = at + size, tag.end()
        field = "O" if tag[1] else tag[2]
    tokens = tokenise(raw)
    return tokens, [fields[token.start] for token in tokens]


@pytest.mark.parametrize(
    ("given", "field", "text"),
    [
        # a letter belongs to the page or the number that it is glued to
        ("<issued>2018</issued>;<volume>6</volume>(<issue>9</issue>):e<page>1021-33</page>", "page", "e1021-33"),
        ("J. Res., <volume>100</volume>(C<issue>2</issue>), <page>2501</page>", "issue", "C2"),
        # identifiers of other data bases
        ("<page>84–90</page>. PMID: <page>20980111</page>.", "page", "84–90"),
        # an ordinal number with the word for an edition
        ("<title>Handbook</title> (<issue>2</issue>nd ed., pp. <page>77–99</page>)", "edition", "2nded"),
        ("<title>Principles</title>. <issue>3</issue>rd rev. ed.", "edition", "3rdrev.ed"),
        # the number of an article, editors after a comma
        ("11, № <issue>5</issue>. – Article <issue>678</issue>", "page", "678"),
        ("<author>Brown, Anna</author>, ed. <title>Steppe</title>", "editor", "Brown,Anna"),
        ("<author>Brown, Anna</author>, ed. by Lee. <title>Steppe</title>", "author", "Brown,Anna"),
        # the extent of a whole work
        ("<title>Форекс</title>. <publisher-place>СПб</publisher-place>: <issued>2006</issued>.–<page>384</page> с.",
         "number-of-pages", "384"),
        ("<title>Тіл</title> // <issued>2006</issued>. – <page>384</page> с.", "page", "384"),
        # volumes in a row, a number behind the word for volumes, tens
        ("<title>Сөздігі</title>. І,ІІ,<volume>ІІІ</volume> т.", "volume", "І,ІІ,ІІІ"),
        ("<title>Graphics</title>. – Т. <number>12110</number>.", "volume", "12110"),
        ("<title>Сөздік</title>. Он <number-of-volumes>бес</number-of-volumes> томдық", "number-of-volumes", "Онбес"),
        ("<title>Қобыз сарыны</title>. <number-of-volumes>ІІІ</number-of-volumes> кітап.", "volume", "ІІІ"),
        ("<title>Революция</title>. – М., <issued>1973</issued>. – С. <volume>126</volume>. – Текст", "page", "126"),
        # people
        ("<author>Голубцов, В. ҚЫТАЙ</author> <title>ХАЛЫҚ РЕСПУБЛИКАСЫ</title>", "title", "ҚЫТАЙХАЛЫҚРЕСПУБЛИКАСЫ"),
        ("<author>Brambilla G., Rutt H. Fiber</author> <title>Bragg gratings</title>", "title", "FiberBragggratings"),
        ("<author>Цой Л.</author><title>В Основы менеджмента</title>", "author", "ЦойЛ.В"),
        ("<title>Dr. Sue Greener, Dr. Joe Martell, An introduction</title>", "title", ",,Anintroduction"),
        ("<title>Право</title> / ; университет имени <author>М. В. Ломоносова, Экономический</author>", "author", ""),
        ("<title>Zoonoses</title>. In: <container-title>Warren JB, Collins E</container-title>, editors. Handbook.",
         "editor", "WarrenJB,CollinsE"),
        ("<title>Zoonoses</title>. In: <container-title>Warren JB, Collins E</container-title>, editors. Handbook.",
         "container-title", "Handbook"),
        ("<author>Allen J.</author> <title>Lost Geographies of Power</title>", "author", "AllenJ."),
        ("<author>Блох Д.</author> <title>Java</title> / <publisher>Джошуа Блох</publisher> – М.", "publisher", ""),
        # acts, reports and patents
        ("<title>Структура стада</title>. – № ГР <issue>01840051145</issue>", "number", "01840051145"),
        ("<title>Испытания камер : Отчет о НИР</title> / ВИНИТИ", "genre", "ОтчетоНИР"),
        ("<title>Наука</title> // <container-title>Газета</container-title>. – 2013. – <issued>05 апреля</issued>",
         "issued", "201305апреля"),
        ("<genre>Указ</genre> № <number>43</number>/2018", "number", "43/2018"),
        ("«<title>Мерекелер</title>» № <number>267 ҚР</number> <genre>Заңы</genre>", "genre", "ҚРЗаңы"),
        ("<title>ҚР министрінің</title> <issued>2026 жылғы 29 шілдедегі</issued> № <number>213</number> "
         "<genre>бұйрығы</genre> «<title>Мерзімдер туралы</title>»", "title", "Мерзімдертуралы"),
        ("<title>Концепция перехода к развитию. Утверждена Указом</title> от <issued>14 ноября 2006</issued>", "title",
         "Концепцияпереходакразвитию"),
        ("<genre>Земельный Кодекс РК</genre> N <number>442</number>", "title", "ЗемельныйКодексРК"),
        ("<author>Isaev A.</author>, <title>RF Patent No</title>. 2558103", "number", "2558103"),
        ('<title>Law of the Republic</title> dated <issued>April 7</issued>, 2016 No. <number>486</number>-V "Shares"',
         "genre", "LawoftheRepublic"),
        ('<title>Law of the Republic</title> dated <issued>April 7</issued>, 2016 No. <number>486</number>-V "Shares"',
         "number", "486-V"),
        ('<title>Law of the Republic</title> of <issued>July 27, 2007</issued> No. 319-III "On shares"', "issued",
         "July272007"),
        # a body in the author's place, and the title by another name after it
        ("<title>Әділет министрлігі</title>. <container-title>Атқару жүйесі</container-title>. – Астана, 2024", "title",
         "Атқаружүйесі"),
        ("<title>Әділет министрлігі</title>. <container-title>Атқару жүйесі</container-title>. – Астана, 2024",
         "author", "Әділетминистрлігі"),
        # hosts
        ("<title>Newton method</title> // <publisher>EAGE Geoinformatics</publisher>", "container-title",
         "EAGEGeoinformatics"),
        ("<container-title>Университет хабаршысы</container-title>. Саяси ғылымдар. "
         "<container-title>Түркітану сериясы</container-title> <volume>144</volume>", "container-title",
         "Университетхабаршысы.Саясиғылымдар.Түркітанусериясы"),
        ("<title>Reality in</title> <container-title>Education. Journal of Computers</container-title>, 8", "title",
         "RealityinEducation"),
        ("<title>Parsing</title>. In: <container-title>TSD 2017. LNCS</container-title>, vol. <volume>10415</volume>",
         "collection-number", "10415"),
        ("<author>Donnik I.M.</author>, <title>Bulletin of the Academy</title>, <volume>6</volume>", "container-title",
         "BulletinoftheAcademy"),
        ("<title>Достойная</title> // <publisher>Казахстанская правда</publisher>. <URL>http://a.kz</URL>",
         "container-title", "Казахстанскаяправда"),
        ("<title>Метод</title> // <container-title>Труды УрО РАН Т.</container-title><volume>23</volume> В.1",
         "container-title", "ТрудыУрОРАН"),
        ("<title>Егемен Қазақстан</title>. – <issued>2019. – 12 наурыз</issued>. – № <issue>45</issue>",
         "container-title", "ЕгеменҚазақстан"),
        ("<title>The Nation Narrated</title>. In: <title>Constructing the State</title>, <page>261–282</page>",
         "container-title", "ConstructingtheState"),
        ("/ <author>Omarov A.K. Opubl.</author> <issued>12.05.2019</issued>, <title>Sposob</title>", "author",
         "OmarovA.K."),
        ("<title>Discourse markers</title> [<genre>Doctoral dissertation</genre>, <publisher>University of Leeds"
         "</publisher>]", "publisher", "UniversityofLeeds"),
        ("<title>Teachers and texts [Unpublished master's thesis]</title>. <publisher>Nazarbayev Un.</publisher>",
         "genre", "Unpublishedmaster'sthesis"),
        ("<title>Milk</title>. <container-title>Izv. AN</container-title>. N<issue>2</issue>: 60", "issue", "2"),
        ("<title>Ethics</title>. Web. <accessed>4 April 2020</accessed>.", "accessed", "4April2020"),
        ("<title>Monument</title>. (<collection-title>In Russian</collection-title>)", "collection-title", ""),
        # places and years
        ("<publisher>Феникс</publisher>, <publisher-place>Ростов</publisher-place>-на-Дону, <issued>2003</issued>",
         "publisher-place", "Ростов-на-Дону"),
        ("// <container-title>Избранные работы М</container-title>.: <publisher>Учпедгиз</publisher>, 1959",
         "publisher-place", "М."),
        ("<title>Салық</title>. Алматы: <publisher>Кодекс 2002</publisher> жыл", "issued", "2002"),
        ("<title>Irrigation</title>, <issued>1925–1991</issued>. <genre>PhD thesis</genre>, 2012", "issued", "2012"),
        ("<genre>Law</genre> (in force from <accessed>1 July 2026</accessed>)", "accessed", ""),
    ],
)  # fmt: skip
def test_a_rule_mends_labels(given: str, field: str, text: str) -> None:
    tokens, labels = _labelled(given)
    settled = settle(tokens, labels)
    assert "".join(token.text for token, label in zip(tokens, settled, strict=True) if label == field) == text


def test_every_sign_that_a_rule_goes_by_has_a_bit_of_its_own() -> None:
    signs = {sign for one in RULES for sign in (*one.signs, *one.signs_too)}
    assert len({any_of([sign]) for sign in signs}) == len(signs)
    for one in RULES:
        for signs in (one.signs, one.signs_too):
            assert (any_of(signs) == ALWAYS) == (not signs)


@pytest.mark.parametrize(
    ("text", "kind", "signs"),
    [
        ("//", "mark", ["//"]),
        ("2004", "number", ["Y"]),
        ("Б", "word", ["page", "X1"]),
        ("Prof", "word", ["prof"]),
        ("PMID", "word", ["foreign-identifier"]),
        ("editors", "word", ["editor", "editors"]),
    ],
)
def test_a_word_shows_its_mark_class_shape_roles_and_lists(text: str, kind: str, signs: list[str]) -> None:
    assert word(text, kind).signs == any_of(signs)
