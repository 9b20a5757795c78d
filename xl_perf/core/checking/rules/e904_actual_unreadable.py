"""实际完成值、分值或得分看不懂。

为什么：看不懂的数算不出得分，也加不进总分；猜一个数会把错误藏起来。
怎样认：实际完成值不是数而年度指标值是数；单位与年度指标值不同（元与万元会换算）；90% 的指标填了 0.9，
不知道是 90%还是 0.9%（100% 的填 1.2 也是）；填了 95 而没有百分号的读作 95%，报警告；定性指标填的不是三档之一；
“≥80人”“约80人”不是确切的数；期限指标既不是日期也不是“按时完成”“未完成”，
或是日历上没有的日期（2月30日），或早于本年度；分值、得分、
总分不是数。表样按工作簿自动选的口径（没有人指定，也不是本程序的工作簿）时，实际完成值只查年度指标值是数的行，
报警告：定性指标各地写法不同。
怎样改：按年度指标值的单位填数；定性指标填三档之一；期限指标填完成日期，如 2023-12-28。
依据：财预〔2020〕10号；项目支出绩效自评表。
"""

from collections.abc import Iterator
from typing import Final

from xl_perf.core.cells.entry import Status
from xl_perf.core.checking.evaluated import EvaluatedRow, EvaluatedTable
from xl_perf.core.checking.report_reading import bare_rate
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.checking.unsaved import TO_SAVE, not_stored
from xl_perf.core.figures.reached import BANDS, Problem, is_no_day, measured
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.model.progress import UNKNOWN
from xl_perf.core.profile import Profile

_PROBLEMS: Final = frozenset({Problem.UNREADABLE, Problem.UNIT, Problem.UNCLEAR_RATE, Problem.ROUGH, Problem.TOO_EARLY})
_NUMBERS: Final = frozenset({"number", "range"})


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per cell."""
    if not seen.department.evaluations:
        return
    for one in seen.evaluated(profile):
        for row in one.rows:
            yield from _actual(one, row)
            for label, entry in (("分值", row.row.weight), ("得分", row.row.score)):
                if entry.status is Status.NO_VALUE:
                    yield one.find(entry, "E904", label, f"“{row.name}”的{label}是公式，{not_stored(entry)}", TO_SAVE)
                elif entry.status in UNKNOWN:
                    message = f"“{row.name}”的{label}“{entry.text}”不是数"
                    yield one.find(entry, "E904", label, message, f"{label}请填数，如 12.5")
        whole = one.whole
        for label, entry in (("分值", whole.weight), ("得分", whole.score), ("总分", one.table.total)):
            if entry.status is Status.NO_VALUE:
                yield one.find(entry, "E904", label, f"{label}是公式，{not_stored(entry)}", TO_SAVE)
            elif entry.status in UNKNOWN:
                message = f"{label}“{entry.text}”不是数"
                yield one.find(entry, "E904", label, message, f"{label}请填数")


def _actual(one: EvaluatedTable, row: EvaluatedRow) -> Iterator[Finding]:
    actual, target = row.row.actual, row.row.target
    if target.value is None:
        return
    kind = target.value.kind
    if row.scored.problem is None and kind in _NUMBERS and measured(target.value, actual).is_assumed:
        yield one.find(
            actual, "E904", "实际完成值", *bare_rate(row.name, "实际完成值", actual), severity=Severity.WARNING
        )
    if row.scored.problem not in _PROBLEMS:
        return
    if not one.is_ours and kind not in _NUMBERS:
        return
    if row.scored.problem is Problem.UNIT:
        message = f"“{row.name}”的实际完成值“{actual.text}”与年度指标值“{target.text}”单位不同"
        remedy = f"请按“{target.value.unit}”填写" if target.value.unit else "请用与年度指标值相同的单位填写"
    elif row.scored.problem is Problem.UNCLEAR_RATE:
        message = f"“{row.name}”的实际完成值“{actual.text}”，不知道是百分之几"
        remedy = "请带上百分号，如 90%"
    elif row.scored.problem is Problem.ROUGH:
        message = f"“{row.name}”的实际完成值“{actual.text}”不是确切的数"
        remedy = "请填确切的数，去掉“≥”“约”“左右”等字样"
    elif row.scored.problem is Problem.TOO_EARLY:
        message = f"“{row.name}”的完成日期“{actual.text}”早于本年度"
        remedy = "请核对年份；确实在本年以前已经完成的，填“提前完成”"
    elif kind == "words":
        message = f"“{row.name}”是定性指标，“{actual.text}”不是三档之一"
        remedy = f"请填：{'、'.join(BANDS)}"
    elif kind == "yes-no":
        message = f"“{row.name}”的实际完成值“{actual.text}”不是“是”或“否”"
        remedy = "请填“是”或“否”；部分达成的填“部分达成预期指标并具有一定效果”并填得分"
    elif kind == "deadline":
        what = "不是日历上的日期" if is_no_day(actual) else "不是日期"
        message = f"“{row.name}”的实际完成值“{actual.text}”{what}"
        remedy = "请填完成的日期，如 2023-12-28；没有完成的填“未完成”"
    else:
        message = f"“{row.name}”的实际完成值“{actual.text}”不是数，年度指标值是“{target.text}”"
        remedy = "请填数和单位，与年度指标值的写法相同"
    severity = None if one.is_ours else Severity.WARNING
    yield one.find(actual, "E904", "实际完成值", message, remedy, expected=target.text, severity=severity)


RULE = Rule("E904", Severity.ERROR, check, __doc__)
