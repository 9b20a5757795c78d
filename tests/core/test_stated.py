"""Where forms name their department and their year."""

import pytest

from tests.national import Cells, printed
from xl_perf.core.cells.grid import Book, Grid
from xl_perf.core.forms.stated import year_in_titles
from xl_perf.core.model.department import Department
from xl_perf.core.reading import read_department


def book(rows: Cells) -> Department:
    return read_department(Book("本", [Grid("01", rows)]))


@pytest.mark.parametrize("label", ["预算单位", "填报单位", "部门名称", "编制单位：", "部门（单位）名称", "申报单位"])
def test_the_department_behind_its_label(label: str) -> None:
    assert book(printed(head=[("项目名称", "道路养护"), (label, "[205]某市某局")])).name == "某市某局"


@pytest.mark.parametrize("line", ["预算单位：某市某局", "填报单位（盖章）：某市某局", "部门：某市某局"])
def test_the_department_in_a_line_above(line: str) -> None:
    rows = printed(title=[("项目支出绩效目标表",), (line, "", "单位：万元")], head=[("项目名称", "道路养护")])
    assert book(rows).name == "某市某局"


@pytest.mark.parametrize(
    "cells", [("（2023年度）", "", "单位：万元"), ("（2023年度）  金额单位：万元",), ("2023年度",)]
)
def test_the_year_in_a_line_that_it_shares_with_the_unit(cells: tuple[str, ...]) -> None:
    assert book(printed(title=[("项目支出绩效目标表",), cells])).year == 2023


@pytest.mark.parametrize("title", ["某省2026年省级部门项目支出绩效目标批复", "2026年区级部门项目绩效目标情况表"])
def test_the_year_in_a_title_with_more_behind_it(title: str) -> None:
    assert book(printed(title=[(title,)])).year == 2026


@pytest.mark.parametrize(
    "title", ["2025年部门项目绩效目标清单", "附件1：2025年度项目支出一览表", "某局2025年专项资金申请书（表一）"]
)
def test_a_title_of_any_kind_says_the_year_before_labels_do(title: str) -> None:
    """A heading may have been left from another year: F210 names it."""
    rows: Cells = [[title], ["序号", "项目名称", "2024年预算金额", "其中：财政拨款"], [1, "道路养护", 60, 60]]
    assert year_in_titles([Grid("清单", rows)]) == 2025


@pytest.mark.parametrize(
    "line",
    [
        *("2023年项目支出决算表", "2023年、2025年项目支出一览表", "2024年项目绩效自评表"),
        "填报说明：本表按2025年预算编制的通知填写，一个项目一张表",
    ],
)
def test_other_lines_say_no_year(line: str) -> None:
    rows: Cells = [[line], ["序号", "项目名称", "2024年预算金额", "其中：财政拨款"], [1, "道路养护", 60, 60]]
    assert year_in_titles([Grid("清单", rows)]) == 2024


def test_the_year_of_a_form_that_begins_further_below() -> None:
    above: Cells = [["依申请公开"], [], [], [], [], [], [], [], []]
    assert book([*above, *printed()]).year == 2023


@pytest.mark.parametrize("next_label", ["预算年度", "联系人", "联系电话：", "填报日期", "项目名称", "单位名称"])
def test_a_blank_department_is_not_called_like_the_next_label(next_label: str) -> None:
    department = book([*printed(head=[("项目名称", "道路养护")]), ["部门名称", "", next_label, "2023"]])
    assert department.name is None
