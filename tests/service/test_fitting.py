"""The profile that a book is checked by where nobody gave one: that of the kind of its forms."""

import json
import pickle
from pathlib import Path

import openpyxl
import pytest

from tests.builders import Rows, form, national_form
from tests.command_line import Runner, run
from tests.samples import below, values
from xl_perf import check, profiles
from xl_perf.core.cells.grid import Book, Grid
from xl_perf.core.model.department import Department
from xl_perf.core.reading import read_department
from xl_perf.service import checking
from xl_perf.service.making import new_workbook

__all__ = ["run"]  # the fixture


def department(*sheets: Rows) -> Department:
    return read_department(Book("书", [Grid(f"{at:02}", rows) for at, rows in enumerate(sheets, 1)]))


def write(path: Path, *sheets: Rows) -> Path:
    made = openpyxl.Workbook()
    del made["Sheet"]
    for at, rows in enumerate(sheets, 1):
        sheet = made.create_sheet(f"{at:02}")
        for row in rows:
            sheet.append([typed if typed != "=100万元" else "100万元" for typed in row])
    made.save(path)
    return path


@pytest.mark.parametrize(
    ("sheets", "name"),
    [
        ((), "hebei-2023"),
        ((form(),), "hebei-2023"),
        ((national_form(),), "mof-2021"),
        ((form(), national_form()), "hebei-2023"),
        ((form(), national_form(), national_form()), "mof-2021"),
        ((form(), form(), national_form()), "hebei-2023"),
    ],
)
def test_the_kind_that_most_projects_have_decides(sheets: tuple[Rows, ...], name: str) -> None:
    assert profiles.fitting(department(*sheets)).name == name


def test_what_is_not_asked_for_by_kind_alone() -> None:
    """The ministry's shares and required levels are for whoever names its profile."""
    book = department(national_form())
    fitting = profiles.fitting(book)
    assert check(book) == check(book, fitting) == []
    assert {one.code for one in check(book, "mof-2021")} == {"I501", "I502", "I517"}
    assert (fitting.asks_for_weights, profiles.load("mof-2021").asks_for_weights) == (False, True)
    assert profiles.fitting(book) is fitting, "it is made once"
    assert pickle.loads(pickle.dumps(fitting)) == fitting


def test_a_folder_of_both_kinds(run: Runner, tmp_path: Path) -> None:
    """Each book by its own; one total; the last line, the JSON and the summary say which."""
    (tmp_path / "收件").mkdir()
    write(tmp_path / "收件" / "甲.xlsx", form())
    write(tmp_path / "收件" / "乙.xlsx", national_form())
    status, out, _ = run("check", "收件", "--json")
    found = json.loads(out)
    profile = {book["path"].rpartition("/")[2]: book["profile"] for book in found["books"]}
    assert (status, profile) == (0, {"甲.xlsx": "hebei-2023", "乙.xlsx": "mof-2021"})
    assert (found["totals"]["projects"], found["totals"]["budget"], found["totals"]["fiscal"]) == (2, "200", "180")
    out = run("check", "收件")[1]
    assert out.rstrip().endswith("口径：mof-2021（1 本）、hebei-2023（1 本）")
    assert run("check", "收件/乙.xlsx")[1].rstrip().endswith("口径：mof-2021")
    assert run("consolidate", "收件", "-o", "汇总.xlsx")[0] == 0
    assert below(Path("汇总.xlsx"), "汇总", "口径") == ["mof-2021", "hebei-2023"]
    write(tmp_path / "丙.xlsx", form(name="桥梁检测"))
    run("consolidate", "收件/甲.xlsx", "丙.xlsx", "-o", "一种.xlsx")
    cells = [value for row in values(Path("一种.xlsx"), "汇总") for value in row]
    assert "口径" not in cells, "where all books have the same profile, the last line says it"


def test_a_profile_that_is_given_holds_for_all(run: Runner, tmp_path: Path) -> None:
    write(tmp_path / "乙.xlsx", national_form())
    found = json.loads(run("check", "乙.xlsx", "--json", "--profile", "mof-2021")[1])
    assert found["books"][0]["profile"] == "mof-2021"
    assert {one["code"] for one in found["books"][0]["findings"]} == {"I501", "I502", "I517"}


def test_publishing_checks_by_the_kind(run: Runner, tmp_path: Path) -> None:
    write(tmp_path / "乙.xlsx", national_form())
    assert run("publish", "乙.xlsx", "-o", "文本.docx")[0] == 0
    assert run("publish", "乙.xlsx", "-o", "另.docx", "--profile", "hebei-2023")[0] == 1


def test_a_book_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Choosing by kind looks at the kinds of what was read, and at nothing else."""
    read: list[str] = []

    def counted(book: Book, kinds: object) -> Department:
        read.append(book.path)
        return read_department(book, kinds)  # type: ignore[arg-type]

    monkeypatch.setattr("xl_perf.saved.sent.read_department", counted)
    path = write(tmp_path / "乙.xlsx", national_form())
    (result,) = checking.examine([(path, str(path))], profile=None)
    assert (result.profile, read) == ("mof-2021", [str(path)])


def test_a_book_with_blank_forms_only(tmp_path: Path) -> None:
    """A new workbook of the ministry's form is checked by the ministry's profile, though nothing is filled in yet."""
    made = new_workbook(str(tmp_path / "新.xlsx"), [], "甲局", 2026, None, form="national_targets")
    book = checking.read(str(made.written.path))
    assert (len(book.projects), len(book.blank_forms)) == (0, 1)
    assert made.profile.name == profiles.fitting(book).name == "mof-2021"


@pytest.mark.parametrize("national", [1, 3])
def test_each_form_of_a_mixed_book_is_checked_by_the_profile_of_its_kind(
    run: Runner, tmp_path: Path, national: int
) -> None:
    """Neither lacks what only the other kind has to have, whichever is in the majority; both lack what they must."""
    forms = [national_form(name=f"国{at}") for at in range(national)]
    path = write(tmp_path / "混合.xlsx", form(), form(name="乙"), *forms)
    status, out, _ = run("check", path.name)
    assert status == 0
    names = ("mof-2021", "hebei-2023") if national > 2 else ("hebei-2023", "mof-2021")
    assert out.rstrip().endswith(f"口径：{'、'.join(names)}")
    assert json.loads(run("check", path.name, "--json")[1])["totals"]["projects"] == 2 + national
    bare = [row for row in form(name="丙") if "质量指标" not in map(str, row)]
    book = department(form(), bare, *forms)
    assert {(one.code, one.sheet) for one in check(book) if one.code == "I502"} == {("I502", "02")}


def test_the_profile_that_was_asked_for_goes_with_the_book(run: Runner, tmp_path: Path) -> None:
    """By the command line as by the buttons; where nobody asked, the kind of form decides."""
    source = write(tmp_path / "来源.xlsx", national_form())
    assert run("new", "没问.xlsx", "--from", source.name)[0] == 0
    assert run("new", "问了.xlsx", "--from", source.name, "--profile", "mof-2021")[0] == 0
    asked, not_asked = (json.loads(run("check", f"{name}.xlsx", "--json")[1])["books"][0] for name in ("问了", "没问"))
    assert asked["profile"] == not_asked["profile"] == "mof-2021"
    strict = {"I501", "I502", "I517"}
    assert {one["code"] for one in asked["findings"]} & strict == strict
    assert not {one["code"] for one in not_asked["findings"]} & strict


def test_a_book_whose_own_profile_stayed_behind_says_so(run: Runner, tmp_path: Path) -> None:
    own = tmp_path / "甲" / "口径.toml"
    own.parent.mkdir()
    own.write_text('base = "hebei-2023"\nname = "某市"\n', "utf-8")
    assert run("new", "甲/书.xlsx", "--from", str(write(tmp_path / "来源.xlsx", form())))[0] == 0
    assert "这本工作簿是按口径" not in run("check", "甲/书.xlsx")[1]
    (tmp_path / "书.xlsx").write_bytes((tmp_path / "甲" / "书.xlsx").read_bytes())
    said = run("check", "书.xlsx")[1]
    assert "注意：这本工作簿是按口径“某市”建的，这次按“hebei-2023”校验；要按原来的口径，请用 --profile 给出" in said
