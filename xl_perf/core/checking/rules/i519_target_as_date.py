"""指标值变成了日期。

为什么：在 Excel 里填“3-5”“1/2”，会被自动改成 3月5日、1月2日，原来的意思就没了。
怎样认：指标值是日期单元格，而这一行不是时效指标。
怎样改：把单元格的格式改为文本，再填一遍，写上单位，如 3-5天。
依据：项目绩效目标表第 6 部分。
"""

import datetime
from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per indicator."""
    for indicator in seen.indicators.by_kind["deadline"]:
        target = indicator.target
        day = target.typed
        if isinstance(day, datetime.date) and "时效" not in (indicator.level2.value or ""):
            typed = f"{day.month}-{day.day}"
            message = f"指标值是日期“{target.text}”，多半是填的“{typed}”被 Excel 改成了日期"
            remedy = f"请把单元格的格式改为文本，再填一遍，写上单位，如 {typed}天"
            yield at(target, "I519", "指标值", message, remedy, expected=typed)


RULE = Rule("I519", Severity.WARNING, check, __doc__)
