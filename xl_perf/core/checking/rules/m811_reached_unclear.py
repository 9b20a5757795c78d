"""执行情况看不懂，或单位与年度指标值不同。

为什么：看不懂的数算不出完成比，灯也亮不了。
怎样认：年度指标值是数而执行情况不是数；单位不同（元与万元会换算）；90% 的指标填了 0.9，不知道是百分之几；
填了 95 而没有百分号的读作 95%，报警告；“≥80人”“约80人”不是确切的数；
有期限的指标填的日期日历上没有（2023-13-05），早于本年度，或晚于监控的期末（1—6月填了 12 月的日期）。
“性质”不是“累计”“时点”的，报警告。
定性指标怎样写都可以；还没有到期的（年底才填的二级指标、期限没有到的）可以用文字写，如“未调查”。
空着的由 M810 报，错误值由 S105 报。
怎样改：按年度指标值的单位填数；有期限的填完成的日期。
依据：项目支出绩效目标执行监控表“1—N月执行情况”。
"""

from collections.abc import Iterator

from xl_perf.core.cells.targets import Target
from xl_perf.core.checking.monitored import MonitoredRow, MonitoredTable
from xl_perf.core.checking.report_reading import bare_rate
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.monitoring import NATURES, nature_of
from xl_perf.core.figures.reached import Problem
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per indicator."""
    if not seen.department.monitoring:
        return
    for one in seen.monitored(profile):
        for row in one.rows:
            yield from _nature(one, row)
            reached, target = row.row.reached, row.row.target
            if target.value is None:
                continue
            if row.problem is None and row.is_assumed:
                told, remedy = bare_rate(row.name, "执行情况", reached)
                yield one.find(reached, "M811", "执行情况", told, remedy, severity=Severity.WARNING)
            if row.problem not in {None, Problem.BLANK}:
                message, remedy = _told(one, row, target.value)
                yield one.find(reached, "M811", "执行情况", message, remedy, expected=target.text)


def _nature(one: MonitoredTable, row: MonitoredRow) -> Iterator[Finding]:
    nature = row.row.nature
    if nature.value and nature.value not in NATURES:
        message = f"“{row.name}”的性质“{nature.text}”看不懂，按“{nature_of(row.row)}”计算"
        remedy = f"请填“{'”或“'.join(NATURES)}”"
        yield one.find(nature, "M811", "性质", message, remedy, severity=Severity.WARNING)


def _told(one: MonitoredTable, row: MonitoredRow, target: Target) -> tuple[str, str]:
    """What is wrong, and what to do about it."""
    told, unit = f"“{row.name}”的执行情况“{row.row.reached.text}”", target.unit
    wanted = f"年度指标值“{row.row.target.text}”"
    match row.problem:
        case Problem.UNIT:
            remedy = f"请按“{unit}”填写" if unit else "请用与年度指标值相同的单位填写"
            return f"{told}与{wanted}单位不同", remedy
        case Problem.UNCLEAR_RATE:
            return f"{told}，不知道是百分之几", "请带上百分号，如 90%"
        case Problem.ROUGH:
            return f"{told}不是确切的数", "请填确切的数，去掉“≥”“约”“左右”等字样"
        case Problem.TOO_EARLY:
            return f"{told}早于本年度", "请核对年份；确实在本年以前已经完成的，填“提前完成”"
        case Problem.TOO_LATE:
            remedy = "请填已经完成的日期；还没有完成的填“未完成”，预计的日期填在全年预计完成情况"
            return f"{told}晚于{one.period}的期末，那时还没有到", remedy
    if target.kind == "deadline":
        return f"{told}不是日历上的日期", "请填完成的日期，如 2023-12-28；没有完成的填“未完成”"
    return f"{told}不是数，年度指标值是“{row.row.target.text}”", "请填数和单位，与年度指标值的写法相同"


RULE = Rule("M811", Severity.ERROR, check, __doc__)
