"""Make further training lines: titles, names, hosts and imprints of the corpus, mixed anew and printed in many ways.

The texts come from annotated lines, the punctuation from the description schemes and from the sloppiness of real lists
(lost spaces, hyphens for dashes, commas for points). Everything is drawn from one seeded generator.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Sequence

from corpus import Line

from kzcite.model import Name
from kzcite.tables.loader import read_rows
from kzcite.text.names import parse_names
from kzcite.text.romanise import romanise

Piece = tuple[str, str | None]

_MONTHS = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_NOMINATIVE = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split()
_ROMAN = {"ru": "bgn-simple-ru", "kk": "bgn-pcgn-kk-1979"}
_EDITED = {
    "ru": ("под ред. ", "Под ред. ", "отв. ред. ", "Отв. ред. ", "под общ. ред. ", "ред. ", "редкол.: "),
    "kk": ("ред. ", "бас ред. ", "жауапты ред. ", "ред. басқ. ", "Жалпы ред. басқ. ", "ғыл. ред. "),
    "en": ("ed. by ", "Ed. by ", "edited by ", "eds. ", "ed. "),
}
_COMPILED = {
    "ru": ("сост. ", "Сост.: ", "авт.-сост. ", "сост.: "),
    "kk": ("құраст. ", "Құраст.: ", "құрастырған ", "құраст.: "),
    "en": ("comp. by ", "compiled by ", "comp. "),
}
_DISSERTATIONS = {
    "ru": (
        "дис. ... канд. пед. наук", "автореф. дис. ... канд. филол. наук", "дис. … д-ра юрид. наук",
        "автореф. дис. ... д-ра ист. наук", "дисс. ... доктора PhD", "диссертация доктора философии (PhD)",
        "Автореферат диссертации на соискание ученой степени кандидата экономических наук",
        "дис. … канд. техн. наук", "магистерская диссертация",
    ),
    "kk": (
        "филол. ғыл. канд. дис.", "пед. ғыл. док. ... дис. автореф.", "тарих ғыл. канд. ... дис.",
        "PhD диссертация", "философия докторы (PhD) дәрежесін алу үшін дайындалған диссертация",
        "филология ғылымдарының кандидаты дис. авторефераты", "магистрлік диссертация", "дисс. ... автореф.",
    ),
    "en": (
        "PhD thesis", "PhD dissertation", "Master's thesis", "Doctoral dissertation", "Ph.D. diss.",
        "Unpublished doctoral dissertation", "MA thesis", "MSc thesis",
    ),
}  # fmt: skip
_DEGREES = ("10.02.02", "13.00.01", "07.00.02", "6D020500 – Филология", "08.00.05", "6D010300 – Педагогика", "12.00.03")
_ENGLISH = (
    "History of the development of",
    "Problems of",
    "Theory and practice of",
    "On the question of",
    "Methods of",
    "Studies in the",
    "Modern",
)
_TOPICS = (
    "culture",
    "language",
    "economy and law",
    "the region",
    "technology",
    "education",
    "literature",
    "agriculture",
    "state policy",
)


class Stock:
    """What lines are made of, by language."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.titles: dict[str, list[str]] = defaultdict(list)
        self.people: dict[str, list[Name]] = defaultdict(list)
        self.journals: dict[str, list[str]] = defaultdict(list)
        self.hosts: dict[str, list[str]] = defaultdict(list)
        self.publishers: dict[str, list[str]] = defaultdict(list)
        self.places: dict[str, list[str]] = defaultdict(list)
        self.genres: dict[str, list[str]] = defaultdict(list)
        self.newspapers: dict[str, list[str]] = defaultdict(list)
        for row in read_rows("newspapers.csv"):
            self.newspapers[row.get("language", "")].append(row["printed"])
        for line in lines:
            language = line.language.split("-")[0]
            if language not in ("kk", "ru", "en") or "Latn" in line.language:
                continue
            fields = defaultdict(list)
            for field, start, end in line.spans:
                fields[field].append(line.raw[start:end].strip(" .,;:–-/"))
            if line.type in ("book", "article-journal", "chapter", "paper-conference", "thesis", "webpage"):
                self.titles[language] += [
                    t.strip('«»"“”') for t in fields["title"][:1] if 8 < len(t) < 160 and " " in t
                ]
            for names in fields["author"][:1]:
                self.people[language] += [n for n in parse_names(names) if n.family and n.given and "." in n.given]
            for host in fields["container-title"][:1]:
                kind = self.journals if line.type == "article-journal" else self.hosts
                if line.type in ("article-journal", "paper-conference", "chapter") and len(host) > 3:
                    kind[language].append(host)
            self.publishers[language] += [p for p in fields["publisher"][:1] if len(p) > 1]
            self.places[language] += [p for p in fields["publisher-place"][:1] if p]
            if line.type == "article-newspaper":
                self.newspapers[language] += [t for t in fields["container-title"][:1] if t]
            if line.type == "book":
                self.genres[language] += [g for g in fields["genre"][:1] if len(g) < 40]


class Printer:
    """Draws one line."""

    def __init__(self, stock: Stock, rng: random.Random) -> None:
        self.stock = stock
        self.rng = rng
        self.language = "ru"
        self.latin = False

    # values

    def pick(self, table: dict[str, list[str]]) -> str:
        text = self.rng.choice(table[self.language])
        return self.roman(text)

    def roman(self, text: str) -> str:
        return romanise(text, _ROMAN[self.language]) if self.latin and self.language in _ROMAN else text

    def year(self) -> str:
        return str(
            self.rng.choice((self.rng.randint(1950, 2000), self.rng.randint(1995, 2025), self.rng.randint(2005, 2025)))
        )

    def pages(self) -> str:
        first = self.rng.randint(3, 480)
        return f"{first}{self.one('-', '-', '–', ' - ', '–')}{first + self.rng.randint(2, 14)}"

    def one(self, *choices: str) -> str:
        return self.rng.choice(choices)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def title(self) -> str:
        text = self.pick(self.stock.titles)
        return text.upper() if self.chance(0.06) else text

    def translation(self) -> str:
        return f"{self.one(*_ENGLISH)} {self.one(*_TOPICS)}"

    def people(self, most: int = 4) -> list[Name]:
        count = min(self.rng.choice((1, 1, 1, 2, 2, 3, 4)), most)
        return [
            Name(family=self.roman(one.family), given=self.roman(one.given))
            for one in self.rng.sample(self.stock.people[self.language], count)
        ]

    def surname_first(self, people: Sequence[Name]) -> str:
        space = self.one("", " ", "")
        comma = self.one("", "", "", ",")
        return ", ".join(f"{n.family}{comma} {self.initials(n, space)}" for n in people)

    def surname_last(self, people: Sequence[Name]) -> str:
        space = self.one(" ", " ", "")
        joint = self.one("", " ")
        return ", ".join(f"{self.initials(n, joint)}{space}{n.family}" for n in people)

    def initials(self, name: Name, joint: str) -> str:
        letters = re.findall(r"[^\W\d_]+", name.given)
        return joint.join(f"{letter}." for letter in letters if letter) or name.given

    def apa_people(self, people: Sequence[Name]) -> str:
        names = [f"{n.family}{self.one(',', ',', ',', '')} {self.initials(n, ' ')}" for n in people]
        if len(names) == 1:
            return names[0]
        return ", ".join(names[:-1]) + self.one(", & ", ", & ", ", ", " & ", ", and ") + names[-1]

    # parts

    def label(self, of: str) -> str:
        kk = self.language == "kk" and not self.latin
        latin = self.latin or self.language == "en"
        table = {
            "volume": ("Т. ", "Т.", "т. ") if not latin else ("Vol. ", "vol. ", "V. ", "T. ", "Т. "),
            "issue": ("№ ", "№", "№ ", "Вып. ", "вып. ")
            if not latin
            else ("No. ", "no. ", "№ ", "№", "iss. ", "Issue "),
            "page": ("Б. ", "Б.", "С. ", "бб. ")
            if kk
            else ("С. ", "С.", "с. ")
            if not latin
            else ("P. ", "pp. ", "Pp. ", "p. ", "S. "),
            "extent": ("б.", "бет", "б", "бб.")
            if kk
            else ("с.", "с", "стр.", "c.")
            if not latin
            else ("p.", "p", "s.", "pp."),
        }
        return self.one(*table[of])

    def area(self) -> str:
        return self.style_area

    def imprint(self) -> list[Piece]:
        place = (
            self.pick(self.stock.places)
            if not self.latin
            else self.one("M.", "Moscow", "Almaty", "Moskva", "Astana", "SPb.", "Novosibirsk")
        )
        publisher = self.pick(self.stock.publishers)
        colon = self.one(": ", ": ", ": ", " : ", ":", ", ")
        out: list[Piece] = [(place, "publisher-place")]
        if self.chance(0.8):
            out += [(colon, None), (publisher, "publisher")]
            if self.latin and self.chance(0.25):
                out += [(self.one(". ", " "), None), (f"[{self.translation()} publ.]", None)]
        return out

    def extent(self) -> list[Piece]:
        pages = str(self.rng.randint(24, 720))
        if self.chance(0.04):
            return [(self.one("с. ", "с.", "p. "), None), (pages, "number-of-pages")]
        return [(pages, "number-of-pages"), (self.one(" ", " ", "") + self.label("extent"), None)]

    def head(self, people: Sequence[Name]) -> list[Piece]:
        names = self.surname_first(people) if self.chance(0.8) else self.surname_last(people)
        out: list[Piece] = [(names, "author")]
        if self.chance(0.08):
            out.append((self.one(" и др.", ", и др.", " et al.", " ж.б.", ", et al."), None))
        return [*out, (self.one(" ", " ", " ", ". ", ", ", "  "), None)]

    def responsibility(self, people: Sequence[Name]) -> list[Piece]:
        return [(self.one(" / ", " / ", "/ ", " /", "/"), None), (self.surname_last(people), "author")]

    def electronic(self) -> list[Piece]:
        day = f"{self.rng.randint(1, 28):02d}.{self.rng.randint(1, 12):02d}.{self.rng.randint(2008, 2025)}"
        site = self.one(
            "adebiportal.kz",
            "e-history.kz",
            "www.akorda.kz",
            "cyberleninka.ru",
            "tengrinews.kz",
            "elibrary.ru",
            "stat.gov.kz",
        )
        path = self.one(
            "", "/", "/article/n/123", "/kz/news/view/2811", "/ru/docs/K950001000_", "/index.php/j/article/view/77"
        )
        out: list[Piece] = [(self.one("URL: ", "URL: ", "Режим доступа: ", "", "– URL: ", "http: "), None)]
        out = [] if out[0][0] == "http: " else out
        out.append((self.one("https://", "http://") + site + path, "URL"))
        if self.chance(0.5):
            before, after = self.rng.choice(
                (
                    (" (дата обращения: ", ")"),
                    (" (қаралған күні: ", ")"),
                    (" (accessed: ", ")"),
                    (". Дата обращения: ", ""),
                    (" (дата обращения ", ")."),
                )
            )
            out += [(before, None), (day, "accessed"), (after, None)]
        return out

    # whole lines

    def book(self) -> list[Piece]:
        people = self.people()
        out = self.head(people) if self.chance(0.85) else []
        out.append((self.title(), "title"))
        if self.chance(0.2) and not self.latin:
            out += [(self.one(": ", " : ", ". ", " ("), None), (self.pick(self.stock.genres), "genre")]
            if out[-2][0] == " (":
                out.append((")", None))
        if self.chance(0.25) and out[0][1] == "author":
            out += self.responsibility(people)
        out.append((self.style_area, None))
        out += self.imprint()
        out += [
            (self.one(", ", ", ", ",", ". ", " "), None),
            (self.year(), "issued"),
            (self.one("", "", "", " г.", "ж."), None),
        ]
        if self.chance(0.7):
            out += [(self.style_area, None), *self.extent()]
        return out

    def article(self) -> list[Piece]:
        people = self.people()
        out = self.head(people) if self.chance(0.92) else []
        out.append((self.title(), "title"))
        if self.chance(0.25) and out[0][1] == "author":
            out += self.responsibility(people)
        if self.latin and self.chance(0.5):
            out.append((f" [{self.translation()}]", None))
        host = self.one(" // ", " // ", "// ", "//", " //", ". ", ". ", ". ", " / ")
        out += [(host, None), (self.pick(self.stock.journals), "container-title")]
        if self.latin and self.chance(0.4):
            out.append((f" [{self.translation()}]", None))
        area = self.style_area if self.chance(0.7) else ", "
        out += [(area, None), (self.year(), "issued")]
        if self.chance(0.45):
            out += [(area, None), (self.label("volume"), None), (str(self.rng.randint(1, 140)), "volume")]
        if self.chance(0.75):
            number = str(self.rng.randint(1, 24)) + (
                f"{self.one(' ', '')}({self.rng.randint(20, 300)})" if self.chance(0.2) else ""
            )
            out += [(area, None), (self.label("issue"), None), (number, "issue")]
        if self.chance(0.85):
            if self.language == "kk" and not self.latin and self.chance(0.3):
                out += [(area, None), (self.pages(), "page"), (self.one(" б.", " бб.", "-б.", "б", " б"), None)]
            else:
                out += [(area, None), (self.label("page"), None), (self.pages(), "page")]
        return out

    def apa(self) -> list[Piece]:
        out: list[Piece] = [
            (self.apa_people(self.people()), "author"),
            (self.one(" (", " (", " (", ". (", "("), None),
            (self.year(), "issued"),
        ]
        out += [(self.one("). ", "). ", ") ", "), "), None), (self.title(), "title")]
        if self.chance(0.6 if self.latin else 0.05):
            out.append((f" [{self.translation()}]", None))
        if self.chance(0.4):
            out += [(self.one(". ", ". ", ". – "), None), *self.imprint()]
            if self.chance(0.4):
                out += [(self.one(". ", ", ", " – "), None), *self.extent()]
        else:
            out += [(self.one(". ", ". ", "? "), None), (self.pick(self.stock.journals), "container-title")]
            if self.latin and self.chance(0.5):
                out.append((f" [{self.translation()}]", None))
            out += [(", ", None), (str(self.rng.randint(1, 140)), "volume")]
            if self.chance(0.7):
                out += [("(", None), (str(self.rng.randint(1, 12)), "issue"), (")", None)]
            out += [(self.one(", ", ", ", ": "), None), (self.pages(), "page")]
            if self.chance(0.35):
                out += [
                    (self.one(". https://doi.org/", ". doi: ", ". DOI: "), None),
                    (f"10.{self.rng.randint(1000, 53000)}/abc.{self.rng.randint(1, 9999)}", "DOI"),
                ]
        if self.latin and self.chance(0.6):
            out.append((self.one(" [in Russian]", " (in Russian)", " [in Kazakh]", ". (In Russ.)", " (In Kaz.)"), None))
        return out

    def sites(self) -> list[Piece]:
        """What journal sites print for «how to cite»: Chicago, Turabian, MLA with a Russian locale."""
        people = self.people()
        first, rest = people[0], people[1:]
        names = f"{first.family}, {self.initials(first, '')}"
        if rest:
            names += (
                ", " + ", ".join(f"{self.initials(n, '')} {n.family}" for n in rest[:-1]) + (", " if rest[:-1] else "")
            )
            names += f"{self.one('и', 'и', 'and', 'і')} {self.initials(rest[-1], '')} {rest[-1].family}"
        left, right = self.rng.choice((("«", "»"), ("“", "”")))
        volume, issue, year = str(self.rng.randint(2, 160)), str(self.rng.randint(1, 6)), self.year()
        journal, title = self.pick(self.stock.journals), self.title()
        site, folder = self.one("kaznu", "enu", "kaznpu", "ksu"), self.one("j", "main", "1-eco")
        url = f"https://bulletin.{site}.kz/index.php/{folder}/article/view/{self.rng.randint(9, 4000)}"
        month = self.rng.randint(0, 11)
        style = self.rng.randint(0, 3)
        if style == 0:
            out: list[Piece] = [
                (names, "author"),
                (self.one(". ", ". ", " "), None),
                (year, "issued"),
                (f". {left}", None),
                (title, "title"),
                (f"{right}. ", None),
            ]
            out += [
                (journal, "container-title"),
                (" ", None),
                (volume, "volume"),
                (" (", None),
                (issue, "issue"),
                (self.one("):", "): "), None),
                (self.pages(), "page"),
            ]
            return [*out, (". ", None), (url, "URL"), (".", None)]
        out = [
            (names, "author"),
            (f". {left}", None),
            (title, "title"),
            (self.one(f"{right}. ", f"{right}. ", f".{right} "), None),
            (journal, "container-title"),
        ]
        if style == 1:
            out += [(" ", None), (volume, "volume")] if self.chance(0.6) else []
            out += [
                (", no. ", None),
                (issue, "issue"),
                (" (", None),
                (f"{_NOMINATIVE[month]} {self.rng.randint(1, 28)}, {year}", "issued"),
                ("): ", None),
                (self.pages(), "page"),
            ]
            out += [
                (". просмотрено ", None),
                (f"{self.one(*_NOMINATIVE)} {self.rng.randint(1, 28)}, {self.rng.randint(2020, 2025)}", "accessed"),
                (". ", None),
            ]
            return [*out, (url, "URL"), (".", None)]
        if self.chance(0.6):
            out += [(", т. ", None), (volume, "volume")]
        out += [
            (", вып. ", None),
            (issue, "issue"),
            (", ", None),
            (f"{_NOMINATIVE[month]} {year}", "issued"),
            (" г., сс. ", None),
            (self.pages(), "page"),
        ]
        if self.chance(0.4):
            return [
                *out,
                (", doi:", None),
                (f"10.{self.rng.randint(1000, 53000)}/2710-{self.rng.randint(1000, 9999)}_1", "DOI"),
                (".", None),
            ]
        return [*out, (", ", None), (url, "URL"), (".", None)]

    def conference(self) -> list[Piece]:
        out = self.head(self.people())
        out += [
            (self.title(), "title"),
            (self.one(" // ", " // ", "// ", " //", ". "), None),
            (self.pick(self.stock.hosts), "container-title"),
        ]
        out += [(self.style_area, None), *self.imprint(), (self.one(", ", ". ", ","), None), (self.year(), "issued")]
        return [*out, (self.style_area, None), (self.label("page"), None), (self.pages(), "page")]

    def latex(self) -> list[Piece]:
        """English lists of technical papers: LaTeX plain and IEEE."""
        people = self.people()
        names = [f"{self.initials(n, ' ')} {n.family}" for n in people]
        author = names[0] if len(names) == 1 else ", ".join(names[:-1]) + self.one(" and ", ", and ", " & ") + names[-1]
        year, title = self.year(), self.title()
        if self.chance(0.4):
            out: list[Piece] = [
                (author, "author"),
                (self.one(", “", ', "', ", ``"), None),
                (title, "title"),
                (self.one(",” ", '," ', ",'' "), None),
            ]
            out += [
                (self.pick(self.stock.journals), "container-title"),
                (", vol. ", None),
                (str(self.rng.randint(1, 90)), "volume"),
            ]
            out += [(", no. ", None), (str(self.rng.randint(1, 12)), "issue"), (", pp. ", None), (self.pages(), "page")]
            return [*out, (f", {self.one(*_MONTHS['en'])} " if self.chance(0.0) else ", ", None), (year, "issued")]
        out = [
            (author, "author"),
            (self.one(". ", ". ", ", "), None),
            (title, "title"),
            (self.one(". ", ". ", ", "), None),
        ]
        style = self.rng.randint(0, 2)
        if style == 0:
            out += [
                (self.pick(self.stock.journals), "container-title"),
                (", ", None),
                (str(self.rng.randint(1, 90)), "volume"),
            ]
            out += [("(", None), (str(self.rng.randint(1, 12)), "issue"), (")", None)] if self.chance(0.6) else []
            return [*out, (":", None), (self.pages(), "page"), (", ", None), (year, "issued")]
        if style == 1:
            out += [
                ("In ", None),
                (self.pick(self.stock.hosts), "container-title"),
                (", pages ", None),
                (self.pages(), "page"),
            ]
            out += [(". ", None), (self.pick(self.stock.publishers), "publisher")] if self.chance(0.6) else []
            return [*out, (", ", None), (year, "issued")]
        out += [(self.pick(self.stock.publishers), "publisher")]
        out += [(", ", None), (self.pick(self.stock.places), "publisher-place")] if self.chance(0.5) else []
        return [*out, (", ", None), (year, "issued")]

    def vancouver_people(self) -> str:
        """`Smith JA, Lee K`."""
        return ", ".join(f"{one.family} {''.join(filter(str.isupper, one.given))[:2]}" for one in self.people())

    def editors(self) -> list[Piece]:
        """The statement of responsibility of a host: `под ред. И. И. Иванова`."""
        compiled = self.chance(0.25)
        role = self.one(*(_COMPILED if compiled else _EDITED)[self.language])
        out: list[Piece] = [(role, None), (self.surname_last(self.people(2)), "compiler" if compiled else "editor")]
        return [*out, (" [и др.]", None)] if self.chance(0.08) and self.language == "ru" else out

    def chapter(self) -> list[Piece]:
        """A part of a book, by the GOST standards: the host after `//`, its editors after `/`."""
        people = self.people()
        out = self.head(people) if self.chance(0.9) else []
        out.append((self.title(), "title"))
        if self.chance(0.3) and out[0][1] == "author":
            out += self.responsibility(people)
        host = self.pick(self.stock.hosts) if self.chance(0.5) else self.pick(self.stock.titles)
        named = {"ru": (" // В кн.: ", ". В кн.: "), "kk": (". – Кітапта: ", ". Кітапта: "), "en": (". In: ", ". In ")}
        out += [(self.one(" // ", " // ", "// ", " //", "//", *named[self.language]), None), (host, "container-title")]
        if self.chance(0.45):
            out += [(self.one(" / ", " / ", "/ ", " /", ". / "), None), *self.editors()]
        out += [(self.style_area, None), *self.imprint(), (self.one(", ", ", ", ". ", ","), None)]
        out += [(self.year(), "issued"), (self.style_area, None)]
        if self.chance(0.2):
            out += [(self.label("volume"), None), (str(self.rng.randint(1, 12)), "volume"), (self.style_area, None)]
        return [*out, (self.label("page"), None), (self.pages(), "page")]

    def chapter_in(self) -> list[Piece]:
        """A part of a book in English: APA, Chicago, Vancouver, Harvard."""
        book, title = self.pick(self.stock.titles), self.title()
        style = self.rng.randint(0, 3)
        if style == 0:
            editors = self.people(3)
            names = [f"{self.initials(n, ' ')} {n.family}" for n in editors]
            joined = names[0] if len(names) == 1 else ", ".join(names[:-1]) + self.one(" & ", ", & ") + names[-1]
            out: list[Piece] = [(self.apa_people(self.people()), "author"), (" (", None), (self.year(), "issued")]
            out += [("). ", None), (title, "title"), (". In ", None), (joined, "editor")]
            out += [(self.one(" (Ed.), ", " (Eds.), ", " (eds.), "), None), (book, "container-title"), (" (", None)]
            if self.chance(0.3):
                out += [(self.one("Vol. ", "vol. "), None), (str(self.rng.randint(1, 9)), "volume"), (", ", None)]
            out += [(self.one("pp. ", "pp. ", "p. "), None), (self.pages(), "page"), ("). ", None)]
            return [*out, *self.publisher_alone()]
        if style == 1:
            left, right = self.rng.choice((("“", ".” "), ('"', '." '), ("«", "». ")))
            one = self.people(1)[0]
            out = [(f"{one.family}, {one.given}", "author"), (self.one(". ", " "), None), (left, None)]
            out += [(title, "title"), (right, None), (self.one("In ", "In ", ""), None), (book, "container-title")]
            out += [(self.one(", edited by ", ", ed. "), None), (self.surname_last(self.people(2)), "editor")]
            out += [(", ", None), (self.pages(), "page"), (". ", None), *self.publisher_alone(place=True)]
            return [*out, (", ", None), (self.year(), "issued")]
        if style == 2:
            out = [(self.vancouver_people(), "author"), (". ", None), (title, "title"), (". In: ", None)]
            out += [(self.vancouver_people(), "editor"), (self.one(", editors. ", ", editor. ", ", eds. "), None)]
            out += [(book, "container-title"), (". ", None), *self.publisher_alone(place=True), ("; ", None)]
            return [*out, (self.year(), "issued"), (self.one(". p. ", ":"), None), (self.pages(), "page")]
        out = [(self.apa_people(self.people()), "author"), (" (", None), (self.year(), "issued"), (") ", None)]
        out += [(self.one("'", "‘", "“"), None), (title, "title"), (self.one("', in ", "’, in: ", "”, in "), None)]
        out += [(self.apa_people(self.people(2)), "editor"), (self.one(" (eds) ", " (eds.), ", " (ed.) "), None)]
        out += [(book, "container-title"), (self.one(". ", ", "), None), *self.publisher_alone(place=True)]
        return [*out, (", pp. ", None), (self.pages(), "page")]

    def publisher_alone(self, *, place: bool = False) -> list[Piece]:
        out: list[Piece] = []
        if place or self.chance(0.4):
            out += [(self.pick(self.stock.places), "publisher-place"), (self.one(": ", ": ", ", "), None)]
        return [*out, (self.pick(self.stock.publishers), "publisher")]

    def thesis(self) -> list[Piece]:
        out = self.head(self.people(1))
        out += [(self.title(), "title"), (self.one(": ", " : ", ". ", ": "), None)]
        out.append((self.one(*_DISSERTATIONS[self.language]), "genre"))
        if self.chance(0.4) and self.language != "en":
            out += [(self.one(": ", " : "), None), (self.one(*_DEGREES), None)]
        out += [(self.style_area, None), (self.pick(self.stock.places), "publisher-place")]
        if self.chance(0.4):
            out += [(self.one(": ", " : "), None), (self.pick(self.stock.publishers), "publisher")]
        out += [(self.one(", ", ", ", ","), None), (self.year(), "issued")]
        return [*out, (self.style_area, None), *self.extent()] if self.chance(0.85) else out

    def journals_of_science(self) -> list[Piece]:
        """Vancouver, ACS and the physicists' style."""
        title, journal, year = self.title(), self.pick(self.stock.journals), self.year()
        volume, issue = str(self.rng.randint(1, 140)), str(self.rng.randint(1, 24))
        first = self.one("", "", "", "e", "S") + str(self.rng.randint(3, 9800))
        page = self.one(self.pages(), self.pages(), first)
        style = self.rng.randint(0, 2)
        if style == 0:
            out: list[Piece] = [(self.vancouver_people(), "author"), (self.one(". ", ". ", ", et al. "), None)]
            out += [(title, "title"), (". ", None), (journal, "container-title"), (self.one(". ", " "), None)]
            out += [(year, "issued"), (self.one(";", "; "), None), (volume, "volume")]
            out += [("(", None), (issue, "issue"), (")", None)] if self.chance(0.75) else []
            out += [(self.one(":", ": "), None), (page, "page")]
        elif style == 1:
            names = "; ".join(f"{n.family}, {self.initials(n, '')}" for n in self.people())
            out = [(names, "author"), (" ", None), (title, "title"), (". ", None), (journal, "container-title")]
            out += [(" ", None), (year, "issued"), (", ", None), (volume, "volume")]
            out += [(" (", None), (issue, "issue"), (")", None)] if self.chance(0.4) else []
            out += [(", ", None), (page, "page")]
        else:
            out = [(self.surname_last(self.people()), "author"), (", ", None), (title, "title"), (", ", None)]
            out += [(journal, "container-title"), (" ", None), (volume, "volume"), (" (", None), (year, "issued")]
            out += [(") ", None), (page, "page")]
        if self.chance(0.35):
            doi = f"10.{self.rng.randint(1000, 53000)}/j.{self.rng.randint(100, 999)}.{self.rng.randint(1, 9999)}"
            out += [(self.one(". doi: ", ". https://doi.org/", ". doi:", ". DOI: "), None), (doi, "DOI")]
        return out

    def newspaper(self) -> list[Piece]:
        people = self.people(1)
        out = self.head(people) if self.chance(0.7) else []
        out.append((self.title(), "title"))
        if self.chance(0.2) and out[0][1] == "author":
            out += self.responsibility(people)
        out += [(self.one(" // ", " // ", "// ", "//", ". "), None)]
        out += [(self.pick(self.stock.newspapers), "container-title"), (self.style_area, None)]
        day, month = self.rng.randint(1, 28), self.one(*_MONTHS[self.language])
        year = self.year()
        style = self.rng.randint(0, 2)
        if style == 0:
            date = f"{month} {day}" if self.language == "en" and self.chance(0.5) else f"{day} {month}"
            out += [(year, "issued"), (self.style_area, None), (date, "issued")]
        elif style == 1:
            out.append((f"{day} {month} {year}", "issued"))
            out.append((self.one("", "", " г.", " ж.") if self.language != "en" else "", None))
        else:
            out.append((f"{day:02d}.{self.rng.randint(1, 12):02d}.{year}", "issued"))
        if self.chance(0.3):
            number = str(self.rng.randint(1, 250))
            out += [(self.style_area, None), (self.one("№", "№ "), None), (number, "issue")]
        if self.chance(0.4):
            out += [(self.style_area, None), (self.label("page"), None), (str(self.rng.randint(1, 24)), "page")]
        return [one for one in out if one[0]]

    def webpage(self) -> list[Piece]:
        out: list[Piece] = self.head(self.people(2)) if self.chance(0.3) else []
        out.append((self.title(), "title"))
        if self.chance(0.4):
            medium = self.one("Электронный ресурс", "Электрондық ресурс", "Electronic resource", "электронный ресурс")
            out += [(" [", None), (medium, "medium"), ("]", None)]
        return [*out, (self.one(". – ", " // ", ". ", " – ", " "), None), *self.electronic()]

    def draw(self) -> tuple[str, list[Piece]]:
        self.language = self.rng.choice(("kk", "kk", "kk", "ru", "ru", "ru", "en", "en"))
        self.latin = self.language != "en" and self.chance(0.22)
        self.style_area = self.one(". – ", ". – ", ". - ", ". — ", ".-", " - ", ".– ", ". ", ". ", ", ", " – ", ". -")
        kinds: list[tuple[str, Callable[[], list[Piece]], int]] = [
            ("book", self.book, 30), ("article-journal", self.article, 24), ("article-journal", self.apa, 14),
            ("article-journal", self.sites, 12), ("paper-conference", self.conference, 7), ("webpage", self.webpage, 7),
            ("chapter", self.chapter, 12),
        ]  # fmt: skip
        if not self.latin:
            kinds += [("thesis", self.thesis, 6), ("article-newspaper", self.newspaper, 6)]
        if self.language == "en":
            kinds += [
                ("article-journal", self.latex, 22),
                ("chapter", self.chapter_in, 22),
                ("article-journal", self.journals_of_science, 24),
            ]
        kind, make, _ = self.rng.choices(kinds, [weight for _, _, weight in kinds])[0]
        return kind, make()


def generate(lines: Sequence[Line], count: int, seed: int = 1995) -> list[Line]:
    """`count` lines mixed from the texts of `lines`. They train the labeller only: types and languages are not told."""
    rng = random.Random(seed)
    printer = Printer(Stock(lines), rng)
    out: list[Line] = []
    while len(out) < count:
        kind, pieces = printer.draw()
        if rng.random() < 0.8:
            pieces.append((".", None))
        raw = ""
        spans: list[tuple[str, int, int]] = []
        for text, field in pieces:
            if raw[-1:] == "." and text[:1] == "." and field is None:
                text = text[1:]
            if field:
                spans.append((field, len(raw), len(raw) + len(text)))
            raw += text
        out.append(Line(kind, "", raw, tuple(spans), "made", f"made:{len(out)}"))
    return out
