"""What people type: blanks, amounts, percentages."""

import datetime
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_perf.core.cells.characters import BLANKS, INVISIBLE
from xl_perf.core.cells.grid import ErrorValue, Scalar
from xl_perf.core.cells.targets import to_deadline, to_target
from xl_perf.core.cells.values import (
    amount_in_words,
    is_blank,
    is_placeholder,
    plain,
    text_of,
    to_amount,
    to_plan,
)


@pytest.mark.parametrize(
    ("typed", "expected", "unit"),
    [
        (161.93, "161.93", ""),
        (500, "500", ""),
        ("161.93", "161.93", ""),
        ("161.93万元", "161.93", "万元"),
        ("161.93 万元", "161.93", "万元"),
        ("１６１．９３万元", "161.93", "万元"),
        ("1,619,300元", "161.93", "元"),
        ("1，619，300 元", "161.93", "元"),
        ("0.0161亿元", "161", "亿元"),
        ("¥50万", "50", "万"),
        (157.14999999999998, "157.15", ""),
        (101.83000000000001, "101.83", ""),
        (1135.7600000000002, "1135.76", ""),
        (0.1 + 0.2, "0.3", ""),
        (-3.5, "-3.5", ""),
        ("999999999999999999999999999950", "999999999999999999999999999950", ""),
        ("0.1234567890123456789012345678亿元", "1234.567890123456789012345678", "亿元"),
        ("0", "0", ""),
        ("1 619 300元", "161.93", "元"),
        ("1\xa0619.30", "1619.3", ""),
        ("0500", "500", ""),
    ],
)
def test_amount(typed: Scalar, expected: str, unit: str) -> None:
    """Numbers as people see them, texts with their unit converted exactly to 万元."""
    amount = to_amount(typed)
    assert amount is not None
    assert amount.value == Decimal(expected)
    assert amount.unit == unit


@pytest.mark.parametrize(
    "typed",
    [
        *("约50万", "50-60", "五十万", "1,23", "5.", "1e5", "9" * 31, ""),
        *(True, float("nan"), float("inf"), None, ErrorValue("#REF!")),
        # Thousands are parted by one mark of one kind, and no thousand begins with 0.
        *("0,619", "0，500", "0 500", "000,500", "80  100", "80   100", "80　100", "80　　100", "80\t100", "1,619 300"),
        *("1 619,300", "161.93 100", "1234 567", "0,500万元"),
        # One number, or two.
        *("80 100", "80 100万元", "80 100.5", "１ ６１９", "需要资金 80 100 万元", "￥80 100"),
    ],
)
def test_no_amount(typed: Scalar) -> None:
    """What is no amount is never guessed."""
    assert to_amount(typed) is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("需要资金 773 万元", "773"), ("（共需）12万元", "12"), ("人民币拾元：10元整（含税）", "0.001")],
)
def test_amount_in_words(typed: str, expected: str) -> None:
    """One number with a unit of money inside words."""
    amount = amount_in_words(typed)
    assert amount is not None
    assert amount.value == Decimal(expected)


@pytest.mark.parametrize(
    "typed",
    [
        *("161.93万亿元", "161.93万万元", "161.93亿万元", "161.93万千元", "161.93万億元", "3万人"),
        # Negative, as accountants write it.
        *("(0.5万元)", "（161.93万元）", "（人民币161.93万元）", "-(12元)", "(161.93)"),
    ],
)
def test_no_amount_in_words(typed: str) -> None:
    """A unit of several multiples is not cut short; nobody knows whether a number in brackets is negative."""
    assert to_amount(typed) is None
    assert amount_in_words(typed) is None


@given(st.decimals(min_value=0, max_value=10**9, places=6))
def test_stored_double_gives_back_the_amount(amount: Decimal) -> None:
    """An amount of up to 15 digits survives being stored as a double, to the 分."""
    read = to_amount(float(amount))
    assert read is not None
    assert read.value == amount


@pytest.mark.parametrize("typed", ["————", "-", "/", "无", "——", "--", "／", " — "])
def test_placeholder(typed: str) -> None:
    """A placeholder is neither blank nor 0."""
    assert is_placeholder(typed)
    assert not is_blank(typed)


def test_blank_zero_and_placeholder_differ() -> None:
    """Three different things."""
    assert [is_blank(one) for one in ("", None, " \n　", 0, 0.0, "0", "————", False)] == [True] * 3 + [False] * 5
    assert not is_placeholder(0)
    assert not is_placeholder("0")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ([0.25, 0.5, 0.75, 1.0], ["25", "50", "75", "100"]),
        ([25.0, 50, 75, 100], ["25", "50", "75", "100"]),
        (["25%", "50%", "75%", "100%"], ["25", "50", "75", "100"]),
        (["25％", "５０%", "75 %", "100％"], ["25", "50", "75", "100"]),
        (["25", "50", "75", "100"], ["25", "50", "75", "100"]),
        ([0, 0, 0, 1], ["0", "0", "0", "100"]),
        ([0.0, 0.0, 0.0, 0.0], ["0", "0", "0", "0"]),
        (["0%", "50%", "50%", 1.0], ["0", "50", "50", "100"]),
        ([0.25, 50, "75%", "100％"], ["25", "50", "75", "100"]),
        ([25, 50, 75, 1.0], ["25", "50", "75", "100"]),
        ([1, 50, 75, 100], ["1", "50", "75", "100"]),
        ([0.335, 0.5, 0.5, 1.2], ["33.5", "50", "50", "1.2"]),
        (["过半", None, True, "100%"], [None, None, None, "100"]),
        ([0.07, 0.57, 0.58, 1], ["7", "57", "58", "100"]),
    ],
)
def test_plan(typed: list[Scalar], expected: list[str | None]) -> None:
    """The four are read together."""
    assert list(to_plan(typed)) == [None if one is None else Decimal(one) for one in expected]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (1302012345.0, "1302012345"),
        (0.5, "0.5"),
        (True, "是"),
        (datetime.datetime(2023, 5, 1, 8, 30), "2023年5月1日"),
        ("  文字 ", "文字"),
        (None, ""),
        (ErrorValue("#REF!"), "#REF!"),
        (123456789012345678.0, "123456789012346000"),
    ],
)
def test_text_of(typed: Scalar, expected: str) -> None:
    """A cell's content as people see it."""
    assert text_of(typed) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("1135.760", "1135.76"), ("1E+2", "100"), ("-0", "0"), ("0.000", "0"), ("50", "50"), ("100", "100")],
)
def test_plain(amount: str, expected: str) -> None:
    """No exponent, no superfluous zeros, and no digit lost."""
    assert plain(Decimal(amount)) == expected


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.none(), st.dates()))
def test_nothing_typed_raises(typed: Scalar) -> None:
    """Whatever a person typed is understood or not, but never an exception."""
    is_blank(typed), is_placeholder(typed), text_of(typed), to_amount(typed), to_target(typed), to_deadline(typed)
    to_plan([typed, 0.5, typed, 1])


def test_invisible_characters_and_blanks_are_those_that_unicode_names() -> None:
    basic = [chr(code) for code in range(0x10000)]
    assert {one for one in basic if unicodedata.category(one) == "Cf"} <= INVISIBLE
    assert set(BLANKS) == {one for one in basic if one.isspace()}
