"""有的项目没有当期的绩效监控表，或监控表的项目不在本工作簿里。

为什么：设了绩效目标的项目都要监控；名称或编码写错，执行数就记不到项目上。
怎样认：工作簿里既有绩效目标表又有监控表时，每一期按项目编码、再按项目名称对应。没有对应上的目标表、没有对应上的
监控表、同一期同一项目的第二张监控表各报一处。只有监控表的工作簿只报看不出月份的表。
表里写的月份与工作表名的月份（监控-6月）不同的，或标题与栏名写的月份不同的，按栏名计入，报警告。
表里写的年度与工作簿的不同的，这张表不计入，报错误；同一项目另有本年度这一期的表的，报警告。
怎样改：按“新建监控”，或从已有的监控表复制一张；名称或编码写错的改正；重复的删去一张；标题下写明年度和月份。
依据：财政部 财预〔2018〕136号《中央部门预算绩效运行监控管理暂行办法》；项目支出绩效目标执行监控表。
"""

from collections.abc import Iterator, Sequence

from xl_perf.core.checking.monitored import MonitoredTable
from xl_perf.core.checking.report_reading import by_year, of_other_year
from xl_perf.core.checking.rules.base import Rule, in_form
from xl_perf.core.checking.seen import Seen
from xl_perf.core.forms.report_words import month_of_sheet
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per table without month or project, and per project without a table of a period."""
    if not seen.department.monitoring:
        return
    tables = seen.monitored(profile)
    for one in tables:
        if one.table.month.value is None:
            message, remedy = "看不出这张监控表是几月的", "请在标题下写明，如（2023年度 1—6月）"
            yield one.find(one.table.name, "M801", "月份", message, remedy)
        yield from _other_month(one)
    own, others = by_year(seen.department, tables)
    for one in others:
        has_own = any(its.table.month.value == one.table.month.value and its.table.is_of(one.table) for its in own)
        yield from of_other_year(seen.department, one.table, "M801", has_own=has_own)
    if not seen.projects:
        return
    yield from _compared(seen, own, others)


def _compared(seen: Seen, own: Sequence[MonitoredTable], others: Sequence[MonitoredTable]) -> Iterator[Finding]:
    """The tables of each period beside the projects of the book."""
    having: dict[int, set[int]] = {}
    for one in own:
        month = one.table.month.value
        if month is None:
            continue
        known = having.setdefault(month, set())
        if one.project is None:
            name = one.table.name
            message = f"绩效目标表里没有“{name.text}”这个项目" if name.text else "监控表没有写项目名称"
            remedy = "请核对项目名称和编码；不是本部门项目的，请删去这张监控表"
            yield one.find(name, "M801", "项目名称", message, remedy)
        elif id(one.project) in known:
            message = f"“{one.project.title}”{month}月有两张监控表，不知道以哪一张为准"
            yield one.find(one.table.name, "M801", "项目名称", message, "请只留一张")
        else:
            known.add(id(one.project))
    for one in others:  # a project whose table is of another year is reported there
        having.get(one.table.month.value or 0, set()).add(id(one.project))
    for month, known in sorted(having.items()):
        for project in seen.projects:
            if project.key and id(project) not in known:
                message = f"“{project.title}”没有{month}月的绩效监控表"
                remedy = "请按“新建监控”，或复制一张监控表填写"
                yield in_form(project, "M801", "项目名称", message, remedy)


def _other_month(one: MonitoredTable) -> Iterator[Finding]:
    """The table and the name of its sheet say different months: one of them was left from the last period."""
    said, other, of_sheet = one.table.month, one.table.other_month, month_of_sheet(one.table.sheet)
    if other is not None and said.value is not None:
        message = f"这张表一处写的是“{said.text}”，一处写的是“{other.text}”，按 1—{said.value}月计入"
        expected = f"1—{said.value}月"
        remedy = "请核对是哪一期的，改正写错的一处"
        yield one.find(other, "M801", "月份", message, remedy, expected=expected, severity=Severity.WARNING)
    if said.value is None or of_sheet is None or said.value == of_sheet:
        return
    message = f"表里写的是“{said.text}”，工作表名是“{one.table.sheet}”，按 1—{said.value}月计入"
    remedy = "请核对是哪一期的，改正写错的一处"
    expected = f"1—{of_sheet}月"
    yield one.find(said, "M801", "月份", message, remedy, expected=expected, severity=Severity.WARNING)


RULE = Rule("M801", Severity.ERROR, check, __doc__)
