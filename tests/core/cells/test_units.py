"""What states a unit of money, and what only looks as if it did."""

import pytest

from xl_perf.core.cells.entries import amount_entry
from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.units import OTHER_MONEY, SIGN, is_unit_alone, stated_units, unit_in_brackets, unit_words
from xl_perf.core.forms.labels import FORM_LABELS


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：元", "元"),
        ("单位：人民币（元）", "元"),
        ("单位（元）", "元"),
        ("金额：元", "元"),
        ("金额均以元计", "元"),
        ("单位；元", "元"),
        ("单位∶元", "元"),
        ("单位：RMB元", "元"),
        ("单位：¥", "元"),
        ("Unit: Yuan", "元"),
        ("单位:元/人民币", "元"),
        ("单位:圆", "元"),
        ("单位：仟元", "千元"),
        ("單位：萬元", "万元"),
        ("填报单位：某县教育局 金额：元", "元"),
        ("填报人：张三   单位：元   日期：", "元"),
        ("填报要求：金额按元填列", "元"),
        ("↑这里填的是元", "元"),
        ("以上金额单位为千元", "千元"),
        ("金额单位：人民币万元", "万元"),
        ("单位 元", "元"),
        ("单位　千元", "千元"),
        ("单位(元)", "元"),
        ("编制：某局 单位 元", "元"),
        ("金额均以元列示", "元"),
        ("金额以人民币元表示", "元"),
        ("（以人民币千元列示）", "千元"),
        ("除特别注明外，金额以人民币元列示", "元"),
        ("数据口径：元", "元"),
        ("部门：某局 （元）", "元"),
        ("部门：某局（万元）", "万元"),
        ("某局 2024年度 元", "元"),
        ("某县教育局（元）", "元"),
        ("单位：拾元", "十元"),
        ("单位：1000元", "千元"),
        ("单位：1,000元", "千元"),
        ("金额单位：10000元", "万元"),
        ("单位：1万元", "万元"),
        ("单位：RMB'000", "千元"),
        ("单位：RMB’000", "千元"),
        ("Unit: RMB'000,000", "百万元"),
        # Money, and nobody can tell which.
        ("单位：每50元", OTHER_MONEY),
        ("单位：RMB'0", OTHER_MONEY),
    ],
)
def test_a_line_that_states_a_unit(text: str, unit: str) -> None:
    assert stated_units(text) == (unit,)
    assert (FORM_LABELS.key(text) or "").partition("@")[2] == unit


@pytest.mark.parametrize(
    "text",
    [
        "单位：元氏县教育局",
        "填报单位：元谋县农业农村局",
        "资金使用单位：元氏县医院",
        "填报单位：百元乡政府",
        "附：测算明细（单位：元）",
        "成本指标以元为单位",
        "单价单位：元",
        "单位：元/人",
        "合计金额：      元",
        "单位：某局",
        "本表按元计划安排",
        "补助资金：某局 （元）",
        "单位成本：每件 （元）",
        "单位 元氏县教育局",
        "申报单位：广元",
        "拨付某局补助（元）",
    ],
)
def test_a_line_that_states_none_for_the_amounts(text: str) -> None:
    """Names of places, other things than the form's amounts, blanks to be filled in."""
    assert stated_units(text) == ()


@pytest.mark.parametrize(
    ("inside", "unit"),
    [
        *(("元", "元"), ("单位：元", "元"), ("百万", "百万元"), ("千", "千元"), ("人", None), ("上年", None)),
        *(("以元为单位", "元"), ("元，保留两位小数", "元"), ("必填，元", "元"), ("金额：元", "元"), ("元/年", "元")),
        *(("￥", SIGN), ("人民币", SIGN), ("RMB", SIGN), ("人民币元", "元"), ("圓", "元"), ("元、小数点后两位", "元")),
        *(("1000元", "千元"), ("RMB'000", "千元"), ("RMB’000", "千元"), ("拾元", "十元"), ("1500元", None)),
        *(("美元", OTHER_MONEY), ("K元", OTHER_MONEY), ("元/万元", OTHER_MONEY), ("含上年结转20万元", None)),
    ],
)
def test_a_bracket_behind_a_label(inside: str, unit: str | None) -> None:
    assert unit_in_brackets(inside) == unit


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("预算数（元）", "budget@元"),
        ("预算数（百万）", "budget@百万元"),
        ("预算数（千）", "budget@千元"),
        ("预算数/元", "budget@元"),
        ("预算数元", "budget@元"),
        ("预算数\n单位：元", "budget@元"),
        ("预算规模（元）及资金用途", "budget_part@元"),
        ("预算规模及资金用途\n金额单位：元", "budget_part@元"),
        ("预算数（必填，元）", "budget@元"),
        ("预算数（￥）", f"budget@{SIGN}"),
        ("预算数（美元）", f"budget@{OTHER_MONEY}"),
        ("预算数（三年合计）", None),
    ],
)
def test_a_label_with_a_unit(label: str, key: str | None) -> None:
    """Words on money that are not understood stay with the label: B308 says so."""
    assert FORM_LABELS.key(label) == key


def test_a_unit_alone_and_a_sentence() -> None:
    assert is_unit_alone("（单位：元）")
    assert not is_unit_alone("本表金额单位：元，请核对")
    assert bare("预算数（见说明）").text == "预算数"


@pytest.mark.parametrize("typed", ["12万美元", "港币120万元", "USD 12万元", "12欧元"])
def test_foreign_money_is_no_amount(typed: str) -> None:
    assert amount_entry(typed, "01", 2, 2).status is Status.UNREADABLE


@pytest.mark.parametrize(
    ("text", "units"),
    [
        *(
            ("金额以“元”为单位", ("元",)),
            ("单位：“元”", ("元",)),
            ("（金额单位为“元”）", ("元",)),
            ("金额（元）", ("元",)),
        ),
        *(("元（人民币）", ("元",)), ("货币：人民币元", ("元",)), ("注意：金额填元！", ("元",)), ("单位-元", ("元",))),
        *(("单位：人民币", ("元",)), ("单位：千", ("千元",)), ("仟元", ("千元",)), ("圆", ("元",)), ("元整", ("元",))),
        *(("单位：万元/元", ("万元", "元")), ("元或万元", ("元", "万元"))),
        *(("￥", (SIGN,)), ("人民币", (SIGN,)), ("Currency: CNY", (SIGN,)), ("Unit: RMB Yuan", ("元",))),
        *(("单位：万美元", (OTHER_MONEY,)), ("单位：角", (OTHER_MONEY,)), ("单位：K", (OTHER_MONEY,))),
        *(
            ("100元", ()),
            ("元/人", ()),
            ("人均", ()),
            ("年", ()),
            ("2023年", ()),
            ("单价（元）", ()),
            ("角", ()),
            ("千", ()),
        ),
        *(("元氏县", ()), ("单位：某局", ()), ("预算数（元）", ())),
    ],
)
def test_texts_that_say_a_unit_and_nothing_else(text: str, units: tuple[str, ...]) -> None:
    assert unit_words(text) == units
