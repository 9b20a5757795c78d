"""工作簿里还有别的种类的表，不算项目。

为什么：监控表、自评表、部门整体绩效目标表里也有金额，不能当作又一个项目加进合计。
怎样认：按标题和表头认出的绩效监控表、绩效自评表、部门整体绩效目标表等；每张列一次。
有绩效目标表的工作簿里，项目的监控表和自评表不列：由 M、E 各条检查，不认得的项目由 M801、E901 报。只有监控表、自评表的
工作簿里列出，写明已按监控表、自评表读入。
怎样改：不影响校验和汇总。
依据：预算绩效管理各环节的表样。
"""

from collections.abc import Iterator, Mapping
from typing import Final

from xl_perf.core.checking.evaluated import is_of_project
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.forms.kind import Family
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile

_CALLED: Final[Mapping[str, str]] = {Family.MONITORING: "监控表", Family.EVALUATION: "自评表"}


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per table."""
    own = seen.department
    reports = {(one.sheet, one.area[0]) for one in (*own.monitoring, *filter(is_of_project, own.evaluations))}
    for table in own.tables:
        is_report = (table.sheet, table.row) in reports
        if not table.holds_projects and not (is_report and own.projects):
            message = f"“{table.title}”不是项目绩效目标表，没有计入项目和合计"
            remedy = "不用处理；若应算作项目，请改用项目绩效目标表"
            if is_report:
                message = (
                    f"“{table.title}”已按{_CALLED[table.family]}读入和校验；这本里没有项目绩效目标表，预算合计里没有它"
                )
                remedy = "不用处理；要对照绩效目标表，请把有目标表的一本一起给出"
            yield Finding("S110", message, remedy, table.sheet, table.row, table.column, "工作表", table.title)


RULE = Rule("S110", Severity.HINT, check, __doc__)
