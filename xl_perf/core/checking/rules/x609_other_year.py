"""别的年度的工作簿，或读不出年度的工作簿。

为什么：不同年度的预算不能加在一起。
怎样认：几本一起校验或汇总时，按 --year 给出的年度合计；没有给出的，按工作簿最多的那一年（一样多的取后一年）。
别的年度的不计入合计；读不出年度的计入合计。两种都在那一本上报。只有一本，或几本都读不出年度时，没有给出 --year 就不报。
怎样改：放错的移走；要合计那一年的，用 --year；没有写年度的，在首页填写预算年度，没有首页的写在表的标题里。
依据：部门预算按年度编报。
"""

from typing import Final

from xl_perf.core.checking.rules.base import Rule, among_several
from xl_perf.core.model.findings import Severity

RULE: Final = Rule("X609", Severity.WARNING, among_several, __doc__)
