from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kzcite.cli.convert import convert_command
from kzcite.cli.render import render_command
from kzcite.formats import keys
from kzcite.formats.dedupe import dedupe
from kzcite.formats.registry import LIBRARY_FORMATS, find_format
from kzcite.jobs import convert_files, read_references
from kzcite.model import Item, Library, LimitError, UsageError
from kzcite.model.limits import DEFAULT, using

BIB = """@article{omarov, author = {Омаров, К.}, title = {Дала өсімдіктерінің таралуы}, journal = {Табиғат},
 year = 2024}
@misc{zan, title = {Ара туралы}, entrysubtype = {treaty}, jurisdiction = {kz}, year = 2017}
"""
RIS = (
    "TY  - JOUR\nAU  - Омаров, К.\nTI  - Дала өсімдіктерінің таралуы.\n"
    "T2  - Табиғат\nPY  - 2024\nDO  - 10.1/x\nER  - \n"
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "a.bib").write_text(BIB, encoding="utf-8")
    (tmp_path / "b.ris").write_text(RIS, encoding="utf-8")
    return tmp_path


def convert(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(convert_command, [str(one) for one in arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


def test_one_file_into_another_and_its_losses(files: Path) -> None:
    code, _, told = convert(files / "a.bib", files / "out.ris")
    assert code == 0
    assert "zan: jurisdiction not written: kz" in told
    assert "TI  - Дала" in (files / "out.ris").read_text(encoding="utf-8")
    assert convert(files / "a.bib", files / "out.ris", "--strict")[0] == 1
    losses = json.loads(convert(files / "a.bib", files / "out.ris", "--losses", "json")[2])
    assert {
        "entry": "zan",
        "field": "jurisdiction",
        "value": "kz",
        "reason": "the format has no field for it",
    } in losses


def test_to_standard_output(files: Path) -> None:
    code, out, _ = convert(files / "a.bib", "-t", "csljson")
    assert code == 0
    assert [one["id"] for one in json.loads(out)] == ["omarov", "zan"]
    for call in ([files / "a.bib"], [files / "a.bib", files / "out.xyz"]):
        with pytest.raises(UsageError):
            convert(*call)
    assert not (files / "out.xyz").exists()


def test_uniting_with_decisions(files: Path) -> None:
    decisions, out = files / "d.tsv", files / "all.json"
    code, _, told = convert(files / "a.bib", files / "b.ris", "-o", out, "--dedupe", decisions)
    assert code == 0
    assert "e1 joined to omarov" in told
    united = json.loads(out.read_text(encoding="utf-8"))
    assert [one["id"] for one in united] == ["omarov", "zan"]
    assert united[0]["DOI"] == "10.1/x"
    decisions.write_text(decisions.read_text(encoding="utf-8").replace("merge", "keep"), encoding="utf-8")
    before = decisions.read_bytes()
    convert(files / "a.bib", files / "b.ris", "-o", out, "--dedupe", decisions)
    assert len(json.loads(out.read_text(encoding="utf-8"))) == 3
    assert decisions.read_bytes() == before


def test_a_work_and_its_romanised_twin_stay_apart(tmp_path: Path) -> None:
    items = [
        {"id": "a", "type": "book", "title": "Дала өсімдіктерінің таралуы", "author": [{"family": "Омаров"}]},
        {"id": "b", "type": "book", "title": "Dala osimdikterinin taraluy", "author": [{"family": "Omarov"}]},
    ]
    library = Library(tuple(Item.from_csl(one) for one in items))
    assert len(dedupe(library, tmp_path / "d.tsv")[0]) == 2


def test_bad_records_are_named(files: Path) -> None:
    (files / "bad.bib").write_text("@book{a, title={A}}\n@book{b, title={B\n", encoding="utf-8")
    code, out, told = convert(files / "bad.bib", "-t", "ris", "--strict")
    assert code == 1
    assert "TI  - A" in out
    assert "bad.bib:2: PRS101" in told


def test_keys_by_a_pattern(files: Path) -> None:
    _, out, _ = convert(files / "a.bib", "-t", "csljson", "--keys", "{type}:{author}{year}")
    assert [one["id"] for one in json.loads(out)] == ["article-journal:omarov2024", "treaty:ara-turaly2017"]
    for bad in ("{author.__class__}", "{author:>999999999}", "{year!r}", "{nobody}", "кілт", "{"):
        with pytest.raises(UsageError):
            convert(files / "a.bib", "-t", "csljson", "--keys", bad)


def test_keys_are_readable_unique_and_stay() -> None:
    act = {"type": "legislation", "language": "kk", "title": "Қазақстан Республикасының Конституциясы",
           "issued": {"date-parts": [[1995]]}}  # fmt: skip
    library = Library.of(Item.from_csl({**act, "id": f"e{n}"}) for n in range(30))
    made = [item.id for item in keys.keyed(library)]
    assert made[:3] == ["qr-konstitutsiyasy1995", "qr-konstitutsiyasy1995a", "qr-konstitutsiyasy1995b"]
    assert len(set(made)) == 30
    assert all(one.isascii() for one in made)
    assert [item.id for item in keys.keyed(keys.keyed(library))] == made


def test_a_bad_record_is_told_and_has_no_line_in_a_list(files: Path) -> None:
    (files / "bad.bib").write_text("@book{a, title={A}, year=1}\n@book{b, title={B\n", encoding="utf-8")
    done = CliRunner().invoke(render_command, [str(files / "bad.bib"), "--style", "gost-kz"])
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == 1
    assert "PRS101" in done.stderr


def test_a_loss_is_told_on_one_line(files: Path) -> None:
    (files / "bad.bib").write_text("@book{a, title={A}}\n@book{b,\n title={B\n", encoding="utf-8")
    _, _, told = convert(files / "bad.bib", "-t", "ris")
    assert [line.split(": ")[0] for line in told.splitlines()] == [f"{files}/bad.bib:2", "b"]


def test_one_file_goes_through_item_by_item(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between formats that can, no whole library is made; the result is the same as with one."""
    records = RIS + RIS.replace("Дала", "Орман").replace("2024", "2025") + "stray\nTY  - XXX\nTI  - Соңы жоқ\n"
    (files / "many.ris").write_text(records, encoding="utf-8")
    names = ["csljson", "ris", "nbib", "enw"]
    whole = {}
    for name in names:
        reading = read_references(files / "many.ris")
        writing = find_format(name, LIBRARY_FORMATS, "write").load().write(reading.library)
        whole[name] = (writing.data, writing.losses, reading.findings)
    monkeypatch.setattr(Library, "__post_init__", None)
    for name in names:
        done = convert_files([files / "many.ris"], files / f"out.{name}", write=name)
        assert ((files / f"out.{name}").read_bytes(), done.losses, done.findings) == whole[name]
    assert [one.code for one in whole["ris"][2]] == ["PRS108", "PRS103", "PRS107"]


def test_a_fault_on_the_way_leaves_what_stood_there(files: Path) -> None:
    (files / "many.ris").write_text(RIS * 3, encoding="utf-8")
    (files / "out.json").write_text("before", encoding="utf-8")
    for target in (str(files / "out.json"), "-"):
        with using(DEFAULT.with_settings({"entries": "2"})), pytest.raises(LimitError):
            convert(files / "many.ris", "-t", "csljson", "-o", target)
    assert (files / "out.json").read_text(encoding="utf-8") == "before"
    assert sorted(one.name for one in files.iterdir()) == ["a.bib", "b.ris", "many.ris", "out.json"]


def test_a_key_that_two_files_have_is_told(files: Path) -> None:
    (files / "c.bib").write_text("@book{omarov, title={Басқа}}", encoding="utf-8")
    _, out, told = convert(files / "a.bib", files / "c.bib", "-t", "csljson", "-o", "-")
    assert [one["id"] for one in json.loads(out)] == ["omarov", "zan", "omarov-2"]
    assert told == f"{files}/c.bib: omarov stands in another file too; here it is omarov-2\n"
