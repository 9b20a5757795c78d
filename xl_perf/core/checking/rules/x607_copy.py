"""同一本工作簿交了两次。

为什么：一本算两次，合计就多一份。
怎样认：几本一起校验或汇总时，两本的部门、年度、项目、金额、目标和指标全都相同，文件名和格式可以不同。
先列出的一本计入合计，后面的不计，在后面的上报。没有项目的工作簿不比较。
怎样改：不用处理；不需要的一份可以移走。
依据：一笔预算只汇总一次。
"""

from typing import Final

from xl_perf.core.checking.rules.base import Rule, among_several
from xl_perf.core.model.findings import Severity

RULE: Final = Rule("X607", Severity.WARNING, among_several, __doc__)
