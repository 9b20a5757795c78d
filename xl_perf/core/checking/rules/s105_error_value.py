"""单元格里是错误值（#REF!、#N/A、#DIV/0! 等）。

为什么：错误值不是内容，也不能当作 0 或空白。
怎样认：在 .xlsx、.xlsm、.ods 中逐格认出；.xls、.xlsb、.et 不保留这种区别，空白金额的说明里会提醒。
怎样改：改正公式，或直接填入数值、文字。
依据：ECMA-376 第一部分 18.18.11（单元格类型 e）。
"""

from collections.abc import Iterator

from xl_perf.core.cells.entry import Status
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per field or stored total that holds an error value."""
    for label, entry in seen.entries_with(Status.ERROR):
        yield at(entry, "S105", label, f"{label}是错误值 {entry.text}", "请改正公式，或直接填入内容")


RULE = Rule("S105", Severity.ERROR, check, __doc__)
