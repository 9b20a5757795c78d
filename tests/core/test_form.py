"""The form's vocabulary: labels and names of levels, however they are written."""

import pytest

from xl_perf.core.form import branch_key, label_key


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
        ("预算数（万元）", "total"),
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
