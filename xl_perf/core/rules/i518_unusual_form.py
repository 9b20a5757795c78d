"""指标值的符号或数字写法不规范。

为什么：“＝”“>=”“９０”看着差不多，查找、统计时却对不上。
怎样认：指标值看得懂，但有全角的数字或符号（＝４个）、两个字符拼成的符号（>=、<=），或 ≧、≦。文字写的“不少于”不算。
怎样改：照“应为”改；程序可以代改。
依据：规范写法：= ≥ ≤ > <，半角数字，%。
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from xl_perf.core.findings import Edit, Finding, Severity, at
from xl_perf.core.model import Department
from xl_perf.core.profile import Profile
from xl_perf.core.rules.base import Rule

_HALF: Final = str.maketrans("０１２３４５６７８９．％＝＞＜≧≦", "0123456789.%=><≥≤")
_SINGLE: Final = {">=": "≥", "=>": "≥", "<=": "≤", "=<": "≤", "==": "="}
_PAIRS: Final = re.compile("|".join(_SINGLE))


def check(department: Department, profile: Profile) -> Iterator[Finding]:
    """One finding per indicator, with the usual form as an edit."""
    for project in department.projects:
        for indicator in project.indicators:
            target = indicator.target
            typed = target.typed
            if not isinstance(typed, str) or (usual := usual_form(typed)) == typed or target.value is None:
                continue
            if target.value.kind in {"number", "range", "deadline"}:
                edit = Edit(target.sheet, target.row, target.column, typed, usual)
                message, shown = f"“{target.text}”的写法不规范", usual.strip()
                yield at(target, "I518", "指标值", message, f"请写成 {shown}", expected=shown, edit=edit)


@lru_cache(maxsize=4096)
def usual_form(typed: str) -> str:
    """Half-width digits and operators, and one character for each operator; everything else as it is."""
    return _PAIRS.sub(lambda match: _SINGLE[match[0]], typed.translate(_HALF))


RULE = Rule("I518", Severity.HINT, check, __doc__)
