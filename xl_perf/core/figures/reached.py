"""What was reached, measured in the unit of its target: 90 against ≥90%, 41.2万元 against ≤800000元."""

import calendar
import datetime
import re
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entry import EMPTY, Entry, PartOfCell, Status
from xl_perf.core.cells.targets import Deadline, Target
from xl_perf.core.cells.units import UNITS
from xl_perf.core.cells.values import to_amount

_PER_CENT: Final = {"百分比": "%", "百分点": "%", "个百分点": "%", "％": "%"}
_POSITIVE: Final = frozenset({"是", "有", "达标", "合格", "完成", "已完成", "全部完成"})
_NEGATIVE: Final = frozenset({"否", "无", "不达标", "不合格", "未完成", "没有", "没有完成", "0"})
_IN_TIME: Final = frozenset(
    {"按时完成", "按期完成", "如期完成", "按时", "按期", "已按时完成", "已按期完成", "及时完成", "提前完成"}
)
BANDS: Final = ("达成预期指标", "部分达成预期指标并具有一定效果", "未达成预期指标且效果较差")
"""How far a target in words was reached (财预〔2020〕10号: 达成年度指标 …); the first words of each tell."""
_FIRST_BAND: Final = ("达成", "已达成", "全部达成", "完全达成", "达到预期", "达到年度")
_SECOND_BAND: Final = ("部分达成", "基本达成", "部分完成", "部分")
_THIRD_BAND: Final = ("未达成", "没有达成", "未达到")

_LIKE_DATE: Final = re.compile(r"(?:(?:19|20)\d\d[-/.年])?\d{1,2}(?:[-/.月]\d{1,2}[日号]?|月份?底?前?|月)(?:前|完成)?")
_ROUGH: Final = re.compile(
    r"[≥≧≤≦><≈~约近]|大约|大概|接近|将近|不少于|不低于|不小于|至少|大于|超过|高于|多于|不超过|不高于|不大于|不多于|至多|最多|小于|低于|少于|控制在"
    r"|.*\d(?:.*(?:左右|上下|以上|以下|以内|之内)$|[余多])"
).match
"""Words before or behind a number that make it no exact one."""
_FEW: Final = 2
_SMALL: Final = 10
"""1.2 may be 120 %; of a target below 10 % it is more likely 1.2 %."""
_LEAP: Final = 2024
"""Any year with a 29 February, for a day without a year."""


class Problem(StrEnum):
    """Why nobody can say how much was reached."""

    BLANK = "blank"
    UNREADABLE = "unreadable"
    UNIT = "unit"
    UNCLEAR_RATE = "unclear rate"
    """0.9 against 90 %, 1.2 against 100 %: 90 % or 0.9 %, 120 % or 1.2 %."""
    ROUGH = "rough"
    """≥80, 约80: at least so many, about so many."""
    TOO_EARLY = "too early"
    """A day before the year of the table."""
    TOO_LATE = "too late"
    """A day after the period of the table: it has not come yet."""
    TARGET = "target"
    """The target itself says nothing that could be measured."""


class Measured(NamedTuple):
    """A number in the target's unit, or why there is none.

    ``is_assumed``: nobody typed that it is in %; 95 against 95 % is read as 95 %, and that is to be confirmed.
    """

    value: Fraction | None
    problem: Problem | None = None
    is_assumed: bool = False


def said_nothing(actual: Entry[Target]) -> bool:
    """Nothing was reported; 无 and 0 are reports."""
    return actual.status in EMPTY or actual.status is Status.ABSENT


def is_rough(text: str) -> bool:
    """A number that is only about so much: ≥80人, 约80人, 80人左右. 达到80人 and =80人 are 80."""
    return _ROUGH(folded(text)) is not None


def measured(target: Target, actual: Entry[Target]) -> Measured:
    """What was reached of a number or range."""
    if said_nothing(actual):
        return Measured(None, Problem.BLANK)
    found = foreseen(target, actual)
    return Measured(None, Problem.ROUGH) if found.value is not None and is_rough(actual.text) else found


def foreseen(target: Target, actual: Entry[Target]) -> Measured:
    """What is expected of a number or range: also about so much."""
    if said_nothing(actual):
        return Measured(None, Problem.BLANK)
    value = actual.value
    if value is not None and value.kind == "deadline" and (amount := to_amount(actual.typed)) is not None:
        return Measured(Fraction(amount.value))  # 2023.12, of a target that is a number
    if value is None or value.kind != "number" or value.low is None:
        return Measured(None, Problem.UNREADABLE)
    own, unit = (_PER_CENT.get(one, one) for one in (value.unit, target.unit))
    if not own or own == unit:
        is_typed = bool(own) and not isinstance(actual.typed, PartOfCell)
        if unit == "%" and value.low and not is_typed:
            return _rate(value.low, target.low or Decimal(0), is_assumed=not own)
        return Measured(Fraction(value.low))
    factor, wanted = UNITS.get(own), UNITS.get(unit) if unit else None
    if factor is not None and wanted is not None:
        return Measured(Fraction(value.low) * Fraction(factor) / Fraction(wanted))
    return Measured(Fraction(value.low)) if not unit and own != "%" else Measured(None, Problem.UNIT)


def _rate(value: Decimal, target: Decimal, *, is_assumed: bool) -> Measured:
    """A number whose own text has no %, against a target in %: a column of its own says the unit, or nothing does."""
    if 0 < value <= _FEW and target > value and target > 1 and (value <= 1 or target > _SMALL):
        return Measured(None, Problem.UNCLEAR_RATE)
    return Measured(Fraction(value), is_assumed=is_assumed)


def answer(text: str) -> bool | None:
    """Yes or no: 是, 有, 合格; 否, 无; None for anything else."""
    seen = folded(text).rstrip("。.")
    return True if seen in _POSITIVE else False if seen in _NEGATIVE else None


def band_of(text: str) -> int | None:
    """Which of the three bands a text names, from 0; None for none."""
    seen = folded(text)
    if seen.startswith(_FIRST_BAND):
        return 0
    if seen.startswith(_SECOND_BAND):
        return 1
    return 2 if seen.startswith(_THIRD_BAND) else None


class Done(NamedTuple):
    """Whether, and when, something with a deadline was done; ``date`` None where it only says so."""

    is_done: bool
    in_time: bool | None = None
    date: datetime.date | None = None


def done(actual: Entry[Target]) -> Done | None:
    """What is said of something that has a deadline; None where that cannot be understood."""
    value = actual.value
    if value is not None and value.kind == "deadline" and value.deadline is not None:
        date = None if is_no_day(actual) else last_day(value.deadline, None)
        return None if date is None else Done(is_done=True, date=date)
    text = folded(actual.text).rstrip("。.")
    if text in _IN_TIME or band_of(text) == 0 or answer(text):
        return Done(is_done=True, in_time=True)
    if answer(text) is False or text in {"未开始", "未启动", "进行中"}:
        return Done(is_done=False)
    return None


def is_no_day(actual: Entry[Target]) -> bool:
    """It is written as a date, and the calendar has no such day: 2023-13-05, 2月30日."""
    value = actual.value
    if value is not None and value.kind == "deadline" and value.deadline is not None:
        date = last_day(value.deadline, _LEAP)
        return date is not None and bool(value.deadline.day) and date.day != value.deadline.day
    return done(actual) is None and _LIKE_DATE.fullmatch(folded(actual.text)) is not None


def day_problem(
    target: Target, actual: Entry[Target], year: int | None, until: datetime.date | None = None
) -> Problem | None:
    """Why something with a deadline cannot have been done on the day that is said; None where it can, or none is said.

    ``year`` is that of the table, ``until`` the last day of its period. A deadline before the year may be met before.
    """
    said = done(actual)
    if said is None or said.date is None:
        return None
    due = None if target.deadline is None else last_day(target.deadline, year)
    if year and said.date.year < (year if due is None else min(year, due.year)):
        return Problem.TOO_EARLY
    return Problem.TOO_LATE if until is not None and said.date > until else None


def last_day(deadline: Deadline, year: int | None) -> datetime.date | None:
    """The last day that a deadline allows: 2023-12-31 for 12月底前 of 2023; None where no year is known."""
    its_year = deadline.year or year
    if not its_year:
        return None
    month = deadline.month or 12
    days = calendar.monthrange(its_year, month)[1]
    return datetime.date(its_year, month, min(deadline.day or days, days))


def months_late(due: datetime.date, date: datetime.date) -> int:
    """How many months after the deadline have begun: 1 for 15 January after 31 December."""
    late = 0
    while date > _months_after(due, late):
        late += 1
    return late


def _months_after(date: datetime.date, months: int) -> datetime.date:
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    days = calendar.monthrange(year, month + 1)[1]
    at_end = date.day == calendar.monthrange(date.year, date.month)[1]
    return datetime.date(year, month + 1, days if at_end else min(date.day, days))


def is_zero_or_less(number: Decimal | None) -> bool:
    """A target of which no share can be taken."""
    return number is not None and number <= 0
