"""What people type as 指标值: target values and deadlines."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_perf.core.cells.grid import Scalar
from xl_perf.core.cells.targets import Deadline, Target, is_usual, to_deadline, to_target, usual_target


def number(operator: str, low: str, unit: str = "") -> Target:
    return Target("number", operator, Decimal(low), None, unit)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("=78人", number("=", "78", "人")),
        ("＝4个", number("=", "4", "个")),
        ("≥90%", number("≥", "90", "%")),
        (">=90％", number("≥", "90", "%")),
        ("≤1400万元", number("≤", "1400", "万元")),
        ("<=3次", number("≤", "3", "次")),
        ("≥2023.06", number("≥", "2023.06")),
        (">5", number(">", "5")),
        ("<5天", number("<", "5", "天")),
        ("不少于1,200人次", number("≥", "1200", "人次")),
        ("不低于95%", number("≥", "95", "%")),
        ("不超过50元/人", number("≤", "50", "元/人")),
        ("90%以上", number("≥", "90", "%")),
        ("3天以内", number("≤", "3", "天")),
        ("5m²", number("", "5", "m2")),
        (0.9, number("", "0.9")),
        (78.0, number("", "78")),
        ("70-80公里", Target("range", "", Decimal(70), Decimal(80), "公里")),
        ("80%~90%", Target("range", "", Decimal(80), Decimal(90), "%")),
        ("2023年12月底前", Target("deadline", deadline=Deadline(2023, 12, 0))),
        ("12月31日前", Target("deadline", deadline=Deadline(None, 12, 31))),
        (datetime.date(2023, 5, 1), Target("deadline", deadline=Deadline(2023, 5, 1))),
        ("年底前", Target("deadline", deadline=Deadline(None, 0, 0))),
        ("≤12月", Target("number", "≤", Decimal(12), None, "月")),
        ("＜=6月", Target("number", "≤", Decimal(6), None, "月")),
        ("不超过12月", Target("number", "≤", Decimal(12), None, "月")),
        ("≥3月", Target("number", "≥", Decimal(3), None, "月")),
        ("=12月", Target("deadline", deadline=Deadline(None, 12, 0))),
        ("12月", Target("deadline", deadline=Deadline(None, 12, 0))),
        ("≤12月底", Target("deadline", deadline=Deadline(None, 12, 0))),
        ("≤12月31日", Target("deadline", deadline=Deadline(None, 12, 31))),
        ("≤2023年12月", Target("deadline", deadline=Deadline(2023, 12, 0))),
        ("大于等于15台（套）", Target("number", "≥", Decimal(15), None, "台(套)")),
        ("是", Target("yes-no")),
        (True, Target("yes-no")),
        ("成效明显", Target("words")),
        ("3到5之间或者8吧", None),
        ("？？", None),
        ("80-70公里", None),
    ],
)
def test_target(typed: Scalar, expected: Target | None) -> None:
    """Operator, number and unit; ranges; deadlines; yes or no; words; or nothing that can be understood."""
    assert to_target(typed) == expected


@pytest.mark.parametrize(
    ("unit", "amount"),
    [("万元", "3"), ("元", "0.0003"), ("亿元", "30000"), ("元/人", None), ("万元/月", None), ("", None), ("个", None)],
)
def test_amount_of_target(unit: str, amount: str | None) -> None:
    """Only money for the whole is an amount; unit costs are not."""
    assert number("=", "3", unit).amount == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2023年12月底前", (2023, 12, 0)),
        ("2023年度", (2023, 0, 0)),
        ("2023年6月30日之前完成", (2023, 6, 30)),
        ("2023-12-31", (2023, 12, 31)),
        ("2023.12", (2023, 12, 0)),
        ("２０２３年１２月", (2023, 12, 0)),
        ("13月底", None),
        ("78人", None),
    ],
)
def test_deadline(typed: str, expected: tuple[int, int, int] | None) -> None:
    """Years, months and days as written; an unnamed month or day is 0."""
    assert to_deadline(typed) == expected


@given(st.lists(st.text("＝=>＜<≥≧９9％%人-－ ", max_size=6)))
def test_what_is_usual_is_not_changed(texts: list[str]) -> None:
    """Each for itself, and all of them where each is."""
    usual = [usual_target(text) == text.strip() for text in texts]
    assert [is_usual(text) for text in texts] == usual
    assert is_usual("\n".join(texts)) is all(usual)


def test_a_blank_between_digits_is_no_number() -> None:
    """One number or two: nobody is told 80100 of it."""
    assert to_target("≥80 100人") is None
    assert to_target("80 100") is None
