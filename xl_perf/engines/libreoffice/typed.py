"""What Excel makes of a text that is put into a General cell: a number, a date, a truth value, or the text."""

import datetime
import re
from typing import Final, NamedTuple

_NUMBER: Final = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)?(?P<part>\.\d*)?(?P<power>[eE][+-]?\d{1,3})?(?P<percent>%?)",
    re.ASCII,
)
_DATE: Final = re.compile(
    r"(?P<year>\d{4})(?P<mark>[-/年])(?P<month>\d{1,2})(?:[-/月])(?P<day>\d{1,2})(?P<end>日?)", re.ASCII
)
ZERO_DAY: Final = datetime.datetime(1899, 12, 30)
"""Day 0 of the dates in a sheet, right for every date after February 1900."""
DATE: Final = "yyyy/m/d"
MOMENT: Final = "yyyy/m/d h:mm"
_CHINESE_DATE: Final = 'yyyy"年"m"月"d"日"'
BOOLEAN: Final = "BOOLEAN"
GENERAL: Final = "General"


class Understood(NamedTuple):
    """The number that a General cell then holds, and the format that it takes on."""

    number: float
    format: str = GENERAL


def understand(text: str) -> Understood | None:
    """The number that Excel makes of a text in a General cell; None where it stays a text.

    ``90%`` is 0.9 in the format ``0%``, ``2023-12-31`` a date. Dates without a year need the clock and are not
    understood here.
    """
    text = text.strip()
    if text.upper() in ("TRUE", "FALSE"):
        return Understood(float(text.upper() == "TRUE"), BOOLEAN)
    return _number(text) or _date(text)


def _number(text: str) -> Understood | None:
    match = _NUMBER.fullmatch(text)
    if match is None or not (match["whole"] or len(match["part"] or "") > 1):
        return None
    plain = text.removesuffix("%").replace(",", "")
    if match["percent"]:
        return Understood(float(f"{plain}e-2"), "0.00%" if match["part"] else "0%") if not match["power"] else None
    if match["power"]:
        return Understood(float(plain), "0.00E+00")
    grouped = "," in text
    return Understood(float(plain), ("#,##0.00" if match["part"] else "#,##0") if grouped else GENERAL)


def _date(text: str) -> Understood | None:
    match = _DATE.fullmatch(text)
    if match is None or (match["mark"] == "年") != (match["end"] == "日"):
        return None
    try:
        day = datetime.datetime(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return Understood(serial(day), _CHINESE_DATE if match["end"] else DATE)


def serial(moment: datetime.date) -> float:
    """The number of days that a sheet holds for a date or a moment (``datetime.datetime``)."""
    if not isinstance(moment, datetime.datetime):
        moment = datetime.datetime.combine(moment, datetime.time())
    return (moment.replace(tzinfo=None) - ZERO_DAY) / datetime.timedelta(days=1)


def moment(serial_number: float) -> datetime.datetime:
    """The moment of a number of days, to the millisecond."""
    return ZERO_DAY + datetime.timedelta(milliseconds=round(serial_number * 86_400_000))
