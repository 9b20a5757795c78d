"""工作簿里还有别的种类的表，不算项目。

为什么：监控表、自评表、部门整体绩效目标表里也有金额，不能当作又一个项目加进合计。
怎样认：按标题和表头认出的绩效监控表、绩效自评表、部门整体绩效目标表等；每张列一次。
有绩效目标表的工作簿里，项目的监控表和自评表不列：由 M、E 各条检查，不认得的项目由 M801、E901 报。
怎样改：不影响校验和汇总。
依据：预算绩效管理各环节的表样。
"""

from collections.abc import Iterator

from xl_perf.core.checking.evaluated import is_of_project
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per table."""
    own = seen.department
    read = (*own.monitoring, *filter(is_of_project, own.evaluations)) if own.projects else ()
    reports = {(one.sheet, one.area[0]) for one in read}
    for table in own.tables:
        if not table.holds_projects and (table.sheet, table.row) not in reports:
            message = f"“{table.title}”不是项目绩效目标表，没有计入项目和合计"
            remedy = "不用处理；若应算作项目，请改用项目绩效目标表"
            yield Finding("S110", message, remedy, table.sheet, table.row, table.column, "工作表", table.title)


RULE = Rule("S110", Severity.HINT, check, __doc__)
