"""表外的文字写有金额，没有计入合计。

为什么：表下、表旁写一句“另：追加补贴 500 万元”，看表的人以为算进去了；合计只加表里的金额，这笔钱不在其中。
怎样认：项目表的上下左右（表里各栏以外，隐藏的行、列也算）有文字写着金额：数字带千分位或中文数字，后面是元、千元、万元、亿元、万、亿。
表下、表旁又写一次的金额标签（资金总额 50、预算数：50万元）也算，数在标签右边、下面、同一格里都一样。
重复表里金额、计划支出或合计的，各部分加起来正好等于其中一个的，不报；每人每月 2000 元、50 元/亩这样的单价，
写明是上年或别的年份的（结转的除外），“100 万元以上的”这样的限额，单位说明，也不报。
打包（pack）时没有带上的这种文字，报送清单里写着，收到的一本照样报。合计旁边另外写明有几处。
怎样改：要报的金额写进项目表（另一个项目的，另填一张表）；只是说明、不另外要钱的，写明理由后接受。
依据：合计只加项目绩效目标表第 3 部分的金额。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.department import MoneyText
from xl_perf.core.model.findings import Finding, Severity, one_line
from xl_perf.core.profile import Profile

_LONGEST = 60
_REMEDY = "要报的金额请写进项目表；只是说明、不另外要钱的，请说明理由"


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per text. Of a packed workbook it stands on the whole book: the text did not come along."""
    for one in seen.department.money_texts:
        if one.packed_from:
            message = f"打包前的工作簿 {one.place}：表外的文字写有 {one.said}，没有计入合计，文字没有带上"
            yield Finding("S115", message, _REMEDY, field="表外的文字", found=f"{one.place} {one.said}")
        else:
            message = f"{_shown(one)}写有金额，没有计入合计"
            yield Finding("S115", message, _REMEDY, one.sheet, one.row, one.column, "表外的文字", one_line(one.text))


def _shown(one: MoneyText) -> str:
    """The text, or how it begins."""
    text = one_line(one.text)
    hidden = "隐藏的行或列里的" if one.is_hidden else ""
    return f"{hidden}“{text if len(text) <= _LONGEST else f'{text[:_LONGEST]}……'}”"


RULE = Rule("S115", Severity.WARNING, check, __doc__)
