"""没有填项目编码，或只写了占位符。

为什么：编码是财政一体化系统中识别项目的依据；没有编码只能靠名称。
怎样认：“项目编码”右边为空，或写着“————”“-”“/”“无”。
怎样改：从预算管理一体化系统中抄录编码；确实还没有编码的，写明理由后接受这条警告。
依据：项目绩效目标表第 2 部分。
"""

from collections.abc import Iterator

from xl_perf.core.cells.entry import Status
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per form without a code."""
    for project in seen.projects:
        code = project.code
        if code.is_empty and "code" in project.kind.demanded:
            what = "没有填项目编码" if code.status is Status.BLANK else f"项目编码写的是“{code.text}”，等于没有填"
            yield at(code, "F202", "项目编码", what, "请填写预算管理一体化系统中的编码")


RULE = Rule("F202", Severity.WARNING, check, __doc__)
