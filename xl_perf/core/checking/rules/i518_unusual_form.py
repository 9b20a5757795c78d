"""指标值的符号或数字写法不规范。

为什么：“＝”“>=”“９０”看着差不多，查找、统计时却对不上。
怎样认：指标值看得懂，但有全角的数字或符号（＝４个）、两个字符拼成的符号（>=、<=），或 ≧、≦。文字写的“不少于”不算。
怎样改：照“应为”改；程序可以代改。
依据：规范写法：= ≥ ≤ > <，半角数字，%。
"""

from collections.abc import Iterator
from typing import Final

from xl_perf.core.cells.targets import is_usual, to_target, usual_target
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.forms.split_targets import SplitCells
from xl_perf.core.model.findings import Edit, Finding, Severity, at
from xl_perf.core.profile import Profile

_MEASURED: Final = ("number", "range", "deadline")


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per indicator, with the usual form as an edit."""
    targets = [indicator.target for kind in _MEASURED for indicator in seen.indicators.by_kind[kind]]
    if is_usual("\n".join([typed for target in targets if isinstance(typed := target.typed, str)])):
        return
    for target in targets:
        typed = target.typed
        if not isinstance(typed, str) or is_usual(typed):
            continue
        if isinstance(typed, SplitCells) and is_usual(typed.without_operator):
            continue  # the form's own drop-down has ＝
        usual = usual_target(typed)
        if to_target(usual) == target.value:
            edit = Edit(target.sheet, target.row, target.column, typed, usual)
            message = f"“{target.text}”的写法不规范"
            yield at(target, "I518", "指标值", message, f"请写成 {usual}", expected=usual, edit=edit)


RULE = Rule("I518", Severity.HINT, check, __doc__)
