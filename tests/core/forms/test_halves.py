"""A form whose labels stand in two halves beside each other, 长期 at the left and 年度 at the right, is one form."""

from decimal import Decimal

from xl_perf.core.cells.grid import Book, Grid, Scalar
from xl_perf.core.reading import read_department

ROWS: list[list[Scalar]] = [
    ["县本级项目绩效目标表", "", "", "", "", "", "", ""],
    ["（二〇二五年度）", "", "", "", "", "", "", ""],
    ["单位：万元", "", "", "", "", "", "", ""],
    ["项目名称", "", "高标准农田建设", "", "项目代码", "", "X01", ""],
    ["主管部门", "", "县农业农村局", "", "预算单位", "", "县农技站", ""],
    ["资金总额", "", 1234.5678, "", "其中：财政资金", "", 1000, ""],
    ["其中：其他资金", "", 234.5678, "", "", "", "", ""],
    ["长期目标", "", "", "", "年度目标", "", "", ""],
    ["三年建成。", "", "", "", "本年完成三分之一。", "", "", ""],
    ["一级指标", "二级指标", "三级指标", "指标值", "一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "建设面积", "≥9000亩", "产出指标", "数量指标", "建设面积", "≥3000亩"],
    ["满意度指标", "满意度指标", "农户满意度", "≥95%", "满意度指标", "满意度指标", "农户满意度", "≥90%"],
]


def test_the_right_half_belongs_to_the_project() -> None:
    """Its money of the treasury stands there: a code alone begins no form of its own."""
    department = read_department(Book("部门.xlsx", [Grid("项目1", ROWS)]))
    (project,) = department.projects
    assert project.budget.value == Decimal("1234.5678")
    assert project.fiscal.value == Decimal(1000)
    assert not department.tables


def test_a_year_in_words_is_a_year() -> None:
    department = read_department(Book("部门.xlsx", [Grid("项目1", ROWS)]))
    assert department.year == 2025
    assert department.projects[0].year is not None
