"""同一部门同一年的工作簿有几稿。

为什么：改过再交的，前一稿不能和后一稿加在一起。
怎样认：几本一起校验或汇总时，部门和年度相同，并且各有一半以上的项目在另一本里也有（先比编码，没有编码的比名称和实施单位）；
首页和表上都没有写部门的，只比项目。后一稿计入合计，前一稿不计，在前一稿上报警告。先后看文件属性里的修改时间，没有的看文件的修改时间；
时间相同、分不出先后的，都计入合计，报错误。没有相同项目的几本（如分处室填报）都计入，不报。
怎样改：请核对；只留定稿。几稿都要计入的，用 --all-versions。
依据：一笔预算只汇总一次。
"""

from typing import Final

from xl_perf.core.checking.rules.base import Rule, among_several
from xl_perf.core.model.findings import Severity

RULE: Final = Rule("X608", Severity.WARNING, among_several, __doc__)
