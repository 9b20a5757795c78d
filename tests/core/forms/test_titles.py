"""The form's vocabulary: labels, titles and names of levels, however they are written."""

import pytest

from xl_perf.core.forms.branches import branch_key, is_branch
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.titles import heading_of, is_title


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("产出指标", "产出"),
        ("产出", "产出"),
        ("效果指标", "效果"),
        ("效益", "效果"),
        ("效益指标", "效果"),
        ("可持续性影响", "可持续影响"),
        ("可持续影响指标", "可持续影响"),
        ("服务对象 满意度指标", "服务对象满意度"),
        ("经济\n效益指标：", "经济效益"),
    ],
)
def test_names_of_levels(typed: str, level: str) -> None:
    """With and without 指标, and as other offices call them."""
    assert branch_key(typed) == level


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("项目\n编码", "code"),
        ("预算数（万元）", "budget"),
        ("其中：财政拨款", "fiscal"),
        ("其中:财政资金", "fiscal"),
        ("财政资金", "fiscal"),
        ("资金支出计划（％）", "plan_part"),
        ("１２月底", "month:12"),
        ("3 月末", "month:3"),
        ("目标１", "goal"),
        ("目标十一", "goal"),
        ("项目绩效目标申报表", "title"),
        ("13月底", None),
        ("目标", None),
        ("财政资金到位率", None),
    ],
)
def test_labels(typed: str, key: str | None) -> None:
    """Blanks, line breaks, full-width forms, colons and units in brackets do not count; other texts are no labels."""
    assert label_key(typed) == key


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("道路养护\n项目绩效目标表", "道路养护"),
        ("道路养护项目绩效目标表", "道路养护"),
        ("唐山西站站前广场物业管理项目         绩效目标表", "唐山西站站前广场物业管理"),
        ("道路养护 项 目 支 出 绩 效 目 标 申 报 表 ", "道路养护"),
        ("道路养护绩效目标表", "道路养护"),
        ("项目绩效目标表", ""),
        ("绩效目标表说明", "绩效目标表说明"),
    ],
)
def test_heading_of(title: str, heading: str) -> None:
    assert heading_of(title) == heading


def test_much_white_space_is_passed_over_once() -> None:
    """Tried again from every place, thirty thousand spaces would take for ever."""
    spaces = " " * 30_000
    assert heading_of(f"甲{spaces}绩{spaces}效目标 表{spaces}") == "甲"
    assert heading_of(f"甲{spaces}绩{spaces}效目标 X") == f"甲{spaces}绩{spaces}效目标 X"


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("产出指标", True),
        ("效益", True),
        ("可持续性影响指标", True),
        ("经济成本指标", True),
        ("清扫面积", False),
        ("", False),
    ],
)
def test_is_branch(text: str, known: bool) -> None:
    assert is_branch(text) is known


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("控制性规划编制项目\n项目绩效目标表", True),
        ("按照要求整治的河道。\n项目绩效目标表", True),
        ("长" * 300 + "\n项目绩效目标表", True),
        ("长" * 300 + "项目绩效目标表", False),
        ("请按要求填写项目绩效目标表", False),
        ("项目绩效目标汇总表", False),
    ],
)
def test_a_heading_above_the_official_title_may_be_anything(typed: str, title: bool) -> None:
    """Words that tell a sentence from a title count only within its line."""
    assert is_title(typed) is title
