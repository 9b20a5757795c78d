"""金额用了别的单位，或大得像是按元填的。

为什么：表中金额的单位是万元；单位弄错，数目差一万倍。
怎样认：金额后面写了元、千元、亿元等单位，或金额夹在文字里（需要资金 773 万元）；程序已精确换算成万元。
整张表用了别的单位的由 B307 提示，单位不能确定的由 B308 报，合计没有加上它的由 B309 报，这里都不再报；
或本单位的表没有照样表写单位，按样表的单位计入，大小像是别的单位的不计入（B308）；
或预算数大于口径规定的数（默认 100,000 万元，即 10 亿元）。
或表上没有写单位，而成本指标（各项合计）、资金用途或绩效目标里写的总金额，要把预算数当作元才相符，
如预算数 90000，成本“≤9万元”。文字里只看“共需资金、总投资、预算”之类后面的金额，其中有与预算数相符的就不报；
单位成本不算，写“=”的由 I506 报。
怎样改：按万元填写；确实如此的，写明理由后接受这条警告。
依据：项目绩效目标表第 3 部分；界限见口径文件 yuan_from。
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.units import UNITS
from xl_perf.core.cells.values import EXACT, decimal_of, plain, stored_number, to_amount
from xl_perf.core.checking.rules.base import Rule, budget_adds_up, names_other_unit
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.totals import ZERO
from xl_perf.core.model.findings import Edit, Finding, Severity, at
from xl_perf.core.model.project import Indicator, Project
from xl_perf.core.profile import Profile

_YUAN: Final = UNITS["元"]
_WHOLE: Final = (
    r"(?:[共总]需(?:要)?|合计|共计|总计|总投资|总额|[总概]?预算(?:为|数|金额|资金|总额)?|所需|需要?)"
    r"(?:安排|投入|申请|支出)?(?:财政|专项|项目|本级)?(?:资金|经费|金额|费用)?(?:为|约|是|共|总额|合计)?[:：]? ?"
    r"(\d[\d,]*(?:\.\d+)?) ?(亿元|百万元|万元|千元|元|万)(?![/每])"
)
"""The whole amount in a text: 共需资金 9 万元."""
_OF_ONE: Final = r"每|人均|户均|亩均|单价|标准|其中"
"""A clause about one of many, or about a part."""
_CLAUSE: Final = r"[，,；;。\n](?!\d)"


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per amount."""
    of_b309 = {(one.sheet, one.row, one.column) for _, one in seen.text_amounts_passed_over}
    for project in seen.projects:
        note = project.unit
        is_undeclared = note is not None and not note.where and project.kind.states_unit
        if note is not None and is_undeclared:
            is_own = project.kind.learned is not None
            message = f"表里没有写金额单位，按{'样表的' * is_own}{note.unit}计入"
            where = "照样表" if is_own else f"在“{project.kind.labels.get('money_part', '金额')}”处"
            remedy = f"请核对，并{where}写明单位，如（{note.unit}）"
            yield Finding("B306", message, remedy, project.sheet, note.row, note.column, "金额单位", expected=note.unit)
        if (note is None or is_undeclared) and not project.conflicts:
            for label, amount in project.amounts:
                value = amount.value
                if (amount.sheet, amount.row, amount.column) in of_b309:
                    continue
                if value is not None and (isinstance(amount.typed, str) or value > profile.yuan_from):
                    yield from _findings(label, amount, value, profile)
    for project, costs in seen.indicators.under(profile.cost_second):
        if not project.says_unit and project.unit is None and not project.conflicts:
            yield from _as_yuan(project, costs, profile)


def _as_yuan(project: Project, costs: list[Indicator], profile: Profile) -> Iterator[Finding]:
    """The number of a form without unit fits what is written elsewhere in it, if it counts in 元."""
    budget, name = project.budget, project.budget_name
    value = budget.value
    if not value or value > profile.yuan_from or (isinstance(budget.typed, str) and names_other_unit(budget.typed)):
        return
    as_yuan = EXACT.multiply(value, _YUAN)
    found = _fitting_cost(project, costs, as_yuan, profile) or _fitting_text(project, value, as_yuan)
    if found is not None:
        message = f"{name} {budget.text} 按万元计入，但{found}：{name}按元算才相符"
        remedy = f"请核对单位：{name}若是元，请按万元填写 {plain(as_yuan)}，或在表上写明“单位：元”"
        yield at(budget, "B306", name, message, remedy, found=f"{plain(value)}万元", expected=f"{plain(as_yuan)}万元")


def _fitting_cost(project: Project, costs: list[Indicator], as_yuan: Decimal, profile: Profile) -> str | None:
    """The cost indicators whose amounts add up to the budget in 元, in Chinese; None where I506 speaks of them."""
    total, of = ZERO, []
    for one in costs:
        target = one.target.value
        amount = None if target is None or target.operator in {"≥", ">"} else target.amount
        if target is not None and amount is not None and not profile.unit_cost_words.search(one.level3.text):
            if target.operator in {"=", ""} and budget_adds_up(project):
                return None
            total = EXACT.add(total, amount)
            of.append(one.target)
    if not of or total != as_yuan:
        return None
    if len(of) > 1:
        return f"{len(of)}个成本指标合计 {plain(total)} 万元（{of[0].cell} 等）"
    return f"成本指标写的是“{of[0].text}”（{of[0].cell}）"


def _fitting_text(project: Project, value: Decimal, as_yuan: Decimal) -> str | None:
    """The whole amount in the purpose or a goal that is the budget in 元, in Chinese; None if one is the budget."""
    found = None
    for label, entry in (("资金用途", project.purpose), *(("绩效目标", goal) for goal in project.goals)):
        text = entry.value or ""
        for clause in re.split(_CLAUSE, text) if "元" in text or "万" in text else ():
            for match in re.finditer(_WHOLE, clause):
                number = decimal_of(match[1])
                amount = None if number is None else EXACT.multiply(number, UNITS[match[2]])
                if amount == value:
                    return None
                if amount == as_yuan and found is None and not re.search(_OF_ONE, clause):
                    found = f"{label}写的是“{match[1]}{match[2]}”（{entry.cell}）"
    return found


def _findings(label: str, amount: Entry[Decimal], value: Decimal, profile: Profile) -> Iterator[Finding]:
    if isinstance(amount.typed, str) and (names_other_unit(amount.typed) or to_amount(amount.typed) is None):
        wan = plain(value)
        message = f"{label}写的是“{amount.text}”，已换算为 {wan} 万元"
        yield at(amount, "B306", label, message, f"请按万元填写：{wan}", expected=wan, edit=_edit(amount))
    elif value > profile.yuan_from:
        message = f"{label} {plain(value)} 万元，数目过大，可能是按元填的"
        yield at(amount, "B306", label, message, "请核对单位，按万元填写", found=plain(value))


def _edit(amount: Entry[Decimal]) -> Edit | None:
    """The amount in 万元 as a number, if a cell can hold its every digit."""
    if amount.value is None or stored_number(float(amount.value)) != amount.value:
        return None
    return Edit(amount.sheet, amount.row, amount.column, amount.typed, float(amount.value))


RULE = Rule("B306", Severity.WARNING, check, __doc__)
