"""Forms where nobody expects them, and tables that only look like forms: read rightly, or named."""

from decimal import Decimal
from typing import Any

import pytest

from tests import builders
from xl_perf.core.cells.grid import Book, Grid, Scalar
from xl_perf.core.checking.check import check
from xl_perf.core.figures.totals import totals_of_department
from xl_perf.core.model.department import Department
from xl_perf.core.reading import read_department
from xl_perf.core.workbook.sheets import HELP_SHEET
from xl_perf.profiles import load

Rows = list[list[Scalar]]


def book(*grids: Grid, kind: str = "") -> Department:
    return read_department(Book("本", [Grid("01", builders.form()), *grids], kind=kind))


def codes(department: Department) -> set[str]:
    return {one.code for one in check(department, load())}


def other(**changes: Any) -> Rows:
    return builders.form(name="路灯维修", code="13020123450002", **changes)


@pytest.mark.parametrize("sheet", ["首页", "整体绩效目标", "部门汇总", HELP_SHEET, "校验结果"])
def test_a_form_on_a_sheet_of_our_own_workbook_is_named(sheet: str) -> None:
    """Nobody looks for projects there, and the money would be missing from the total without a word."""
    grid = Grid(sheet, [["部门名称", "甲局"], [], *other()])
    department = book(grid, kind="department-workbook")
    assert [(one.sheet, one.looks_like_form) for one in department.unread] == [(sheet, True)]
    assert "S108" in codes(department)
    assert totals_of_department(department).note


def test_a_whole_form_in_one_cell_is_named() -> None:
    text = "项目绩效目标表\n项目名称：路灯维修\n预算数：120万元\n财政资金：120\n一级指标 二级指标 三级指标 指标值\n…"
    department = book(Grid("02", [[text]]))
    assert [one.looks_like_form for one in department.unread] == [True]
    assert totals_of_department(department).note


def test_an_explanation_of_the_labels_is_no_form() -> None:
    text = "填报说明：项目名称、预算数、财政资金按批复填写；一级指标、二级指标、三级指标、指标值逐项填写，不得空缺。"
    assert not any(one.looks_like_form for one in book(Grid("02", [[text]])).unread)


@pytest.mark.parametrize(
    ("title", "code"), [("路灯维修\n项目支出绩效自评表", "E901"), ("路灯维修项目绩效运行监控表", "M801")]
)
def test_a_table_of_another_family_in_our_layout_is_no_project(title: str, code: str) -> None:
    """Counted, its money would be in the total twice. The rules of its own kind speak of it, S110 does not."""
    rows = other()
    rows[0][0] = title
    department = book(Grid("02", rows))
    assert len(department.projects) == 1
    assert len(department.tables) == 1
    assert code in codes(department)
    assert "S110" not in codes(department)


@pytest.mark.parametrize("label", ["其中：财政资金", "其他资金"])
def test_a_source_without_its_label_is_missing_from_the_total(label: str) -> None:
    rows: Rows = [["" if typed == label else typed for typed in cells] for cells in other()]
    total = totals_of_department(book(Grid("02", rows)))
    assert total.budget == Decimal(200)
    assert [one.sheet for one in total.incomplete] == ["02"]


@pytest.mark.parametrize("text", ["产出指标小计", "合计（90分）"])
@pytest.mark.parametrize("column", [0, 2])
def test_a_row_of_totals_is_no_indicator(text: str, column: int) -> None:
    rows = builders.form()
    row: list[Scalar] = [""] * 7
    row[column], row[5] = text, "6项"
    found = read_department(Book("本", [Grid("01", [*rows, row])]))
    assert len(found.projects[0].indicators) == 6


@pytest.mark.parametrize("first", ["科室审核意见：同意", "联系人", "第 1 页 共 2 页"])
def test_a_footer_in_cells_is_no_indicator(first: str) -> None:
    rows: builders.Rows = [*builders.form(), [first, "张三", "电话", "0315", "", "2024", "盖章"]]
    assert len(read_department(Book("本", [Grid("01", rows)])).projects[0].indicators) == 6


def test_the_year_that_most_titles_name() -> None:
    """A sheet left from last year does not turn the whole book into last year's."""
    titled: list[builders.Rows] = [[["2024年度路灯维修项目绩效目标表"], *other()[1:]] for _ in range(2)]
    grids = [Grid("旧", [["2023年度旧项目绩效目标表"]]), *(Grid(f"0{at}", rows) for at, rows in enumerate(titled, 2))]
    assert read_department(Book("本", grids)).year == 2024


@pytest.mark.parametrize("gap", [0, 1, 25])
def test_a_project_below_a_form_that_is_no_whole_form_is_named(gap: int) -> None:
    """Its money would be missing without a word: code, name and amounts, or a list of projects."""
    head = other()[1:3]
    rows: Rows = [["序号", "项目名称", "预算数"], [1, "路灯维修", 80.5], [2, "公园管护", 40]]
    for below in (head, rows):
        grid = Grid("01", [*builders.form(), *[[""] for _ in range(gap)], *below])
        department = read_department(Book("本", [grid]))
        assert [one.looks_like_form for one in department.unread] == [True]
        assert totals_of_department(department).note


def test_a_project_beside_a_form_that_is_no_whole_form_is_named() -> None:
    rows = [[*row, ""] for row in builders.form()]
    for at, cells in enumerate(other()[1:3], 1):
        rows[at] += cells
    department = read_department(Book("本", [Grid("01", rows)]))
    assert [one.looks_like_form for one in department.unread] == [True]


def test_what_is_drawn_beside_a_form_is_named() -> None:
    """A second form in a text box is missing from the total; captions of buttons say nothing."""
    whole = "公园管护项目绩效目标表\n项目名称：公园管护\n预算数：80.5\n财政资金：80.5\n一级指标"
    grids = [
        Grid("01", builders.form(), boxes=("校验全部", whole)),
        Grid("02", other(), boxes=("汇总", "单位：元"), pictures=2),
    ]
    department = read_department(Book("本", grids))
    assert [(one.sheet, one.looks_like_form) for one in department.unread] == [
        ("01", True),
        ("02", False),
        ("02", False),
    ]
    assert [one.reason for one in department.unread][1:] == ["文本框“单位：元”没有读", "2 个图片，其中的内容没有读"]
    quiet = read_department(Book("本", [Grid("01", builders.form(), boxes=("校验全部", "返回首页"))]))
    assert quiet.unread == ()


def test_a_sheet_with_a_total_and_a_unit_and_nothing_else_is_no_form() -> None:
    assert [one.looks_like_form for one in book(Grid("02", [["单位：元", ""], ["合计", 12]])).unread] == [False]
