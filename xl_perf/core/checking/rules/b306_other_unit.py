"""金额用了别的单位，或大得像是按元填的。

为什么：表中金额的单位是万元；单位弄错，数目差一万倍。
怎样认：金额后面写了元、千元、亿元等单位，或金额夹在文字里（需要资金 773 万元）；程序已精确换算成万元。
整张表用了别的单位的由 B307 提示，单位不能确定的由 B308 报，这里都不再报；
或预算数大于口径规定的数（默认 100,000 万元，即 10 亿元）。
怎样改：按万元填写；确实如此的，写明理由后接受这条警告。
依据：项目绩效目标表第 3 部分；界限见口径文件 yuan_from。
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from xl_perf.core.cells.entries import named_unit
from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.values import plain, stored_number, to_amount
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Edit, Finding, Severity, at
from xl_perf.core.profile import Profile

_WAN: Final = frozenset({"", "万", "万元", "万元整"})


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per amount."""
    for project in seen.projects:
        note = project.unit
        is_undeclared = note is not None and not note.where and project.kind.states_unit
        if note is not None and is_undeclared:
            message = f"表里没有写金额单位，按{note.unit}计入"
            remedy = f"请核对，并在“{project.kind.labels.get('money_part', '金额')}”处写明单位，如（{note.unit}）"
            yield Finding("B306", message, remedy, project.sheet, note.row, note.column, "金额单位", expected=note.unit)
        if (note is None or is_undeclared) and not project.conflicts:
            for label, amount in project.amounts:
                value = amount.value
                if value is not None and (isinstance(amount.typed, str) or value > profile.yuan_from):
                    yield from _findings(label, amount, value, profile)


def _findings(label: str, amount: Entry[Decimal], value: Decimal, profile: Profile) -> Iterator[Finding]:
    if isinstance(amount.typed, str) and (_names_other_unit(amount.typed) or to_amount(amount.typed) is None):
        wan = plain(value)
        message = f"{label}写的是“{amount.text}”，已换算为 {wan} 万元"
        yield at(amount, "B306", label, message, f"请按万元填写：{wan}", expected=wan, edit=_edit(amount))
    elif value > profile.yuan_from:
        message = f"{label} {plain(value)} 万元，数目过大，可能是按元填的"
        yield at(amount, "B306", label, message, "请核对单位，按万元填写", found=plain(value))


def _names_other_unit(typed: str) -> bool:
    return named_unit(typed) not in _WAN


def _edit(amount: Entry[Decimal]) -> Edit | None:
    """The amount in 万元 as a number, if a cell can hold its every digit."""
    if amount.value is None or stored_number(float(amount.value)) != amount.value:
        return None
    return Edit(amount.sheet, amount.row, amount.column, amount.typed, float(amount.value))


RULE = Rule("B306", Severity.WARNING, check, __doc__)
