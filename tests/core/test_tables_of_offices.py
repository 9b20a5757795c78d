"""Indicator tables and plans as further offices print them: read as a person reads them, without a false finding."""

from collections.abc import Sequence

import pytest

from tests import builders
from tests.national import HEADER, TABLE, Cells, printed
from xl_perf.core.cells.grid import Book, Grid, Scalar
from xl_perf.core.checking.check import check
from xl_perf.core.forms.reader import read_forms
from xl_perf.core.forms.unplaced import left_in
from xl_perf.core.model.department import Department
from xl_perf.core.model.project import Project
from xl_perf.core.reading import read_department
from xl_perf.profiles import fitting, load


def book(rows: Cells) -> Department:
    return read_department(Book("本", [Grid("01", rows)]))


def only(rows: Cells) -> Project:
    (project,) = book(rows).projects
    return project


def codes(rows: Cells) -> set[str]:
    department = book(rows)
    return {one.code for one in check(department, fitting(department)) if one.severity == "error"}


POINTS: tuple[Scalar, ...] = ("产出指标（50分）", "效益指标（30分）", "满意度指标（10分）")


def column(first: int) -> Sequence[Scalar]:
    return first, "", 30, 10


def test_points_of_levels_in_a_column_of_their_own() -> None:
    """Behind the levels or at the end: they are the levels' points, as 产出指标（50分） is, and no weights."""
    behind: Cells = [[*row[:1], points, *row[1:]] for row, points in zip(TABLE, column(50), strict=True)]
    at_end: Cells = [[*row, points] for row, points in zip(TABLE, column(50), strict=True)]
    for rows in (
        printed(header=("一级指标", "分值", *HEADER[1:]), table=behind),
        printed(header=(*HEADER, "分值"), table=at_end),
    ):
        project = only(rows)
        assert tuple(dict.fromkeys(one.level1.text for one in project.indicators)) == POINTS
        assert [one.level1.value for one in project.indicators] == ["产出", "产出", "效果", "满意度"]
        assert not codes(rows)


def test_weights_that_were_not_filled_in_are_no_points() -> None:
    table: Cells = [[*row, points] for row, points in zip(TABLE, column(20), strict=True)]
    project = only(printed(header=(*HEADER, "分值"), table=table))
    assert [one.weight.text for one in project.indicators] == ["20", "", "30", "10"]


def test_the_number_below_the_points_of_the_outturn_is_no_amount() -> None:
    money = (
        ("年度资金总额：", "", 100, "执行率分值（10）"),
        ("其中：财政拨款", "", 90, "10"),
        ("其他资金", "", 10),
    )
    rows = printed(money)
    assert not {one.code for one in check(book(rows), load()) if one.code in {"B310", "S102"}}
    assert not left_in(Grid("01", rows), read_forms(Grid("01", rows)).projects)


def test_none_in_a_row_of_costs_is_no_indicator() -> None:
    table = [["成本指标", "经济成本指标", "总成本", "≤100万元"], ["", "社会成本指标", "无", "无"], *TABLE]
    rows = printed(table=table)
    assert [one.level3.text for one in only(rows).indicators][:2] == ["总成本", "养护里程"]
    assert "I504" not in codes(rows)
    assert not left_in(Grid("01", rows), read_forms(Grid("01", rows)).projects)


def test_a_form_without_levels_is_not_taken_for_another_kind() -> None:
    rows: Cells = [
        ["项目绩效目标表"],
        ["（2023年度）"],
        ["项目名称", "道路养护"],
        ["预算金额（万元）", 100],
        ["年度绩效目标", "养护。"],
        ["指标类型", "指标名称", "指标值", "备注"],
        ["产出数量", "养护里程", "≥120公里", ""],
        ["社会效益", "优良率", "≥85%", ""],
    ]
    project = only([[*row, *[""] * (4 - len(row))] for row in rows])
    assert project.kind.name == "national_targets"
    assert project.missing == ("level1", "level2")
    assert [(one.level3.text, one.target.text) for one in project.indicators] == [
        ("养护里程", "≥120公里"),
        ("优良率", "≥85%"),
    ]


def test_a_plan_at_the_ends_of_the_quarters_is_sound() -> None:
    for months in (("3月底", "6月底", "9月底", "12月底"), ("一季度末", "二季度末", "三季度末", "四季度末")):
        rows = [list(row) for row in builders.form()]
        cells = next(row for row in rows if "3月底" in row)
        for before, month in zip(("3月底", "6月底", "10月底", "12月底"), months, strict=True):
            cells[cells.index(before)] = month
        department = book(rows)
        assert not check(department, load())
        assert [point.month for point in department.projects[0].plan] == [3, 6, 9, 12]


def test_a_table_that_goes_on_on_the_next_sheet_is_no_further_project() -> None:
    first = printed(table=TABLE[:1])
    second: Cells = [
        ["项目支出绩效目标表（续）", "", "", "", ""],
        ["绩效指标", *HEADER],
        ["", *TABLE[1]],
        ["", *TABLE[2]],
    ]
    department = read_department(Book("本", [Grid("1", first), Grid("2", second)]))
    (project,) = department.projects
    assert [(one.level1.value, one.level2.value) for one in project.indicators] == [
        ("产出", "数量"),
        ("产出", "质量"),
        ("效果", "社会效益"),
    ]
    assert not {one.code for one in check(department, fitting(department))} & {"S102", "S103", "F201"}


@pytest.mark.parametrize("label", ["整体目标", "当年绩效目标", "项目绩效总目标", "预期目标", "项目目标", "实施期目标"])
def test_labels_of_the_goals(label: str) -> None:
    project = only(printed(goal=(label, "完成养护。")))
    assert ([goal.value for goal in project.goals], project.missing) == (["完成养护。"], ())


@pytest.mark.parametrize(
    ("first", "second"),
    [("半年（程）指标值", "全年（程）指标值"), ("半年指标值", "全年指标值"), ("上年指标值", "指标值")],
)
def test_of_two_targets_the_years_counts(first: str, second: str) -> None:
    table: Cells = [[*row[:3], "一半", row[3]] for row in TABLE]
    project = only(printed(header=(*HEADER[:3], first, second), table=table))
    assert [one.target.text for one in project.indicators] == [row[3] for row in TABLE]


def test_brackets_behind_labels_are_decoration() -> None:
    rows = printed(
        head=[("专项（项目）名称", "道路养护")],
        goal=("*年度总体目标【200字以内】", "养护。"),
        header=("一级指标", "二级指标", "★三级指标（可自行增加）", "指标值（含计量单位）"),
    )
    project = only(rows)
    assert project.name.value == "道路养护"
    assert project.missing == ()


def test_each_source_is_named_where_a_hidden_row_may_hold_one() -> None:
    money = (("年度资金总额：", "", 100), ("其中：财政拨款", "", 90), ("上年结转", "", 999), ("其他资金", "", 10))
    department = book(printed(money))
    (finding,) = [one for one in check(department, fitting(department)) if one.code == "B303"]
    assert finding.message == "年度资金总额 100，财政拨款 90、上年结转 999、其他资金 10，合计 1099，相差 -999 万元"
