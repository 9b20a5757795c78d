"""Indicator tables and plans as further offices print them: read as a person reads them, without a false finding."""

from tests import builders
from tests.national import HEADER, TABLE, Cells, printed
from xl_perf.core.cells.grid import Book, Grid
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


POINTS = ("产出指标（50分）", "效益指标（30分）", "满意度指标（10分）")


def test_points_of_levels_in_a_column_of_their_own() -> None:
    """Behind the levels or at the end: they are the levels' points, as 产出指标（50分） is, and no weights."""
    behind: Cells = [[*row[:1], points, *row[1:]] for row, points in zip(TABLE, ("50", "", "30", "10"), strict=True)]
    at_end: Cells = [[*row, points] for row, points in zip(TABLE, (50, "", 30, 10), strict=True)]
    for rows in (
        printed(header=("一级指标", "分值", *HEADER[1:]), table=behind),
        printed(header=(*HEADER, "分值"), table=at_end),
    ):
        project = only(rows)
        assert tuple(dict.fromkeys(one.level1.text for one in project.indicators)) == POINTS
        assert [one.level1.value for one in project.indicators] == ["产出", "产出", "效果", "满意度"]
        assert not codes(rows)


def test_weights_that_were_not_filled_in_are_no_points() -> None:
    table: Cells = [[*row, points] for row, points in zip(TABLE, (20, "", 30, 10), strict=True)]
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
