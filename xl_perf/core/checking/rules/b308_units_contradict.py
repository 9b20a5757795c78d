"""金额的单位有两种说法，或者看不懂，金额没有计入合计。

为什么：单位弄错，数目差一千倍、一万倍；猜一个，合计就错了。
怎样认：同样远近的两处写了不同的单位（如两行“单位：元”“单位：千元”），或单元格的数字格式写的单位与标签、说明的不同。
一项自己没有写单位，别的一项的标签写“元”、表旁写“单位：万元”的，不知道按哪一个，也是。
也包括说了钱却看不懂的单位：只有￥或“人民币”、美元、角、K元、万人，
以及按百分比显示的金额（储存 0.25、显示 25%）：不知道填的是 0.25 还是 25；
条件格式显示的、金额或它左边标签上的批注和输入提示写的单位与标签、说明的不同的也是；
数字格式里另有数字、负号的（储存 161.93、显示 -161.93 或 999）也是：不知道哪一个才是要填的数。
表旁写的是元、数字格式却把实际的数除以 1000 显示的（“0.00,”）也是：不知道照显示的还是照储存的算；
加了一栏“上年数”，本年的是哪一栏看不出的；
表旁写的单位与样表印的不同、数目又大得或小得像样表印的单位的，也是；
几栏合并成一格、金额写在别的一栏的，不知道是哪一栏的金额，也报在这里。
清单里同一个项目的几行写了不同的金额，不知道是哪一个，也报在这里；
没有目标和指标的一行，金额正好是下面各项目之和、又像项目一样编了号的（“1｜局本级｜85.5”），不知道是小计还是项目，也是；
名称以“其中”“减”开头、序号写成另一个项目下一级（1.1）的一行，不知道算不算在别的项目里，也是。
怎样改：写明单位，只留一种单位的说法，最好按万元填写。
依据：项目绩效目标表第 3 部分。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.forms.other_years import OTHER_YEAR_SAID
from xl_perf.core.forms.part_rows import REMEDIES
from xl_perf.core.forms.target_lists import SEVERAL_AMOUNTS
from xl_perf.core.forms.unit_of_amount import ALTERED_SAID, MERGED_SAID, PERCENT_SAID, SCALED_SAID
from xl_perf.core.forms.unit_rows import MAY_BE_SUM
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per amount."""
    for project in seen.projects:
        for name, amount, said in project.conflicts:
            message = f"{name}“{amount.text}”不能确定（{said}），没有计入合计"
            yield at(amount, "B308", name, message, _remedy(said))


def _remedy(said: str) -> str:
    if PERCENT_SAID in said or ALTERED_SAID in said or SCALED_SAID in said:
        return "请把单元格的格式改为常规，再填一遍"
    if MERGED_SAID in said:
        return f"请取消合并，把金额写在 {said.partition(MERGED_SAID)[2]}"
    if said.startswith(OTHER_YEAR_SAID):
        return "请把本年的一栏写明“本年预算数”，或删去别的年度的一栏"
    if said == SEVERAL_AMOUNTS:
        return "一个项目请只在第一行写金额，或每一行写同样的金额；几行是不同的项目的，请各写上项目名称"
    if said == MAY_BE_SUM:
        return "是小计的，请删去序号、在名称后面写上“小计”；是项目的，请写上目标和指标"
    if said in REMEDIES:
        return REMEDIES[said]
    return "请写明单位，只留一种说法，最好按万元填写"


RULE = Rule("B308", Severity.ERROR, check, __doc__)
