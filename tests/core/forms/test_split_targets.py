"""Targets whose operator, value and unit stand in three cells: what was read from them goes back as it was."""

import pickle
from dataclasses import replace

import pytest

from tests.builders import Rows
from xl_perf.core.cells.grid import Book, Grid, Scalar
from xl_perf.core.checking.check import check
from xl_perf.core.forms.national_targets import NATIONAL_TARGETS
from xl_perf.core.forms.split_targets import Split, SplitCells, split_entry
from xl_perf.core.making import draft
from xl_perf.core.making.converting import left_behind
from xl_perf.core.making.rolling import Amounts, roll
from xl_perf.core.model.department import Department
from xl_perf.core.model.project import Project
from xl_perf.core.reading import read_department
from xl_perf.profiles import fitting

_KEYS = "operator", "target", "measure"


def department(*targets: tuple[str, Scalar, str]) -> Department:
    rows: Rows = [
        ["项目支出绩效目标表", "", "", "", "", ""],
        ["（2024年度）", "", "", "", "", ""],
        ["项目名称", "路灯维护", "", "", "", ""],
        ["主管部门及代码", "某局", "", "实施单位", "某所", ""],
        ["项目资金（万元）", "年度资金总额：", 10.0, "", "", ""],
        ["", "其中：财政拨款", 10.0, "", "", ""],
        ["年度总体目标", "维护路灯。", "", "", "", ""],
        ["一级指标", "二级指标", "三级指标", "计算符号", "指标值", "计量单位"],
        *(["产出指标", "数量指标", f"第{at}项", *own] for at, own in enumerate(targets)),
    ]
    return read_department(Book("书", [Grid("表", rows)]))


def cells_of(project: Project, keys: tuple[str, ...] = ("operator", "measure")) -> list[tuple[Scalar, ...]]:
    return [tuple(split_entry(one.target, key, keys).typed for key in _KEYS) for one in project.indicators]


@pytest.mark.parametrize(
    "cells",
    [
        ("≥", 12.0, "盏"),
        ("＝", 100.0, "%"),
        ("＝", "100", "%"),
        (">=", 5.0, None),
        (None, 5.0, "次"),
        ("定性", "2024年11月底前", None),
        ("定性", "优良", "档"),
        ("反向", 5.0, "次"),
        ("≤", "100%", "%"),
        ("定性", None, "完好"),
    ],
)
def test_three_cells_stay_three_cells(cells: tuple[str, Scalar, str]) -> None:
    """Whatever was typed into them, also after a project has gone to another process."""
    (project,) = department(cells).projects
    assert cells_of(pickle.loads(pickle.dumps(project))) == [cells]


def test_years_move_on_in_their_own_cell() -> None:
    before = department(("定性", "2024年11月底前", ""), ("≥", 12.0, "盏"))
    after = roll(before, 2026, Amounts.KEEP).department.projects[0]
    assert cells_of(after) == [("定性", "2026年11月底前", None), ("≥", 12.0, "盏")]


def test_a_whole_target_is_parted() -> None:
    """Also one with a sign that people type full-width; one that would read otherwise stays whole."""
    targets = [{"level3": "项", "target": one} for one in ("≥12台", "＝100%", "完好")]
    project = draft.project(kind=NATIONAL_TARGETS, indicators=targets)
    assert cells_of(project) == [("≥", "12", "台"), ("=", "100", "%"), (None, "完好", None)]


def test_where_a_column_is_missing_the_target_stands_whole() -> None:
    (project,) = department(("≥", 12.0, "盏")).projects
    assert cells_of(project, ("operator",)) == [("≥", "12盏", None)]


def test_a_word_that_no_form_prints_is_said() -> None:
    """定性 belongs to no target; where the form has no column for it, somebody has to know."""
    found = department(("定性", "优良", ""), ("定性", "好", ""), ("≥", 12.0, "盏"))
    assert list(left_behind(found, NATIONAL_TARGETS)) == [
        "“路灯维护”有内容在表样上没有填写处，没有收进来：计算符号一栏的 定性 2 处"
    ]


def test_a_sign_of_the_forms_own_list_is_in_order() -> None:
    """I518 speaks of what people type, not of ＝ in the column for signs."""
    found = department(("＝", 100.0, "%"), ("＝", "１００", "%"))
    cells = [one.cell for one in check(found, fitting(found)) if one.code == "I518"]
    assert cells == ["E10"]


def test_an_indicator_without_a_value_has_none() -> None:
    (project,) = department(("≥", None, ""), ("", "完好", "")).projects
    assert [one.target.text for one in project.indicators] == ["", "完好"]
    assert not any(isinstance(one.target.typed, SplitCells) for one in project.indicators)
    assert replace(project) == project
    assert not Split(None, None).is_split
