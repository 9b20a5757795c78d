"""Target values (指标值) and deadlines: what people type there, understood."""

import datetime
import re
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from xl_perf.core.cells.characters import STRUCK, numeric
from xl_perf.core.cells.grid import Scalar
from xl_perf.core.cells.units import UNITS
from xl_perf.core.cells.values import EXACT, NUMBER, decimal_of, to_amount


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
_YEARS: Final = range(1950, 2100)
"""1400.05 is a number."""
_AT_LEAST_AMOUNT: Final = re.compile(r"(?:≥|>=?)\d{4}\.\d{1,2}")
"""So is ≥2023.06: nothing is done on a day or later."""
_MONTHS: Final = re.compile(r"(?:[<>≤≥]=?|=[<>])\d{1,2}月")
"""So is ≤12月, as 不超过12月 is: the unit beside a number, and no day. =12月 and ≤12月底 are dates."""
_ISO: Final = re.compile(r"\d{4}[-./]\d")


def _may_be_deadline(text: str) -> bool:
    """Whether one of the patterns may fit: most target values name no date, and this is quickly seen."""
    return "年" in text or "月" in text or _ISO.search(text) is not None


@lru_cache(maxsize=2048)
def _deadline_of_text(text: str) -> Deadline | None:
    bare = numeric(text).rstrip("。.;；")
    if not _may_be_deadline(bare):
        return None
    for pattern in _DEADLINES:
        match = pattern.fullmatch(bare)
        if match:
            year, month, day = match[1], int(match[2] or 0), int(match[3] or 0)
            is_date = match[2] != "00" and month <= 12 and day <= 31
            if is_date and (not match[1] or int(match[1]) in _YEARS):
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
_UNIT: Final = rf"[^\d\s<>=≤≥{STRUCK}]{{0,16}}?(?:(?<=m)[23])?"
_WITHIN: Final = r"(?:以上|及以上|以下|及以下|以内|之内|左右)?"
_SIMPLE: Final = re.compile(rf"({_OPERATOR})?({NUMBER})({_UNIT})({_WITHIN})")
_RANGE: Final = rf"(?:{_OPERATOR})?({NUMBER})({_UNIT})(?:[-~—–至到]|--)({NUMBER})({_UNIT})(?:之间|以内)?"
_PARTED: Final = re.compile(r"\d[  ]+\d").search
"""A blank between two digits."""
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
        return self.low is not None and is_rate(self.unit)

    @property
    def amount(self) -> Decimal | None:
        """The amount in 万元 where the unit is one of money for the whole; None for unit costs (/人, /月 …)."""
        factor = UNITS.get(self.unit) if self.unit and self.kind == "number" else None
        return None if factor is None or self.low is None else EXACT.multiply(self.low, factor)


def is_rate(unit: str) -> bool:
    """The unit is per cent or per mille."""
    return unit[:1] in {"%", "‰"}


def _number_target(text: str) -> Target | None:
    match = _SIMPLE.fullmatch(text)
    if match is None:
        return None
    number = decimal_of(match[2])
    if number is None:
        return None
    sign = OPERATORS[match[1]] if match[1] else _TAIL_OPERATORS.get(match[4], "")
    return Target("number", sign, number, None, match[3])


def _range_target(text: str) -> Target | None:
    match = re.fullmatch(_RANGE, text)
    if match is None:
        return None
    low, high = decimal_of(match[1]), decimal_of(match[3])
    if low is None or high is None or low > high:
        return None
    return Target("range", "", low, high, match[4] or match[2])


@lru_cache(maxsize=8192)
def target_of_text(text: str) -> Target | None:
    """A target value from a text; None if it cannot be understood: 80 100 may be one number or two."""
    if _PARTED(text):
        return None
    bare = numeric(text).rstrip("。;；")
    is_numeric = any(map(str.isdigit, bare))
    is_number = _AT_LEAST_AMOUNT.fullmatch(bare) or _MONTHS.fullmatch(bare)
    if _may_be_deadline(bare) and is_number is None:
        for sign in ("", "=", "≤", "<", "<=", "≥") if is_numeric else ("",):
            deadline = _deadline_of_text(bare.removeprefix(sign))
            if deadline is not None:
                return Target("deadline", deadline=deadline)
    if is_numeric:
        return _number_target(bare) or _range_target(bare)
    if bare in _YES_NO:
        return Target("yes-no")
    return Target("words") if any(map(str.isalpha, bare)) else None


_HALF: Final = str.maketrans("０１２３４５６７８９＝＞＜％．＋－～≧≦", "0123456789=><%.+-~≥≤")
_SINGLE: Final = {">=": "≥", "=>": "≥", "<=": "≤", "=<": "≤", "==": "="}
_PAIRS: Final = re.compile("|".join(_SINGLE))
_WIDE: Final = re.compile(f"[{''.join(map(chr, _HALF))}]")


def is_usual(text: str) -> bool:
    """The text, of one or many 指标值, has no character or pair of characters that `usual_target` would change."""
    return _WIDE.search(text) is None and not any(pair in text for pair in _SINGLE)


def usual_target(text: str) -> str:
    """A 指标值 in its usual form: half-width digits and signs, one character for each operator, the rest as it is."""
    return _PAIRS.sub(lambda match: _SINGLE[match[0]], text.translate(_HALF)).strip()


def to_target(typed: Scalar) -> Target | None:
    """A target value from what was typed; None if it cannot be understood."""
    if isinstance(typed, str):
        return target_of_text(typed)
    if isinstance(typed, bool):
        return Target("yes-no")
    if isinstance(typed, datetime.date):
        return Target("deadline", deadline=to_deadline(typed))
    amount = to_amount(typed)
    return None if amount is None else Target("number", "", amount.value)
