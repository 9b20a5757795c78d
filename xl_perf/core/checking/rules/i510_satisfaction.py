"""满意度没有写比率，或低于规定的下限。

为什么：满意度靠问卷调查得出，要有比率才能考核。
怎样认：满意度指标的指标值不是百分数；或百分数低于口径规定的下限（默认 80%）。
空着的由 I504 报，看不懂的由 I505 报，超出 0–100% 的由 I509 报。
怎样改：写成 ≥90% 这样的形式，不低于下限。
依据：下限见口径文件 minimum_satisfaction。
"""

from collections.abc import Iterator

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule, bare_share, has_placeholder
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per indicator of the branch 满意度."""
    least = profile.minimum_satisfaction
    for indicator in seen.indicators.rows:
        target = indicator.target.value
        if target is None or indicator.level1.value != "满意度":
            continue
        if not target.is_rate:
            if bare_share(indicator, profile) is None and not has_placeholder(indicator.target, profile):
                message = f"满意度写的是“{indicator.target.text}”，没有写比率"
                yield at(indicator.target, "I510", "指标值", message, "请写成 ≥90% 这样的形式")
        elif target.low is not None and target.unit == "%" and 0 <= target.low < least:
            yield at(
                indicator.target,
                "I510",
                "指标值",
                f"满意度 {plain(target.low)}%，低于规定的 {plain(least)}%",
                f"请改为不低于 {plain(least)}%；确实达不到的请说明理由",
                expected=f"≥{plain(least)}%",
                difference=f"{plain(target.low - least)}%",
            )


RULE = Rule("I510", Severity.WARNING, check, __doc__)
