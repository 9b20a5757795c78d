"""What people type, understood: blanks, amounts, percentages, target values, deadlines.

The only place where typed text becomes a number. Nothing here passes through float arithmetic: a number
that a cell stores becomes the 15 significant digits that Excel, WPS and LibreOffice show
(design/form: ``Decimal(format(x, '.15g'))``).
"""

import datetime
import re
import unicodedata
from collections.abc import Sequence
from decimal import Context, Decimal, Inexact
from functools import lru_cache
from typing import Final, NamedTuple

from xl_perf.core.grid import ErrorValue, NoValue, Scalar

PLACEHOLDERS: Final = frozenset({"-", "/", "\\", "无", "—", "－", "／"})
_DASH: Final = "-—–―－─_＿"
_DASHES: Final = re.compile(rf"[{_DASH}]+")
PLACEHOLDER_STARTS: Final = frozenset(_DASH)
"""Only texts of more than one character that begin with one of these can be placeholders."""
_SPACES: Final = re.compile(r"\s+")
MAX_DIGITS: Final = 30
"""Longer figures are no amounts: nobody's budget, and bounded digits keep every sum exact."""
EXACT: Final = Context(prec=120, traps=[Inexact])
"""Wide enough for amounts and their sums; rounding would raise. Python's own context silently keeps 28 digits."""


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """The text in half-width forms without any white space: ``１６１．９３ 万元`` -> ``161.93万元``."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text))


def is_blank(typed: Scalar) -> bool:
    """Nothing typed, or only white space. 0 is not blank, and ``————`` is not either."""
    return typed is None or typed == "" or (isinstance(typed, str) and not typed.strip())


def is_placeholder(typed: Scalar) -> bool:
    """``————``, ``-``, ``/`` or 无: a person says that there is nothing to say."""
    if not isinstance(typed, str):
        return False
    text = typed.strip()
    return text in PLACEHOLDERS or _DASHES.fullmatch(text) is not None


def stored_number(number: float) -> Decimal | None:
    """A stored double as people see it; None for infinities and not-a-number."""
    decimal = Decimal(format(number, ".15g"))
    return decimal if decimal.is_finite() else None


def plain(number: Decimal) -> str:
    """A number without exponent or superfluous zeros: ``1135.760`` -> ``1135.76``, ``-0`` -> ``0``."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def text_of(typed: Scalar) -> str:
    """A cell's content as people see it, white space at the ends removed; a number without ``.0``."""
    if typed is None:
        return ""
    if isinstance(typed, str):
        return typed.strip()
    if isinstance(typed, bool):
        return "是" if typed else "否"
    if isinstance(typed, float):
        number = stored_number(typed)
        return str(typed) if number is None else plain(number)
    if isinstance(typed, datetime.date):
        return f"{typed.year}年{typed.month}月{typed.day}日"
    if isinstance(typed, ErrorValue):
        return typed.code
    if isinstance(typed, NoValue):
        return typed.formula
    return str(typed)


# --- Amounts -------------------------------------------------------------------------------------------------

_UNITS: Final = {
    "": Decimal(1),
    "万元": Decimal(1),
    "万": Decimal(1),
    "万元整": Decimal(1),
    "元": Decimal("0.0001"),
    "元整": Decimal("0.0001"),
    "千元": Decimal("0.1"),
    "百万元": Decimal(100),
    "百万": Decimal(100),
    "千万元": Decimal(1000),
    "千万": Decimal(1000),
    "亿元": Decimal(10000),
    "亿": Decimal(10000),
}
_NUMBER: Final = r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[-+]?\.\d+"
_AMOUNT: Final = re.compile(rf"(?:人民币|[¥￥])?({_NUMBER})({'|'.join(sorted(_UNITS, key=len, reverse=True))})")


class Amount(NamedTuple):
    """An amount in 万元, and the unit that was written with it (empty for a bare number)."""

    value: Decimal
    unit: str


def _decimal(digits: str) -> Decimal | None:
    """The number that the digits give, thousands parted by commas or not; None if they are too many."""
    bare = digits.replace(",", "")
    return Decimal(bare) if len(bare) <= MAX_DIGITS else None


@lru_cache(maxsize=8192)
def _amount_of_text(text: str) -> Amount | None:
    match = _AMOUNT.fullmatch(folded(text))
    if match is None:
        return None
    number = _decimal(match[1])
    return None if number is None else Amount(EXACT.multiply(number, _UNITS[match[2]]), match[2])


def _is_bounded(number: Decimal) -> bool:
    """Not longer than `MAX_DIGITS` on either side of the point."""
    exponent = number.as_tuple().exponent
    return abs(number) < 10**MAX_DIGITS and isinstance(exponent, int) and exponent >= -MAX_DIGITS


def to_amount(typed: Scalar) -> Amount | None:
    """An amount in 万元 from a number or from text with a unit, converted exactly; None if it is none.

    ``161.93``, ``161.93 万元``, ``１６１.９３万元``, ``1,619,300元`` and ``0.0161亿元`` are amounts. Blanks and
    placeholders are not: ask `is_blank` and `is_placeholder` first.
    """
    if isinstance(typed, str):
        return _amount_of_text(typed)
    if isinstance(typed, float):
        number = stored_number(typed)
        # Fifteen digits of a number of common size are within the bounds.
        is_common = 1e-15 < abs(typed) < 1e15
        return None if number is None or not (is_common or _is_bounded(number)) else Amount(number, "")
    if isinstance(typed, int) and not isinstance(typed, bool):
        return Amount(Decimal(typed), "") if abs(typed) < 10**MAX_DIGITS else None
    return None


# --- Percentages ---------------------------------------------------------------------------------------------

_PERCENT: Final = re.compile(rf"({_NUMBER})(%?)")
_HUNDRED: Final = Decimal(100)


def _percent_parts(typed: Scalar) -> tuple[Decimal, bool] | None:
    """The number, and whether it says itself that it is per cent."""
    if isinstance(typed, str):
        match = _PERCENT.fullmatch(folded(typed))
        number = _decimal(match[1]) if match else None
        return None if match is None or number is None else (number, bool(match[2]))
    amount = to_amount(typed)
    return None if amount is None else (amount.value, False)


@lru_cache(maxsize=4096)
def _plan_of(typed: tuple[Scalar, ...]) -> tuple[Decimal | None, ...]:
    parts = [_percent_parts(one) for one in typed]
    bare = [part[0] for part in parts if part and not part[1]]
    all_shares = bool(bare) and max(bare) <= 1
    read: list[Decimal | None] = []
    highest = Decimal(0)
    for part in parts:
        if part is None:
            read.append(None)
            continue
        number, says_percent = part
        is_share = not says_percent and (all_shares or 0 < number < 1 or number == 1 < highest)
        percent = EXACT.multiply(number, _HUNDRED) if is_share else number
        highest = max(highest, percent)
        read.append(percent)
    return tuple(read)


def to_plan(typed: Sequence[Scalar]) -> tuple[Decimal | None, ...]:
    """The cumulative percentages of a spending plan, read together; None for what is no percentage.

    A cell formatted ``0%`` stores 0.25 for 25 %, others store 25 or the text ``25%``; a reader without formats sees
    only the numbers. Bare numbers that all are at most 1 are shares: 0, 0, 0, 1 means that everything is planned
    for the end. Among larger ones a number between 0 and 1 is a share, and so is a 1 behind a larger one: plans
    are cumulative, and nobody plans fractions of a per cent.
    """
    # True == 1 == 1.0 would share a place in the cache with a number: a truth value is no percentage.
    return _plan_of(tuple(None if isinstance(one, bool | ErrorValue | NoValue) else one for one in typed))


# --- Deadlines -----------------------------------------------------------------------------------------------


class Deadline(NamedTuple):
    """A date by which something is done; ``year`` is None where none was named, 0 for an unnamed month or day."""

    year: int | None
    month: int
    day: int


_DATE_TAIL: Final = r"(?:底|末|初|中旬|上旬|下旬)?(?:之前|以前|前|止|内|完成|前完成|底前|为止|之内|以内)*"
_DEADLINES: Final = (
    re.compile(
        rf"(?:于|在|截至|截止到?|至)?(?:(\d{{4}})年度?)(?:全年|年内)?(?:(\d{{1,2}})月份?)?(?:(\d{{1,2}})[日号])?{_DATE_TAIL}"
    ),
    re.compile(rf"(?:于|在|截至|截止到?|至)?()(\d{{1,2}})月份?(?:(\d{{1,2}})[日号])?{_DATE_TAIL}"),
    re.compile(rf"(\d{{4}})[-./](\d{{1,2}})(?:[-./](\d{{1,2}}))?{_DATE_TAIL}"),
    re.compile(r"()()()(?:当年|本年|全年|年内|年底|年末|本年度|当年度|年度内)(?:底|末|内)?(?:之前|以前|前|完成)*"),
)


@lru_cache(maxsize=2048)
def _deadline_of_text(text: str) -> Deadline | None:
    bare = folded(text).rstrip("。.;")
    for pattern in _DEADLINES:
        match = pattern.fullmatch(bare)
        if match:
            year, month, day = match[1], int(match[2] or 0), int(match[3] or 0)
            if month <= 12 and day <= 31:
                return Deadline(int(year) if year else None, month, day)
    return None


def to_deadline(typed: Scalar) -> Deadline | None:
    """A deadline: ``2023年12月底前``, ``12月31日前``, ``2023-12-31``, 年底前, or a date cell; None if it is none."""
    if isinstance(typed, datetime.date):
        return Deadline(typed.year, typed.month, typed.day)
    return _deadline_of_text(typed) if isinstance(typed, str) else None


# --- Target values (指标值) ------------------------------------------------------------------------------------

OPERATORS: Final = {
    "=": "=",
    "==": "=",
    "等于": "=",
    "为": "=",
    "达到": "≥",
    "达": "≥",
    "≥": "≥",
    ">=": "≥",
    "=>": "≥",
    "≧": "≥",
    "不少于": "≥",
    "不低于": "≥",
    "不小于": "≥",
    "至少": "≥",
    "大于等于": "≥",
    "大于或等于": "≥",
    ">": ">",
    "大于": ">",
    "超过": ">",
    "高于": ">",
    "多于": ">",
    "≤": "≤",
    "<=": "≤",
    "=<": "≤",
    "≦": "≤",
    "不超过": "≤",
    "不高于": "≤",
    "不大于": "≤",
    "不多于": "≤",
    "至多": "≤",
    "最多": "≤",
    "小于等于": "≤",
    "小于或等于": "≤",
    "控制在": "≤",
    "<": "<",
    "小于": "<",
    "低于": "<",
    "少于": "<",
    "约": "=",
    "约等于": "=",
    "≈": "=",
}
_OPERATOR: Final = "|".join(re.escape(sign) for sign in sorted(OPERATORS, key=len, reverse=True))
_UNIT: Final = r"[^\d\s<>=≤≥]{0,16}?(?:(?<=m)[23])?"
_WITHIN: Final = r"(?:以上|及以上|以下|及以下|以内|之内|左右)?"
_SIMPLE: Final = re.compile(rf"({_OPERATOR})?({_NUMBER})({_UNIT})({_WITHIN})")
_RANGE: Final = re.compile(rf"(?:{_OPERATOR})?({_NUMBER})({_UNIT})(?:[-~—–至到]|--)({_NUMBER})({_UNIT})(?:之间|以内)?")
_YES_NO: Final = frozenset({"是", "否", "有", "无", "达标", "不达标", "合格", "不合格", "完成", "未完成"})
_TAIL_OPERATORS: Final = {"以上": "≥", "及以上": "≥", "以下": "≤", "及以下": "≤", "以内": "≤", "之内": "≤"}


class Target(NamedTuple):
    """What a 指标值 was understood as.

    ``kind`` is ``number``, ``range``, ``deadline``, ``yes-no`` or ``words``. A number has an operator (= ≥ > ≤ <;
    empty where none was written), ``low`` and a unit; a range has ``low`` and ``high``; a deadline its date. ``%`` is
    a unit: ``≥90%`` is 90 with the unit ``%``.
    """

    kind: str
    operator: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    deadline: Deadline | None = None

    @property
    def is_rate(self) -> bool:
        """A number or range in per cent (or per mille)."""
        return self.low is not None and self.unit[:1] in {"%", "‰"}

    @property
    def amount(self) -> Decimal | None:
        """The amount in 万元 where the unit is one of money for the whole; None for unit costs (/人, /月 …)."""
        factor = _UNITS.get(self.unit) if self.unit and self.kind == "number" else None
        return None if factor is None or self.low is None else EXACT.multiply(self.low, factor)


def _number_target(text: str) -> Target | None:
    match = _SIMPLE.fullmatch(text)
    if match is None:
        return None
    number = _decimal(match[2])
    if number is None:
        return None
    sign = OPERATORS[match[1]] if match[1] else _TAIL_OPERATORS.get(match[4], "")
    return Target("number", sign, number, None, match[3])


def _range_target(text: str) -> Target | None:
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    low, high = _decimal(match[1]), _decimal(match[3])
    if low is None or high is None or low > high:
        return None
    return Target("range", "", low, high, match[4] or match[2])


@lru_cache(maxsize=8192)
def _target_of_text(text: str) -> Target | None:
    bare = folded(text).rstrip("。;")
    deadline = _deadline_of_text(bare)
    if deadline is not None:
        return Target("deadline", deadline=deadline)
    if any(character.isdigit() for character in bare):
        for bare_date in (bare.removeprefix(sign) for sign in ("=", "≤", "<", "<=", "≥")):
            deadline = _deadline_of_text(bare_date)
            if deadline is not None:
                return Target("deadline", deadline=deadline)
        return _number_target(bare) or _range_target(bare)
    if bare in _YES_NO:
        return Target("yes-no")
    return Target("words") if any(character.isalpha() for character in bare) else None


_HALF: Final = str.maketrans("０１２３４５６７８９＝＞＜％．＋－～≧≦", "0123456789=><%.+-~≥≤")
_SINGLE: Final = {">=": "≥", "=>": "≥", "<=": "≤", "=<": "≤", "==": "="}
_PAIRS: Final = re.compile("|".join(_SINGLE))


@lru_cache(maxsize=4096)
def usual_target(text: str) -> str:
    """A 指标值 in its usual form: half-width digits and signs, one character for each operator, the rest as it is."""
    return _PAIRS.sub(lambda match: _SINGLE[match[0]], text.translate(_HALF)).strip()


def to_target(typed: Scalar) -> Target | None:
    """A target value from what was typed; None if it cannot be understood."""
    if isinstance(typed, str):
        return _target_of_text(typed)
    if isinstance(typed, bool):
        return Target("yes-no")
    if isinstance(typed, datetime.date):
        return Target("deadline", deadline=to_deadline(typed))
    amount = to_amount(typed)
    return None if amount is None else Target("number", "", amount.value)
