"""Titles taken apart, and the names of levels."""

import pytest

from xl_perf.core import form


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
    assert form.heading_of(title) == heading


def test_much_white_space_is_passed_over_once() -> None:
    """Tried again from every place, thirty thousand spaces would take for ever."""
    spaces = " " * 30_000
    assert form.heading_of(f"甲{spaces}绩{spaces}效目标 表{spaces}") == "甲"
    assert form.heading_of(f"甲{spaces}绩{spaces}效目标 X") == f"甲{spaces}绩{spaces}效目标 X"


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
    assert form.is_branch(text) is known
