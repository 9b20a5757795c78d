"""What number formats tell of money."""

import doctest
from decimal import Decimal

import pytest

from xl_perf.core.cells import number_formats
from xl_perf.core.cells.number_formats import ALTERED, PERCENT, FormatUnit, unit_of_format
from xl_perf.core.cells.units import OTHER_MONEY, SIGN


@pytest.mark.parametrize(
    ("code", "unit", "divisor"),
    [
        # A unit beside the number.
        ('General"万元"', "万元", 1),
        ('G/通用格式"万元"', "万元", 1),
        ('#,##0.00"元"', "元", 1),
        ('#,##0.00" 元"', "元", 1),
        ("0.00\\元", "元", 1),
        ("0.00!元", "元", 1),
        ("0.00元", "元", 1),
        ("0\\千\\元", "千元", 1),
        ('0.00"百万元"', "百万元", 1),
        ('0.00"亿元"', "亿元", 1),
        ('0"亿"', "亿元", 1),
        ('0.00_ "（万元）"', "万元", 1),
        ("#,##0.00[$元-804]", "元", 1),
        ('[DBNum2][$-804]General"元整"', "元", 1),
        ('"人民币"0.00"元"', "元", 1),
        # Other forms of the characters.
        ('0.00"萬元"', "万元", 1),
        ('0.00"億元"', "亿元", 1),
        ('0.00"仟元"', "千元", 1),
        ('0.00"佰圓"', "百元", 1),
        ('0.00"拾元"', "十元", 1),
        ('0.00"拾万元"', "十万元", 1),
        ('0.00"百萬元"', "百万元", 1),
        ('0.00"仟萬元"', "千万元", 1),
        ('0.00"万人民币元"', "万元", 1),
        ('0.00"萬"', "万元", 1),
        # The number divided.
        ("0,", "", 1000),
        ("#,##0,", "", 1000),
        ("0.00,", "", 1000),
        ("0,.00", "", 1000),
        ("#,##0.0000,,", "", 1_000_000),
        ("0!.0,", "", 10_000),
        ("0\\.0,", "", 10_000),
        ('0"."0,', "", 10_000),
        ("#!.0000", "", 10_000),
        ("0!.00", "", 100),
        ("0.00,,\n%", "", 10_000),
        ("0!.0,;-0!.0,", "", 10_000),
        # No money at all.
        ("0%", PERCENT, 1),
        ('0.00%;-0.00%;"-"', PERCENT, 1),
        # Both.
        ('0!.0,"万元"', "万元", 10_000),
        ('0!.0000"万"', "万元", 10_000),
        ('#,##0,"千元"', "千元", 1000),
        ('[>=10000]0!.0,"万元";0"元"', "万元", 10_000),
        # The section for positive numbers.
        ('0.00"元";-0.00"万元"', "元", 1),
        ('[=0]"-";0.00"元"', "元", 1),
    ],
)
def test_telling_formats(code: str, unit: str, divisor: int) -> None:
    assert unit_of_format(code) == FormatUnit(unit, Decimal(divisor))


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "",
        "@",
        '@"元"',
        "0",
        "0.00",
        "#,##0",
        "#,##0.00##",
        "#,##0.00_);[Red](#,##0.00)",
        '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
        "0.00E+00",
        'yyyy"年"m"月"d"日"',
        "h:mm:ss",
        '0"单元"',
        '0.00;-0.00"元"',
        "#,##0[红]",
        "0_元",
        "0*元",
        '0.00"亩"',
        "+0.00;-0.00",
        "[<0]-0.00;0.00",
        '[=0]"0";[<0]-0.00',
        "mm:ss.00",
        'yyyy"-01-01"',
        "000-0000",
        "0\\,0",
        '0"',
        "[",
        "\\",
    ],
)
def test_formats_that_tell_nothing(code: str) -> None:
    assert unit_of_format(code) is None


@pytest.mark.parametrize(
    ("code", "unit"),
    [
        ("[$￥-804]#,##0.00", SIGN),
        ('_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', SIGN),
        ('"RMB" #,##0', SIGN),
        ('"人民币"0.00"元"', "元"),
        ('0"美元"', OTHER_MONEY),
        ('0"万美元"', OTHER_MONEY),
        ("$#,##0.00", OTHER_MONEY),
        ("[$€-2] #,##0", OTHER_MONEY),
        ('0.0"k"', OTHER_MONEY),
        *((f'0.00"{unit}"', OTHER_MONEY) for unit in ("M", "m", "MM", "mn", "B", "bn", "W", "角", "分", "%", "％")),
        *((f'0.00"{unit}"', OTHER_MONEY) for unit in ("万人", "千克", "兆元", "万亿元", "元（万）", "元/人", "×10⁴元")),
        ("0.00\\%", OTHER_MONEY),
        ('0"加元"', OTHER_MONEY),
        *((code, ALTERED) for code in ('"999"', '"0"', '"-"0.00', "-0.00", '0"1"', '"1"0.00', '"0,"0')),
    ],
)
def test_money_without_a_unit_and_other_money(code: str, unit: str) -> None:
    told = unit_of_format(code)
    assert told is not None
    assert told.unit == unit


def test_doctests() -> None:
    assert doctest.testmod(number_formats).failed == 0
