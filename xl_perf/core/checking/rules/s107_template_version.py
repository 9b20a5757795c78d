"""工作簿由较旧的或不认识的模板制成。

为什么：模板改版后，下拉选项和提示可能与现在的口径不同。
怎样认：由 xl-perf 制成的部门工作簿，所记的模板版本与现在的不同。别的工作簿不报。
怎样改：不影响校验和汇总。要用新模板的，运行 xl-perf new 新文件.xlsx --from 旧文件.xlsx。
依据：模板的文档属性 xl-perf-template。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile
from xl_perf.core.workbook.sheets import TEMPLATE_VERSION


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding on the book."""
    version = seen.department.template_version
    if seen.department.kind == "department" and version != TEMPLATE_VERSION:
        what = f"模板版本是 {version}" if version else "没有记下模板版本"
        message = f"这本工作簿的{what}，现在的模板是 {TEMPLATE_VERSION}"
        remedy = "可用 xl-perf new 新文件.xlsx --from 本文件 换到现在的模板；不换也能校验和汇总"
        yield Finding("S107", message, remedy, field="模板版本", found=version or None, expected=TEMPLATE_VERSION)


RULE = Rule("S107", Severity.HINT, check, __doc__)
