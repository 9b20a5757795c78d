"""A shipped kind as a 样表, from which an office's variant starts."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.command_line import Runner, run
from tests.guides import correct, learned_from
from xl_perf.saved.guides import guide_at, kind_of_guide

__all__ = ["run"]


@pytest.mark.parametrize("kind", ["project_targets", "national_targets", "target_list"])
def test_a_shipped_kind_is_shown_and_learned_again(kind: str, run: Runner, tmp_path: Path) -> None:
    """A variant starts from one: without a change the 样表 can be used, and a second learning says the same."""
    guide = tmp_path / "样表.xlsx"
    assert run("form", "show", kind, "-o", guide)[0] == 0
    assert run("form", "check", guide)[0] == 0
    form = guide_at(guide, guide.name).form
    book = load_workbook(guide)
    del book["对照"]
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and "{" in cell.value:
                cell.value = None
    book.save(tmp_path / "空白表.xlsx")
    again = learned_from(tmp_path / "空白表.xlsx", tmp_path / "again")
    if form.unit:
        correct(again, {}, form.unit)
    assert guide_at(again, again.name).form == form


def test_a_book_that_is_not_filled_in_yet_counts_as_one_of_its_form(run: Runner, tmp_path: Path) -> None:
    run("form", "show", "national_targets", "-o", tmp_path / "样表.xlsx")
    run("new", tmp_path / "新.xlsx", "--department", "某局", "--year", "2025")
    assert run("check", tmp_path / "新.xlsx")[1].splitlines()[-1] == "口径：mof-2021；样表：样表（1 本）"


def test_a_shown_kind_that_is_called_as_the_shipped_one_can_be_used(run: Runner, tmp_path: Path) -> None:
    guide = tmp_path / "national_targets.xlsx"
    run("form", "show", "national_targets", "-o", guide)
    assert run("form", "check", guide)[0] == 0
    assert guide_at(guide, guide.name).form.name == "样表-national_targets"


def test_a_blank_row_that_the_last_level_takes_in_is_filled_in_too(run: Runner, tmp_path: Path) -> None:
    guide = tmp_path / "样表.xlsx"
    run("form", "show", "national_targets", "-o", guide)
    sheet = kind_of_guide(guide).own_sheet
    assert sheet is not None
    (table,) = sheet.tables
    assert table.groups[-1].seconds == ("服务对象满意度指标", "")
    assert table.last == len(sheet.texts) - 1


def test_a_workbook_without_marks_is_no_guide(run: Runner) -> None:
    """One sentence says so, and what to do."""
    status, out, err = run("form", "check", Path(__file__).parents[1] / "workbooks" / "example-2023.xlsx")
    assert (status, out) == (2, "")
    assert "这不是样表：没有“对照”，表上也没有 {预算数} 这样的标记" in err
    assert "xl-perf form learn 空白表.xlsx -o 样表.xlsx" in err


def test_projects_of_shipped_forms_become_the_named_one(run: Runner, tmp_path: Path) -> None:
    """What it has no room for is named; the totals stay."""
    run("form", "show", "national_targets", "-o", tmp_path / "样表.xlsx")
    source = Path(__file__).parents[1] / "workbooks" / "example-2023.xlsx"
    status, out, err = run("new", tmp_path / "新.xlsx", "--form", tmp_path / "样表.xlsx", "--from", source)
    assert status == 0
    assert "project_targets（项目绩效目标表）的项目改写成样表“样表”" in out + err
    assert "资金用途" in out + err
    book = json.loads(run("check", tmp_path / "新.xlsx", "--json")[1])["books"][0]
    assert {one["form"] for one in book["projects"]} == {"样表"}
    assert sum(Decimal(one["budget"]) for one in book["projects"]) == Decimal("1135.76")


@pytest.mark.parametrize(
    ("kind", "label", "named"),
    [
        ("national_targets", "年度资金总额：", "项目预算数"),
        ("national_targets", "其他资金", "自筹资金"),
        ("national_targets", "三级指标", "具体指标"),
        ("project_targets", "预算数", "项目总预算"),
        ("target_list", "指标值", "目标值"),
    ],
)
def test_a_label_is_renamed_on_the_form_alone(kind: str, label: str, named: str, run: Runner, tmp_path: Path) -> None:
    """Nothing has to be changed in 对照; what the form calls so is read so."""
    guide = tmp_path / "样表.xlsx"
    run("form", "show", kind, "-o", guide)
    book = load_workbook(guide)
    cells = (cell for row in book.worksheets[0].iter_rows() for cell in row)
    next(cell for cell in cells if str(cell.value).strip() == label).value = named
    book.save(guide)
    status, out, _ = run("form", "check", guide)
    assert status == 0, out
    assert f"在表上改成了“{named}”，照表上的" in out
    assert named in {word.label for word in guide_at(guide, guide.name).form.words}


def test_a_label_that_is_gone_from_the_form_is_named(run: Runner, tmp_path: Path) -> None:
    """Its row in 对照 is to go too, or to be called as the form calls it now."""
    guide = tmp_path / "样表.xlsx"
    run("form", "show", "national_targets", "-o", guide)
    book = load_workbook(guide)
    sheet = book.worksheets[0]
    cell = next(cell for row in sheet.iter_rows() for cell in row if str(cell.value).strip() == "上年结转")
    cell.value, sheet[f"D{cell.row}"].value = None, None
    book.save(guide)
    status, out, _ = run("form", "check", guide)
    assert status == 1
    assert "标签“上年结转”（原来在 B7）表上没有了：不要的请在这里删去这一行" in out
    table = book["对照"]
    table.delete_rows(next(one.row for one in table["A"] if one.value == "上年结转"))
    book.save(guide)
    assert run("form", "check", guide)[0] == 0


def test_doctor_says_what_to_do_about_a_guide_that_cannot_be_used(run: Runner, tmp_path: Path) -> None:
    guide = tmp_path / "样表.xlsx"
    run("form", "show", "national_targets", "-o", guide)
    run("new", tmp_path / "书.xlsx", "--department", "某局", "--year", "2025")
    book = load_workbook(guide)
    table = book["对照"]
    next(cell for cell in table["A"] if cell.value == "表名").offset(0, 1).value = "national_targets"
    book.save(guide)
    _, out, _ = run("excel", "doctor", tmp_path / "书.xlsx")
    lines = out.splitlines()
    at = next(number for number, line in enumerate(lines) if "书.xlsx：表样" in line)
    assert lines[at].startswith("✗")
    assert "怎样处理：请用 Excel 改好它，再用 xl-perf form check 样表.xlsx 核对" in lines[at + 1]
