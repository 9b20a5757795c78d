"""工作表像项目绩效目标表，却读不出来，它的金额不在合计里。

为什么：没有读出来的表，金额就不在合计里；不说出来，合计少了也没有人知道。
怎样认：工作表上没有读出任何表，却有表的标题和两个以上标签（或一个金额），或有三个以上标签（星号、括号、编号、繁体等都不计较）；
表写在文本框里；表被合并单元格盖住；只有一张图片，而工作表的名称像项目表的；
离表格很远（10000 行或 200 列以外）而没有读的几个单元格；或是还不能读的另一种项目表；
或是一个项目一行的绩效目标汇总表，其中有的项目在别处没有读到。
封面、目录、填报说明和空白表不报，没有读的工作表由 S109 列出。
怎样改：把标签补全，标签和内容分写在两个单元格里；图片、文本框里的表请填到模板里。
依据：本程序按标签找表，见 S102。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile

_REMEDY = "请把标签补全，标签和内容分写在两格；图片或文本框里的表请填到模板里"


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per sheet, or per table of a kind that cannot be read."""
    for one in seen.department.unread:
        if one.looks_like_form:
            message = f"工作表“{one.sheet}”{one.reason}，它的金额不在合计里"
            yield Finding("S108", message, one.remedy or _REMEDY, one.sheet, one.row, one.column, "工作表", one.reason)
    for table in seen.department.tables:
        if table.holds_projects:
            message = f"“{table.title}”是另一种项目表，还读不出来，它的金额不在合计里"
            remedy = "请按官方表样填报，或用模板另填一张"
            yield Finding("S108", message, remedy, table.sheet, table.row, table.column, "工作表", table.title)


RULE = Rule("S108", Severity.ERROR, check, __doc__)
