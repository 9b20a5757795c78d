"""What a profile's TOML says of monitoring, self-evaluation and tasks: [monitor], [evaluate], [tasks].

Every key may be left out; its default is that of hebei-2023 (`core.report_settings`).
"""

import calendar
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from xl_perf.core.report_settings import EvaluateSettings, MonitorSettings, Satisfaction, TaskSettings
from xl_perf.profiles.table import Table

_MONITOR: Final = {
    "months": list,
    "against": str,
    "yellow": str,
    "red": str,
    "blue": str,
    "floors": dict,
    "plan_between": str,
    "scaling": str,
    "may_be_blank": list,
    "over": str,
    "reason_when": list,
    "show_adjusted": bool,
    "due": dict,
}
_EVALUATE: Final = {
    "execution": str,
    "shares": dict,
    "redistribute": dict,
    "equal": str,
    "cost_equal": str,
    "reverse": str,
    "execution_from": str,
    "bands": list,
    "late_step": str,
    "satisfaction": dict,
    "over": str,
    "over_deduct": str,
    "grades": dict,
    "lowest_grade": str,
    "gap": str,
    "unspent": str,
    "print_grade": bool,
    "tiers": list,
    "department": str,
}
_SATISFACTION: Final = {"method": str, "per": str, "deduct": str}
_TASKS: Final = {"by": str, "soon_days": int}
_EQUAL: Final = ("at-least", "exact", "at-most")
_HUNDRED: Final = 100
_LAST_MONTH: Final = 12


def monitor_of(typed: Any, source: str) -> MonitorSettings:
    """[monitor]. Raises `ProfileError` that names the wrong key."""
    table = _optional(typed, source, "monitor.", _MONITOR)
    usual = MonitorSettings()
    months = table.table.get("months", list(usual.months))
    if not months or any(not _is_month(one) for one in months) or months != sorted(set(months)):
        raise table.fail("months", "应为由小到大的月份")
    made = MonitorSettings(
        tuple(months),
        _one_of(table, "against", usual.against, ("plan", "time")),
        _share(table, "yellow", usual.yellow),
        _share(table, "red", usual.red),
        _number(table, "blue", usual.blue),
        _by_month(table, "floors"),
        _one_of(table, "plan_between", usual.plan_between, ("last", "linear")),
        _one_of(table, "scaling", usual.scaling, ("nature", "shanxi", "vendor")),
        table.texts("may_be_blank") if "may_be_blank" in table.table else usual.may_be_blank,
        _number(table, "over", usual.over),
        _reasons(table, usual),
        table.table.get("show_adjusted", usual.show_adjusted),
        _due(table) if "due" in table.table else usual.due,
    )
    if not made.red <= made.yellow <= _HUNDRED <= made.blue:
        raise table.fail("red", "应不大于 yellow，yellow 不大于 100，blue 不小于 100")
    return made


def evaluate_of(typed: Any, source: str) -> EvaluateSettings:
    """[evaluate]. Raises `ProfileError` that names the wrong key."""
    table = _optional(typed, source, "evaluate.", _EVALUATE)
    usual = EvaluateSettings()
    execution = _share(table, "execution", usual.execution)
    shares = _numbers(table, "shares") if "shares" in table.table else usual.shares
    if sum(shares.values()) + execution != _HUNDRED:
        raise table.fail("shares", "与 execution 加起来应等于 100")
    redistribute = table.table.get("redistribute", usual.redistribute)
    for name, to in redistribute.items():
        known = {*shares, *usual.shares}
        if name not in known or to not in known:
            raise table.fail("redistribute", f"里的“{name}”和“{to}”应是 shares 里的一级指标")
    bands = _list(table, "bands", usual.bands)
    if len(bands) != len(usual.bands) or not _HUNDRED >= bands[0] >= bands[1] >= 0:
        raise table.fail("bands", '应为由大到小的两个百分数，如 ["80", "60"]')
    grades = _numbers(table, "grades") if "grades" in table.table else dict(usual.grades)
    bounds = list(grades.values())
    if bounds != sorted(bounds, reverse=True):
        raise table.fail("grades", '应由高到低，如 { 优 = "90", 良 = "80", 中 = "60" }')
    return EvaluateSettings(
        execution,
        shares,
        redistribute,
        _one_of(table, "equal", usual.equal, _EQUAL),
        _one_of(table, "cost_equal", usual.cost_equal, _EQUAL),
        _one_of(table, "reverse", usual.reverse, ("linear", "ratio")),
        _one_of(table, "execution_from", usual.execution_from, ("exact", "printed-rate")),
        (bands[0], bands[1]),
        _share(table, "late_step", usual.late_step),
        _satisfaction(table, usual.satisfaction),
        _number(table, "over", usual.over),
        _one_of(table, "over_deduct", usual.over_deduct, ("manual", "none")),
        tuple(grades.items()),
        table.table.get("lowest_grade", usual.lowest_grade),
        _number(table, "gap", usual.gap),
        _number(table, "unspent", usual.unspent),
        table.table.get("print_grade", usual.print_grade),
        _tiers(table),
        _one_of(table, "department", usual.department, ("weighted", "mean")),
    )


def tasks_of(typed: Any, source: str) -> TaskSettings:
    """[tasks]. Raises `ProfileError` that names the wrong key."""
    table = _optional(typed, source, "tasks.", _TASKS)
    usual = TaskSettings()
    days = table.table.get("soon_days", usual.soon_days)
    if days < 0:
        raise table.fail("soon_days", "应为不小于 0 的整数")
    return TaskSettings(_one_of(table, "by", usual.by, ("month", "quarter")), days)


def _optional(typed: Any, source: str, prefix: str, known: Mapping[str, type]) -> Table:
    table = Table(typed, source, prefix)
    table.only(known, frozenset(known))
    return table


def _one_of(table: Table, key: str, usual: str, allowed: tuple[str, ...]) -> str:
    value = table.table.get(key, usual)
    if value not in allowed:
        raise table.fail(key, f"应为 {'、'.join(allowed)} 之一，现在是 {value}")
    return str(value)


def _number(table: Table, key: str, usual: Decimal) -> Decimal:
    return table.decimal(key, table.table[key]) if key in table.table else usual


def _share(table: Table, key: str, usual: Decimal) -> Decimal:
    return table.decimal(key, table.table[key], highest=_HUNDRED) if key in table.table else usual


def _list(table: Table, key: str, usual: tuple[Decimal, ...]) -> list[Decimal]:
    return [table.decimal(key, one) for one in table.table.get(key, [])] if key in table.table else list(usual)


def _numbers(table: Table, key: str) -> dict[str, Decimal]:
    found = {name: table.decimal(f"{key}.{name}", one, highest=_HUNDRED) for name, one in table.table[key].items()}
    if not found:
        raise table.fail(key, "没有写")
    return found


def _is_month(month: Any) -> bool:
    return type(month) is int and 1 <= month <= _LAST_MONTH


def _month_key(table: Table, key: str, month: str) -> int:
    if not month.isdecimal() or not _is_month(int(month)):
        raise table.fail(f"{key}.{month}", "应为月份")
    return int(month)


def _by_month(table: Table, key: str) -> dict[int, Decimal]:
    typed = table.table.get(key, {})
    return {
        _month_key(table, key, month): table.decimal(f"{key}.{month}", one, highest=_HUNDRED)
        for month, one in typed.items()
    }


def _due(table: Table) -> dict[int, str]:
    found: dict[int, str] = {}
    for month, day in table.table["due"].items():
        is_text = isinstance(day, str) and len(day) == 4 and day.isdecimal() and _is_month(int(day[:2]))
        if not is_text or not 1 <= int(day[2:]) <= calendar.monthrange(2024, int(day[:2]))[1]:
            raise table.fail(f"due.{month}", '应为四位月日，如 "0720"')
        found[_month_key(table, "due", month)] = day
    return found


def _reasons(table: Table, usual: MonitorSettings) -> tuple[str, ...]:
    if "reason_when" not in table.table:
        return usual.reason_when
    found = table.texts("reason_when")
    if not {*found} <= {"red", "yellow", "blue"}:
        raise table.fail("reason_when", "应是 red、yellow、blue 中的几个")
    return found


def _satisfaction(table: Table, usual: Satisfaction) -> Satisfaction:
    if "satisfaction" not in table.table:
        return usual
    own = _optional(table.table["satisfaction"], table.source, f"{table.prefix}satisfaction.", _SATISFACTION)
    per = _number(own, "per", usual.per)
    if not per:
        raise own.fail("per", "应大于 0")
    method = _one_of(own, "method", usual.method, ("ratio", "steps"))
    return Satisfaction(method, per, _number(own, "deduct", usual.deduct))


def _tiers(table: Table) -> tuple[tuple[Decimal, Decimal], ...]:
    made: list[tuple[Decimal, Decimal]] = []
    for tier in table.table.get("tiers", []):
        if not isinstance(tier, list) or len(tier) != 2:
            raise table.fail("tiers", '应为 [["100", "10"], ["80", "7"]] 这样的列表：执行率不低于多少，得几分')
        made.append((table.decimal("tiers", tier[0]), table.decimal("tiers", tier[1])))
    if [least for least, _ in made] != sorted({least for least, _ in made}, reverse=True):
        raise table.fail("tiers", "应由高到低")
    return tuple(made)
