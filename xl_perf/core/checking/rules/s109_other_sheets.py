"""有内容的工作表里，没有读到表的。

为什么：让人知道哪些工作表没有读，免得以为都读了。
怎样认：工作表有内容，不是模板自己的工作表（首页、部门汇总、校验结果、说明等），上面也没有任何一种表；每本列一次，写明有几个单元格有内容。
表旁边没有读的文本框、图片，和离表格很远而没有读的单个单元格，也列在这里；任务分解、监督记录里
认不出的栏也是。
像项目表而读不出来的由 S108 报，列有金额而没有绩效目标表的项目由 S112 报；别的种类的表由 S110 列出。
怎样改：不影响校验和汇总；若其中有项目，请改成官方表样，或做一份样表（xl-perf form learn）。
依据：本程序。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.department import UnreadSheet
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding on the book."""
    sheets = [one for one in seen.department.unread if not one.lacks_money]
    if sheets:
        named = "、".join(f"{one.sheet}（{_content(one)}）" for one in sheets)
        yield Finding(
            "S109",
            f"这些工作表没有读：{named}",
            "其中若有项目，请改成官方表样，或做一份样表",
            field="工作表",
            found=named,
        )


def _content(sheet: UnreadSheet) -> str:
    return f"{sheet.cells} 个单元格有内容" if sheet.cells else sheet.reason


RULE = Rule("S109", Severity.HINT, check, __doc__)
