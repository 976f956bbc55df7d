"""What follows from an item's values and from tables, and where nothing does."""

from __future__ import annotations

import pytest

from kzcite.model import Date, Field, Item, Name
from kzcite.model.csl import KIND
from kzcite.renderer.derive import DERIVATIONS, acts, editions, extents, holdings, people, reports
from kzcite.tables import loader


def item(type: str, language: str = "ru", **fields: object) -> Item:
    made = [Field("type", type), Field("language", language)]
    made += [Field(name if name in KIND else name.replace("_", "-"), value) for name, value in fields.items()]  # type: ignore[arg-type]
    return Item("x", tuple(made))


def body(name: str) -> tuple[Name, ...]:
    return (Name(literal=name),)


def test_every_derivation_is_asked_for() -> None:
    asked = {name for row in loader.read_toml("preparation.toml").values() for name in row["derive"]}
    assert asked == set(DERIVATIONS)


def test_an_item_without_ground_comes_back_as_the_same_object() -> None:
    book = item("book", title="Т", edition="3-е изд., испр. и доп.", translator=(Name("Шевчук", "А."),))
    for name, derive in DERIVATIONS.items():
        assert derive(book) is book, name


# --- acts


@pytest.mark.parametrize(
    ("language", "title", "number", "expected"),
    [
        ("kk", "Қазақстан Республикасының Еңбек кодексі", "414-V ҚРЗ", "Қазақстан Республикасының Кодексі"),
        ("kk", "Білім туралы", "319-III ҚРЗ", "Қазақстан Республикасының Заңы"),
        ("kk", "Білім туралы", "319", ""),
        ("ru", "Трудовой кодекс Республики Казахстан", "414-V", "Кодекс Респ. Казахстан"),
        ("ru", "Об образовании", "319-III ЗРК", "Закон Респ. Казахстан"),
        ("ru", "Трудовой кодекс Кыргызской Республики", "106", ""),
        ("en", "Labour Code of the Republic of Kazakhstan", "414-V", "Code"),
        ("en", "Building Code", "7", ""),
        ("de", "Grundgesetz", "1", ""),
    ],
)
def test_kind_of_an_act(language: str, title: str, number: str, expected: str) -> None:
    act = item("legislation", language, title=title, number=number, issued=Date((2015, 11, 23)))
    assert acts.kind(act).text("genre") == expected


def test_a_number_that_says_law_needs_no_kind_in_a_reference() -> None:
    act = item("legislation", "ru", title="Об образовании", number="319-III ЗРК", issued=Date((2007, 7, 27)))
    assert acts.kind_unmarked(act) is act
    plain = item("legislation", "en", title="Labour Code of the Republic of Kazakhstan", number="414-V")
    assert acts.kind(plain) is plain  # no day of adoption


def test_the_kind_that_the_data_give_stays() -> None:
    act = item("legislation", title="О чём-то", number="1 ЗРК", genre="Приказ", issued=Date((2020, 1, 1)))
    assert acts.kind(act) is act


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Конвенция о правах ребенка", "принята резолюцией 44/25 Генер. Ассамблеи ООН от 20 нояб. 1989 г."),
        (
            "Основные принципы обращения с заключенными",
            "приняты резолюцией 44/25 Генер. Ассамблеи ООН от 20 нояб. 1989 г.",
        ),
        ("О правах ребенка", "утв. резолюцией 44/25 Генер. Ассамблеи ООН от 20 нояб. 1989 г."),
    ],
)
def test_an_act_of_the_united_nations(title: str, expected: str) -> None:
    act = item(
        "legislation", title=title, authority="Генеральная Ассамблея ООН", number="44/25", issued=Date((1989, 11, 20))
    )
    assert acts.adopted_by(act).text("references") == expected


def test_a_kazakh_act_of_an_international_body() -> None:
    act = item(
        "treaty",
        "kk",
        title="Т",
        authority="Еуропа Кеңесінің Министрлер Комитеті",
        number="Rec(2006)2",
        issued=Date((2006, 1, 11)),
    )
    long = "2006 жылғы 11 қаңтарда Еуропа Кеңесі Министрлер Комитетінің Rec(2006)2 ұсынымымен қабылданған"
    short = "Еуропа Кеңесі Министрлер Комитетінің 2006 жылғы 11 қаңтардағы Rec(2006)2 ұсынымы"
    assert acts.adopted_by(act).text("references") == long
    assert acts.act_of_body(act).text("references") == short


@pytest.mark.parametrize(
    "changed",
    [
        {"authority": "Сенат"},
        {"number": ""},
        {"issued": Date((1989,))},
        {"issued": Date((1989, 13, 40))},
        {"genre": "Пакт"},
    ],
)
def test_no_sentence_without_organ_number_and_day(changed: dict[str, object]) -> None:
    given = {"authority": "Генеральная Ассамблея ООН", "number": "44/25", "issued": Date((1989, 11, 20)), **changed}
    assert "references" not in acts.adopted_by(item("legislation", title="Т", **given))


def test_references_of_the_data_are_no_sentence() -> None:
    assert "references" not in acts.adopted_by(item("legislation", title="Т", references="ратифицирован"))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ((1995, 8, 30), "Алматы"),
        ((1998, 5, 5), "Акмола"),
        ((1998, 5, 6), "Астана"),
        ((2020, 1, 1), "Нур-Султан"),
        ((1992, 1, 1), ""),
    ],
)
def test_the_capital_of_the_day(day: tuple[int, ...], expected: str) -> None:
    law = item("legislation", title="О чём-то", genre="Закон Республики Казахстан", number="1", issued=Date(day))
    assert acts.imprint(law).text("publisher-place") == expected


def test_no_place_for_orders_foreign_laws_and_electronic_texts() -> None:
    given = {"title": "О чём-то", "number": "1", "issued": Date((2020, 1, 1))}
    for genre in ("Приказ Министра юстиции Республики Казахстан", "Закон Респ. Беларусь", ""):
        assert "publisher-place" not in acts.imprint(item("legislation", genre=genre, **given))
    electronic = item("legislation", genre="Закон Республики Казахстан", medium="Электронный ресурс", **given)
    assert acts.imprint(electronic) is electronic


def test_the_united_nations_publish_from_their_seat() -> None:
    given = {"authority": "UN General Assembly", "number": "217 A (III)"}
    before = acts.imprint(item("legislation", "en", issued=Date((1948, 12, 10)), **given))
    after = acts.imprint(item("legislation", "en", issued=Date((1966, 12, 16)), **given))
    assert (before.text("publisher"), before.text("publisher-place")) == ("United Nations", "")
    assert after.text("publisher-place") == "New York"


def test_bodies_have_what_their_sentences_need() -> None:
    table = loader.read_toml("acts.toml")
    for row in table["body"]:
        for language, words in row.items():
            if language == "since":
                continue
            wanted = "".join(table["phrase"][language].values())
            for key in ("kind", "kind_by"):
                assert "{" + key + "}" not in wanted or words[key], (language, words["printed"])
            assert words["publisher"]
            assert words["place"]
    assert [row["from"] for row in table["capital"]] == sorted(row["from"] for row in table["capital"])


# --- archives, columns, journals


def test_the_full_name_of_an_archive() -> None:
    paper = item("manuscript", archive="РГИА")
    assert holdings.archive_name(paper).text("archive") == "Российский государственный исторический архив (РГИА)"
    unknown = item("manuscript", archive="ГАСКО")
    assert holdings.archive_name(unknown) is unknown


def test_columns_of_encyclopedias_that_number_them() -> None:
    entry = item("entry-encyclopedia", container_title="Театральная энциклопедия: в 5 т.", page="12-14")
    assert holdings.columns(entry).text("section") == "Стб. 12–14"
    for other in (
        item("entry-encyclopedia", container_title="Философская энциклопедия", page="12"),
        item("article-journal", container_title="Театральная энциклопедия", page="12"),
        item("entry-encyclopedia", container_title="Театральная энциклопедия", page="С. 12"),
    ):
        assert holdings.columns(other) is other


def test_a_journal_by_its_issn() -> None:
    assert holdings.journal_kind(item("periodical", "kk", title="Т", ISSN="2616-6887")).text("genre") == "ғыл. журн."
    for other in (
        item("periodical", title="Т", ISSN="0000-0000"),
        item("periodical", ISSN="2616-6887", genre="газета"),
    ):
        assert holdings.journal_kind(other) is other


# --- extents


@pytest.mark.parametrize(
    ("disk", "expected"),
    [
        ("1 CD-ROM", "1 электрон. опт. диск (CD-ROM)"),
        ("2 DVD-ROM", "2 электрон. опт. диска (DVD-ROM)"),
        ("12 CD-ROM", "12 электрон. опт. дисков (CD-ROM)"),
        ("21 CD-R", "21 электрон. опт. диск (CD-R)"),
        ("1 дискета", "1 дискета"),
    ],
)
def test_disks(disk: str, expected: str) -> None:
    assert extents.carrier(item("book", medium="Электронный ресурс", dimensions=disk)).text("dimensions") == expected


def test_an_atlas_is_counted() -> None:
    assert extents.atlas(item("map", title="Атлас мира", number_of_pages="98")).text("dimensions") == "1 атл. (98 с.)"
    for other in (
        item("map", title="Карта мира", number_of_pages="98"),
        item("book", title="Атлас", number_of_pages="98"),
    ):
        assert extents.atlas(other) is other


# --- reports


def test_a_report_that_does_not_say_so() -> None:
    assert reports.kind(item("report", title="Итоги года", author=body("Министерство"))).text("genre") == "отчет"
    for other in (
        item("report", title="Доклад о развитии", author=body("ПРООН")),
        item("report", title="Итоги года", author=(Name("Попов", "В. А."),)),
        item("report", title="Итоги года", genre="бюллетень", author=body("Министерство")),
    ):
        assert reports.kind(other) is other


def test_roles_of_a_research_report() -> None:
    people = (Name("Попов", "В.А."), Name("Алешин", "Г. П."))
    work = item("report", genre="отчет о НИР (промежуточ.)", author=people, publisher="Ин-т")
    made = reports.roles(work)
    assert made.names("contributor")[0].literal == "Ин-т ; рук. Попов В. А. ; исполн.: Алешин Г. П."
    assert "author" not in made
    assert "publisher" not in made
    assert reports.leader(work).names("contributor")[0].literal == "Ин-т ; рук. Попов В. А."
    other = item("report", genre="отчет", author=people)
    assert reports.roles(other) is other


# --- people, editions


@pytest.mark.parametrize("row", loader.read_rows("names/genitive.csv"), ids=lambda row: str(row["ending"]))
def test_genitive_by_the_table(row: dict[str, str]) -> None:
    made = people.genitive(Name(row["example"], "И. И."))
    assert made is not None
    assert made.family == row["declined"]
    assert people.genitive(made) is None  # what is declined is not declined again


@pytest.mark.parametrize(
    "name",
    [
        Name("Россельса", "Вл."),
        Name("Шевчук", "А."),
        Name("Иванов", "Иван"),
        Name("Ivanov", "I."),
        Name("Мамин-Сибиряк", "Д."),
        Name(literal="ИНИОН"),
    ],
)
def test_what_is_not_sure_is_not_declined(name: Name) -> None:
    assert people.genitive(name) is None


def test_one_doubtful_translator_keeps_all_as_they_are() -> None:
    both = item("book", translator=(Name("Иванов", "И."), Name("Шевчук", "А.")))
    assert people.translator(both) is both
    kazakh = item("book", "kk", translator=(Name("Иванов", "И."),))
    assert people.translator(kazakh) is kazakh


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("2-е изд.", 2),
        ("Изд. 2-е", 2),
        ("2nd. ed.", 2),
        ("екінші басылым", 2),
        ("3-бас.", 3),
        ("Second Edition", 2),
        ("Издание 4-е, доп.", None),
        ("өңделіп, толық. 2-ші бас.", None),
        ("стер.", None),
        ("2", None),
        ("1998", None),
    ],
)
def test_the_number_of_an_edition(statement: str, number: int | None) -> None:
    assert editions.number_of(statement) == number
    expected = str(number) if number else statement
    assert editions.number(item("book", edition=statement)).text("edition") == expected
