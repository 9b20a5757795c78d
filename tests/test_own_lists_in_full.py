"""Lists of an office's own: rows that add up, rows without a name, what stands below the list or right of it."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.own_lists import FIRST, FOOTER, HEADS, SECOND, TOTAL, Row, filled, write
from xl_perf.core.cells.entries import amount_entry
from xl_perf.core.cells.grid import CellLine
from xl_perf.core.checking.check import check
from xl_perf.core.figures.missing import missing_from
from xl_perf.core.figures.totals import totals_of_department
from xl_perf.core.forms.list_rows import amounts_in_added_columns
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Finding
from xl_perf.profiles import fitting
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form

NOT_NAMED: Row = (*SECOND[:2], None, *SECOND[3:])
FURTHER: Row = (3, "二中", "操场", 10, 10, 0, "修好。", "产出指标", "数量指标", "面积", "≥3平方米")


def said_of(department: Department, code: str) -> list[Finding]:
    return [one for one in check(department, fitting(department)) if one.code == code]


def amounts_of(department: Department) -> list[Decimal]:
    return [totals_of_department(department).amounts[key] for key in ("budget", "fiscal", "other")]


def test_a_list_in_order_is_read_in_full(tmp_path: Path) -> None:
    department = filled(tmp_path, [FIRST, SECOND, TOTAL, FOOTER])
    assert amounts_of(department) == [173, 113, 60]
    assert not department.list_totals
    assert not department.unread
    assert not missing_from(department)


@pytest.mark.parametrize("below", [FURTHER, (None, None, "追加", 10)])
def test_what_stands_below_the_list_is_named(below: Row, tmp_path: Path) -> None:
    department = filled(tmp_path, [FIRST, SECOND, TOTAL, FOOTER, (), below])
    assert amounts_of(department) == [173, 113, 60]
    (lacks,) = missing_from(department)
    assert "第 9 行" in lacks.reason
    (said,) = said_of(department, "S108")
    assert said.cell == "D9"


def test_notes_below_the_list_are_no_amounts(tmp_path: Path) -> None:
    notes: list[Row] = [("注：金额按万元填。",), ("联系电话：", None, None, 86251234)]
    assert not filled(tmp_path, [FIRST, SECOND, TOTAL, FOOTER, *notes]).unread


@pytest.mark.parametrize("row", [2, 0])
def test_a_printed_total_is_compared(row: int, tmp_path: Path) -> None:
    """Wherever it stands; the sum of the rows counts."""
    rows = [FIRST, SECOND]
    rows.insert(row, ("合计", None, None, 999, 113, 60))
    department = filled(tmp_path, [*rows, FOOTER])
    (said,) = said_of(department, "T701")
    assert (said.cell, said.found, said.expected) == (f"D{row + 4}", "999", "173")
    assert amounts_of(department) == [173, 113, 60]


def test_totals_of_pages_are_right(tmp_path: Path) -> None:
    """Of the rows since the one before, or of all above."""
    first: Row = ("合计", None, None, 150, 100, 50)
    for second in (("合计", None, None, 23, 13, 10), TOTAL):
        folder = tmp_path / str(second[3])
        folder.mkdir()
        assert not filled(folder, [FIRST, first, SECOND, second]).list_totals


@pytest.mark.parametrize("head", [[], [("某区部门预算项目绩效目标情况表",)]])
def test_the_header_stands_again_on_the_next_page(head: list[Row], tmp_path: Path) -> None:
    """The total at the end is that of all pages, whether the title stands again too or not."""
    department = filled(tmp_path, [FIRST, *head, HEADS, SECOND, TOTAL])
    assert amounts_of(department) == [173, 113, 60]
    assert not department.list_totals


def test_a_wrong_total_on_the_next_page_is_told(tmp_path: Path) -> None:
    department = filled(tmp_path, [FIRST, HEADS, SECOND, ("合计", None, None, 999, 113, 60)])
    (said,) = said_of(department, "T701")
    assert (said.found, said.expected) == ("999", "173")


@pytest.mark.parametrize("cells", [("一中小计",), (None, "一中小计"), (None, None, "一中小计"), ("小计",)])
def test_a_sum_of_some_is_nobodys_money(cells: Row, tmp_path: Path) -> None:
    """Whichever column names it."""
    row = (*cells, *[None] * (3 - len(cells)), 173, 113, 60)
    department = filled(tmp_path, [FIRST, SECOND, row, FURTHER])
    assert [project.name.value for project in department.projects] == ["食堂", "安防", "操场"]
    assert amounts_of(department) == [183, 123, 60]


def test_a_project_is_none_that_adds_up(tmp_path: Path) -> None:
    """小计 in the column that counts, before a name and an indicator."""
    department = filled(tmp_path, [FIRST, ("小计", *SECOND[1:]), FOOTER])
    assert amounts_of(department) == [173, 113, 60]


def test_an_amount_in_the_line_of_who_signs_is_named(tmp_path: Path) -> None:
    department = filled(tmp_path, [FIRST, SECOND, ("填表人：张三", None, "追加50万元", 50)])
    assert [one.cell for one in said_of(department, "S108")] == ["D6"]
    quiet: Row = ("填表人：张三", None, "联系电话：", 86251234)
    (tmp_path / "又").mkdir()
    assert not filled(tmp_path / "又", [FIRST, SECOND, quiet]).unread


def test_a_list_without_the_heading_of_its_budget_is_an_error(tmp_path: Path) -> None:
    """预算数 is called otherwise: all of its amounts are missing from the total."""
    blank = write(tmp_path / "空白表.xlsx")
    learn_form(str(blank), str(tmp_path / "样表.xlsx"))
    blank.unlink()
    book = load_workbook(write(tmp_path / "局.xlsx", [FIRST, SECOND, FOOTER]))
    book.worksheets[0]["D3"] = "总投资"
    book.save(tmp_path / "局.xlsx")
    found = said_of(read(tmp_path / "局.xlsx"), "S102")
    assert [(one.cell, one.expected) for one in found] == [("A4", "预算数"), ("A5", "预算数")]


def test_a_project_without_a_name_is_one(tmp_path: Path) -> None:
    """The column that counts tells it; its money is its own."""
    department = filled(tmp_path, [FIRST, NOT_NAMED, FURTHER, FOOTER])
    assert amounts_of(department) == [183, 123, 60]
    (said,) = said_of(department, "F201")
    assert said.cell == "C5"


def test_rows_of_one_project_may_be_numbered(tmp_path: Path) -> None:
    again: Row = (2, None, None, None, None, None, None, "效益指标", "社会效益指标", "人数", "≥9人")
    (project,) = filled(tmp_path, [FIRST, again, FOOTER]).projects
    assert len(project.indicators) == 2


def test_projects_of_one_name_are_told_by_their_numbers(tmp_path: Path) -> None:
    """Their money is counted to each, and that they are called the same is said."""
    namesake: Row = (2, *FIRST[1:3], 23, 13, 10, *FIRST[6:])
    more: Row = (None, *[None] * 6, "效益指标", "社会效益指标", "人数", "≥9人")
    for name, rows in (("几行", (FIRST, more, namesake, more)), ("一行", (FIRST, namesake)), ("同额", (FIRST, more))):
        (tmp_path / name).mkdir()
        own = rows if name != "同额" else (*rows, (2, *FIRST[1:]), more)
        department = filled(tmp_path / name, [*own, FOOTER])
        assert [project.budget.value for project in department.projects] == [150, 150 if name == "同额" else 23]
        assert [one.cell for one in said_of(department, "X602")] == ["C4", f"C{5 if name == '一行' else 6}"]


def test_a_project_whose_rows_are_numbered_and_filled_down_is_one(tmp_path: Path) -> None:
    down: Row = (2, *FIRST[1:7], "效益指标", "社会效益指标", "人数", "≥9人")
    department = filled(tmp_path, [FIRST, down, (3, *SECOND[1:]), FOOTER])
    assert amounts_of(department) == [173, 113, 60]
    assert [len(project.indicators) for project in department.projects] == [2, 1]


def test_two_amounts_of_one_project_are_explained(tmp_path: Path) -> None:
    """Their unit is not at fault."""
    other: Row = (1, None, None, 23, 13, 10, None, "效益指标", "社会效益指标", "人数", "≥9人")
    said, *_ = said_of(filled(tmp_path, [FIRST, other, FOOTER]), "B308")
    assert "第一行" in said.remedy
    assert "单位" not in said.remedy


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, None),
        ({"L3": "审核意见", "L4": "同意"}, ("L3", "“审核意见”等 2 格")),
        ({"L5": "请核对"}, ("L5", "“请核对”")),
        ({"G3": "立项依据"}, ("G3", "“立项依据”等 3 格")),
        ({"A3": "编号", "A4": 7}, None),
        ({"L3": "核定数", "L4": 149}, None),  # B310 tells of it
        ({"A2": "（2026年度）", "A6": "填表人：王五", "C8": "电话"}, None),
    ],
)
def test_what_the_guide_lacks_is_named(
    changed: dict[str, str | int], found: tuple[str, str] | None, tmp_path: Path
) -> None:
    """Only a form of one project said so: a column more of a list was silent."""
    filled(tmp_path, [FIRST, SECOND, FOOTER])
    book = load_workbook(tmp_path / "局.xlsx")
    for cell, typed in changed.items():
        book.worksheets[0][cell] = typed
    book.save(tmp_path / "局.xlsx")
    said = [(one.cell, one.message) for one in said_of(read(tmp_path / "局.xlsx"), "S116")]
    assert said == ([(found[0], f"{found[1]}样表上没有，没有读")] if found else [])


@pytest.mark.parametrize("other", [10, None])
def test_an_amount_in_a_column_without_a_heading_is_named(other: int | None, tmp_path: Path) -> None:
    """It was passed over beside an amount, and taken for one of that source where this is blank."""
    filled(tmp_path, [FIRST, SECOND, FOOTER])
    book = load_workbook(tmp_path / "局.xlsx")
    sheet = book.worksheets[0]
    sheet.unmerge_cells("A1:K1")
    sheet.insert_cols(7)
    sheet["F5"], sheet["G5"] = other, 7
    book.save(tmp_path / "局.xlsx")
    department = read(tmp_path / "局.xlsx")
    assert amounts_of(department) == [173, 113, 50 + (other or 0)]
    assert [one.cell for one in said_of(department, "B310")] == ["G5"]


def test_amounts_in_a_column_more_are_named(tmp_path: Path) -> None:
    department = filled(tmp_path, [(*FIRST, 50), SECOND, FOOTER], heads=["追加资金"])
    (said,) = said_of(department, "B310")
    assert said.cell == "L4"
    assert "追加资金" in said.message


def test_a_source_that_the_form_prints_and_does_not_mark_is_named(tmp_path: Path) -> None:
    """Its amounts are read nowhere; those of other printed columns are nobody's business."""
    (project, *_) = filled(tmp_path, [FIRST, SECOND, FOOTER]).projects
    heads = [None, None, None, "预算数", "一般公共预算", "单位资金", "序号"]
    columns = {"budget": range(3, 4), "fiscal": range(4, 5)}
    cells = CellLine([heads, [None, None, None, 150, 100, 50, 7]])
    found = amounts_in_added_columns(
        project.kind, (0,), columns, (1,), cells, lambda typed, row, column: amount_entry(typed, "表", row, column)
    )
    assert [(heading, str(amount.value)) for heading, amount in found] == [("单位资金", "50")]


def test_another_amount_within_a_project_that_is_filled_down_is_a_contradiction(tmp_path: Path) -> None:
    """Its rows are numbered as rows, so the number does not make another project of it."""
    down: Row = (2, *FIRST[1:7], "效益指标", "社会效益指标", "人数", "≥9人")
    other: Row = (3, *FIRST[1:3], 23, 13, 10, *FIRST[6:])
    department = filled(tmp_path, [FIRST, down, other, FOOTER])
    assert len(department.projects) == 1
    assert [one.cell for one in said_of(department, "B308")] != []
