"""部门名称不同的两本，项目相同。

为什么：部门改了名称、名称写了几种的，同一笔钱交了两本，合计就多一份。
怎样认：几本一起校验或汇总时，两本都计入合计、部门名称不同（或没有部门名称），而小的一本里有一半以上的项目，名称和预算数在另一本里都有
（没有金额的、金额是 0 的不比）。只有一个项目相同的，编码或绩效目标的文字也相同才报，如各部门都有的办公经费不报。
同一个项目五十本以上都有、金额也相同的不算。两本都计入，在两本上都报，合计旁边写明可能重复的金额。
两本上都写明理由接受了的，合计旁边不再说可能重复；只有一本接受了的，还说。
怎样改：请核对：是同一个部门写了两个名称的，只留一本，或把名称改成一样；确是两个部门的，不用处理。
依据：一笔预算只汇总一次。
"""

from typing import Final

from xl_perf.core.checking.rules.base import Rule, among_several
from xl_perf.core.model.findings import Severity

RULE: Final = Rule("X610", Severity.WARNING, among_several, __doc__)
