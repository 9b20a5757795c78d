"""Whose unit a line is: the form's, another table's, another form's."""

from decimal import Decimal
from typing import Any

import pytest

from tests import builders
from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.grid import Book, Grid, Scalar
from xl_perf.core.model.project import Project
from xl_perf.core.reading import read_department

Rows = list[list[Scalar]]
YUAN, WAN = Decimal("0.01"), Decimal(100)
"""What 100 is in 万元."""


def form(**changes: Any) -> Rows:
    return [[*row, *[""] * 5] for row in builders.form(**changes)]


def line(*cells: tuple[int, Scalar]) -> list[Scalar]:
    made: list[Scalar] = [""] * 12
    for column, typed in cells:
        made[column] = typed
    return made


def projects(rows: Rows, kind: str = "") -> tuple[Project, ...]:
    return read_department(Book("本", [Grid("01", rows)], kind=kind)).projects


TABLE = [
    line((0, "序号"), (1, "内容"), (2, "金额")),
    line((0, 1), (1, "设备"), (2, 5)),
    line((0, 2), (1, "人工"), (2, 6)),
]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([*form(), line((0, "填报人：张三"), (3, "电话"), (6, "单位：元"))], YUAN),
        ([*form(), line((0, "审核人"), (3, "单位：元"))], YUAN),
        ([*form(), line((6, "单位：元"))], YUAN),
        ([*form(), line((5, "单位：元"))], YUAN),
        ([line((0, "单位：元")), *form()], YUAN),
        *(
            ([line((0, said)), *form()], YUAN)
            for said in ("单位 元", "单位(元)", "金额（元）", "部门：某局 （元）", "某局 2024年度 元", "数据口径：元")
        ),
        *(([line((0, said)), *form()], Decimal(10)) for said in ("单位：1000元", "单位：RMB'000", "RMB’000")),
        ([line((0, "金额（元）"), (1, "备注")), *form()], WAN),
        ([*form(), line(), line((0, "测算（单位：元）")), *TABLE], WAN),
        ([*form(), line(), line((0, "单位：元")), *TABLE], WAN),
        ([line((0, "填报单位：元氏县教育局")), *form()], WAN),
        ([line((0, "成本指标以元为单位")), *form()], WAN),
    ],
    ids=str,
)
def test_lines_around_a_form(rows: Rows, expected: Decimal) -> None:
    """The amount is in the unit that is meant."""
    assert [one.budget.value for one in projects(rows)] == [expected]


@pytest.mark.parametrize("column", range(7))
def test_a_unit_below_the_table_is_no_indicator(column: int) -> None:
    assert len(projects([*form(), line((column, "单位：元"))])[0].indicators) == 6


def test_a_table_beside_the_form_has_its_own_unit() -> None:
    rows = form()
    for at, typed in ((0, "明细"), (1, "单位：元"), (2, "设备"), (3, "人工"), (4, "差旅")):
        rows[at][9] = typed
        rows[at][10] = 5.0 if at > 1 else ""
    assert [one.budget.value for one in projects(rows)] == [WAN]


def test_another_table_between_the_unit_and_the_form_leaves_a_doubt() -> None:
    """Nobody can know: the amount stays out of the total, and both are named."""
    found = projects([line((0, "单位：元")), *TABLE, line(), *form()])
    assert found[0].budget.status is Status.CONTRADICTED
    assert "另一张表" in found[0].conflicts[0].said


def test_a_unit_line_above_the_second_form_is_not_of_the_first() -> None:
    second = form(name="路灯维修", code="13020123450002")
    found = projects([*form(), line(), line((0, "单位：元")), *second])
    assert [one.budget.value for one in found] == [WAN, YUAN]


def test_a_unit_line_of_a_text_is_not_of_the_form() -> None:
    rows = form()
    rows[3][1] = "购买设备，本项金额单位：元的发票另附。"
    assert projects(rows)[0].budget.value == WAN


@pytest.mark.parametrize("typed", [["元", "元"], ["单位：万元", "（万元）"]])
def test_units_and_no_form_are_no_form(typed: list[str]) -> None:
    assert projects([[], [], [*typed]]) == ()


@pytest.mark.parametrize(
    "said",
    [
        *("单位：每50元", "单位：RMB'0", "单位：千美元", "单位：兆元", "单位：100万", "单位(美元)", "金额以美元列示"),
        *("部门：某局 （美元）", "某局 2024年度 K元", "金额（美元）", "数据口径：千美元"),
    ],
)
def test_a_line_that_is_not_understood_is_a_doubt(said: str) -> None:
    """It speaks of money, and nobody can tell of which."""
    assert [one.budget.status for one in projects([line((0, said)), *form()])] == [Status.CONTRADICTED]


@pytest.mark.parametrize("typed", ["￥85000", "¥85,000.00", "人民币85000"])
def test_a_sign_without_a_unit_is_a_doubt(typed: str) -> None:
    """A person reads 元 or 万元 there; nobody knows which."""
    rows = form(budget=typed)
    assert projects(rows)[0].budget.status is Status.CONTRADICTED
    rows[0][0] = "项目绩效目标表（单位：元）"
    assert projects(rows)[0].budget.value == Decimal("8.5")


@pytest.mark.parametrize(
    ("said", "value"), [("元", YUAN), ("单位：元", YUAN), ("￥", None), ("美元", None), ("单位：万美元", None)]
)
def test_a_unit_behind_the_last_blank_amount_is_of_all(said: str, value: Decimal | None) -> None:
    rows = form(other="")
    rows[2][7] = said
    assert projects(rows)[0].budget.value == value


@pytest.mark.parametrize("said", ["元", "单位：元", "（元）"])
def test_a_unit_in_a_row_below_the_amounts(said: str) -> None:
    rows = form()
    rows.insert(3, line((1, said)))
    assert projects(rows)[0].budget.value == YUAN


@pytest.mark.parametrize("column", [0, 8, 20])
def test_one_line_above_forms_beside_each_other_is_about_both(column: int) -> None:
    rows = [line((column, "单位：元")) if column < 12 else [*line(), *line((8, "单位：元"))], *beside_each_other()]
    assert [one.budget.value for one in projects(rows)] == [YUAN, YUAN]


@pytest.mark.parametrize("column", [0, 13])
def test_one_note_below_forms_beside_each_other_is_about_both(column: int) -> None:
    rows = [*beside_each_other(), [*line(), *line()]]
    rows[-1][column] = "注：金额单位为元"
    assert [one.budget.value for one in projects(rows)] == [YUAN, YUAN]


def test_forms_beside_each_other_have_each_its_own_line() -> None:
    rows = [[*line((0, "单位：元")), *line((0, "单位：万元"))], *beside_each_other()]
    assert [one.budget.value for one in projects(rows)] == [YUAN, WAN]


def beside_each_other() -> Rows:
    second = form(name="路灯维修", code="13020123450002")
    return [[*left, *right] for left, right in zip(form(), second, strict=False)]


def budgets(*grids: Grid) -> list[Decimal | None]:
    return [project.budget.value for project in read_department(Book("本", grids)).projects]


@pytest.mark.parametrize(
    ("sheet", "value"), [("01（单位：元）", YUAN), ("01（元）", YUAN), ("元宝镇", WAN), ("01（K元）", None)]
)
def test_the_name_of_the_sheet_states_a_unit(sheet: str, value: Decimal | None) -> None:
    """Like a title; a place of that name does not. What nobody understands is a doubt."""
    assert budgets(Grid(sheet, form())) == [value]


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("本工作簿各表金额单位均为元", YUAN),
        ("所有报表金额以元为单位。", YUAN),
        ("金额单位：元", WAN),
        ("各表填报人均为经办人，不领补助 100 元", WAN),
    ],
)
def test_another_sheet_states_the_unit_of_all_tables(said: str, value: Decimal) -> None:
    """It counts for forms that state none, not for those that do."""
    own = [line((0, "金额单位：万元")), *form()]
    assert budgets(Grid("说明", [[said]]), Grid("01", form()), Grid("02", own)) == [value, WAN]


def test_sheets_that_disagree_on_the_unit_of_all_tables() -> None:
    """Nobody knows which is right."""
    said = Grid("说明", [["各表金额单位均为元"], ["以下各表金额单位为千元"]])
    (project,) = read_department(Book("本", [said, Grid("01", form())])).projects
    assert project.budget.status is Status.CONTRADICTED
    assert [place in project.conflicts[0].said for place in ("A1", "A2", "A3")] == [True, True, False]


@pytest.mark.parametrize(
    ("unit", "code", "value"),
    [
        ("元", "0.00,", None),
        ("万元", "0.00,", None),
        ("", "0.00,", None),
        ("元", "0!.0,", None),
        ("千元", "0.00,", Decimal(120)),
        ("万元", "0!.0,", Decimal(120)),
        ("百万元", "#,##0.0000,,", Decimal(120)),
        ("元", "0.00", Decimal(120)),
    ],
)
def test_a_format_that_divides_beside_a_unit(unit: str, code: str, value: Decimal | None) -> None:
    """What is shown counts in the unit where what is stored is in 元 then; else nobody knows which of them counts."""
    rows: Rows = [line((0, f"单位：{unit}" if unit else "")), *form(budget=1_200_000.0)]
    book = Book("书", [Grid("01", rows, formats={(3, 2): code})])
    (project,) = read_department(book).projects
    assert project.budget.value == value
    assert bool(project.conflicts) is (value is None)


@pytest.mark.parametrize(
    ("said", "whole"),
    [("单位：万元", None), ("金额单位：千元", None), ("单位：元", YUAN), ("", YUAN)],
)
@pytest.mark.parametrize("other", ["财政资金", "其他资金"])
def test_a_unit_in_one_label_beside_a_line(said: str, whole: Decimal | None, other: str) -> None:
    """Of the amounts without one of their own nobody knows which counts, where the line names another."""
    (project,) = projects([line((0, said)), *labelled(other)])
    assert project.budget.value == whole
    assert all("别的金额的标签写的是“元”" in one.said for one in project.conflicts)
    assert bool(project.conflicts) is (whole is None)


def test_a_unit_in_the_total_beside_a_line_is_its_own() -> None:
    """The sources may count in either: all amounts may have been typed in one unit, so that their sum tells nothing."""
    (project,) = projects([line((0, "单位：万元")), *labelled("预算数")])
    assert (project.budget.value, project.fiscal.value) == (YUAN, None)
    assert [one.name for one in project.conflicts] == ["财政资金"]


def labelled(name: str) -> Rows:
    """A form whose one label of money names 元."""
    rows = form(fiscal=100, other=0)
    return [[f"{cell}（元）" if str(cell).endswith(name) else cell for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("said", "fiscal"), [("单位：万元", None), ("", Decimal("0.006")), ("单位：元", Decimal("0.006"))]
)
@pytest.mark.parametrize("own", ["预算数", "财政拨款"])
def test_a_unit_in_one_heading_of_a_list(said: str, fiscal: Decimal | None, own: str) -> None:
    """The other column has none of its own."""
    heads = ["单位名称", "项目名称", "预算数", "财政拨款", "年度目标", "一级指标", "二级指标", "三级指标", "指标值"]
    heads[heads.index(own)] += "（元）"
    values: list[Scalar] = ["某局", "设备", 60, 60, "目标", "产出指标", "数量指标", "台数", "≥2台"]
    (project,) = projects([line((0, "部门项目绩效目标清单")), line((0, said)), [*heads], values])
    found = {name: entry.value for name, entry in project.amounts} | {"预算数": project.budget.value}
    assert found.pop(own) == Decimal("0.006")
    assert fiscal in found.values()
    assert len(project.conflicts) == (1 if fiscal is None else 0)
