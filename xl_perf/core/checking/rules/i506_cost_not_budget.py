"""成本指标的金额与预算数对不上。

为什么：项目总成本就是预算数，两处应当一致。
怎样认：成本指标中带金额（万元、元等）的指标值：只有一个“=”金额而不等于预算数，或几个“=”金额之和不等于预算数，报错误；
“≤”金额大于预算数，报警告。没有写符号的金额按“=”算。单位成本不算：单位是元/人、元/月等，或名称中有人均、每人、补助标准等
（口径文件的 words.unit_cost）。预算数本身有错误时不报。没有人指定口径、只是按部的表样校验时，都报警告。
怎样改：核对预算数与成本指标，改成一致。
依据：项目绩效目标表第 3、6 部分；成本指标的位置见口径文件 cost。
"""

from collections.abc import Iterator
from decimal import Decimal

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule, budget_adds_up
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.totals import EXACT, ZERO
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.model.project import Indicator, Project
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per form for "=" amounts (on the first), one per "≤" amount."""
    for project, costs in seen.indicators.under(profile.cost_second):
        budget = project.budget.value
        if budget is None:
            continue
        fixed: list[Indicator] = []
        total = ZERO
        for indicator in costs:
            target = indicator.target.value
            amount = None if target is None else target.amount
            if target is None or amount is None or profile.unit_cost_words.search(indicator.level3.text):
                continue
            if target.operator in {"=", ""}:
                fixed.append(indicator)
                total = EXACT.add(total, amount)
            elif target.operator in {"≤", "<"} and amount > budget and budget_adds_up(project):
                what = f"成本上限 {plain(amount)} 万元"
                yield _finding(project, indicator, what, amount, Severity.WARNING)
        if fixed and total != budget and budget_adds_up(project):
            what = "成本指标" if len(fixed) == 1 else f"{len(fixed)}个成本指标合计"
            yield _finding(project, fixed[0], f"{what} {plain(total)} 万元", total, Severity.ERROR)


def _finding(project: Project, indicator: Indicator, what: str, amount: Decimal, severity: Severity) -> Finding:
    budget, name = project.budget.value or ZERO, project.budget_name
    expected, difference = f"{plain(budget)} 万元", plain(EXACT.subtract(amount, budget))
    is_error = severity is Severity.ERROR
    message = f"{what}，与{name} {expected}不一致" if is_error else f"{what}，超过{name} {expected}"
    finding = at(indicator.target, "I506", "指标值", message, f"请核对{name}与成本指标，改成一致", severity=severity)
    return finding._replace(expected=f"{plain(budget)}万元", difference=difference)


RULE = Rule("I506", Severity.ERROR, check, __doc__)
