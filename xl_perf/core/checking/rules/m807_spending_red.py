"""资金执行亮红灯：执行率远落后于计划。

为什么：资金支出太慢，年底花不完，或突击花钱。
怎样认：执行率 ÷ 参照进度不到口径规定的 60%。参照是目标表的资金支出计划，没有计划的、口径写明按时间的，是时间进度。
参照进度是 0 的不报。差额 = 执行数 − 按参照应支出的数，单位万元。
怎样改：说明原因，写明加快支出的措施。
依据：口径文件 [monitor] 的 against、red；财预〔2018〕136号。
"""

from collections.abc import Iterator

from xl_perf.core.checking.monitored import behind, lit
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.monitoring import Light
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per table."""
    if not seen.department.monitoring:
        return
    settings = profile.monitor
    for one, spent in lit(seen.monitored(profile), [Light.RED]):
        yield behind(one, spent, settings, "M807", "请说明原因，写明加快支出的措施")


RULE = Rule("M807", Severity.WARNING, check, __doc__)
