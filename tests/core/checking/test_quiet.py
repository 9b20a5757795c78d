"""What the rules must never do: fail themselves, or say the same about the same cell twice."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import builders
from tests.builders import Rows
from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.grid import Book, ErrorValue, Grid, NoValue
from xl_perf.core.checking.check import check
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Finding
from xl_perf.core.reading import read_department
from xl_perf.profiles import load

INPUTS = [
    *((1, 1), (1, 4), (2, 2), (2, 4), (3, 1), (5, 1), (5, 2), (5, 3), (5, 5), (6, 2)),
    *product(range(9, 15), (0, 1, 2, 3, 5, 6)),
]
"""Cells of the good form that people fill in."""
GOALS: Rows = [
    ["总体绩效目标", "服务群众。"],
    ["分项绩效目标", "绩效目标", "绩效指标", "指标值", "对应项目"],
    ["改善出行", "方便群众。", "完成率", "100%", "村级道路养护"],
    ["工作保障措施", "具体内容"],
    ["加强领导", "落实责任。"],
]
SUMMARY: Rows = [
    ["序号", "项目名称", "预算数", "财政资金"],
    [1.0, "村级道路养护", 100.0, 100.0],
    ["合计", "", 100.0, 100.0],
]
CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        ["", "————", "无", " ", "XX", "***", "调差", "＝4个", "≥950%", "0.9", "成效明显", "权重", "-1", "元"]
    ),
    st.text(max_size=12),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.just(ErrorValue("#N/A")),
    st.just(NoValue()),
    st.sampled_from(
        [
            cell
            for row in [*builders.form(), *builders.evaluation_form(), *builders.cover(), *GOALS, *SUMMARY]
            for cell in row
        ]
    ),
)


def good_form() -> Rows:
    return [[*row, ""] for row in builders.form()]


def found_in(department: Department, profile: str = "hebei-2023") -> list[Finding]:
    return check(department, load(profile))


@pytest.mark.parametrize("place", INPUTS, ids=str)
@pytest.mark.parametrize("typed", ["", "————"])
def test_a_blank_cell_is_reported_at_most_once(place: tuple[int, int], typed: str) -> None:
    """One finding on the cell, whatever else it makes wrong."""
    rows = good_form()
    rows[place[0]][place[1]] = typed
    findings = found_in(read_department(Book("本", [Grid("首页", builders.cover()), Grid("01", rows)])))
    assert len([one for one in findings if (one.row, one.column) == place]) <= 1
    assert len(findings) <= 2


@given(st.sets(st.sampled_from(INPUTS), min_size=1), st.sampled_from(["", "————"]))
def test_many_blank_cells_are_reported_once_each(places: set[tuple[int, int]], typed: str) -> None:
    rows = good_form()
    for row, column in places:
        rows[row][column] = typed
    department = read_department(Book("本", [Grid("首页", builders.cover()), Grid("01", rows)]))
    blanks = {
        (entry.row, entry.column)
        for project in department.projects
        for _, entry in project.entries()
        if entry.status in {Status.BLANK, Status.PLACEHOLDER}
    }
    said = Counter((one.row, one.column) for one in found_in(department) if (one.row, one.column) in blanks)
    assert all(number == 1 for number in said.values())


@given(st.data(), st.sampled_from(["hebei-2023", "mof-2021"]))
def test_rules_never_fail_and_never_repeat_themselves(data: st.DataObject, profile: str) -> None:
    """A whole book, its cells overwritten, its rows shuffled and dropped: no K000, nothing said twice."""
    sheets = {
        "首页": builders.cover(),
        "整体绩效目标": GOALS,
        "部门汇总": SUMMARY,
        "01": good_form(),
        "02": good_form(),
        "自评": builders.evaluation_form(),
    }
    grids = []
    for name, typed in sheets.items():
        rows = [list(row) for row in typed]
        for _ in range(data.draw(st.integers(0, 9))):
            row = rows[data.draw(st.integers(0, len(rows) - 1))]
            row[data.draw(st.integers(0, len(row) - 1))] = data.draw(CELLS)
        rows = data.draw(st.permutations(rows)) if data.draw(st.booleans()) else rows
        grids.append(Grid(name, rows[data.draw(st.integers(0, 5)) :], hidden=data.draw(st.booleans())))
    findings = found_in(
        read_department(Book("本", grids, kind=data.draw(st.sampled_from(["", "department"])))), profile
    )
    assert "K000" not in {one.code for one in findings}
    said = Counter((one.code, one.sheet, one.cell, one.message) for one in findings)
    assert [what for what, number in said.items() if number > 1] == []
