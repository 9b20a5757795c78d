"""指标值看不懂。

为什么：看不懂的指标值无法考核，也无法汇总。
怎样认：不是数值（可带 = ≥ ≤ 等符号和单位）、区间、期限、是/否，也不是文字描述；
或者该填比率的地方是一个不大于 1 的数——在普通格式的单元格里输入 90%，Excel 会存成 0.9。
指标值和计量单位分两格填的，单位格里是 %、指标值格里是不大于 1 的数（符号不是 ≤、<），也报：看上去的 95% 存的是 0.95。
没有替换的占位文字（***、XX）由 F209 报。
怎样改：写成 ≥90%、=78人、2023年12月底前、是 这样的形式；比率要带百分号。
依据：项目绩效目标表第 6 部分；比率的用词见口径文件 words.rate。
"""

from collections.abc import Iterator

from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule, bare_share, has_placeholder, split_share
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per indicator."""
    for indicator in seen.indicators.by_kind[None]:
        target = indicator.target
        if target.status is Status.UNREADABLE and not has_placeholder(target, profile):
            message = f"看不懂指标值“{target.text}”"
            yield at(target, "I505", "指标值", message, "请写成 ≥90%、=78人、2023年12月底前、是 这样的形式")
    for indicator in seen.indicators.by_unit[""]:
        share = bare_share(indicator, profile)
        if share is not None:
            percent = f"≥{plain(share * 100)}%"
            message = f"指标值是 {indicator.target.text}，这里应填比率"
            remedy = f"请写成 {percent}（带百分号的文字）"
            yield at(indicator.target, "I505", "指标值", message, remedy, expected=percent)
    for indicator in seen.indicators.by_unit["%"]:
        share = split_share(indicator, profile)
        if share is not None:
            message = f"指标值读作 {plain(share)}%，若单元格显示的是 {plain(share * 100)}%，就差了一百倍"
            remedy = f"是 {plain(share * 100)}% 的，请在指标值格里填 {plain(share * 100)}，计量单位格里填 %"
            yield at(indicator.target, "I505", "指标值", message, remedy, expected=f"{plain(share * 100)}%")


RULE = Rule("I505", Severity.WARNING, check, __doc__)
