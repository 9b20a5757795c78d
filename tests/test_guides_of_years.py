"""样表 of several years: a book is read by that of its year, whichever command or button reads it."""

import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.command_line import Runner, run
from tests.guides import blank_form, learned_from
from tests.test_forms_of_offices import FORMS
from xl_perf.core.model.department import Department
from xl_perf.core.reading import read_department
from xl_perf.saved.guides import kinds_beside
from xl_perf.saved.workbook import read_book
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form
from xl_perf.submission import pack

__all__ = ["run"]


def test_a_form_of_a_later_year_is_said(run: Runner, tmp_path: Path) -> None:
    """It is used where no other holds, and the book says so."""
    guide = learned_from(blank_form(FORMS / "c01-central-2023.xlsx", tmp_path / "空白.xlsx"), tmp_path)
    book = load_workbook(guide)
    table = book["对照"]
    cell = next(row[1] for row in table.iter_rows(max_row=12) if row[0].value == "适用年度")
    cell.value = "2027"
    book.save(guide)
    shutil.copy(FORMS / "c01-central-2023.xlsx", tmp_path / "部门.xlsx")
    _, said, _ = run("check", tmp_path / "部门.xlsx")
    assert "样表“样表”从 2027 年度起用，这本是 2023 年的" in said


@pytest.fixture
def two_years(tmp_path: Path) -> Path:
    """A folder with the 样表 of the same form for 2020 and for 2027."""
    blank = blank_form(FORMS / "c01-central-2023.xlsx", tmp_path / "空白.xlsx")
    folder = tmp_path / "一年一份"
    folder.mkdir()
    for year in ("2020", "2027"):
        guide = learned_from(blank, tmp_path)
        book = load_workbook(guide)
        table = book["对照"]
        for label, wanted in (("适用年度", year), ("表名", f"本局{year}")):
            cell = next(row[1] for row in table.iter_rows(max_row=12) if row[0].value == label)
            cell.value = wanted
        book.save(folder / f"样表{year}.xlsx")
        guide.unlink()
    return folder


def kinds_in(department: Department) -> set[str]:
    return {project.kind.name for project in department.projects}


def test_every_way_into_a_book_takes_the_form_of_its_year(run: Runner, two_years: Path, tmp_path: Path) -> None:
    """校验, 新建, 报送 and a button read by the same 样表; the year is on the form, later on 首页."""
    book = two_years / "部门.xlsx"
    shutil.copy(FORMS / "c01-central-2023.xlsx", book)
    kinds = kinds_beside(book)
    assert [kind.name for kind in kinds[:2]] == ["本局2027", "本局2020"]
    _, said, _ = run("check", book)
    assert "本局2020" in said
    assert "本局2027" not in said
    assert kinds_in(read(book)) == {"本局2020"}
    assert kinds_in(read_department(read_book(book, book.name), kinds)) == {"本局2020"}  # as a button has them
    assert kinds_in(pack.read_source(book, book.name, kinds).department) == {"本局2020"}
    new = two_years / "新.xlsx"
    run("new", new, "--from", book)
    assert kinds_in(read(new)) == {"本局2020"}
    later = two_years / "明年.xlsx"
    run("new", later, "--from", book, "--year", "2027")
    assert kinds_in(read(later)) == {"本局2027"}
    assert kinds_in(read(two_years / "新.xlsx")) == {"本局2020"}


def test_a_form_that_the_book_alone_carries_is_said(run: Runner, tmp_path: Path) -> None:
    """The last line names no file that is not there: the 样表 beside the book was given another name."""
    run("form", "show", "national_targets", "-o", "样表.xlsx")
    run("new", "新.xlsx", "--department", "某局", "--year", "2025")
    (tmp_path / "样表.xlsx").rename(tmp_path / "样表-2025.xlsx")
    said = "样表：样表-2025（没有用上）、样表（工作簿里带着的，旁边没有这个表名的：1 本）"
    assert run("check", "新.xlsx")[1].splitlines()[-1].endswith(said)
    assert said in run("consolidate", "新.xlsx", "-o", "汇总.xlsx")[1]


def test_the_title_of_a_list_says_its_year_not_a_heading(run: Runner, tmp_path: Path) -> None:
    """The heading of another year is named; 样表 and the books beside it have the title's year."""
    folder = tmp_path / "各局"
    folder.mkdir()
    guide = folder / "样表.xlsx"
    blank = tmp_path / "空白表.xlsx"
    _list(blank, "2025年部门项目绩效目标清单", "预算金额")
    learn_form(str(blank), str(guide))
    head = {row[0].value: row[1].value for row in load_workbook(guide)["对照"].iter_rows(max_row=12)}
    assert str(head["适用年度"]) == "2025"
    for name, heading in (("甲", "预算金额"), ("乙", "2024年预算金额")):
        _list(folder / f"{name}.xlsx", "2025年部门项目绩效目标清单", heading, project=f"项目{name}")
    _, said, _ = run("check", folder)
    assert "X609" not in said
    assert [line for line in said.splitlines() if "F210" in line and "乙.xlsx" in line and "“2024年预算金额”" in line]
    assert said.count("F210") == 1


def test_a_list_without_a_year_is_mended_in_its_title(run: Runner, tmp_path: Path) -> None:
    """What X609 says to do works for a book without 首页."""
    blank = tmp_path / "空白表.xlsx"
    _list(blank, "部门项目绩效目标清单", "预算金额")
    folder = tmp_path / "各局"
    folder.mkdir()
    learn_form(str(blank), str(folder / "样表.xlsx"))
    _list(folder / "甲.xlsx", "2025年部门项目绩效目标清单", "预算金额", project="项目甲")
    _list(folder / "乙.xlsx", "部门项目绩效目标清单", "预算金额", project="项目乙")
    _, said, _ = run("check", folder)
    assert "没有首页的写在表的标题里" in next(line for line in said.splitlines() if "X609" in line)
    _list(folder / "乙.xlsx", "2025年部门项目绩效目标清单", "预算金额", project="项目乙")
    _, said, _ = run("check", folder)
    assert "X609" not in said


def _list(path: Path, title: str, heading: str, *, project: str = "") -> None:
    """A list of one project, or a blank one."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "清单"
    sheet.append([title])
    sheet.append([f"部门名称：{f'局{project}' if project else ''}", *[None] * 6, "单位：万元"])
    heads = ("其中：财政拨款", "年度绩效目标", "一级指标", "三级指标", "指标值")
    sheet.append(["序号", "项目名称", heading, *heads])
    if project:
        sheet.append([1, project, 60, 60, f"发放{project}", "产出指标", "发放人数", "≥300人"])
        sheet.append([*[None] * 5, "满意度指标", "群众满意度", "≥90%"])
    sheet.merge_cells("A1:H1")
    book.save(path)
