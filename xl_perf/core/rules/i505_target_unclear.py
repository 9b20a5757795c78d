"""指标值看不懂。

为什么：看不懂的指标值无法考核，也无法汇总。
怎样认：不是数值（可带 = ≥ ≤ 等符号和单位）、区间、期限、是/否，也不是文字描述；
或者该填比率的地方是一个不大于 1 的数——在普通格式的单元格里输入 90%，Excel 会存成 0.9。
怎样改：写成 ≥90%、=78人、2023年12月底前、是 这样的形式；比率要带百分号。
依据：项目绩效目标表第 6 部分；比率的用词见口径文件 words.rate。
"""

from collections.abc import Iterator
from decimal import Decimal

from xl_perf.core.findings import Finding, Severity, at
from xl_perf.core.model import Department, Indicator, Status
from xl_perf.core.profile import Profile
from xl_perf.core.rules.base import Rule
from xl_perf.core.values import plain


def check(department: Department, profile: Profile) -> Iterator[Finding]:
    """One finding per indicator."""
    for project in department.projects:
        for indicator in project.indicators:
            target = indicator.target
            if target.status is Status.UNREADABLE:
                message = f"看不懂指标值“{target.text}”"
                yield at(target, "I505", "指标值", message, "请写成 ≥90%、=78人、2023年12月底前、是 这样的形式")
                continue
            share = _bare_share(indicator, profile)
            if share is not None:
                percent = f"≥{plain(share * 100)}%"
                message = f"指标值是 {target.text}，这里应填比率"
                yield at(target, "I505", "指标值", message, f"请写成 {percent}（带百分号的文字）", expected=percent)


def _bare_share(indicator: Indicator, profile: Profile) -> Decimal | None:
    """A number of at most 1 without operator and unit where a rate is meant: 90 % as Excel stored it."""
    target = indicator.target.value
    if target is None or target.kind != "number" or target.operator or target.unit or target.low is None:
        return None
    if not 0 < target.low <= 1:
        return None
    is_rate = indicator.level1.value == "满意度" or profile.rate_words.search(
        f"{indicator.level3.text} {indicator.description.text}"
    )
    return target.low if is_rate else None


RULE = Rule("I505", Severity.WARNING, check, __doc__)
