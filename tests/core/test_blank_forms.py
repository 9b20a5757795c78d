"""Tables that nobody has filled in: what a model says in place of an answer is none."""

import pytest

from tests.national import Cells, printed
from xl_perf.core.cells.grid import Book, Grid, Scalar
from xl_perf.core.checking.check import check
from xl_perf.core.forms.footers import is_unfilled
from xl_perf.core.model.department import Department
from xl_perf.core.reading import read_department
from xl_perf.profiles import fitting

MODEL: Cells = [
    ["产出指标", "数量指标", "指标1：", ""],
    ["", "", "指标2：", ""],
    ["", "", "……", ""],
    ["……", "……", "", ""],
    ["满意度指标", "服务对象满意度指标", "指标1：", ""],
]
BLANK: tuple[tuple[Scalar, ...], ...] = (("年度资金总额：",), ("其中：财政拨款",), ("其他资金",))


def book(*rows: Cells) -> Department:
    return read_department(Book("本", [Grid(f"{number:02}", cells) for number, cells in enumerate(rows, 1)]))


def test_a_model_is_a_blank_form() -> None:
    goal = ("年度总体目标", "目标1：\n目标2：\n……")
    model = printed(BLANK, head=[("项目名称",), ("主管部门", "", "实施单位")], goal=goal, table=MODEL)
    department = book(printed(), model)
    assert [one.name.value for one in department.projects] == ["道路养护"]
    assert [one.sheet for one in department.blank_forms] == ["02"]
    errors = [(one.code, one.sheet) for one in check(department, fitting(department)) if one.severity == "error"]
    assert errors == [("F201", "02")]


def test_rows_of_a_model_that_were_left_are_no_indicators() -> None:
    rows = [["产出指标", "数量指标", "指标1：养护里程", "≥120公里"], ["", "", "指标2：", ""], ["", "", "……", ""]]
    (project,) = book(printed(table=rows)).projects
    assert [one.level3.text for one in project.indicators] == ["指标1：养护里程"]


def test_an_amount_in_a_model_makes_a_project_of_it() -> None:
    model = printed(
        (("年度资金总额：", "", 100), *BLANK[1:]), head=[("项目名称",)], goal=("年度总体目标",), table=MODEL
    )
    assert [str(one.budget.value) for one in book(model).projects] == ["100"]


@pytest.mark.parametrize("text", ["指标1：", "目标1：……", "目标1：\n目标2：\n……", "……", "指标2", "三级指标1："])
def test_what_a_model_says(text: str) -> None:
    assert is_unfilled(text)


@pytest.mark.parametrize("text", ["指标1：养护里程", "目标达成", "养护", "12", "指标覆盖率", "目标1：完成。\n目标2："])
def test_what_somebody_wrote(text: str) -> None:
    assert not is_unfilled(text)
