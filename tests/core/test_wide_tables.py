"""Columns of the indicator table that nobody reads: they belong to the form all the same."""

import pytest

from tests.national import HEADER, TABLE, Cells, printed
from xl_perf.core.cells.grid import Book, Grid, Scalar
from xl_perf.core.model.project import Project
from xl_perf.core.reading import read_department

LAST = ["备注", "评分标准", "数据来源", "三年目标", "指标方向", "是否核心指标", "责任科室", "实施期指标值"]


def projects(rows: Cells) -> tuple[Project, ...]:
    return read_department(Book("本", [Grid("01", rows)])).projects


def wide(last: str, column: int) -> Cells:
    """The form with one more column, and its amounts in a column from 2 on."""
    gap = [""] * (column - 2)
    labels = (("年度资金总额：", 100), ("其中：财政拨款", 90), ("其他资金", 10))
    money: list[list[Scalar]] = [[label, *gap, amount] for label, amount in labels]
    return printed(money, header=(*HEADER, last), table=[(*row, "说明") for row in TABLE])


@pytest.mark.parametrize("last", LAST)
@pytest.mark.parametrize("column", [2, 3, 4, 5])
def test_amounts_above_a_last_column_that_nobody_reads(last: str, column: int) -> None:
    (project,) = projects(wide(last, column))
    assert [str(amount.value) for _, amount in project.amounts if amount.value is not None] == ["100", "90", "10"]
    assert [one.target.text for one in project.indicators] == [str(row[3]) for row in TABLE]


def test_a_form_beside_another_ends_before_it() -> None:
    one, other = printed(head=[("项目名称", "甲项目")]), printed(head=[("项目名称", "乙项目")])
    rows = [[*left, *right] for left, right in zip(one, other, strict=True)]
    assert [project.name.value for project in projects(rows)] == ["甲项目", "乙项目"]
    assert [project.area[1::2] for project in projects(rows)] == [(0, 4), (5, 9)]
