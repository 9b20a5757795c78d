"""资金执行亮黄灯：执行率落后于计划。

为什么：现在抓紧还来得及。
怎样认：执行率 ÷ 参照进度在口径规定的 60% 到 80% 之间。参照与差额同 M807。
怎样改：抓紧支出；确有原因的写明。
依据：口径文件 [monitor] 的 against、yellow、red；财预〔2018〕136号。
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
    for one, spent in lit(seen.monitored(profile), [Light.YELLOW]):
        yield behind(one, spent, settings, "M808", "请抓紧支出；确有原因的写明")


RULE = Rule("M808", Severity.HINT, check, __doc__)
