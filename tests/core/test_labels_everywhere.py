"""Sheets full of labels: read in a time that grows with their size, and without an error."""

import random
import time
from collections.abc import Sequence
from typing import Final

import pytest

from tests.builders import Rows, form
from xl_perf.core.cells.grid import Book, Grid
from xl_perf.core.cells.labels import Worded
from xl_perf.core.checking.check import check
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.kinds import KINDS
from xl_perf.core.reading import read_department
from xl_perf.profiles import fitting


def labelled(kind: FormKind) -> Sequence[Worded]:
    return [*kind.fields, *kind.columns, *kind.parts, *kind.known]


OWN: Final = (
    "项目编码",
    "项目名称",
    "预算数",
    "其中：财政资金",
    "其他资金",
    "目标1",
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
)
NATIONAL: Final = ("项目支出绩效目标表", "项目名称", "年度资金总额", "其中：财政拨款", "年度总体目标", *OWN[6:])
LIST: Final = ("单位名称", "项目名称", "预算数", "年度目标", *OWN[6:], "指标性质", "度量单位")
OTHERS: Final = (
    "目标1",
    "3月底",
    "单位：元",
    "项目绩效目标表",
    "产出指标",
    "合计",
    "注：",
    "项目名称：甲",
    "12",
    "5%",
    "",
    "x",
)
ALL: Final = sorted(
    {wording for kind in KINDS for field in labelled(kind) for wording in (field.label, *field.aliases) if wording}
)


def seconds(rows: Rows) -> float:
    began = time.process_time()
    department = read_department(Book("a.xlsx", [Grid("S", rows)]))
    check(department, fitting(department))
    return time.process_time() - began


@pytest.mark.parametrize("words", [OWN, NATIONAL, LIST, ("项目名称",), ("一级指标",), ("预算数", "12")])
def test_labels_in_every_cell(words: tuple[str, ...]) -> None:
    """Four times as many take four times as long: not sixteen, as where each label was held against all the others."""

    def rows(number: int) -> Rows:
        return [[words[(row * 50 + column) % len(words)] for column in range(50)] for row in range(number)]

    assert seconds(rows(1000)) < 9 * seconds(rows(250)) + 0.5


def test_many_forms_without_the_name_of_indicators() -> None:
    """Each form was looked through from the top of the sheet to its own end."""
    head: Rows = [
        ["项目编码", "1", "项目名称", "甲"],
        ["预算规模及资金用途", "预算数", 5.0, "其中：财政资金", 5.0],
        ["", "用"],
    ]
    assert seconds([*head, ["一级指标", "指标值"], ["产出指标", "5个"], ["效果指标", "x1"], ["", "x2"]] * 700) < 10


def test_a_column_behind_a_gap() -> None:
    """指标内容 stands for the description, right of what else the header has."""
    rows = form()
    rows[8] = ["一级指标", "二级指标", "三级指标", "指标值", "", "", "", "", "指标内容"]
    rows[9] = ["产出指标", "数量指标", "里程", "≥78公里", "", "", "", "", "养护的里程"]
    (project,) = read_department(Book("a.xlsx", [Grid("S", rows)])).projects
    assert (project.indicators[0].target.cell, project.indicators[0].description.text) == ("D10", "养护的里程")


@pytest.mark.parametrize("seed", range(40))
def test_labels_anyhow(seed: int) -> None:
    dice = random.Random(seed)
    words = [*dice.sample(ALL, dice.choice([2, 3, 5, 8, 12, 20])), *dice.sample(OTHERS, 3)]
    width = dice.choice([1, 2, 7, 20])
    rows: Rows = [[dice.choice(words) for _ in range(width)] for _ in range(2000 // width)]
    assert seconds(rows) < 10
