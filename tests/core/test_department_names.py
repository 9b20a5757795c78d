"""Names of departments that are spaced out, or have a place for the stamp behind them."""

from pathlib import Path

import pytest

from tests.builders import form
from tests.command_line import Runner, project, run, write
from xl_perf.core.cells.grid import Book, Grid, Scalar
from xl_perf.core.cells.organisations import Names, organisation
from xl_perf.core.reading import read_department

__all__ = ["run"]  # the fixture


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("部门名称：县 档 案 馆", "县 档 案 馆"),
        ("部门名称：县　档案馆", "县　档案馆"),
        ("部门名称：县　　档　　案　　馆", "县　　档　　案　　馆"),
        ("部 门 名 称：县信访 工作局", "县信访 工作局"),
        ("部门名称：县 编 办", "县 编 办"),
        ("部门名称:县档案馆（盖章）", "县档案馆"),
        ("填报单位（盖章）：县 档 案 馆 （公 章）", "县 档 案 馆"),
        ("填报单位：县档案馆　　　　填报日期：2024年1月5日", "县档案馆"),
        ("填报单位：县 档 案 馆　　　填报日期：2024年1月5日", "县 档 案 馆"),
        ("填报单位：县档案馆 2024年1月5日", "县档案馆"),
        ("填报单位：县档案馆 单位：万元", "县档案馆"),
        ("部门名称：县档案馆（本级）", "县档案馆（本级）"),
    ],
)
def test_a_line_on_the_cover(line: str, name: str) -> None:
    cover: list[list[Scalar]] = [["2024年部门预算绩效文本"], [line], ["预算年度：2024"]]
    department = read_department(Book("书", [Grid("封面", cover), Grid("01", form())]))
    assert department.typed_name == name


@pytest.mark.parametrize(("typed", "name"), [("县 档 案 馆", "县 档 案 馆"), (" 县档案馆（盖章） ", "县档案馆")])
def test_a_cell_on_the_cover(typed: str, name: str) -> None:
    cover: list[list[Scalar]] = [["部门名称", typed], ["预算年度", 2024.0]]
    assert read_department(Book("书", [Grid("首页", cover), Grid("01", form())])).typed_name == name


def test_what_stands_behind_a_gap() -> None:
    assert organisation("县档案馆　　张三") == "县档案馆"


def test_one_department_is_not_two() -> None:
    names = Names()
    assert [names.first(one) for one in ("县 档 案 馆", "县档案馆", None)] == ["县 档 案 馆", "县 档 案 馆", None]


def test_sums_of_departments(run: Runner) -> None:
    """Two books of one department, one with its name spaced out, are one row."""
    write(Path("a.xlsx"), project("甲一", code="11"), name="县档案馆")
    write(Path("b.xlsx"), project("乙一", code="12", budget="7"), name="县 档 案 馆")
    out = run("consolidate", "a.xlsx", "b.xlsx", "-o", "汇总.xlsx")[1]
    (row,) = [line.split() for line in out.splitlines() if line.lstrip().startswith("县")]
    assert row[:3] == ["县档案馆", "2", "17"]
