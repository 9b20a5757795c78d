"""Rows of a list that name a unit over its projects, with what these add up to: no projects, their money is there."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from xl_perf.core.cells.grid import Scalar
from xl_perf.core.checking.check import check
from xl_perf.core.figures.totals import totals_of_department
from xl_perf.core.model.department import Department
from xl_perf.profiles import fitting
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form

Row = Sequence[Scalar]

HEADS = ("序号", "项目名称", "预算数", "年度目标", "一级指标", "二级指标", "三级指标", "指标值")
_OWN = pytest.mark.parametrize("is_own", [False, True], ids=["shipped", "own"])


def project(number: Scalar, name: str, budget: Scalar) -> list[Row]:
    first = (number, name, budget, f"办好{name}。", "产出指标", "数量指标", f"{name}数量", "≥2个")
    return [first, (None, None, None, None, "满意度指标", "服务对象满意度", f"{name}满意度", "≥90%")]


ROAD, BRIDGE, TREES = project(1, "修路", 60.5), project(2, "修桥", 25), project(3, "种树", 14.5)


def write(path: Path, rows: Sequence[Row]) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["市妇联部门预算项目绩效目标清单"])
    sheet.append(["（2025年度）", *[None] * 6, "单位：万元"])
    for row in (HEADS, *rows):
        sheet.append(list(row))
    book.save(path)
    return path


def filled(folder: Path, rows: Sequence[Row], *, is_own: bool) -> Department:
    if is_own:
        blank = write(folder / "空白表.xlsx", [(), (), ("合计",)])
        learn_form(str(blank), str(folder / "样表.xlsx"))
        blank.unlink()
    department = read(write(folder / "局.xlsx", rows))
    assert {one.kind.learned is not None for one in department.projects} == {is_own}
    return department


def differing(department: Department) -> list[tuple[str | None, str]]:
    return [(one.cell, one.message) for one in check(department, fitting(department)) if one.code == "T701"]


@_OWN
@pytest.mark.parametrize(
    "rows",
    [
        [("一", "局本级", 85.5), *ROAD, *BRIDGE],
        [("一", "局本级", 85.5), *ROAD, *BRIDGE, ("合计", None, 85.5)],
        [("（一）", "局机关", 85.5), *ROAD, *BRIDGE],
        [(None, "一、局机关", 85.5), *ROAD, *BRIDGE],
        [("局本级", None, 85.5), *ROAD, *BRIDGE, ("合计", None, 85.5)],
        [(None, "活动中心", 85.5), *ROAD, *BRIDGE],
    ],
)
def test_the_row_of_a_unit_is_no_project(rows: Sequence[Row], is_own: bool, tmp_path: Path) -> None:
    department = filled(tmp_path, rows, is_own=is_own)
    assert [(one.name.value, one.budget.value) for one in department.projects] == [
        ("修路", Decimal("60.5")),
        ("修桥", Decimal(25)),
    ]
    assert not differing(department)


@_OWN
def test_rows_of_several_units(is_own: bool, tmp_path: Path) -> None:
    """One project is enough below a row with a number of its own kind."""
    rows = [("一", "局机关", 85.5), *ROAD, *BRIDGE, ("二", "活动中心", 14.5), *TREES, ("合计", None, 100)]
    department = filled(tmp_path, rows, is_own=is_own)
    assert [one.name.value for one in department.projects] == ["修路", "修桥", "种树"]
    assert not differing(department)


@_OWN
@pytest.mark.parametrize("name", ["局本级", "局机关"])
def test_a_unit_whose_projects_add_up_to_something_else(name: str, is_own: bool, tmp_path: Path) -> None:
    department = filled(tmp_path, [("一", name, 90), *ROAD, *BRIDGE], is_own=is_own)
    assert [one.name.value for one in department.projects] == ["修路", "修桥"]
    ((cell, message),) = differing(department)
    assert cell == "C4"
    assert f"“{name}”一行的预算数是 90，它下面的项目加起来是 85.5，相差 4.5 万元" in message


@_OWN
@pytest.mark.parametrize(
    "rows",
    [
        [(1, "局本级", 85.5), *ROAD, *BRIDGE],
        [(1, "局本级", 90), *ROAD, *BRIDGE],
        [(1, "活动中心", 85.5), *project(2, "修路", 60.5), *project(3, "修桥", 25)],
        [("1", "活动中心", 85.5), *project("1.1", "修路", 60.5), *project("1.2", "修桥", 25)],
        [(None, "活动中心", 60.5), *ROAD],
    ],
)
def test_a_row_that_may_be_a_sum_or_a_project(rows: Sequence[Row], is_own: bool, tmp_path: Path) -> None:
    """Its money stays out of the total, which says so: it may be there already."""
    department = filled(tmp_path, rows, is_own=is_own)
    (found,) = [one for one in check(department, fitting(department)) if one.code == "B308"]
    assert found.cell == "C4"
    assert "没有目标和指标，像是下面各项目的小计），没有计入合计" in found.message
    assert "写上“小计”；是项目的，请写上目标和指标" in found.remedy
    totals = totals_of_department(department)
    assert totals.budget == sum(one.budget.value for one in department.projects[1:] if one.budget.value)
    assert len(totals.incomplete) == 1


@_OWN
def test_what_the_remedy_says_makes_it_a_sum(is_own: bool, tmp_path: Path) -> None:
    department = filled(tmp_path, [(None, "局本级小计", 85.5), *ROAD, *BRIDGE], is_own=is_own)
    assert totals_of_department(department).budget == Decimal("85.5")
    assert not totals_of_department(department).incomplete


@_OWN
def test_rows_filled_down_count_once(is_own: bool, tmp_path: Path) -> None:
    down = [row for first, second in (ROAD, BRIDGE) for row in (first, (*first[:4], *second[4:]))]
    department = filled(tmp_path, [(None, "活动中心", 85.5), *down], is_own=is_own)
    assert totals_of_department(department).budget == Decimal("85.5")


@_OWN
@pytest.mark.parametrize(
    "rows",
    [
        [(None, "活动中心", 60), *ROAD, *BRIDGE],
        [("一", "活动中心", 5), ("二", *ROAD[0][1:]), ("三", *BRIDGE[0][1:])],
    ],
)
def test_a_project_without_indicators_stays_one(rows: Sequence[Row], is_own: bool, tmp_path: Path) -> None:
    """What is numbered as the others are, or is no sum of them, is one that lacks its indicators."""
    department = filled(tmp_path, rows, is_own=is_own)
    assert department.projects[0].name.value == rows[0][1]
    assert department.projects[0].budget.value == rows[0][2]
    assert [one.cell for one in check(department, fitting(department)) if one.code == "I501"] == ["E4"]


@_OWN
@pytest.mark.parametrize(
    ("rows", "total", "doubtful"),
    [
        ([*ROAD, (None, "其中：一期", 20.5), *BRIDGE], "85.5", ["20.5"]),
        ([*ROAD, (None, "其中：一期", 20.5), (None, "二期", 40), *BRIDGE], "85.5", ["20.5", "40"]),
        ([*ROAD, *project(None, "其中：一期", 20.5), *BRIDGE], "85.5", ["20.5"]),
        ([*ROAD, *BRIDGE, (None, "减：已下达", 10)], "85.5", ["10"]),
        ([(None, "基建类", 60.5), *ROAD, *BRIDGE], "85.5", ["60.5"]),
        ([*project(1, "修路", 60.5), *project("1.1", "一期", 20.5), *project("1.2", "二期", 40)], "60.5", ["60.5"]),
        ([*project(1, "修路", 60.5), *project("1.1", "一期", 20.5), *BRIDGE], "85.5", ["20.5"]),
        ([*ROAD, *BRIDGE, ("累计", None, 85.5), *TREES], "100", []),
        ([*ROAD, *project(2, "修桥", 60.5), *project("3.1", "种树", 14.5)], "135.5", []),
    ],
)
def test_what_may_be_part_of_another_project_is_not_counted(
    rows: Sequence[Row], total: str, doubtful: Sequence[str], is_own: bool, tmp_path: Path
) -> None:
    """It is named, and the total says what it lacks."""
    department = filled(tmp_path, rows, is_own=is_own)
    totals = totals_of_department(department)
    assert totals.amounts["budget"] == Decimal(total)
    said = [one for one in check(department, fitting(department)) if one.code == "B308"]
    assert [one.message.split("”")[0].split("“")[1] for one in said] == doubtful
    assert bool(totals.incomplete) is bool(doubtful)
