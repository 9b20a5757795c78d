"""A rate whose value and unit stand in two cells: 0.95 beside % may be what a cell shows as 95 % (I505)."""

import pytest

from tests.builders import Rows
from xl_perf.core.cells.grid import Book, Grid, Scalar
from xl_perf.core.checking.check import check
from xl_perf.core.reading import read_department
from xl_perf.profiles import fitting


def rows(name: str, operator: str, value: Scalar, unit: str) -> Rows:
    return [
        ["项目支出绩效目标表", "", "", "", "", ""],
        ["（2024年度）", "", "", "", "", ""],
        ["项目名称", "路灯维护", "", "", "", ""],
        ["主管部门及代码", "某局", "", "实施单位", "某所", ""],
        ["项目资金（万元）", "年度资金总额：", 10.0, "", "", ""],
        ["", "其中：财政拨款", 10.0, "", "", ""],
        ["年度总体目标", "维护路灯。", "", "", "", ""],
        ["一级指标", "二级指标", "三级指标", "计算符号", "指标值", "计量单位"],
        ["产出指标", "数量指标", "路灯数量", "≥", 120.0, "盏"],
        ["", "质量指标", name, operator, value, unit],
    ]


@pytest.mark.parametrize(
    ("row", "places"),
    [
        (("完好率", "≥", 0.95, "%"), ["E10"]),
        (("完好率", "＝", 1.0, "%"), ["E10"]),
        (("完好率", "≥", 95.0, "%"), []),
        (("故障率", "≤", 0.5, "%"), []),
        (("收入增长率", "≥", 0.8, "%"), []),
        (("抽检数量", "≥", 1.0, "次"), []),
    ],
)
def test_a_hundredth_of_what_is_shown_is_never_silent(row: tuple[str, str, Scalar, str], places: list[str]) -> None:
    department = read_department(Book("书", [Grid("表", rows(*row))]))
    found = [one for one in check(department, fitting(department)) if one.code == "I505"]
    assert [one.cell for one in found] == places
    assert all("就差了一百倍" in one.message for one in found)
