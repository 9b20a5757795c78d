"""工作簿中没有项目绩效目标表。

为什么：没有可读的表，就没有可汇总的项目。
怎样认：程序按官方表样的标签（项目编码、预算规模及资金用途、资金支出计划（%）、绩效目标、三级指标……）找表，
不论表在哪个工作表、哪一行；同一处出现三种以上标签才算一张表。只有一张还没有填写的空表时，报 F201。
只有监控表、自评表、部门整体绩效目标表等别的表时不报，S110 说明是哪些表；只有任务分解、监督记录的也不报。
怎样改：确认是否选错了文件；在模板中填写，或把表粘贴进来时保留标签。本单位用自己的表样的，用 xl-perf form learn
做一份样表，放在工作簿旁边。
依据：河北省部门预算绩效文本的项目绩效目标表表样。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding on the book."""
    own = seen.department
    lists = (*own.tasks, *own.supervision)
    if not (seen.projects or own.blank_forms or own.own_targets or own.tables or lists):
        yield Finding(
            "S101", "没有找到项目绩效目标表", "请确认文件是否选对；本单位自己的表样，先用 xl-perf form learn 做一份样表"
        )


RULE = Rule("S101", Severity.ERROR, check, __doc__)
