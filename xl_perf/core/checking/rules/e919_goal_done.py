"""实际完成情况没有写，或与预期目标一样。

为什么：自评要说做到了什么；照抄目标说明不了完成的情况。
怎样认：实际完成情况为空或只有占位符，报错误；去掉空格和末尾标点后与预期目标相同，报提示。表上没有这一栏的不报。
怎样改：对照预期目标，写做到了什么、没做到什么，最好有数。
依据：财预〔2020〕10号；项目支出绩效自评表“实际完成情况”。
"""

from collections.abc import Iterator

from xl_perf.core.cells.characters import folded
from xl_perf.core.checking.evaluated import is_left_blank
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per table."""
    if not seen.department.evaluations:
        return
    remedy = "请对照预期目标，写做到了什么、没做到什么"
    for one in seen.evaluated(profile):
        done, goal = one.table.goal_done, one.table.goal
        if is_left_blank(done):
            yield one.find(done, "E919", "实际完成情况", "没有写实际完成情况", remedy, severity=Severity.ERROR)
        elif done.value and _bare(done.value) == _bare(goal.value or ""):
            yield one.find(done, "E919", "实际完成情况", "实际完成情况与预期目标一字不差", remedy)


def _bare(text: str) -> str:
    return folded(text).rstrip("。.;,!")


RULE = Rule("E919", Severity.HINT, check, __doc__)
