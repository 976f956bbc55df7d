"""Reference lists: their headings, where they end, how they are cut into entries."""

from __future__ import annotations

import textwrap

import pytest

from kzcite import finder
from kzcite.finder.lists import is_heading
from kzcite.model import Block, Document, ReferenceList, Span
from kzcite.text.fold import fold

LINES = [
    "Омаров К.Т. Еңбек құқығы: оқулық. – Алматы: Жеті жарғы, 2023. – 180 б.",
    "Қалиева Г.С. Шағымдану құқығы // Құқық және мемлекет. – 2024. – № 2. – 78-87 б.",
    "Петров А.И. Теория права и государства. – М.: Юрист, 2015. – 320 с.",
    "Smith J. Law and order. – London: Routledge, 2019. – 210 p.",
    "Қазақстан Республикасының Қылмыстық кодексі. – Астана, 2014.",
]
BODY = "Тіл туралы пікірлер көп [1]. Олардың бірі осы еңбекте айтылған [2, 5 б.]. Үшіншісі басқа.\n"


def lists(text: str, blocks: tuple[Block, ...] = ()) -> tuple[ReferenceList, ...]:
    return finder.find(Document(text, blocks)).lists


def cut(text: str) -> list[str]:
    found = lists(text)
    assert len(found) == 1, [one.title for one in found]
    return [" ".join(entry.printed(text).split()) for entry in found[0].entries]


def numbered(form: str = "{}. {}", lines: list[str] = LINES) -> str:
    return "\n".join(form.format(number, line) for number, line in enumerate(lines, 1))


@pytest.mark.parametrize(
    "heading",
    [
        "Әдебиеттер", "ӘДЕБИЕТТЕР ТІЗІМІ", "Әдебиеттер:", "### **Қолданылған әдебиеттер тізімі:**", "Əдебиеттер",
        "Пайдаланылған әдебиеттер мен дереккөздер тізімі", "5. Список литературы", "VII. REFERENCES", "7 References",
        "СПИСОК ИСПОЛЬЗОВАННЫХ ИСТОЧНИКОВ И ЛИТЕРАТУРЫ", "Литература / References", "Л И Т Е Р А Т У Р А",
        "<b>Литература</b>", "*Bibliography*", "Works Cited", "Библиографический список", "Сілтемелер", "Примечания",
        "# References", "Пайдаланылған әдебиеттер\nтізімі", "_Литература_:", "Ädebietter", "Література",
        "Список литературы (References)",
    ],
)  # fmt: skip
def test_headings(heading: str) -> None:
    text = f"{BODY}\n{heading}\n\n{numbered()}\n"
    found = lists(text)
    assert [len(one.entries) for one in found] == [5]
    assert found[0].title_span is not None
    assert fold(found[0].title) in fold(heading) != ""


@pytest.mark.parametrize(
    "line",
    ["Әдебиет теориясы", "Литература XIX века", "Reference data", "Список таблиц", "Тізім", "Источники права РК"],
)
def test_no_headings(line: str) -> None:
    assert not is_heading(fold(line))


@pytest.mark.parametrize(
    "form",
    [
        "{}. {}",
        "{}) {}",
        "[{}] {}",
        "{} {}",
        "({}) {}",
        "{}.{}",
        "- {}. {}",
        "[{}]. {}",
        "№{}. {}",
        "{}\\. {}",
        "  {}.\t{}",
    ],
)
def test_every_numbering(form: str) -> None:
    text = f"{BODY}\nӘдебиеттер\n\n{numbered(form)}\n"
    assert cut(text) == LINES
    assert [entry.label for entry in lists(text)[0].entries] == ["1", "2", "3", "4", "5"]
    for number, entry in enumerate(lists(text)[0].entries, 1):
        assert entry.label_span is not None
        assert str(number) in entry.label_span.cut(text)
        assert entry.label_span.end <= entry.span.start


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n \n"])
@pytest.mark.parametrize("form", ["{1}", "– {1}", "• {1}", "{0}. {1}"])
def test_blank_lines_and_bullets(between: str, form: str) -> None:
    text = f"{BODY}\nЛитература\n" + between.join(form.format(n, line) for n, line in enumerate(LINES, 1)) + "\n"
    assert cut(text) == LINES


def wrapped(line: str, width: int = 46, indent: str = "") -> str:
    out, row = [], ""
    for word in line.split():
        if len(row) + len(word) > width:
            out.append(row)
            row = indent
        row += (" " if row.strip() else "") + word
    return "\n".join([*out, row])


@pytest.mark.parametrize("form", ["{}. {}", "[{}] {}", "{} {}"])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_wrapped_lines(form: str, between: str) -> None:
    rows = [wrapped(form.format(number, line)) for number, line in enumerate(LINES, 1)]
    end = "\n\nАвторлар туралы мәлімет\nОмаров К. – профессор."
    assert cut(f"{BODY}\nӘдебиеттер\n" + between.join(rows) + end) == LINES


def test_wrapped_lines_without_numbers() -> None:
    for indent in ("", "    "):
        rows = [wrapped(line, indent=indent) for line in LINES]
        assert cut(f"{BODY}\nӘдебиеттер\n" + "\n".join(rows) + "\n") == LINES
        assert cut(f"{BODY}\nӘдебиеттер\n" + "\n\n".join(rows) + "\n") == LINES


def test_apa_paragraphs() -> None:
    apa = [
        "Brown, P. L., & Omarov, K. (2019). Language and power in the steppe. Journal of Area Studies, 12(3), 45–67. "
        "https://doi.org/10.1000/xyz123",
        "Kaliyeva, G. (2021a). The right to complain. Almaty: Gylym.",
        "Smith, J. (2018). Law and order: An introduction (2nd ed.). Routledge.",
    ]
    assert cut(f"{BODY}\nReferences\n\n" + "\n".join(apa) + "\n") == apa
    assert cut(f"{BODY}\nReferences\n\n" + "\n".join(wrapped(one, 60, "   ") for one in apa) + "\n") == apa


@pytest.mark.parametrize(
    "end",
    [
        "Сведения об авторах\nОмаров К. – профессор, 2024.",
        "Автор туралы мәлімет:\nОмаров К.",
        "Резюме\nВ статье 2024 года.",
        "Abstract. The paper of 2024 shows it.",
        "Приложение 1\nТаблица. 2024",
        "Қосымша А\nКесте 2024",
        "ӘОЖ 343.8\nКелесі мақала",
        "Таблица 3\nОценка\n12\n15,5",
        "Түйіндеме\nМақалада 2024 жылы.",
        "МАЗМҰНЫ\nКіріспе ..... 3",
        "Поступила в редакцию 12.05.2024",
        "Омаров К. – құқық магистрі, email: a@b.kz, тел. +7 701 111 22 33",
        "Келесі бөлімде басқа мәселе қаралады және ол өте ұзақ.",
    ],
)
@pytest.mark.parametrize("form", ["{}. {}", "{1}"])
def test_where_a_list_ends(end: str, form: str) -> None:
    listed = "\n".join(form.format(number, line) for number, line in enumerate(LINES, 1))
    assert cut(f"{BODY}\nӘдебиеттер\n{listed}\n\n{end}\n") == LINES


def test_a_table_right_after_the_list() -> None:
    assert cut(f"{BODY}\nЛитература\n{numbered()}\nТаблица 3\nОценка погрешности\n12\n") == LINES


def test_pages_and_running_heads_inside_entries() -> None:
    head = "\n\n\x0c{}\nҚазақ тілінің тарихы\n"
    text = head.format(10) + BODY + head.format(11) + "Әдебиеттер\n1 Омаров К.Т. Еңбек құқығы: оқу-" + head.format(12)
    text += "лық. – Алматы: Жеті жарғы,\n1995. – 180 б.\n2 Абай Қ. Қара сөз. – Алматы, 1995. – 80 б."
    text += "\n\n\x0cМАЗМҰНЫ\nКіріспе .... 3\n"
    found = lists(text)[0]
    assert [entry.label for entry in found.entries] == ["1", "2"]
    first = found.entries[0]
    assert [gap.cut(text).split() for gap in first.gaps] == [["12", "Қазақ", "тілінің", "тарихы"]]
    assert "Қазақ" not in first.printed(text)
    assert first.span.cut(text).endswith("1995. – 180 б.")


def test_a_page_number_alone_between_entries() -> None:
    assert cut(f"{BODY}\nӘдебиеттер\n1. {LINES[0]}\n2. {LINES[1]}\n\n57\n\n3. {LINES[2]}\n") == LINES[:3]


def test_lines_that_begin_with_a_number_do_not_begin_an_entry() -> None:
    lines = [
        "1. Омаров К. Жинақ. Вып.\n2. – Алматы, 1998. – 90 б.",
        "2. Абай Қ. Өлеңдер. – Алматы,\n1995. – 80 б.",
        "3. Қалиева Г. Сөз. – Астана: Фолиант,\n2020. – 70 б.",
    ]
    text = f"{BODY}\nӘдебиеттер\n" + "\n".join(lines)
    assert [entry.label for entry in lists(text)[0].entries] == ["1", "2", "3"]
    assert cut(text)[0].endswith("2. – Алматы, 1998. – 90 б.")


def test_gaps_and_repetitions_of_the_numbering_stay_visible() -> None:
    text = f"{BODY}\nӘдебиеттер\n1. {LINES[0]}\n2. {LINES[1]}\n4. {LINES[2]}\n4. {LINES[3]}\n5. {LINES[4]}\n"
    assert [entry.label for entry in lists(text)[0].entries] == ["1", "2", "4", "4", "5"]


def test_headings_inside_a_list() -> None:
    text = (
        f"{BODY}\nСписок литературы\nНормативные акты:\n1. {LINES[4]}\nКниги и статьи\n2. {LINES[0]}\n3. {LINES[2]}\n"
    )
    assert cut(text) == [LINES[4], LINES[0], LINES[2]]


def test_contents_are_no_list() -> None:
    contents = "Мазмұны\nКіріспе .... 3\n1. Тіл тарихы .... 5\nӘдебиеттер тізімі .... 90\n"
    assert cut(f"{contents}\n{BODY}\nӘдебиеттер тізімі\n{numbered()}\n") == LINES
    contents = "Содержание\nВведение\t4\nСписок литературы\t49\nСписок литературы\nПриложения\t51\n"
    assert cut(f"{contents}\n{BODY}\nСписок литературы\n{numbered()}\n") == LINES


def test_an_empty_list() -> None:
    for text in (f"{BODY}\nӘдебиеттер\n", f"{BODY}болады:..Əдебиеттер....", f"{BODY}\n**Литература:**"):
        found = lists(text)
        assert [(len(one.entries), one.span.length) for one in found] == [(0, 0)]
        assert fold(found[0].title) in ("әдебиеттер", "литература")


def test_heading_and_first_entry_on_one_line() -> None:
    assert cut(f"{BODY}\nӘдебиеттер: 1. {LINES[0]}\n2. {LINES[1]}\n") == LINES[:2]


def test_all_on_one_line() -> None:
    text = f"{BODY}\nЛитература\n" + " ".join(f"{n}. {line}" for n, line in enumerate(LINES, 1))
    assert cut(text) == LINES


def test_numbers_on_lines_of_their_own() -> None:
    for form in ("{}.\n{}", "[{}]\n{}", "{})\n\n{}"):
        assert cut(f"{BODY}\nЛитература\n{numbered(form)}\n") == LINES


def test_rows_of_a_table() -> None:
    assert cut(f"{BODY}\nЛитература\n\n" + numbered("| {} | {} |")) == LINES


def test_without_a_heading() -> None:
    assert cut(f"{BODY}\n{numbered()}\n") == LINES
    assert cut(numbered()) == LINES
    assert cut("\n".join(LINES)) == LINES
    assert cut(LINES[0]) == LINES[:1]
    assert lists(BODY * 3) == ()


def test_numbered_paragraphs_are_no_list() -> None:
    text = "".join(f"{n}. Қоғам дамуының {n}-кезеңі туралы айтылады және талданады.\n" for n in range(1, 9))
    assert lists(text) == ()


def test_two_lists() -> None:
    latin = ["Omarov, K. (2023). Enbek kukygy. Almaty [in Kazakh].", "Kalieva, G. (2024). Shagymdanu. Kukyk, 2, 78–87.",
             "Petrov, A. (2015). Teoriia prava. Moscow [in Russian].", "Smith, J. (2019). Law and order. London.",
             "Kylmystyk kodeksi (2014). Astana [in Kazakh]."]  # fmt: skip
    text = f"{BODY}\nӘдебиеттер\n{numbered()}\n\nReferences\n{numbered(lines=latin)}\n"
    assert [(one.role, len(one.entries)) for one in lists(text)] == [("native", 5), ("romanised", 5)]
    text = f"{BODY}\nReferences\n{numbered(lines=latin)}\n"
    assert [(one.role, len(one.entries)) for one in lists(text)] == [("native", 5)]


def test_two_articles_each_with_its_list() -> None:
    one = f"{BODY}\nӘдебиеттер\n1. {LINES[0]}\n2. {LINES[1]}\n\nӘОЖ 81.2\n"
    text = one + f"{BODY}\nӘдебиеттер\n1. {LINES[2]}\n2. {LINES[3]}\n"
    assert [len(found.entries) for found in lists(text)] == [2, 2]


def test_numbers_that_the_container_computes() -> None:
    text = f"{BODY}Әдебиеттер\n{LINES[0]}\n{LINES[1]}\n"
    at = text.index(LINES[0])
    blocks = (
        Block(Span(0, at)),
        Block(Span(at, at + len(LINES[0])), "list-item", label="1."),
        Block(Span(at + len(LINES[0]) + 1, len(text) - 1), "list-item", label="2."),
    )
    found = lists(text, blocks)[0]
    assert [(entry.label, entry.label_span) for entry in found.entries] == [("1", None), ("2", None)]
    assert [entry.span.cut(text) for entry in found.entries] == LINES[:2]


RAGGED = (
    "Ержанова С.Б. Қазақ прозасындағы көркем уақыт пен кеңістік мәселесі // Тілтаным. – 2012. – № 2. – 15-23 б.",
    "Тұрсынов Е. Қазақ ауыз әдебиетін жасаушылардың байырғы өкілдері. Алматы: Ғылым, 1976. 200 б.",
    "О языках в Республике Казахстан: закон Республики Казахстан от 11 июля 1997 года № 151-I.",
    "Қирабаев С., Ахметов З. Әдебиет теориясының өзекті мәселелері: ұжымдық монография. – Алматы, 2003. – 312 б.",
    "Leech G., Short M. Style in Fiction: A Linguistic Introduction to English Fictional Prose. London, 2007. 404 p.",
    "Серікбай Н. Мәтін және оның құрылымы. 2018. URL: https://example.kz/texts/2018/05 (қаралған күні: 12.03.2020).",
)


@pytest.mark.parametrize("width", [58, 66, 74, 82, 90])
def test_wrapped_lines_without_numbers_or_indent(width: int) -> None:
    rows = ["\n".join(textwrap.wrap(one, width, break_long_words=False, break_on_hyphens=False)) for one in RAGGED]
    found = cut(f"{BODY}\nӘдебиеттер\n\n" + "\n".join(rows) + "\n")
    assert [" ".join(one.split()) for one in found] == list(RAGGED)
