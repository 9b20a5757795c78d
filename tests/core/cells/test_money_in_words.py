"""Amounts of money in sentences."""

from decimal import Decimal

import pytest

from xl_perf.core.cells.money_in_words import amounts_in


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("另：追加动物防疫补贴 500 万元", [500]),
        ("另有 1,200,000 元未列", [120]),
        ("1，200.5 万元", ["1200.5"]),
        ("叁佰万元整", [300]),
        ("人民币伍佰贰拾叁万元", [523]),
        ("二千零五十万元", [2050]),
        ("三点五亿元", [35000]),
        ("1亿2000万元", [12000]),
        ("五百万", [500]),
        ("追加5千元", ["0.5"]),
        ("￥5,000,000", [500]),
        ("500多万元、500万余元", [500, 500]),
        ("追加500萬圓", [500]),
        ("追加500（万元）", [500]),
        ("金额（万元）：500", [500]),
        ("其中：A 60 万元，B 40 万元", [60, 40]),
        ("每年追加500万元", [500]),
        ("上年结转 300 万元", [300]),
        ("2024年5月追加80万", [80]),
    ],
)
def test_amounts(text: str, amounts: list[int | str]) -> None:
    """In 万元, in their order."""
    assert amounts_in(text, 2024) == tuple(map(Decimal, amounts))


@pytest.mark.parametrize(
    "text",
    [
        "单位：万元",
        "注：1.本表金额单位为万元，保留 2 位小数",
        "每人每月 2000 元",
        "标准 50 元/亩",
        "补助标准：2000元",
        "人均 1.2 万元",
        "惠及 6万人，9万平方米，60万条",
        "上年金额（供比较）：\n预算数 161.93万元\n财政资金 100万元",
        "上年 ≤500万元",
        "2022年预算 30万元，去年决算数 29 万元",
        "100万元以上的项目须评审",
        "例如 500 万元",
        "三元里街道，2024元月，千万不要",
        "0 元",
        "",
    ],
)
def test_no_amounts(text: str) -> None:
    """Units, rates, counts of things, other years, thresholds, examples, names."""
    assert amounts_in(text, 2024) == ()
