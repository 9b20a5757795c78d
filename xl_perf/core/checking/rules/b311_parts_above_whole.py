"""明细加起来大于它所属的一项资金。

为什么：明细（1.中央补助、其中：银行贷款）已经算在上面的一项里，加起来不会比它大；大了，有一处填错。
怎样认：单位自己的样表标了 {其中项} 的金额，按属于哪一项（编号低一级、写在“其中”后面、在它的栏名下面）
加起来，大于那一项；看不出属于哪一项的，只与预算数比；没有资金来源的样表，各项加起来与预算数比。
空着算 0，用十进制精确计算，各按自己的单位。
任何一个读不出时不报，由 B301 报。
明细可以不全，小于所属的一项不报。一笔明细就大于所属的一项是错误；几笔加起来才大于的是警告，明细有交叉的，写明理由后接受。
怎样改：核对这几个数，改正填错的一个。
依据：本单位的样表。
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import reduce

from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.totals import EXACT
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per amount that its parts exceed, on that."""
    for project in seen.projects:
        learned = project.kind.learned
        for key, parts in _groups(project, learned.wholes) if learned else ():
            yield from _finding(project, key, parts)


def _groups(project: Project, wholes: Iterable[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    """An amount and the keys of its parts; of what may be part of anything, each alone with the budget.

    Of a form without sources all are part of the budget.
    """
    found: dict[str, list[str]] = defaultdict(list)
    budget = project.kind.money[0].key
    for part, whole in wholes:
        if part in project.kind.place and not (whole or project.kind.sources):
            found[budget].append(part)
        elif part in project.kind.place and not whole:
            yield budget, [part]
        elif part in project.kind.place and whole in project.kind.place:
            found[whole].append(part)
    yield from found.items()


def _finding(project: Project, key: str, parts: Iterable[str]) -> Iterator[Finding]:
    whole: Entry[Decimal] = project.value(key)
    own = [(_label(project, part), project.value(part)) for part in parts]
    filled = [(label, entry.value) for label, entry in own if entry.value]
    is_read = all(one.value is not None or one.is_empty for one in (whole, *(entry for _, entry in own if entry.cell)))
    asked = {amount.cell for _, amount in project.unlabelled}  # S102 asks what they are part of
    is_unsaid = key == project.kind.money[0].key and whole.value is None  # B301 asks for the budget
    if not whole.cell or not is_read or not filled or is_unsaid or any(entry.cell in asked for _, entry in own):
        return
    amount, total = whole.value or Decimal(0), reduce(EXACT.add, [value for _, value in filled], Decimal(0))
    if total <= amount:
        return
    label, difference = _label(project, key), plain(EXACT.subtract(total, amount))
    shown = "、".join(f"{name} {plain(value)}" for name, value in filled)
    added = f"，合计 {plain(total)}" if len(filled) > 1 else ""
    told = f"{label} {plain(amount)}" if whole.value is not None else f"{label}（空着）"
    found = at(
        whole,
        "B311",
        label,
        f"{told}，其中的{shown}{added}，多出 {difference} 万元",
        f"请核对{label}和其中的各项，改正填错的一个",
        found=plain(amount),
        expected=plain(total),
        difference=difference,
    )
    yield found if max(value for _, value in filled) > amount else found.graded(Severity.WARNING)


def _label(project: Project, key: str) -> str:
    """What the form calls an amount."""
    return "".join(project.kind.field(key).label.split()).rstrip("：:")


RULE = Rule("B311", Severity.ERROR, check, __doc__)
